import uniq from 'lodash/uniq';

import { numeral } from '../../heygen/values/text';
import { EngineError } from '../basics/errors';
import { withFieldRenamed } from '../basics/refusedField';
import type { SentField, SentFields } from './parameters';

/**
 * An error with the name that the editor has for the field that HeyGen refuses.
 *
 * @param error what ended an item
 * @param sent the operation's fields
 * @returns the error itself when it names no field, or one that no single parameter fills
 */
export function inEditorsWords(error: unknown, { fields }: SentFields): unknown {
	return error instanceof EngineError ? withFieldRenamed(error, (name) => labelOf(name, fields)) : error;
}

/** The label of the parameter that fills a field such as "terms[0].term", or the one that the field is part of. */
function labelOf(path: string, fields: readonly SentField[]): string | undefined {
	const steps = path.split(/[.[\]]/).filter((step) => step !== '');
	for (; steps.length > 0; steps.pop()) {
		const [label, ...others] = uniq(labelsAt(steps, fields));
		if (label !== undefined) return others.length === 0 ? label : undefined;
	}
	return undefined;
}

function labelsAt(steps: readonly string[], fields: readonly SentField[]): string[] {
	const place = steps.join('.');
	return fields.flatMap(({ label, to, rows, nameOf, members = [] }) => {
		// A place goes by its list.
		if (nameOf !== undefined) return [];
		// Ids in paths are named with their braces.
		if (to?.property === place || to?.property === `{${place}}`) return [label];
		if (rows !== true) return labelsAt(steps, members);
		const [list, row = '', ...rest] = steps;
		if (list !== to?.property || !/^\d{1,9}$/.test(row)) return [];
		const names = rest.length === 0 ? [[]] : labelsAt(rest, members).map((name) => [name]);
		return names.map((inner) => [label, numeral(Number(row) + 1), ...inner].join(' → '));
	});
}
