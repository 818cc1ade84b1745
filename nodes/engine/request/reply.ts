import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { asRecord } from '../../heygen/records';
import { numeral } from '../../heygen/values/text';
import { EngineError } from '../basics/errors';
import type { ApiReply, ApiRequest } from './apiRequest';
import { doubtful, maybeDone } from './requestErrors';

/** Readers of what an answer holds. An answer in another shape is an error that says so, rather than empty fields. */

/**
 * The record of an answer.
 *
 * @param reply HeyGen's answer
 * @param request what it answers
 * @throws EngineError when it holds none, or an empty one
 */
export function recordIn(reply: Pick<ApiReply, 'body'>, request: ApiRequest): IDataObject {
	const { data } = reply.body;
	const problem = recordProblem(data);
	if (problem === undefined) return data as IDataObject;
	throw new EngineError(
		`Could not ${request.doing}: ${problem}`,
		request.method === 'POST' ? maybeDone(request) : ODD_ANSWER,
		doubtful(request, true),
	);
}

/**
 * What is wrong with an answer that should hold a record.
 *
 * @param data what it holds
 * @returns the rest of a sentence; undefined when it holds one
 */
export function recordProblem(data: unknown): string | undefined {
	if (isPlainObject(data) && !isEmpty(data)) return undefined;
	return `HeyGen's answer holds ${inWords(data)} instead of a record`;
}

/**
 * What HeyGen has answered, for errors about what is missing in there.
 *
 * @param data what the answer holds
 */
export function answered(data: unknown): string {
	return `HeyGen answered: ${(JSON.stringify(data) ?? 'nothing').slice(0, ANSWER_SHOWN)}`;
}

/** A list that is a record with the places as keys, as HeyGen has been seen to answer (API reference, section 3.4). */
function listIn(value: unknown): unknown {
	if (!isPlainObject(value) || isEmpty(value)) return value;
	const record = value as IDataObject;
	return Object.keys(record).every((key, place) => key === String(place)) ? Object.values(record) : value;
}

/**
 * The records of a list.
 *
 * @param list what stands where the list should be
 * @param doing what was tried, for messages
 * @throws EngineError when it is no list of records
 */
export function recordsIn(list: unknown, doing: string): IDataObject[] {
	const entries = listIn(list);
	if (!Array.isArray(entries)) throw new EngineError(`Could not ${doing}: ${listProblem(list)}`, ODD_ANSWER);
	const odd = entries.findIndex((entry) => !isPlainObject(entry));
	if (odd < 0) return entries as IDataObject[];
	throw new EngineError(
		`Could not ${doing}: entry ${numeral(odd + 1)} of HeyGen's list is ${inWords(entries[odd])} instead of a record`,
		ODD_ANSWER,
	);
}

/**
 * The entries of a list, whatever they are.
 *
 * @param list what stands where the list should be
 * @param doing what was tried, for messages
 * @returns records; what is none is the `value` of one
 * @throws EngineError when it is no list
 */
export function valuesIn(list: unknown, doing: string): IDataObject[] {
	const entries = listIn(list);
	if (!Array.isArray(entries)) throw new EngineError(`Could not ${doing}: ${listProblem(list)}`, ODD_ANSWER);
	return entries.map((entry: unknown) => (isPlainObject(entry) ? entry : { value: entry }) as IDataObject);
}

/**
 * What is wrong with an answer that should hold a list.
 *
 * @param list what it holds
 * @returns the rest of a sentence; undefined when it holds one
 */
export function listProblem(list: unknown): string | undefined {
	return Array.isArray(listIn(list)) ? undefined : `HeyGen's answer holds ${inWords(list)} instead of a list`;
}

/** The records of a list, for looks at running jobs: what is no record says nothing, and the next look may say more. */
export function knownRecords(list: unknown): IDataObject[] {
	const entries = listIn(list);
	return Array.isArray(entries) ? (entries.filter((entry) => isPlainObject(entry)) as IDataObject[]) : [];
}

/** The same where places count: what is no record is an empty one. */
export function placedRecords(list: unknown): IDataObject[] {
	const entries = listIn(list);
	return Array.isArray(entries) ? entries.map((entry) => asRecord(entry) as IDataObject) : [];
}

/** Characters of an answer that an error shows: enough to find an id under another name. */
const ANSWER_SHOWN = 500;

const ODD_ANSWER =
	'Run the item again. If the error stays, HeyGen has changed its answer, or something between n8n and HeyGen changes it.';

function inWords(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return isEmpty(value) ? 'an empty record' : 'a record';
	return `a ${typeof value === 'string' ? 'text' : typeof value}`;
}
