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

/** HeyGen's names of ids: `video_id`, `batch_id`. */
const ID_FIELD = /_id$/;

/**
 * The id of a record of a kind that is not known: the first field that is called like one.
 *
 * @param record as HeyGen sent it
 * @returns undefined when no field has an id
 */
export function idOf(record: Record<string, unknown>): string | undefined {
	return idIn(record, Object.keys(record).filter((field) => ID_FIELD.test(field)));
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
