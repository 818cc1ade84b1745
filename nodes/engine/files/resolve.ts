import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { FileToUpload, InlineFile } from '../../heygen/fileUses';
import { fieldName } from '../body';
import type { Call } from '../operation';
import { inlineBinary } from './binary';
import { Uploads } from './uploads';

/**
 * Brings the files of a request body to HeyGen: binary fields are uploaded and become asset ids, data URLs become
 * base64. All files are checked before the first one is sent.
 *
 * @param call the item
 * @param body checked by its schema
 * @returns the body to send; the same one when it has no files
 * @throws EngineError when a file is missing, HeyGen would not take it, or it cannot be uploaded
 */
export async function withFiles(call: Call, body: IDataObject): Promise<IDataObject> {
	const found: Found[] = [];
	collect(body, [], found);
	if (found.length === 0) return body;
	const uploads = Uploads.of(call);
	const ready = await Promise.all(
		found.map(async ({ file, path }) =>
			file instanceof FileToUpload
				? await uploads.prepare(call, file)
				: await uploads.check(call, inlineBinary(file, `'${path.map(fieldName).join(' → ')}'`), file.use),
		),
	);
	const values = new Map<unknown, unknown>();
	for (const [index, { file }] of found.entries()) {
		const content = ready[index] as (typeof ready)[number];
		values.set(
			file,
			file instanceof FileToUpload
				? (await uploads.upload(call, content)).asset_id
				: { type: 'base64', media_type: content.mediaType, data: file.data },
		);
	}
	return replaced(body, values) as IDataObject;
}

interface Found {
	file: FileToUpload | InlineFile;
	/** Names of the fields on the way to it. */
	path: string[];
}

function collect(value: unknown, path: string[], found: Found[]): void {
	if (value instanceof FileToUpload || value instanceof InlineFile) found.push({ file: value, path });
	else if (Array.isArray(value)) value.forEach((entry) => collect(entry, path, found));
	else if (isPlainObject(value)) {
		for (const [key, entry] of Object.entries(value as IDataObject)) collect(entry, [...path, key], found);
	}
}

function replaced(value: unknown, values: ReadonlyMap<unknown, unknown>): unknown {
	if (values.has(value)) return values.get(value);
	if (Array.isArray(value)) return value.map((entry) => replaced(entry, values));
	if (!isPlainObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value as IDataObject).map(([key, entry]) => [key, replaced(entry, values)]),
	);
}
