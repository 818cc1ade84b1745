import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { EVENT_FILES } from '../heygen/events';
import { DELIVERY_TOLERANCE_SECONDS } from '../heygen/limits';

/** Which events start the workflow; the list is HeyGen's own. */
export const eventsField: INodeProperties = {
	displayName: 'Event Names or IDs',
	name: 'events',
	type: 'multiOptions',
	required: true,
	typeOptions: { loadOptionsMethod: 'getEventTypes' },
	default: ['*'],
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/**
 * Says in a trigger when to take it, and when the other one.
 *
 * @param text a sentence or two
 */
export function choiceNotice(text: string): INodeProperties {
	return { displayName: text, name: 'choiceNotice', type: 'notice', default: '' };
}

/** Narrows events to one thing. */
export const entityIdField: INodeProperties = {
	displayName: 'Entity ID',
	name: 'entityId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3f2a91c07b5e4d6f8a1b2c3d4e5f6071',
	description: 'Limits the events to those about one thing, such as a personalized video project',
};

const files: INodePropertyOptions[] = EVENT_FILES.map(({ name, displayName }) => ({
	name: displayName,
	value: name,
}));

/** Fetches files along with an event. */
export const downloadOption: INodeProperties = {
	displayName: 'Download',
	name: 'download',
	type: 'multiOptions',
	options: [...files].sort((a, b) => a.name.localeCompare(b.name)),
	default: [],
	description:
		'Files of what has succeeded to put into binary fields of the item, each under its own name (video, captionedVideo, gif, subtitles, thumbnail, audio, webVtt)',
};

/** Reads the whole record behind an event. */
export const fetchResourceOption: INodeProperties = {
	displayName: 'Fetch Full Resource',
	name: 'fetchResource',
	type: 'boolean',
	default: false,
	description:
		"Whether to read what the event is about and put it into the item's field 'resource': a video, translation, proofread, clipping job, filler word removal or HyperFrames render. Of others HeyGen has nothing to read.",
};

/** How old a delivery may be. */
export const timestampToleranceOption: INodeProperties = {
	displayName: 'Timestamp Tolerance (Seconds)',
	name: 'timestampTolerance',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DELIVERY_TOLERANCE_SECONDS,
	description:
		'How far the timestamp of a delivery may be from now; 0 takes any. Raise it when events are refused after this n8n was away for longer.',
};

/** What a poll watches. */
export const sourceField: INodeProperties = {
	displayName: 'Watch',
	name: 'source',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Events',
			value: 'events',
			description: 'Everything that HeyGen also reports to webhooks',
		},
		{
			name: 'Finished Translations',
			value: 'translations',
			description: 'Video translations that have ended since the last poll',
		},
		{
			name: 'Finished Videos',
			value: 'videos',
			description: 'Videos that have ended since the last poll, however they were made',
		},
	],
	default: 'events',
};

/** How the jobs that are watched may have ended. */
export const outcomesField: INodeProperties = {
	displayName: 'Outcomes',
	name: 'outcomes',
	type: 'multiOptions',
	required: true,
	options: [
		{ name: 'Failure', value: 'failure', description: 'HeyGen could not finish it' },
		{ name: 'Success', value: 'success', description: 'It is finished and can be fetched' },
	],
	default: ['success', 'failure'],
	description: 'The outcomes that start the workflow',
};
