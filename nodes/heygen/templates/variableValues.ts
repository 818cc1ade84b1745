import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import pickBy from 'lodash/pickBy';

import { FileToUpload, type FileUse, TEMPLATE_AUDIO, TEMPLATE_IMAGE, TEMPLATE_VIDEO, UPLOAD } from '../fileUses';
import { fileUrl } from '../schemas/files';
import { readAddress } from '../values/addresses';
import { readId } from '../values/ids';
import { readJson, readJsonRecord } from '../values/jsonRecord';
import { jsonIn } from '../values/lists';
import { readText } from '../values/plain';
import { isNothing, NOTHING, type Reading, refusedReading } from '../values/reading';
import { trimBlank } from '../values/text';
import { type Fields, type FileVariableKind, isByFileName, isFileKind, knownProperties, VARIABLE_KINDS, valueFields, type VariableKind } from './leaves';
import type { TemplateVariable } from './template';
import { type NewValue, placeOf } from './variableRecords';

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
	if (kind === 'text') return readTextValue(variable, given);
	if (isNothing(given)) return NOTHING;
	if (isFileKind(kind)) return readFileValue(variable, kind, given, around);
	return kind === undefined ? readUnknown(variable, given) : readIdValue(variable, kind, given);
}

/** A text is empty on purpose, and digits are text. */
function readTextValue(variable: TemplateVariable, given: unknown): Reading<NewValue> {
	if (isPlainObject(given)) {
		return readProperties(variable, given as Fields, { kind: 'text', takes: 'text', read: (value) => readTextValue(variable, value) });
	}
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
function readFileValue(variable: TemplateVariable, kind: FileVariableKind, given: unknown, around: Surroundings): Reading<NewValue> {
	const readAgain = (value: unknown) => readFileValue(variable, kind, value, around);
	const upload = (source: unknown): Reading<NewValue> => ({
		value: { leaf: { by: 'asset_id', value: new FileToUpload(source, around.label, USES[kind]) } },
	});
	if (Array.isArray(given)) {
		const [only, ...others] = given as unknown[];
		return others.length === 0 && !isNothing(only) ? readAgain(only) : refusedReading('one file', given);
	}
	if (isPlainObject(given)) {
		if (isBinaryData(given as Fields)) return upload(given);
		const read = (value: unknown, field: string) => (field.endsWith('url') ? readFileAddress(kind, value) : readAgain(value));
		return readProperties(variable, given as Fields, { kind, takes: FILE_NAMES, read });
	}
	if (typeof given !== 'string') return byId(readId(given, ['asset_id']));
	const text = trimBlank(given);
	if (around.hasFile(text)) return upload(text);
	const parsed = jsonIn(text);
	if (parsed !== undefined) return readAgain(parsed);
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
function readIdValue(variable: TemplateVariable, kind: 'voice' | 'character', given: unknown): Reading<NewValue> {
	const fields = valueFields(kind);
	const record = typeof given === 'string' ? jsonIn(trimBlank(given)) : given;
	const read = (value: unknown) => leafBy(readId(value, fields));
	if (!isPlainObject(record)) return read(given);
	return readProperties(variable, record as Fields, { kind, takes: `an ID, or a record with ${fields.join(', ')} or id`, read });
}

function leafBy({ value, problem }: Reading<unknown>): Reading<NewValue> {
	if (problem !== undefined) return { problem };
	return value === undefined ? NOTHING : { value: { leaf: { value } } };
}

/** A type that HeyGen has added since: text, or JSON of anything. */
function readUnknown({ name, type }: TemplateVariable, given: unknown): Reading<NewValue> {
	const json = typeof given === 'string' ? jsonIn(trimBlank(given)) : given;
	const isRecord = isPlainObject(json);
	const isText = json === undefined || typeof json === 'string';
	const { value, problem } = isText ? readText(given) : readJson(isRecord ? propertiesIn(json as Fields) : json);
	if (problem !== undefined) return { problem };
	if (!isRecord) return { value: typeof value === 'string' ? { leaf: { value } } : { whole: value } };
	const more = pickBy(value as Fields, (entry, field) => !(field === 'name' && entry === name) && !(field === 'type' && entry === type));
	return isEmpty(more) ? NOTHING : { value: { more } };
}

/** The properties of a variable in HeyGen's form (`{name, type, properties}`), or of one that is given by them alone. */
function propertiesIn(given: Fields): Fields {
	return isPlainObject(given.properties) ? (given.properties as Fields) : given;
}

/** Fields of HeyGen's own records, and of what holds them in n8n: of such records the ID alone is meant. */
const RECORD_FIELDS = ['name', 'created_at', 'mime_type', 'size_bytes', 'preview_image_url', 'preview_audio_url', 'json', 'data', '__rl'];

/** Where records have an ID, or are themselves, besides the fields of a kind: HeyGen's, n8n's locators and items, envelopes. */
const RECORD_PLACES = ['id', 'value', 'json', 'data'];

/** Says how the value is read that stands in a record. */
interface ValueIn {
	readonly kind: VariableKind;
	/** To continue "it must be". */
	readonly takes: string;
	readonly read: (value: unknown, field: string) => Reading<NewValue>;
}

/**
 * Reads a record: HeyGen's form of a variable (`{name, type, properties}`), its properties alone, or a record of HeyGen's
 * that has the ID. One without a value changes properties that there are; with anything else in it it was meant as a
 * value, without which the template's own would be paid for.
 *
 * @param variable the variable
 * @param given the record
 * @param within where its value is
 */
function readProperties(variable: TemplateVariable, given: Fields, { kind, takes, read }: ValueIn): Reading<NewValue> {
	const { path, levels } = placeOf(variable);
	const { value: copy = {}, problem } = readJsonRecord(flattened(propertiesIn(given), path));
	if (problem !== undefined) return { problem };
	if (copy.name === variable.name) delete copy.name;
	const fields = valueFields(kind);
	const places = kind === 'text' ? fields : [...fields, ...RECORD_PLACES];
	const field = places.find((place) => !isNothing(copy[place])) ?? places.find((place) => kind === 'text' && typeof copy[place] === 'string');
	const rest = omit(copy, places, isKindOfVariable(copy.type) ? ['type'] : []);
	const ofRecord = isPlainObject(given.properties) ? [] : RECORD_FIELDS;
	const isKnown = (name: string) =>
		!ofRecord.includes(name) && (knownProperties(kind).includes(name) || levels.some((level) => Object.hasOwn(level, name)));
	if (field === undefined) {
		// A picker in which nothing was picked.
		if (isEmpty(rest) || '__rl' in rest) return NOTHING;
		return Object.keys(rest).every(isKnown) ? { value: { more: rest } } : refusedReading(takes, given);
	}
	const { value, problem: misread } = read(copy[field], field);
	if (misread !== undefined) return { problem: misread };
	if (value?.leaf === undefined) return refusedReading(takes, given);
	const isRecord = ofRecord.some((name) => Object.hasOwn(copy, name)) || !fields.includes(field);
	const more = { ...value.more, ...(isRecord ? pickBy(rest, (_entry, name) => name !== 'type' && isKnown(name)) : rest) };
	const leaf = kind === 'character' && !isRecord ? { ...value.leaf, named: field } : value.leaf;
	return { value: { leaf, ...(isEmpty(more) ? {} : { more }) } };
}

/** The record with what the template has in records within records, in one. */
function flattened(given: Fields, path: readonly string[]): Fields {
	let flat = given;
	for (const name of path) {
		if (name === 'properties') continue;
		if (!isPlainObject(flat[name])) break;
		flat = { ...omit(flat, name), ...(flat[name] as Fields) };
	}
	return flat;
}

/** Whether the `type` of a record says what the variable is, or by what a file is named. In characters it is a property. */
function isKindOfVariable(type: unknown): boolean {
	return isByFileName(type) || VARIABLE_KINDS.some((kind) => kind === type);
}
