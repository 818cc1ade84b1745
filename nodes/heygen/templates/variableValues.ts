import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';

import { FileToUpload, type FileUse, TEMPLATE_AUDIO, TEMPLATE_IMAGE, TEMPLATE_VIDEO, UPLOAD } from '../fileUses';
import { fileUrl } from '../schemas/files';
import { readAddress } from '../values/addresses';
import { readId } from '../values/ids';
import { readJson, readJsonRecord } from '../values/jsonRecord';
import { jsonIn } from '../values/lists';
import { readText } from '../values/plain';
import { isNothing, NOTHING, type Reading, refusedReading } from '../values/reading';
import { trimBlank } from '../values/text';
import { type Fields, type FileVariableKind, isByFileName, isFileKind, VARIABLE_KINDS, valueFields } from './leaves';
import type { TemplateVariable } from './template';
import type { NewValue } from './variableRecords';

/** Readers of the values that people, sheets and models hand over for the variables of a template. */

/** What an item has besides. */
export interface Surroundings {
	/** What the editor calls the variable: "Variables → logo". */
	readonly label: string;
	/** Whether the item has a binary field of that name. */
	hasFile(name: string): boolean;
}

/**
 * Reads the value of a variable.
 *
 * @param variable the variable
 * @param given as the parameter has it
 * @param around what the item has besides
 * @returns nothing when it is left out: null, and of all but texts an empty text as well, keep what the template has
 */
export function readVariable(variable: TemplateVariable, given: unknown, around: Surroundings): Reading<NewValue> {
	const { kind } = variable;
	if (given === undefined || given === null) return NOTHING;
	if (kind === 'text') return readTextValue(given);
	if (isNothing(given)) return NOTHING;
	if (isFileKind(kind)) return readFileValue(kind, given, around);
	return kind === undefined ? readUnknown(given) : readIdValue(valueFields(kind), given);
}

/** A text is empty on purpose, and digits are text. */
function readTextValue(given: unknown): Reading<NewValue> {
	if (isPlainObject(given)) return readProperties(given as Fields, { fields: valueFields('text'), read: readTextValue, mayBeEmpty: true });
	if (isNothing(given)) return { value: { leaf: { value: '' } } };
	const { value, problem } = readText(given);
	return problem === undefined ? { value: { leaf: { value } } } : { problem };
}

/** What HeyGen takes the file of a variable for. */
const USES: Readonly<Record<FileVariableKind, FileUse>> = {
	image: TEMPLATE_IMAGE,
	video: TEMPLATE_VIDEO,
	audio: TEMPLATE_AUDIO,
	file: UPLOAD,
};

/** A binary field, an address or the ID of an asset. A name that is both a binary field's and an asset's is the field's. */
function readFileValue(kind: FileVariableKind, given: unknown, around: Surroundings): Reading<NewValue> {
	const upload = (source: unknown): Reading<NewValue> => ({
		value: { leaf: { by: 'asset_id', value: new FileToUpload(source, around.label, USES[kind]) } },
	});
	if (Array.isArray(given)) {
		const [only, ...others] = given as unknown[];
		return others.length === 0 && !isNothing(only) ? readFileValue(kind, only, around) : refusedReading('one file', given);
	}
	if (isPlainObject(given)) {
		if (isBinaryData(given as Fields)) return upload(given);
		return readProperties(given as Fields, {
			fields: valueFields(kind),
			read: (value, field) => (field.endsWith('url') ? readFileAddress(kind, value) : readFileValue(kind, value, around)),
			readRecord: (record) => byId(readId(record, ['asset_id'])),
		});
	}
	if (typeof given !== 'string') return byId(readId(given, ['asset_id']));
	const text = trimBlank(given);
	if (around.hasFile(text)) return upload(text);
	const parsed = jsonIn(text);
	if (parsed !== undefined) return readFileValue(kind, parsed, around);
	const id = readId(text, ['asset_id']);
	// An ID can also be given as the address of its page at HeyGen.
	const isOfPage = id.value !== undefined && id.value !== text;
	if (ADDRESS.test(text) && !isOfPage) return readFileAddress(kind, text);
	if (PLAIN_WORD.test(text)) return refusedReading(FILE_NAMES, given);
	return byId(id);
}

/** Addresses, data URLs, and what was meant as an address. */
const ADDRESS = /^(data:|[a-z][a-z0-9+.-]*:?\/\/|\/\/|www\.)/i;

/** No ID of HeyGen's has no digit: this is the name of a binary field that the item lacks, or of a file. */
const PLAIN_WORD = /^[a-z _.-]{1,40}$/i;

const FILE_NAMES = 'the name of a binary field of the item, an address that starts with https:// or an asset ID';

function byId({ value, problem }: Reading<string>): Reading<NewValue> {
	if (problem !== undefined) return { problem };
	return value === undefined ? NOTHING : { value: { leaf: { by: 'asset_id', value } } };
}

function readFileAddress(kind: FileVariableKind, given: unknown): Reading<NewValue> {
	// Of a file of any kind the address need not say what it is.
	if (kind === 'file' && !/^\s*data:/i.test(String(given))) {
		const { value, problem } = readAddress(given);
		return problem === undefined ? { value: { leaf: { by: 'url', value } } } : { problem };
	}
	const read = fileUrl(USES[kind]).safeParse(given);
	return read.success ? { value: { leaf: { by: 'url', value: read.data } } } : { problem: read.error.issues[0]?.message ?? '' };
}

/** What n8n knows of a file, as an expression such as `$binary.logo` gives it. */
function isBinaryData({ mimeType }: Fields): boolean {
	return typeof mimeType === 'string';
}

/** An ID of a voice or a character, or a record with one. */
function readIdValue(fields: readonly [string, ...string[]], given: unknown): Reading<NewValue> {
	const record = typeof given === 'string' ? jsonIn(trimBlank(given)) : given;
	if (isPlainObject(record)) {
		const byFields = (value: unknown): Reading<NewValue> => leafBy(readId(value, fields));
		return readProperties(record as Fields, { fields, read: byFields, readRecord: byFields });
	}
	return leafBy(readId(given, fields));
}

function leafBy({ value, problem }: Reading<unknown>): Reading<NewValue> {
	if (problem !== undefined) return { problem };
	return value === undefined ? NOTHING : { value: { leaf: { value } } };
}

/** A type that HeyGen has added since: text, or JSON of anything. */
function readUnknown(given: unknown): Reading<NewValue> {
	const json = typeof given === 'string' ? jsonIn(trimBlank(given)) : given;
	if (isPlainObject(json)) return readProperties(json as Fields, { fields: [], read: () => NOTHING });
	const { value, problem } = json === undefined || typeof json === 'string' ? readText(given) : readJson(json);
	if (problem !== undefined) return { problem };
	return { value: typeof value === 'string' ? { leaf: { value } } : { whole: value } };
}

/** Fields of HeyGen's own records, and of what holds them in n8n: of such records the ID alone is meant. */
const RECORD_FIELDS = ['name', 'created_at', 'mime_type', 'size_bytes', 'preview_image_url', 'preview_audio_url', 'json', 'data', '__rl'];

/** Says how the value is read that stands in a field of a record. */
interface ValueIn {
	/** Fields that hold it, the first that is filled counts. */
	readonly fields: readonly string[];
	readonly read: (value: unknown, field: string) => Reading<NewValue>;
	/** Reads a record of HeyGen's in which none of the fields is filled. */
	readonly readRecord?: (record: Fields) => Reading<NewValue>;
	/** Whether an empty text is a value. */
	readonly mayBeEmpty?: boolean;
}

/**
 * Reads a record: HeyGen's form of a variable (`{name, type, properties}`), its properties alone, or a record of HeyGen's
 * that has the ID.
 *
 * @param given the record
 * @param within where its value is
 */
function readProperties(given: Fields, { fields, read, readRecord, mayBeEmpty = false }: ValueIn): Reading<NewValue> {
	const isWhole = isPlainObject(given.properties);
	const { value: copy = {}, problem } = readJsonRecord(isWhole ? given.properties : given);
	if (problem !== undefined) return { problem };
	const isFilled = (field: string) => (mayBeEmpty ? typeof copy[field] === 'string' : false) || !isNothing(copy[field]);
	const field = fields.find(isFilled);
	const isRecord = !isWhole && RECORD_FIELDS.some((name) => name in copy);
	if (isRecord && field === undefined && readRecord !== undefined) return readRecord(copy);
	const more = isRecord ? {} : omit(copy, fields, isKindOfVariable(copy.type) ? ['type'] : []);
	if (field === undefined) return isEmpty(more) ? NOTHING : { value: { more } };
	const reading = read(copy[field], field);
	if (reading.value === undefined) return reading;
	return { value: { ...reading.value, ...(isEmpty(more) ? {} : { more }) } };
}

/** Whether the `type` of a record says what the variable is, or by what a file is named. In characters it is a property. */
function isKindOfVariable(type: unknown): boolean {
	return isByFileName(type) || VARIABLE_KINDS.some((kind) => kind === type);
}
