import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { readId } from '../../heygen/values/ids';
import { isNothing } from '../../heygen/values/reading';
import { numeral } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { taken } from './given';

/**
 * Removes what the user left empty: undefined, null, text of blanks only, and objects and lists with nothing in them.
 * Zero and false are values.
 *
 * @param value a request body or query as n8n built it from the parameters
 * @returns the same without empty parts; undefined when nothing is left
 */
export function withoutEmpty(value: unknown): unknown {
	if (isNothing(value)) return undefined;
	if (Array.isArray(value)) {
		const filled = value.map(withoutEmpty).filter((entry) => entry !== undefined);
		return filled.length === 0 ? undefined : filled;
	}
	if (!isPlainObject(value)) return value;
	const filled: IDataObject = {};
	let any = false;
	for (const [key, entry] of Object.entries(value as IDataObject)) {
		const kept = withoutEmpty(entry);
		if (kept === undefined) continue;
		filled[key] = kept as IDataObject[string];
		any = true;
	}
	return any ? filled : undefined;
}

/**
 * Fills the placeholders of a path.
 *
 * @param template path with placeholders such as "/v3/videos/{video_id}"
 * @param query the query n8n built; path parameters are in it under their placeholder, braces included, since
 *   declarative routing knows no other place for them
 * @returns the path, the query without the path parameters, and these by name; `{id}` goes by `job_id` as well
 * @throws EngineError when an id is missing or could not be part of a path
 */
export function fillPath(
	template: string,
	query: IDataObject,
): { path: string; query: IDataObject; ids: Record<string, string> } {
	const rest = { ...query };
	const ids: Record<string, string> = {};
	const path = template.replace(/\{([a-z_]{1,40})\}/g, (placeholder, word: string) => {
		const value = rest[placeholder];
		delete rest[placeholder];
		// The one path that says only `{id}` means a job (contract, filler word removals).
		const name = word === 'id' ? 'job_id' : word;
		const id = pathId(value, parameterName(name), name);
		ids[name] = id;
		ids[word] = id;
		return encodeURIComponent(id);
	});
	return { path, query: rest, ids };
}

/**
 * Reads an id that becomes part of a path.
 *
 * @param value what the parameter holds
 * @param field the parameter's display name
 * @param apiName the id's name in the API, under which records have it; `id` is looked for anyway
 * @returns the id
 * @throws EngineError naming the field
 */
export function pathId(value: unknown, field: string, apiName = 'id'): string {
	const id = taken(field, readId(value, [apiName]));
	if (id !== undefined) return id;
	throw inputError(
		`'${field}' is empty`,
		'Enter an ID, or map one from an earlier node. An expression that finds nothing gives an empty ID.',
	);
}

/**
 * The display name of an API field: "voice_settings" → "Voice Settings", "video_id" → "Video ID".
 *
 * @param apiName the field's name in the API
 */
export function fieldName(apiName: string): string {
	return apiName
		.split('_')
		.map((word) => (/^(id|ids|url|gif)$/.test(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
		.join(' ')
		.replace('IDS', 'IDs');
}

/** Records that are picked from a list; their parameters go by the record's name. */
const PICKED = /^(Avatar|Avatar Group|Voice|Style|Brand Kit|Brand Glossary|Template|Look) ID$/;

/** Records that the API calls by a part of their names. */
const WHOLE_NAMES: Readonly<Record<string, string>> = { group_id: 'avatar_group_id' };

/**
 * The display name of the parameter that fills an API field: "avatar_id" → "Avatar".
 *
 * @param apiName the field's name in the API
 */
export function parameterName(apiName: string): string {
	return fieldName(WHOLE_NAMES[apiName] ?? apiName).replace(PICKED, '$1');
}

/**
 * What the editor calls a place of a body: "Voice Settings → Speed", "Terms → 2 → Term".
 *
 * @param path the place: names of API fields, and indexes of lists
 * @param names what the editor calls the operation's places; others go by their API fields
 */
export function placeName(path: ReadonlyArray<string | number>, names: ReadonlyMap<string, string>): string {
	for (let depth = path.length; depth > 0; depth--) {
		const known = knownName(path.slice(0, depth), names);
		if (known !== undefined) return [known, ...path.slice(depth).map(partName)].join(' → ');
	}
	return path.map(partName).join(' → ');
}

/** Stands for any row in the places of a list of rows. */
const ANY_ROW = '*';

/**
 * A place within the rows of a list: "scenes.*.script".
 *
 * @param list where the list is
 * @param place within a row
 */
export function inRows(list: string, place: string): string {
	return [list, ANY_ROW, place].join('.');
}

/** The name of exactly this place; of one within a row, the names of list, row and field. */
function knownName(path: ReadonlyArray<string | number>, names: ReadonlyMap<string, string>): string | undefined {
	const row = path.findIndex((part) => typeof part === 'number');
	if (row < 1 || row === path.length - 1) return names.get(path.join('.'));
	const inside = path.slice(row + 1);
	// HeyGen may put the fields of a row into a record of it: the script of a scene is in its `input`.
	const name = [inside, inside.slice(1)].flatMap((place) => names.get(inRows(path.slice(0, row).join('.'), place.join('.'))) ?? [])[0];
	return name === undefined ? undefined : `${placeName(path.slice(0, row + 1), names)} → ${name}`;
}

/**
 * The place that has a name, where several parameters fill one without: "project" is filled by 'Project URL', among
 * others.
 *
 * @param path a place of a body
 * @param names what the editor calls the operation's places
 * @param fields what the body has there
 * @returns the path itself when it has a name, or more than one parameter may be meant
 */
export function filledPlace(
	path: ReadonlyArray<string | number>,
	names: ReadonlyMap<string, string>,
	fields: readonly string[],
): ReadonlyArray<string | number> {
	const row = path.findIndex((part) => typeof part === 'number');
	// What is said of a row as a whole is about no field of it, and that its list has a name says nothing of a place in it.
	const isRow = row === path.length - 1;
	const isKnown = isRow || path.some((_part, depth) => depth > row && knownName(path.slice(0, depth + 1), names) !== undefined);
	const [only, ...others] = fields;
	if (isKnown || only === undefined || others.length > 0) return path;
	const inside = [...path, only];
	return knownName(inside, names) === undefined ? path : inside;
}

function partName(part: string | number): string {
	return typeof part === 'number' ? numeral(part + 1) : parameterName(part);
}
