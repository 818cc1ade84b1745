import { entriesOf, jsonIn, unquoted } from '../values/lists';
import { trimBlank, trimEndOf } from '../values/text';
import { languageOfRecord } from './records';

/** Lists of languages in all the forms in which people, sheets and models hand them over. */

/**
 * The entries of a list of languages. Names may have blanks in them, and commas within parentheses: "Chinese (Mandarin,
 * Simplified)" is one entry. A record counts by the text in it. One whose fields say different languages is an entry itself, as
 * JSON of these fields.
 *
 * @param given as the parameter has it
 * @param isName knows names that are never taken apart
 * @returns the entries in order, without empty ones: texts, and whatever else was in the list
 */
export function languageEntries(given: unknown, isName: (text: string) => boolean = () => false): unknown[] {
	const entries: unknown[] = [];
	// Not by recursion: a list can be nested deeper than calls can.
	const open: unknown[] = [given];
	const opened = new Set<unknown>();
	while (open.length > 0) {
		const next = open.pop();
		if (next === undefined || next === null || opened.has(next)) continue;
		// A list can be an entry of itself.
		if (typeof next === 'object') opened.add(next);
		if (Array.isArray(next)) for (let at = next.length - 1; at >= 0; at--) open.push(next[at]);
		else {
			const isText = typeof next === 'string' && !isName(next);
			const says = isText ? { value: jsonIn(next) } : languageOfRecord(next);
			if (says !== undefined && 'record' in says) entries.push(JSON.stringify(says.record));
			else if (says?.value !== undefined) open.push(says.value);
			else for (const entry of isText ? textEntries(next) : [next]) entries.push(entry);
		}
	}
	return entries;
}

/** A pair of parentheses with nothing but text between them. */
const PARENTHESES = /[(（][^()（）\r\n]{0,200}[)）]/g;

/** What stands for parentheses while a text is split: these two signs are in no font, and their number is between them. */
const HIDDEN = /\uE000(\d{1,9})\uE001/g;

/** Blanks that may be between a name and its parentheses. */
const BLANKS_MAX = 10;

/** What is between entries and no sign of a list: the word before the last one, and the ends of a sheet's cells. */
const BETWEEN = /(^|\s)(and|&)(?=\s)|\t/gi;

function textEntries(text: string): unknown[] {
	const hidden: string[] = [];
	const flat = text.replace(PARENTHESES, (found, at: number) => {
		// Parentheses around a whole list, or around one name, are no part of a name.
		if (!/[^\s,;|，、；'"“„«([{]$/.test(trimBlank(text.slice(Math.max(0, at - BLANKS_MAX), at)))) return found;
		hidden.push(found);
		return `\uE000${hidden.length - 1}\uE001`;
	});
	return entriesOf(bare(trimBlank(flat.replace(BETWEEN, '$1,'))), 'names').flatMap((entry) => {
		if (typeof entry !== 'string') return [entry];
		const name = unquoted(trimEndOf(entry, '.'));
		return name === '' ? [] : [name.replace(HIDDEN, (found, number: string) => hidden[Number(number)] ?? found)];
	});
}

/** A list without what other languages than JSON put around lists: "('es', 'fr')", "{'es', 'fr'}". */
function bare(list: string): string {
	const inner = list.slice(1, -1);
	const isAround = (list.startsWith('(') && list.endsWith(')')) || (list.startsWith('{') && list.endsWith('}'));
	return isAround && !BRACKET.test(inner) ? inner : list;
}

const BRACKET = /[(){}]/;
