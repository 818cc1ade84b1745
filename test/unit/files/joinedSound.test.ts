import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';

import { EngineError } from '../../../nodes/engine/basics/errors';
import { joinedSound } from '../../../nodes/engine/files/joinedSound';
import { FOREIGN, MP3, WAV } from '../../../nodes/heygen/formats';
import { box, bytes, filler, ftyp, id3, ID3V1, oggPage, opusHead, pngFile, read, riffChunk, wavFile } from '../support/mediaSamples';
import {
	apeTag,
	CD,
	formatChunk,
	type FrameKind,
	HALF,
	headerFrame,
	QUARTER,
	type SampleKind,
	secondsOfFrames,
	soundFrame,
	soundFrames,
	soundStore,
	SPEECH,
} from '../support/soundSamples';

/** Several sounds in one file, as n8n stores them. */

const ADVICE = "The parts themselves are there: switch 'Join Parts' off to get each of them as a file of its own.";

/** Joins files. */
async function join(files: Buffer[], store = soundStore(), fileName = 'speech.mp3') {
	const { file, seconds } = await joinedSound(store, files.map(store.put), fileName);
	expect(store.open).toBe(0);
	return { file, seconds, content: store.contentOf(file), store };
}

async function refusal(work: Promise<unknown>): Promise<EngineError> {
	const error = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(EngineError);
	return error as EngineError;
}

/** Why files are not joined. */
async function reason(...files: Buffer[]): Promise<string> {
	const store = soundStore();
	const { message, advice } = await refusal(join(files, store));
	expect(advice).toBe(ADVICE);
	expect(store.open).toBe(0);
	const [, said] = /^Could not join the parts: (.*)$/.exec(message) ?? [];
	return said as string;
}

const samples = (length: number, first = 0) => Buffer.from(Array.from({ length }, (_, at) => (first + at) % 251));
const wav = (kind: SampleKind, data: Buffer) => wavFile(formatChunk(kind), riffChunk('data', data));

describe('MP3s', () => {
	it.each<[string, FrameKind]>([
		['MPEG 1', CD],
		['MPEG 1, mono', { ...CD, isMono: true }],
		['MPEG 2', HALF],
		['MPEG 2.5, mono', { ...QUARTER, isMono: true }],
	])('of %s are their frames, behind a header that has their length', async (_name, kind) => {
		const parts = [soundFrames(kind, 40), soundFrames(kind, 7, 40), soundFrames(kind, 100, 47)];
		const { file, seconds, content } = await join(parts);
		expect(content.subarray(content.length - bytes(...parts).length)).toEqual(bytes(...parts));
		expect(seconds).toEqual([40, 7, 100].map((count) => secondsOfFrames(kind, count)));
		expect(read(content)).toEqual({ format: MP3, facts: { seconds: secondsOfFrames(kind, 147) } });
		expect(file).toMatchObject({ fileName: 'speech.mp3', mimeType: 'audio/mpeg' });
	});

	it('lose their tags and headers, and frames that are cut off', async () => {
		const [one, two] = [soundFrames(CD, 40), soundFrames(CD, 50, 40)];
		const { content, seconds } = await join([
			bytes(id3(9_000), headerFrame(CD, 'Info', 1_000), one, apeTag(90), ID3V1),
			bytes(headerFrame({ ...CD, kbps: 64 }, 'VBRI', 2_000), two, soundFrame(CD).subarray(0, 300)),
		]);
		const header = content.subarray(0, 417);
		expect(content).toEqual(bytes(header, one, two));
		expect(header.toString('latin1', 36, 40)).toBe('Info');
		expect(read(content).facts.seconds).toBe(secondsOfFrames(CD, 90));
		expect(seconds).toEqual([secondsOfFrames(CD, 40), secondsOfFrames(CD, 50)]);
	});

	it('lose what stands between their frames', async () => {
		const [one, two, three] = [soundFrames(CD, 30), soundFrames(CD, 40, 30), soundFrames(CD, 1, 70)];
		const { content } = await join([bytes(one, filler(500), two, id3(3_000), three), one]);
		expect(content.subarray(417)).toEqual(bytes(one, two, three, one));
	});

	it.each<[string, Buffer[]]>([
		['of several rates of bits', [soundFrames(CD, 40), soundFrames({ ...CD, kbps: 192 }, 20)]],
		['of variable rate', [bytes(...Array.from({ length: 60 }, (_, at) => soundFrame({ ...CD, kbps: at % 2 === 0 ? 64 : 96 })))]],
		['of stereo and joint stereo', [soundFrames(CD, 40), soundFrames({ ...CD, isJoint: true }, 20)]],
	])('%s have their length in the header', async (_name, parts) => {
		const { content } = await join([...parts, ...parts]);
		expect(read(content).facts.seconds).toBe(secondsOfFrames(CD, 120));
	});

	it('are one again that can be joined', async () => {
		const whole = soundFrames(HALF, 60);
		const once = await join([soundFrames(HALF, 20), soundFrames(HALF, 40, 20)]);
		const twice = await join([once.content, once.content]);
		expect(twice.content.subarray(-2 * whole.length)).toEqual(bytes(whole, whole));
		expect(twice.seconds).toEqual([secondsOfFrames(HALF, 60), secondsOfFrames(HALF, 60)]);
	});
});

describe('WAVs', () => {
	it.each<[string, SampleKind]>([
		['16 bits', SPEECH],
		['24 bits, stereo', { ...SPEECH, channels: 2, bits: 24 }],
		['floating-point', { ...SPEECH, coding: 3, bits: 32 }],
		['an extensible header', { ...SPEECH, validBits: 16 }],
	])('of %s are their samples, under one header', async (_name, kind) => {
		const [one, two] = [samples(24_000), samples(4_800, 9)];
		const { file, seconds, content } = await join([wav(kind, one), wav(kind, two)], soundStore(), 'speech.wav');
		expect(content.subarray(-28_800)).toEqual(bytes(one, two));
		expect(content.readUInt32LE(4)).toBe(content.length - 8);
		const perSecond = kind.hertz * kind.channels * (kind.bits / 8);
		expect(seconds).toEqual([24_000 / perSecond, 4_800 / perSecond]);
		expect(read(content)).toEqual({ format: WAV, facts: { seconds: 28_800 / perSecond } });
		expect(file).toMatchObject({ fileName: 'speech.wav', mimeType: 'audio/wav' });
	});

	it('of plain and of extensible headers are alike when their samples are', async () => {
		const { content } = await join([wav(SPEECH, samples(90)), wav({ ...SPEECH, validBits: 16 }, samples(60))]);
		expect(content).toEqual(wav(SPEECH, bytes(samples(90), samples(60))));
	});

	it('of streams are joined without their lists, and without halves of samples', async () => {
		const stream = bytes(wavFile(formatChunk(SPEECH), riffChunk('LIST', filler(9)), riffChunk('data', samples(90), 0xffffffff)), 1);
		const listed = wavFile(formatChunk(SPEECH), riffChunk('data', samples(60)), riffChunk('LIST', filler(700)));
		const { content } = await join([stream, listed, wav(SPEECH, bytes())]);
		expect(content).toEqual(wav(SPEECH, bytes(samples(90), samples(60))));
	});

	it('of an odd length are padded at the end only', async () => {
		const byteWise = { ...SPEECH, bits: 8 };
		const { content, seconds } = await join([wav(byteWise, samples(51)), wav(byteWise, samples(20)), wav(byteWise, samples(30))]);
		expect(content).toEqual(wav(byteWise, bytes(samples(51), samples(20), samples(30))));
		expect(content.length % 2).toBe(0);
		expect(seconds).toEqual([51 / 24_000, 20 / 24_000, 30 / 24_000]);
	});
});

it('any parts, however n8n hands them over, are one after the other', async () => {
	const counts = fc.array(fc.tuple(fc.integer({ min: 2, max: 9 }), fc.nat(300), fc.nat(40)), { minLength: 2, maxLength: 6 });
	await fc.assert(
		fc.asyncProperty(counts, fc.integer({ min: 1, max: 900 }), async (parts, length) => {
			const sounds = parts.map(([count], at) => soundFrames(HALF, count, at * 9));
			const files = sounds.map((sound, at) => bytes(id3(parts[at]?.[1] ?? 0), sound, filler(parts[at]?.[2] ?? 0)));
			const { content, seconds } = await join(files, soundStore(length));
			const whole = bytes(...sounds);
			expect(content.subarray(-whole.length)).toEqual(whole);
			expect(seconds).toEqual(parts.map(([count]) => secondsOfFrames(HALF, count)));
		}),
		{ numRuns: 60 },
	);
});

describe('one part alone', () => {
	it.each<[string, Buffer, number[]]>([
		['of frames', bytes(id3(90), headerFrame(CD, 'Info', 9), soundFrames(CD, 40)), [secondsOfFrames(CD, 40)]],
		['of samples', wav(SPEECH, samples(4_800)), [0.1]],
		['that cannot be joined', bytes(ftyp('M4A '), box('mdat', filler(90))), []],
		['whose frames change', bytes(soundFrames(CD, 40), soundFrames(HALF, 40)), []],
		['of nothing', bytes(), []],
	])('%s stays as it is', async (_name, content, seconds) => {
		const store = soundStore();
		const part = store.put(content);
		const joined = await joinedSound(store, [part], 'other.mp3');
		expect(joined.file).toBe(part);
		expect(joined.seconds).toEqual(seconds);
	});

	it('that cannot be read is for whoever uses it', async () => {
		const store = soundStore();
		const part = store.put(bytes());
		store.remove(part);
		expect(await joinedSound(store, [part], 'speech.mp3')).toEqual({ file: part, seconds: [] });
	});
});

describe('a part that n8n has in memory', () => {
	it('is read from there', async () => {
		const sound = soundFrames(CD, 30);
		const store = soundStore();
		const part = { data: sound.toString('base64'), mimeType: 'audio/mpeg' };
		const { file, seconds } = await joinedSound(store, [part, part], 'speech.mp3');
		expect(store.contentOf(file).subarray(417)).toEqual(bytes(sound, sound));
		expect(seconds).toEqual([secondsOfFrames(CD, 30), secondsOfFrames(CD, 30)]);
	});
});

describe('the name', () => {
	it.each<[string, string]>([
		['speech.wav', 'speech.wav'],
		['speech.WAVE', 'speech.WAVE'],
		['speech.mp3', 'speech.wav'],
		['speech', 'speech.wav'],
		['no. 7', 'no. 7.wav'],
	])('%s becomes %s', async (fileName, expected) => {
		const { file } = await join([wav(SPEECH, samples(2)), wav(SPEECH, samples(2))], soundStore(), fileName);
		expect(file.fileName).toBe(expected);
	});
});

describe('parts that differ are not joined', () => {
	const mono = { ...CD, isMono: true };
	const m4a = bytes(ftyp('M4A '), box('mdat', filler(90)));
	const ogg = bytes(oggPage(0, opusHead(312)), oggPage(48_000, filler(90)));

	it.each<[string, Buffer[]]>([
		['part 2 has 22,050 Hz and part 1 44,100 Hz', [soundFrames(CD, 9), soundFrames(HALF, 9)]],
		['part 3 has 48,000 Hz and part 1 44,100 Hz', [soundFrames(CD, 9), soundFrames(CD, 9), soundFrames({ ...CD, hertz: 48_000 }, 9)]],
		['part 2 is mono and part 1 stereo', [soundFrames(CD, 9), soundFrames(mono, 9)]],
		['part 2 is stereo and part 1 mono', [soundFrames(mono, 9), soundFrames(CD, 9)]],
		['part 2 is a WAV file and part 1 an MP3 file', [soundFrames(CD, 9), wav(SPEECH, samples(90))]],
		['part 2 is an MP3 file and part 1 a WAV file', [wav(SPEECH, samples(90)), soundFrames(CD, 9)]],
		['part 2 has 48,000 Hz and part 1 24,000 Hz', [wav(SPEECH, samples(90)), wav({ ...SPEECH, hertz: 48_000 }, samples(90))]],
		['part 2 has 2 channels and part 1 1 channel', [wav(SPEECH, samples(90)), wav({ ...SPEECH, channels: 2 }, samples(90))]],
		['part 2 has 24 bits a sample and part 1 16 bits a sample', [wav(SPEECH, samples(90)), wav({ ...SPEECH, bits: 24 }, samples(90))]],
		['part 2 has 2 bytes a sample and part 1 3 bytes a sample', [wav({ ...SPEECH, bits: 24, validBits: 16 }, samples(90)), wav({ ...SPEECH, validBits: 16 }, samples(90))]],
		['part 2 has A-law samples and part 1 µ-law samples', [wav({ ...SPEECH, coding: 7, bits: 8 }, samples(90)), wav({ ...SPEECH, coding: 6, bits: 8 }, samples(90))]],
		['part 2 is an M4A audio file, and only MP3 and WAV files can be joined', [soundFrames(CD, 9), m4a]],
		['part 1 is an OGG audio file, and only MP3 and WAV files can be joined', [ogg, ogg]],
		['part 2 is a PNG image, and only MP3 and WAV files can be joined', [soundFrames(CD, 9), pngFile(3, 3)]],
		['part 2 has no format that is known, and only MP3 and WAV files can be joined', [soundFrames(CD, 9), bytes()]],
		['part 2 holds no MP3 sound', [soundFrames(CD, 9), id3(200)]],
		['part 1 holds no WAV sound', [wavFile(formatChunk(SPEECH)), wav(SPEECH, samples(90))]],
		['part 2 has sound that is compressed', [wav(SPEECH, samples(90)), wav({ ...SPEECH, coding: 0x11 }, samples(90))]],
		['part 2 has 44,100 Hz at its beginning and 22,050 Hz further on', [soundFrames(CD, 9), bytes(soundFrames(CD, 9), soundFrames(HALF, 9))]],
		['part 1 is stereo at its beginning and mono further on', [bytes(soundFrames(CD, 9), soundFrames(mono, 9)), soundFrames(CD, 9)]],
		[
			'part 2 was cut out of a longer MP3 file, and its first frame needs what was in front of the cut',
			[soundFrames(CD, 9), bytes(id3(40), headerFrame(CD, 'Info', 9), soundFrame(CD, 9, 300), soundFrames(CD, 9))],
		],
		['there are none', []],
	])('%s', async (expected, parts) => {
		expect(await reason(...parts)).toBe(expected);
	});

	it('nor read any further', async () => {
		const store = soundStore();
		await refusal(join([soundFrames(CD, 9), soundFrames(HALF, 9), soundFrames(CD, 9)], store));
		expect(store.opened).toBe(2);
	});

	it('FLAC is named as well', async () => {
		expect(await reason(bytes('fLaC', filler(90)), soundFrames(CD, 9))).toContain(`part 1 is a ${FOREIGN.flac.name}`);
	});
});

describe('the storage', () => {
	it('that has lost a part is quoted', async () => {
		const store = soundStore();
		const parts = [store.put(soundFrames(CD, 9)), store.put(soundFrames(CD, 9))];
		store.remove(parts[1] as (typeof parts)[0]);
		const { message, advice } = await refusal(joinedSound(store, parts, 'speech.mp3'));
		expect(message).toBe("Could not join the parts: part 2 could not be read from n8n's file storage");
		expect(advice).toBe(`n8n says: No such file: filesystem-v2:1 ${ADVICE}`);
	});

	it('that loses a part between the readings is quoted, and every file is closed', async () => {
		const files = [soundFrames(CD, 9), soundFrames(CD, 9)];
		const store = soundStore(100, undefined, async () => await Promise.resolve(store.remove({ id: 'filesystem-v2:1', data: '', mimeType: '' })));
		const { message } = await refusal(join(files, store));
		expect(message).toBe("Could not join the parts: part 2 could not be read from n8n's file storage");
		expect(store.open).toBe(0);
	});

	it('that has another part by then is told', async () => {
		const store = soundStore(100, undefined, async () => await Promise.resolve(store.change({ id: 'filesystem-v2:0', data: '', mimeType: '' }, soundFrames(CD, 8))));
		const { message } = await refusal(join([soundFrames(CD, 9), soundFrames(CD, 9)], store));
		expect(message).toBe('Could not join the parts: part 1 has changed while the parts were joined');
		expect(store.open).toBe(0);
	});

	it('that is full is quoted, and every file is closed', async () => {
		const store = soundStore(100, undefined, async (body) => {
			// Some of it has been written.
			await body[Symbol.asyncIterator]().next();
			throw new Error('The disk is full');
		});
		const { message, advice } = await refusal(join([soundFrames(CD, 90), soundFrames(CD, 9)], store));
		expect(message).toBe('Could not join the parts: n8n could not store the joined file');
		expect(advice).toBe(`n8n says: The disk is full ${ADVICE}`);
		while (store.open > 0) await turn();
	});

	it('is not asked any further when the item has been stopped', async () => {
		const stop = new AbortController();
		const stopping = soundStore(100, stop.signal, async () => await Promise.resolve(stop.abort(new Error('stopped'))));
		await expect(join([soundFrames(CD, 90), soundFrames(CD, 9)], stopping)).rejects.toThrow(/^stopped$/);
		expect(stopping.open).toBe(0);
		await expect(join([soundFrames(CD, 9), soundFrames(CD, 9)], stopping)).rejects.toThrow(/^stopped$/);
	});

	it('hands over each part twice, whatever their number', async () => {
		const { store } = await join(Array.from({ length: 30 }, () => soundFrames(CD, 3)));
		expect(store.opened).toBe(60);
	});
});

describe('WAVs that are larger than one can be', () => {
	it('are not joined', async () => {
		const store = soundStore();
		const head = wav(SPEECH, samples(2)).subarray(0, 44);
		// One megabyte is handed over again and again: three parts of 1.5 GB.
		const piece = Buffer.alloc(2 ** 20);
		const helpers = {
			...store.helpers,
			getBinaryStream: async () => {
				await turn();
				return (async function* () {
					const large = Buffer.from(head);
					large.writeUInt32LE(0xffffffff, 40);
					yield large;
					for (let left = 1_500; left > 0; left--) yield piece;
				})();
			},
		} as unknown as typeof store.helpers;
		const parts = [1, 2, 3].map((id) => ({ id: `filesystem-v2:${id}`, data: '', mimeType: '' }));
		const { message } = await refusal(joinedSound({ ...store, helpers }, parts, 'speech.wav'));
		expect(message).toBe('Could not join the parts: together they are larger than 4 GiB, the most that a WAV file holds');
	});
});
