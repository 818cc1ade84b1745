import type { IDataObject } from 'n8n-workflow';

import { readNumber } from '../../heygen/values/plain';
import type { Reading } from '../../heygen/values/reading';
import { inputError } from '../basics/errors';
import { fieldName } from '../item/body';
import { type Call, type Handler, requestOf } from '../item/call';
import { taken } from '../item/given';
import { outputItem } from '../item/outputItem';
import { type PageOptions, readPages } from '../request/readPages';

/** How an operation lists. */
interface ListOptions extends PageOptions {
	/** Query fields that must be filled. */
	required?: readonly string[];
	/** Query fields that have a reader of their own, and what the editor calls them. */
	reads?: Readonly<Record<string, { label: string; read: (given: unknown) => Reading<string | number> }>>;
	/** Turns a record into an item's JSON. */
	shape?: (record: IDataObject, call: Call) => IDataObject;
}

/** Records of a list unless the user says otherwise. */
const LIMIT = 50;

/**
 * A list: as many pages as are asked for by `returnAll` and `limit`, one item per record. A short list that has no pages
 * of a size is read whole.
 *
 * @param options how the list is paged
 */
export function pages(options: ListOptions): Handler {
	return async (call) => {
		for (const field of options.required ?? []) {
			if (call.query[field] === undefined) throw inputError(`'${fieldName(field)}' is empty`);
		}
		const limit = options.max === undefined ? Infinity : wantedRecords(call);
		const request = requestOf({ ...call, query: queryOf(call, options) });
		const shape = options.shape ?? ((record: IDataObject) => record);
		const doing = `list the ${options.of}`;
		const records = await readPages(call.client.send, { ...request, doing }, options, limit);
		return records.map((record) => outputItem(shape(record, call), call.itemIndex));
	};
}

/** The query, with what its readers make of it. */
function queryOf({ query }: Call, { reads = {} }: ListOptions): IDataObject {
	const read: IDataObject = { ...query };
	for (const [field, { label, read: reader }] of Object.entries(reads)) {
		const value = taken(label, reader(query[field]));
		if (value === undefined) delete read[field];
		else read[field] = value;
	}
	return read;
}

/**
 * How many records the parameters ask for.
 *
 * @param call the item
 * @returns Infinity for all
 * @throws EngineError when 'Limit' is none
 */
export function wantedRecords(call: Call): number {
	if (call.parameter('returnAll', false)) return Infinity;
	return taken('Limit', readNumber(call.parameter<unknown>('limit', LIMIT), { min: 1, whole: true })) ?? LIMIT;
}
