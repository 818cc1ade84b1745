import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { firstText, jobPhase, type JobFile, type JobKind } from '../heygen/jobs';
import { readChoice, readNumber } from '../heygen/values/plain';
import { createInBatch } from './batch';
import { downloadFiles, wantedFiles } from './download';
import { EngineError, withDetails } from './errors';
import { withFiles } from './files/resolve';
import { taken } from './given';
import { itemKey } from './idempotency';
import { outputItem } from './items';
import { requestOf, type Call, type Handler } from './operation';
import { Poller } from './poller';
import { readResource, readSettled } from './resource';
import { sharedIn } from './run';
import { settle } from './settle';
import { now, timing } from './timing';

/** Minutes a job may take unless the user says otherwise (HeyGen's own clients wait as long). */
export const JOB_TIMEOUT_MINUTES = 20;

/** Milliseconds that the items of a run get to come together before the first look at running jobs. */
const ATTACH_DELAY = 100;

/**
 * An operation that starts a job and, unless told not to, waits for it and fetches its files.
 *
 * @param kind the job's kind
 * @param doing what the operation does, for messages: "create the video"
 * @param check brings the item's body into the API's form and checks it before anything is sent; it is told which
 *   files are wanted. Binary fields in the body are uploaded after it
 */
export function job(
	kind: JobKind,
	doing: string,
	check: (call: Call, files: readonly JobFile[]) => IDataObject,
): Handler {
	return async (call) => {
		const wait = call.parameter('waitForCompletion', true) ? waitSettings(call, kind) : undefined;
		const created = await create(
			call,
			kind,
			doing,
			async () => await withFiles(call, check(call, wait?.files ?? [])),
		);
		if (wait === undefined) return [outputItem(created, call.itemIndex)];
		return [await finish(call, kind, String(created[kind.idField]), wait, true)];
	};
}

async function create(
	call: Call,
	kind: JobKind,
	doing: string,
	body: () => Promise<IDataObject>,
): Promise<IDataObject> {
	if (call.options.sendAsBatch === true) return await createInBatch(call, kind, doing, body);
	const request = { ...requestOf(call), body: await body(), doing, startsJob: true };
	const key = itemKey(call, call.path, request.body, true);
	const reply = await call.send({ ...request, ...(key === undefined ? {} : { idempotencyKey: key }) });
	const data = (reply.body.data ?? {}) as IDataObject;
	const id = data[kind.idField] ?? data.id;
	if (typeof id !== 'string' || id === '') {
		throw new EngineError(
			`Could not ${doing}: HeyGen's answer names no ${kind.noun} id`,
			"It may have been created all the same: look into 'Get Many' before running the item again.",
		);
	}
	call.run.started.push(id);
	return { [kind.idField]: id, ...data };
}

/**
 * An operation that attaches to a job by its id: waits for it and fetches its files.
 *
 * @param kind the job's kind
 */
export function attach(kind: JobKind): Handler {
	return async (call) => {
		const wait = waitSettings(call, kind);
		return [await finish(call, kind, call.ids[kind.idField] as string, wait, false)];
	};
}

/**
 * An operation that fetches the files of a finished job.
 *
 * @param kind the job's kind
 */
export function download(kind: JobKind): Handler {
	return async (call) => {
		const files = wantedFiles(call, kind);
		const id = call.ids[kind.idField] as string;
		const resource = await readResource(call, kind, id);
		const phase = jobPhase(kind, resource.status);
		if (phase === 'failed') throw failure(kind, id, resource);
		if (phase !== 'succeeded') {
			throw new EngineError(
				`The ${kind.noun} ${id} is not finished: its status is '${String(resource.status)}'`,
				"Use the operation 'Wait Until Finished', which downloads as soon as it is.",
				{ [kind.idField]: id },
			);
		}
		return [await output(call, kind, id, resource, files)];
	};
}

/** How long to wait for a job, and what to do then. */
interface WaitSettings {
	files: readonly JobFile[];
	minutes: number;
	onTimeout: 'continue' | 'error';
}

/** Reads the parameters of waiting, before anything is created: a mistake in them must not cost a video. */
function waitSettings(call: Call, kind: JobKind): WaitSettings {
	const files = wantedFiles(call, kind);
	const { timeoutMinutes, onTimeout } = call.parameter<IDataObject>('waitOptions', {});
	return {
		files,
		minutes: taken('Timeout (Minutes)', readNumber(timeoutMinutes, { min: 0 })) ?? JOB_TIMEOUT_MINUTES,
		onTimeout: taken('On Timeout', readChoice(onTimeout, ['continue', 'error'])) ?? 'error',
	};
}

/** Waits for a job and makes its output item. */
async function finish(
	call: Call,
	kind: JobKind,
	id: string,
	wait: WaitSettings,
	isNew: boolean,
): Promise<INodeExecutionData> {
	const startedAt = now();
	const deadline = startedAt + wait.minutes * 60_000;
	const { signal } = call.client;
	const poller = sharedIn(call.run, `poller ${kind.noun}`, () => new Poller(call.client, kind));
	let delay = isNew ? timing.pollFirst : ATTACH_DELAY;
	for (;;) {
		const entry = await named(kind, id, poller.wait(id, deadline, delay, signal));
		if (entry === undefined) return await timedOut(call, kind, id, wait);
		const settling = now() - startedAt < timing.settleTime;
		// A new job may not be known yet to all of HeyGen's servers.
		if (jobPhase(kind, entry.status) === 'gone' && isNew && settling) {
			delay = timing.pollFirst;
			continue;
		}
		const resource = await named(kind, id, readSettledJob(call, kind, id));
		const phase = jobPhase(kind, resource.status);
		if (phase === 'running') {
			// HeyGen's statuses are ahead of, or do not know, what the resource says.
			delay = timing.pollFirst;
			continue;
		}
		if (phase === 'failed') {
			const { failedJobs } = call.run;
			failedJobs.set(call.itemIndex, (failedJobs.get(call.itemIndex) ?? 0) + 1);
			throw failure(kind, id, resource);
		}
		return await named(kind, id, output(call, kind, id, resource, wait.files));
	}
}

/** The resource of a job that is said to be over. */
async function readSettledJob(call: Call, kind: JobKind, id: string): Promise<IDataObject> {
	return await readSettled(call, kind, id, (resource) => {
		const phase = jobPhase(kind, resource.status);
		return phase === 'failed' || (phase === 'succeeded' && resource[kind.files[0].urlField] != null);
	});
}

async function output(
	call: Call,
	kind: JobKind,
	id: string,
	resource: IDataObject,
	files: readonly JobFile[],
): Promise<INodeExecutionData> {
	const record: IDataObject = { [kind.idField]: id, ...resource };
	if (files.length === 0) return outputItem(record, call.itemIndex);
	const again = "Fetch the file with the operation 'Download' and the same id.";
	const fetched = await downloadFiles(call, kind, id, resource, files, again, async () => {
		return await readResource(call, kind, id);
	});
	if (fetched.missing.length > 0) record.missing_files = fetched.missing;
	return outputItem({ ...record, ...fetched.urls }, call.itemIndex, fetched.binary as IBinaryKeyData);
}

function failure(kind: JobKind, id: string, resource: IDataObject): EngineError {
	const code = firstText(resource, kind.failureCodeFields);
	const message = firstText(resource, kind.failureMessageFields);
	return new EngineError(
		`HeyGen could not finish the ${kind.noun} ${id}: ${message ?? code ?? `its status is '${String(resource.status)}'`}`,
		"HeyGen does not charge for it. Change what it objects to and run the item again. With an 'Idempotency Key' of your own, change that too: HeyGen would answer the old one with this video.",
		{
			[kind.idField]: id,
			status: resource.status,
			code,
			heyGenMessage: message,
		},
	);
}

async function timedOut(
	call: Call,
	kind: JobKind,
	id: string,
	{ minutes, onTimeout }: WaitSettings,
): Promise<INodeExecutionData> {
	if (onTimeout === 'continue') {
		const resource = await named(kind, id, readResource(call, kind, id));
		return outputItem({ [kind.idField]: id, ...resource }, call.itemIndex);
	}
	throw new EngineError(
		`The ${kind.noun} ${id} was not finished within ${minutes} minutes`,
		`It goes on in HeyGen and is not lost. Attach to it with the operation 'Wait Until Finished' and this id, or raise 'Timeout (Minutes)'.`,
		{ [kind.idField]: id },
	);
}

/** Puts the job's id into whatever error comes out of dealing with it: a started job must never get lost. */
async function named<T>(kind: JobKind, id: string, work: Promise<T>): Promise<T> {
	const result = await settle(work);
	if (result.ok) return result.value;
	throw withDetails(result.error, { [kind.idField]: id }, `${kind.noun} ${id}`);
}
