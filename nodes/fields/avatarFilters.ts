import type { INodeProperties } from 'n8n-workflow';

import { AVATAR_TYPES, OWNERSHIPS } from './castChoices';
import { inQuery } from './inQuery';
import { picker } from './pickers';

/** Filters of the lists of avatars and looks: members of their Filters. */

/**
 * Whose records to list.
 *
 * @param description of the filter
 * @param property of the query
 */
export function ownershipFilter(description: string, property = 'ownership'): INodeProperties {
	return {
		displayName: 'Ownership',
		name: 'ownership',
		type: 'options',
		options: OWNERSHIPS,
		default: 'private',
		description,
		routing: inQuery(property),
	};
}

/** What looks are made of. */
export const avatarTypeFilter: INodeProperties = {
	displayName: 'Avatar Type',
	name: 'avatarType',
	type: 'options',
	options: AVATAR_TYPES,
	default: 'photo_avatar',
	description: 'What the looks are made of',
	routing: inQuery('avatar_type'),
};

/** The group whose looks are listed. */
export const groupFilter = picker(
	{
		displayName: 'Avatar Group',
		name: 'groupId',
		description: 'The person or character whose looks to list',
		routing: inQuery('group_id'),
	},
	'searchAvatarGroups',
	'avatar group',
);
