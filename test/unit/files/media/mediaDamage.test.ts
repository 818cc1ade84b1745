import fc from 'fast-check';

import type { MediaFacts } from '../../../../nodes/engine/files/media/facts';
import { FOREIGN } from '../../../../nodes/heygen/formats';
import { onProcessor } from '../../support/cpuTime';
import {
	audioTrack,
	box,
	bytes,
	element,
	filler,
	flacFile,
	frame,
	frames,
	ftyp,
	id3,
	JFIF,
	jpegFile,
	jpegFrame,
	jpegSegment,
	longBox,
	moov,
	mvhd,
	oggPage,
	opusHead,
	pngFile,
	read,
	riffChunk,
	tkhd,
	trak,
	vbri,
	videoTrack,
	wavFile,
	wavFormat,
	webmFile,
	webmInfo,
	xing,
} from '../../support/mediaSamples';

/** Files that are cut off, damaged, or nothing but noise: readers may tell less of them, but never what is wrong. */

const video = trak(tkhd(1_280, 720));
const gap = element('ec', filler(40), 8);

/** One file of every kind that a reader goes through, small enough to be cut at every byte. */
const SAMPLES: Record<string, Buffer> = {
	png: pngFile(1_920, 1_080),
	jpeg: jpegFile(JFIF, jpegSegment(0xdb, filler(65)), bytes([0xff, 0xff]), jpegFrame(1_920, 1_080)),
	'mp4, index first': bytes(ftyp(), moov(trak(tkhd(0, 0)), video), box('mdat', filler(400))),
	'mp4, index last': bytes(ftyp(), longBox('mdat', filler(400)), moov(trak(tkhd(1_280, 720, 1)))),
	webm: webmFile({ before: gap, tracks: bytes(audioTrack, videoTrack(1_280, 720)) }),
	'webm, live': webmFile({ width: 'unknown', before: gap }),
	wav: wavFile(riffChunk('LIST', filler(27)), wavFormat(8_000), riffChunk('data', filler(800))),
	'wav without a length': wavFile(wavFormat(8_000), riffChunk('data', filler(800), 0)),
	'mp3, counted by Xing': bytes(id3(60), frame('kbps64', xing(900)), frames('kbps128', 3)),
	'mp3, counted by VBRI': bytes(frame('kbps64', vbri(900)), frames('kbps128', 3)),
	'mp3 of one rate': bytes(id3(60), frames('kbps128', 4)),
	'mp4 with a length': bytes(ftyp(), box('moov', mvhd(9_000, 600), video)),
	'webm with a length': webmFile({ before: webmInfo(2_500) }),
	flac: flacFile(16_000, 8_000),
	opus: bytes(oggPage(0, opusHead(312)), oggPage(48_000, filler(300)), oggPage(96_312, filler(200))),
};
const samples = Object.entries(SAMPLES);

/** Expects numbers that can be compared with limits. */
function expectSane({ width, height, seconds }: MediaFacts): void {
	expect(width === undefined).toBe(height === undefined);
	if (width !== undefined && height !== undefined) {
		expect([Number.isInteger(width), Number.isInteger(height), width > 0, height > 0]).toEqual([true, true, true, true]);
	}
	if (seconds !== undefined) expect([Number.isFinite(seconds), seconds >= 0]).toEqual([true, true]);
}

describe.each(samples)('%s, cut off anywhere', (_name, whole) => {
	const { format, facts } = read(whole);

	it('is told in full when it is whole', () => {
		expect(format).toBeDefined();
		expect(facts).not.toEqual({});
	});

	it('tells what the whole tells, or less', () => {
		const wrong: unknown[] = [];
		for (let length = 0; length < whole.length; length++) {
			const { facts: told } = read(whole.subarray(0, length));
			const { width, height, seconds } = told;
			const right =
				(width === undefined || (width === facts.width && height === facts.height)) &&
				(seconds === undefined || seconds <= (facts.seconds ?? 0));
			if (!right) wrong.push({ length, told });
		}
		expect(wrong).toEqual([]);
	});

	it('is taken for nothing else', () => {
		for (let length = 0; length < whole.length; length++) {
			const { format: told } = read(whole.subarray(0, length));
			// A Matroska file says only behind its first bytes that it is a WebM.
			expect([format, undefined, ...(length < 30 ? [FOREIGN.mkv] : [])]).toContain(told);
		}
	});

	it('tells the same in pieces', () => {
		for (let length = 0; length < whole.length; length++) {
			const cut = whole.subarray(0, length);
			expect({ length, ...read(cut, 7) }).toEqual({ length, ...read(cut) });
		}
	});
});

/** Reads a file in different pieces, and expects an end within moments and numbers that make sense. */
function expectCalm(file: Buffer): void {
	const { result: told, cpuMs } = onProcessor(() => read(file));
	expect(cpuMs).toBeLessThan(1_000);
	expectSane(told.facts);
	expect(read(file, 61)).toEqual(told);
}

const RUNS = { numRuns: 2_000 };

describe('whatever the bytes are', () => {
	const noise = fc.uint8Array({ maxLength: 3_000 }).map((data) => Buffer.from(data));
	/** Beginnings after which a reader goes to work. */
	const beginnings = fc.constantFrom(
		...['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'RIFF\0\0\0\0WAVE', '\0\0\0\x08ftypisom', '\0\0\0\x08moov', 'ID3\x04\0\0\0\0\0\0'],
		...['\xff\xfb\x90\x00', '\x1aE\xdf\xa3\x87B\x82\x84webm', 'PK\x03\x04', '\xff\xfe', '1\n00:00:01,000 -->', 'II*\0'],
	);

	it('ends and stays sane over noise', () => {
		fc.assert(fc.property(noise, expectCalm), RUNS);
	});

	it('ends and stays sane over noise that begins like a file', () => {
		fc.assert(fc.property(beginnings, noise, (beginning, rest) => expectCalm(bytes(beginning, rest))), RUNS);
	});

	it('ends and stays sane over damaged files', () => {
		const changes = fc.array(fc.tuple(fc.nat(1_500), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 12 });
		const damaged = fc.tuple(fc.constantFrom(...samples), changes).map(([[, whole], list]) => {
			const file = Buffer.from(whole);
			for (const [at, value] of list) file[at % file.length] = value;
			return file;
		});
		fc.assert(fc.property(damaged, expectCalm), RUNS);
	});

	it('ends and stays sane over files with bytes lost or doubled', () => {
		const cuts = fc.tuple(fc.constantFrom(...samples), fc.nat(1_500), fc.nat(40), fc.boolean());
		fc.assert(
			fc.property(cuts, ([[, whole], place, length, doubled]) => {
				const at = place % whole.length;
				const lost = whole.subarray(at, at + length);
				expectCalm(bytes(whole.subarray(0, at), ...(doubled ? [lost, lost] : []), whole.subarray(at + length)));
			}),
			RUNS,
		);
	});
});

describe('headers that never end', () => {
	it.each<[string, Buffer]>([
		['segments', bytes([0xff, 0xd8], ...Array.from({ length: 20_000 }, () => jpegSegment(0xfe, bytes())))],
		['fill bytes', bytes([0xff, 0xd8], Buffer.alloc(200_000, 0xff))],
		['segments of no length', bytes([0xff, 0xd8], Buffer.alloc(200_000, bytes([0xff, 0xe0, 0, 0])))],
		['boxes', bytes(ftyp(), Buffer.alloc(400_000, box('free')))],
		['tracks within tracks', bytes(ftyp(), Buffer.alloc(400_000, bytes([0, 0, 0, 8], 'trak')))],
		['elements', bytes(webmFile().subarray(0, 60), Buffer.alloc(200_000, bytes([0xec, 0x80])))],
		['pages', Buffer.alloc(280_000, oggPage(0, bytes()))],
		['chunks', bytes('RIFF', [0, 0, 0, 0], 'WAVE', Buffer.alloc(200_000, riffChunk('junk', bytes())))],
		['beginnings of frames', bytes(id3(0), Buffer.alloc(200_000, bytes([0xff, 0xfb, 0x90])))],
		['bytes of a beginning', bytes(id3(0), Buffer.alloc(200_000, 0xff))],
	])('of %s', (_name, file) => {
		expectCalm(file);
	});

	it('asks for nothing behind a length beyond all files', () => {
		const beyond = longBox('mdat');
		beyond.fill(0xff, 8);
		expectCalm(bytes(ftyp(), beyond, moov(video)));
		expectCalm(bytes(webmFile().subarray(0, 40), element('ec', bytes(), 'unknown'), filler(100)));
	});
});
