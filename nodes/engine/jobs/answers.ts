import type { IDataObject } from 'n8n-workflow';

import { type JobKind, jobPhase, nextIdIn, stateWord } from '../../heygen/jobs/kind';
import { settle } from '../basics/settle';
import { now, timing } from '../basics/timing';
import type { Call } from '../item/call';
import { readRecord } from '../request/readRecord';

/**
 * Messages to jobs that ask back. For a while after a message HeyGen's records may be those of before: still asking, or over
 * with the result of the round before. What is waited for is what comes of the message.
 */

/** What a job was like before it was written to. */
interface Before {
	/** Its state word. */
	word: string;
	lastWord: string;
	/** Results of earlier rounds. */
	earlier: readonly string[];
}

/** A message that was sent. */
interface Answer {
	before: Before;
	/** By `now()`. */
	sentAt: number;
	/** Whose message it is. */
	sender: string;
	/** Whether a record has shown that it has arrived. */
	hasArrived: boolean;
}

/** What a wait has to know of the message before it. */
export interface Awaited {
	/** Whether a record is of after the message. */
	isFresh: (record: IDataObject) => boolean;
	/** Results of earlier rounds, which are not what is waited for. */
	earlier: readonly string[];
}

/** Messages that one process remembers: the last one of each job. */
const MOST_ANSWERS = 5_000;

/** The last message to each job, by account and id. */
const answers = new Map<string, Answer>();

/**
 * Sends a message to a job, and remembers what the job was like before.
 *
 * @param call the item
 * @param kind the job's kind
 * @param id the job
 * @param sending sends the message
 * @returns what `sending` returns
 */
export async function answering<T>(call: Call, kind: JobKind, id: string, sending: () => Promise<T>): Promise<T> {
	const name = `${call.account.id} ${id}`;
	const sender = `${call.run.id} ${call.itemIndex}`;
	const known = answers.get(name);
	// A further try of a message that may have arrived must not take what came of it for what was before.
	const before = known?.sender === sender ? known.before : await readBefore(call, kind, id);
	const sent = (): void => {
		answers.delete(name);
		if (before !== undefined) answers.set(name, { before, sentAt: now(), sender, hasArrived: false });
		for (const oldest of answers.keys()) {
			if (answers.size <= MOST_ANSWERS) break;
			answers.delete(oldest);
		}
	};
	sent();
	const result = await sending();
	sent();
	return result;
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
	const answer = answers.get(`${call.account.id} ${id}`);
	const { talk } = kind;
	if (answer === undefined || talk === undefined) return undefined;
	const { before, sentAt } = answer;
	const isFresh = (record: IDataObject): boolean => {
		const isReplied = talk.lastWord(record) !== before.lastWord && !talk.isAnswered(record);
		const isLate = now() - sentAt > timing.catchUpTime;
		answer.hasArrived ||= stateWord(record.status) !== before.word || isReplied || isLate;
		return answer.hasArrived;
	};
	return { isFresh, earlier: before.earlier };
}

/** @returns undefined when HeyGen does not tell: the message itself will show what is wrong */
async function readBefore(call: Call, kind: JobKind, id: string): Promise<Before | undefined> {
	const read = await settle(readRecord(call.client, kind, id));
	call.client.signal?.throwIfAborted();
	if (!read.ok || kind.talk === undefined) return undefined;
	const { value: record } = read;
	return { word: stateWord(record.status), lastWord: kind.talk.lastWord(record), earlier: await endedResults(call, kind, record) };
}

/** The result that a job names, if it has ended. One that goes on may be a draft, which the message lets HeyGen finish. */
async function endedResults(call: Call, kind: JobKind, record: IDataObject): Promise<string[]> {
	const named = nextIdIn(kind, record);
	if (kind.next === undefined || named === undefined) return [];
	const read = await settle(readRecord(call.client, kind.next.kind, named));
	call.client.signal?.throwIfAborted();
	if (!read.ok) return [];
	return ['succeeded', 'failed'].includes(jobPhase(kind.next.kind, read.value.status)) ? [named] : [];
}
