import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { amount, numeral } from '../../heygen/values/text';
import { EngineError } from '../basics/errors';
import { anyPage, cursorParameter } from './anyPage';
import type { ApiReply, ApiRequest } from './apiRequest';
import { placedRecords, recordsIn } from './reply';

/** How a list is paged. */
export interface PageOptions {
	/** The endpoint's largest page; absent for a list that takes no `limit`. */
	max?: number;
	/** What is listed, plural, for messages: "videos". */
	of: string;
	/** Whether nobody knows where the answer has its records and its cursor, so that `anyPage` looks for them. */
	anywhere?: boolean;
	/** Field of `data` that holds the records, when cursor and records sit inside `data` (batches). */
	itemsIn?: string;
	/** Whether HeyGen may answer a record with the places as keys, so that one without any is an empty list. */
	placesAsKeys?: boolean;
	/** Fields of `data` that every record gets, with `itemsIn`. */
	head?: readonly string[];
	/** What to do when the list has no end; by default what an operation's parameters offer. */
	advice?: string;
	/** Whether the records read so far are enough, so that no further page is read. */
	until?: (records: readonly IDataObject[]) => boolean;
	/**
	 * Whether the list is looked at again and again, so that a later look may say more: what is no record counts as an empty
	 * one, so that the others keep their places, and a list that breaks off ends there.
	 */
	lenient?: boolean;
}

/** For lists that no operation has asked for. */
export const ENDLESS_LIST = 'Only HeyGen can repair this. Try again later.';

/** Pages after which a list without end is given up; a million records at 100 a page. */
const MAX_PAGES = 10_000;

/**
 * Reads pages until there are enough records or no more.
 *
 * @param send sends one request
 * @param request the list's request, without `limit` and `token`
 * @param options how the list is paged
 * @param limit records wanted; Infinity for all
 * @throws EngineError when the cursor repeats or the list has no end
 */
export async function readPages(
	send: (request: ApiRequest) => Promise<ApiReply>,
	request: ApiRequest,
	options: PageOptions,
	limit: number,
): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	const cursors = new Set<string>();
	const cursorName = options.anywhere === true ? cursorParameter(request.query) : 'token';
	let token: string | undefined;
	for (let page = 0; page < MAX_PAGES; page++) {
		const query: IDataObject = {
			...request.query,
			...(options.max === undefined ? {} : { limit: Math.min(options.max, limit - records.length) }),
			...(token === undefined ? {} : { [cursorName]: token }),
		};
		const { body } = await send({ ...request, query });
		const read = readPage(body, options, request.doing);
		for (const record of read.records) records.push(record);
		if (records.length >= limit) return records.slice(0, limit);
		if (options.until?.(records) === true) return records;
		if (read.next === undefined) {
			if (!read.breaksOff || options.lenient === true) return records;
			throw new EngineError(
				`Could not ${request.doing}: HeyGen says that the list goes on, but does not name its next page`,
				options.advice ??
					`${amount(records.length, 'record')} came before that. Set 'Return All' off and 'Limit' to at most ${numeral(records.length)}, or narrow the filters.`,
			);
		}
		if (cursors.has(read.next)) {
			throw new EngineError(
				`Could not ${request.doing}: HeyGen sent the same page cursor twice, so the list would never end`,
				options.advice ??
					`${amount(records.length, 'record')} came before that. Set 'Return All' off and 'Limit' below ${numeral(records.length)}, or narrow the filters.`,
			);
		}
		cursors.add(read.next);
		token = read.next;
	}
	throw new EngineError(
		`Could not ${request.doing}: the list has more than ${numeral(MAX_PAGES)} pages`,
		options.advice ?? "Narrow the filters, or set 'Return All' off.",
	);
}

/** One page of records and the cursor of the next. */
export interface Page {
	records: IDataObject[];
	next?: string;
	/** Whether there is another page, which HeyGen does not name. */
	breaksOff: boolean;
}

/**
 * Reads one page out of a reply.
 *
 * @param body HeyGen's envelope
 * @param options how the list is paged
 * @param doing what was tried, for messages
 * @throws EngineError when the reply holds no list of records
 */
export function readPage(body: ApiReply['body'], options: PageOptions, doing: string): Page {
	if (options.anywhere === true) return anyPage(body, doing);
	const data = (body.data ?? {}) as IDataObject;
	const { itemsIn } = options;
	const given = itemsIn === undefined ? body.data : data[itemsIn];
	const list = options.placesAsKeys === true && isPlainObject(given) && isEmpty(given) ? [] : given;
	const { has_more: hasMore, next_token: token } = (itemsIn === undefined ? body : data) as { has_more?: unknown; next_token?: unknown };
	const head: IDataObject = {};
	for (const field of options.head ?? []) head[field] = data[field];
	const records = options.lenient === true ? placedRecords(list) : recordsIn(list, doing);
	const next = typeof token === 'number' ? String(token) : typeof token === 'string' ? token : '';
	return {
		records: options.head === undefined ? records : records.map((record) => ({ ...head, ...record })),
		...(hasMore !== false && next !== '' ? { next } : {}),
		breaksOff: hasMore === true && next === '',
	};
}
