import { NOTHING, type Reading } from './reading';
import { holdsObject, trimBlank } from './text';

/** Lists in all the forms in which people and models hand them over. */

/** Between the entries of a list in text: commas (of all scripts), line ends, blanks; semicolons in sheets of many countries. */
const BETWEEN_WORDS = /[\s,;|，、；]+/;
/** The same where blanks may be part of an entry. */
const BETWEEN_NAMES = /[\r\n,;|，、；]+/;
/** What stands before each line of a list in documents, and in what models write. */
const BULLET = /^([-*•–—]|\d{1,6}[.)])(\s|$)/;

/**
 * The entries of a list: of an array however nested, of JSON text, of text with commas, blanks or line ends between its
 * entries. One record or number is a list of one.
 *
 * @param given as the parameter has it
 * @param of what the entries are: words hold no blanks, names may
 * @returns the entries in order, without empty ones: texts, and whatever else was in the list
 */
export function entriesOf(given: unknown, of: 'words' | 'names' = 'words'): unknown[] {
	const entries: unknown[] = [];
	// Not by recursion: a list can be nested deeper than calls can.
	const open: unknown[] = [given];
	while (open.length > 0) {
		const next = open.pop();
		if (Array.isArray(next)) for (let at = next.length - 1; at >= 0; at--) open.push(next[at]);
		else if (typeof next === 'string') {
			const parsed = jsonIn(next);
			if (parsed !== undefined) open.push(parsed);
			else for (const word of partsOf(next, of)) entries.push(word);
		} else if (next !== undefined && next !== null) entries.push(next);
	}
	return entries;
}

/**
 * Reads a list of what may go by names with blanks in them, or by words with blanks between them.
 *
 * @param given as the parameter has it
 * @param read reads an entry; undefined for what it does not know
 * @param problemOf what is said of such an entry
 * @returns the entries in order; nothing for a list of none
 */
export function readEntries<T>(
	given: unknown,
	read: (entry: unknown) => T | undefined,
	problemOf: (entry: unknown) => string,
): Reading<T[]> {
	const known: T[] = [];
	for (const entry of entriesOf(given, 'names')) {
		const whole = read(entry);
		const parts = whole === undefined ? entriesOf(entry).map((part) => ({ part, value: read(part) })) : [{ part: entry, value: whole }];
		for (const { part, value } of parts) {
			if (value === undefined) return { problem: problemOf(part) };
			known.push(value);
		}
	}
	return known.length === 0 ? NOTHING : { value: known };
}

/**
 * The list or record that a text is the JSON of.
 *
 * @param text any text
 * @returns undefined when it is none
 */
export function jsonIn(text: string): object | undefined {
	const json = unfenced(trimBlank(text));
	if (!json.startsWith('[') && !json.startsWith('{')) return undefined;
	try {
		return JSON.parse(json) as object;
	} catch {
		return undefined;
	}
}

function partsOf(text: string, of: 'words' | 'names'): string[] {
	const list = unfenced(trimBlank(text));
	if (holdsObject(list)) return [list];
	// Models also write lists as other languages do: ['a', 'b'].
	const inner = list.startsWith('[') && list.endsWith(']') ? list.slice(1, -1) : list;
	const parts = inner.split(of === 'words' ? BETWEEN_WORDS : BETWEEN_NAMES).map(trimBlank);
	// A mark alone is an entry itself: all events are "*".
	const isList = parts.length > 1 || /\s/.test(inner);
	return parts.map((part) => unquoted(isList ? trimBlank(part.replace(BULLET, '')) : part)).filter((part) => part !== '');
}

/**
 * A text without the fence that models put around lists and JSON: ```json … ```.
 *
 * @param text without blanks around it
 */
export function unfenced(text: string): string {
	if (!text.startsWith(FENCE) || !text.endsWith(FENCE) || text.length < 2 * FENCE.length) return text;
	const inner = text.slice(FENCE.length, -FENCE.length);
	return trimBlank(inner.replace(/^[a-z]{1,10}(?=\s)/i, ''));
}

const FENCE = '```';

/** What is put around words: quotes of many languages, marks of Markdown. */
const AROUND: ReadonlyMap<string, string> = new Map([
	['"', '"'],
	["'", "'"],
	['`', '`'],
	['*', '*'],
	['“', '”'],
	['‘', '’'],
	['„', '“'],
	['«', '»'],
	['<', '>'],
	['(', ')'],
]);

/** Quotes within quotes, at most so deep. */
const QUOTES_MAX = 4;

/**
 * A word without what models, documents and sheets put around it.
 *
 * @param word without blanks around it
 */
export function unquoted(word: string): string {
	let inner = word;
	for (let depth = 0; depth < QUOTES_MAX; depth++) {
		if (inner.length < 2 || AROUND.get(inner.charAt(0)) !== inner.slice(-1)) break;
		inner = trimBlank(inner.slice(1, -1));
	}
	// Sheets keep what looks like a number as text by a mark before it.
	return inner.startsWith("'") ? inner.slice(1) : inner;
}
