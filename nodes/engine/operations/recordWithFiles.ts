import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import { ALL_FILES, type FileChoice, type JobFile, type Readable } from '../../heygen/jobs/kind';
import { isNothing } from '../../heygen/values/reading';
import type { Call, Handler } from '../item/call';
import { outputItem } from '../item/outputItem';
import { downloadFiles, wantedFiles } from '../jobs/jobFiles';
import { readRecord } from '../request/readRecord';

/**
 * An operation that reads one record, whose address is the operation's path, and fetches those of its files that the
 * parameter `download` names. No file must be there: what the record lacks is named in `missing_files`.
 *
 * @param what what it is, and the files that it may have
 * @param shape turns HeyGen's `data` into the item's JSON
 */
export function recordWithFiles(
	what: Omit<Readable, 'recordPath'> & FileChoice,
	shape: (data: IDataObject, call: Call) => IDataObject,
): Handler {
	return async (call) => {
		const wanted = wantedFiles(call, what);
		const id = call.ids[what.idField] as string;
		// The path is complete.
		const kind: Readable = { ...what, recordPath: call.path };
		const read = async () => await readRecord(call.client, kind, id);
		const record = await read();
		const isThere = ({ urlField }: JobFile) => !isNothing(record[urlField]);
		const files = wanted.includes(ALL_FILES) ? what.files : wanted;
		const again = 'Run the item again.';
		const fetched = await downloadFiles(call.files, kind, id, record, files.filter(isThere), again, read);
		const absent = wanted.includes(ALL_FILES) ? [] : files.filter((file) => !isThere(file)).map(({ name }) => name);
		const missing = [...absent, ...fetched.missing];
		const json = { ...shape({ ...record, ...fetched.urls }, call), ...(missing.length === 0 ? {} : { missing_files: missing }) };
		return [outputItem(json, call.itemIndex, fetched.binary as IBinaryKeyData)];
	};
}
