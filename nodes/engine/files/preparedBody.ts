import intersection from 'lodash/intersection';
import isPlainObject from 'lodash/isPlainObject';
import trim from 'lodash/trim';
import type { IDataObject } from 'n8n-workflow';

import { FilesToZip, FileToUpload, InlineFile, SubtitlesToUpload } from '../../heygen/fileUses';
import type { FileKind } from '../../heygen/formats';
import { amount, shown } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { filledPlace, placeName } from '../item/body';
import type { Call } from '../item/call';
import { inlineBinary } from './binary';
import { contentName, type ReadyFile } from './readyFile';
import { CHECKED_SUBTITLES, givenSubtitles } from './subtitlesFile';
import { Uploads } from './uploads';

/** A body whose files have been found and checked. */
export interface PreparedBody {
	/** What makes the request another one, with every file named by what is in it: the same in every run, whatever asset the file becomes. */
	content: IDataObject;
	/** The body as people read it, with the files that would be uploaded by their names. */
	preview: IDataObject;
	/**
	 * Seconds that the file at a place of the body plays for.
	 *
	 * @param place "audio_asset_id", and with the index of a list's entry "scenes.0.source.asset_id"
	 * @returns undefined when there is no such file, or its header does not say
	 */
	secondsOf(place: string): number | undefined;
	/**
	 * What kinds of files a field of the body holds.
	 *
	 * @param place the field, at the top of the body: "references"
	 * @returns those of the files that are known here, in their order
	 */
	kindsAt(place: string): FileKind[];
	/**
	 * Uploads binary fields, which become asset ids, and makes base64 of data URLs.
	 *
	 * @returns the body to send
	 * @throws EngineError when a file cannot be uploaded
	 */
	upload(): Promise<IDataObject>;
}

/**
 * Finds the files of a request body and checks them, without sending anything.
 *
 * @param call the item
 * @param body checked by its schema
 * @param content what makes the request another one, with the body's files
 * @throws EngineError when a file is missing, or HeyGen would not take it
 */
export async function preparedBody(call: Call, body: IDataObject, content = body): Promise<PreparedBody> {
	const found: Found[] = [];
	collect(body, [], found);
	if (found.length === 0) return { content, preview: body, secondsOf: () => undefined, kindsAt: () => [], upload: async () => body };
	checkOwnBinaryFields(found);
	const uploads = Uploads.of(call);
	const ready = await Promise.all(
		found.map(async ({ file, path }) => {
			if (file instanceof FileToUpload) return await uploads.prepare(call, file);
			if (file instanceof FilesToZip) return await uploads.prepareArchive(call, file);
			if (file instanceof SubtitlesToUpload) {
				const label = `'${placeName([...path.slice(0, -1), 'text'], call.names)}'`;
				return await uploads.prepareFound(call, givenSubtitles(call, file, label), CHECKED_SUBTITLES);
			}
			// A data URL stands in the field for the file's address.
			const label = `'${placeName(filledPlace(givenAt(file, path), call.names, ['url']), call.names)}'`;
			return await uploads.prepareFound(call, inlineBinary(file, label), file.use);
		}),
	);
	const contentOf = (index: number) => ready[index] as ReadyFile;
	const named = (within: IDataObject, nameOf: (file: ReadyFile) => string) =>
		replaced(within, new Map<unknown, unknown>(found.map(({ file }, index) => [file, nameOf(contentOf(index))]))) as IDataObject;
	return {
		content: named(content, contentName),
		preview: named(body, ({ name, partCount }) => `(upload of ${name}${partCount === undefined ? '' : ` with ${amount(partCount, 'file')}`})`),
		secondsOf: (place) => {
			const index = found.findIndex(({ path }) => path.join('.') === place);
			return index < 0 ? undefined : contentOf(index).seconds;
		},
		kindsAt: (place) =>
			found.flatMap(({ path }, index) => (path[0] === place ? [contentOf(index).format.kind] : [])),
		upload: async () => {
			const values = new Map<unknown, unknown>();
			for (const [index, { file }] of found.entries()) {
				const content = contentOf(index);
				values.set(
					file,
					file instanceof InlineFile
						? { type: 'base64', media_type: content.mediaType, data: file.data }
						: (await uploads.upload(call, content)).asset_id,
				);
			}
			return replaced(body, values) as IDataObject;
		},
	};
}

/**
 * Makes sure that no binary field is named twice for files that cannot be the same: parameters all begin with the name
 * "data", and that one of the files is of a wrong format would not say so.
 */
function checkOwnBinaryFields(found: readonly Found[]): void {
	const named = found.flatMap(({ file }) => (file instanceof FileToUpload && typeof file.source === 'string' ? [file] : []));
	for (const [index, { source, parameter, use }] of named.entries()) {
		const other = named
			.slice(0, index)
			.find((earlier) => trim(earlier.source as string) === trim(source as string) && intersection(earlier.use.formats, use.formats).length === 0);
		if (other === undefined) continue;
		throw inputError(
			`'${other.parameter}' and '${parameter}' both name the binary field ${shown(trim(source as string))}, but take different kinds of files`,
			'Name the field that each file is in, or give one of the files by URL or asset.',
		);
	}
}

interface Found {
	file: FileToUpload | FilesToZip | InlineFile | SubtitlesToUpload;
	/** Names of the fields on the way to it, and indexes of lists. */
	path: Array<string | number>;
}

/** The place whose field gave a file, which may be another one than where it goes. */
function givenAt({ field }: InlineFile, path: Found['path']): Found['path'] {
	if (field === undefined) return path;
	const row = path.findIndex((part) => typeof part === 'number');
	return [...path.slice(0, row + 1), field];
}

function isFile(value: unknown): value is Found['file'] {
	return [FileToUpload, FilesToZip, InlineFile, SubtitlesToUpload].some((kind) => value instanceof kind);
}

function collect(value: unknown, path: Found['path'], found: Found[]): void {
	if (isFile(value)) found.push({ file: value, path });
	else if (Array.isArray(value)) value.forEach((entry, index) => collect(entry, [...path, index], found));
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
