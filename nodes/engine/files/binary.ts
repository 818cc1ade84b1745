import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { FileToUpload, InlineFile } from '../../heygen/fileUses';
import { inputError } from '../errors';
import type { Call } from '../operation';
import { settle } from '../settle';

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

/** Bytes that n8n's file system store reads at a time. */
const CHUNK_BYTES = 262_144;

/**
 * Finds the file that a parameter names.
 *
 * @param call the item
 * @param file the parameter and its value: the name of a binary field, or binary data that an expression gave
 * @throws EngineError when there is none
 */
export async function findBinary(call: Call, file: FileToUpload): Promise<BinaryFile> {
	const { source, parameter } = file;
	const field = typeof source === 'string' ? source.trim() : source;
	if (field === '' || field === null || field === undefined) throw noFieldGiven(call, parameter);
	const { helpers } = call.context;
	// n8n also takes the data themselves, and a path when a workflow keeps files within its items' JSON.
	const assert = helpers.assertBinaryData as (value: unknown) => IBinaryData;
	const found = await settle((async () => assert(field))());
	if (!found.ok) {
		const wanted = typeof field === 'string' ? `no binary field "${field}"` : 'no such binary data';
		throw inputError(`'${parameter}': the item has ${wanted}`, fieldsAdvice(call));
	}
	return storedFile(call, found.value, file, typeof field === 'string' ? field : 'file');
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
			`${label} could not be read from where n8n keeps its files`,
			`It may have been deleted meanwhile, or be on another machine. n8n says: ${(error as Error).message}`,
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

/** Content that n8n keeps in memory, as base64. */
async function* decoded(data: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(data, 'base64');
}

function storedFile(call: Call, data: IBinaryData, file: FileToUpload, field: string): BinaryFile {
	const { helpers } = call.context;
	const name = (file.name ?? data.fileName ?? '').trim() || field;
	const label = `'${file.parameter}': "${name}"`;
	return {
		label,
		name,
		mediaType: data.mimeType ?? '',
		identity: data.id ?? data.data,
		open: () =>
			piecesOf(label, async () => {
				// Without an id n8n keeps the file in memory.
				if (data.id === undefined) return decoded(data.data);
				return (await helpers.getBinaryStream(data.id, CHUNK_BYTES)) as AsyncIterable<Uint8Array>;
			}),
	};
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

/**
 * Names of the binary fields of an item, in order.
 *
 * @param call the item
 */
export function binaryFields(call: Call): string[] {
	const item = call.context.getInputData() as unknown as INodeExecutionData;
	const named = Object.keys(item.binary ?? {});
	if (named.length > 0) return named;
	// Workflows with the setting "combined" keep files in the JSON.
	return Object.keys(item.json).filter((key) => {
		const value = item.json[key] as IDataObject | null;
		return typeof value === 'object' && typeof value?.mimeType === 'string' && 'data' in value;
	});
}

function noFieldGiven(call: Call, parameter: string) {
	return inputError(`'${parameter}' is empty`, fieldsAdvice(call));
}

function fieldsAdvice(call: Call): string {
	const fields = binaryFields(call);
	return fields.length === 0
		? 'The item carries no file. Place a node in front that hands one on, such as Read/Write Files from Disk or HTTP Request, and see the Binary tab of the input.'
		: `The item's binary fields are: ${fields.join(', ')}.`;
}
