import cloneDeep from 'lodash/cloneDeep';
import get from 'lodash/get';
import omitBy from 'lodash/omitBy';
import set from 'lodash/set';
import uniq from 'lodash/uniq';
import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import {
	ALL_FILES,
	askingState,
	endOfStrange,
	isHeld,
	type JobFile,
	type JobKind,
	jobPhase,
	mainFileOf,
	type NextJob,
	nextIdIn,
} from '../../heygen/jobs/kind';
import { readChoice, readNumber } from '../../heygen/values/plain';
import { isNothing } from '../../heygen/values/reading';
import { amount, numeral, shown } from '../../heygen/values/text';
import { EngineError, trimDot, withDetails } from '../basics/errors';
import { settle, type Settled } from '../basics/settle';
import { now, timing } from '../basics/timing';
import { askerOf, type Call, type Piece, slotOf } from '../item/call';
import { taken } from '../item/given';
import { outputItem } from '../item/outputItem';
import { sharedIn } from '../item/run';
import { jobRecord } from '../item/simplify';
import { readRecord } from '../request/readRecord';
import { awaitedOf } from './answers';
import { FailedJob, newKeyFor, ownerIn, RETRY_WITH_KEY } from './failedJob';
import { downloadFiles, wantedFiles } from './jobFiles';
import { partsOutput } from './jobParts';
import { isAwaited, nextJobOf, ofBefore, unansweredRecord } from './nextJob';
import { jobEnded, jobLeads, jobNotCharged } from './outstanding';
import { Poller } from './poller';
import { leaveToSleep, park, WAIT_MODE } from './sleepingJob';
import type { Ending, Wait } from './watch';

/** Minutes a job may take unless the user says otherwise (HeyGen's own clients wait as long). */
export const JOB_TIMEOUT_MINUTES = 20;

/** Milliseconds that the items of a run get to come together before the first look at running jobs. */
const ATTACH_DELAY = 100;

/** Jobs that this process has made lately; a later node may attach to one that not all of HeyGen's servers know yet. */
class RecentJobs {
	private readonly madeAt = new Map<string, number>();

	add(account: string, id: string): void {
		for (const [name, at] of this.madeAt) {
			if (now() - at < timing.catchUpTime) break;
			this.madeAt.delete(name);
		}
		this.madeAt.set(`${account} ${id}`, now());
	}

	has(account: string, id: string): boolean {
		const at = this.madeAt.get(`${account} ${id}`);
		return at !== undefined && now() - at < timing.catchUpTime;
	}
}

/** One for the process. */
export const recentJobs = new RecentJobs();

/** How long to wait for a job, and what to do then. */
export interface WaitSettings {
	files: readonly JobFile[];
	minutes: number;
	onTimeout: 'continue' | 'error';
	/** Whether to wait as well while somebody else than HeyGen has to do something. */
	isPatient: boolean;
	/** Whether the execution sleeps meanwhile. */
	mode: 'inExecution' | 'park';
}

/** The option with which a wait does not end where somebody has to consent. */
export const WAIT_FOR_CONSENT = 'waitForConsent';

/**
 * Reads the parameters of waiting, before anything is created: a mistake in them must not cost a video.
 *
 * @param call the item
 * @param kind the job's kind
 * @throws EngineError naming the field
 */
export function waitSettings(call: Call, kind: JobKind): WaitSettings {
	const files = wantedFiles(call, kind);
	// Options of waiting had a collection of their own before, in which saved workflows have them.
	const former = call.parameter<IDataObject>('waitOptions', {});
	const { timeoutMinutes, onTimeout, waitMode } = { ...former, ...omitBy(call.options, isNothing) };
	return {
		files,
		minutes: taken('Wait Timeout (Minutes)', readNumber(timeoutMinutes, { min: 0 })) ?? kind.waitMinutes ?? JOB_TIMEOUT_MINUTES,
		onTimeout: taken('On Wait Timeout', readChoice(onTimeout, ['continue', 'error'])) ?? 'error',
		isPatient: call.options[WAIT_FOR_CONSENT] === true,
		mode: taken('Wait Mode', readChoice(waitMode, [WAIT_MODE.inExecution, WAIT_MODE.sleep])) ?? WAIT_MODE.inExecution,
	};
}

/** What is known of a job that is waited for. */
interface Followed {
	/** Whether the job was made just now, so that not all of HeyGen's servers know it. */
	isNew: boolean;
	/** Told of the record of what has ended well, and of its kind; what the item says besides. */
	finished?: (record: IDataObject, kind: JobKind) => IDataObject;
	/** Told when it asks, so that the item has its question. */
	asks?: () => void;
	/** Moment since when the job, or one that has led to it, is waited for. */
	since?: number;
	/** The ids of the jobs that have led to it. */
	before?: IDataObject;
	/** What the answer to its create has said. */
	created?: IDataObject;
	/** Whether it may ask back. One that does not is left as soon as it names the job that it leads to. */
	mayAsk?: boolean;
	/** Jobs that it has led to in earlier rounds. */
	earlier?: readonly string[];
	/** What the item says besides when somebody else than HeyGen has to do something. */
	held?: (record: IDataObject) => Promise<IDataObject>;
	/** What stands for its record while HeyGen does not find it; nothing when it is gone. */
	standIn?: Wait['standIn'];
	/** Whether an earlier execution has made it, so that it may be over already. */
	isOld?: boolean;
	/** Whether the execution has slept while it was waited for. */
	isWoken?: boolean;
	/** What is to be remembered of it while the execution sleeps. */
	order?: () => IDataObject;
}

/**
 * Waits for a job and makes what its item comes to: one output item, or one for each of the job's parts. A job that leads
 * to another one is waited for until it names that one, which is waited for then.
 *
 * @param call the item
 * @param kind the job's kind
 * @param id the job
 * @param wait how long, and what to do then
 * @param followed what is known of it
 * @throws EngineError when HeyGen could not finish the job, or the time is up; with the job's id
 */
export async function finishJob(call: Call, kind: JobKind, id: string, wait: WaitSettings, followed: Followed): Promise<Piece[]> {
	const { finished = () => ({}), since = now(), before = {} } = followed;
	const ended = await settle(endingOf(call, kind, id, wait, { ...followed, since }));
	if (ended.ok && ended.value.isLeft === true) return [parked(call, kind, id, wait, { ...followed, since })];
	if (kind.next !== undefined) {
		const pieces = await named(kind, id, afterFirst(call, kind, kind.next, id, wait, ended, { ...followed, since }));
		if (pieces !== undefined) return pieces;
	}
	if (!ended.ok) throw ended.error;
	const { over, record } = ended.value;
	const isOver = over && record !== undefined;
	if (record !== undefined && isHeld(kind, record) && (isOver || wait.onTimeout === 'continue')) {
		return [await named(kind, id, heldItem(call, kind, id, record, followed))];
	}
	if (!isOver) return [timedOut(call, kind, id, wait, ended.value, followed)];
	jobEnded(call.account.id, id);
	const hasFailed = jobPhase(kind, record.status) === 'failed' || endOfStrange(kind, record) === 'failed';
	const seconds = numeral(Math.round((now() - since) / 1_000));
	call.run.journal.note(hasFailed ? 'failed:' : 'finished:', `${kind.noun} ${id} after ${seconds} s`);
	call.run.report.ended(kind.noun, id, hasFailed);
	if (hasFailed) {
		call.run.parking.sleepers.forgetJob(slotOf(call));
		call.run.memory.jobFailed(slotOf(call));
		jobNotCharged(call, id, before);
		throw new FailedJob(kind, id, record, call.variant === undefined ? newKeyFor(kind) : RETRY_WITH_KEY);
	}
	if (kind.next !== undefined) throw leadsNowhere(kind, kind.next, id, record);
	// Told first: the job is over, whatever becomes of its files.
	const besides = finished(record, kind);
	return await named(kind, id, jobOutput(call, kind, id, record, wait.files, besides, before));
}

/** Waits for a job's own end; for one that leads to another, until it names that one or asks. */
async function endingOf(call: Call, kind: JobKind, id: string, wait: WaitSettings, followed: Timed): Promise<Ending> {
	const { isNew, isOld = false, isWoken = false, since, created, mayAsk = true, earlier: others = [] } = followed;
	if (created !== undefined && !mayAsk && nextIdIn(kind, created) !== undefined) return { over: true, record: created };
	const { signal } = call.client;
	const poller = sharedIn(
		call.run,
		`poller ${kind.noun} ${call.account.id}`,
		() => new Poller(call.client, kind),
	);
	const isOwn = isAwaited(call, kind, id, others);
	const accepts = (record: IDataObject) => isOwn(record) && !(wait.isPatient && isHeld(kind, record));
	const firstDelay = isNew ? timing.pollFirst : ATTACH_DELAY;
	const deadline = untilOf(since, wait);
	const leave = leaveToSleep(call, kind, { mode: wait.mode, deadline, isNew: isNew && !isOld });
	const how = {
		...{ firstDelay, isNew, signal, accepts, standIn: followed.standIn },
		deadline: isWoken ? Math.max(deadline, now() + timing.wakeGrace) : deadline,
		...(isWoken ? { isKnown: true } : {}),
		...(leave === undefined ? {} : { leave }),
	};
	return await named(kind, id, call.run.report.waiting(kind.noun, id, poller.wait(id, how), isWoken ? since : undefined));
}

/** Moment to stop waiting. */
function untilOf(since: number, { minutes }: WaitSettings): number {
	return since + minutes * 60_000;
}

/** What is known of a job that is waited for since a moment. */
type Timed = Followed & { since: number };

/** Stands for the result of a job for which the execution sleeps. */
function parked(call: Call, kind: JobKind, id: string, wait: WaitSettings, { since, before = {}, earlier = [], order }: Timed): Piece {
	const sent = awaitedOf(call, kind, id)?.earlier ?? [];
	const kept = order === undefined ? {} : { order: order() };
	return park(call, kind, { id, before, since, until: untilOf(since, wait), earlier: uniq([...earlier, ...sent]), ...kept });
}

/**
 * What comes after a job that leads to another one: the other one's end, or the question that the first one asks.
 *
 * @returns undefined when there is neither
 */
async function afterFirst(
	call: Call,
	kind: JobKind,
	next: NextJob,
	id: string,
	wait: WaitSettings,
	ended: Settled<Ending>,
	followed: Timed,
): Promise<Piece[] | undefined> {
	const { created = {}, before = {}, finished, since, earlier: rounds = [], mayAsk = true, order } = followed;
	const earlier = [...rounds, ...(awaitedOf(call, kind, id)?.earlier ?? [])];
	const record = ended.ok ? ended.value.record : undefined;
	const isOver = ended.ok && ended.value.over;
	const nextId = await nextJobOf(call, kind, next, id, ended, { named: nextIdIn(kind, created), earlier });
	if (nextId === undefined) {
		const isAsking = isOver && record !== undefined && askingState(kind, record) === 'asking';
		return isAsking ? [asked(call, kind, id, record, followed)] : undefined;
	}
	if (record !== undefined && mayAsk && nextIdIn(kind, record) === nextId) {
		const round = isOver ? await ofBefore(call, kind, next, id, record, nextId) : undefined;
		if (round === 'words') return [asked(call, kind, id, record, followed)];
		if (round === 'wait') return await finishJob(call, kind, id, wait, { ...followed, earlier: [...rounds, nextId] });
		const waiting = await unansweredRecord(call, kind, id, record, nextId);
		if (waiting !== undefined) return [asked(call, kind, id, waiting, followed)];
	}
	call.run.started.add({ kind: next.kind.noun, id: nextId, ...askerOf(call) });
	jobLeads(call.account.id, id, nextId);
	call.run.report.leads(kind.noun, id, { noun: next.kind.noun, id: nextId });
	const led = { ...before, [kind.idField]: id };
	const others = { ...(finished === undefined ? {} : { finished }), ...(order === undefined ? {} : { order }) };
	return await finishJob(call, next.kind, nextId, wait, { isNew: true, since, before: led, ...others });
}

/** The output item of a job for which somebody else than HeyGen has to do something: its record, with what that is. */
async function heldItem(call: Call, kind: JobKind, id: string, record: IDataObject, { held }: Followed): Promise<Piece> {
	call.run.journal.note('waits for somebody:', `${kind.noun} ${id}`);
	call.run.report.waitsForSomebody(kind.noun, id);
	return outputItem({ ...jobRecord(call, kind, record, id), ...(await held?.(record)) }, call.itemIndex);
}

/** The output item of a job that asks: its record, with the question. */
function asked(call: Call, kind: JobKind, id: string, record: IDataObject, { before = {}, asks }: Followed): Piece {
	jobNotCharged(call, id, before);
	asks?.();
	call.run.journal.note('asks:', `${kind.noun} ${id}`);
	call.run.report.asks(kind.noun, id);
	const question = kind.talk?.questionIn(record) ?? null;
	return outputItem({ ...before, ...jobRecord(call, kind, record, id), question }, call.itemIndex);
}

/** A job that is over and has not led to the one that it was for. */
function leadsNowhere(kind: JobKind, next: NextJob, id: string, record: IDataObject): EngineError {
	const said = kind.derived?.(record).last_message;
	return new EngineError(
		`The ${kind.noun} ${id} is over, but names no ${next.kind.noun}`,
		`${typeof said === 'string' ? `The last that it says: ${shown(said)}. ` : ''}Look at it with the operation 'Get'.`,
		{ [kind.idField]: id, status: record.status },
	);
}

/**
 * What the item of a finished job comes to, with the files that are wanted.
 *
 * @param call the item
 * @param kind the job's kind
 * @param id the job
 * @param read its record
 * @param wanted what to fetch
 * @param besides what the item says besides the record
 * @param before the ids of the jobs that have led to it
 */
export async function jobOutput(
	call: Call,
	kind: JobKind,
	id: string,
	read: IDataObject,
	wanted: readonly JobFile[],
	besides: IDataObject = {},
	before: IDataObject = {},
): Promise<Piece[]> {
	const files = wanted.includes(ALL_FILES) ? filesThere(kind, read) : uniq(wanted.map((file) => thatIs(kind, read, file)));
	const again = `Fetch the file with the operation 'Wait Until Finished' and the ID of the ${kind.noun}.`;
	if (kind.parts !== undefined) return await partsOutput(call, kind, kind.parts, { id, record: read, files, again, besides: { ...before, ...besides } });
	if (files.length === 0) return [outputItem({ ...before, ...jobRecord(call, kind, read, id), ...besides }, call.itemIndex)];
	const fetched = await downloadFiles(call.files, kind, id, read, files, again, async () => {
		return await readRecord(call.client, kind, id);
	});
	const record = jobRecord(call, kind, withUrls(read, fetched.urls), id);
	const missing = fetched.missing.length > 0 ? { missing_files: fetched.missing } : {};
	return [outputItem({ ...before, ...record, ...missing, ...besides }, call.itemIndex, fetched.binary as IBinaryKeyData)];
}

/** The file that stands for a wanted one: whoever wants what the job was for gets that, whatever file it is. */
function thatIs(kind: JobKind, record: IDataObject, file: JobFile): JobFile {
	if (file !== kind.files[0]) return file;
	const main = mainFileOf(kind, record) ?? file;
	const { standIn } = kind;
	return standIn !== undefined && isNothing(get(record, main.urlField)) && !isNothing(get(record, standIn.urlField)) ? standIn : main;
}

/** A record with fresh addresses in their places. */
function withUrls(record: IDataObject, urls: IDataObject): IDataObject {
	const renewed = cloneDeep(record);
	for (const [field, url] of Object.entries(urls)) set(renewed, field, url);
	return renewed;
}

/** The files that a record names, with an address or without; all files of its kind when the record names none. */
function filesThere({ files }: JobKind, record: IDataObject): readonly JobFile[] {
	const there = files.filter(({ urlField }) => get(record, urlField) !== undefined);
	return there.length === 0 ? files : there;
}

/** The end of a wait whose time is up. An answer that does not come must not keep the item from going on with its id. */
function timedOut(
	call: Call,
	kind: JobKind,
	id: string,
	{ minutes, onTimeout }: WaitSettings,
	{ record, problem }: Ending,
	{ before = {}, created }: Followed,
): Piece {
	const last = problem === undefined ? '' : `; its last look failed: ${trimDot((problem as Error).message)}`;
	const { status } = record ?? {};
	const isUnanswered = record !== undefined && askingState(kind, record) === 'answered';
	if (onTimeout === 'continue') {
		const unread = { [kind.idField]: id, note: `HeyGen did not tell its status when the time was up${last}` };
		const known = record === undefined ? unread : jobRecord(call, kind, record, id);
		return outputItem({ ...before, ...known, ...(isUnanswered ? { note: NOT_ANSWERED } : {}) }, call.itemIndex);
	}
	// A further try waits anew.
	call.run.parking.sleepers.forgetJob(slotOf(call));
	throw new EngineError(
		`The ${kind.noun} ${id} was not finished within ${amount(minutes, 'minute')}${last}`,
		`${isNothing(status) ? '' : `Its status is '${String(status)}'${progressIn(kind, record)}. `}${record !== undefined && isHeld(kind, record) ? HELD_UP : ''}${isUnanswered ? `${NOT_ANSWERED} Do not send that again. ` : ''}The ${kind.noun} goes on in HeyGen and is not lost. Attach to it with the operation 'Wait Until Finished' and this ID, or raise 'Wait Timeout (Minutes)'.`,
		{ ...ownerIn(kind, { ...created, ...record }), ...(problem instanceof EngineError ? problem.details : {}), [kind.idField]: id, status },
	);
}

/** What is said of a job for which somebody else than HeyGen has to do something. */
const HELD_UP = "Somebody has to do something before HeyGen goes on; with 'On Wait Timeout' set to 'Return Current State' the item says what. ";

/** What is said of a job whose state is that of a question, and whose record has the answer. */
const NOT_ANSWERED = 'It has not taken up the last message yet.';

/** How much of a job is done, where HeyGen tells it. */
function progressIn({ progressField }: JobKind, record: IDataObject = {}): string {
	const done = progressField === undefined ? undefined : readNumber(record[progressField], { min: 0, max: 100 }).value;
	return done === undefined ? '' : `, and ${numeral(done)} % of the work are done`;
}

/** Puts the job's id into whatever error comes out of dealing with it: a started job must never get lost. */
async function named<T>(kind: JobKind, id: string, work: Promise<T>): Promise<T> {
	const result = await settle(work);
	if (result.ok) return result.value;
	throw withDetails(result.error, { [kind.idField]: id }, `${kind.noun} ${id}`);
}
