import isPlainObject from 'lodash/isPlainObject';

import { jsonWithin, LOST_NAMES, readJsonRecord } from './jsonRecord';
import { unfenced } from './lists';
import { readLabel, readText } from './plain';
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
	const text = typeof given === 'string' ? withoutQuotes(jsonWithin(given) ?? unfenced(trimBlank(given))) : '';
	if (text.includes('=') && !/^[[{]/.test(text)) {
		const { value, problem } = readLabel(text);
		return problem === undefined ? readQueryText(value ?? '') : { problem };
	}
	const { value = {}, problem } = readJsonRecord(given);
	if (problem !== undefined) return { problem };
	const query = new Parameters();
	for (const [name, entry] of Object.entries(value)) {
		const kept = textOf(entry);
		if (kept === undefined) {
			return { problem: `has in ${shown(name)} ${shown(entry)}, but a query takes a text, a number, true or false, or a list of those` };
		}
		const flaw = query.add(name, kept);
		if (flaw !== undefined) return { problem: flaw };
	}
	return query.reading();
}

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
 * The query of an address, with one parameter a line as well. Whatever could be meant in two ways is refused: a parameter
 * that is misread filters nothing, and nobody sees it.
 *
 * @param text what stands behind the question mark
 */
export function readQueryText(text: string): Reading<Query> {
	const query = new Parameters();
	for (const part of trimBlank(text).replace(/^\?/, '').replace(/&amp;/gi, '&').split(/[&\r\n]/)) {
		const given = trimBlank(part);
		if (given === '') continue;
		const at = given.indexOf('=');
		if (at < 0) return { problem: `has ${shown(given)} without a value in it: parameters are written limit=5&type=public, and an & within a value is written %26` };
		const value = trimBlank(given.slice(at + 1));
		if (holdsParameter(value)) {
			return { problem: `has in ${shown(given.slice(0, at))} ${shown(value)}, which looks like several parameters: put & between them, and write = within a value as %3D` };
		}
		const kept = readText(decoded(withoutQuotes(value)));
		if (kept.problem !== undefined) return { problem: `has in ${shown(given.slice(0, at))} what ${kept.problem}` };
		const flaw = query.add(decoded(withoutQuotes(trimBlank(given.slice(0, at)))), kept.value ?? '');
		if (flaw !== undefined) return { problem: flaw };
	}
	return query.reading();
}

/** Whether a value goes on with another parameter behind a comma or semicolon. */
function holdsParameter(value: string): boolean {
	const [, ...behind] = value.split(/[,;]/);
	return behind.some((part) => {
		const [before = '', ...rest] = part.split('=');
		// Signs at its end alone fill up an encoded text.
		return rest.some((text) => !isBlank(text)) && NAME.test(withoutQuotes(trimBlank(before)));
	});
}

/** As addresses encode it; a % that encodes nothing stays. */
function decoded(text: string): string {
	return new URLSearchParams(`value=${text}`).get('value') ?? '';
}

const QUOTES: ReadonlyMap<string, string> = new Map([
	['"', '"'],
	["'", "'"],
	['`', '`'],
	['“', '”'],
]);

/** A text without the quotes around it; those of several quoted texts stay. */
function withoutQuotes(text: string): string {
	const end = QUOTES.get(text.charAt(0));
	const inner = text.slice(1, -1);
	return text.length < 2 || end === undefined || !text.endsWith(end) || inner.includes(end) ? text : trimBlank(inner);
}

/** Names of parameters are words, some with places within: filter[type]. */
const NAME = /^[\w.[\]-]+$/;

/** What addresses and paths have in front of their query. */
const ADDRESS = /[/?]/;

/** Parameters, as they are read. */
class Parameters {
	private readonly values = new Map<string, string>();

	/**
	 * Takes a parameter.
	 *
	 * @param given its name, with blanks around it or without
	 * @param text its value
	 * @returns what is wrong with it
	 */
	add(given: string, text: string): string | undefined {
		const name = trimBlank(given);
		const value = trimBlank(text);
		if (isBlank(name)) return 'has a value without a name';
		if (ADDRESS.test(name)) return `has an address or a path in it (${shown(name)}): it takes what stands behind the question mark, such as limit=5`;
		if (!NAME.test(name)) return `has a parameter named ${shown(name)}, but names are made of letters, digits, and _ - . [ ]`;
		if (LOST_NAMES.includes(name)) return `must have no parameter named ${shown(name)}`;
		if (this.values.has(name) && this.values.get(name) !== value) {
			return `names ${shown(name)} twice: give several values with commas between them`;
		}
		this.values.set(name, value);
		return undefined;
	}

	/** Those that are not empty. */
	reading(): Reading<Query> {
		const filled = [...this.values].filter(([, value]) => value !== '');
		return filled.length === 0 ? NOTHING : { value: Object.fromEntries(filled) };
	}
}
