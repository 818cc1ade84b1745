import { createHash } from 'crypto';

import { ZIP } from '../../heygen/formats';
import { HYPERFRAMES_PROJECT_MAX_MB } from '../../heygen/limits';
import { amount, numeral, shown } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import type { BinaryFile } from './binary';
import { LARGEST_MEGABYTE } from './checkFile';
import { crc32 } from './crc32';

/**
 * Writes ZIP archives (APPNOTE.TXT of PKWARE, sections 4.3 and 4.4) without compression and without Zip64: pages are
 * small, and pictures, sounds and films are compressed already.
 */

/** Entries, and bytes of a name, that fit into 16 bits. */
const UINT16_MAX = 0xffff;

/** Lengths of the records without names. */
const LOCAL_HEADER_LENGTH = 30;
const CENTRAL_HEADER_LENGTH = 46;
const END_LENGTH = 22;

/** The version of the format that knows folders, which names with a slash make (section 4.4.3.2). */
const VERSION = 20;

/** The upper byte of a version says whose file attributes an entry has: those of Unix (section 4.4.2). */
const MADE_ON_UNIX = 3 << 8;

/** A file that its owner writes and everybody reads, as the attributes of Unix have it. */
const PLAIN_FILE = 0o100644;

/** Names are UTF-8 (section 4.4.4, bit 11). */
const UTF8_NAMES = 1 << 11;

/** 1980-01-01, the first day that there is (section 4.4.6): the same files are the same archive, whenever it is made. */
const FIRST_DAY = (1 << 5) | 1;

/** One file, and where it lies in the archive. */
export interface ArchivePart {
	/** With slashes: "assets/logo.png". */
	path: string;
	file: BinaryFile;
}

/** A part that has been read once. */
interface Entry {
	file: BinaryFile;
	/** UTF-8. */
	name: Buffer;
	/** Bytes. */
	size: number;
	/** CRC-32. */
	checksum: number;
	/** Where its local header begins. */
	offset: number;
}

/**
 * One archive out of several files, as a file that is read like any other. No file is ever in memory as a whole. Each is
 * read once here, for the size and the checksum that stand in front of its content: readers of streams cannot tell where
 * stored content ends when its size comes behind it. `open()` reads the files anew.
 *
 * @param name of the archive, with its extension
 * @param label how messages about it begin
 * @param files with a path each, no path twice; their order does not matter
 * @param signal stops the first reading
 * @throws EngineError when they are too many or too large, or one cannot be read. What `open()` gives throws one when a
 * file is no longer what it was.
 */
export async function archiveOf(
	name: string,
	label: string,
	files: readonly ArchivePart[],
	signal?: AbortSignal,
): Promise<BinaryFile> {
	if (files.length > UINT16_MAX) {
		throw inputError(
			`${label} would hold ${amount(files.length, 'file')}, but an archive of this kind holds ${numeral(UINT16_MAX)} at most`,
			'Leave out what the project does not need.',
		);
	}
	const sorted = [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
	const names = sorted.map(({ path }) => nameOf(path, label));
	const headers = names.reduce((sum, { length }) => sum + LOCAL_HEADER_LENGTH + CENTRAL_HEADER_LENGTH + 2 * length, END_LENGTH);
	let left = HYPERFRAMES_PROJECT_MAX_MB * LARGEST_MEGABYTE - headers;
	if (left < 0) throw tooLarge(label);
	let offset = 0;
	const entries: Entry[] = [];
	const hash = createHash('sha256');
	for (const [index, { path, file }] of sorted.entries()) {
		const entryName = names[index] as Buffer;
		let size = 0;
		let checksum = 0;
		for await (const chunk of file.open()) {
			signal?.throwIfAborted();
			size += chunk.length;
			if (size > left) throw tooLarge(label);
			checksum = crc32(chunk, checksum);
		}
		left -= size;
		entries.push({ file, name: entryName, size, checksum, offset });
		offset += LOCAL_HEADER_LENGTH + entryName.length + size;
		hash.update(`${JSON.stringify([path, size, checksum])}\n`).update(`${file.identity}\n`);
	}
	return {
		label,
		name,
		mediaType: ZIP.mediaTypes[0],
		identity: `archive ${hash.digest('hex')}`,
		open: () => gathered(contentOf(entries, offset)),
	};
}

function nameOf(path: string, label: string): Buffer {
	const name = Buffer.from(path, 'utf8');
	if (name.length <= UINT16_MAX) return name;
	throw inputError(
		`${label} cannot hold the file ${shown(path)}: its path has ${amount(name.length, 'byte')}, but an archive takes ${numeral(UINT16_MAX)} at most`,
		'Give the file a shorter name.',
	);
}

function tooLarge(label: string) {
	return inputError(
		`${label} would be larger than ${numeral(HYPERFRAMES_PROJECT_MAX_MB)} MB, the most that HeyGen takes for a project`,
		'Leave out what the project does not need, or make its pictures, sounds and films smaller.',
	);
}

async function* contentOf(entries: readonly Entry[], directoryAt: number): AsyncGenerator<Uint8Array> {
	for (const entry of entries) {
		yield localHeader(entry);
		yield* unchanged(entry);
	}
	let length = 0;
	for (const entry of entries) {
		const header = centralHeader(entry);
		length += header.length;
		yield header;
	}
	yield endRecord(entries.length, length, directoryAt);
}

/** A part's bytes; the headers that were made of the first reading would be wrong for others. */
async function* unchanged({ file, size, checksum }: Entry): AsyncGenerator<Uint8Array> {
	let length = 0;
	let sum = 0;
	for await (const chunk of file.open()) {
		length += chunk.length;
		if (length > size) throw changed(file);
		sum = crc32(chunk, sum);
		yield chunk;
	}
	if (length !== size || sum !== checksum) throw changed(file);
}

function changed({ label }: BinaryFile) {
	return inputError(
		`${label} has changed while it was put into an archive`,
		'Something has written to the file meanwhile. Run the workflow again once the file is complete.',
	);
}

/** What local and central headers have in common (section 4.3.7): from the version on, up to the lengths of the name. */
function facts({ name, size, checksum }: Entry): Buffer {
	const bytes = Buffer.alloc(26);
	bytes.writeUInt16LE(VERSION, 0);
	bytes.writeUInt16LE(UTF8_NAMES, 2);
	// Method 0, stored; time 0, midnight.
	bytes.writeUInt16LE(FIRST_DAY, 8);
	bytes.writeUInt32LE(checksum, 10);
	bytes.writeUInt32LE(size, 14);
	bytes.writeUInt32LE(size, 18);
	bytes.writeUInt16LE(name.length, 22);
	return bytes;
}

function localHeader(entry: Entry): Buffer {
	return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts(entry), entry.name]);
}

/** Section 4.3.12. */
function centralHeader(entry: Entry): Buffer {
	const start = Buffer.from('PK\x01\x02\0\0', 'latin1');
	start.writeUInt16LE(MADE_ON_UNIX | VERSION, 4);
	const end = Buffer.alloc(14);
	// No comment, on the first disk, no attributes within.
	end.writeUInt32LE(PLAIN_FILE * 2 ** 16, 6);
	end.writeUInt32LE(entry.offset, 10);
	return Buffer.concat([start, facts(entry), end, entry.name]);
}

/** Section 4.3.16. */
function endRecord(count: number, length: number, offset: number): Buffer {
	const bytes = Buffer.alloc(END_LENGTH);
	bytes.write('PK\x05\x06', 'latin1');
	bytes.writeUInt16LE(count, 8);
	bytes.writeUInt16LE(count, 10);
	bytes.writeUInt32LE(length, 12);
	bytes.writeUInt32LE(offset, 16);
	return bytes;
}

/** Bytes that are handed on at once, at least. */
const PIECE_BYTES = 65_536;

/** Joins small pieces: a project may have thousands of headers, and each piece costs a turn of the transfer. */
async function* gathered(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let buffer = Buffer.allocUnsafe(PIECE_BYTES);
	let filled = 0;
	for await (const piece of pieces) {
		if (filled > 0 && filled + piece.length > PIECE_BYTES) {
			yield buffer.subarray(0, filled);
			buffer = Buffer.allocUnsafe(PIECE_BYTES);
			filled = 0;
		}
		if (piece.length >= PIECE_BYTES) {
			yield piece;
		} else {
			buffer.set(piece, filled);
			filled += piece.length;
		}
	}
	if (filled > 0) yield buffer.subarray(0, filled);
}
