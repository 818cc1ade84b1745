/** Where the bytes of uploads are kept: a directory of temporary files for each sandbox. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bytes of an upload, complete on the disk. */
export interface StoredFile {
	path: string;
	sizeBytes: number;
	/** In hex. */
	sha256: string;
	/** The first bytes, enough to tell the type. */
	head: Buffer;
	/** Unix milliseconds at which the last byte came. */
	arrivedAt: number;
}

const CHUNK_BYTES = 65_536;

/** Directories of this process that exist. */
const existing = new Set<string>();

function removeDirectory(path: string): void {
	// A file that is just being created makes the first attempt fail.
	rmSync(path, { recursive: true, force: true, maxRetries: 3 });
	existing.delete(path);
	if (existing.size === 0) process.off('exit', removeAll);
}

/** Removes at the end of the process what a sandbox that was never stopped leaves behind. */
function removeAll(): void {
	existing.forEach(removeDirectory);
}

function createDirectory(): string {
	if (existing.size === 0) process.on('exit', removeAll);
	const path = mkdtempSync(join(tmpdir(), 'heygen-sandbox-'));
	existing.add(path);
	return path;
}

export class UploadDirectory {
	private path: string | null = null;
	private removed = false;
	private files = 0;

	/** The path of a file that does not exist yet. @throws Error when the directory has been removed. */
	newFile(): string {
		if (this.removed) throw new Error('The uploads were removed');
		this.path ??= createDirectory();
		this.files += 1;
		return join(this.path, String(this.files));
	}

	/** Deletes all files, for ever. */
	remove(): void {
		this.removed = true;
		if (this.path !== null) removeDirectory(this.path);
	}
}

/** Deletes the file of an upload, whether it is complete or not. */
export const removeFile = (path: string): void => rmSync(path, { force: true });

/** The bytes of a file in chunks of 64 KiB, read as they are asked for. */
export function* fileChunks(path: string): Generator<Buffer, void> {
	const file = openSync(path, 'r');
	try {
		for (;;) {
			const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
			const length = readSync(file, chunk);
			if (length === 0) return;
			yield chunk.subarray(0, length);
		}
	} finally {
		closeSync(file);
	}
}
