import fc from 'fast-check';

import { encoderFrame, mp3Frame, type Mp3Frame, mp3Sound, type Mp3Sound } from '../../../../nodes/engine/files/media/mp3Frames';
import { MP3 } from '../../../../nodes/heygen/formats';
import { onProcessor } from '../../support/cpuTime';
import { bytes, filler, id3, ID3V1, PIECE_LENGTHS, read } from '../../support/mediaSamples';
import {
	apeTag,
	CD,
	type FrameKind,
	HALF,
	headerFrame,
	QUARTER,
	samplesIn,
	scanned,
	secondsOfFrames,
	sideInfoAt,
	soundFrame,
	soundFrames,
	xingAt,
} from '../../support/soundSamples';

/** Which frames an MP3 has, whatever stands around them, and however the file is cut. */

/** Expects the same of a file whatever its pieces are. */
function soundIn(file: Buffer): Mp3Sound | undefined {
	const lengths = file.length < 10_000 ? PIECE_LENGTHS : [997, Infinity];
	const [first, ...others] = lengths.map((length) => scanned(mp3Sound(), file, length));
	for (const other of others) expect(other).toEqual(first);
	return first;
}

/** The bytes of the frames that were found. */
function soundOf(file: Buffer): Buffer {
	return bytes(...(soundIn(file)?.ranges ?? []).map(({ offset, length }) => file.subarray(offset, offset + length)));
}

const KINDS: FrameKind[] = [
	CD,
	{ ...CD, isMono: true },
	{ ...CD, isPadded: true },
	{ ...CD, hasChecksum: true },
	{ mpeg: 1, hertz: 32_000, kbps: 320, isPadded: true },
	{ mpeg: 1, hertz: 48_000, kbps: 32, isMono: true },
	HALF,
	{ ...HALF, isMono: true, hasChecksum: true },
	{ mpeg: 2, hertz: 24_000, kbps: 8, isMono: true },
	QUARTER,
	{ ...QUARTER, isMono: true },
	{ mpeg: 2.5, hertz: 8_000, kbps: 160 },
];

describe.each(KINDS)('%j', (kind) => {
	const sound = soundFrames(kind, 30);

	it('is frames from the first to the last', () => {
		expect(soundIn(sound)).toMatchObject({
			frames: 30,
			ranges: [{ offset: 0, length: sound.length }],
			isConstant: true,
			isIndependent: true,
			first: { samplesPerSecond: kind.hertz, samples: samplesIn(kind), isMono: kind.isMono ?? false, bitsPerSecond: kind.kbps * 1_000 },
		});
	});

	it('depends on what was before it when its sound begins there', () => {
		expect(soundIn(bytes(soundFrame(kind, 9, 1), sound))).toMatchObject({ frames: 31, isIndependent: false });
		expect(soundIn(bytes(soundFrame(kind, 9, 254), sound))).toMatchObject({ frames: 31, isIndependent: false });
		expect(soundIn(bytes(sound, soundFrame(kind, 9, 254)))).toMatchObject({ frames: 31, isIndependent: true });
	});

	it('begins with a frame of an encoder, in which readers find the length', () => {
		const first = mp3Frame(sound) as Mp3Frame;
		const frame = Buffer.from(encoderFrame(first, 30, sound.length, true));
		expect(frame.length).toBe(mp3Frame(frame)?.length);
		expect(frame.toString('latin1', xingAt(kind), xingAt(kind) + 4)).toBe('Info');
		expect(frame.readUInt32BE(xingAt(kind) + 4)).toBe(3);
		expect(frame.readUInt32BE(xingAt(kind) + 8)).toBe(30);
		expect(frame.readUInt32BE(xingAt(kind) + 12)).toBe(frame.length + sound.length);
		// Silent: no side information, and nothing of it lies before.
		expect(frame.subarray(4, xingAt(kind)).every((byte) => byte === 0)).toBe(true);
		expect(read(bytes(frame, sound))).toEqual({ format: MP3, facts: { seconds: secondsOfFrames(kind, 30) } });
		expect(soundOf(bytes(frame, sound))).toEqual(sound);
	});
});

describe('a frame of an encoder', () => {
	const first = mp3Frame(soundFrame({ ...CD, isJoint: true, isPadded: true, hasChecksum: true })) as Mp3Frame;

	it('says that rates change, and has neither padding nor a checksum', () => {
		const frame = Buffer.from(encoderFrame(first, 3, 900, false));
		expect(frame.toString('latin1', 36, 40)).toBe('Xing');
		expect(frame).toHaveLength(417);
		expect(mp3Frame(frame)).toMatchObject({ sideInfo: 4, isMono: false, bitsPerSecond: 128_000 });
		expect(frame[3]).toBe(0x60);
	});

	it('says nothing of bytes that it has no number for', () => {
		const frame = Buffer.from(encoderFrame(first, 12_345_678, 2 ** 32, true));
		expect([4, 8, 12].map((at) => frame.readUInt32BE(36 + at))).toEqual([1, 12_345_678, 0]);
		const largest = Buffer.from(encoderFrame(first, 12_345_678, 2 ** 32 - 1 - 417, true));
		expect([4, 8, 12].map((at) => largest.readUInt32BE(36 + at))).toEqual([3, 12_345_678, 2 ** 32 - 1]);
	});
});

describe('what is no sound is left out:', () => {
	const sound = soundFrames(CD, 200);
	const picture = bytes(...Array.from({ length: 40 }, () => bytes(soundFrame(HALF), filler(50))));
	const lyrics = bytes('LYRICSBEGIN', filler(90), '000101LYRICS200');

	it.each<[string, Buffer]>([
		['nothing', sound],
		['a tag', bytes(id3(5_000), sound)],
		['a tag with a footer', bytes(id3(5_000, 0x10), sound)],
		['a tag of 300 KB', bytes(id3(300_000), sound)],
		['two tags', bytes(id3(80_000), id3(3), sound)],
		['a tag and a gap', bytes(id3(10), Buffer.alloc(90_000), sound)],
		['the tag of old', bytes(sound, ID3V1)],
		['the tag of old, which is cut off', bytes(sound, ID3V1.subarray(0, 50))],
		['a tag of APE', bytes(sound, apeTag(400))],
		['a tag of APE without its header', bytes(sound, apeTag(400, false))],
		['a tag of APE with frames in its picture', bytes(sound, apeTag(picture.length, true, picture))],
		['a tag of APE in front', bytes(apeTag(700), sound)],
		['all tags', bytes(id3(500), sound, lyrics, apeTag(400), ID3V1)],
		['a tag behind', bytes(sound, id3(picture.length).subarray(0, 10), picture)],
		['a tag that goes on behind the end', bytes(sound, id3(90_000).subarray(0, 60))],
		["Xing's header", bytes(headerFrame(CD, 'Xing', 7), sound)],
		["LAME's header", bytes(id3(40), headerFrame({ ...CD, kbps: 64 }, 'Info', 7), sound)],
		["Fraunhofer's header", bytes(headerFrame(CD, 'VBRI', 7), sound)],
		['a header behind a checksum', bytes(headerFrame({ ...CD, hasChecksum: true }, 'Info', 7, 38), sound)],
		['a header with a checksum that does not move it', bytes(headerFrame({ ...CD, hasChecksum: true }, 'Info', 7), sound)],
		['zeros behind', bytes(sound, Buffer.alloc(70_000))],
		['bytes that look like a frame', bytes(sound, filler(9), soundFrame(CD).subarray(0, 90))],
		['bytes that look like a frame of another kind', bytes(sound, soundFrame(HALF), filler(300))],
		['bytes that look like beginnings', bytes(sound, 0, Buffer.alloc(9_000, 'ÿû\x90\0', 'latin1'))],
	])('%s', (_name, file) => {
		expect(soundIn(file)).toMatchObject({ frames: 200, isConstant: true, isIndependent: true });
		expect(soundIn(file)).not.toHaveProperty('other');
		expect(soundOf(file)).toEqual(sound);
	});

	it('what stands between frames', () => {
		const [one, two, three] = [soundFrames(CD, 90), soundFrames(CD, 3, 90), soundFrames(CD, 200, 93)];
		const file = bytes(one, filler(700), two, id3(90_000), three);
		expect(soundIn(file)?.ranges).toEqual([
			{ offset: 0, length: one.length },
			{ offset: one.length + 700, length: two.length },
			{ offset: file.length - three.length, length: three.length },
		]);
		expect(soundOf(file)).toEqual(bytes(one, two, three));
	});

	it('a last frame that is cut off, wherever it is', () => {
		const last = soundFrame(CD);
		for (let length = 0; length < last.length; length++) {
			const file = bytes(sound, last.subarray(0, length));
			expect([length, scanned(mp3Sound(), file)?.frames]).toEqual([length, 200]);
			expect([length, scanned(mp3Sound(), bytes(file, ID3V1))?.frames]).toEqual([length, 200]);
		}
		expect(scanned(mp3Sound(), bytes(sound, last))?.frames).toBe(201);
	});
});

describe('rates and channels', () => {
	it('of bits may change', () => {
		const mixed = bytes(...Array.from({ length: 90 }, (_, at) => soundFrame({ ...CD, kbps: at % 3 === 0 ? 64 : 192, isJoint: at % 2 === 0 })));
		expect(soundIn(mixed)).toMatchObject({ frames: 90, isConstant: false, ranges: [{ offset: 0, length: mixed.length }] });
	});

	it.each<[string, FrameKind, Mp3Frame | object]>([
		['of samples', HALF, { samplesPerSecond: 22_050 }],
		['of samples, in the same version', { ...CD, hertz: 48_000 }, { samplesPerSecond: 48_000 }],
		['of channels', { ...CD, isMono: true }, { isMono: true }],
	])('%s are told when they change', (_name, kind, other) => {
		for (const gap of [Buffer.alloc(0), filler(40), id3(3_000), headerFrame(kind, 'Info', 3)]) {
			expect(soundIn(bytes(soundFrames(CD, 40), gap, soundFrames(kind, 30)))).toMatchObject({ frames: 40, other });
		}
	});
});

describe('there is no sound', () => {
	it.each<[string, Buffer]>([
		['in nothing', bytes()],
		['in a tag', id3(2_000)],
		['in noise', bytes(id3(100), Buffer.alloc(60_000))],
		['in a header alone', headerFrame(CD, 'Xing', 9)],
		['in half a frame', soundFrame(CD).subarray(0, 200)],
		['in another layer', bytes(id3(9), Buffer.alloc(40_000, `ÿý\x90\0${'U'.repeat(413)}`, 'latin1'))],
		['in frames with something behind each', bytes(...Array.from({ length: 5_000 }, () => bytes(soundFrames({ mpeg: 2, hertz: 24_000, kbps: 8 }, 2), filler(3))))],
	])('%s', (_name, file) => {
		expect(soundIn(file)).toBeUndefined();
	});

	it('but in a single frame there is', () => {
		expect(soundIn(soundFrame(CD))).toMatchObject({ frames: 1 });
		expect(soundIn(bytes(soundFrame(CD), apeTag(20)))).toMatchObject({ frames: 1 });
		expect(soundIn(bytes(soundFrame(CD), ID3V1))).toMatchObject({ frames: 1 });
	});
});

describe('whatever the bytes are', () => {
	function expectCalm(file: Buffer): void {
		const { result: sound, cpuMs } = onProcessor(() => scanned(mp3Sound(), file));
		expect(cpuMs).toBeLessThan(1_000);
		expect(scanned(mp3Sound(), file, 61)).toEqual(sound);
		let end = 0;
		for (const { offset, length } of sound?.ranges ?? []) {
			expect(offset).toBeGreaterThanOrEqual(end);
			expect(length).toBeGreaterThan(0);
			end = offset + length;
		}
		expect(end).toBeLessThanOrEqual(file.length);
	}

	it('ends and stays within the file', () => {
		fc.assert(fc.property(fc.uint8Array({ maxLength: 3_000 }), (noise) => expectCalm(bytes(Buffer.from(noise)))), { numRuns: 500 });
	});

	it('ends and stays within a damaged file', () => {
		const whole = bytes(id3(30), headerFrame(CD, 'Info', 9), soundFrames(CD, 9), apeTag(40), ID3V1);
		const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 12 });
		fc.assert(
			fc.property(changes, fc.nat(whole.length), fc.nat(500), (list, at, lost) => {
				const file = Buffer.from(whole);
				for (const [place, value] of list) file[place] = value;
				expectCalm(bytes(file.subarray(0, at), file.subarray(at + lost)));
			}),
			{ numRuns: 500 },
		);
	});

	it.each<[string, Buffer]>([
		['beginnings', Buffer.alloc(300_000, 'ÿû\x90', 'latin1')],
		['first bytes', Buffer.alloc(300_000, 0xff)],
		['empty tags', Buffer.alloc(300_000, 'ID3\x04\0\0\0\0\0\0', 'latin1')],
		['letters of tags', Buffer.alloc(300_000, 'IDAP')],
	])('ends over %s', (_name, file) => {
		expectCalm(file);
	});
});

it('the side information is read behind a checksum', () => {
	const kind = { ...CD, hasChecksum: true };
	const checked = soundFrame(kind);
	// The checksum itself.
	checked.set([0xab, 0xcd], 4);
	expect(sideInfoAt(kind)).toBe(6);
	expect(soundIn(bytes(checked, soundFrames(kind, 5)))).toMatchObject({ isIndependent: true });
});
