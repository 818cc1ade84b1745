import type { IBinaryData } from 'n8n-workflow';

import type { FileStore } from '../item/call';

/** Bytes that are read at a time. */
const CHUNK_BYTES = 262_144;

/**
 * Reads a file from its beginning into memory, and no further than needed.
 *
 * @param pieces of the file
 * @param enough bytes after which the rest is left
 * @param signal ends it early
 * @returns all bytes of a smaller file; the last piece may bring more than enough
 */
export async function gathered(pieces: AsyncIterable<unknown>, enough: number, signal?: AbortSignal): Promise<Uint8Array> {
	const found: Uint8Array[] = [];
	let size = 0;
	for await (const piece of pieces as AsyncIterable<Uint8Array>) {
		signal?.throwIfAborted();
		found.push(piece);
		size += piece.length;
		if (size >= enough) break;
	}
	return Buffer.concat(found);
}

/**
 * A file that n8n has stored, in pieces, from its beginning.
 *
 * @param files where it was stored
 * @param stored where n8n has it
 * @throws whatever n8n throws when it cannot read the file
 */
export async function* storedPieces({ helpers }: FileStore, { id, data }: IBinaryData): AsyncGenerator<Uint8Array> {
	// Without an id n8n keeps the file in memory.
	if (id === undefined) yield Buffer.from(data, 'base64');
	else yield* (await helpers.getBinaryStream(id, CHUNK_BYTES)) as AsyncIterable<Uint8Array>;
}

/**
 * The first bytes of a file that n8n has stored.
 *
 * @param files where it was stored
 * @param stored where n8n has it
 * @param count bytes that are wanted
 * @returns fewer for a smaller file
 */
export async function firstBytes({ helpers }: FileStore, { id, data }: IBinaryData, count: number): Promise<Uint8Array> {
	// Without an id n8n keeps the file in memory.
	const bytes =
		id === undefined
			? Buffer.from(data.slice(0, Math.ceil(count / 3) * 4), 'base64')
			: await gathered(await helpers.getBinaryStream(id, Math.min(count, CHUNK_BYTES)), count);
	return bytes.subarray(0, count);
}
