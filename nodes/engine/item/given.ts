import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { jsonIn } from '../../heygen/values/lists';
import { readChoice, readFlag } from '../../heygen/values/plain';
import { isNothing, type Reading } from '../../heygen/values/reading';
import { shown } from '../../heygen/values/text';
import { inputError } from '../basics/errors';

/** What the parameters of an item hold, read by the readers of `heygen/values`. */

/**
 * The value that a reader has found.
 *
 * @param field the parameter's display name
 * @param reading what the reader says
 * @returns undefined when the parameter holds nothing
 * @throws EngineError naming the field, what was given and what it takes
 */
export function taken<T>(field: string, reading: Reading<T>): T | undefined {
	if (reading.problem !== undefined) throw inputError(`'${field}' ${reading.problem}`);
	return reading.value;
}

/** The values of a parameter that has a list of them, and what the editor calls them. */
export interface Choices {
	readonly words: readonly string[];
	readonly names: readonly string[];
	/** HeyGen may have more values: others go through. */
	readonly isOpen?: boolean;
}

/** A parameter that is on or off, one that is one of some values, or a collection with such members. */
export type Setting =
	| { readonly label: string; readonly default: boolean }
	| { readonly label: string; readonly default: string; readonly choices: Choices }
	| { readonly label: string; readonly members: Settings };

/** The parameters that are on or off, or one of some values, by their names. */
export type Settings = ReadonlyMap<string, Setting>;

/**
 * A parameter's value with everything in it that is on or off read as true or false, and what is one of some values as
 * that value: sheets, forms and models hand over "TRUE", "yes" or 1, of which JavaScript would make what it likes, and
 * names as the editor shows them. An open list keeps a value that it does not have.
 *
 * @param settings those of the operation
 * @param name the parameter
 * @param value what it holds; nothing stands for its default
 * @throws EngineError naming the field
 */
export function withSettings(settings: Settings, name: string, value: unknown): unknown {
	const found = settings.get(name);
	if (found === undefined) return value;
	if ('choices' in found) {
		const { words, names, isOpen } = found.choices;
		const reading = readChoice(value, words, names);
		if (reading.problem !== undefined && isOpen === true) return value;
		return taken(found.label, reading) ?? found.default;
	}
	if ('default' in found) return taken(found.label, readFlag(value)) ?? found.default;
	if (Array.isArray(value)) return value.map((row) => withMembers(found.members, row));
	return withMembers(found.members, collectionIn(found.label, value) ?? {});
}

/**
 * What a collection of fields holds, also as JSON text. An empty list is an empty collection to some.
 *
 * @param label the collection's display name
 * @param value as the parameter has it
 * @returns a record; undefined for nothing
 * @throws EngineError for what holds no fields by their names
 */
export function collectionIn(label: string, value: unknown): IDataObject | undefined {
	if (isNothing(value) || (Array.isArray(value) && value.length === 0)) return undefined;
	const record = typeof value === 'string' ? jsonIn(value) : value;
	if (isPlainObject(record)) return record as IDataObject;
	throw inputError(`'${label}' must hold fields by their names, but it is ${shown(value)}`);
}

function withMembers(members: Settings, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const read: IDataObject = { ...value } as IDataObject;
	for (const name of members.keys()) {
		// A member that was not added is not there.
		if (isNothing(read[name])) delete read[name];
		else read[name] = withSettings(members, name, read[name]) as IDataObject[string];
	}
	return read;
}
