import camelCase from 'lodash/camelCase';
import type { INodeProperties } from 'n8n-workflow';

import { fieldName } from '../engine/item/body';
import type { StatusKind } from '../heygen/jobs/kind';
import { inPath, inQuery } from './inQuery';

/**
 * An id that is part of the request's path.
 *
 * @param apiName its placeholder in the path: "video_id"
 * @param property names and description
 */
export function pathIdField(
	apiName: string,
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'placeholder'>,
): INodeProperties {
	return {
		...property,
		type: 'string',
		required: true,
		default: '',
		routing: inPath(apiName),
	};
}

/** The video an operation works on. */
export const videoIdField = pathIdField('video_id', {
	displayName: 'Video ID',
	name: 'videoId',
	placeholder: 'e.g. {{ $json.video_id }}',
	description: "The video's ID, as 'Create Avatar Video' puts it out in video_id, or the address of its page in HeyGen",
});

/** The HyperFrames render an operation works on. */
export const renderIdField = pathIdField('render_id', {
	displayName: 'Render ID',
	name: 'renderId',
	placeholder: 'e.g. {{ $json.render_id }}',
	description: "The render's ID, as 'Render' puts it out in render_id",
});

/** The translation an operation works on. */
export const translationIdField = pathIdField('video_translation_id', {
	displayName: 'Video Translation ID',
	name: 'translationId',
	placeholder: 'e.g. {{ $json.video_translation_id }}',
	description: "The translation's ID, as 'Create' puts it out in video_translation_id",
});

/** The proofread an operation works on. */
export const proofreadIdField = pathIdField('proofread_id', {
	displayName: 'Proofread ID',
	name: 'proofreadId',
	placeholder: 'e.g. {{ $json.proofread_id }}',
	description: "The proofread's ID, as 'Create' puts it out in proofread_id. After a form or a chat node it is in an earlier node: {{ $('Get Subtitles').item.json.proofread_id }}.",
});

/** The lipsync an operation works on. */
export const lipsyncIdField = pathIdField('lipsync_id', {
	displayName: 'Lipsync ID',
	name: 'lipsyncId',
	placeholder: 'e.g. {{ $json.lipsync_id }}',
	description: "The lipsync's ID, as 'Create' puts it out in lipsync_id",
});

/** The session of the video agent that an operation works on. */
export const sessionIdField = pathIdField('session_id', {
	displayName: 'Session ID',
	name: 'sessionId',
	placeholder: 'e.g. {{ $json.session_id }}',
	description: "The session's ID, as 'Create Session' puts it out in session_id",
});

/** The resource of a session that an operation works on. */
export const resourceIdField = pathIdField('resource_id', {
	displayName: 'Resource ID',
	name: 'resourceId',
	placeholder: 'e.g. {{ $json.resource_id }}',
	description: "The resource's ID, as 'Get Many Resources' puts it out in resource_id",
});

/** The asset an operation works on. */
export const assetIdField = pathIdField('asset_id', {
	displayName: 'Asset ID',
	name: 'assetId',
	placeholder: 'e.g. {{ $json.asset_id }}',
	description: "The asset's ID, as 'Upload' puts it out in asset_id",
});

/**
 * The job an operation works on, of kinds whose ids HeyGen calls by different names.
 *
 * @param noun what the job is, in words: "clipping"
 * @param apiName its placeholder in the path
 */
export function jobIdField(noun: string, apiName = 'job_id'): INodeProperties {
	return pathIdField(apiName, {
		displayName: 'Job ID',
		name: 'jobId',
		placeholder: 'e.g. {{ $json.job_id }}',
		description: `The ${noun}'s ID, as 'Create' puts it out in job_id`,
	});
}

/**
 * A batch whose items are read.
 *
 * @param description where its id comes from
 */
export function batchIdField(description: string): INodeProperties {
	return pathIdField('batch_id', {
		displayName: 'Batch ID',
		name: 'batchId',
		placeholder: 'e.g. {{ $json.batch_id }}',
		description,
	});
}

/**
 * The ids whose states are read.
 *
 * @param kind what they are of
 */
export function idsField({ statuses }: StatusKind): INodeProperties {
	return {
		displayName: fieldName(statuses.idsField),
		name: camelCase(statuses.idsField),
		type: 'string',
		default: '',
		placeholder: 'e.g. 3f2a…, 9bc1…',
		description: 'Separated by commas, or an expression that gives a list; any number of them',
		routing: inQuery(statuses.idsField),
	};
}

/**
 * The batches whose states are read.
 *
 * @param kind what is in them
 */
export function batchIdsField({ noun }: StatusKind): INodeProperties {
	return {
		displayName: 'Batch IDs',
		name: 'batchIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3f2a…, 9bc1…',
		description: `Separated by commas: the ${noun}s of these batches`,
		routing: inQuery('batch_ids'),
	};
}
