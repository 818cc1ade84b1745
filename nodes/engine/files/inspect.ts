import { createHash } from 'crypto';

import type { FileFormat } from '../../heygen/formats';
import type { BinaryFile } from './binary';
import { content } from './media/detect';
import type { MediaFacts } from './media/facts';
import { Scan } from './media/scan';

/** What reading a file once tells about it. */
export interface Inspected {
	/** Bytes. */
	size: number;
	/** Hex. */
	sha256: string;
	/** By its content; undefined when no known format begins like that. */
	format: FileFormat | undefined;
	facts: MediaFacts;
}

/**
 * Reads a file once, keeping nothing but its headers.
 *
 * @param file where to read
 * @param signal stops the reading
 */
export async function inspect(file: BinaryFile, signal?: AbortSignal): Promise<Inspected> {
	const hash = createHash('sha256');
	const scan = new Scan(content());
	let size = 0;
	for await (const chunk of file.open()) {
		signal?.throwIfAborted();
		hash.update(chunk);
		scan.push(chunk);
		size += chunk.length;
	}
	const found = scan.end();
	return { size, sha256: hash.digest('hex'), format: found?.format, facts: found?.facts(size) ?? {} };
}
