import type { INodeProperties } from 'n8n-workflow';

/** Fields that pick one record, and the filters that narrow their lists. Filters are not sent with the request. */

/**
 * One record, picked from a list or given by its id.
 *
 * @param property names and description
 * @param searchListMethod the list's search, which the node has to offer
 * @param what the record in words: "brand kit"
 */
function picker(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'routing' | 'required'>,
	searchListMethod: string,
	what: string,
): INodeProperties {
	return {
		...property,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 4e7a9c20d1' },
		],
	};
}

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
	picker(
		{
			displayName: 'Avatar',
			name: 'avatarId',
			required: true,
			description:
				'The look of the avatar that speaks. An ID must be that of a look, not of an avatar group.',
			routing: { send: { type: 'body', property: 'avatar_id' } },
		},
		'searchAvatarLooks',
		'avatar look',
	),
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
			picker(
				{
					displayName: 'Group',
					name: 'groupId',
					description: 'The person or character whose looks to list',
				},
				'searchAvatarGroups',
				'avatar group',
			),
			ownership,
		],
	},
];

/** A voice, with the filter of its list. */
export const voiceFields: INodeProperties[] = [
	picker(
		{
			displayName: 'Voice',
			name: 'voiceId',
			description: "The voice that speaks the script. Without one the avatar's own voice is used, if it has one.",
			routing: { send: { type: 'body', property: 'voice_id' } },
		},
		'searchVoices',
		'voice',
	),
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

/** The brand kit an operation works on. */
export const brandKitField = picker(
	{
		displayName: 'Brand Kit',
		name: 'brandKitId',
		required: true,
		description: 'A brand kit of the account',
		routing: { send: { type: 'query', property: '{brand_kit_id}' } },
	},
	'searchBrandKits',
	'brand kit',
);

/** The brand glossary an operation works on. */
export const brandGlossaryField = picker(
	{
		displayName: 'Brand Glossary',
		name: 'brandGlossaryId',
		required: true,
		description: 'A brand glossary of the account',
		routing: { send: { type: 'query', property: '{brand_glossary_id}' } },
	},
	'searchBrandGlossaries',
	'brand glossary',
);

/** A brand glossary that a request uses. */
export const brandGlossaryOption = picker(
	{
		displayName: 'Brand Glossary',
		name: 'brandGlossaryId',
		description: "Says how to pronounce and translate the brand's words",
		routing: { send: { type: 'body', property: 'brand_glossary_id' } },
	},
	'searchBrandGlossaries',
	'brand glossary',
);
