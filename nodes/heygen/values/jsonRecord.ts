import isPlainObject from 'lodash/isPlainObject';

import { jsonBreak } from './jsonBreak';
import { InexactNumber, parseExactly } from './jsonNumbers';
import { unfenced } from './lists';
import { readText } from './plain';
import { isNothing, NOTHING, refusedReading, type Reading } from './reading';
import { amount, hasHalfCharacter, isBlank, shown, trimBlank } from './text';

/** Levels that a record may have. No request of HeyGen's has ten. */
const DEPTH_MAX = 40;

/**
 * Names that n8n leaves out of parameters, items or requests without a word (n8n-core 2.41, axios 1): by them a record
 * could change what all records are.
 */
export const LOST_NAMES: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * A record of any fields, also as JSON text. What it holds is kept as it is, empty values included.
 *
 * @param given as the parameter has it
 * @returns a copy of plain data: moments as ISO 8601 writes them, without fields that are undefined
 */
export function readJsonRecord(given: unknown): Reading<Record<string, unknown>> {
	if (!isNothing(given) && typeof given !== 'string' && !isPlainObject(given)) return refusedReading(RECORD, given);
	const { value, problem } = readJson(typeof given === 'string' ? (jsonWithin(given) ?? given) : given);
	if (problem !== undefined) return { problem };
	const isRecord = value === undefined || isPlainObject(value);
	return isRecord ? { value: value as Record<string, unknown> | undefined } : refusedReading(RECORD, given);
}

/**
 * The text that is the JSON of a text, as models write JSON that holds quotes.
 *
 * @param text any text
 * @returns undefined when it is not the JSON of a text
 */
export function jsonWithin(text: string): string | undefined {
	const json = unfenced(trimBlank(text));
	if (!json.startsWith('"')) return undefined;
	try {
		return JSON.parse(json) as string;
	} catch {
		return undefined;
	}
}

const RECORD = 'JSON of a record, such as {"field": "value"}';

/**
 * Anything that JSON can hold, also as JSON text. What it holds is kept as it is, empty values included.
 *
 * @param given as the parameter has it
 * @returns a copy of plain data, as `readJsonRecord` makes it; null is a value in JSON text only
 */
export function readJson(given: unknown): Reading<unknown> {
	if (isNothing(given)) return NOTHING;
	if (typeof given !== 'string') return copied(given);
	const text = unfenced(trimBlank(given));
	try {
		return copied(parseExactly(text));
	} catch {
		const { problem } = readText(text);
		return { problem: problem ?? `is no valid JSON: ${jsonBreak(text)}` };
	}
}

function copied(value: unknown): Reading<unknown> {
	const problems: string[] = [];
	const copy = copyOf(value, [], problems);
	const [problem] = problems;
	return problem === undefined ? { value: copy } : { problem };
}

/**
 * Copies plain data.
 *
 * @param value any value
 * @param path where it is
 * @param problems gets what is wrong; nothing is copied after the first problem
 */
function copyOf(value: unknown, path: readonly string[], problems: string[]): unknown {
	const refused = (problem: string): undefined => {
		problems.push(path.length === 0 ? problem : `has in ${path.map(shown).join(' → ')} what ${problem}`);
		return undefined;
	};
	if (problems.length > 0) return undefined;
	if (path.length > DEPTH_MAX) {
		problems.push(`has records within records, deeper than ${amount(DEPTH_MAX, 'level')}`);
		return undefined;
	}
	if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
	if (typeof value === 'number' && Number.isFinite(value)) return value;
	if (typeof value === 'string' && isBlank(value)) return value;
	if (Array.isArray(value)) return value.map((entry, index) => copyOf(entry, [...path, String(index + 1)], problems));
	if (value instanceof InexactNumber) {
		problems.push(`has ${path.length === 0 ? '' : `in ${path.map(shown).join(' → ')} `}the number ${value.digits}, which is too large to be sent as it is: put it in quotes`);
		return undefined;
	}
	if (!isPlainObject(value)) {
		const reading = readText(value);
		return reading.problem === undefined ? reading.value : refused(reading.problem);
	}
	const copy: Record<string, unknown> = {};
	for (const [name, entry] of Object.entries(value as object)) {
		if (LOST_NAMES.includes(name)) return refused(`must have no field named ${shown(name)}`);
		if (hasHalfCharacter(name)) return refused(`must have no name with half a character in it, as in ${shown(name)}`);
		if (entry !== undefined) copy[name] = copyOf(entry, [...path, name], problems);
	}
	return copy;
}
