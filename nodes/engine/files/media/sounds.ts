import { noFacts, type FactScanner, playing } from './facts';
import { ascii, view } from './scan';

/** Chunks looked at before the sound data are no longer expected. */
const MAX_CHUNKS = 256;

/** Length of a WAV: bytes of sound by bytes a second (Microsoft RIFF and Multimedia Programming Interface). */
export function* wav(): FactScanner {
	let bytesPerSecond = 0;
	let at = 12;
	for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
		const bytes = yield { offset: at, length: 20 };
		if (bytes.length < 8) return noFacts;
		const name = ascii(bytes, 0, 4);
		const length = view(bytes).getUint32(4, true);
		if (name === 'fmt ' && bytes.length === 20) bytesPerSecond = view(bytes).getUint32(16, true);
		if (name === 'data') {
			const start = at + 8;
			const rate = bytesPerSecond;
			if (rate === 0) return noFacts;
			// Recorders that stream write no length, or the largest.
			return (size) => ({
				seconds: (length === 0 ? size - start : Math.min(length, size - start)) / rate,
			});
		}
		at += 8 + length + (length % 2);
	}
	return noFacts;
}

/** Kilobits a second by bitrate index, of MPEG 1 and of MPEG 2 and 2.5 (ISO/IEC 11172-3 and 13818-3, layer III). */
const KILOBITS = {
	mpeg1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
	mpeg2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;

interface Frame {
	bitsPerSecond: number;
	samplesPerSecond: number;
	samples: number;
	/** Bytes, header included. */
	length: number;
	/** Bytes between the frame's beginning and an encoder's own header, if it has one. */
	encoderHeader: number;
}

/**
 * Reads the header of an MPEG layer III frame.
 *
 * @param bytes where it should begin
 * @returns undefined when it is none
 */
export function mp3Frame(bytes: Uint8Array): Frame | undefined {
	if (bytes.length < 4) return undefined;
	const header = view(bytes).getUint32(0);
	const version = (header >>> 19) & 3;
	const bitrate = (header >>> 12) & 15;
	const rate = (header >>> 10) & 3;
	const layer = (header >>> 17) & 3;
	if (header >>> 21 !== 0x7ff || version === 1 || layer !== 1 || rate === 3) return undefined;
	if (bitrate === 0 || bitrate === 15) return undefined;
	const mpeg1 = version === 3;
	const bitsPerSecond = (KILOBITS[mpeg1 ? 'mpeg1' : 'mpeg2'][bitrate] as number) * 1_000;
	// MPEG 2 halves the rates of MPEG 1, MPEG 2.5 quarters them.
	const samplesPerSecond = ([44_100, 48_000, 32_000][rate] as number) >> (mpeg1 ? 0 : version === 2 ? 1 : 2);
	const samples = mpeg1 ? 1_152 : 576;
	const padding = (header >>> 9) & 1;
	const mono = ((header >>> 6) & 3) === 3;
	return {
		bitsPerSecond,
		samplesPerSecond,
		samples,
		length: Math.floor(((samples / 8) * bitsPerSecond) / samplesPerSecond) + padding,
		encoderHeader: 4 + (mpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17),
	};
}

/** How far behind the tag the first frame is looked for. */
const SEARCH_LENGTH = 32_768;

/**
 * Length of an MP3: from the frame count that encoders of variable rates write (Xing, Info, VBRI), else from the rate,
 * when all frames seen have the same.
 */
export function* mp3(): FactScanner {
	const tag = yield { offset: 0, length: 10 };
	const offset = tagLength(tag);
	const bytes = yield { offset, length: SEARCH_LENGTH };
	const at = firstFrame(bytes, bytes.length < SEARCH_LENGTH);
	const frame = at === undefined ? undefined : mp3Frame(bytes.subarray(at));
	if (at === undefined || frame === undefined) return noFacts;
	const count = frameCount(bytes.subarray(at), frame);
	if (count !== undefined) {
		const seconds = (count * frame.samples) / frame.samplesPerSecond;
		return () => ({ seconds });
	}
	if (!constantRate(bytes.subarray(at), frame)) return noFacts;
	return (size) => ({ seconds: ((size - offset - at) * 8) / frame.bitsPerSecond });
}

/** Bytes of an ID3v2 tag with its header (id3.org, ID3v2.4 section 3.1); 0 when there is none. */
function tagLength(bytes: Uint8Array): number {
	if (bytes.length < 10 || ascii(bytes, 0, 3) !== 'ID3') return 0;
	const [a, b, c, d] = [...bytes.subarray(6, 10)].map((byte) => byte & 0x7f) as [
		number,
		number,
		number,
		number,
	];
	const footer = ((bytes[5] as number) & 0x10) !== 0 ? 10 : 0;
	return 10 + ((a << 21) | (b << 14) | (c << 7) | d) + footer;
}

/** Where the first frame begins: a header that another one, or the end of the file, follows. */
function firstFrame(bytes: Uint8Array, atEnd: boolean): number | undefined {
	for (let at = 0; at + 4 <= bytes.length; at++) {
		const frame = bytes[at] === 0xff ? mp3Frame(bytes.subarray(at)) : undefined;
		if (frame === undefined) continue;
		const next = bytes.subarray(at + frame.length);
		if (next.length < 4 ? atEnd : mp3Frame(next) !== undefined) return at;
	}
	return undefined;
}

function frameCount(bytes: Uint8Array, { encoderHeader }: Frame): number | undefined {
	const name = ascii(bytes, encoderHeader, encoderHeader + 4);
	if ((name === 'Xing' || name === 'Info') && bytes.length >= encoderHeader + 12) {
		const hasCount = (view(bytes).getUint32(encoderHeader + 4) & 1) === 1;
		// Encoders that could not go back to count leave 0.
		return (hasCount && view(bytes).getUint32(encoderHeader + 8)) || undefined;
	}
	if (ascii(bytes, 36, 40) === 'VBRI' && bytes.length >= 54) return view(bytes).getUint32(50);
	return undefined;
}

function constantRate(bytes: Uint8Array, first: Frame): boolean {
	for (let at = first.length; at + 4 <= bytes.length; ) {
		const frame = mp3Frame(bytes.subarray(at));
		// What is not a frame is a tag at the end.
		if (frame === undefined) return true;
		if (frame.bitsPerSecond !== first.bitsPerSecond) return false;
		at += frame.length;
	}
	return true;
}

/** Length of a FLAC: samples by samples a second, which its first block says (RFC 9639, section 8.2). */
export function* flac(): FactScanner {
	const bytes = yield { offset: 18, length: 8 };
	if (bytes.length < 8) return noFacts;
	// 20 bits of rate, 8 of channels and depth, 36 of samples; 0 stands for what is not known.
	const packed = view(bytes).getBigUint64(0);
	return playing(noFacts, Number(packed & 0xfffffffffn) / Number(packed >> 44n));
}
