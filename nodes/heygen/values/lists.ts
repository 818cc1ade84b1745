import { trimBlank } from './text';

/** Lists in all the forms in which people and models hand them over. */

/** Between the entries of a list in text: commas, line ends, blanks; semicolons in sheets of many countries. */
const SEPARATOR = /[\s,;]+/;

/**
 * The entries of a list: of an array however nested, of JSON text, of text with commas, blanks or line ends between its
 * entries. One record or number is a list of one.
 *
 * @param given as the parameter has it
 * @returns the entries in order, without empty ones: texts, and whatever else was in the list
 */
export function entriesOf(given: unknown): unknown[] {
	const entries: unknown[] = [];
	// Not by recursion: a list can be nested deeper than calls can.
	const open: unknown[] = [given];
	while (open.length > 0) {
		const next = open.pop();
		if (Array.isArray(next)) for (let at = next.length - 1; at >= 0; at--) open.push(next[at]);
		else if (typeof next === 'string') {
			const parsed = jsonIn(next);
			if (parsed !== undefined) open.push(parsed);
			else for (const word of wordsOf(next)) entries.push(word);
		} else if (next !== undefined && next !== null) entries.push(next);
	}
	return entries;
}

/**
 * The list or record that a text is the JSON of.
 *
 * @param text any text
 * @returns undefined when it is none
 */
export function jsonIn(text: string): object | undefined {
	const json = trimBlank(text);
	if (!json.startsWith('[') && !json.startsWith('{')) return undefined;
	try {
		return JSON.parse(json) as object;
	} catch {
		return undefined;
	}
}

function wordsOf(text: string): string[] {
	const list = trimBlank(text);
	// Models also write lists as other languages do: ['a', 'b'].
	if (holdsObject(list)) return [list];
	const inner = list.startsWith('[') && list.endsWith(']') ? list.slice(1, -1) : list;
	return inner.split(SEPARATOR).map(unquoted).filter((word) => word !== '');
}

/**
 * Whether a text holds what is left of a record that an expression has put into it: "[object Object]".
 *
 * @param text any text
 */
export function holdsObject(text: string): boolean {
	return text.includes('[object ');
}

/**
 * A word without the quotes that models and sheets put around it.
 *
 * @param word without blanks around it
 */
export function unquoted(word: string): string {
	const isQuoted = word.length > 1 && `"'\``.includes(word.charAt(0)) && word.endsWith(word.charAt(0));
	return isQuoted ? trimBlank(word.slice(1, -1)) : word;
}
