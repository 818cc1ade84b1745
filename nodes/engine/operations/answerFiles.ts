import get from 'lodash/get';
import set from 'lodash/set';
import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

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
		const field = typeof entry === 'string' ? entry.replace(/\[(\d{1,9})\]/g, '.$1') : '';
		if (FIELD.test(field)) return field;
		throw inputError(
			`'${DOWNLOAD_FIELDS.label}' takes names of fields of the answer, such as audio_url or clips.0.video_url, but was given ${shown(entry)}`,
		);
	});
	return [...new Set(fields)];
}

/** Files that were fetched. */
export interface AnswerFiles {
	binary: IBinaryKeyData;
	/** Names of wanted fields that hold no address, or one whose file could not be fetched although others were. */
	missing: string[];
}

/**
 * Fetches the files of a record into n8n's binary store, streaming. An address that was renewed on the way is put into the
 * record.
 *
 * @param call the item
 * @param record a record of the answer
 * @param fields what `wantedFields` says
 * @param reread reads the record again, for fresh addresses; absent where that cannot be done
 * @throws EngineError when none of the files that are there can be fetched
 */
export async function fetchFields(
	call: Call,
	record: object,
	fields: readonly string[],
	reread?: () => Promise<unknown>,
): Promise<AnswerFiles> {
	const fetched: AnswerFiles = { binary: {}, missing: [] };
	const id = idOf(record as IDataObject);
	let failure: EngineError | undefined;
	for (const field of fields.flatMap((wanted) => placesOf(record, wanted))) {
		const url: unknown = get(record, field);
		if (isNothing(url)) {
			fetched.missing.push(field);
			continue;
		}
		const name = binaryName(field, fetched.binary);
		const result = await settle(
			fetchFile(call.files, {
				what: `the file of the field ${field}`,
				advice: 'What HeyGen has made is safe there. Run the item again.',
				fileName: id === undefined ? name : `${id}-${name}`,
				url: typeof url === 'string' ? url : JSON.stringify(url),
				urlField: field,
				about: id === undefined ? {} : { id },
				renew: async () => {
					const fresh: unknown = get(await reread?.(), field);
					if (typeof fresh !== 'string' || fresh === '') return undefined;
					set(record, field, fresh);
					return fresh;
				},
			}),
		);
		if (result.ok) fetched.binary[name] = result.value;
		else if (!(result.error instanceof EngineError)) throw result.error;
		else {
			failure ??= result.error;
			fetched.missing.push(field);
		}
	}
	// What has been fetched is not lost for a file beside it; `missing` names that.
	if (failure !== undefined && Object.keys(fetched.binary).length === 0) throw failure;
	return fetched;
}

/** The places of a field: of a list of addresses each of its entries. */
function placesOf(record: object, field: string): string[] {
	const value: unknown = get(record, field);
	return Array.isArray(value) && value.length > 0 ? value.map((_entry, at) => `${field}.${at}`) : [field];
}

/** The binary field of a file: "audio" for audio_url, "clips_0_video" for clips.0.video_url; the whole name where that is taken. */
function binaryName(field: string, known: IBinaryKeyData): string {
	const whole = field.replace(/\./g, '_');
	const short = whole.replace(/(_urls?|Urls?)(?=(_\d{1,9})?$)/, '');
	return short === '' || short in known ? whole : short;
}
