import type { INodeProperties } from 'n8n-workflow';

import { readChoice, readOpenChoice } from '../../heygen/values/plain';
import type { Reading } from '../../heygen/values/reading';
import { shown } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { type Choices, taken } from './given';

/**
 * Lists of values that HeyGen may extend. Such a list ends with 'By Name', and the field beside the list then holds the
 * value: the editor lets no one type into a list.
 */

/** The entry of an open list that asks for the field beside the list. */
export const BY_NAME = { name: 'By Name', value: 'byName' } as const;

/**
 * The name of the field beside an open list: "engine" has "engineName".
 *
 * @param list the list's name
 */
export function nameFieldOf(list: string): string {
	return `${list}Name`;
}

/**
 * The display name of the field beside an open list: "Animation Engine" has "Animation Engine Name".
 *
 * @param label the list's display name
 */
export function nameLabelOf(label: string): string {
	return `${label} Name`;
}

/**
 * The open list that a parameter stands beside.
 *
 * @param property a parameter
 * @returns the list's name; undefined when the parameter is no such field
 */
export function listNamedBy({ name, displayOptions }: INodeProperties): string | undefined {
	const lists = Object.entries(displayOptions?.show ?? {});
	return lists.find(([list, values]) => name === nameFieldOf(list) && values?.includes(BY_NAME.value) === true)?.[0];
}

/**
 * The value that a parameter stands for: that of the field beside it, when it is an open list and says 'By Name'.
 *
 * @param field the parameter
 * @param given what it holds
 * @param valueOf gives the values of the parameters beside it
 * @throws EngineError naming the field beside it, when that one holds nothing, or no single word
 */
export function chosenValue(
	{ name, label, choices }: { name: string; label: string; choices?: Choices },
	given: unknown,
	valueOf: (name: string) => unknown,
): unknown {
	if (choices?.isOpen !== true || readChoice(given, choices.words, choices.names).value !== BY_NAME.value) return given;
	const field = nameLabelOf(label);
	const named = valueOf(nameFieldOf(name));
	const value = taken(field, readOpenWord(named, choices));
	const isEntry = readChoice(value, [BY_NAME.value], [BY_NAME.name]).value !== undefined;
	if (value !== undefined && !isEntry) return value;
	throw inputError(
		`'${field}' ${isEntry ? `must be a value of HeyGen's, but it is ${shown(named)}` : 'is empty'}`,
		`'${label}' is '${BY_NAME.name}': enter the value in '${field}' as HeyGen's API spells it, or choose another entry of '${label}'.`,
	);
}

/**
 * A word of an open list, or one that HeyGen has added since.
 *
 * @param given as the parameter has it
 * @param choices those of the list; its entry 'By Name' is no word
 */
export function readOpenWord(given: unknown, { words, names }: Choices): Reading<string> {
	const own = words.flatMap((word, index) => (word === BY_NAME.value ? [] : [{ word, title: names[index] ?? word }]));
	return readOpenChoice(given, own.map(({ word }) => word), own.map(({ title }) => title));
}
