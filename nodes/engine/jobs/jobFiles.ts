import get from 'lodash/get';
import uniq from 'lodash/uniq';
import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { ALL_FILES, type FileChoice, type JobFile, type JobKind, mainFileOf, type Readable } from '../../heygen/jobs/kind';
import { firstText } from '../../heygen/records';
import { readEntries } from '../../heygen/values/lists';
import { readChoice } from '../../heygen/values/plain';
import { isNothing } from '../../heygen/values/reading';
import { shown, slugOf } from '../../heygen/values/text';
import { EngineError, inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import { fetchFile } from '../files/fetchFile';
import { placeName } from '../item/body';
import type { Call, FileStore } from '../item/call';
import { presetBurnsCaptions } from '../item/preset';

/** Files of a job that were fetched. */
export interface FetchedFiles {
	/** Under the names of the `download` parameter. */
	binary: Record<string, IBinaryData>;
	/** Wanted files the job does not have, or that could not be fetched although others were. */
	missing: string[];
	/** URLs that were renewed on the way, by the record's field. */
	urls: IDataObject;
}

/**
 * Reads the `download` parameter. Where the item's preset has captions burned in, the captioned video belongs to the
 * video, which has none.
 *
 * @param call the item
 * @param kind the job's kind, or whatever else offers files
 * @returns the files; `ALL_FILES` among them stands for all that there are
 * @throws EngineError when it names a file this kind does not have
 */
export function wantedFiles(call: Call, kind: FileChoice): JobFile[] {
	const offered = kind.hasEqualFiles === true ? [ALL_FILES, ...kind.files] : kind.files;
	const files = chosenFiles(call.parameter<unknown>('download', []), offered);
	const [main] = kind.files;
	if (main === undefined || !files.includes(main) || !presetBurnsCaptions(call)) return files;
	return uniq([...files, ...kind.files.filter(({ name }) => name === 'captionedVideo')]);
}

/**
 * The files of `download` that a create makes.
 *
 * @param call the item
 * @param kind the job's kind
 * @param wanted what `download` names
 * @param body the create's, which may list the files to make
 * @throws EngineError when `download` names a file that the create does not make
 */
export function orderedFiles(call: Call, kind: JobKind, wanted: readonly JobFile[], body: IDataObject): readonly JobFile[] {
	const { orderedBy, files } = kind;
	if (orderedBy === undefined) return wanted;
	const list = body[orderedBy];
	const ordered = Array.isArray(list) && list.length > 0 ? (list as unknown[]) : undefined;
	const made = files.filter(({ name }) => ordered === undefined || ordered.includes(name));
	if (wanted.includes(ALL_FILES)) return made;
	const other = wanted.find((file) => !made.includes(file));
	if (other === undefined) return wanted;
	const field = placeName([orderedBy], call.names);
	throw inputError(
		`'Download' asks for the file '${other.displayName}', but '${field}' does not make one`,
		`Choose '${other.displayName}' in '${field}' as well, or remove it from 'Download'.`,
	);
}

/**
 * The files that a value of `download` names.
 *
 * @param value as the parameter has it
 * @param files what it can name
 * @throws EngineError when it names another
 */
export function chosenFiles(value: unknown, files: readonly JobFile[]): JobFile[] {
	const names = files.map(({ name }) => name);
	const displayNames = files.map(({ displayName }) => displayName);
	const wanted = readEntries(
		value,
		(given) => readChoice(given, names, displayNames).value,
		(given) => `has an unknown value: ${shown(given)}`,
	);
	if (wanted.problem !== undefined) throw inputError(`'Download' ${wanted.problem}`, `It can be: ${names.join(', ')}.`);
	return uniq(wanted.value).flatMap((name) => files.filter((file) => file.name === name));
}

/**
 * Fetches files of a finished job into n8n's binary store, streaming.
 *
 * @param store where from, and where to
 * @param kind the job's kind
 * @param id the job
 * @param record its record, with the presigned URLs
 * @param files what to fetch
 * @param again how to fetch them later
 * @param reread reads the record again, for fresh URLs
 * @throws EngineError when the main file, or none at all, can be fetched, or the job lacks its main file
 */
export async function downloadFiles(
	store: FileStore,
	kind: Readable,
	id: string,
	record: IDataObject,
	files: readonly JobFile[],
	again: string,
	reread: () => Promise<IDataObject>,
): Promise<FetchedFiles> {
	const fetched: FetchedFiles = { binary: {}, missing: [], urls: {} };
	let failure: EngineError | undefined;
	for (const file of files) {
		const result = await settle(fetchOne(store, kind, id, record, file, again, reread, fetched.urls));
		if (result.ok && result.value !== undefined) fetched.binary[file.name] = result.value;
		else if (result.ok) fetched.missing.push(file.name);
		else if (isMain(kind, record, file) || !(result.error instanceof EngineError)) throw result.error;
		else {
			failure ??= result.error;
			fetched.missing.push(file.name);
		}
	}
	const isEmptyHanded = Object.keys(fetched.binary).length === 0;
	// What has been fetched is not lost for a file beside it; `missing` names that.
	if (failure !== undefined && isEmptyHanded) throw failure;
	if (kind.hasEqualFiles === true && isEmptyHanded && files.length > 0) throw noFile(kind, id, again);
	return fetched;
}

/** Whether a finished job must have a file. */
function isMain(kind: Readable, record: IDataObject, file: JobFile): boolean {
	return kind.hasEqualFiles !== true && file === mainFileOf(kind, record);
}

function noFile({ noun, idField }: Readable, id: string, again: string): EngineError {
	return new EngineError(`The finished ${noun} ${id} has no file to download`, again, { [idField]: id });
}

/** What names of files say beside the id: "-spanish-spain". */
function fileLabel({ fileLabelField }: Readable, record: IDataObject): string {
	const label = fileLabelField === undefined ? undefined : firstText(record, [fileLabelField]);
	const slug = label === undefined ? '' : slugOf(label);
	return slug === '' ? '' : `-${slug}`;
}

/** @returns undefined when the job has no such file */
async function fetchOne(
	store: FileStore,
	kind: Readable,
	id: string,
	record: IDataObject,
	file: JobFile,
	again: string,
	reread: () => Promise<IDataObject>,
	urls: IDataObject,
): Promise<IBinaryData | undefined> {
	const about = { [kind.idField]: id };
	const url = get(record, file.urlField) as unknown;
	if (isNothing(url)) {
		if (!isMain(kind, record, file)) return undefined;
		throw noFile(kind, id, again);
	}
	return await fetchFile(store, {
		what: `the ${file.displayName.toLowerCase()} of ${kind.noun} ${id}`,
		advice: `The ${kind.noun} itself is safe in HeyGen. ${again}`,
		fileName: `${id}${fileLabel(kind, record)}${file.suffix}`,
		mimeType: file.mimeType,
		url: typeof url === 'string' ? url : JSON.stringify(url),
		urlField: file.urlField,
		about,
		renew: async () => {
			const fresh: unknown = get(await reread(), file.urlField);
			if (typeof fresh === 'string' && fresh !== '') urls[file.urlField] = fresh;
			return urls[file.urlField] as string | undefined;
		},
	});
}
