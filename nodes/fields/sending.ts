import type { INodeProperties } from 'n8n-workflow';

import { QUEUE_TIMEOUT_MINUTES } from '../engine/item/itemClient';
import { BATCH_MAX, IDEMPOTENCY_HOURS } from '../heygen/limits';
import { inBody } from './inBody';

/** Options that steer how requests are sent: members of an operation's Request Options. */

export const maxParallelRequestsOption: INodeProperties = {
	displayName: 'Max Parallel Requests',
	name: 'maxParallelRequests',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 10,
	description:
		'How many requests this node may have under way at a time. Without it the node adapts to what HeyGen accepts.',
};

export const queueTimeoutOption: INodeProperties = {
	displayName: 'Queue Timeout (Minutes)',
	name: 'queueTimeoutMinutes',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: QUEUE_TIMEOUT_MINUTES,
	description:
		"How long an item waits while the account's rate or concurrency limit lets nothing of its kind through",
};

export const idempotencyKeyOption: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042',
	description: `A value of your own, such as the ID of a row: for ${IDEMPOTENCY_HOURS} hours HeyGen answers the same key with what it made the first time, instead of making and billing it again. By default every item of every execution has its own. A key counts for one path. Where HeyGen is not known to heed keys, as for speech, voice clones and some paths of Custom API Call, it holds within one execution only.`,
};

export const sendIdempotencyKeyOption: INodeProperties = {
	displayName: 'Send Idempotency Key',
	name: 'sendIdempotencyKey',
	type: 'boolean',
	default: true,
	description:
		"Whether to protect against paying twice. Without it the node does not repeat a request whose answer got lost, but n8n's Retry On Fail does (not of speech and Custom API Call).",
};

export const sameInputOption: INodeProperties = {
	displayName: 'Same Input, Same Video',
	name: 'sameInputSameVideo',
	type: 'boolean',
	default: false,
	description: `Whether an item whose content was sent before, by whatever execution of this node, gets the video that was made then instead of a new one, for ${IDEMPOTENCY_HOURS} hours. Items of one run that ask for the same share a video too. A file counts with its name; Callback ID and Callback URL do not count, and HeyGen calls the first ones. Without it every execution makes new videos.`,
};

export const sendAsBatchOption: INodeProperties = {
	displayName: 'Send as Batch',
	name: 'sendAsBatch',
	type: 'boolean',
	default: false,
	description: `Whether to send the items in batches of up to ${BATCH_MAX} per request. Each item keeps its own result or error.`,
};

export const callbackIdOption: INodeProperties = {
	displayName: 'Callback ID',
	name: 'callbackId',
	type: 'string',
	default: '',
	description: 'A value that HeyGen hands back in its webhook events',
	routing: inBody('callback_id'),
};

export const sendCallbackIdOption: INodeProperties = {
	displayName: 'Send Callback ID',
	name: 'sendCallbackId',
	type: 'boolean',
	default: true,
	description:
		"Whether to give HeyGen a callback ID that names this execution and item. HeyGen's webhook events repeat it, so that a video and its execution can be found from each other. A 'Callback ID' of your own goes instead.",
};

export const callbackUrlOption: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…',
	description: 'An address that HeyGen calls when the job is over. These calls are not signed.',
	routing: inBody('callback_url'),
};

/** Request options of operations that make something. */
export const creatingOptions: INodeProperties[] = [
	idempotencyKeyOption,
	maxParallelRequestsOption,
	queueTimeoutOption,
	sendIdempotencyKeyOption,
];

/** Request options of operations that start a job. */
export const silentJobOptions: INodeProperties[] = [...creatingOptions, sameInputOption];

/** Request options of operations whose end HeyGen can report. */
export const callbackOptions: INodeProperties[] = [callbackIdOption, callbackUrlOption, sendCallbackIdOption];

/** Request options of operations that start a job whose end HeyGen can report. */
export const reportedJobOptions: INodeProperties[] = [...silentJobOptions, ...callbackOptions];

/** Request options of operations that start such jobs, also several in one request. */
export const jobOptions: INodeProperties[] = [...reportedJobOptions, sendAsBatchOption];

/**
 * What steers an operation's requests. n8n gives every declarative node a collection of this name, in the panel's
 * Settings tab, and puts these members beside its own (DirectoryLoader of n8n-core 2.41). In an operation's parameters
 * it stands after Options, where its members stood before: what comes later wins.
 *
 * @param options its members, in any order
 */
export function requestOptionsField(options: readonly INodeProperties[]): INodeProperties {
	return { ...optionsField(options), displayName: 'Request Options', name: 'requestOptions' };
}

/**
 * The Options collection of an operation or a trigger: what shapes the result.
 *
 * @param options its members, in any order
 */
export function optionsField(options: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** Request Options of the operations that make nothing. */
export const sendingOptionsField = requestOptionsField([maxParallelRequestsOption, queueTimeoutOption]);
