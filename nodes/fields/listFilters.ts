import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { AVATAR_TYPES, GENDERS, OWNERSHIPS } from './castChoices';
import { formerCollection } from './former';
import { picker } from './pickers';

/** Filters that narrow the lists of pickers. They are read when a list is opened, and not sent with the request. */

/** A filter can be switched off again without its row being taken away. */
const ALL: INodePropertyOptions = { name: 'All', value: '' };

const avatarType: INodeProperties = {
	displayName: 'Avatar Type',
	name: 'avatarType',
	type: 'options',
	options: [ALL, ...AVATAR_TYPES],
	default: '',
};

const avatarGroup = picker(
	{
		displayName: 'Avatar Group',
		name: 'avatarGroupId',
		description: 'The person or character whose looks to list',
	},
	'searchAvatarGroups',
	'avatar group',
);

const avatarOwnership: INodeProperties = {
	displayName: 'Avatar Ownership',
	name: 'avatarOwnership',
	type: 'options',
	options: [ALL, ...OWNERSHIPS],
	default: '',
	description: 'Whose avatars to list',
};

const voiceEngine: INodeProperties = {
	displayName: 'Voice Engine',
	name: 'voiceEngine',
	type: 'string',
	default: '',
	placeholder: 'e.g. starfish',
	description: 'The engine that must be able to speak the voice',
};

const voiceGender: INodeProperties = {
	displayName: 'Voice Gender',
	name: 'voiceGender',
	type: 'options',
	options: [ALL, ...GENDERS],
	default: '',
};

const voiceLanguage: INodeProperties = {
	displayName: 'Voice Language',
	name: 'voiceLanguage',
	type: 'string',
	default: '',
	placeholder: 'e.g. English',
	description: "The language's English name, or its code such as de",
};

const voiceOwnership: INodeProperties = {
	displayName: 'Voice Ownership',
	name: 'voiceOwnership',
	type: 'options',
	options: [ALL, ...OWNERSHIPS],
	default: '',
	description: 'Whose voices to list',
};

const MOVED = 'These filters are among the List Filters now, and what those hold goes instead.';

const FOR_A_SCRIPT = { '/audioSource': ['script'] };

const avatarFilters = [avatarGroup, avatarOwnership, avatarType];
const voiceFilters = [voiceEngine, voiceGender, voiceLanguage, voiceOwnership];

/** The filters of a list of avatars. */
export const avatarFilterField = filters('List Filters', 'listFilters', 'Narrows the list of Avatar', avatarFilters);

/** The filters of a list of voices that all have the same engine. */
export const speechVoiceFilterField = filters('List Filters', 'listFilters', 'Narrows the list of Voice', [voiceGender, voiceLanguage, voiceOwnership]);

/** The filters of a list of voices. */
export const voiceFilterField = filters('List Filters', 'listFilters', 'Narrows the list of Voice', voiceFilters);

/** The filters of the lists of avatars and voices, where there are both. */
export const avatarVoiceFilterField = filters('List Filters', 'listFilters', 'Narrows the lists of Avatar and Voice', [...avatarFilters, ...voiceFilters]);

/** The filters of the lists of avatars and voices, and the collections that held them before. */
export const listFilterFields: INodeProperties[] = [
	filters(
		'List Filters',
		'listFilters',
		'Narrows the lists of Avatar and Voice',
		[...avatarFilters, ...voiceFilters.map((filter) => ({ ...filter, displayOptions: { show: FOR_A_SCRIPT } }))],
	),
	formerCollection(
		filters('Avatar Filter', 'avatarFilter', `Narrows the list of Avatar. ${MOVED}`, [
			avatarType,
			{ ...avatarGroup, displayName: 'Group', name: 'groupId' },
			{ ...avatarOwnership, displayName: 'Ownership', name: 'ownership' },
		]),
	),
	formerCollection({
		...filters('Voice Filter', 'voiceFilter', `Narrows the list of Voice. ${MOVED}`, [
			{ ...voiceEngine, displayName: 'Engine', name: 'engine' },
			{ ...voiceGender, displayName: 'Gender', name: 'gender' },
			{ ...voiceLanguage, displayName: 'Language', name: 'language' },
			{ ...voiceOwnership, displayName: 'Ownership', name: 'type' },
		]),
		displayOptions: { show: { audioSource: ['script'] } },
	}),
];

function filters(displayName: string, name: string, description: string, options: INodeProperties[]): INodeProperties {
	return { displayName, name, type: 'collection', placeholder: 'Add Filter', default: {}, description, options };
}
