import type { INodeProperties } from 'n8n-workflow';

import { aOrAn } from '../heygen/values/text';
import { inBody } from './inBody';
import { inPath } from './inQuery';

/** Fields that pick one record. */

/**
 * One record, picked from a list or given by its id.
 *
 * @param property names and description
 * @param searchListMethod the list's search, which the node has to offer
 * @param what the record in words: "brand kit"
 */
export function picker(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'hint' | 'description' | 'builderHint' | 'routing' | 'required'>,
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
				placeholder: `Select ${aOrAn(what)}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 4e7a9c20d1' },
		],
	};
}

/** The avatar look that a video shows. */
export const avatarField = picker(
	{
		displayName: 'Avatar',
		name: 'avatarId',
		required: true,
		hint: previewHint('avatar'),
		description: 'The look of the avatar in the video. An ID must be that of a look, not of an avatar group.',
		builderHint: {
			propertyHint: "Leave the value empty in mode 'list' when the user has named no avatar: looks differ between accounts, and an ID cannot be guessed",
		},
		routing: inBody('avatar_id'),
	},
	'searchAvatarLooks',
	'avatar look',
);

/** The voice that speaks a script. */
export const voiceField = picker(
	{
		displayName: 'Voice',
		name: 'voiceId',
		hint: previewHint('voice'),
		description: "The voice that speaks the script. Without one the avatar's own voice is used, if it has one.",
		builderHint: { propertyHint: 'Leave it out unless the user has named a voice; an ID cannot be guessed' },
		routing: inBody('voice_id'),
	},
	'searchVoices',
	'voice',
);

/** The voice that speaks the script of what has no voice of its own. */
export const requiredVoiceField: INodeProperties = {
	...voiceField,
	required: true,
	description: 'The voice that speaks the script',
};

/** n8n shows an arrow without a word beside what has an address. */
function previewHint(what: string): string {
	return `The arrow beside a picked ${what} opens its preview`;
}

/** The brand kit an operation works on. */
export const brandKitField = picker(
	{
		displayName: 'Brand Kit',
		name: 'brandKitId',
		required: true,
		description: 'A brand kit of the account',
		routing: inPath('brand_kit_id'),
	},
	'searchBrandKits',
	'brand kit',
);

/** A brand kit that a request uses. */
export const brandKitOption = picker(
	{
		displayName: 'Brand Kit',
		name: 'brandKitId',
		description: 'Gives the video the logo, the colors and the fonts of a brand',
		routing: inBody('brand_kit_id'),
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
		routing: inPath('brand_glossary_id'),
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
		routing: inBody('brand_glossary_id'),
	},
	'searchBrandGlossaries',
	'brand glossary',
);

/** An avatar that a request may use. */
export const avatarOption = picker(
	{
		displayName: 'Avatar',
		name: 'avatarId',
		hint: previewHint('avatar'),
		description: 'The look of the avatar to use. An ID must be that of a look, not of an avatar group.',
		routing: inBody('avatar_id'),
	},
	'searchAvatarLooks',
	'avatar look',
);

/** A voice that a request may use. */
export const voiceOption = picker(
	{
		displayName: 'Voice',
		name: 'voiceId',
		hint: previewHint('voice'),
		description: 'The voice to speak with',
		routing: inBody('voice_id'),
	},
	'searchVoices',
	'voice',
);

/** A style that a video may have. */
export const styleOption = picker(
	{
		displayName: 'Style',
		name: 'styleId',
		hint: previewHint('style'),
		description: "The look of the whole video. The list can be searched by tags such as handmade as well; 'Get Many Styles' shows them all.",
		routing: inBody('style_id'),
	},
	'searchStyles',
	'style',
);

/** The template an operation works on. */
export const templateField = picker(
	{
		displayName: 'Template',
		name: 'templateId',
		required: true,
		hint: previewHint('template'),
		description: 'A template of the account. HeyGen lists those that have variables.',
		builderHint: { propertyHint: "Leave the value empty in mode 'list' when the user has named no template: templates are the account's own" },
		routing: inPath('template_id'),
	},
	'searchTemplates',
	'template',
);

/** A brand glossary that the voices of a template's video use; HeyGen calls it a brand voice there. */
export const brandVoiceOption = picker(
	{
		displayName: 'Brand Glossary',
		name: 'brandVoiceId',
		description: "Says how to pronounce the brand's words",
		routing: inBody('brand_voice_id'),
	},
	'searchBrandGlossaries',
	'brand glossary',
);

/** A voice that speaks by itself, without a video: not every voice can. */
export const speechVoiceField = picker(
	{
		displayName: 'Voice',
		name: 'voiceId',
		required: true,
		hint: previewHint('voice'),
		description: "The voice that speaks. The list has those of the engine Starfish alone: HeyGen speaks texts with no others.",
		builderHint: { propertyHint: "Leave the value empty in mode 'list' when the user has named no voice: an ID cannot be guessed" },
		routing: inBody('voice_id'),
	},
	'searchSpeechVoices',
	'voice',
);

/** The voice an operation works on. */
export const voiceIdField = picker(
	{
		displayName: 'Voice',
		name: 'voiceId',
		required: true,
		hint: previewHint('voice'),
		description: "A voice, as 'Get Many', 'Clone' and 'Design' put it out in voice_id",
		routing: inPath('voice_id'),
	},
	'searchVoices',
	'voice',
);

/** The voice that is deleted: HeyGen lets go of the account's own alone. */
export const ownVoiceIdField: INodeProperties = picker(
	{
		displayName: 'Voice',
		name: 'voiceId',
		required: true,
		hint: previewHint('voice'),
		description: "One of the account's own voices. HeyGen keeps those that a template uses.",
		routing: inPath('voice_id'),
	},
	'searchOwnVoices',
	'voice',
);

/** The avatar group an operation works on. */
export const avatarGroupIdField = picker(
	{
		displayName: 'Avatar Group',
		name: 'groupId',
		required: true,
		hint: previewHint('avatar group'),
		description: "A person or character with all of its looks, as 'Get Many' puts it out in group_id",
		routing: inPath('group_id'),
	},
	'searchAvatarGroups',
	'avatar group',
);

/** The same for what HeyGen does with the account's own groups alone. */
export const ownAvatarGroupIdField = picker(
	{
		displayName: 'Avatar Group',
		name: 'groupId',
		required: true,
		hint: previewHint('avatar group'),
		description: "One of the account's own avatar groups, with all of its looks, as the creates put it out in group_id",
		routing: inPath('group_id'),
	},
	'searchOwnAvatarGroups',
	'avatar group',
);

/** The group that a new look is added to. */
export const avatarGroupOption = picker(
	{
		displayName: 'Avatar Group',
		name: 'avatarGroupId',
		description: "One of the account's own avatar groups, which gets the new look. Without it HeyGen makes a group of the avatar's name.",
		routing: inBody('avatar_group_id'),
	},
	'searchOwnAvatarGroups',
	'avatar group',
);

/** The look an operation works on. */
export const lookIdField = picker(
	{
		displayName: 'Look',
		name: 'lookId',
		required: true,
		hint: previewHint('look'),
		description: "A look of an avatar, as the creates and 'Get Many' put it out in look_id. It is the ID that videos take as their avatar.",
		routing: inPath('look_id'),
	},
	'searchAvatarLooks',
	'look',
);

/** The same for what HeyGen does with the account's own looks alone. */
export const ownLookIdField = picker(
	{
		displayName: 'Look',
		name: 'lookId',
		required: true,
		hint: previewHint('look'),
		description: "A look of one of the account's own avatar groups",
		routing: inPath('look_id'),
	},
	'searchOwnAvatarLooks',
	'look',
);
