import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { type JobFile, type JobKind, jobPhase } from '../heygen/jobs';
import { failureIn } from '../heygen/reasons';
import { readChoice, readNumber } from '../heygen/values/plain';
import { isNothing } from '../heygen/values/reading';
import { EngineError, trimDot, withDetails } from './basics/errors';
import { settle } from './basics/settle';
import { now, pause, timing } from './basics/timing';
import { createInBatch } from './batch';
import { create } from './creates';
import { downloadFiles, wantedFiles } from './download';
import { preparedBody } from './files/preparedBody';
import type { Call, Handler } from './item/call';
import { taken } from './item/given';
import { ownKey, passCheckpoint } from './item/idempotency';
import { outputItem } from './item/outputItem';
import { sharedIn } from './item/run';
import { type Ending, Poller } from './poller';
import { readResource, readSettled } from './request/readRecord';

/** Minutes a job may take unless the user says otherwise (HeyGen's own clients wait as long). */
export const JOB_TIMEOUT_MINUTES = 20;

/** Milliseconds that the items of a run get to come together before the first look at running jobs. */
const ATTACH_DELAY = 100;

/** Failed jobs of earlier executions that one item steps over. Only the create after the last of them makes a job. */
const MOST_REPLAYS = 10;

/** What an operation's API can do besides what its kind of job says. */
interface JobTraits {
	/** Whether the request takes a `callback_id`. */
	callbackId?: boolean;
}

/**
 * An operation that starts a job and, unless told not to, waits for it and fetches its files.
 *
 * @param kind the job's kind
 * @param doing what the operation does, for messages: "create the video"
 * @param check brings the item's body into the API's form and checks it before anything is sent; it is told which
 *   files are wanted. Binary fields in the body are uploaded after it
 * @param traits what else its API can do
 */
export function job(
	kind: JobKind,
	doing: string,
	check: (call: Call, files: readonly JobFile[]) => IDataObject,
	traits: JobTraits = {},
): Handler {
	const sendsCallback = traits.callbackId === true;
	return async (call) => {
		const wait = call.parameter('waitForCompletion', true) ? waitSettings(call, kind) : undefined;
		const prepare = async () => {
			const content = check(call, wait?.files ?? []);
			const prepared = await preparedBody(call, content);
			await passCheckpoint(call, prepared.content);
			return { content: prepared.content, body: await prepared.upload() };
		};
		if (call.options.sendAsBatch === true) {
			const created = await createInBatch(call, kind, doing, sendsCallback, prepare);
			if (wait === undefined) return [outputItem(created, call.itemIndex)];
			return [await finish(call, kind, String(created[kind.idField]), wait, true)];
		}
		const wanted = await prepare();
		for (let replays = 0; ; replays++) {
			const { created, isOld } = await create(call, kind, doing, wanted, sendsCallback);
			recentJobs.add(call.account.id, String(created[kind.idField]));
			if (wait === undefined) return [outputItem(created, call.itemIndex)];
			const finished = await settle(finish(call, kind, String(created[kind.idField]), wait, true));
			if (finished.ok) return [finished.value];
			// A key that an earlier execution has used is answered with what failed there, which is not charged. What this run
			// has made itself is left to Retry On Fail.
			const isRenewable = isOld && finished.error instanceof FailedJob && ownKey(call.options) === undefined;
			if (!isRenewable || replays >= MOST_REPLAYS) throw finished.error;
		}
	};
}

/** Jobs that this process has made lately; a later node may attach to one that not all of HeyGen's servers know yet. */
class RecentJobs {
	private readonly madeAt = new Map<string, number>();

	add(account: string, id: string): void {
		for (const [name, at] of this.madeAt) {
			if (now() - at < timing.settleTime) break;
			this.madeAt.delete(name);
		}
		this.madeAt.set(`${account} ${id}`, now());
	}

	has(account: string, id: string): boolean {
		const at = this.madeAt.get(`${account} ${id}`);
		return at !== undefined && now() - at < timing.settleTime;
	}
}

const recentJobs = new RecentJobs();

/**
 * An operation that attaches to a job by its id: waits for it and fetches its files.
 *
 * @param kind the job's kind
 */
export function attach(kind: JobKind): Handler {
	return async (call) => {
		const wait = waitSettings(call, kind);
		const id = call.ids[kind.idField] as string;
		return [await finish(call, kind, id, wait, recentJobs.has(call.account.id, id))];
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
		const resource = await readFinished(call, kind, id, files);
		const phase = jobPhase(kind, resource.status);
		if (phase === 'failed') throw new FailedJob(kind, id, resource);
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

/** Reads a job whose files are wanted; one that has just ended lacks its film for some seconds (API reference, The Video object). */
async function readFinished(call: Call, kind: JobKind, id: string, wanted: readonly JobFile[]): Promise<IDataObject> {
	const [film] = kind.files;
	const isComplete = ({ status, [film.urlField]: url }: IDataObject) =>
		jobPhase(kind, status) !== 'succeeded' || !wanted.includes(film) || !isNothing(url);
	const record = await readResource(call.client, kind, id);
	if (isComplete(record)) return record;
	await pause(timing.pollFirst, call.client.signal);
	return await readSettled(call.client, kind, id, isComplete);
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
	const { signal } = call.client;
	const poller = sharedIn(
		call.run,
		`poller ${kind.noun} ${call.account.id}`,
		() => new Poller(call.client, kind),
	);
	const deadline = now() + wait.minutes * 60_000;
	const firstDelay = isNew ? timing.pollFirst : ATTACH_DELAY;
	const ending = await named(kind, id, poller.wait(id, { deadline, firstDelay, isNew, signal }));
	const { over, record } = ending;
	if (!over || record === undefined) return timedOut(call, kind, id, wait, ending);
	if (jobPhase(kind, record.status) === 'failed') {
		call.run.memory.jobFailed(call.itemIndex);
		throw new FailedJob(kind, id, record);
	}
	return await named(kind, id, output(call, kind, id, record, wait.files));
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
	const fetched = await downloadFiles(call.files, kind, id, resource, files, again, async () => {
		return await readResource(call.client, kind, id);
	});
	if (fetched.missing.length > 0) record.missing_files = fetched.missing;
	return outputItem({ ...record, ...fetched.urls }, call.itemIndex, fetched.binary as IBinaryKeyData);
}

/** HeyGen could not finish a job. */
class FailedJob extends EngineError {
	constructor(kind: JobKind, id: string, record: IDataObject) {
		const { message, code } = failureIn(record, kind);
		super(
			`HeyGen could not finish the ${kind.noun} ${id}: ${message ?? code ?? `its status is '${String(record.status)}'`}`,
			"HeyGen does not charge for it. Change what it objects to and run the item again. With an 'Idempotency Key' of your own, change that too: HeyGen would answer the old one with this video.",
			{ [kind.idField]: id, status: record.status, code, heyGenMessage: message },
		);
	}
}

/** The end of a wait whose time is up. An answer that does not come must not keep the item from going on with its id. */
function timedOut(
	call: Call,
	kind: JobKind,
	id: string,
	{ minutes, onTimeout }: WaitSettings,
	{ record, problem }: Ending,
): INodeExecutionData {
	const last = problem === undefined ? '' : `; its last look failed: ${trimDot((problem as Error).message)}`;
	const { status } = record ?? {};
	if (onTimeout === 'continue') {
		const unread = { note: `HeyGen did not tell its status when the time was up${last}` };
		return outputItem({ [kind.idField]: id, ...(record ?? unread) }, call.itemIndex);
	}
	throw new EngineError(
		`The ${kind.noun} ${id} was not finished within ${minutes} minutes${last}`,
		`${isNothing(status) ? '' : `Its status is '${String(status)}'. `}It goes on in HeyGen and is not lost. Attach to it with the operation 'Wait Until Finished' and this id, or raise 'Timeout (Minutes)'.`,
		{ ...(problem instanceof EngineError ? problem.details : {}), [kind.idField]: id, status },
	);
}

/** Puts the job's id into whatever error comes out of dealing with it: a started job must never get lost. */
async function named<T>(kind: JobKind, id: string, work: Promise<T>): Promise<T> {
	const result = await settle(work);
	if (result.ok) return result.value;
	throw withDetails(result.error, { [kind.idField]: id }, `${kind.noun} ${id}`);
}
