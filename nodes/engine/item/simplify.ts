import type { IDataObject } from 'n8n-workflow';

import { idIn, type RecordOutline, shortRecord } from '../../heygen/records';
import type { Call } from './call';
import type { Run } from './run';

/** What the parameter `simplify` makes of a record. */

/** Nodes from this version on put out an id under one name, and simplify unless told not to. */
export const SIMPLE_VERSION = 1.1;

/** What decides on the form of an item's output. */
type Wish = Pick<Call, 'parameter'> & { run: Pick<Run, 'nodeVersion'> };

/**
 * A record as the item's parameter asks for it.
 *
 * @param call the item
 * @param outline what people use of the record
 * @param record the whole
 */
export function asWanted(call: Pick<Call, 'parameter'>, outline: RecordOutline, record: IDataObject): IDataObject {
	return call.parameter('simplify', false) ? shortRecord(record, outline) : record;
}

/**
 * The form of records that HeyGen names by their plain `id`. The id goes on under the name that other operations take
 * as well, simplified or not; nodes of version 1 keep what they put out.
 *
 * @param outline what people use of the record
 * @param firstFields what Simplify keeps in version 1, if it was there
 * @returns for an operation's `shape`
 */
export function recordShape(outline: RecordOutline, firstFields?: readonly string[]) {
	return (record: IDataObject, call: Wish): IDataObject => {
		const isFirst = call.run.nodeVersion < SIMPLE_VERSION;
		if (isFirst && firstFields !== undefined) return call.parameter('simplify', false) ? picked(record, firstFields) : record;
		const id = idIn(record, [outline.idField]);
		const whole = isFirst || id === undefined ? record : { [outline.idField]: id, ...record };
		return asWanted(call, outline, whole);
	};
}

function picked(record: IDataObject, fields: readonly string[]): IDataObject {
	const kept: IDataObject = {};
	for (const field of fields) if (record[field] !== undefined) kept[field] = record[field];
	return kept;
}
