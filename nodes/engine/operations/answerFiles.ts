import get from 'lodash/get';
import isPlainObject from 'lodash/isPlainObject';
import set from 'lodash/set';
import type { IBinaryKeyData } from 'n8n-workflow';

import { parseUrl } from '../../heygen/hosts';
import { idOf } from '../../heygen/records';
import { entriesOf } from '../../heygen/values/lists';
import { isNothing } from '../../heygen/values/reading';
import { shown } from '../../heygen/values/text';
import { EngineError, inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import { fetchFile } from '../files/fetchFile';
import type { Call } from '../item/call';

/** Files of an answer whose fields the user names. */

/** The option that names the fields. */
export const DOWNLOAD_FIELDS = { name: 'download', label: 'Download' } as const;

/** "audio_url", "clips.0.video_url". */
const FIELD = /^[\w-]{1,100}(\.[\w-]{1,100}){0,20}$/;

/**
 * Reads the option `download`: names of fields that hold addresses of files, in any form of a list.
 *
 * @param call the item
 * @returns each once, with dots between the names of fields and places in lists
 * @throws EngineError for what is no name of a field
 */
export function wantedFields({ options }: Pick<Call, 'options'>): string[] {
	const fields = entriesOf(options[DOWNLOAD_FIELDS.name]).map((entry) => {
		const field = typeof entry === 'string' ? entry.replace(/^\[(\d{1,9})\]/, '$1').replace(/\[(\d{1,9})\]/g, '.$1') : '';
		if (FIELD.test(field)) return field;
		throw inputError(
			`'${DOWNLOAD_FIELDS.label}' takes names of fields of the answer, such as audio_url or clips.0.video_url, but was given ${shown(entry)}`,
		);
	});
	return [...new Set(fields)];
}

/** An answer whose records name files. */
export interface Source {
	/** One record, or a list of them. A renewed address is put into it. */
	data: unknown;
	/** Where it was asked for. */
	path: string;
	/** Reads the answer again, for fresh addresses; absent where that would do something once more. */
	reread?: () => Promise<unknown>;
}

/** Files that were fetched for one output item. */
export interface AnswerFiles {
	binary: IBinaryKeyData;
	/** Names of wanted fields that hold no address, or one whose file could not be fetched. */
	missing: string[];
}

/** A field of one record. */
interface Place {
	/** The record's place in the list; 0 where the answer is one record. */
	entry: number;
	/** Where the answer's data have it: "1.clips.0.video_url". */
	at: string;
	/** Where the record has it: "clips.0.video_url". */
	field: string;
}

/**
 * Fetches the files of an answer into n8n's binary store, streaming. A file that cannot be fetched does not cost the
 * others, nor the answer where that cannot be asked for again.
 *
 * @param call the item
 * @param source the answer
 * @param fields what `wantedFields` says; of a list each is looked for in every entry, unless it begins with a place
 * @param isWhole whether all files go into one output item, so that fields of a list's entries are named with their places
 * @returns one entry for each output item
 * @throws EngineError when none of the files that are there can be fetched, and the answer can be read again
 */
export async function fetchFields(call: Call, source: Source, fields: readonly string[], isWhole: boolean): Promise<AnswerFiles[]> {
	const { data, reread } = source;
	const count = Array.isArray(data) && !isWhole ? data.length : 1;
	const fetched = Array.from({ length: count }, (): AnswerFiles => ({ binary: {}, missing: [] }));
	let failure: unknown;
	for (const place of fields.flatMap((field) => placesOf(data, field))) {
		const files = fetched[isWhole ? 0 : place.entry];
		// An empty list has no item that could say what is missing.
		if (files === undefined) continue;
		const name = isWhole ? place.at : place.field;
		const url: unknown = place.at === '' ? undefined : get(data, place.at);
		if (isNothing(url)) {
			files.missing.push(name);
			continue;
		}
		const field = binaryName(name, files.binary);
		const result = await settle(fetchFile(call.files, fileAt(source, place, url)));
		if (result.ok) {
			files.binary[field] = result.value;
			continue;
		}
		call.client.signal?.throwIfAborted();
		if (reread !== undefined && !(result.error instanceof EngineError)) throw result.error;
		failure ??= result.error;
		files.missing.push(name);
	}
	const isNone = fetched.every(({ binary }) => Object.keys(binary).length === 0);
	if (failure === undefined) return fetched;
	if (reread !== undefined && isNone) throw failure;
	call.run.report.remark('A file could not be fetched: its field is in missing_files, and its address in the output.', call.itemIndex);
	return fetched;
}

/** The places of a field: in a list those of all entries, and of a list of addresses each of its own. */
function placesOf(data: unknown, field: string): Place[] {
	const own = Array.isArray(data) ? inEntries(data, field) : [{ entry: 0, at: field, field }];
	return own.flatMap((place) => {
		const value: unknown = place.at === '' ? undefined : get(data, place.at);
		if (!Array.isArray(value) || value.length === 0) return [place];
		return value.map((_address, nth) => ({ ...place, at: `${place.at}.${nth}`, field: `${place.field}.${nth}` }));
	});
}

function inEntries(list: readonly unknown[], field: string): Place[] {
	const [, place, , rest = VALUE] = /^(\d{1,9})(\.(.+))?$/.exec(field) ?? [];
	if (place === undefined) return list.map((_entry, entry) => ({ entry, at: atEntry(list, entry, field), field }));
	const entry = Number(place);
	// A place that the list does not have is missing as a whole.
	if (entry >= list.length) return [{ entry: 0, at: field, field }];
	return [{ entry, at: atEntry(list, entry, rest), field: rest }];
}

/** The field of output items that stand for texts. */
const VALUE = 'value';

function atEntry(list: readonly unknown[], entry: number, field: string): string {
	return field === VALUE && typeof list[entry] === 'string' ? String(entry) : `${entry}.${field}`;
}

/** A file as `fetchFile` takes it. */
function fileAt({ data, path, reread }: Source, { entry, at, field }: Place, url: unknown): Parameters<typeof fetchFile>[1] {
	const record: unknown = Array.isArray(data) ? data[entry] : data;
	const id = identityOf(record, path);
	const name = binaryName(field, {});
	return {
		what: `the file of the field ${field}`,
		advice: 'What HeyGen has made is safe there. Run the item again.',
		fileName: id === undefined ? name : `${id}-${name}`,
		url: typeof url === 'string' ? url : JSON.stringify(url),
		urlField: field,
		about: id === undefined ? {} : { id },
		renew: async () => {
			const again = await reread?.();
			const fresh = identityOf(again, path) === identityOf(data, path) ? sameIn(again, data, at.split('.'), path) : undefined;
			if (typeof fresh !== 'string' || fresh === '') return undefined;
			set(data as object, at, fresh);
			return fresh;
		},
	};
}

/**
 * The address in an answer that was read again. Entries of lists are found by what they are, since a list may have changed
 * in between.
 *
 * @param fresh what was read now, or a part of it
 * @param known the same part of what was read before
 * @param steps the way to the address from there
 * @param path where both were asked for
 * @returns undefined when it is not clear which one it is
 */
function sameIn(fresh: unknown, known: unknown, steps: readonly string[], path: string): unknown {
	const [step, ...rest] = steps;
	if (step === undefined) return fresh;
	const part: unknown = get(known, step);
	if (!Array.isArray(known)) return sameIn(get(fresh, step), part, rest, path);
	const name = nameOf(part, path);
	const [twin, ...twins] = likes(fresh, name, path);
	const isClear = twin !== undefined && twins.length === 0 && likes(known, name, path).length === 1;
	return isClear ? sameIn(twin, part, rest, path) : undefined;
}

function likes(list: unknown, name: string | undefined, path: string): unknown[] {
	if (!Array.isArray(list) || name === undefined) return [];
	return list.filter((entry) => nameOf(entry, path) === name);
}

/** What an entry of a list is known by: its id, or without its signature the address that it is. */
function nameOf(entry: unknown, path: string): string | undefined {
	if (typeof entry !== 'string') return identityOf(entry, path);
	const url = parseUrl(entry);
	return url === undefined ? undefined : url.origin + url.pathname;
}

function identityOf(record: unknown, path: string): string | undefined {
	return isPlainObject(record) ? idOf(record as Record<string, unknown>, path) : undefined;
}

/** The binary field of a file: "audio" for audio_url, "clips_0_video" for clips.0.video_url; the whole name where that is taken. */
function binaryName(field: string, known: IBinaryKeyData): string {
	const whole = field.replace(/\./g, '_');
	const short = whole.replace(/(_urls?|Urls?)(?=(_\d{1,9})?$)/, '');
	return short === '' || short in known ? whole : short;
}
