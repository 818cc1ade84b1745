import type { BinaryFile } from '../../../nodes/engine/files/binary';
import { big, bytes, little } from './mediaSamples';

/** ZIP archives built byte by byte, as different tools write them, and a reader of its own that goes from front to back. */

/** A file as n8n hands it over, in pieces of a length. */
export function stored(name: string, content: Uint8Array, pieceLength = 65_536): BinaryFile & { opened: number } {
	return {
		label: `'Files': "${name}"`,
		name,
		mediaType: '',
		identity: name,
		opened: 0,
		async *open() {
			this.opened++;
			// One buffer for all pieces, as a store may do: whoever keeps a piece sees it change.
			const buffer = new Uint8Array(pieceLength);
			for (let at = 0; at < content.length; at += pieceLength) {
				const piece = content.subarray(at, at + pieceLength);
				buffer.set(piece);
				yield buffer.subarray(0, piece.length);
				buffer.fill(0xee);
			}
		},
	};
}

/** All bytes of a file. */
export async function contentOf(file: BinaryFile): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of file.open()) pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces);
}

/** CRC-32, bit by bit. */
export function slowCrc(content: Uint8Array): number {
	let sum = 0xffffffff;
	for (const byte of content) {
		sum ^= byte;
		for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
	}
	return ~sum >>> 0;
}

/** What a reader of streams finds: one entry after the other, then the directory, which must say the same. */
export function unzipped(archive: Buffer): Array<[path: string, content: Buffer]> {
	const found: Array<[string, Buffer]> = [];
	const places: Array<[offset: number, sum: number]> = [];
	let at = 0;
	const common = (from: number) => {
		expect(archive.readUInt16LE(from)).toBe(20);
		expect(archive.readUInt16LE(from + 2)).toBe(0x0800);
		expect(archive.readUInt16LE(from + 4)).toBe(0);
		expect(archive.readUInt32LE(from + 14)).toBe(archive.readUInt32LE(from + 18));
		expect(archive.readUInt16LE(from + 24)).toBe(0);
		return { sum: archive.readUInt32LE(from + 10), size: archive.readUInt32LE(from + 18), nameLength: archive.readUInt16LE(from + 22) };
	};
	while (archive.readUInt32LE(at) === 0x04034b50) {
		const { sum, size, nameLength } = common(at + 4);
		places.push([at, sum]);
		const name = archive.toString('utf8', at + 30, at + 30 + nameLength);
		const content = archive.subarray(at + 30 + nameLength, at + 30 + nameLength + size);
		expect(slowCrc(content)).toBe(sum);
		found.push([name, content]);
		at += 30 + nameLength + size;
	}
	const directory = at;
	for (const [index, [path, content]] of found.entries()) {
		expect(archive.readUInt32LE(at)).toBe(0x02014b50);
		const { sum, size, nameLength } = common(at + 6);
		expect(size).toBe(content.length);
		expect([archive.readUInt32LE(at + 42), sum]).toEqual(places[index]);
		expect(archive.toString('utf8', at + 46, at + 46 + nameLength)).toBe(path);
		at += 46 + nameLength;
	}
	expect(archive.subarray(at)).toEqual(
		bytes('PK\x05\x06', little(0, 4), little(found.length, 2), little(found.length, 2), little(at - directory, 4), little(directory, 4), little(0, 2)),
	);
	return found;
}

/** An entry of an archive that some tool has made. */
export interface SampleEntry {
	name: string | Buffer;
	content?: Buffer;
	/** Bit 0: encrypted; bit 3: the sizes stand behind the content; bit 11: UTF-8. */
	flags?: number;
	extra?: Buffer;
	comment?: string;
}

const LONG = 0xffffffff;

/** How an archive is made. */
export interface ZipSample {
	/** Bytes in front that offsets count in, as self-extractors have them, or do not. */
	before?: Buffer;
	areOffsetsMoved?: boolean;
	comment?: Buffer;
	/** A Zip64 end record, with the numbers of the plain one at their most, or as they are. */
	zip64?: 'only' | 'as well';
	/** Bytes at the end of the Zip64 record. */
	zip64Extra?: Buffer;
	/** Between the directory and the end records. */
	signature?: Buffer;
	behind?: Buffer;
}

/** An archive as some tool makes it. */
export function zipSample(entries: readonly SampleEntry[], sample: ZipSample = {}): Buffer {
	const { before = Buffer.alloc(0), zip64Extra = Buffer.alloc(0), signature = Buffer.alloc(0), comment = Buffer.alloc(0) } = sample;
	const base = sample.areOffsetsMoved === true ? before.length : 0;
	const locals: Buffer[] = [];
	const centrals: Buffer[] = [];
	let offset = base;
	for (const { name, content = Buffer.from('content'), flags = 0, extra = Buffer.alloc(0), comment: about = '' } of entries) {
		const bare = typeof name === 'string' ? Buffer.from(name, 'utf8') : name;
		const hasDescriptor = (flags & 8) !== 0;
		const sizes = bytes(little(slowCrc(content), 4), little(content.length, 4), little(content.length, 4));
		const head = (known: Buffer) => bytes(little(20, 2), little(flags, 2), little(0, 2), little(0, 4), known, little(bare.length, 2), little(extra.length, 2));
		const local = bytes('PK\x03\x04', head(hasDescriptor ? Buffer.alloc(12) : sizes), bare, extra, content, hasDescriptor ? bytes('PK\x07\x08', sizes) : '');
		centrals.push(bytes('PK\x01\x02', little(20, 2), head(sizes), little(about.length, 2), little(0, 8), little(offset, 4), bare, extra, about));
		locals.push(local);
		offset += local.length;
	}
	const directory = bytes(...centrals);
	const count = little(entries.length, 8);
	const numbers = [count, count, little(directory.length, 8), little(offset, 8)];
	const record = bytes('PK\x06\x06', little(44 + zip64Extra.length, 8), little(45, 2), little(45, 2), little(0, 8), ...numbers, zip64Extra);
	const locator = bytes('PK\x06\x07', little(0, 4), little(offset + directory.length + signature.length, 8), little(1, 4));
	const plain = sample.zip64 === 'only' ? [LONG, LONG] : [directory.length, offset];
	const short = sample.zip64 === 'only' ? 0xffff : entries.length;
	const end = bytes('PK\x05\x06', little(0, 4), little(short, 2), little(short, 2), ...plain.map((value) => little(value, 4)), little(comment.length, 2), comment);
	return bytes(before, ...locals, directory, signature, sample.zip64 === undefined ? '' : bytes(record, locator), end, sample.behind ?? '');
}

/** Info-ZIP's extra field with a name in UTF-8. */
export function unicodePathField(name: Buffer, text: string): Buffer {
	const data = bytes(1, little(slowCrc(name), 4), Buffer.from(text, 'utf8'));
	return bytes(little(0x7075, 2), little(data.length, 2), data);
}

/** The time stamp that Info-ZIP adds to each entry. */
export const TIME_FIELD = bytes('UT', little(5, 2), 3, big(0, 4));
