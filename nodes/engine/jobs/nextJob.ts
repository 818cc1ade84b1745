import type { IDataObject } from 'n8n-workflow';

import { askingState, type JobKind, jobPhase, type NextJob, nextIdIn } from '../../heygen/jobs/kind';
import { settle, type Settled } from '../basics/settle';
import { pause, timing } from '../basics/timing';
import type { Call } from '../item/call';
import { isGone, readRecord } from '../request/readRecord';
import { awaitedOf } from './answers';
import { type ListedJob, listedJobs } from './listedJobs';
import type { Ending } from './watch';

/** The job that one leads to, wherever HeyGen names it. */

/** What is known besides the records. */
interface Known {
	/** The job that the answer to the create has named. */
	named?: string;
	/** Those of earlier rounds. */
	earlier: readonly string[];
}

/**
 * The job that a job has led to, when its own wait has ended.
 *
 * @param call the item
 * @param kind the first job's kind
 * @param next what it leads to
 * @param id the first job
 * @param ended how its wait has ended
 * @param known what is known besides
 * @returns undefined when there is none, and as long as the first job asks
 */
export async function nextJobOf(
	call: Call,
	kind: JobKind,
	next: NextJob,
	id: string,
	ended: Settled<Ending>,
	{ named, earlier }: Known,
): Promise<string | undefined> {
	// What the answer to a message names may be the result of the round before.
	const own = named === undefined || earlier.includes(named) ? undefined : named;
	if (!ended.ok) return isGone(ended.error) ? ((await newestJob(call, next, id, earlier)) ?? own) : undefined;
	const { over, record } = ended.value;
	const isAsking = record !== undefined && askingState(kind, record) === 'asking';
	if (isAsking) return undefined;
	const found = record === undefined ? undefined : nextIdIn(kind, record);
	const hasFailed = record !== undefined && jobPhase(kind, record.status) === 'failed';
	// A round that has failed leaves the result of the one before in the record.
	if (over && found !== undefined && !(hasFailed && earlier.includes(found))) return found;
	// A record that never gets on may be all that is stuck.
	return (await newestJob(call, next, id, earlier, record)) ?? (over ? undefined : own);
}

/**
 * The newest job in the list of those that a job has led to.
 *
 * @param earlier jobs that do not count, nor do any that are older
 * @param record the first job's, where HeyGen tells it
 * @returns undefined when there is none, or HeyGen does not tell
 */
async function newestJob(
	call: Call,
	next: NextJob,
	id: string,
	earlier: readonly string[],
	record?: IDataObject,
): Promise<string | undefined> {
	const jobs = await listedJobs(call, next, id);
	const isOld = (job: ListedJob): boolean =>
		earlier.includes(job.id) || (record !== undefined && next.isEarlier?.(record, job.record) === true);
	const since = Math.max(...jobs.filter(isOld).map(({ at }) => at));
	return jobs.find((job) => !isOld(job) && job.at >= since)?.id;
}

/**
 * Tells of the records that could end a wait for a job which ones are of what is waited for.
 *
 * @param call the item
 * @param kind the job's kind
 * @param id the job
 * @param others jobs that it has led to in earlier rounds, by the records of both
 */
export function isAwaited(call: Call, kind: JobKind, id: string, others: readonly string[]): (record: IDataObject) => boolean {
	const awaited = awaitedOf(call, kind, id);
	return (record) => {
		if (awaited?.isFresh(record) === false) return false;
		const found = nextIdIn(kind, record);
		if (found === undefined) return true;
		const isOther = others.includes(found);
		if (!isOther && awaited?.earlier.includes(found) !== true) return true;
		const phase = jobPhase(kind, record.status);
		if (phase === 'failed' || askingState(kind, record) === 'asking') return true;
		if (phase === 'running') return false;
		// Over with the result of before: nothing has come of the message, or words only; or the result was made anew.
		return awaited === undefined || (awaited.isLate() && (!isOther || kind.talk?.hasReplied(record) === true));
	};
}

/** What a record says that names the job of an earlier round: the wait goes on, or it is over with words. */
export type OfBefore = 'wait' | 'words';

/**
 * Whether the job that a record names is that of an earlier round.
 *
 * @param call the item
 * @param kind the first job's kind
 * @param next what it leads to
 * @param id the first job
 * @param record its record
 * @param named the job that it names
 * @returns undefined when it is what is waited for
 */
export async function ofBefore(
	call: Call,
	kind: JobKind,
	next: NextJob,
	id: string,
	record: IDataObject,
	named: string,
): Promise<OfBefore | undefined> {
	const awaited = awaitedOf(call, kind, id);
	const mayBe = awaited?.earlier.includes(named) === true || next.mayBeEarlier?.(record) === true;
	if (next.isEarlier === undefined || !mayBe) return undefined;
	const read = await settle(readRecord(call.client, next.kind, named));
	call.client.signal?.throwIfAborted();
	if (!read.ok || !next.isEarlier(record, read.value)) return undefined;
	if (jobPhase(kind, record.status) === 'running') return 'wait';
	if (kind.talk?.hasReplied(record) === true) return 'words';
	// Whoever has sent nothing asks for what there is.
	return awaited === undefined ? undefined : 'wait';
}

/** State words of a job that nobody has begun to work on. */
const UNBEGUN = /^(pending|waiting|queued)$/i;

/**
 * Whether a job that names the next one waits for an answer all the same: it has shown something, and the next job does not
 * begin for as long as HeyGen's servers may need to agree.
 *
 * @param call the item
 * @param kind the first job's kind
 * @param id the first job
 * @param record its record
 * @param named the job that it names
 * @returns the first job's record when it waits
 */
export async function unansweredRecord(
	call: Call,
	kind: JobKind,
	id: string,
	record: IDataObject,
	named: string,
): Promise<IDataObject | undefined> {
	const { talk, next } = kind;
	if (talk === undefined || next === undefined || !talk.mayAsk(record)) return undefined;
	const isUnbegun = async (): Promise<boolean> => {
		const read = await settle(readRecord(call.client, next.kind, named));
		call.client.signal?.throwIfAborted();
		return read.ok && UNBEGUN.test(String(read.value.status));
	};
	if (!(await isUnbegun())) return undefined;
	await pause(timing.catchUpTime, call.client.signal);
	const [session, unbegun] = await Promise.all([settle(readRecord(call.client, kind, id)), isUnbegun()]);
	return unbegun && session.ok && talk.mayAsk(session.value) ? session.value : undefined;
}
