import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { NEEDS_CONSENT } from '../../heygen/jobs/avatar';
import { stateWord } from '../../heygen/jobs/kind';
import { PAGE_MAX } from '../../heygen/limits';
import { isNothing } from '../../heygen/values/reading';
import { preview } from './previews';
import { chosenFilters, filterId, filterValue, labelled, type PickerList, searchLists } from './search';

/** Whether an avatar can be used, as people say it. HeyGen's own have no state: they can. */
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

function lookList(query: IDataObject): PickerList {
	return {
		path: '/v3/avatars/looks',
		max: PAGE_MAX.avatarLooks,
		of: 'avatar looks',
		query,
		idField: 'look_id',
		isHeyGens: query.ownership === 'public',
		entry: (look) => ({
			name: labelled(look.name, [String(look.avatar_type ?? '').replace('_', ' '), look.gender, look.preferred_orientation, stateInWords(look.status)]),
			...preview(look.preview_video_url, look.preview_image_url),
		}),
	};
}

function groupList(query: IDataObject): PickerList {
	return {
		path: '/v3/avatars',
		max: PAGE_MAX.avatars,
		of: 'avatar groups',
		query,
		idField: 'group_id',
		isHeyGens: query.ownership === 'public',
		entry: (group) => ({
			name: labelled(group.name, [
				group.gender,
				isNothing(group.looks_count) ? undefined : `${String(group.looks_count)} ${group.looks_count === 1 ? 'look' : 'looks'}`,
				stateInWords(group.status),
			]),
			...preview(group.preview_video_url, group.preview_image_url),
		}),
	};
}

/** Looks of avatars, narrowed by the node's List Filters: group, ownership, type. */
export async function searchAvatarLooks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchLists(this, [lookList(lookQuery(this))], filter, paginationToken);
}

function lookQuery(context: ILoadOptionsFunctions): IDataObject {
	const chosen = avatarFilters(context);
	return {
		group_id: filterId(chosen.avatarGroupId, 'group_id'),
		avatar_type: filterValue(chosen.avatarType),
		ownership: filterValue(chosen.avatarOwnership),
	};
}

/** The account's own looks, narrowed by the node's List Filters: group, type. */
export async function searchOwnAvatarLooks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchLists(this, [lookList({ ...lookQuery(this), ownership: 'private' })], filter, paginationToken);
}

/** Avatar groups: one person or character each, narrowed by the node's List Filters: ownership. */
export async function searchAvatarGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchLists(this, [groupList({ ownership: filterValue(avatarFilters(this).avatarOwnership) })], filter, paginationToken);
}

/** The account's own avatar groups. */
export async function searchOwnAvatarGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchLists(this, [groupList({ ownership: 'private' })], filter, paginationToken);
}
