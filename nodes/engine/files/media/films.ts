import { trimEndOf } from '../../../heygen/values/text';
import { type FactScanner, pixels, playing } from './facts';
import { ascii, type Scanner, view } from './scan';

/** Boxes looked at before a file is given up; a film in fragments has thousands that do not matter. */
const MAX_BOXES = 4_096;

interface Box {
	type: string;
	/** Where its content begins, and where it ends. */
	start: number;
	end: number;
}

/**
 * Size and length of an MP4, and of its kin such as M4A and QuickTime: the largest track header, and the movie header; of a
 * film in fragments the movie extends header (ISO/IEC 14496-12, sections 4.2, 8.3.2, 8.2.2 and 8.8.2).
 */
export function* mp4(): FactScanner {
	let width = 0;
	let height = 0;
	let timescale = 0;
	let duration = 0;
	let at = 0;
	for (let boxes = 0; boxes < MAX_BOXES; boxes++) {
		const box: Box | undefined = yield* boxAt(at);
		if (box === undefined) break;
		if (box.type === 'moov' || box.type === 'trak' || box.type === 'mvex') {
			at = box.start;
			continue;
		}
		if (box.type === 'mvhd') {
			const bytes = yield { offset: box.start, length: 32 };
			// Its times before the scale are of four or of eight bytes.
			const scaleAt = bytes[0] === 1 ? 20 : 12;
			timescale = bytes.length >= scaleAt + 4 ? view(bytes).getUint32(scaleAt) : 0;
			duration = durationAt(bytes, scaleAt + 4);
		}
		if (box.type === 'mehd') {
			const bytes = yield { offset: box.start, length: 12 };
			duration = Math.max(duration, durationAt(bytes, 4));
		}
		if (box.type === 'tkhd') {
			// Width and height are its last fields, 16.16 fixed point.
			const bytes = yield { offset: box.end - 8, length: 8 };
			if (bytes.length < 8) break;
			width = Math.max(width, view(bytes).getUint16(0));
			height = Math.max(height, view(bytes).getUint16(4));
		}
		at = box.end;
	}
	return playing(pixels(width, height), duration / timescale);
}

/**
 * A length of four bytes, or of eight in boxes of version 1.
 *
 * @param bytes what the box holds
 * @returns 0 when there is none, or all of its bits are ones: then it is not known
 */
function durationAt(bytes: Uint8Array, offset: number): number {
	const version = bytes[0] ?? 2;
	const length = version === 1 ? 8 : 4;
	if (version > 1 || bytes.length < offset + length) return 0;
	const value = number(bytes, offset, length);
	return value >= 256 ** length - 1 ? 0 : value;
}

function* boxAt(offset: number): Scanner<Box | undefined> {
	const bytes = yield { offset, length: 16 };
	if (bytes.length < 8) return undefined;
	const short = view(bytes).getUint32(0);
	const long = short === 1 && bytes.length === 16;
	// A size of 0 means up to the end of the file: nothing comes behind it.
	const size = long ? Number(view(bytes).getBigUint64(8)) : short === 0 ? Infinity : short;
	if (size < 8) return undefined;
	return { type: ascii(bytes, 4, 8), start: offset + (long ? 16 : 8), end: offset + size };
}

/** Matroska element ids (RFC 9559, section 5.1), with their length markers. */
const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const VIDEO = 0xe0;
const PIXEL_WIDTH = 0xb0;
const PIXEL_HEIGHT = 0xba;
const CLUSTER = 0x1f43b675;
const INFO = 0x1549a966;
const TIMESTAMP_SCALE = 0x2ad7b1;
const DURATION = 0x4489;

/** Nanoseconds of a unit of time, unless the file says otherwise. */
const USUAL_SCALE = 1_000_000;

/**
 * Size and length of a WebM: the video track's pixel size, and the duration in the segment's information (RFC 9559, sections
 * 5.1.4.1.28.6 and .7, 5.1.2.9 and .10). What a browser has recorded has no duration.
 */
export function* webm(): FactScanner {
	let width: number | undefined;
	let height: number | undefined;
	let scale = USUAL_SCALE;
	let duration = 0;
	let at = 0;
	for (let elements = 0; elements < MAX_BOXES; elements++) {
		const bytes = yield { offset: at, length: 20 };
		const element = elementIn(bytes);
		if (element === undefined || element.id === CLUSTER) break;
		const start = at + element.headerLength;
		if ([SEGMENT, INFO, TRACKS, TRACK_ENTRY, VIDEO].includes(element.id)) {
			at = start;
			continue;
		}
		if (element.id === PIXEL_WIDTH || element.id === PIXEL_HEIGHT) {
			if (bytes.length < element.headerLength + element.size) break;
			const value = number(bytes, element.headerLength, element.size);
			if (element.id === PIXEL_WIDTH) width = Math.max(width ?? 0, value);
			else height = Math.max(height ?? 0, value);
		}
		const content = bytes.subarray(element.headerLength, element.headerLength + element.size);
		if (element.id === TIMESTAMP_SCALE) scale = number(content, 0, content.length) || USUAL_SCALE;
		if (element.id === DURATION && content.length === 4) duration = view(content).getFloat32(0);
		if (element.id === DURATION && content.length === 8) duration = view(content).getFloat64(0);
		at = start + element.size;
	}
	return playing(pixels(width, height), (duration * scale) / 1e9);
}

/**
 * The document type of an EBML file: "webm" or "matroska" (RFC 8794, section 11.2.4).
 *
 * @param head the file's first bytes
 */
export function ebmlDocType(head: Uint8Array): string | undefined {
	const header = elementIn(head);
	if (header?.id !== EBML) return undefined;
	const end = Math.min(head.length, header.headerLength + header.size);
	for (let at = header.headerLength; at < end; ) {
		const element = elementIn(head.subarray(at));
		if (element === undefined) return undefined;
		const start = at + element.headerLength;
		if (element.id === 0x4282) return trimEndOf(ascii(head, start, start + element.size), '\0');
		at = start + element.size;
	}
	return undefined;
}

function elementIn(
	bytes: Uint8Array,
): { id: number; headerLength: number; size: number } | undefined {
	const idLength = variableLength(bytes[0]);
	if (idLength === undefined || idLength > 4) return undefined;
	const sizeLength = variableLength(bytes[idLength]);
	if (sizeLength === undefined || bytes.length < idLength + sizeLength) return undefined;
	const id = number(bytes, 0, idLength);
	// Without its marker: with it, eight bytes are more than a number holds exactly.
	const first = (bytes[idLength] as number) & (0xff >> sizeLength);
	const size = first * 256 ** (sizeLength - 1) + number(bytes, idLength + 1, sizeLength - 1);
	// All ones: the size is unknown, as in live streams.
	const unknown = size === 2 ** (7 * sizeLength) - 1;
	return { id, headerLength: idLength + sizeLength, size: unknown ? Infinity : size };
}

/** Bytes of a variable-length number, by the leading zeros of its first byte. */
function variableLength(first: number | undefined): number | undefined {
	return first === undefined || first === 0 ? undefined : Math.clz32(first) - 23;
}

function number(bytes: Uint8Array, from: number, length: number): number {
	let value = 0;
	for (const byte of bytes.subarray(from, from + length)) value = value * 256 + byte;
	return value;
}
