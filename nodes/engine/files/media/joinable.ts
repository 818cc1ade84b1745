import { type FileFormat, MP3, WAV, withArticle } from '../../../heygen/formats';
import { amount, numeral } from '../../../heygen/values/text';
import { detectFormat } from './detect';
import { encoderFrame, type Mp3Frame, mp3Sound, type Mp3Sound } from './mp3Frames';
import type { Range, Scanner } from './scan';
import { wavData, wavHeader, wavSound, type WavSound } from './wavData';

/**
 * Sounds that can be joined without decoding them: the frames of MP3s, and the samples of WAVs, one after the other under a new
 * header. What an encoder has put before and behind the sound of an MP3 stays as silence, a few hundredths of a second between two
 * parts. Tags, such as titles and pictures, are left out.
 */

/** Bytes that decide about the format. */
const HEAD_LENGTH = 1_024;

/** What must be alike in all parts, in the words "part 2 has 22,050 Hz and part 1 44,100 Hz". */
export type SoundTrait = readonly [verb: 'has' | 'is', what: string];

/** What several sounds come to. */
interface Sum {
	/** Frames or samples. */
	count: number;
	/** Bytes of all of them. */
	length: number;
	/** Undefined when it changes. */
	bitsPerSecond: number | undefined;
}

/** A sound that can be a part of another one. */
export interface Joinable {
	format: FileFormat;
	traits: readonly SoundTrait[];
	/** Why it may be played alone but not behind another one, to continue "part 2 …"; absent when it can be joined. */
	problem?: string;
	/** Frames of an MP3, and of a WAV samples of all channels. */
	count: number;
	/** Where they lie in the file, in order. */
	ranges: readonly Range[];
	/** How long they play. */
	seconds: number;
	/** Undefined when it changes, and where it follows from the traits. */
	bitsPerSecond: number | undefined;
	/**
	 * What sounds like this one become a file with.
	 *
	 * @returns undefined when they are more than the format can hold
	 */
	cover(sum: Sum): SoundCover | undefined;
}

/** What stands around the frames or samples of a file. */
export interface SoundCover {
	before: Uint8Array;
	behind: Uint8Array;
}

/**
 * Reads a file to be joined with others.
 *
 * @returns what tells its sound by the file's size; a text is the reason why it has none that can be joined, to continue "part 2 …"
 */
export function* joinable(): Scanner<(size: number) => Joinable | string> {
	const format = detectFormat(yield { offset: 0, length: HEAD_LENGTH });
	if (format === MP3) {
		const mp3 = yield* mp3Sound();
		return () => (mp3 === undefined ? 'holds no MP3 sound' : joinableMp3(mp3));
	}
	if (format === WAV) {
		const data = yield* wavData();
		return (size) => {
			const wav = data === undefined ? 'holds no WAV sound' : wavSound(data, size);
			return typeof wav === 'string' ? wav : joinableWav(wav);
		};
	}
	const found = format === undefined ? 'has no format that is known' : `is ${withArticle(format.name)}`;
	return () => `${found}, and only MP3 and WAV files can be joined`;
}

/**
 * What several sounds become a file with.
 *
 * @param sounds at least one; they are alike
 * @returns undefined when they are more than the format can hold
 */
export function coverOf(sounds: readonly Joinable[]): SoundCover | undefined {
	const [first] = sounds as [Joinable];
	const count = sounds.reduce((sum, sound) => sum + sound.count, 0);
	const length = sounds.reduce((sum, sound) => sum + bytesIn(sound), 0);
	const isConstant = sounds.every(({ bitsPerSecond }) => bitsPerSecond === first.bitsPerSecond);
	return first.cover({ count, length, bitsPerSecond: isConstant ? first.bitsPerSecond : undefined });
}

/**
 * Bytes of a sound without its cover.
 *
 * @param sound any
 */
export function bytesIn({ ranges }: Joinable): number {
	return ranges.reduce((sum, { length }) => sum + length, 0);
}

/**
 * The first trait in which two sounds differ.
 *
 * @param traits of one of them
 * @param others of the other one, which counts as the rule
 * @returns undefined when they are alike
 */
export function differenceIn(
	traits: readonly SoundTrait[],
	others: readonly SoundTrait[],
): { verb: SoundTrait[0]; what: string; rule: string } | undefined {
	for (const [index, [verb, what]] of traits.entries()) {
		const rule = others[index]?.[1] ?? what;
		if (what !== rule) return { verb, what, rule };
	}
	return undefined;
}

const NOTHING = new Uint8Array(0);

function joinableMp3(mp3: Mp3Sound): Joinable {
	const { first, frames, ranges, isConstant } = mp3;
	const problem = problemOf(mp3);
	return {
		format: MP3,
		traits: [['is', withArticle(MP3.name)], ...frameTraits(first)],
		...(problem === undefined ? {} : { problem }),
		count: frames,
		ranges,
		seconds: (frames * first.samples) / first.samplesPerSecond,
		bitsPerSecond: isConstant ? first.bitsPerSecond : undefined,
		cover: ({ count, length, bitsPerSecond }) => ({
			before: encoderFrame(first, count, length, bitsPerSecond !== undefined),
			behind: NOTHING,
		}),
	};
}

function problemOf({ first, other, isIndependent }: Mp3Sound): string | undefined {
	const change = other === undefined ? undefined : differenceIn(frameTraits(other), frameTraits(first));
	if (change !== undefined) return `${change.verb} ${change.rule} at its beginning and ${change.what} further on`;
	// Behind another part its first frames would be played with the sound of that part.
	return isIndependent ? undefined : 'was cut out of a longer MP3 file, and its first frame needs what was in front of the cut';
}

function frameTraits({ samplesPerSecond, isMono }: Mp3Frame): SoundTrait[] {
	return [
		['has', hertz(samplesPerSecond)],
		['is', isMono ? 'mono' : 'stereo'],
	];
}

function joinableWav(wav: WavSound): Joinable {
	const { coding, samplesPerSecond, channels, bits, sampleBytes, samples, range } = wav;
	return {
		format: WAV,
		traits: [
			['is', withArticle(WAV.name)],
			['has', `${coding} samples`],
			['has', hertz(samplesPerSecond)],
			['has', amount(channels, 'channel')],
			['has', `${amount(bits, 'bit')} a sample`],
			['has', `${amount(sampleBytes / channels, 'byte')} a sample`],
		],
		count: samples,
		ranges: [range],
		seconds: samples / samplesPerSecond,
		bitsPerSecond: undefined,
		cover: ({ count, length }) => {
			const before = wavHeader(wav, count);
			// Chunks are of even length.
			return before === undefined ? undefined : { before, behind: new Uint8Array(length % 2) };
		},
	};
}

function hertz(samplesPerSecond: number): string {
	return `${numeral(samplesPerSecond)} Hz`;
}
