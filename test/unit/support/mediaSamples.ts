/** Media files built byte by byte, as small as their headers allow, and the reader fed with them in pieces. */
import { content } from '../../../nodes/engine/files/media/detect';
import type { MediaFacts } from '../../../nodes/engine/files/media/facts';
import { Scan } from '../../../nodes/engine/files/media/scan';
import type { FileFormat } from '../../../nodes/heygen/formats';

/** Text counts as Latin-1, so that signatures can be written as they are; numbers are bytes. */
export type Piece = string | number | readonly number[] | Buffer;

/** Bytes in a row. */
export function bytes(...pieces: Piece[]): Buffer {
	return Buffer.concat(
		pieces.map((piece) => {
			if (typeof piece === 'string') return Buffer.from(piece, 'latin1');
			return Buffer.isBuffer(piece) ? piece : Buffer.from(typeof piece === 'number' ? [piece] : [...piece]);
		}),
	);
}

/** A number, most significant byte first. */
export function big(value: number | bigint, length: number): Buffer {
	const hex = BigInt(value).toString(16).padStart(length * 2, '0');
	return Buffer.from(hex, 'hex');
}

/** A number, least significant byte first. */
export function little(value: number, length: number): Buffer {
	return big(value, length).reverse();
}

/** Bytes without meaning. None of them begins a JPEG marker or an MPEG frame. */
export function filler(length: number): Buffer {
	return Buffer.alloc(length, 0x55);
}

// PNG (W3C PNG specification); checksums are left at 0, no header reader looks at them.

/** A picture of one pixel's data that says it is larger. */
export function pngFile(width: number, height: number): Buffer {
	const chunk = (type: string, data: Buffer) => bytes(big(data.length, 4), type, data, big(0, 4));
	const header = bytes(big(width, 4), big(height, 4), [8, 2, 0, 0, 0]);
	return bytes('\x89PNG\r\n\x1a\n', chunk('IHDR', header), chunk('IDAT', filler(10)), chunk('IEND', bytes()));
}

// JPEG (ITU-T T.81, annex B)

/** A marker segment with its length. */
export function jpegSegment(marker: number, data: Buffer): Buffer {
	return bytes([0xff, marker], big(data.length + 2, 2), data);
}

/** A frame header: 0xc0 baseline, 0xc2 progressive. */
export function jpegFrame(width: number, height: number, marker = 0xc0): Buffer {
	return jpegSegment(marker, bytes(8, big(height, 2), big(width, 2), 1, [1, 0x11, 0]));
}

/**
 * A picture.
 *
 * @param segments everything between its start and the scan: metadata, tables, the frame header
 */
export function jpegFile(...segments: Buffer[]): Buffer {
	const scan = jpegSegment(0xda, bytes([1, 1, 0, 0, 63, 0]));
	return bytes([0xff, 0xd8], ...segments, scan, filler(40), [0xff, 0xd9]);
}

/** The segment every JFIF file begins with. */
export const JFIF = jpegSegment(0xe0, bytes('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]));

/** EXIF data with a small picture in them, whose size must not be taken for that of the large one. */
export function exifWithThumbnail(padding: number): Buffer {
	const thumbnail = jpegFile(JFIF, jpegFrame(160, 120));
	return jpegSegment(0xe1, bytes('Exif\0\0II*\0', filler(padding), thumbnail));
}

// MP4 (ISO/IEC 14496-12)

/** A box. */
export function box(type: string, ...inside: Piece[]): Buffer {
	const content = bytes(...inside);
	return bytes(big(content.length + 8, 4), type, content);
}

/** A box with its size in 64 bits. */
export function longBox(type: string, ...inside: Piece[]): Buffer {
	const content = bytes(...inside);
	return bytes(big(1, 4), type, big(content.length + 16, 8), content);
}

/** A box that goes on to the end of the file. */
export function openBox(type: string, ...inside: Piece[]): Buffer {
	return bytes(big(0, 4), type, ...inside);
}

/** What an MP4 begins with. */
export function ftyp(brand = 'isom'): Buffer {
	return box('ftyp', brand, big(512, 4), 'isomiso2');
}

/** A track header; sizes are 16.16 fixed point, audio has none. */
export function tkhd(width: number, height: number, version: 0 | 1 = 0): Buffer {
	const times = Buffer.alloc(version === 0 ? 20 : 32, 1);
	return box('tkhd', [version, 0, 0, 7], times, Buffer.alloc(52, 2), big(width * 65_536, 4), big(height * 65_536, 4));
}

/** A track: its header, and what else tracks have. */
export function trak(header: Buffer): Buffer {
	return box('trak', header, box('edts', filler(28)), box('mdia', filler(60), box('tkhd', filler(84))));
}

/**
 * The header of an index, with its length in units.
 *
 * @param scale units a second
 */
export function mvhd(duration: number | bigint, scale: number, version: 0 | 1 = 0): Buffer {
	const width = version === 0 ? 4 : 8;
	return box('mvhd', [version, 0, 0, 0], Buffer.alloc(2 * width, 1), big(scale, 4), big(duration, width), filler(80));
}

/** The index of a film. */
export function moov(...tracks: Buffer[]): Buffer {
	return box('moov', box('mvhd', filler(100)), ...tracks, box('udta', filler(20)));
}

// WebM (RFC 8794, RFC 9559)

/** A length, in so many bytes. */
export function ebmlLength(value: number, width: number): Buffer {
	return big(BigInt(value) | (1n << BigInt(7 * width)), width);
}

/**
 * An element.
 *
 * @param id in hex, with its length marker
 * @param inside its content
 * @param width bytes of its length; all of them ones for "unknown"
 */
export function element(id: string, inside: Buffer, width: number | 'unknown' = 1): Buffer {
	const length = width === 'unknown' ? bytes(1, Array(7).fill(0xff) as number[]) : ebmlLength(inside.length, width);
	return bytes(Buffer.from(id, 'hex'), length, inside);
}

/** The header of a Matroska file. */
export function ebmlHeader(docType: string): Buffer {
	return element('1a45dfa3', bytes(element('4286', bytes(1)), element('4282', bytes(docType)), element('4287', bytes(2))));
}

/** A video track, with what encoders write before its size. */
export function videoTrack(width: number, height: number, lengthWidth = 1): Buffer {
	const size = bytes(element('b0', big(width, 2)), element('ba', big(height, 2)));
	const head = bytes(element('d7', bytes(1)), element('73c5', big(77, 8)), element('86', bytes('V_VP8')));
	return element('ae', bytes(head, element('e0', size)), lengthWidth);
}

/** An audio track. */
export const audioTrack = element('ae', bytes(element('d7', bytes(2)), element('86', bytes('A_OPUS')), element('e1', filler(9))));

/** A film of tracks, and frames behind them. */
export function webmFile({ docType = 'webm', before = bytes(), tracks = videoTrack(1_280, 720), width = 4 as number | 'unknown' } = {}): Buffer {
	const cluster = element('1f43b675', filler(50), width === 'unknown' ? 'unknown' : 2);
	return bytes(ebmlHeader(docType), element('18538067', bytes(before, element('1654ae6b', tracks, 2), cluster), width));
}

/**
 * The information about a segment, with its length in units.
 *
 * @param duration as a float of 8 bytes, or 4
 * @param scale nanoseconds a unit
 */
export function webmInfo(duration: number, scale = 1_000_000, width: 4 | 8 = 8): Buffer {
	const float = Buffer.alloc(width);
	if (width === 8) float.writeDoubleBE(duration);
	else float.writeFloatBE(duration);
	return element('1549a966', bytes(element('2ad7b1', big(scale, 3)), element('4d80', bytes('Lavf')), element('4489', float)));
}

// Ogg (RFC 3533), with Opus (RFC 7845) and Vorbis

/** A page of a stream. @param position samples up to its end */
export function oggPage(position: number | bigint, packet: Buffer, serial = 7): Buffer {
	const table = [...Array.from({ length: Math.floor(packet.length / 255) }, () => 255), packet.length % 255];
	const head = bytes('OggS', 0, 2, big(position, 8).reverse(), little(serial, 4), little(0, 4), little(0, 4));
	return bytes(head, table.length, table, packet);
}

/** The first packet of Opus: stereo, with samples to be skipped. */
export function opusHead(skipped: number): Buffer {
	return bytes('OpusHead', 1, 2, little(skipped, 2), little(16_000, 4), little(0, 2), 0);
}

/** The first packet of Vorbis. */
export function vorbisHead(rate: number): Buffer {
	return bytes('\x01vorbis', little(0, 4), 2, little(rate, 4), filler(14));
}

// FLAC (RFC 9639)

/** A recording that says how many samples it has. */
export function flacFile(samples: number, rate: number): Buffer {
	const packed = (BigInt(rate) << 44n) | (1n << 41n) | (15n << 36n) | BigInt(samples);
	return bytes('fLaC', [0x80, 0, 0, 34], filler(10), big(packed, 8), filler(16), filler(60));
}

// WAV (Microsoft RIFF)

/** A chunk; one of odd length is padded. */
export function riffChunk(name: string, data: Buffer, length = data.length): Buffer {
	return bytes(name, little(length, 4), data, data.length % 2 === 1 ? 0 : bytes());
}

/** The chunk that says how the sound is coded: 16 bit, mono. */
export function wavFormat(rate: number): Buffer {
	return riffChunk('fmt ', bytes(little(1, 2), little(1, 2), little(rate, 4), little(rate * 2, 4), little(2, 2), little(16, 2)));
}

/** A recording of chunks. */
export function wavFile(...chunks: Buffer[]): Buffer {
	const inside = bytes('WAVE', ...chunks);
	return bytes('RIFF', little(inside.length, 4), inside);
}

// MP3 (ISO/IEC 11172-3 and 13818-3; Xing and VBRI are of their encoders)

/** The frames that the tests need: version bits, bitrate index, sampling rate index, and what they come to. */
export const MPEG = {
	/** MPEG 1, 44.1 kHz. */
	kbps128: { version: 3, bitrate: 9, rate: 0, length: 417, seconds: 1_152 / 44_100 },
	kbps64: { version: 3, bitrate: 5, rate: 0, length: 208, seconds: 1_152 / 44_100 },
	/** MPEG 2, 22.05 kHz, 64 kilobits. */
	mpeg2: { version: 2, bitrate: 8, rate: 0, length: 208, seconds: 576 / 22_050 },
	/** MPEG 2.5, 11.025 kHz, 32 kilobits. */
	mpeg25: { version: 0, bitrate: 4, rate: 0, length: 208, seconds: 576 / 11_025 },
} as const;

/** What an encoder writes into the first frame, behind the place of the side information. */
export interface EncoderHeader {
	/** Bytes from the frame's beginning. */
	at: number;
	data: Buffer;
}

/** One frame, stereo unless told otherwise. */
export function frame(kind: keyof typeof MPEG, header?: EncoderHeader, mono = false): Buffer {
	const { version, bitrate, rate, length } = MPEG[kind];
	const whole = filler(length);
	whole.set([0xff, 0xe0 | (version << 3) | 3, (bitrate << 4) | (rate << 2), mono ? 0xc0 : 0], 0);
	if (header !== undefined) whole.set(header.data, header.at);
	return whole;
}

/** Frames of one kind. */
export function frames(kind: keyof typeof MPEG, count: number): Buffer {
	return bytes(...Array.from({ length: count }, () => frame(kind)));
}

/** Xing's header with a count of frames, at the place it has in MPEG 1 stereo. */
export function xing(count: number, at = 36, name = 'Xing'): EncoderHeader {
	return { at, data: bytes(name, big(0xf, 4), big(count, 4), big(123_456, 4)) };
}

/** Fraunhofer's header with a count of frames. */
export function vbri(count: number): EncoderHeader {
	return { at: 36, data: bytes('VBRI', big(1, 2), big(0, 2), big(75, 2), big(99_999, 4), big(count, 4)) };
}

/** A tag with a picture of so many bytes in front of the sound. Four bytes of seven bits are its length. */
export function id3(length: number, flags = 0): Buffer {
	const size = [21, 14, 7, 0].map((shift) => (length >> shift) & 0x7f);
	const footer = (flags & 0x10) === 0 ? bytes() : filler(10);
	return bytes('ID3', [4, 0, flags], size, filler(length), footer);
}

/** The tag of old at the end. */
export const ID3V1 = bytes('TAG', filler(125));

/** What reading a file has told. */
export interface Read {
	format: FileFormat | undefined;
	facts: MediaFacts;
}

/**
 * Reads a file that comes in pieces.
 *
 * @param pieces as a store would hand them on
 */
export function readPieces(pieces: Iterable<Uint8Array>): Read {
	const scan = new Scan(content());
	let size = 0;
	for (const piece of pieces) {
		scan.push(piece);
		size += piece.length;
	}
	const found = scan.end();
	if (found === undefined) throw new Error('The reader gave up');
	return { format: found.format, facts: found.facts(size) };
}

/**
 * Reads a file in pieces of one length, each in memory that is used again for the next, as stores may do.
 *
 * @param length of a piece
 */
export function read(file: Buffer, length = Infinity): Read {
	const step = Math.min(length, file.length);
	const memory = Buffer.alloc(step);
	function* pieces(): Generator<Uint8Array> {
		for (let at = 0; at < file.length; at += step) {
			const copied = file.copy(memory, 0, at, at + step);
			yield memory.subarray(0, copied);
		}
		memory.fill(0);
	}
	return readPieces(pieces());
}

/** How stores cut files: byte by byte, oddly, within the first headers, and not at all. */
export const PIECE_LENGTHS = [1, 7, 1_000, Infinity] as const;
