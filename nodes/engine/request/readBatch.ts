import type { IDataObject } from 'n8n-workflow';

import { type HeyGenError, readHeyGenError } from '../../heygen/errors';
import { FAILED_WORDS, stateWord } from '../../heygen/jobs/kind';
import { PAGE_MAX } from '../../heygen/limits';
import { asRecord, firstText } from '../../heygen/records';
import { EngineError, trimDot, withDetails } from '../basics/errors';
import { settle } from '../basics/settle';
import { now, timing } from '../basics/timing';
import type { ApiRequest } from './apiRequest';
import type { Client } from './client';
import { readPages } from './readPages';
import { isGone } from './readRecord';
import { Refusals } from './refusals';
import { listProblem, recordProblem } from './reply';
import { isTransient } from './replyErrors';

/**
 * What was the matter with the last look at a batch, for the error when its time is up.
 *
 * @param problem what `batchReader` has told of it
 * @returns the rest of a sentence; nothing when the look went well
 */
export function lastLook(problem: unknown): string {
	return problem === undefined ? '' : `; the last look at it failed: ${trimDot((problem as Error).message)}`;
}

/** What one look at a batch has shown. */
export interface BatchLook {
	/** Its items in HeyGen's order, empty ones where it sent no record; none when HeyGen does not tell. */
	items: IDataObject[];
	/** What HeyGen says of a batch that has failed as a whole, once it has said so for half a minute. */
	failure?: HeyGenError;
	/** What went wrong with the look, if anything did. */
	problem?: unknown;
}

/**
 * Makes a function that reads what has become of a batch, again and again. Everything in a batch hangs on these reads, so
 * a read that fails says nothing yet: neither one that may pass, nor "not found" shortly after the batch was made. Nor does
 * the word that the batch has failed: HeyGen does not say whether it can stand while some of the items go on.
 *
 * @param client asks for it
 * @param path of the batch, with its id as `{id}`
 * @param batchId the batch
 * @returns looks at it. It throws EngineError after several refusals in a row, for half a minute: the batch is there
 */
export function batchReader(client: Client, path: string, batchId: string): () => Promise<BatchLook> {
	const request = {
		method: 'GET' as const,
		path: path.replace('{id}', encodeURIComponent(batchId)),
		doing: `read the batch ${batchId}`,
	};
	const options = { max: PAGE_MAX.batchItems, of: 'batch items', itemsIn: 'items', lenient: true };
	const youngUntil = now() + timing.catchUpTime;
	const refusals = new Refusals();
	let failedAt: number | undefined;
	return async () => {
		let head: IDataObject = {};
		let odd: string | undefined;
		const send = async (page: ApiRequest) => {
			const reply = await client.send(page);
			const { data } = reply.body;
			head = asRecord(data) as IDataObject;
			odd = recordProblem(data) ?? listProblem(head.items);
			return reply;
		};
		const read = await settle(readPages(send, request, options, Infinity));
		if (!read.ok) {
			const mayPass = isTransient(read.error) || (isGone(read.error) && now() < youngUntil);
			if (!mayPass) refusals.add();
			if (mayPass || !refusals.isLasting(true)) return { items: [], problem: read.error };
			throw withDetails(read.error, { batch_id: batchId }, `batch ${batchId}`);
		}
		refusals.clear();
		failedAt = FAILED_WORDS.includes(stateWord(head.status)) ? (failedAt ?? now()) : undefined;
		const hasFailed = failedAt !== undefined && now() - failedAt >= timing.catchUpTime;
		return {
			items: read.value,
			...(hasFailed ? { failure: reasonOf(head) } : {}),
			// It may be answered well the next time.
			...(odd === undefined ? {} : { problem: new EngineError(`Could not ${request.doing}: ${odd}`, '') }),
		};
	};
}

/**
 * Why something in a batch, or the batch, has failed.
 *
 * @param record as HeyGen sent it
 */
export function reasonOf(record: IDataObject): HeyGenError {
	const reason = readHeyGenError({ error: record.error });
	return reason.message === '' ? { ...reason, message: firstText(record, ['failure_message']) ?? '' } : reason;
}

/**
 * The place in a batch that one of its items is about.
 *
 * @param items as a look has shown them
 * @param at where it stands among them
 * @param size items of the batch
 * @returns undefined when that cannot be told
 */
export function placeInBatch(items: readonly IDataObject[], at: number, size: number): number | undefined {
	const numbers = items.map(({ item_index: index }) => wholeNumber(index));
	const named = numbers[at];
	// HeyGen does not say where its numbers begin. One past the last place, and none for the first: with 1.
	if (named !== undefined) return numbers.includes(size) && !numbers.includes(0) ? named - 1 : named;
	// HeyGen's order is that of the batch when all are there and none says otherwise.
	const inOrder = numbers.every((number, place) => (number ?? place) === place);
	return items.length === size && inOrder ? at : undefined;
}

function wholeNumber(value: unknown): number | undefined {
	if (typeof value === 'string' && /^\d{1,9}$/.test(value.trim())) return Number(value);
	return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}
