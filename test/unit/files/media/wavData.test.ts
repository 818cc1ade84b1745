import fc from 'fast-check';

import { wavData, wavHeader, wavSound, type WavSound } from '../../../../nodes/engine/files/media/wavData';
import { WAV } from '../../../../nodes/heygen/formats';
import { bytes, filler, little, PIECE_LENGTHS, read, riffChunk, wavFile } from '../../support/mediaSamples';
import { formatChunk, type SampleKind, scanned, SPEECH } from '../../support/soundSamples';

/** Where the samples of a WAV lie, and the header that is written in front of others. */

/** Expects the same of a file whatever its pieces are. */
function soundIn(file: Buffer): WavSound | string | undefined {
	const [first, ...others] = PIECE_LENGTHS.map((length) => {
		const data = scanned(wavData(), file, length);
		return data === undefined ? undefined : wavSound(data, file.length);
	});
	for (const other of others) expect(other).toEqual(first);
	return first;
}

/** The bytes of the samples that were found. */
function samplesOf(file: Buffer): Buffer | string | undefined {
	const sound = soundIn(file);
	return typeof sound === 'object' ? file.subarray(sound.range.offset, sound.range.offset + sound.range.length) : sound;
}

const format = formatChunk(SPEECH);
const sound = Buffer.from(Array.from({ length: 4_800 }, (_, at) => at % 251));
const list = riffChunk('LIST', bytes('INFOISFT', little(14, 4), 'Lavf59.27.100\0'));
const sized = (size: number, ...chunks: Buffer[]) => {
	const file = wavFile(...chunks);
	file.writeUInt32LE(size, 4);
	return file;
};

describe('the samples of a WAV are found', () => {
	it.each<[string, Buffer]>([
		['behind its format', wavFile(format, riffChunk('data', sound))],
		['behind a list', wavFile(format, list, riffChunk('data', sound))],
		['behind a list of odd length', wavFile(format, riffChunk('LIST', filler(27)), riffChunk('data', sound))],
		['behind large chunks', wavFile(riffChunk('bext', filler(70_000)), format, riffChunk('JUNK', filler(3_001)), riffChunk('data', sound))],
		['in front of a list', wavFile(format, riffChunk('data', sound), list)],
		['in a stream without lengths', sized(0, format, riffChunk('data', sound, 0))],
		['in a stream with the largest lengths', sized(0xffffffff, format, list, riffChunk('data', sound, 0xffffffff))],
		['in a stream with another large length', sized(0x80000024, format, riffChunk('data', sound, 0x80000000))],
		['in a file that is cut off', wavFile(format, riffChunk('data', bytes(sound, filler(9_000)))).subarray(0, 44 + sound.length)],
		['without half a sample at the end', wavFile(format, riffChunk('data', bytes(sound, 1), 0xffffffff).subarray(0, -1))],
		[
			'in a large file, by its own length',
			bytes('RF64', wavFile(riffChunk('ds64', bytes(little(1, 8), little(4_800, 8), little(2_400, 8), little(0, 4))), format, riffChunk('data', sound, 0xffffffff), list).subarray(4)),
		],
	])('%s', (_name, file) => {
		expect(samplesOf(file)).toEqual(sound);
		expect(soundIn(file)).toMatchObject({ samples: 2_400, samplesPerSecond: 24_000, channels: 1, bits: 16, sampleBytes: 2, coding: 'PCM' });
	});

	it('also when there are none', () => {
		expect(soundIn(wavFile(format, riffChunk('data', bytes())))).toMatchObject({ samples: 0, range: { offset: 44, length: 0 } });
	});
});

/** Every way to code samples that is joined. */
const KINDS: Array<[string, SampleKind, Partial<WavSound>]> = [
	['8 bits', { ...SPEECH, bits: 8 }, { coding: 'PCM', bits: 8, sampleBytes: 1 }],
	['24 bits, stereo', { ...SPEECH, channels: 2, bits: 24 }, { coding: 'PCM', bits: 24, sampleBytes: 6 }],
	['floating-point', { ...SPEECH, coding: 3, bits: 32 }, { coding: 'floating-point', bits: 32, sampleBytes: 4 }],
	['A-law', { ...SPEECH, coding: 6, bits: 8 }, { coding: 'A-law', sampleBytes: 1 }],
	['µ-law', { ...SPEECH, coding: 7, bits: 8, channels: 2 }, { coding: 'µ-law', sampleBytes: 2 }],
	['extensible', { ...SPEECH, validBits: 16, speakers: 4 }, { coding: 'PCM', bits: 16, speakers: 4 }],
	['extensible, for six loudspeakers', { ...SPEECH, channels: 6, bits: 24, validBits: 20, speakers: 0x3f }, { bits: 20, sampleBytes: 18, speakers: 0x3f }],
	['extensible, floating-point', { ...SPEECH, coding: 3, bits: 64, validBits: 64, channels: 2 }, { coding: 'floating-point', bits: 64, sampleBytes: 16 }],
	['extensible, without the bits that count', { ...SPEECH, bits: 24, validBits: 0 }, { bits: 24, sampleBytes: 3 }],
];

describe.each(KINDS)('%s', (_name, kind, expected) => {
	const file = wavFile(formatChunk(kind), riffChunk('data', filler(14_400)));

	it('is understood', () => {
		expect(soundIn(file)).toMatchObject({ channels: kind.channels, samplesPerSecond: 24_000, ...expected });
	});

	it('is written as it was', () => {
		const found = soundIn(file) as WavSound;
		const header = Buffer.from(wavHeader(found, found.samples) as Uint8Array);
		const written = bytes(header, filler(14_400));
		expect(written.readUInt32LE(4)).toBe(written.length - 8);
		expect(soundIn(written)).toEqual({ ...found, range: { ...found.range, offset: header.length } });
		expect(read(written)).toEqual({ format: WAV, facts: { seconds: found.samples / 24_000 } });
		// Readers want to know the number of samples, where their length does not tell it.
		const fact = written.indexOf('fact');
		expect(fact === -1 ? undefined : written.readUInt32LE(fact + 8)).toBe(found.coding === 'PCM' ? undefined : found.samples);
	});
});

it('the header of plain samples is the oldest one', () => {
	const found = soundIn(wavFile(format, list, riffChunk('data', sound))) as WavSound;
	expect(bytes(Buffer.from(wavHeader(found, 2_400) as Uint8Array), sound)).toEqual(wavFile(format, riffChunk('data', sound)));
});

it('a length that no header holds has none', () => {
	const found = soundIn(wavFile(format, riffChunk('data', sound))) as WavSound;
	expect(wavHeader(found, 2 ** 31 - 100)).toBeDefined();
	expect(wavHeader(found, 2 ** 31)).toBeUndefined();
	expect(wavHeader(found, 2 ** 40)).toBeUndefined();
});

describe('there are no samples that could be joined', () => {
	const changed = (at: number, value: number, width: 2 | 4 = 2) => {
		const file = wavFile(format, riffChunk('data', sound));
		file.set(little(value, width), at);
		return file;
	};
	const foreign = wavFile(formatChunk({ ...SPEECH, validBits: 16 }), riffChunk('data', sound));
	foreign[50] = 1;

	it.each<[string, Buffer, string | undefined]>([
		['without a format', wavFile(riffChunk('data', sound)), 'does not say how its sound is coded'],
		['with a format that is too short', wavFile(riffChunk('fmt ', filler(12)), riffChunk('data', sound)), 'does not say how its sound is coded'],
		['without samples', wavFile(format, list), undefined],
		['in ADPCM', changed(20, 0x11), 'has sound that is compressed'],
		['in MP3 that goes as a WAV', changed(20, 0x55), 'has sound that is compressed'],
		['in a coding that only its maker knows', foreign, 'has sound that is compressed'],
		['of no channel', changed(22, 0), 'has a header with numbers that cannot be'],
		['at no rate', changed(24, 0, 4), 'has a header with numbers that cannot be'],
		['at a rate beyond all numbers', changed(24, 0xffff_fff0, 4), 'has a header with numbers that cannot be'],
		['of no bytes', changed(32, 0), 'has a header with numbers that cannot be'],
		['of no bits', changed(34, 0), 'has a header with numbers that cannot be'],
		['of more bits than bytes have', changed(34, 24), 'has a header with numbers that cannot be'],
		['of more bytes than any sample has', changed(32, 9), 'has a header with numbers that cannot be'],
		['of channels that do not divide them', changed(22, 3), 'has a header with numbers that cannot be'],
	])('%s', (_name, file, reason) => {
		expect(soundIn(file)).toBe(reason);
	});
});

it('whatever the bytes are, the samples are within the file', () => {
	const whole = wavFile(riffChunk('LIST', filler(7)), formatChunk({ ...SPEECH, validBits: 16 }), riffChunk('data', filler(90)));
	const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 9 });
	fc.assert(
		fc.property(changes, fc.nat(whole.length), (list, end) => {
			const file = Buffer.from(whole.subarray(0, end));
			for (const [at, value] of list) if (at < end) file[at] = value;
			const found = soundIn(file);
			if (typeof found !== 'object') return;
			expect(found.range.offset + found.range.length).toBeLessThanOrEqual(file.length);
			expect(found.range.length).toBe(found.samples * found.sampleBytes);
			expect(() => wavHeader(found, found.samples)).not.toThrow();
		}),
		{ numRuns: 1_000 },
	);
});
