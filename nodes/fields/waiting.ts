import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { JOB_TIMEOUT_MINUTES } from '../engine/jobs/finishJob';
import type { JobKind } from '../heygen/jobs/kind';

const waitOptions: INodeProperties = {
	displayName: 'Wait Options',
	name: 'waitOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'On Timeout',
			name: 'onTimeout',
			type: 'options',
			options: [
				{
					name: 'Return Current State',
					value: 'continue',
					description: 'Hand on the item with the status the job has by then',
				},
				{
					name: 'Stop With Error',
					value: 'error',
					description: 'Name the ID, so that a later run can attach to the job',
				},
			],
			default: 'error',
			description: 'What to do with an item whose job takes longer than the timeout',
		},
		{
			displayName: 'Timeout (Minutes)',
			name: 'timeoutMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: JOB_TIMEOUT_MINUTES,
			description: 'How long to wait for a job, counted from its start',
		},
	],
};

/**
 * Which files to fetch.
 *
 * @param kind the job whose files are offered
 */
export function downloadField(kind: JobKind): INodeProperties {
	const options: INodePropertyOptions[] = kind.files.map((file) => ({
		name: file.displayName,
		value: file.name,
	}));
	return {
		displayName: 'Download',
		name: 'download',
		type: 'multiOptions',
		options,
		default: [kind.files[0].name],
		description:
			'Files to put into binary fields of the output item, each under its own name (video, captionedVideo, gif, subtitles, thumbnail)',
	};
}

/**
 * Wait For Completion and what belongs to it, for operations that start a job.
 *
 * @param kind the job's kind
 */
export function waitForCompletionFields(kind: JobKind): INodeProperties[] {
	const show = { waitForCompletion: [true] };
	return [
		{
			displayName: 'Wait for Completion',
			name: 'waitForCompletion',
			type: 'boolean',
			default: true,
			description: `Whether to hand on the finished ${kind.noun} instead of only its ID`,
		},
		{ ...downloadField(kind), displayOptions: { show } },
		{ ...waitOptions, displayOptions: { show } },
	];
}

/**
 * For operations that attach to a running job.
 *
 * @param kind the job's kind
 */
export function attachFields(kind: JobKind): INodeProperties[] {
	return [downloadField(kind), waitOptions];
}
