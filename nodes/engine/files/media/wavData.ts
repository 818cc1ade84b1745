import { ascii, type Range, type Scanner, view } from './scan';

/** Chunks looked at before the sound data are no longer expected. */
const MAX_CHUNKS = 256;

const UINT32_MAX = 0xffff_ffff;

/** Bytes of sound that a WAV holds: less than its numbers are, for what else it has. The largest of them means "not known". */
const WAV_SOUND_MAX = UINT32_MAX - 128;

/** Bytes of a chunk's name and length. */
const CHUNK_HEAD = 8;

/** Bytes of the format chunk in its longest form (Microsoft, WAVEFORMATEXTENSIBLE). */
const FORMAT_MAX = 40;

/** Where the sound of a WAV lies, and what its header says of it. */
export interface WavData {
	/** What the format chunk holds, as far as anything reads it; empty when it does not come before the sound. */
	format: Uint8Array;
	/** Where the sound begins. */
	start: number;
	/** Its bytes. Recorders that stream write 0, or more than there are. */
	length: number;
}

/** Finds the sound of a WAV (Microsoft RIFF and Multimedia Programming Interface), or of its large kin RF64 (EBU Tech 3306). */
export function* wavData(): Scanner<WavData | undefined> {
	let format = new Uint8Array(0);
	let largeLength: number | undefined;
	let at = 12;
	for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
		const bytes = yield { offset: at, length: CHUNK_HEAD + FORMAT_MAX };
		if (bytes.length < CHUNK_HEAD) return undefined;
		const name = ascii(bytes, 0, 4);
		const length = view(bytes).getUint32(4, true);
		const start = at + CHUNK_HEAD;
		if (name === 'fmt ') format = new Uint8Array(bytes.subarray(CHUNK_HEAD, CHUNK_HEAD + length));
		// The file's length comes first, then that of the sound.
		if (name === 'ds64' && bytes.length >= 24) largeLength = Number(view(bytes).getBigUint64(16, true));
		if (name === 'data') return { format, start, length: length === UINT32_MAX ? (largeLength ?? length) : length };
		at = start + length + (length % 2);
	}
	return undefined;
}

/**
 * How many bytes of sound there are.
 *
 * @param data what the header says
 * @param size of the file, in bytes
 */
export function soundBytes({ start, length }: WavData, size: number): number {
	return length === 0 ? size - start : Math.min(length, size - start);
}

/** Sound whose samples stand one after the other, so that those of two files are one sound. */
export interface WavSound {
	coding: WavCoding;
	channels: number;
	samplesPerSecond: number;
	/** Bits of a sample that count. */
	bits: number;
	/** Bytes of one sample of all channels. */
	sampleBytes: number;
	/** Which loudspeakers the channels are for, as the extensible form of the header says it; absent in the plain form. */
	speakers?: number;
	/** How often there is a sample of all channels. */
	samples: number;
	/** Where they lie. */
	range: Range;
}

/** The numbers of the codings whose samples are all of one length (RFC 2361). */
const NUMBERS = { PCM: 1, 'floating-point': 3, 'A-law': 6, 'µ-law': 7 } as const;

/** The name of a coding, as messages put it in front of "samples". */
export type WavCoding = keyof typeof NUMBERS;

/** The number of the extensible form, which has that of the coding at the beginning of a longer identifier. */
const EXTENSIBLE = 0xfffe;

/** The rest of that identifier. */
const IDENTIFIER_REST = Buffer.from('000000001000800000aa00389b71', 'hex');

/** Bytes of the longest sample of one channel: a floating-point number of double precision. */
const SAMPLE_MAX = 8;

/**
 * The samples of a WAV.
 *
 * @param data what the header says
 * @param size of the file, in bytes; half a sample at its end does not count
 * @returns where they cannot be had the reason, to continue "the file …"
 */
export function wavSound(data: WavData, size: number): WavSound | string {
	const { format } = data;
	if (format.length < 16) return 'does not say how its sound is coded';
	const fields = view(format);
	const number = fields.getUint16(0, true);
	const isExtensible = number === EXTENSIBLE && format.length === FORMAT_MAX && IDENTIFIER_REST.equals(format.subarray(26));
	const coding = codingOf(isExtensible ? fields.getUint16(24, true) : number);
	if (coding === undefined) return 'has sound that is compressed';
	const channels = fields.getUint16(2, true);
	const samplesPerSecond = fields.getUint32(4, true);
	const sampleBytes = fields.getUint16(12, true);
	// The extensible form says how long a sample is, and how much of it counts; some leave the latter out.
	const bits = (isExtensible && fields.getUint16(18, true)) || fields.getUint16(14, true);
	const bytesEach = sampleBytes / channels;
	const isSample = channels > 0 && Number.isInteger(bytesEach) && bytesEach <= SAMPLE_MAX && bits > 0 && bits <= bytesEach * 8;
	const isRate = samplesPerSecond > 0 && samplesPerSecond * sampleBytes <= UINT32_MAX;
	if (!isSample || !isRate) return 'has a header with numbers that cannot be';
	const samples = Math.floor(soundBytes(data, size) / sampleBytes);
	return {
		coding,
		channels,
		samplesPerSecond,
		bits,
		sampleBytes,
		...(isExtensible ? { speakers: fields.getUint32(20, true) } : {}),
		samples,
		range: { offset: data.start, length: samples * sampleBytes },
	};
}

function codingOf(number: number): WavCoding | undefined {
	return (Object.keys(NUMBERS) as WavCoding[]).find((coding) => NUMBERS[coding] === number);
}

/**
 * The bytes in front of samples that make them a WAV.
 *
 * @param like a sound of the same kind
 * @param samples how often there is a sample of all channels
 * @returns undefined when there are more than a WAV can have
 */
export function wavHeader(like: WavSound, samples: number): Uint8Array | undefined {
	const length = samples * like.sampleBytes;
	if (length > WAV_SOUND_MAX) return undefined;
	const inner = Buffer.concat([
		Buffer.from('WAVE', 'latin1'),
		...chunk('fmt ', formatOf(like)),
		// Of other samples than whole numbers the header says once more how many there are.
		...(like.coding === 'PCM' ? [] : chunk('fact', uint32(samples))),
		chunkHead('data', length),
	]);
	return Buffer.concat([chunkHead('RIFF', inner.length + length + (length % 2)), inner]);
}

function formatOf({ coding, channels, samplesPerSecond, bits, sampleBytes, speakers }: WavSound): Buffer {
	const plain = Buffer.alloc(16);
	plain.writeUInt16LE(speakers === undefined ? NUMBERS[coding] : EXTENSIBLE, 0);
	plain.writeUInt16LE(channels, 2);
	plain.writeUInt32LE(samplesPerSecond, 4);
	plain.writeUInt32LE(samplesPerSecond * sampleBytes, 8);
	plain.writeUInt16LE(sampleBytes, 12);
	plain.writeUInt16LE(speakers === undefined ? bits : (sampleBytes / channels) * 8, 14);
	// Behind it stands how much more there is, in all forms but the oldest one.
	if (speakers === undefined) return coding === 'PCM' ? plain : Buffer.concat([plain, uint16(0)]);
	return Buffer.concat([plain, uint16(22), uint16(bits), uint32(speakers), uint16(NUMBERS[coding]), IDENTIFIER_REST]);
}

function chunk(name: string, content: Buffer): Buffer[] {
	return [chunkHead(name, content.length), content];
}

function chunkHead(name: string, length: number): Buffer {
	return Buffer.concat([Buffer.from(name, 'latin1'), uint32(length)]);
}

function uint16(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}
