import type { IBinaryData } from 'n8n-workflow';

import type { FileStore } from '../item/call';

/** Bytes that are read at a time. */
const CHUNK_BYTES = 262_144;

/**
 * Reads a file that n8n has stored into memory.
 *
 * @param files where it was fetched
 * @param stored where n8n has it
 * @param max bytes that may be read
 * @returns undefined for a larger file
 */
export async function storedBytes({ helpers }: FileStore, { id, data }: IBinaryData, max: number): Promise<Uint8Array | undefined> {
	// Without an id n8n keeps the file in memory.
	if (id === undefined) return withinMax(Buffer.from(data, 'base64'), max);
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of await helpers.getBinaryStream(id, CHUNK_BYTES)) {
		pieces.push(piece as Uint8Array);
		size += (piece as Uint8Array).length;
		if (size > max) return undefined;
	}
	return Buffer.concat(pieces);
}

function withinMax(bytes: Uint8Array, max: number): Uint8Array | undefined {
	return bytes.length > max ? undefined : bytes;
}
