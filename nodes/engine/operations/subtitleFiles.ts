import pick from 'lodash/pick';
import snakeCase from 'lodash/snakeCase';
import uniq from 'lodash/uniq';
import type { IBinaryData, IBinaryKeyData, IDataObject } from 'n8n-workflow';

import type { JobFile, JobKind, Readable } from '../../heygen/jobs/kind';
import { decodeSubtitles } from '../../heygen/srt/encoding';
import { readSrt } from '../../heygen/srt/readSrt';
import { EngineError, reworded } from '../basics/errors';
import { settle } from '../basics/settle';
import { firstBytes } from '../files/gathered';
import { SUBTITLES_MAX_BYTES } from '../files/subtitlesFile';
import type { Call, Handler } from '../item/call';
import { outputItem } from '../item/outputItem';
import { downloadFiles, wantedFiles } from '../jobs/jobFiles';
import { readRecord } from '../request/readRecord';

/**
 * An operation that fetches subtitles: into binary fields, and as text into fields of the item, where people and models can
 * read and change it. The text of the main file is there whatever is downloaded.
 *
 * @param what what has the subtitles; its record, whose address is the operation's path, names the files
 * @param owner the job that they are of: what it is about goes along
 */
export function subtitleFiles(what: Omit<Readable, 'recordPath'>, owner: JobKind): Handler {
	return async (call) => {
		const wanted = wantedFiles(call, what);
		const id = call.ids[what.idField] as string;
		// The path is complete.
		const kind: Readable = { ...what, recordPath: call.path };
		const read = async () => await readRecord(call.client, kind, id, `get the subtitles of the ${what.noun} ${id}`);
		const [answer, job] = await Promise.all([notYet(read()), settle(readRecord(call.client, owner, id))]);
		// The names of files say the language, which the job has.
		const record = { ...(job.ok ? pick(job.value, ABOUT) : {}), ...answer };
		const files = uniq([...what.files.slice(0, 1), ...wanted]);
		const fetched = await downloadFiles(call.files, kind, id, record, files, 'Run the item again.', read);
		const texts = await Promise.all(files.map(async (file) => await textOf(call, file, fetched.binary[file.name])));
		const missing = fetched.missing.length === 0 ? {} : { missing_files: fetched.missing };
		const json = { [what.idField]: id, ...record, ...fetched.urls, ...Object.assign({}, ...texts), ...missing } as IDataObject;
		const names = wanted.map(({ name }) => name);
		return [outputItem(json, call.itemIndex, pick(fetched.binary, names) as IBinaryKeyData)];
	};
}

/** What whoever corrects the subtitles has to know of them. */
const ABOUT = ['title', 'output_language', 'input_language'];

/** Says of subtitles that are not there yet what to do. */
async function notYet(reading: Promise<IDataObject>): Promise<IDataObject> {
	const read = await settle(reading);
	if (read.ok) return read.value;
	const { error } = read;
	const isEarly = error instanceof EngineError && error.details.httpCode === '409';
	throw isEarly ? reworded(error, { advice: "Wait for them with the operation 'Wait Until Finished', or leave 'Wait for Completion' on in 'Create'." }) : error;
}

/** A file's text, under its name as HeyGen writes names: `original_subtitles`. What is no SRT is in the binary field alone. */
async function textOf(call: Call, { name }: JobFile, stored: IBinaryData | undefined): Promise<IDataObject> {
	if (stored === undefined) return {};
	const read = await settle(firstBytes(call.files, stored, SUBTITLES_MAX_BYTES + 1));
	call.client.signal?.throwIfAborted();
	const text = read.ok && read.value.length <= SUBTITLES_MAX_BYTES ? decodeSubtitles(read.value).value : undefined;
	const isSrt = readSrt(text, { strict: false }).value !== undefined;
	if (!isSrt) call.run.report.remark('Subtitles that are no SRT text are in the binary field alone', call.itemIndex);
	return { [snakeCase(name)]: isSrt ? text : null };
}
