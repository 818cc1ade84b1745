import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { PAGE_MAX } from '../../heygen/limits';
import { isNothing } from '../../heygen/values/reading';
import { chosenFilters, filterId, filterValue, labelled, searchLists } from './search';

function preview(record: IDataObject): { url?: string } {
	return typeof record.preview_image_url === 'string' ? { url: record.preview_image_url } : {};
}

function avatarFilters(context: ILoadOptionsFunctions) {
	return chosenFilters(context, 'avatarFilter', {
		avatarGroupId: 'groupId',
		avatarOwnership: 'ownership',
		avatarType: 'avatarType',
	});
}

/** Looks of avatars, narrowed by the node's List Filters: group, ownership, type. */
export async function searchAvatarLooks(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const chosen = avatarFilters(this);
	const query: IDataObject = {
		group_id: filterId(chosen.avatarGroupId, 'group_id'),
		avatar_type: filterValue(chosen.avatarType),
		ownership: filterValue(chosen.avatarOwnership),
	};
	return await searchLists(
		this,
		[
			{
				path: '/v3/avatars/looks',
				max: PAGE_MAX.avatarLooks,
				of: 'avatar looks',
				query,
				idField: 'look_id',
				entry: (look) => ({
					name: labelled(look.name, [
						String(look.avatar_type ?? '').replace('_', ' '),
						look.status === 'completed' ? undefined : look.status,
					]),
					...preview(look),
				}),
			},
		],
		filter,
		paginationToken,
	);
}

/** Avatar groups: one person or character each, narrowed by the node's List Filters: ownership. */
export async function searchAvatarGroups(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const chosen = avatarFilters(this);
	return await searchLists(
		this,
		[
			{
				path: '/v3/avatars',
				max: PAGE_MAX.avatars,
				of: 'avatar groups',
				query: { ownership: filterValue(chosen.avatarOwnership) },
				idField: 'group_id',
				entry: (group) => ({
					name: labelled(group.name, [
						isNothing(group.looks_count) ? undefined : `${String(group.looks_count)} ${group.looks_count === 1 ? 'look' : 'looks'}`,
					]),
					...preview(group),
				}),
			},
		],
		filter,
		paginationToken,
	);
}
