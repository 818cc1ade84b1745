import { noFacts, type FactScanner, playing } from './facts';
import { encoderHeaderIn, id3Length, type Mp3Frame, mp3Frame } from './mp3Frames';
import { view } from './scan';
import { soundBytes, wavData } from './wavData';

/** Length of a WAV: bytes of sound by bytes a second. */
export function* wav(): FactScanner {
	const data = yield* wavData();
	const bytesPerSecond = data !== undefined && data.format.length >= 12 ? view(data.format).getUint32(8, true) : 0;
	if (data === undefined || bytesPerSecond === 0) return noFacts;
	return (size) => ({ seconds: soundBytes(data, size) / bytesPerSecond });
}

/** How far behind the tag the first frame is looked for. */
const SEARCH_LENGTH = 32_768;

/**
 * Length of an MP3: from the frame count that encoders of variable rates write (Xing, Info, VBRI), else from the rate,
 * when all frames seen have the same.
 */
export function* mp3(): FactScanner {
	const tag = yield { offset: 0, length: 10 };
	const offset = id3Length(tag);
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

function frameCount(bytes: Uint8Array, frame: Mp3Frame): number | undefined {
	const header = encoderHeaderIn(bytes, frame);
	if (header === undefined) return undefined;
	const { at, name } = header;
	if (name === 'VBRI') return bytes.length >= at + 18 ? view(bytes).getUint32(at + 14) : undefined;
	if (bytes.length < at + 12) return undefined;
	const hasCount = (view(bytes).getUint32(at + 4) & 1) === 1;
	// Encoders that could not go back to count leave 0.
	return (hasCount && view(bytes).getUint32(at + 8)) || undefined;
}

function constantRate(bytes: Uint8Array, first: Mp3Frame): boolean {
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
