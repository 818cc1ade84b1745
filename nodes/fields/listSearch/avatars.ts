import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { NEEDS_CONSENT } from '../../heygen/jobs/avatar';
import { stateWord } from '../../heygen/jobs/kind';
import { PAGE_MAX } from '../../heygen/limits';
import { isNothing } from '../../heygen/values/reading';
import { byOwner, type Owner, OWNERS } from './owners';
import { preview } from './previews';
import { chosenFilters, filterId, filterValue, labelled, type PickerList, searchLists } from './search';

/**
 * Whether an avatar can be used, as people say it. HeyGen's own have no state: they can. It stands first, since the editor cuts
 * what does not fit into its lists.
 */
const STATES: Readonly<Record<string, string>> = {
	completed: 'ready',
	processing: 'training',
	[NEEDS_CONSENT]: 'needs consent',
	failed: 'failed',
};

function stateInWords(status: unknown): string {
	const word = stateWord(status);
	return STATES[word] ?? word;
}

function avatarFilters(context: ILoadOptionsFunctions) {
	return chosenFilters(context, 'avatarFilter', {
		avatarGroupId: 'groupId',
		avatarOwnership: 'ownership',
		avatarType: 'avatarType',
	});
}

function lookList(query: IDataObject, owner: Owner): PickerList {
	return {
		path: '/v3/avatars/looks',
		max: PAGE_MAX.avatarLooks,
		of: owner === 'private' ? "account's own avatar looks" : 'avatar looks',
		query: { ...query, ownership: owner },
		idField: 'look_id',
		isHeyGens: owner === 'public',
		entry: (look) => ({
			name: labelled(look.name, [
				stateInWords(look.status),
				OWNERS[owner],
				String(look.avatar_type ?? '').replace('_', ' '),
				look.gender,
				look.preferred_orientation,
			]),
			...preview(look.preview_video_url, look.preview_image_url),
		}),
	};
}

function groupList(owner: Owner): PickerList {
	return {
		path: '/v3/avatars',
		max: PAGE_MAX.avatars,
		of: owner === 'private' ? "account's own avatar groups" : 'avatar groups',
		query: { ownership: owner },
		idField: 'group_id',
		isHeyGens: owner === 'public',
		entry: (group) => ({
			name: labelled(group.name, [
				stateInWords(group.status),
				OWNERS[owner],
				group.gender,
				isNothing(group.looks_count) ? undefined : `${String(group.looks_count)} ${group.looks_count === 1 ? 'look' : 'looks'}`,
			]),
			...preview(group.preview_video_url, group.preview_image_url),
		}),
	};
}

/** The query of a list of looks, as the node's List Filters narrow it. */
function lookQuery(context: ILoadOptionsFunctions): IDataObject {
	const chosen = avatarFilters(context);
	return { group_id: filterId(chosen.avatarGroupId, 'group_id'), avatar_type: filterValue(chosen.avatarType) };
}

/** Looks of avatars, the account's own first, narrowed by the node's List Filters: group, ownership, type. */
export async function searchAvatarLooks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const query = lookQuery(this);
	const lists = byOwner(filterValue(avatarFilters(this).avatarOwnership), (owner) => lookList(query, owner));
	return await searchLists(this, lists, filter, paginationToken);
}

/** The account's own looks, narrowed by the node's List Filters: group, type. */
export async function searchOwnAvatarLooks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchLists(this, [lookList(lookQuery(this), 'private')], filter, paginationToken);
}

/** Avatar groups: one person or character each, the account's own first, narrowed by the node's List Filters: ownership. */
export async function searchAvatarGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchLists(this, byOwner(filterValue(avatarFilters(this).avatarOwnership), groupList), filter, paginationToken);
}

/** The account's own avatar groups. */
export async function searchOwnAvatarGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchLists(this, [groupList('private')], filter, paginationToken);
}
