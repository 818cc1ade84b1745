import { FileToUpload } from '../../heygen/fileUses';
import { readLabel } from '../../heygen/values/plain';
import { amount } from '../../heygen/values/text';
import { inputError, withDetails } from '../basics/errors';
import { settle, type Settled } from '../basics/settle';
import { fieldsNamed } from '../files/binary';
import { binaryFields } from '../item/itemFiles';
import type { Asset } from '../files/readyFile';
import { Uploads } from '../files/uploads';
import { type Call, FailedPart, type Handler } from '../item/call';
import { taken } from '../item/given';
import { ownKey } from '../item/idempotency';
import { outputItem } from '../item/outputItem';

/** Files of a run from which on they go up in batches. */
const BATCH_FROM = 10;

/** Display name of the parameter that names the files to upload. */
export const UPLOAD_PARAMETER = 'Input Binary Field';

/**
 * An operation that uploads files of the item: one output item for each. Reads the parameters `allBinaryFields` and
 * `binaryPropertyName`, and the option `fileName`.
 */
export function upload(): Handler {
	return async (call) => {
		const files = filesOf(call);
		const uploads = Uploads.of(call);
		// HeyGen takes one key for a whole batch, so a key of the user's own goes with each file alone.
		const hasOwnKey = ownKey(call.options) !== undefined;
		const many = !hasOwnKey && call.run.itemCount * files.length >= BATCH_FROM;
		const results = many ? await uploads.uploadInBatches(call, files) : await oneByOne(call, uploads, files);
		call.client.signal?.throwIfAborted();
		// What did get there is not lost, and need not be uploaded again.
		const ids = results.flatMap((result) => (result.ok ? [String(result.value.asset_id)] : []));
		return results.map((result, index) => {
			if (!result.ok) return new FailedPart(withUploaded(result.error, ids));
			const { source } = files[index] as FileToUpload;
			const field = typeof source === 'string' ? { binary_field: source } : {};
			return outputItem({ ...result.value, ...field }, call.itemIndex);
		});
	};
}

function filesOf(call: Call): FileToUpload[] {
	const fields = call.parameter('allBinaryFields', false) ? binaryFields(call) : namedFields(call);
	if (fields.length === 0) {
		throw inputError(
			"'All Binary Fields': the item carries no file",
			'Add a node in front that hands one on, such as Read/Write Files from Disk or HTTP Request, and see the Binary tab of the input.',
		);
	}
	const given = taken('File Name', readLabel(call.options.fileName)) ?? '';
	const name = call.run.memory.fileName(call.itemIndex, given);
	if (name !== '' && fields.length > 1) {
		throw inputError(
			`'File Name' is one name, but the item has ${amount(fields.length, 'file')} to upload`,
			'Upload them in nodes of their own, or without the option: each then has the name it has in n8n.',
		);
	}
	return fields.map(
		(field) => new FileToUpload(field, UPLOAD_PARAMETER, undefined, name === '' ? undefined : name),
	);
}

/** One or several field names in any form of a list; or the binary data that an expression gave. */
function namedFields(call: Call): unknown[] {
	const fields = fieldsNamed(call, call.parameter<unknown>('binaryPropertyName', ''));
	// Nothing given is told as a field that is empty.
	return fields.length === 0 ? [''] : fields;
}

/** Checks all files of an item before the first is sent. */
async function oneByOne(
	call: Call,
	uploads: Uploads,
	files: readonly FileToUpload[],
): Promise<Array<Settled<Asset>>> {
	const ready = await Promise.all(files.map(async (file) => await uploads.prepare(call, file)));
	return await Promise.all(ready.map(async (file) => await settle(uploads.upload(call, file))));
}

/** The error of a file, with the assets that other files of its item have become. */
function withUploaded(error: unknown, ids: string[]): unknown {
	return ids.length === 0 ? error : withDetails(error, { uploaded: ids }, `uploaded before: ${ids.join(', ')}`);
}
