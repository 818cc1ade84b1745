import omit from 'lodash/omit';
import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import { type JobFile, type JobKind, type PartsOfJob, partsIn, type Readable } from '../../heygen/jobs/kind';
import { idIn } from '../../heygen/records';
import { isNothing } from '../../heygen/values/reading';
import { settle } from '../basics/settle';
import { type Call, FailedPart, type Piece } from '../item/call';
import { outputItem } from '../item/outputItem';
import { asWanted } from '../item/simplify';
import { readRecord } from '../request/readRecord';
import { downloadFiles } from './jobFiles';

/** A finished job with several results. */
interface Finished {
	id: string;
	record: IDataObject;
	/** What is wanted of each part. */
	files: readonly JobFile[];
	/** How to fetch a file later. */
	again: string;
	/** What the output says of the job besides its record. */
	besides: IDataObject;
}

/**
 * The output of a job with several results: an item for each, with its files, and the job itself in the field `job`. A part
 * without a file goes on all the same, and names what it lacks. A job without parts is one item.
 *
 * @param call the item
 * @param kind the job's kind
 * @param parts where its record has the parts
 * @param finished the job
 */
export async function partsOutput(call: Call, kind: JobKind, parts: PartsOfJob, finished: Finished): Promise<Piece[]> {
	const { id, record, besides } = finished;
	const whole = { [kind.idField]: id, ...omit(record, parts.field) };
	const job = { ...omit(asWanted(call, kind.outline, whole), parts.field), ...besides };
	const found = partsIn(parts, record) as IDataObject[];
	if (found.length === 0) return [outputItem({ ...job, [parts.field]: [] }, call.itemIndex)];
	const itemOf = async (part: IDataObject, place: number) => {
		const made = await settle(partItem(call, kind, parts, finished, { part, place, job }));
		return made.ok ? made.value : new FailedPart(made.error);
	};
	return await Promise.all(found.map(itemOf));
}

/** One result. */
interface Result {
	part: IDataObject;
	/** Its place among the job's results, from 0 on. */
	place: number;
	/** What its item says of the job. */
	job: IDataObject;
}

async function partItem(
	call: Call,
	kind: JobKind,
	parts: PartsOfJob,
	{ id, files, again }: Finished,
	{ part, place, job }: Result,
): Promise<Piece> {
	const { idField } = parts.outline;
	const partId = idIn(part, [idField]) ?? `${id}-${place + 1}`;
	const what: Readable = { noun: parts.noun, idField, recordPath: kind.recordPath, files: kind.files };
	const isThere = ({ urlField }: JobFile) => !isNothing(part[urlField]);
	// A part is not the whole: what was made of it is worth having without its film.
	const fetched = await downloadFiles(call.files, what, partId, part, files.filter(isThere), again, async () => {
		return (partsIn(parts, await readRecord(call.client, kind, id))[place] ?? {}) as IDataObject;
	});
	const missing = [...files.filter((file) => !isThere(file)).map(({ name }) => name), ...fetched.missing];
	const record = asWanted(call, parts.outline, { ...part, [idField]: partId, ...fetched.urls });
	const json = { [kind.idField]: id, ...record, ...(missing.length === 0 ? {} : { missing_files: missing }), job };
	return outputItem(json, call.itemIndex, fetched.binary as IBinaryKeyData);
}
