import snakeCase from 'lodash/snakeCase';
import type { IBinaryData, IBinaryKeyData, IDataObject } from 'n8n-workflow';

import type { JobFile, Readable } from '../../heygen/jobs/kind';
import { SUBTITLES_MAX_MB } from '../../heygen/limits';
import { decodeSubtitles } from '../../heygen/srt/encoding';
import { isNothing } from '../../heygen/values/reading';
import { settle } from '../basics/settle';
import { LARGEST_MEGABYTE } from '../files/checkFile';
import { storedBytes } from '../files/storedText';
import type { Call, Handler } from '../item/call';
import { outputItem } from '../item/outputItem';
import { downloadFiles, wantedFiles } from '../jobs/jobFiles';
import { readRecord } from '../request/readRecord';

/**
 * An operation that fetches subtitles: into binary fields, and as text into fields of the item, where people and models can
 * read and change it.
 *
 * @param what what has the subtitles; its record, whose address is the operation's path, names the files
 */
export function subtitleFiles(what: Omit<Readable, 'recordPath'>): Handler {
	return async (call) => {
		const files = wantedFiles(call, what);
		const id = call.ids[what.idField] as string;
		// The path is complete.
		const kind: Readable = { ...what, recordPath: call.path };
		const read = async () => await readRecord(call.client, kind, id, `get the subtitles of the ${what.noun} ${id}`);
		const record = await read();
		const fetched = await downloadFiles(call.files, kind, id, record, files, 'Run the item again.', read);
		const texts = await Promise.all(files.map(async (file) => await textOf(call, file, fetched.binary[file.name])));
		const missing = fetched.missing.length === 0 ? {} : { missing_files: fetched.missing };
		const json = { [what.idField]: id, ...record, ...fetched.urls, ...Object.assign({}, ...texts), ...missing } as IDataObject;
		return [outputItem(json, call.itemIndex, fetched.binary as IBinaryKeyData)];
	};
}

/** A file's text, under its name as HeyGen writes names: `original_subtitles`. What is no text is in the binary field alone. */
async function textOf(call: Call, { name }: JobFile, stored: IBinaryData | undefined): Promise<IDataObject> {
	if (stored === undefined) return {};
	const read = await settle(storedBytes(call.files, stored, SUBTITLES_MAX_MB * LARGEST_MEGABYTE));
	call.client.signal?.throwIfAborted();
	const text = read.ok && read.value !== undefined ? decodeSubtitles(read.value).value : undefined;
	if (isNothing(text)) call.run.report.remark('Subtitles that are no readable text are in the binary field alone.', call.itemIndex);
	return { [snakeCase(name)]: text ?? null };
}
