import type { INodeProperties, INodePropertyOptions, NodeHint } from 'n8n-workflow';

import { JOB_TIMEOUT_MINUTES } from '../engine/jobs/finishJob';
import { ALL_FILES, type FileChoice, type JobKind } from '../heygen/jobs/kind';
import { aOrAn } from '../heygen/values/text';
import { formerCollection } from './former';

/** How long to wait for a job, and what to do then. */
const timeOptions: INodeProperties[] = [
	{
		displayName: 'Wait Timeout (Minutes)',
		name: 'timeoutMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: JOB_TIMEOUT_MINUTES,
		description: 'How long to wait for a job, counted from its start',
	},
	{
		displayName: 'On Wait Timeout',
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
		description: 'What to do with an item whose job takes longer than the Wait Timeout',
	},
];

/** How to wait for a job: members of an operation's Options. */
export const waitOptions: INodeProperties[] = [
	...timeOptions,
	{
		displayName: 'Wait Mode',
		name: 'waitMode',
		type: 'options',
		options: [
			{
				name: 'In the Execution',
				value: 'inExecution',
				description: 'The node looks every few seconds. Restarting n8n ends the wait; the job goes on.',
			},
			{
				name: 'Sleep',
				value: 'park',
				description: 'The execution sleeps, takes up no worker, and survives a restart of n8n. It looks every 1 to 5 minutes.',
			},
		],
		default: 'inExecution',
		description: 'What the execution does until HeyGen is done',
	},
];

/**
 * The same, with the time that a kind of job may take.
 *
 * @param kind the job's kind
 */
export function waitOptionsOf({ waitMinutes }: JobKind): INodeProperties[] {
	if (waitMinutes === undefined) return waitOptions;
	return waitOptions.map((option) => (option.name === 'timeoutMinutes' ? { ...option, default: waitMinutes } : option));
}

/**
 * The same for operations that need not wait.
 *
 * @param options of waiting
 */
export function optionally(options: readonly INodeProperties[]): INodeProperties[] {
	return options.map((option) => ({ ...option, displayOptions: { show: { '/waitForCompletion': [true] } } }));
}

/** The options of waiting, for operations that need not wait. */
export const optionalWaitOptions: INodeProperties[] = optionally(waitOptions);

/** Where these options stood before. */
const formerWaitOptions: INodeProperties = formerCollection({
	displayName: 'Wait Options',
	name: 'waitOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'These options are among the Options now, and what those hold goes instead',
	options: [...timeOptions].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});

/**
 * Which files to fetch.
 *
 * @param kind the job, or whatever else it is whose files are offered
 */
export function downloadField({ files, hasEqualFiles = false }: FileChoice): INodeProperties {
	const choices = hasEqualFiles ? [ALL_FILES, ...files] : files;
	const options: INodePropertyOptions[] = choices.map((file) => ({ name: file.displayName, value: file.name }));
	return {
		displayName: 'Download',
		name: 'download',
		type: 'multiOptions',
		options,
		default: [choices[0]?.name ?? ''],
		description: `Files to put into binary fields of the output item, each under its own name (${files.map(({ name }) => name).join(', ')})`,
	};
}

/**
 * Wait For Completion and what belongs to it, for operations that start a job; `optionalWaitOptions` go into their
 * Options.
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
			description: `Whether to hand on the finished ${(kind.next?.kind ?? kind).noun} instead of only its ID`,
			builderHint: {
				propertyHint: 'Leave it on: the node waits by itself, so a workflow needs no Wait node, no loop and no second node that asks for the status. Off only when another workflow takes the result over.',
			},
		},
		...(kind.files.length === 0 ? [] : [{ ...downloadField(kind), displayOptions: { show } }]),
		{ ...formerWaitOptions, displayOptions: { show: { ...show, ...formerWaitOptions.displayOptions?.show } } },
	];
}

/**
 * For operations that attach to a running job; `waitOptions` go into their Options.
 *
 * @param kind the job's kind
 */
export function attachFields(kind: JobKind): INodeProperties[] {
	return [...(kind.files.length === 0 ? [] : [downloadField(kind)]), formerWaitOptions];
}

/** What the canvas says on a node whose execution sleeps. */
export const SLEEPING_TOOLTIP = 'The execution sleeps while HeyGen works, and looks again in some minutes';

/**
 * What the output pane says before and while a node waits; n8n shows nothing else that moves. It is no expression, and
 * its condition must give true or false.
 *
 * @param noun what is waited for: "video"
 */
export function waitingHint(noun: string): NodeHint {
	return {
		message: `HeyGen takes some minutes to make ${aOrAn(noun)}, and the node waits for it. How long it has been running is shown in <b>Logs</b> below the canvas.`,
		type: 'info',
		location: 'outputPane',
		whenToDisplay: 'beforeExecution',
		displayCondition: '={{ $parameter["operation"] === "wait" || $parameter["waitForCompletion"] === true }}',
	};
}
