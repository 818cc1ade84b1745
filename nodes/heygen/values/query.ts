import isPlainObject from 'lodash/isPlainObject';

import { readJsonRecord } from './jsonRecord';
import { jsonIn } from './lists';
import { readLabel } from './plain';
import { isNothing, NOTHING, type Reading } from './reading';
import { isBlank, shown, trimBlank } from './text';

/** Query parameters by their names, as texts. */
export type Query = Readonly<Record<string, string>>;

/**
 * Query parameters: a record, JSON text of one, or the query of an address ("limit=5&type=public"). Lists become text with
 * commas, as HeyGen takes them (API reference, section Basics). What is empty is left out.
 *
 * @param given as the parameter has it
 */
export function readQuery(given: unknown): Reading<Query> {
	if (typeof given === 'string' && !trimBlank(given).startsWith('{') && jsonIn(given) === undefined && given.includes('=')) {
		const { value, problem } = readLabel(given);
		return problem === undefined ? readQueryText(value ?? '') : { problem };
	}
	const { value = {}, problem } = readJsonRecord(given);
	if (problem !== undefined) return { problem };
	const query: Record<string, string> = {};
	for (const [name, entry] of Object.entries(value)) {
		if (isBlank(name)) return { problem: NAMELESS };
		const text = textOf(entry);
		if (text === undefined) {
			return { problem: `has in ${shown(name)} ${shown(entry)}, but a query takes a text, a number, true or false, or a list of those` };
		}
		if (text !== '') query[name] = text;
	}
	return Object.keys(query).length === 0 ? NOTHING : { value: query };
}

const NAMELESS = 'has a value without a name';

/** A value as it stands in a query; undefined for what has no such form. */
function textOf(value: unknown): string | undefined {
	if (Array.isArray(value)) {
		const texts = value.map((entry) => (Array.isArray(entry) ? undefined : textOf(entry)));
		return texts.includes(undefined) ? undefined : texts.filter((text) => text !== '').join(',');
	}
	if (isPlainObject(value)) return undefined;
	return isNothing(value) ? '' : trimBlank(String(value));
}

/**
 * The query of an address.
 *
 * @param text what stands behind the question mark
 */
export function readQueryText(text: string): Reading<Query> {
	const query = new Map<string, string>();
	for (const [name, value] of new URLSearchParams(text.replace(/^\?/, ''))) {
		const kept = trimBlank(value);
		if (isBlank(name)) {
			if (kept === '') continue;
			return { problem: NAMELESS };
		}
		if (query.has(name) && query.get(name) !== kept) {
			return { problem: `names ${shown(name)} twice: give several values with commas between them` };
		}
		query.set(name, kept);
	}
	const filled = [...query].filter(([, value]) => value !== '');
	return filled.length === 0 ? NOTHING : { value: Object.fromEntries(filled) };
}
