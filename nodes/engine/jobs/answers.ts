import type { IDataObject } from 'n8n-workflow';

import { type JobKind, jobPhase, nextIdIn, stateWord } from '../../heygen/jobs/kind';
import { EngineError } from '../basics/errors';
import { keepNewest } from '../basics/keepNewest';
import { OneAtATime } from '../basics/oneAtATime';
import { settle } from '../basics/settle';
import { now, timing } from '../basics/timing';
import { type Call, slotOf } from '../item/call';
import { fingerprint } from '../item/fingerprint';
import type { Keyed } from '../item/started';
import { isGone, readRecord } from '../request/readRecord';
import { listedJobs } from './listedJobs';
import { jobName } from './outstanding';

/**
 * Messages to jobs that ask back. For a while after a message HeyGen's records may be those of before: still asking, or over
 * with the result of the round before. What is waited for is what comes of the message.
 */

/** What a job was like before it was written to. Plain data, since n8n saves it with the execution. */
interface Before {
	/** Whether HeyGen has told its record. */
	isRead: boolean;
	/** Its state word. */
	word: string;
	/** A hash of what was said last. */
	lastWord: string;
	/** The result that it named. */
	named: string | undefined;
	/** Results of earlier rounds. */
	earlier: readonly string[];
}

/** A message that was sent. */
interface Answer {
	before: Before;
	/** By `now()`. */
	sentAt: number;
}

/** What a wait has to know of the message before it. */
export interface Awaited {
	/** Whether a record is of after the message, as far as it tells. */
	isFresh: (record: IDataObject) => boolean;
	/** Whether all of HeyGen's servers must know the message by now. */
	isLate: () => boolean;
	/** Results of earlier rounds, which are not what is waited for. */
	earlier: readonly string[];
}

/** Messages that one process remembers: the last one of each job. */
const MOST_ANSWERS = 5_000;

/** The last message to each job, by account and id. */
const answers = new Map<string, Answer>();

/** The messages of this process to each job. */
const lines = new OneAtATime();

/**
 * Lets messages to a job go one after the other: what comes of one is not told from what comes of the next, unless the next
 * one waits until the first has led to something.
 *
 * @param call the item
 * @param id the job
 * @param work sends the message, and waits for what comes of it
 * @throws the signal's reason when the execution is cancelled meanwhile
 */
export async function inLine<T>(call: Call, id: string, work: () => Promise<T>): Promise<T> {
	const name = jobName(call.account.id, id);
	if (lines.isBusy(name)) call.run.journal.note('waits:', `for what comes of the message before to ${id}`);
	return await lines.run(name, work, call.client.signal);
}

/**
 * Sends a message to a job, and remembers what the job was like before.
 *
 * @param call the item
 * @param kind the job's kind
 * @param id the job
 * @param keyed the message's idempotency key, and where it counts
 * @param sending sends the message
 * @returns what `sending` returns
 */
export async function answering<T>(
	call: Call,
	kind: JobKind,
	id: string,
	keyed: Keyed,
	sending: () => Promise<T>,
): Promise<T> {
	const { run } = call;
	const name = jobName(call.account.id, id);
	const message = keyed.key === undefined ? JSON.stringify([call.itemIndex, id, run.memory.failedJobs(slotOf(call))]) : JSON.stringify([keyed.key, keyed.place]);
	// A further try of a message that may have arrived must not take what came of it for what was before.
	const saved = run.memory.stateBefore(message) as Before | undefined;
	const before = saved ?? (run.started.mayHaveMade(keyed) ? UNREAD : await readBefore(call, kind, id));
	run.memory.keepStateBefore(message, { ...before });
	const former = answers.get(name);
	remember(name, { before, sentAt: now() });
	const sent = await settle(sending());
	if (sent.ok) {
		remember(name, { before, sentAt: now() });
		return sent.value;
	}
	const isRefused = sent.error instanceof EngineError && sent.error.details.mayExist !== true;
	if (isRefused && saved === undefined && !run.started.mayHaveMade(keyed)) {
		run.memory.forgetStateBefore(message);
		if (former === undefined) answers.delete(name);
		else answers.set(name, former);
	}
	throw sent.error;
}

function remember(name: string, answer: Answer): void {
	answers.delete(name);
	answers.set(name, answer);
	keepNewest(answers, MOST_ANSWERS);
}

/**
 * What a wait for a job has to know of the last message to it.
 *
 * @param call the item
 * @param kind the job's kind
 * @param id the job
 * @returns nothing when this process has sent none
 */
export function awaitedOf(call: Call, kind: JobKind, id: string): Awaited | undefined {
	const answer = answers.get(jobName(call.account.id, id));
	const { talk } = kind;
	if (answer === undefined || talk === undefined) return undefined;
	const { before, sentAt } = answer;
	const isLate = (): boolean => now() - sentAt > timing.catchUpTime;
	// Each record for itself: after one that knows the message there may be one of a server that does not.
	const isFresh = (record: IDataObject): boolean => {
		if (!before.isRead || isLate()) return true;
		const isReplied = fingerprint(talk.lastWord(record)) !== before.lastWord && !talk.isAnswered(record);
		return stateWord(record.status) !== before.word || nextIdIn(kind, record) !== before.named || isReplied;
	};
	return { isFresh, isLate, earlier: before.earlier };
}

/** A job that HeyGen does not tell of: the message itself will show what is wrong. */
const UNREAD: Before = { isRead: false, word: '', lastWord: '', named: undefined, earlier: [] };

async function readBefore(call: Call, kind: JobKind, id: string): Promise<Before> {
	const { talk, next } = kind;
	const read = await settle(readRecord(call.client, kind, id));
	call.client.signal?.throwIfAborted();
	if (talk === undefined || next === undefined) return UNREAD;
	if (!read.ok) {
		// The list of its results may be there all the same.
		const [newest, ...older] = (isGone(read.error) ? await listedJobs(call, next, id) : []).map((job) => job.id);
		const isOld = newest !== undefined && (await isOfEarlierMessage(call, next.kind, newest));
		return { ...UNREAD, earlier: [...(isOld ? [newest] : []), ...older] };
	}
	const { value: record } = read;
	const named = nextIdIn(kind, record);
	const earlier = named !== undefined && (await isOfEarlierMessage(call, next.kind, named)) ? [named] : [];
	return { isRead: true, word: stateWord(record.status), lastWord: fingerprint(talk.lastWord(record)), named, earlier };
}

/**
 * Whether a result that a job names before a message belongs to an earlier one: it has ended, or an earlier message of the
 * run has led to it. Any other that goes on may be a draft, which the message lets HeyGen finish.
 */
async function isOfEarlierMessage(call: Call, kind: JobKind, named: string): Promise<boolean> {
	if (call.run.started.jobs().includes(named)) return true;
	const read = await settle(readRecord(call.client, kind, named));
	call.client.signal?.throwIfAborted();
	return read.ok && ['succeeded', 'failed'].includes(jobPhase(kind, read.value.status));
}
