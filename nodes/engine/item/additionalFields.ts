import isEqual from 'lodash/isEqual';
import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { FilesToZip, FileToUpload } from '../../heygen/fileUses';
import { readJsonRecord } from '../../heygen/values/jsonRecord';
import { shown } from '../../heygen/values/text';
import { type EngineError, inputError } from '../basics/errors';
import { placeName } from './body';
import type { Call } from './call';

/** The option for body fields that the package does not know yet. */
export const ADDITIONAL_FIELDS = { name: 'additionalFields', label: 'Additional Fields (JSON)' } as const;

/**
 * The body fields that the user adds.
 *
 * @param call the item
 * @returns plain data, empty values included; no fields when the option holds nothing
 * @throws EngineError when the option holds anything but a record, or JSON of one
 */
export function additionalFields({ options }: Call): IDataObject {
	const { value = {}, problem } = readJsonRecord(options[ADDITIONAL_FIELDS.name]);
	if (problem === undefined) return value as IDataObject;
	throw inputError(
		`'${ADDITIONAL_FIELDS.label}' ${problem}`,
		'Give a record of fields as JSON, such as {"field": "value"}. Within it, {{ JSON.stringify($json.text) }} makes JSON of any text, quotes and line ends included.',
	);
}

/**
 * A body with the fields that the user adds, deep within records as well.
 *
 * @param call the item
 * @param body checked by its schema; it may hold files
 * @throws EngineError when the option cannot be read, or has another value than the node for the same place
 */
export function withAdditionalFields(call: Call, body: IDataObject): IDataObject {
	return merged(body, additionalFields(call), [], call.names);
}

function merged(own: IDataObject, added: IDataObject, above: readonly string[], names: Call['names']): IDataObject {
	const result = { ...own };
	for (const [name, value] of Object.entries(added)) {
		const path = [...above, name];
		const given = Object.hasOwn(own, name) ? own[name] : undefined;
		if (given === undefined) result[name] = value;
		else if (isPlainObject(given) && isPlainObject(value)) {
			result[name] = merged(given as IDataObject, value as IDataObject, path, names);
		} else if (!isEqual(given, value)) throw conflict(given, value, path, names);
	}
	return result;
}

/** Two values for one place: which one is meant is not for the node to guess. */
function conflict(given: unknown, value: unknown, path: readonly string[], names: Call['names']): EngineError {
	const place = `'${[ADDITIONAL_FIELDS.label, ...path].join(' → ')}' is ${inWords(value)}`;
	const set = parameterAt(given, path, names);
	if (set === undefined) {
		return inputError(
			`${place}, but the operation itself sends ${inWords(given)} there`,
			`Remove the field from '${ADDITIONAL_FIELDS.label}'.`,
		);
	}
	return inputError(
		`'${set.label}' is ${set.held}, but ${place}`,
		`Both go to the same place of the request. Remove one of the two: '${set.label}', or the field in '${ADDITIONAL_FIELDS.label}'.`,
	);
}

/** A value, as messages show it. The number 1.2 is another value than the text "1.2". */
function inWords(value: unknown): string {
	return typeof value === 'string' || (typeof value === 'object' && value !== null) ? shown(value) : String(value);
}

/** The parameter that has filled a place of the body, or the first one within that place; undefined when none has. */
function parameterAt(given: unknown, path: readonly string[], names: Call['names']): { label: string; held: string } | undefined {
	if (given instanceof FileToUpload) return { label: given.parameter, held: 'a file' };
	if (given instanceof FilesToZip) return { label: given.fields.parameter, held: 'several files' };
	const isNamed = path.some((_name, depth) => names.has(path.slice(0, depth + 1).join('.')));
	if (isNamed) return { label: placeName(path, names), held: inWords(given) };
	if (!isPlainObject(given)) return undefined;
	for (const [name, inner] of Object.entries(given as IDataObject)) {
		const found = parameterAt(inner, [...path, name], names);
		if (found !== undefined) return found;
	}
	return undefined;
}
