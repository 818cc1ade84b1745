import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { INode, INodeParameters } from 'n8n-workflow';

import { pseudoRandomChunks, sampleFile } from '../../sandbox';
import type { N8nServer } from '../host/server';
import { node } from '../host/workflow';

/** A file on disk that workflows may read. */
export interface DiskFile {
	path: string;
	name: string;
	bytes: number;
	/** In hex. */
	sha256: string;
}

/** The header of a box whose size does not fit into 32 bits. */
const LARGE_BOX_HEADER = 16;

/**
 * Writes a file where the workflows of a server may read it.
 *
 * @param server whose workflows
 * @param name within the server's folder for files
 * @param content a large file in pieces
 */
export async function putFile(server: N8nServer, name: string, content: Buffer | Iterable<Buffer>): Promise<DiskFile> {
	const file = path.join(server.filesFolder, name);
	const hash = createHash('sha256');
	let bytes = 0;
	const counted = function* () {
		for (const chunk of Buffer.isBuffer(content) ? [content] : content) {
			hash.update(chunk);
			bytes += chunk.length;
			yield chunk;
		}
	};
	await pipeline(Readable.from(counted()), createWriteStream(file));
	return { path: file, name, bytes, sha256: hash.digest('hex') };
}

/**
 * A playable MP4 of any size: the sample, and behind it a box of media data that nothing in it refers to.
 *
 * @param bytes at least some more than the sample has
 * @param seed other bytes for another seed
 */
export function* mp4Of(bytes: number, seed = ''): Generator<Buffer> {
	const sample = sampleFile('mp4');
	const boxBytes = bytes - sample.length;
	const header = Buffer.alloc(LARGE_BOX_HEADER);
	// A size of 1 says that the real one follows behind the type.
	header.writeUInt32BE(1, 0);
	header.write('mdat', 4, 'latin1');
	header.writeBigUInt64BE(BigInt(boxBytes), 8);
	yield sample;
	yield header;
	yield* pseudoRandomChunks(`mp4 ${seed}`, boxBytes - LARGE_BOX_HEADER);
}

/**
 * n8n's Read/Write Files from Disk, reading.
 *
 * @param fileSelector a path, a pattern, or an expression
 * @param name of the node
 * @param options e.g. `dataPropertyName`, the binary field, which is `data` by default
 */
export function readFiles(fileSelector: string, name = 'Read Files', options: INodeParameters = {}): INode {
	return node(name, 'n8n-nodes-base.readWriteFile', 1.1, { operation: 'read', fileSelector, options });
}
