import isPlainObject from 'lodash/isPlainObject';
import mapValues from 'lodash/mapValues';

import { isNothing } from './values/reading';

/** Readers of HeyGen's records and their fields: each takes what HeyGen's documents show and what else is clear. */

/** Numbers below these are seconds, milliseconds, microseconds and nanoseconds since 1970, up to the year 5138. */
const UNITS: ReadonlyArray<readonly [below: number, perMs: number]> = [
	[1e11, 1 / 1_000],
	[1e14, 1],
	[1e17, 1_000],
	[1e20, 1_000_000],
];

/** ISO 8601 with a time of day but without a zone: Python's servers mean UTC. */
const WITHOUT_ZONE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(:\d{2}([.,]\d+)?)?)$/;

/**
 * Reads a time of HeyGen's.
 *
 * @param value Unix time in seconds, milliseconds, microseconds or nanoseconds, as number or text, or ISO 8601
 * @returns Unix milliseconds; undefined when there is none, as 0 and negative numbers are
 */
export function timeMs(value: unknown): number | undefined {
	if (typeof value === 'number') return unixMs(value);
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (/^[+-]?\d+(\.\d+)?$/.test(text)) return unixMs(Number(text));
	const time = Date.parse(text.replace(WITHOUT_ZONE, '$1T$2Z'));
	return Number.isNaN(time) ? undefined : time;
}

function unixMs(time: number): number | undefined {
	const [, perMs] = UNITS.find(([below]) => time > 0 && time < below) ?? [];
	return perMs === undefined ? undefined : time / perMs;
}

/**
 * A time of HeyGen's as ISO 8601 text in UTC.
 *
 * @param value as `timeMs` takes it
 * @returns the value itself when it cannot be read as a time
 */
export function isoTime<T>(value: T): T | string {
	const time = timeMs(value);
	return time === undefined ? value : new Date(time).toISOString();
}

/**
 * The id that a record names.
 *
 * @param record as HeyGen sent it
 * @param fields where its id stands, in the order in which they count; `id` counts after them
 * @returns a number as text; undefined when no field has an id
 */
export function idIn(record: Record<string, unknown>, fields: readonly string[]): string | undefined {
	for (const field of [...fields, 'id']) {
		const id = record[field];
		if (typeof id === 'string' && id.trim() !== '') return id.trim();
		if (Number.isSafeInteger(id)) return String(id);
	}
	return undefined;
}

/**
 * The id of what a create has made. HeyGen answers with a list of ids where one request can ask for several things; the
 * package asks for one at a time.
 *
 * @param record HeyGen's answer
 * @param fields where the id, or a list that holds nothing but the id, may stand; `id` counts after them
 * @returns undefined when no field has one
 */
export function createdIdIn(record: Record<string, unknown>, fields: readonly string[]): string | undefined {
	const only = (value: unknown): unknown => {
		if (!Array.isArray(value) || value.length !== 1) return value;
		const [entry] = value as unknown[];
		return isPlainObject(entry) ? idIn(entry as Record<string, unknown>, fields) : entry;
	};
	return idIn(mapValues(record, only), fields);
}

/**
 * The first address that a browser opens. Some are addresses inside HeyGen's own storage ("s3://").
 *
 * @param urls of previews, the best one first; anything
 * @returns undefined when there is none
 */
export function openableUrl(urls: readonly unknown[]): string | undefined {
	return urls.find((url): url is string => typeof url === 'string' && /^https?:\/\//.test(url));
}

/**
 * A record, wherever one may stand.
 *
 * @param value anything
 * @returns a record without fields for what is none
 */
export function asRecord(value: unknown): Record<string, unknown> {
	return isPlainObject(value) ? (value as Record<string, unknown>) : {};
}

/** HeyGen's names of ids: `video_id`, `batch_id`. */
const ID_FIELD = /_id$/;

/** Ids that records have of other things: where they are, who has made them, and what from. */
const REFERENCE =
	/^((account|avatar|brand_glossary|brand_kit|callback|correlation|creator|folder|group|organization|owner|parent|request|space|style|team|template|trace|user|voice|workspace)_id)$/;

/**
 * The id of a record of a kind that is not known: `id`, or else the field that is named after the path, or else the first
 * one that is called like an id and is not that of another thing.
 *
 * @param record as HeyGen sent it
 * @param path where it was asked for, if that is known: "/v3/video-translations/proofreads"
 * @returns undefined when no field has an id
 */
export function idOf(record: Record<string, unknown>, path = ''): string | undefined {
	const others = Object.keys(record).filter((field) => ID_FIELD.test(field) && !REFERENCE.test(field));
	return idIn(record, ['id', ...nounsOf(path).map((noun) => `${noun}_id`), ...others]);
}

/** What the parts of a path are about, from its end on: "proofread", "video_translation". */
function nounsOf(path: string): string[] {
	const parts = path.split('/').filter((part) => part !== '').reverse();
	return parts.map((part) => singular(part.replace(/-/g, '_')));
}

function singular(plural: string): string {
	if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
	return plural.replace(/(?<=ch|sh|s|x)es$|s$/, '');
}

/** Ids that one answer is likely to have at most, and how deep they lie. */
const MOST_IDS = 100;
const ID_DEPTH = 3;

/** A text that can only be an id: one word with a digit in it. */
const BARE_ID = /^(?=.*\d)[\w:.-]{1,128}$/;

/**
 * The ids of what an answer names: of a record its own one, or those in its lists of ids, or of the records in it.
 *
 * @param data as HeyGen sent it
 * @param path where it was asked for
 * @returns none when it names nothing
 */
export function idsIn(data: unknown, path: string): string[] {
	return [...new Set(idsOf(data, path, ID_DEPTH))].slice(0, MOST_IDS);
}

function idsOf(data: unknown, path: string, depth: number): string[] {
	if (typeof data === 'string') return BARE_ID.test(data) ? [data] : [];
	if (typeof data !== 'object' || data === null || depth === 0) return [];
	if (Array.isArray(data)) return data.flatMap((entry) => idsOf(entry, path, depth));
	const own = idOf(data as Record<string, unknown>, path);
	if (own !== undefined) return [own];
	const fields = Object.entries(data).filter(([name]) => !REFERENCE.test(name.replace(/s$/, '')));
	const listed = fields.flatMap(([name, list]: [string, unknown]) => {
		return /_ids$/.test(name) && Array.isArray(list) ? list.flatMap((id: unknown) => idIn({ id }, []) ?? []) : [];
	});
	if (listed.length > 0) return listed;
	return fields.flatMap(([, part]: [string, unknown]) => (typeof part === 'object' ? idsOf(part, path, depth - 1) : []));
}

/**
 * The text of the first field that has one.
 *
 * @param record a job's resource
 * @param fields in the order in which they count
 */
export function firstText(record: Record<string, unknown>, fields: readonly string[]): string | undefined {
	const texts = fields.map((field) => record[field]);
	return texts.find((text): text is string => typeof text === 'string' && text !== '');
}

/** What people use of one kind of record. */
export interface RecordOutline {
	/** Name of the id, as other operations take it: `video_id`. */
	readonly idField: string;
	/** The other fields, most useful first. */
	readonly fields: readonly string[];
	/** Of these, the ones that say something only where they are filled: what went wrong, files that not every job makes. */
	readonly optional: readonly string[];
}

/** HeyGen's names of times: `created_at`, `completed_at`, `uploaded_at`. */
const TIME_FIELD = /_at$/;

/**
 * A record with the fields that people use: its id once, under the name that other operations take, and times as ISO
 * 8601. HeyGen writes times in Unix seconds in some records and as text in others.
 *
 * @param record as HeyGen sent it
 * @param outline what to keep
 */
export function shortRecord<T>(record: Record<string, T>, outline: RecordOutline): Record<string, T | string> {
	const { idField, fields, optional } = outline;
	const id = idIn(record, [idField]);
	const short: Record<string, T | string> = id === undefined ? {} : { [idField]: id };
	for (const field of fields) {
		const value = record[field];
		if (value === undefined || (optional.includes(field) && isNothing(value))) continue;
		short[field] = TIME_FIELD.test(field) ? isoTime(value) : value;
	}
	return short;
}
