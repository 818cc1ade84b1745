import { z } from 'zod';

import { readJson, readJsonRecord } from '../values/jsonRecord';
import { readFlag, readNumber, readText } from '../values/plain';
import { isNothing, type Reading } from '../values/reading';
import { numeral, shown } from '../values/text';
import { unwrapped } from '../values/verbatim';
import { label, oneOf, readBy } from './primitives';

/** Values that a project or a template puts into its film, by their names: rows, or JSON of all of them. */

/** What the value of a row is, and how it is read. Values are stored in workflows. */
const READERS = {
	text: (given: unknown): Reading<unknown> => (isNothing(given) ? { value: '' } : readText(given)),
	number: (given: unknown) => filled(readNumber(given)),
	boolean: (given: unknown) => filled(readFlag(given)),
	json: (given: unknown) => filled(readJson(given)),
} as const;

/** Names what the value of a row is. */
export type VariableType = keyof typeof READERS;

const TYPES: readonly [VariableType, ...VariableType[]] = ['text', 'number', 'boolean', 'json'];

/** A text can be empty on purpose. A number cannot, and to leave it out would leave the project's own value. */
function filled(reading: Reading<unknown>): Reading<unknown> {
	if (reading.problem !== undefined || reading.value !== undefined) return reading;
	return { problem: "is empty; only the type 'Text' can be" };
}

const row = z
	.object({ name: label, type: oneOf(TYPES).optional(), value: z.unknown() })
	.strict()
	.transform(({ name, type = 'text', value: given }, context): [string, unknown] => {
		const { value, problem } = READERS[type](unwrapped(given));
		if (problem !== undefined) context.addIssue({ code: z.ZodIssueCode.custom, path: ['value'], message: problem });
		return [name, value];
	});

const rows = z.array(row).superRefine((entries, context) => {
	const first = new Map<string, number>();
	for (const [index, [name]] of entries.entries()) {
		const other = first.get(name);
		if (other === undefined) first.set(name, index);
		else {
			const message = `is ${shown(name)}, which row ${numeral(other + 1)} is called already`;
			context.addIssue({ code: z.ZodIssueCode.custom, path: [index, 'name'], message });
		}
	}
});

/**
 * Variables, as rows (`rows`) or as JSON of a record (`json`). Two rows of one name are an error.
 *
 * @returns a record by name; undefined for none at all
 */
export const variables = z
	.object({ rows: rows.optional(), json: readBy((given) => readJsonRecord(unwrapped(given))).optional() })
	.strict()
	.transform(({ rows: entries = [], json = {} }) => {
		const record: Record<string, unknown> = { ...json, ...Object.fromEntries(entries) };
		return Object.keys(record).length === 0 ? undefined : record;
	});
