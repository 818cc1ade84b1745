import type { IDataObject } from 'n8n-workflow';

import { askingState, type JobKind, jobPhase, type NextJob, nextIdIn } from '../../heygen/jobs/kind';
import { idIn, timeMs } from '../../heygen/records';
import { settle, type Settled } from '../basics/settle';
import { pause, timing } from '../basics/timing';
import type { Call } from '../item/call';
import { isGone, readRecord } from '../request/readRecord';
import { knownRecords } from '../request/reply';
import type { Ending } from './poller';

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
	if (!ended.ok) return isGone(ended.error) ? (named ?? (await listedJob(call, next, id, earlier))) : undefined;
	const { over, record } = ended.value;
	const isAsking = record !== undefined && askingState(kind, record) === 'asking';
	if (isAsking) return undefined;
	const found = record === undefined ? undefined : nextIdIn(kind, record);
	const hasFailed = record !== undefined && jobPhase(kind, record.status) === 'failed';
	// A round that has failed leaves the result of the one before in the record.
	if (over && found !== undefined && !(hasFailed && earlier.includes(found))) return found;
	// A record that never gets on may be all that is stuck.
	return (await listedJob(call, next, id, earlier)) ?? (over ? undefined : named);
}

/**
 * The newest job in the list of those that a job has led to.
 *
 * @param earlier jobs that do not count
 * @returns undefined when there is none, or HeyGen does not tell
 */
async function listedJob(call: Call, { listPath, kind }: NextJob, id: string, earlier: readonly string[]): Promise<string | undefined> {
	if (listPath === undefined) return undefined;
	const path = listPath.replace('{id}', encodeURIComponent(id));
	const read = await settle(call.client.send({ method: 'GET', path, doing: `list the ${kind.noun}s of ${id}` }));
	call.client.signal?.throwIfAborted();
	if (!read.ok) return undefined;
	let newest: { id: string; at: number } | undefined;
	for (const record of knownRecords(read.value.body.data)) {
		const found = idIn(record, [kind.idField]);
		const at = timeMs(record.created_at) ?? 0;
		// Of several of one moment the first counts, as lists begin with the newest.
		if (found !== undefined && !earlier.includes(found) && (newest === undefined || at > newest.at)) newest = { id: found, at };
	}
	return newest?.id;
}

/**
 * Whether the job that a record names is that of an earlier round, so that the wait for the first job goes on.
 *
 * @param call the item
 * @param next what the first job leads to
 * @param record the first job's
 * @param named the job that it names
 */
export async function isOfEarlierRound(call: Call, next: NextJob, record: IDataObject, named: string): Promise<boolean> {
	if (next.isEarlier === undefined || next.mayBeEarlier?.(record) !== true) return false;
	const read = await settle(readRecord(call.client, next.kind, named));
	call.client.signal?.throwIfAborted();
	return read.ok && next.isEarlier(record, read.value);
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
