import type { INodeProperties } from 'n8n-workflow';

import { picker } from './pickers';

/** Filters of the lists of avatars and looks: members of their Filters. */

function inQuery(property: string): INodeProperties['routing'] {
	return { send: { type: 'query', property } };
}

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
		options: [
			{ name: 'Private', value: 'private', description: "The account's own" },
			{ name: 'Public', value: 'public', description: "HeyGen's" },
		],
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
	options: [
		{ name: 'Digital Twin', value: 'digital_twin', description: 'Made of footage of a person' },
		{ name: 'Photo Avatar', value: 'photo_avatar', description: 'Made of a photo or a prompt' },
		{ name: 'Studio Avatar', value: 'studio_avatar', description: "HeyGen's, filmed in a studio" },
	],
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
