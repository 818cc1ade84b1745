import uniq from 'lodash/uniq';

import { numeral } from '../../heygen/values/text';
import { EngineError } from '../basics/errors';
import { withFieldRenamed } from '../basics/refusedField';
import type { SentField, SentFields } from './parameters';
import { type NamedRows, namedRows, withRowsNamed } from './rowNames';

/**
 * An error in the words of the editor: with the name that the editor has for the field that HeyGen refuses, and with rows
 * by their own names.
 *
 * @param error what ended an item
 * @param sent the operation's fields
 * @returns the error itself when nothing changes
 */
export function inEditorsWords(error: unknown, { fields, names }: SentFields): unknown {
	if (!(error instanceof EngineError)) return error;
	const lists = namedRows(fields);
	return withRowsNamed(withFieldRenamed(error, (name) => labelOf(name, fields, lists) ?? nameOfGroup(name, fields, names)), lists);
}

/** The label of the parameter that fills a field such as "terms[0].term", or the one that the field is part of. */
function labelOf(path: string, fields: readonly SentField[], lists: readonly NamedRows[]): string | undefined {
	const steps = path.split(/[.[\]]/).filter((step) => step !== '');
	const isInRow = steps.length > 2 && lists.some(({ place }) => place === steps[0]);
	for (let depth = steps.length; depth > (isInRow ? 2 : 0); depth--) {
		const [label, ...others] = uniq(labelsAt(steps.slice(0, depth), fields));
		if (label === undefined) continue;
		if (others.length === 0) return label;
		break;
	}
	// Which scene is meant must not get lost where no single parameter fills the field, which keeps HeyGen's name.
	const [row] = isInRow ? labelsAt(steps.slice(0, 2), fields) : [];
	return row === undefined ? undefined : [row, steps.slice(2).join('.')].join(' → ');
}

/** What the editor calls the group that fills a field with a record, such as "srt". */
function nameOfGroup(path: string, fields: readonly SentField[], names: SentFields['names']): string | undefined {
	return labelsAt(path.split('.'), fields).length === 0 ? names.get(path) : undefined;
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
		const names = rest.length === 0 ? [[]] : labelsInRow(rest, members).map((name) => [name]);
		return names.map((inner) => [label, numeral(Number(row) + 1), ...inner].join(' → '));
	});
}

/** HeyGen may put the fields of a row into a record of it: the script of a scene is in its `input`. */
function labelsInRow(steps: readonly string[], members: readonly SentField[]): string[] {
	const labels = labelsAt(steps, members);
	return labels.length > 0 || steps.length === 1 ? labels : labelsAt(steps.slice(1), members);
}
