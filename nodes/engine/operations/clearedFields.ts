import type { IDataObject } from 'n8n-workflow';

import { entriesOf } from '../../heygen/values/lists';
import { readChoice } from '../../heygen/values/plain';
import { isNothing } from '../../heygen/values/reading';
import { shown } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { placeName } from '../item/body';
import type { Call } from '../item/call';

/** Fields that a change is to empty. An empty parameter is none: an expression that finds nothing must clear nothing. */

/** The parameter that names them. */
export const CLEAR_FIELDS = { name: 'clearFields', label: 'Fields to Clear' } as const;

/**
 * The body of a change, with null for what is to be cleared.
 *
 * @param call the item
 * @param clearable fields that can be, by their names in the API
 * @throws EngineError for another field, and for one that is given a value as well
 */
export function withCleared(call: Call, clearable: readonly string[]): IDataObject {
	const cleared = clearedFields(call, clearable);
	for (const field of cleared) {
		const given = call.body[field];
		if (given === undefined) continue;
		const label = placeName([field], call.names);
		throw inputError(`'${label}' is ${shown(given)}, but '${CLEAR_FIELDS.label}' has it cleared`, 'Leave one of the two out.');
	}
	return { ...call.body, ...Object.fromEntries(cleared.map((field) => [field, null])) };
}

function clearedFields(call: Call, clearable: readonly string[]): string[] {
	const labels = clearable.map((field) => placeName([field], call.names));
	return entriesOf(call.parameter<unknown>(CLEAR_FIELDS.name, [])).map((entry) => {
		const field = readChoice(entry, clearable, labels).value;
		if (field !== undefined) return field;
		throw inputError(`'${CLEAR_FIELDS.label}' has an unknown value: ${shown(entry)}`, `It can be: ${clearable.join(', ')}.`);
	});
}

/**
 * Tells of fields that HeyGen has not cleared, though it has taken the change.
 *
 * @param call the item
 * @param clearable fields that could be cleared
 * @param record what HeyGen has answered
 */
export function remarkKept(call: Call, clearable: readonly string[], record: IDataObject): void {
	for (const field of clearedFields(call, clearable)) {
		if (isNothing(record[field])) continue;
		call.run.report.remark(`HeyGen has taken the change, but has not cleared '${placeName([field], call.names)}'`, call.itemIndex);
	}
}
