import groupBy from 'lodash/groupBy';
import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { type HeyGenError, isAboutFields, readHeyGenError } from '../heygen/errors';
import { FAILED_WORDS, firstText, stateWord } from '../heygen/jobs';
import { BATCH_MAX, PAGE_MAX } from '../heygen/limits';
import { EngineError, trimDot, withDetails } from './basics/errors';
import { settle, type Settled } from './basics/settle';
import { now, pause, timing } from './basics/timing';
import type { ApiRequest } from './http';
import type { Call } from './operation';
import { readPages } from './pages';
import { Refusals } from './refusals';
import { listProblem, recordProblem } from './reply';
import { isTransient } from './request/replyErrors';
import { isGone } from './resource';
import { isSuccess } from './retry';

/** What an item brings along to a batch. */
export interface Member<T, R> {
	readonly call: Call;
	readonly content: T;
	readonly settle: (result: R) => void;
	readonly fail: (error: unknown) => void;
}

/**
 * Gathers what the items of a run bring along into batches of at most 100, and gives each item its own result or error.
 *
 * @typeParam T what an item brings
 * @typeParam R what it gets
 */
export class Collector<T, R> {
	private members: Array<Member<T, R>> = [];
	private arrived = 0;
	private preparing = 0;

	/**
	 * @param expected items of the run
	 * @param send sends a batch and settles its members
	 */
	constructor(
		private readonly expected: number,
		private readonly send: (members: Array<Member<T, R>>) => Promise<void>,
	) {}

	/**
	 * Adds what one item brings, and waits for its results.
	 *
	 * @param call the item
	 * @param prepare makes it; what it throws concerns this item alone
	 */
	async add(call: Call, prepare: () => Promise<T[]>): Promise<R[]> {
		return (await this.addEach(call, prepare)).map((result) => {
			if (!result.ok) throw result.error;
			return result.value;
		});
	}

	/**
	 * The same, with an outcome for each thing that the item brings.
	 *
	 * @param call the item
	 * @param prepare makes them; what it throws concerns this item alone
	 */
	async addEach(call: Call, prepare: () => Promise<T[]>): Promise<Array<Settled<R>>> {
		this.arrived++;
		this.preparing++;
		const prepared = await settle(prepare());
		this.preparing--;
		if (!prepared.ok) {
			// The others may have waited for this one. If its failure stops the node, that comes first.
			void pause(0).then(() => this.maybeSend());
			throw prepared.error;
		}
		const results = prepared.value.map(
			async (content) =>
				await settle(
					new Promise<R>((resolve, fail) => {
						this.members.push({ call, content, settle: resolve, fail });
					}),
				),
		);
		this.maybeSend();
		return await Promise.all(results);
	}

	private maybeSend(): void {
		while (this.members.length >= BATCH_MAX) this.flush();
		if (this.preparing > 0) return;
		if (this.arrived >= this.expected) return this.flush();
		// Items that failed before they came here would be waited for in vain.
		const { arrived } = this;
		void pause(timing.batchQuiet).then(() => {
			if (arrived === this.arrived && this.preparing === 0) this.flush();
		});
	}

	/** Sends what there is. What belongs to different accounts cannot go out together. */
	private flush(): void {
		const groups = groupBy(this.members.splice(0, BATCH_MAX), ({ call }) => call.account.id);
		for (const members of Object.values(groups)) {
			members.sort((a, b) => a.call.itemIndex - b.call.itemIndex);
			this.send(members).catch((error: unknown) => members.forEach((member) => member.fail(error)));
		}
	}
}

/** Statuses of refusals that can be about one thing in a batch, besides those about its fields. */
const ABOUT_ONE: ReadonlySet<string | undefined> = new Set(['402', '403', '404']);

/**
 * What was the matter with the last look at a batch, for the error when its time is up.
 *
 * @param problem what `batchReader` has told of it
 * @returns the rest of a sentence; nothing when the look went well
 */
export function lastLook(problem: unknown): string {
	return problem === undefined ? '' : `; the last look at it failed: ${trimDot((problem as Error).message)}`;
}

/**
 * The place in a batch that its refusal names, as in "videos[3].script", "videos.3.script" or "body.videos.3.script". A
 * refusal that leaves open what an earlier try has made names none: the rest must not be made anew.
 *
 * @param error what creating the batch threw
 * @param itemsField the body field that holds the batch
 * @param mayExist whether an earlier try may have made the batch; only a refusal of its fields would have met that one too
 * @returns undefined when it names none
 */
export function culpritIndex(error: unknown, itemsField: string, mayExist = false): number | undefined {
	if (!(error instanceof EngineError) || error.details.mayExist === true) return undefined;
	const { httpCode } = error.details;
	const isContent = isAboutFields(Number(httpCode)) || isSuccess(Number(httpCode));
	if (!isContent && (mayExist || !ABOUT_ONE.has(httpCode))) return undefined;
	const param = (error.details.param ?? '').replace(/^(body|\$)?[./]/, '');
	const index = param.startsWith(itemsField) ? /^[[./](\d+)/.exec(param.slice(itemsField.length))?.[1] : undefined;
	return index === undefined ? undefined : Number(index);
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
 * @param call an item
 * @param path of the batch, with its id as `{id}`
 * @param batchId the batch
 * @returns looks at it. It throws EngineError after several refusals in a row, for half a minute: the batch is there
 */
export function batchReader(call: Call, path: string, batchId: string): () => Promise<BatchLook> {
	const request = {
		method: 'GET' as const,
		path: path.replace('{id}', encodeURIComponent(batchId)),
		doing: `read the batch ${batchId}`,
	};
	const options = { max: PAGE_MAX.batchItems, of: 'batch items', itemsIn: 'items', lenient: true };
	const youngUntil = now() + timing.settleTime;
	const refusals = new Refusals();
	let failedAt: number | undefined;
	return async () => {
		let head: IDataObject = {};
		let odd: string | undefined;
		const send = async (page: ApiRequest) => {
			const reply = await call.send(page);
			const { data } = reply.body;
			head = isPlainObject(data) ? (data as IDataObject) : {};
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
		const hasFailed = failedAt !== undefined && now() - failedAt >= timing.settleTime;
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
