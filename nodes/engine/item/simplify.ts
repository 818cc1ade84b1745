import type { IDataObject } from 'n8n-workflow';

import { type JobKind, partsIn } from '../../heygen/jobs/kind';
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

/**
 * A job's record as the item's parameter asks for it: with the job's id under the name that other operations take, and
 * with what follows from the record.
 *
 * @param call the item
 * @param kind the job's kind
 * @param record as HeyGen sent it
 * @param id the job, where that is known besides the record
 */
export function jobRecord(call: Pick<Call, 'parameter'>, kind: JobKind, record: IDataObject, id = idIn(record, [kind.idField])): IDataObject {
	const whole = { ...(id === undefined ? {} : { [kind.idField]: id }), ...record };
	const wanted = { ...asWanted(call, kind.outline, whole), ...(kind.derived?.(record) as IDataObject | undefined) };
	const { parts } = kind;
	if (parts === undefined || wanted[parts.field] === undefined) return wanted;
	// Of parts that are no records HeyGen says nothing: such a list goes on as it is.
	const short = partsIn(parts, record).map((part) => asWanted(call, parts.outline, part as IDataObject));
	return short.length === 0 ? wanted : { ...wanted, [parts.field]: short };
}

/**
 * The form of a record that is no job's, for an operation's `shape`: its id goes on under the name that other operations
 * take.
 *
 * @param outline what people use of the record
 */
export function outlineShape(outline: RecordOutline) {
	return (record: IDataObject, call: Pick<Call, 'parameter'>): IDataObject => {
		const id = idIn(record, [outline.idField]);
		return asWanted(call, outline, { ...(id === undefined ? {} : { [outline.idField]: id }), ...record });
	};
}

/**
 * The form of a job's record, for an operation's `shape`.
 *
 * @param kind the job's kind
 */
export function jobShape(kind: JobKind) {
	return (record: IDataObject, call: Pick<Call, 'parameter'>): IDataObject => jobRecord(call, kind, record);
}

function picked(record: IDataObject, fields: readonly string[]): IDataObject {
	const kept: IDataObject = {};
	for (const field of fields) if (record[field] !== undefined) kept[field] = record[field];
	return kept;
}
