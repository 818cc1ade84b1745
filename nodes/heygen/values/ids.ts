import findLastIndex from 'lodash/findLastIndex';
import isPlainObject from 'lodash/isPlainObject';

import { parseUrl } from '../hosts';
import { entriesOf, jsonIn, unquoted } from './lists';
import { isNothing, NOTHING, refusedReading, type Reading } from './reading';
import { FORMULA_FAILED, HALF_CHARACTER, hasHalfCharacter, holdsObject, isBlank, isSheetError, numeral, shown, trimBlank } from './text';

/** Ids, and what carries one: records, locators of n8n's pickers, addresses of HeyGen's pages. */

/** Characters of an id; HeyGen's own have some dozens, and a longer one makes addresses too long. */
const ID_MAX = 500;

/** How deep in records of records an id is looked for. */
const DEPTH_MAX = 5;

/**
 * An id: text, a number, the record it belongs to, a list with nothing else in it, or the address of its page at HeyGen.
 *
 * @param given as the parameter has it
 * @param fields where records have this id, the first that is filled wins; `id` is looked for after them
 */
export function readId(given: unknown, fields: readonly string[]): Reading<string> {
	return idIn(given, fields, 0);
}

/**
 * A list of ids, in any form of `entriesOf`, each in any form of `readId`; also the record that holds the list, as HeyGen
 * answers. Ids that come twice stay.
 *
 * @param given as the parameter has it
 * @param fields where records have the id
 */
export function readIds(given: unknown, fields: readonly string[]): Reading<string[]> {
	const ids: string[] = [];
	const entries = entriesOf(given).flatMap((entry) => idsWithin(entry, fields, 0));
	for (const [index, entry] of entries.slice(headLength(entries, fields)).entries()) {
		const reading = readId(entry, fields);
		if (reading.problem !== undefined) return { problem: `(entry ${numeral(index + 1)}) ${reading.problem}` };
		if (reading.value !== undefined) ids.push(reading.value);
	}
	return ids.length === 0 ? NOTHING : { value: ids };
}

/** Entries that name the column, which begin a column that was copied whole: "video_id", or "Video ID", which are two. */
function headLength(entries: readonly unknown[], fields: readonly string[]): number {
	const names = [...fields, 'id'].map((name) => name.replace(/_/g, ''));
	const words = entries.slice(0, HEAD_MAX).map((entry) => (typeof entry === 'string' ? entry.toLowerCase().replace(/_/g, '') : ' '));
	const length = words.findIndex((_, index) => names.includes(words.slice(0, index + 1).join(''))) + 1;
	return length < entries.length ? length : 0;
}

/** Words of the longest name of an id, "brand_glossary_id". */
const HEAD_MAX = 3;

/** The entries of the list that a record holds; a record that holds none is an entry itself. */
function idsWithin(entry: unknown, fields: readonly string[], depth: number): unknown[] {
	if (!isPlainObject(entry) || depth > DEPTH_MAX) return [entry];
	const record = entry as Record<string, unknown>;
	const lists = [...fields.map((field) => `${field}s`), 'ids'];
	const places = '__rl' in record ? ['value'] : [...fields, 'id', ...lists, ...WRAPPERS, 'items'];
	const place = places.find((name) => !isNothing(record[name]));
	if (place === undefined) return [entry];
	const inner = record[place];
	const isList = places.length === 1 || lists.includes(place) || Array.isArray(inner) || isPlainObject(inner);
	if (!isList) return [entry];
	return entriesOf(inner).flatMap((within) => idsWithin(within, fields, depth + 1));
}

/** Blanks or words beside an expression make one text of all. */
const RECORD_IN_TEXT =
	'was given a record within a text, of which "[object Object]" is all that is left: give the record alone, or the ID in it';

function idIn(given: unknown, fields: readonly string[], depth: number): Reading<string> {
	if (isNothing(given)) return NOTHING;
	if (typeof given === 'string') {
		const text = trimBlank(given);
		if (holdsObject(text)) return { problem: RECORD_IN_TEXT };
		// A list in text need not be JSON.
		const parsed = jsonIn(text) ?? (text.startsWith('[') && text.endsWith(']') ? entriesOf(text) : undefined);
		return parsed === undefined ? idInText(unquoted(text), fields) : idIn(parsed, fields, depth + 1);
	}
	if (typeof given === 'bigint' || Number.isSafeInteger(given)) return { value: String(given) };
	if (depth > DEPTH_MAX || !(Array.isArray(given) || isPlainObject(given))) return refusedReading('an ID', given);
	if (Array.isArray(given)) {
		const entries = entriesOf(given);
		if (entries.length > 1) return { problem: `takes one ID, but ${numeral(entries.length)} were given: ${shown(given)}` };
		return idIn(entries[0], fields, depth + 1);
	}
	return idInRecord(given as Record<string, unknown>, fields, depth);
}

/** Where records keep the record itself: n8n's items, HeyGen's envelope; and locators the id. */
const WRAPPERS = ['json', 'data', 'value'];

function idInRecord(record: Record<string, unknown>, fields: readonly string[], depth: number): Reading<string> {
	const isLocator = '__rl' in record;
	const places = isLocator ? ['value'] : [...fields, 'id', ...WRAPPERS];
	const place = places.find((name) => !isNothing(record[name]));
	if (place !== undefined) return idIn(record[place], fields, depth + 1);
	if (isLocator || Object.keys(record).length === 0) return NOTHING;
	const wanted = [...new Set([...fields, 'id'])].join(' or ');
	return { problem: `must be an ID, but it is a record without ${wanted}: ${shown(record)}` };
}

function idInText(text: string, fields: readonly string[]): Reading<string> {
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return idInAddress(text, fields);
	// Browsers leave out the beginning when an address is copied in part.
	if (PAGE_HOSTS.some((host) => text.toLowerCase().startsWith(`${host}/`))) return idInAddress(`https://${text}`, fields);
	return checkedId(text);
}

/** Hosts whose addresses name records: HeyGen's site and its API. */
const PAGE_HOSTS = ['app.heygen.com', 'labs.heygen.com', 'www.heygen.com', 'heygen.com', 'api.heygen.com'];

/** What stands before an id in those addresses. */
const BEFORE_ID =
	/^(create|create-v\d|draft|edit|guest|share|embeds?|(agent|asset|avatar|brand-kit|folder|look|project|session|template|translation|video|video-translation|voice)s?|batch(es)?|brand-glossar(y|ies))$/;

/** What an id at the end of another address looks like: not like a word. */
const LIKE_AN_ID = /^(?=.{0,500}\d)[\w-]{8,500}$/;

function idInAddress(text: string, fields: readonly string[]): Reading<string> {
	const url = parseUrl(text);
	if (url === undefined || !PAGE_HOSTS.includes(url.hostname)) {
		return {
			problem: `must be an ID, but it is an address: ${shown(text)}. Only addresses of HeyGen's own pages are taken, such as https://app.heygen.com/videos/… with the ID at its end`,
		};
	}
	const parts = url.pathname.split('/').flatMap((part) => (part === '' ? [] : [decoded(part)]));
	const before = findLastIndex(parts.slice(0, -1), (part) => BEFORE_ID.test(part.toLowerCase()));
	const named = [...fields, ...fields.map(inCamelCase), 'id'].map((name) => url.searchParams.get(name) ?? '');
	// What stands there may be the name of a page as well ("/avatars/looks?lookId=…").
	const behind = before === -1 ? [] : [parts[before + 1] as string].filter((part) => !BEFORE_ID.test(part.toLowerCase()));
	const [likely, last] = [behind, parts].map((some) => some.filter((part) => LIKE_AN_ID.test(part)).slice(-1)) as [string[], string[]];
	const found = [...likely, ...named, ...behind, ...last].find((part) => !isBlank(part));
	return found === undefined
		? { problem: `must be an ID, but it is the address of a page that names none: ${shown(text)}` }
		: checkedId(trimBlank(found));
}

function inCamelCase(name: string): string {
	return name.replace(/_[a-z]/g, (match) => match.charAt(1).toUpperCase());
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** What no id has, and what to call it. */
const FOREIGN_CHARACTERS: ReadonlyArray<readonly [RegExp, string]> = [
	[/,/, 'a comma'],
	[/[\s\p{Z}]/u, 'a blank'],
	[/[\p{Cc}\p{Cf}]/u, 'an invisible character'],
	[/["'`“”„‘’«»<>{}[\]|]/, 'a bracket or a quote'],
];

function checkedId(id: string): Reading<string> {
	// A lone quote is nothing once it is taken off.
	if (id === '') return NOTHING;
	if (hasHalfCharacter(id)) return { problem: HALF_CHARACTER };
	const foreign = FOREIGN_CHARACTERS.find(([pattern]) => pattern.test(id));
	if (foreign !== undefined) return { problem: `is not an ID: ${shown(id)} has ${foreign[1]} in it` };
	if (isSheetError(id)) return { problem: `is not an ID: ${shown(id)} ${FORMULA_FAILED}` };
	if (id === '.' || id === '..') return { problem: `is not an ID: ${shown(id)}` };
	if (id.length > ID_MAX) return { problem: `is not an ID: it has ${numeral(id.length)} characters, beginning with ${shown(id)}` };
	return { value: id };
}
