import isPlainObject from 'lodash/isPlainObject';
import partition from 'lodash/partition';

/** Where the records of a template's variables have what differs from video to video. */

/** A record of anything. */
export type Fields = Record<string, unknown>;

/** What a variable can hold (contract `variable_type`); "file" is a file of a kind that HeyGen does not say. */
export const VARIABLE_KINDS = ['text', 'image', 'video', 'audio', 'character', 'voice', 'file'] as const;

/** Names what a variable holds. */
export type VariableKind = (typeof VARIABLE_KINDS)[number];

/** The kinds that hold files. */
export type FileVariableKind = 'image' | 'video' | 'audio' | 'file';

/**
 * Whether a variable holds a file.
 *
 * @param kind what it holds
 */
export function isFileKind(kind: VariableKind | undefined): kind is FileVariableKind {
	return kind === 'image' || kind === 'video' || kind === 'audio' || kind === 'file';
}

/** Words of `type` in records that are unions of the ways to name a file (API reference, section 3.1). */
const BY_FILE_NAME: ReadonlySet<unknown> = new Set(['url', 'asset_id', 'base64']);

/**
 * Whether the `type` of a record says by what a file is named, and not what the record is.
 *
 * @param type as the record has it
 */
export function isByFileName(type: unknown): boolean {
	return BY_FILE_NAME.has(type);
}

/** Fields of the values of each kind, the usual one first. Those of characters also go by their names in other requests. */
const VALUE_FIELDS: Readonly<Record<VariableKind, readonly [string, ...string[]]>> = {
	text: ['content', 'text', 'value'],
	image: ['asset_id', 'url', 'image_asset_id', 'image_url'],
	video: ['asset_id', 'url', 'video_asset_id', 'video_url'],
	audio: ['asset_id', 'url', 'audio_asset_id', 'audio_url'],
	character: ['character_id', 'avatar_id', 'look_id', 'talking_photo_id'],
	voice: ['voice_id'],
	file: ['asset_id', 'url'],
};

/**
 * Fields that hold a value of a kind, the usual one first.
 *
 * @param kind what the variable holds
 */
export function valueFields(kind: VariableKind): readonly [string, ...string[]] {
	return VALUE_FIELDS[kind];
}

/** Further properties of each kind (API reference, section 10), besides those that a template's own record has. */
const PROPERTIES: Readonly<Record<VariableKind, readonly string[]>> = {
	text: [],
	image: ['fit'],
	video: ['fit', 'play_style', 'volume'],
	audio: [],
	character: [],
	voice: ['locale'],
	file: ['fit', 'play_style', 'volume'],
};

/**
 * What HeyGen knows of the values of a kind besides the value.
 *
 * @param kind what the variable holds
 */
export function knownProperties(kind: VariableKind): readonly string[] {
	return PROPERTIES[kind];
}

/** Where a record has its value. */
export interface Leaf {
	/** Names of the fields on the way to the record that has it. */
	readonly path: readonly string[];
	/** The field; undefined when the variable is the value itself. */
	readonly field: string | undefined;
	readonly value: unknown;
}

/** How deep in a record its value is looked for. */
const DEPTH_MAX = 4;

/** Names of records that show or dress a value, and never hold it. */
const BESIDE_VALUE = /preview|thumb|poster|style/i;

/**
 * Finds the value of a variable.
 *
 * @param record the variable, as the template has it
 * @param kind what it holds
 * @returns the place nearest to the top, in HeyGen's `properties` before all else; undefined when there is none
 */
export function leafOf(record: unknown, kind: VariableKind): Leaf | undefined {
	if (typeof record === 'string' || typeof record === 'number') return { path: [], field: undefined, value: record };
	return fieldIn(record, VALUE_FIELDS[kind]) ?? fieldIn(record, ['value']);
}

/** A record within a record. */
interface Place {
	readonly path: readonly string[];
	readonly within: Fields;
}

function fieldIn(record: unknown, fields: readonly string[]): Leaf | undefined {
	if (!isPlainObject(record)) return undefined;
	const top: Place = { path: [], within: record as Fields };
	const properties = recordsWithin(top).filter(({ path }) => path[0] === 'properties');
	return fieldAt(top, fields) ?? nearestField(properties, fields) ?? nearestField(recordsWithin(top), fields);
}

function nearestField(places: readonly Place[], fields: readonly string[]): Leaf | undefined {
	let level = places;
	for (let depth = 1; depth <= DEPTH_MAX && level.length > 0; depth++) {
		for (const place of level) {
			const leaf = fieldAt(place, fields);
			if (leaf !== undefined) return leaf;
		}
		level = level.flatMap(recordsWithin);
	}
	return undefined;
}

function fieldAt({ path, within }: Place, fields: readonly string[]): Leaf | undefined {
	const there = fields.filter((field) => Object.hasOwn(within, field) && !isContainer(within[field]));
	// Of several ways to name a file the one that is filled counts.
	const field = there.find((name) => within[name] !== null && within[name] !== '') ?? there[0];
	return field === undefined ? undefined : { path, field, value: within[field] };
}

/** Those that can hold the value. The one that is called as a kind of values, or just "value", comes first. */
function recordsWithin({ path, within }: Place): Place[] {
	const records = Object.entries(within).filter(([name, inner]) => isPlainObject(inner) && !BESIDE_VALUE.test(name));
	const [likely, others] = partition(records, ([name]) => name === 'value' || VARIABLE_KINDS.some((kind) => kind === name));
	return [...likely, ...others].map(([name, inner]) => ({ path: [...path, name], within: inner as Fields }));
}

function isContainer(value: unknown): boolean {
	return typeof value === 'object' && value !== null;
}

/** Kinds that a record can show by its fields, the clearest first. */
const SHOWN_KINDS: readonly VariableKind[] = ['voice', 'character', 'image', 'video', 'audio', 'file', 'text'];

/**
 * What a variable holds, by the fields of its record.
 *
 * @param record the variable, as the template has it
 * @returns undefined when the record does not show that
 */
export function shownKind(record: unknown): VariableKind | undefined {
	if (typeof record === 'string') return 'text';
	const fieldsOf = (kind: VariableKind) =>
		isFileKind(kind) && kind !== 'file' ? VALUE_FIELDS[kind].filter((field) => field.startsWith(kind)) : VALUE_FIELDS[kind];
	return SHOWN_KINDS.find((kind) => fieldIn(record, fieldsOf(kind)) !== undefined);
}
