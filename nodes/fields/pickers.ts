import type { INodeProperties } from 'n8n-workflow';

/** Fields that pick one record, and the filters that narrow their lists. Filters are not sent with the request. */

const ownership: INodeProperties = {
	displayName: 'Ownership',
	name: 'ownership',
	type: 'options',
	options: [
		{ name: 'All', value: '' },
		{ name: 'Private', value: 'private', description: "The account's own" },
		{ name: 'Public', value: 'public', description: "HeyGen's" },
	],
	default: '',
	description: 'Whose avatars to list',
};

/** An avatar look, with the filter of its list. */
export const avatarLookFields: INodeProperties[] = [
	{
		displayName: 'Avatar',
		name: 'avatarId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The look of the avatar that speaks. An ID must be that of a look, not of an avatar group.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select an avatar look…',
				typeOptions: { searchListMethod: 'searchAvatarLooks', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 8f3c1d2ab4',
			},
		],
		routing: { send: { type: 'body', property: 'avatar_id' } },
	},
	{
		displayName: 'Avatar Filter',
		name: 'avatarFilter',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: "Narrows the list of 'Avatar'",
		options: [
			{
				displayName: 'Avatar Type',
				name: 'avatarType',
				type: 'options',
				options: [
					{ name: 'All', value: '' },
					{ name: 'Digital Twin', value: 'digital_twin' },
					{ name: 'Photo Avatar', value: 'photo_avatar' },
					{ name: 'Studio Avatar', value: 'studio_avatar' },
				],
				default: '',
			},
			{
				displayName: 'Group',
				name: 'groupId',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description: 'The person or character whose looks to list',
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						placeholder: 'Select an avatar group…',
						typeOptions: { searchListMethod: 'searchAvatarGroups', searchable: true },
					},
					{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 8f3c1d2ab4' },
				],
			},
			ownership,
		],
	},
];

/** A voice, with the filter of its list. */
export const voiceFields: INodeProperties[] = [
	{
		displayName: 'Voice',
		name: 'voiceId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: "The voice that speaks the script. Without one the avatar's own voice is used, if it has one.",
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a voice…',
				typeOptions: { searchListMethod: 'searchVoices', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 2d5b0e6cf3' },
		],
		routing: { send: { type: 'body', property: 'voice_id' } },
	},
	{
		displayName: 'Voice Filter',
		name: 'voiceFilter',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: "Narrows the list of 'Voice'",
		options: [
			{
				displayName: 'Engine',
				name: 'engine',
				type: 'string',
				default: '',
				placeholder: 'e.g. starfish',
			},
			{
				displayName: 'Gender',
				name: 'gender',
				type: 'options',
				options: [
					{ name: 'All', value: '' },
					{ name: 'Female', value: 'female' },
					{ name: 'Male', value: 'male' },
				],
				default: '',
			},
			{
				displayName: 'Language',
				name: 'language',
				type: 'string',
				default: '',
				placeholder: 'e.g. English',
				description: "The language's English name",
			},
			{
				displayName: 'Ownership',
				name: 'type',
				type: 'options',
				options: [
					{ name: 'Private', value: 'private', description: "The account's own and cloned voices" },
					{ name: 'Public', value: 'public', description: "HeyGen's" },
				],
				default: 'public',
				description: 'Whose voices to list',
			},
		],
	},
];
