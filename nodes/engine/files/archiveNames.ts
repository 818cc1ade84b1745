import type { BinaryFile } from './binary';
import { crc32 } from './crc32';
import { ascii, view } from './media/scan';

/**
 * Reads what is in a ZIP archive, whatever made it, from the central directory at its end (APPNOTE.TXT of PKWARE, section
 * 4.3). Nothing here refuses an archive: HeyGen may be able to read what this reader cannot.
 */

/** What an archive holds. */
export interface ArchiveNames {
	/** Paths of all entries in the directory's order, with slashes. Those of folders end with one. */
	names: string[];
	/** Whether a password is needed for any of them. */
	isEncrypted: boolean;
}

/**
 * Bytes at the end of a file that the first reading keeps. The end record lies within the last 65,557, with a comment of
 * 65,535 behind it; most directories fit into the rest.
 */
const TAIL_BYTES = 262_144;

/** Bytes of the longest directory that is read. 100 files take some 10,000. */
const DIRECTORY_MAX_BYTES = 16 * 1024 ** 2;

/** Places that are looked at: a file that is made to look full of end records must not be read thousands of times. */
const TRIES_MAX = 16;

/**
 * The names of an archive's entries. The file is read once, and its directory once more when it is long.
 *
 * @param file where to read
 * @param signal stops the reading
 * @returns undefined when there is no directory that can be read
 * @throws EngineError when n8n cannot read the file
 */
export async function namesIn(file: BinaryFile, signal?: AbortSignal): Promise<ArchiveNames | undefined> {
	const tail = await tailOf(file, signal);
	let tries = 0;
	for (const directory of directoriesIn(tail)) {
		if (tries++ === TRIES_MAX) return undefined;
		const bytes = await bytesAt(file, directory, tail, signal);
		const found = bytes === undefined ? undefined : entriesIn(bytes);
		if (found !== undefined && found.names.length % COUNT_WRAPS === directory.count) return found;
	}
	return undefined;
}

/** The last bytes of a file. */
interface Tail {
	/** Where in the file they begin. */
	offset: number;
	bytes: Buffer;
}

/** Where a directory lies in the file. */
interface Directory {
	offset: number;
	length: number;
	/** Entries, without what does not fit into 16 bits: tools without Zip64 leave the rest out. */
	count: number;
}

const COUNT_WRAPS = 0x10000;

async function tailOf(file: BinaryFile, signal?: AbortSignal): Promise<Tail> {
	// Twice the length: what is kept moves once for so many bytes, not for every chunk.
	const buffer = Buffer.alloc(2 * TAIL_BYTES);
	let filled = 0;
	let size = 0;
	for await (const chunk of file.open()) {
		signal?.throwIfAborted();
		size += chunk.length;
		const last = chunk.subarray(Math.max(0, chunk.length - TAIL_BYTES));
		if (filled + last.length > buffer.length) {
			buffer.copyWithin(0, filled - TAIL_BYTES, filled);
			filled = TAIL_BYTES;
		}
		buffer.set(last, filled);
		filled += last.length;
	}
	const bytes = buffer.subarray(Math.max(0, filled - TAIL_BYTES), filled);
	return { offset: size - bytes.length, bytes };
}

const END_RECORD = 'PK\x05\x06';
const END_RECORD_LENGTH = 22;
const ZIP64_LOCATOR = 'PK\x06\x07';
const ZIP64_LOCATOR_LENGTH = 20;
const ZIP64_RECORD = 'PK\x06\x06';
const ZIP64_RECORD_LENGTH = 56;

/**
 * Places where the directory may be, the likely ones first. A comment may hold what looks like an end record, and bytes
 * in front of an archive move all that its offsets point to.
 */
function* directoriesIn(tail: Tail): Generator<Directory> {
	const { bytes } = tail;
	for (const isExact of [true, false]) {
		let at = bytes.lastIndexOf(END_RECORD, -END_RECORD_LENGTH, 'latin1');
		for (; at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(END_RECORD, at - 1, 'latin1')) {
			const end = at + END_RECORD_LENGTH + bytes.readUInt16LE(at + 20);
			// Some servers and editors leave bytes behind the end, or cut the comment.
			if ((end === bytes.length) === isExact) yield* directoriesOf(tail, at);
		}
	}
}

/** Where the directory of an end record lies: in front of the record, or where the record says. */
function* directoriesOf(tail: Tail, at: number): Generator<Directory> {
	const { bytes } = tail;
	const long = zip64RecordAt(tail, at);
	const length = long === undefined ? bytes.readUInt32LE(at + 12) : Number(bytes.readBigUInt64LE(long + 40));
	const stated = long === undefined ? bytes.readUInt32LE(at + 16) : Number(bytes.readBigUInt64LE(long + 48));
	const count = bytes.readUInt16LE(long === undefined ? at + 10 : long + 32);
	const end = tail.offset + (long ?? at);
	if (length > DIRECTORY_MAX_BYTES) return;
	for (const offset of new Set([end - length, stated])) {
		// An archive without entries is nothing but an end record; behind anything else such a record is a damaged one.
		if (offset >= 0 && offset + length <= end && (length > 0 || end === 0)) yield { offset, length, count };
	}
}

/** Where the Zip64 end record of an end record begins (sections 4.3.14 and 4.3.15), if there is one. */
function zip64RecordAt({ offset, bytes }: Tail, end: number): number | undefined {
	const locator = end - ZIP64_LOCATOR_LENGTH;
	const has = (signature: string, at: number) => at >= 0 && ascii(bytes, at, at + signature.length) === signature;
	if (!has(ZIP64_LOCATOR, locator)) return undefined;
	const places = [locator - ZIP64_RECORD_LENGTH, Number(bytes.readBigUInt64LE(locator + 8)) - offset];
	return places.find((at) => has(ZIP64_RECORD, at) && at + ZIP64_RECORD_LENGTH <= locator);
}

/** Bytes of a file: those of its tail without another reading. */
async function bytesAt(
	file: BinaryFile,
	{ offset, length }: Directory,
	tail: Tail,
	signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
	if (offset >= tail.offset) return tail.bytes.subarray(offset - tail.offset, offset - tail.offset + length);
	const bytes = Buffer.alloc(length);
	let position = 0;
	for await (const chunk of file.open()) {
		signal?.throwIfAborted();
		const from = Math.max(0, offset - position);
		const to = offset + length - position;
		if (from < chunk.length) bytes.set(chunk.subarray(from, to), Math.max(0, position - offset));
		position += chunk.length;
		if (position >= offset + length) return bytes;
	}
	// The file has become shorter since it was read first.
	return undefined;
}

const CENTRAL_HEADER = 'PK\x01\x02';
const CENTRAL_HEADER_LENGTH = 46;

/** Bits of an entry's flags (section 4.4.4). */
const ENCRYPTED = 1;
const UTF8 = 1 << 11;

/** The entries of a directory; undefined when it is not one from the first byte to the last. */
function entriesIn(directory: Uint8Array): ArchiveNames | undefined {
	const numbers = view(directory);
	const names: string[] = [];
	let isEncrypted = false;
	let at = 0;
	while (at < directory.length) {
		if (ascii(directory, at, at + 4) !== CENTRAL_HEADER) {
			// A signature of the whole directory may be its last record (section 4.3.13).
			if (ascii(directory, at, at + 4) === 'PK\x05\x05') break;
			return undefined;
		}
		if (at + CENTRAL_HEADER_LENGTH > directory.length) return undefined;
		const flags = numbers.getUint16(at + 8, true);
		const nameAt = at + CENTRAL_HEADER_LENGTH;
		const extraAt = nameAt + numbers.getUint16(at + 28, true);
		const commentAt = extraAt + numbers.getUint16(at + 30, true);
		at = commentAt + numbers.getUint16(at + 32, true);
		if (at > directory.length) return undefined;
		const name = directory.subarray(nameAt, extraAt);
		names.push(nameIn(name, directory.subarray(extraAt, commentAt), (flags & UTF8) !== 0).replaceAll('\\', '/'));
		isEncrypted ||= (flags & ENCRYPTED) !== 0;
	}
	return { names, isEncrypted };
}

const LENIENT = new TextDecoder();
const STRICT = new TextDecoder('utf-8', { fatal: true });

/**
 * An entry's name. Without the flag of UTF-8 it is in the code page of the first PCs (appendix D), or in UTF-8 all the
 * same, as macOS writes it: texts of other code pages are hardly ever valid UTF-8.
 */
function nameIn(name: Uint8Array, extra: Uint8Array, isUtf8: boolean): string {
	if (isUtf8) return LENIENT.decode(name);
	const unicode = unicodePath(name, extra);
	if (unicode !== undefined) return unicode;
	try {
		return STRICT.decode(name);
	} catch {
		return Array.from(name, (byte) => (byte < 128 ? String.fromCharCode(byte) : CODE_PAGE_437.charAt(byte - 128))).join('');
	}
}

/** The upper half of code page 437 (unicode.org, CP437.TXT). */
const CODE_PAGE_437 =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0';

/** Info-ZIP's extra field with the name in UTF-8 (section 4.6.9). */
const UNICODE_PATH = 0x7075;

function unicodePath(name: Uint8Array, extra: Uint8Array): string | undefined {
	const numbers = view(extra);
	for (let at = 0; at + 4 <= extra.length; ) {
		const start = at + 4;
		const end = start + numbers.getUint16(at + 2, true);
		if (end > extra.length) return undefined;
		if (numbers.getUint16(at, true) === UNICODE_PATH && end - start > 5) {
			// The field holds the checksum of the name that it belongs to: renaming may have left the field behind.
			const isCurrent = numbers.getUint32(start + 1, true) === crc32(name);
			return isCurrent ? LENIENT.decode(extra.subarray(start + 5, end)) : undefined;
		}
		at = end;
	}
	return undefined;
}
