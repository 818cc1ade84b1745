import isEmpty from 'lodash/isEmpty';
import isMatch from 'lodash/isMatch';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import uniq from 'lodash/uniq';
import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { FileToUpload, InlineFile } from '../../heygen/fileUses';
import { entriesOf, jsonIn } from '../../heygen/values/lists';
import { isNothing } from '../../heygen/values/reading';
import { holdsObject, shown, trimBlank } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Call } from '../item/call';
import { binaryFields, filesOfItem } from '../item/itemFiles';

/** A file in n8n's binary store. */
export interface BinaryFile {
	/** How messages begin that are about it: "'Input Binary Field': "photo.png"". */
	label: string;
	/** Name with extension, if n8n knows one; else the binary field's. */
	name: string;
	/** As n8n or the file's origin declares it; may be empty. */
	mediaType: string;
	/** The same for every item that carries the same stored file. */
	identity: string;
	/** Reads it from the beginning, in pieces, as often as needed. */
	open: () => AsyncIterable<Uint8Array>;
}

/** A file of the item. */
export interface FoundFile extends BinaryFile {
	/** The binary field that holds it. */
	field: string;
	/** `fileName` of n8n's binary data; empty when n8n knows none. */
	fileName: string;
	/** `directory` of n8n's binary data; empty when n8n knows none. */
	directory: string;
}

/** Bytes that n8n's file system store reads at a time. */
const CHUNK_BYTES = 262_144;

/**
 * Finds the file that a parameter names.
 *
 * @param call the item
 * @param file the parameter and its value: the name of a binary field, or binary data that an expression gave
 * @throws EngineError when there is none
 */
export async function findBinary(call: Call, file: FileToUpload): Promise<FoundFile> {
	const { source, parameter } = file;
	if (isNothing(source)) throw noFieldGiven(call, parameter);
	const given = typeof source === 'string' ? trimBlank(source) : source;
	const { helpers } = call.context;
	// n8n also takes the data themselves, and a path when a workflow keeps files within its items' JSON.
	const assert = helpers.assertBinaryData as (value: unknown) => IBinaryData;
	const read = async (value: unknown) => await settle((async () => assert(value))());
	let field = given;
	let found = await read(given);
	if (!found.ok) {
		field = fieldGiven(call, given);
		if (field !== given) found = await read(field);
	}
	if (!found.ok) {
		if (isFileInText(field)) throw inputError(`'${parameter}' ${TAKES_A_NAME} ${shown(field)}`, fieldsAdvice(call));
		const wanted = typeof field === 'string' ? `no binary field ${shown(field)}` : 'no such binary data';
		throw inputError(`'${parameter}': the item has ${wanted}`, fieldsAdvice(call));
	}
	return storedFile(call, found.value, file, typeof field === 'string' ? field : 'file');
}

/**
 * The name of a binary field, where an expression such as `$binary.data` has given what n8n knows of its file: n8n
 * leaves out the content there. Also the name of the one field of a whole `$binary`.
 *
 * @param call the item
 * @param given as the parameter has it; JSON text of it is taken as well
 * @returns the name; what was given, when it is something else
 */
function fieldGiven(call: Call, given: unknown): unknown {
	const value = typeof given === 'string' ? (jsonIn(given) ?? trimBlank(given)) : given;
	if (typeof value === 'number') return String(value);
	if (!isPlainObject(value)) return value;
	const files = filesOfItem(call);
	const [only, ...others] = Object.keys(value as object);
	if (only !== undefined && others.length === 0 && only in files) return only;
	const facts = omit(value as IDataObject, 'data');
	if (isEmpty(facts)) return value;
	const alike = Object.keys(files).filter((name) => isMatch(files[name] as object, facts));
	const contents = new Set(alike.map((name) => storedAs(files[name] as IBinaryData)));
	// Of two files that n8n knows the same of, either could be meant.
	return contents.size === 1 ? alike[0] : value;
}

/**
 * The fields that a parameter names which takes several: in any form of a list, or as the binary data that expressions
 * gave.
 *
 * @param call the item
 * @param given as the parameter has it
 * @returns each once, in order
 */
export function fieldsNamed(call: Call, given: unknown): unknown[] {
	return uniq(entriesOf(given, 'names').flatMap((entry) => fieldsGiven(call, entry)));
}

/** What one entry stands for: a whole `$binary` for all of its names. */
function fieldsGiven(call: Call, given: unknown): unknown[] {
	const names = isPlainObject(given) ? Object.keys(given as object) : [];
	const files = filesOfItem(call);
	return names.length > 1 && names.every((name) => name in files) ? names : [given];
}

/**
 * A stored file, in pieces that are small enough for a transfer that goes on to show: n8n's database hands over the
 * whole file at once.
 *
 * @param label how messages about it begin
 * @param open opens it
 * @throws EngineError when n8n cannot read it
 */
async function* piecesOf(
	label: string,
	open: () => Promise<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
	const unreadable = (error: unknown) =>
		inputError(
			`${label} could not be read from n8n's file storage`,
			`The file may have been deleted meanwhile, or be on another machine. n8n says: ${(error as Error).message}`,
		);
	const opened = await settle(open());
	if (!opened.ok) throw unreadable(opened.error);
	const reader = opened.value[Symbol.asyncIterator]();
	try {
		for (;;) {
			const step = await settle(reader.next());
			if (!step.ok) throw unreadable(step.error);
			if (step.value.done === true) return;
			const bytes = step.value.value;
			for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
		}
	} finally {
		await reader.return?.();
	}
}

/** Content that n8n keeps in memory, as base64. Code may put the head of a data URL before it, forget it, or give bytes. */
async function* decoded(data: string | Uint8Array | null | undefined): AsyncGenerator<Uint8Array> {
	if (typeof data === 'string') yield Buffer.from(data.startsWith('data:') ? data.slice(data.indexOf(',') + 1) : data, 'base64');
	else if (data !== undefined && data !== null) yield Buffer.from(data);
}

function storedFile(call: Call, data: IBinaryData, file: FileToUpload, field: string): FoundFile {
	const { helpers } = call.context;
	const fileName = factIn(file.name ?? data.fileName);
	const name = fileName || field;
	const label = `'${file.parameter}': "${name}"`;
	return {
		label,
		name,
		field,
		fileName,
		directory: factIn(data.directory),
		mediaType: factIn(data.mimeType),
		identity: storedAs(data),
		open: () =>
			piecesOf(label, async () => {
				// Without an id n8n keeps the file in memory.
				if (isNothing(data.id)) return decoded(data.data);
				return (await helpers.getBinaryStream(data.id as string, CHUNK_BYTES)) as AsyncIterable<Uint8Array>;
			}),
	};
}

/** A name or a type as n8n has it. Code that makes a file may give a number, or anything. */
function factIn(given: unknown): string {
	return typeof given === 'string' || typeof given === 'number' ? trimBlank(String(given)) : '';
}

/**
 * A file that came within a parameter, as a data URL.
 *
 * @param file its content
 * @param label how messages about it begin
 */
export function inlineBinary({ data, mediaType }: InlineFile, label: string): BinaryFile {
	return {
		label,
		name: '',
		mediaType,
		identity: data,
		open: () => decoded(data),
	};
}

/** The same for files with the same content. */
function storedAs({ id, data }: IBinaryData): string {
	return isNothing(id) ? data : (id as string);
}

/**
 * The name of the binary field that takes a file.
 *
 * @param call the item
 * @param parameter the parameter's display name
 * @param given as the parameter has it
 * @throws EngineError when it names none
 */
export function outputField(call: Call, parameter: string, given: unknown): string {
	const [only, ...others] = Array.isArray(given) ? (given.flat() as unknown[]) : [given];
	if (isNothing(only)) throw inputError(`'${parameter}' is empty`, 'Name the binary field, such as data.');
	const field = others.length === 0 ? fieldGiven(call, only) : given;
	if (typeof field === 'string' && !isFileInText(field)) return field;
	throw inputError(`'${parameter}' ${TAKES_A_NAME} ${shown(field)}`, 'Name the binary field, such as data.');
}

const TAKES_A_NAME = 'takes the name of a binary field, such as data, but was given';

/** Whether an expression has put a file into a text: "={{ $binary.data }} " with a blank behind it. */
function isFileInText(field: unknown): boolean {
	return typeof field === 'string' && holdsObject(field);
}

function noFieldGiven(call: Call, parameter: string) {
	return inputError(`'${parameter}' is empty`, fieldsAdvice(call));
}

function fieldsAdvice(call: Call): string {
	const fields = binaryFields(call);
	return fields.length === 0
		? 'The item carries no file. Add a node in front that hands one on, such as Read/Write Files from Disk or HTTP Request, and see the Binary tab of the input.'
		: `The item's binary fields are: ${fields.join(', ')}.`;
}
