import omit from 'lodash/omit';
import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	FAILED_WORDS,
	type JobFile,
	type JobKind,
	type PartsOfJob,
	partsIn,
	type Readable,
	stateWord,
} from '../../heygen/jobs/kind';
import { failureIn } from '../../heygen/reasons';
import { idIn } from '../../heygen/records';
import { isNothing } from '../../heygen/values/reading';
import { withDetails } from '../basics/errors';
import { settle } from '../basics/settle';
import { type Call, FailedPart, type Piece } from '../item/call';
import { outputItem } from '../item/outputItem';
import { asWanted, jobRecord } from '../item/simplify';
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
	/** What the output says of the job besides its record, once: sums over the items must not count a cost twice. */
	besides: IDataObject;
}

/**
 * The output of a job with several results: an item for each, with its files, and the job itself in the field `job`. A part
 * without a file goes on all the same, and names what it lacks. A part whose main file cannot be fetched is an error of its
 * own. A job without parts is one item.
 *
 * @param call the item
 * @param kind the job's kind
 * @param parts where its record has the parts
 * @param finished the job
 */
export async function partsOutput(call: Call, kind: JobKind, parts: PartsOfJob, finished: Finished): Promise<Piece[]> {
	const { id, record, besides } = finished;
	const job = omit(jobRecord(call, kind, record, id), parts.field);
	const found = partsIn(parts, record) as IDataObject[];
	if (found.length === 0) {
		// What is there but cannot be read as parts has been paid for as well.
		const there = isNothing(record[parts.field]) ? [] : record[parts.field];
		return [outputItem({ ...job, [parts.field]: there, ...besides }, call.itemIndex)];
	}
	const itemOf = async (part: IDataObject, place: number): Promise<INodeExecutionData | FailedPart> => {
		const made = await settle(partItem(call, kind, parts, finished, { part, place, job }));
		return made.ok ? made.value : new FailedPart(withDetails(made.error, { [kind.idField]: id }, `${kind.noun} ${id}`));
	};
	const pieces = await Promise.all(found.map(itemOf));
	const first = pieces.find((piece) => !(piece instanceof FailedPart));
	if (first !== undefined && !(first instanceof FailedPart)) first.json.job = { ...job, ...besides };
	return pieces;
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
): Promise<INodeExecutionData> {
	const { idField } = parts.outline;
	const ownId = idIn(part, [idField]);
	const partId = ownId ?? `${id}-${place + 1}`;
	const what: Readable = { noun: parts.noun, idField, recordPath: kind.recordPath, files: kind.files };
	const isThere = ({ urlField }: JobFile) => !isNothing(part[urlField]);
	// A part is not the whole: what was made of it is worth having without its film.
	const fetched = await downloadFiles(call.files, what, partId, part, files.filter(isThere), again, async () => {
		const fresh = partsIn(parts, await readRecord(call.client, kind, id)) as IDataObject[];
		const isSame = (other: IDataObject) => idIn(other, [idField]) === ownId;
		// Its place counts first: HeyGen does not say that the ids of parts are unique.
		const inPlace = fresh[place];
		return (inPlace !== undefined && isSame(inPlace) ? inPlace : fresh.find(isSame)) ?? {};
	});
	const missing = [...files.filter((file) => !isThere(file)).map(({ name }) => name), ...fetched.missing];
	const whole = { [idField]: partId, ...part, ...failureOf(kind, part), ...fetched.urls };
	const record = asWanted(call, parts.outline, whole);
	const json = { [kind.idField]: id, ...record, ...(missing.length === 0 ? {} : { missing_files: missing }), job };
	return outputItem(json, call.itemIndex, fetched.binary as IBinaryKeyData);
}

/** Why a part has failed, in the field where parts say so, wherever HeyGen says it. */
function failureOf(kind: JobKind, part: IDataObject): IDataObject {
	const [field] = kind.failureMessageFields;
	if (field === undefined || !isNothing(part[field]) || !FAILED_WORDS.includes(stateWord(part.status))) return {};
	const { message, code } = failureIn(part, kind);
	const reason = message ?? code;
	return reason === undefined ? {} : { [field]: reason };
}
