import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { readFlag } from '../../heygen/values/plain';
import { EngineError } from '../basics/errors';
import { listProblem, valuesIn } from './reply';

/**
 * Pages of lists that nobody knows yet. HeyGen's lists have their cursor beside `data`, and those of batches within (API
 * reference, section Basics); other places and names are those that APIs have for it.
 */

/** Parameters that take a cursor in other APIs; HeyGen's own is `token`. */
const CURSOR_PARAMETERS = ['cursor', 'next_cursor', 'page_token', 'next_page_token', 'next_token'];

/**
 * The parameter by which a list is asked for its next page: `token`, as the API reference has it, or the one by which
 * somebody has asked for its first.
 *
 * @param query the list's query
 */
export function cursorParameter(query: IDataObject = {}): string {
	return CURSOR_PARAMETERS.find((name) => Object.hasOwn(query, name)) ?? 'token';
}

/**
 * Reads one page of a list out of an answer, wherever it has its records and its cursor. Records are `data`, `data.items`
 * or the one list in `data`. What is no record becomes one, as its `value`.
 *
 * @param body HeyGen's envelope
 * @param doing what was tried, for messages
 * @returns the records, the cursor of the next page, and whether there is one that is not named
 * @throws EngineError when the answer holds no list, or several
 */
export function anyPage(body: object, doing: string): { records: IDataObject[]; next?: string; breaksOff: boolean } {
	const { list, around } = found(body as IDataObject, doing);
	const records = valuesIn(list, doing);
	const says = around.flatMap((level) => [level, ...WRAPPERS.map((name) => level[name]).filter(isRecord)]);
	const flags = says.flatMap((place) => MORE.map((name) => readFlag(place[name]).value));
	const next = says.flatMap((place) => CURSORS.map((name) => cursorOf(place[name]))).find((cursor) => cursor !== undefined);
	// One that says yes counts: a part must not pass for the whole.
	if (!flags.includes(true) && flags.includes(false)) return { records, breaksOff: false };
	if (next !== undefined) return { records, next, breaksOff: false };
	return { records, breaksOff: flags.includes(true) || says.some((place) => OTHER_WAYS.some((name) => cursorOf(place[name]) !== undefined)) };
}

/** Records around a cursor. */
const WRAPPERS = ['meta', 'pagination', 'paging', 'page_info'];

/** Fields that say whether there is another page. */
const MORE = ['has_more', 'has_next', 'has_next_page'];

/** Fields that name it. */
const CURSORS = ['next_token', 'next_cursor', 'next_page_token', 'cursor'];

/** Fields that name it by what no parameter is known for. */
const OTHER_WAYS = ['next_page', 'next_page_url', 'next_url'];

/** A cursor as text. A number of 0 is none. */
function cursorOf(value: unknown): string | undefined {
	if (typeof value === 'number') return value === 0 ? undefined : String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Envelopes within envelopes that are looked into. */
const LEVELS_MAX = 3;

/** The list of an answer, and the records around it. */
function found(body: IDataObject, doing: string): { list: unknown; around: IDataObject[] } {
	const around = [body];
	let data: unknown = body.data;
	while (isRecord(data) && listProblem(data) !== undefined) {
		around.push(data);
		const place = listPlace(data, doing);
		if (place !== undefined) return { list: data[place], around };
		if (!isRecord(data.data) || around.length > LEVELS_MAX) break;
		data = data.data;
	}
	return { list: data, around };
}

/**
 * The field of a record that holds the list.
 *
 * @returns undefined when none does
 * @throws EngineError when there are several lists, or the record is not made of its list
 */
function listPlace(data: IDataObject, doing: string): string | undefined {
	for (const usual of ['items', 'data']) if (usual in data && (usual === 'items' || Array.isArray(data[usual]))) return usual;
	const [only, ...others] = Object.keys(data).filter((name) => Array.isArray(data[name]));
	if (others.length > 0) {
		throw new EngineError(`Could not ${doing}: HeyGen's answer holds several lists: ${[only, ...others].join(', ')}`, AS_IT_IS);
	}
	// Tags or languages of one thing are no list of things.
	if (only === undefined || !Object.keys(data).some(isIdField) || (data[only] as unknown[]).every(isRecord)) return only;
	throw new EngineError(`Could not ${doing}: HeyGen's answer holds one record, with ${only} in it, instead of a list`, AS_IT_IS);
}

function isIdField(name: string): boolean {
	return name === 'id' || (name.endsWith('_id') && !/^(request|trace|correlation)_id$/.test(name));
}

const AS_IT_IS = "Use the operation 'Custom API Call', which puts out the answer as it is.";

function isRecord(value: unknown): value is IDataObject {
	return isPlainObject(value);
}
