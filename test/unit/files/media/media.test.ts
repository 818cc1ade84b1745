import type { MediaFacts } from '../../../../nodes/engine/files/media/facts';
import { type FileFormat, FOREIGN, JPEG, MP3, MP4, PNG, WAV, WEBM } from '../../../../nodes/heygen/formats';
import { sampleFile } from '../../../sandbox/files/file-content';
import {
	audioTrack,
	big,
	box,
	bytes,
	ebmlHeader,
	element,
	exifWithThumbnail,
	filler,
	frame,
	frames,
	ftyp,
	id3,
	ID3V1,
	JFIF,
	jpegFile,
	jpegFrame,
	jpegSegment,
	little,
	longBox,
	moov,
	MPEG,
	openBox,
	PIECE_LENGTHS,
	pngFile,
	read,
	type Read,
	readPieces,
	riffChunk,
	tkhd,
	trak,
	vbri,
	videoTrack,
	wavFile,
	wavFormat,
	webmFile,
	xing,
} from '../../support/mediaSamples';

/** What the readers tell of whole files, however these are cut. Damaged files are in mediaDamage.test.ts. */

/** The format's name, and facts with lengths to the millisecond. */
function rounded({ format, facts }: Read): { name: string | undefined; facts: MediaFacts } {
	const { seconds } = facts;
	const short = seconds === undefined ? facts : { ...facts, seconds: Math.round(seconds * 1_000) / 1_000 };
	return { name: format?.name, facts: short };
}

/** Expects the same of a file whatever its pieces are. */
function expectFacts(file: Buffer, { name }: FileFormat, facts: MediaFacts): void {
	const told = PIECE_LENGTHS.map((length) => ({ length, ...rounded(read(file, length)) }));
	expect(told).toEqual(PIECE_LENGTHS.map((length) => ({ length, name, facts })));
}

/** Seconds of so many frames, to the millisecond. */
function secondsOf(kind: keyof typeof MPEG, count: number): number {
	return Math.round(MPEG[kind].seconds * count * 1_000) / 1_000;
}

describe('PNG', () => {
	it.each([[1, 1], [320, 200], [2_047, 2_048], [70_000, 3]])('%d x %d', (width, height) => {
		expectFacts(pngFile(width, height), PNG, { width, height });
	});
});

describe('JPEG', () => {
	const size = { width: 1_920, height: 1_080 };
	const frameHeader = jpegFrame(1_920, 1_080);
	const tables = jpegSegment(0xdb, filler(65));
	/** Colour profiles come in segments of nearly 64 KB each. */
	const profile = Array.from({ length: 5 }, () => jpegSegment(0xe2, bytes('ICC_PROFILE\0', filler(65_000))));
	const fill = bytes([0xff, 0xff, 0xff]);

	it.each<[string, Buffer]>([
		['baseline', jpegFile(JFIF, tables, frameHeader)],
		['progressive', jpegFile(JFIF, tables, jpegFrame(1_920, 1_080, 0xc2))],
		['extended sequential, arithmetic', jpegFile(JFIF, jpegFrame(1_920, 1_080, 0xc9))],
		['with its code tables before the frame', jpegFile(JFIF, jpegSegment(0xc4, filler(30)), jpegSegment(0xcc, filler(4)), frameHeader)],
		['without JFIF', jpegFile(frameHeader)],
		['with fill bytes', jpegFile(fill, JFIF, fill, tables, fill, frameHeader)],
		['with large EXIF and a thumbnail', jpegFile(exifWithThumbnail(60_000), JFIF, tables, frameHeader)],
		['with a thumbnail at the front', jpegFile(exifWithThumbnail(0), frameHeader)],
		['with a colour profile', jpegFile(JFIF, ...profile, tables, frameHeader)],
		['with a comment that looks like a frame header', jpegFile(JFIF, jpegSegment(0xfe, jpegFrame(10, 10)), frameHeader)],
		['with an empty segment', jpegFile(jpegSegment(0xfe, bytes()), frameHeader)],
	])('%s', (_name, file) => {
		expectFacts(file, JPEG, size);
	});

	it('tells nothing when the frame header is missing or says nothing', () => {
		expectFacts(jpegFile(JFIF, tables), JPEG, {});
		// A height of 0 is told behind the first scan.
		expectFacts(jpegFile(JFIF, jpegFrame(640, 0)), JPEG, {});
	});
});

describe('MP4', () => {
	const video = trak(tkhd(1_280, 720));
	const audio = trak(tkhd(0, 0));
	const mdat = box('mdat', filler(50_000));

	it.each<[string, Buffer]>([
		['with its index at the front', bytes(ftyp(), moov(video), mdat)],
		['with its index at the end', bytes(ftyp(), mdat, moov(video))],
		['with free space and an identifier before its index', bytes(ftyp('mp42'), box('free', filler(2_000)), box('uuid', filler(40)), moov(video), mdat)],
		['with 64-bit sizes', bytes(ftyp(), longBox('mdat', filler(3_000)), longBox('moov', longBox('trak', tkhd(1_280, 720))))],
		['with a header of version 1', bytes(ftyp(), moov(trak(tkhd(1_280, 720, 1))), mdat)],
		['with sound first', bytes(ftyp('isom'), moov(audio, video), mdat)],
		['with sound last', bytes(ftyp('M4V '), moov(video, audio), mdat)],
		['in fragments', bytes(ftyp('iso5'), moov(video), ...Array.from({ length: 200 }, () => bytes(box('moof', filler(60)), box('mdat', filler(90)))))],
		['whose frames go on to the end', bytes(ftyp('dash'), moov(video), openBox('mdat', filler(500)))],
		['whose index goes on to the end', bytes(ftyp(), mdat, openBox('moov', video))],
		['of the first years, without a type', bytes(moov(video), mdat)],
		['of the first years, with its frames first', bytes(box('wide'), mdat, moov(video))],
	])('%s', (_name, file) => {
		expectFacts(file, MP4, { width: 1_280, height: 720 });
	});

	it('takes the largest side of several tracks', () => {
		expectFacts(bytes(ftyp(), moov(trak(tkhd(640, 1_920, 1)), audio, trak(tkhd(1_080, 300))), mdat), MP4, { width: 1_080, height: 1_920 });
	});

	it('tells nothing of sound alone, and of no index', () => {
		expectFacts(bytes(ftyp(), moov(audio), mdat), MP4, {});
		expectFacts(bytes(ftyp(), mdat), MP4, {});
	});

	it('finds the index behind gigabytes of frames, in no time and memory', () => {
		const piece = Buffer.alloc(16 * 2 ** 20);
		const count = 400;
		const head = bytes(ftyp(), big(1, 4), 'mdat', big(16 + piece.length * count, 8));
		function* pieces(): Generator<Buffer> {
			yield head;
			for (let sent = 0; sent < count; sent++) yield piece;
			yield moov(audio, video);
		}
		const before = process.memoryUsage().arrayBuffers;
		expect(readPieces(pieces())).toEqual({ format: MP4, facts: { width: 1_280, height: 720 } });
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
	});
});

describe('WebM', () => {
	const size = { width: 1_280, height: 720 };
	const seekHead = element('114d9b74', filler(43));
	const info = element('1549a966', bytes(element('2ad7b1', big(1_000_000, 3)), element('4d80', bytes('Lavf'))));

	it.each<[string, Buffer]>([
		['as it is', webmFile()],
		['of unknown length, as browsers record it', webmFile({ width: 'unknown', before: info })],
		['with an index and a gap before its tracks', webmFile({ before: bytes(seekHead, element('ec', filler(80), 2), info) })],
		['with lengths in 2, 3 and 8 bytes', webmFile({ before: bytes(element('ec', filler(99), 3), info), tracks: videoTrack(1_280, 720, 8), width: 8 })],
		// An encoder that streams writes a gap like this one (FFmpeg's).
		...[1, 7, 104, 105, 4_000].map((gap): [string, Buffer] => [
			`with a gap of ${gap} bytes whose length takes 8`,
			webmFile({ before: bytes(seekHead, element('ec', filler(gap), 8), info) }),
		]),
		['with checksums', webmFile({ before: bytes(element('bf', filler(4)), seekHead) })],
		['with sound first', webmFile({ tracks: bytes(audioTrack, videoTrack(1_280, 720)) })],
		['with sound last', webmFile({ tracks: bytes(videoTrack(1_280, 720), audioTrack) })],
		['with a smaller track besides', webmFile({ tracks: bytes(videoTrack(320, 720), videoTrack(1_280, 90)) })],
	])('%s', (_name, file) => {
		expectFacts(file, WEBM, size);
	});

	it('tells nothing of sound alone, or when the frames come first', () => {
		expectFacts(webmFile({ tracks: audioTrack }), WEBM, {});
		expectFacts(webmFile({ before: element('1f43b675', filler(60)) }), WEBM, {});
	});

	it('is no Matroska, which HeyGen does not take', () => {
		expectFacts(webmFile({ docType: 'matroska' }), FOREIGN.mkv, size);
		expectFacts(bytes(ebmlHeader('webm\0\0'), filler(30)), WEBM, {});
		expectFacts(bytes(element('1a45dfa3', filler(3)), filler(30)), FOREIGN.mkv, {});
	});
});

describe('WAV', () => {
	const twoSeconds = filler(32_000);
	const list = riffChunk('LIST', bytes('INFOISFT', little(14, 4), 'Lavf59.27.100\0'));

	it.each<[string, Buffer, number]>([
		['as it is', wavFile(wavFormat(8_000), riffChunk('data', twoSeconds)), 2],
		['with a list before the sound', wavFile(wavFormat(8_000), list, riffChunk('data', twoSeconds)), 2],
		['with a chunk of odd length before the sound', wavFile(wavFormat(8_000), riffChunk('LIST', filler(27)), riffChunk('data', twoSeconds)), 2],
		['with a list behind the sound', wavFile(wavFormat(8_000), riffChunk('data', twoSeconds), list), 2],
		['with a large chunk before the sound', wavFile(riffChunk('bext', filler(70_000)), wavFormat(16_000), riffChunk('data', twoSeconds)), 1],
		['recorded without a length', wavFile(wavFormat(8_000), riffChunk('data', twoSeconds, 0)), 2],
		['recorded with the largest length', wavFile(wavFormat(8_000), riffChunk('data', twoSeconds, 0xffffffff)), 2],
		['with a format of the extensible kind', wavFile(riffChunk('fmt ', bytes(wavFormat(8_000).subarray(8), filler(24))), riffChunk('data', twoSeconds)), 2],
		['without sound', wavFile(wavFormat(8_000), riffChunk('data', bytes())), 0],
	])('%s', (_name, file, seconds) => {
		expectFacts(file, WAV, { seconds });
	});

	it('may be larger than its numbers are', () => {
		const large = wavFile(riffChunk('ds64', filler(28)), wavFormat(8_000), riffChunk('data', twoSeconds, 0xffffffff));
		expectFacts(bytes('RF64', large.subarray(4)), WAV, { seconds: 2 });
	});

	it('tells nothing without a format or a rate', () => {
		expectFacts(wavFile(riffChunk('data', twoSeconds)), WAV, {});
		expectFacts(wavFile(wavFormat(0), riffChunk('data', twoSeconds)), WAV, {});
		expectFacts(wavFile(wavFormat(8_000)), WAV, {});
	});
});

describe('MP3', () => {
	/** Rates that change from frame to frame, as in files of variable rate. */
	const mixed = bytes(...Array.from({ length: 40 }, (_, index) => frame(index % 3 === 0 ? 'kbps64' : 'kbps128')));

	it.each<[string, Buffer, number]>([
		['of one rate, with the count that encoders write', bytes(frame('kbps128', xing(500, 36, 'Info')), frames('kbps128', 50)), secondsOf('kbps128', 500)],
		['of variable rate, with the count of Xing', bytes(frame('kbps64', xing(9_000)), mixed), secondsOf('kbps64', 9_000)],
		['of variable rate, with the count of VBRI', bytes(frame('kbps64', vbri(750)), mixed), secondsOf('kbps64', 750)],
		['of variable rate, mono', bytes(frame('kbps128', xing(300, 21), true), mixed), secondsOf('kbps128', 300)],
		['of MPEG 2, with a count', bytes(frame('mpeg2', xing(640, 21)), frames('mpeg2', 30)), secondsOf('mpeg2', 640)],
		['of MPEG 2, mono, with a count', bytes(frame('mpeg2', xing(640, 13), true), frames('mpeg2', 30)), secondsOf('mpeg2', 640)],
		['with a count behind a tag of 300 KB', bytes(id3(300_000), frame('kbps128', xing(2_000)), mixed), secondsOf('kbps128', 2_000)],
		['with a count behind a tag with a footer', bytes(id3(500, 0x10), frame('kbps128', xing(2_000)), mixed), secondsOf('kbps128', 2_000)],
		['with a count behind a gap', bytes(id3(500), Buffer.alloc(700), frame('kbps128', xing(2_000)), mixed), secondsOf('kbps128', 2_000)],
	])('%s', (_name, file, seconds) => {
		expectFacts(file, MP3, { seconds });
	});

	it.each<[string, Buffer, number]>([
		['plain', frames('kbps128', 200), secondsOf('kbps128', 200)],
		['of MPEG 2', frames('mpeg2', 100), secondsOf('mpeg2', 100)],
		['of MPEG 2.5', frames('mpeg25', 100), secondsOf('mpeg25', 100)],
		['behind a tag of 300 KB', bytes(id3(300_000), frames('kbps128', 200)), secondsOf('kbps128', 200)],
		['before a tag of old', bytes(frames('kbps128', 200), ID3V1), secondsOf('kbps128', 200)],
		['of one frame', frame('kbps128'), secondsOf('kbps128', 1)],
	])('of one rate without a count: %s', (_name, file, seconds) => {
		for (const length of PIECE_LENGTHS) {
			const { format, facts } = read(file, length);
			// Frames are not padded here, which makes them up to 0.5 % shorter than their rate says.
			const close = Math.abs((facts.seconds ?? NaN) / seconds - 1) < 0.01;
			expect([length, format?.name, close]).toEqual([length, MP3.name, true]);
		}
	});

	it('tells nothing of rates that change without a count', () => {
		expectFacts(mixed, MP3, {});
		expectFacts(bytes(id3(300_000), mixed), MP3, {});
	});

	it('tells nothing when there is no frame', () => {
		expectFacts(id3(2_000), MP3, {});
		expectFacts(bytes(id3(100), Buffer.alloc(60_000)), MP3, {});
	});

	it('takes no header for a frame that no other one follows', () => {
		// Two bytes that look like a frame's first, shortly before the end of what is searched.
		const noise = Buffer.alloc(60_000);
		noise.set(frame('kbps64').subarray(0, 4), 32_700);
		expectFacts(bytes(id3(10), noise), MP3, {});
	});

	it('does not take an encoder for silent that has not counted', () => {
		// A count of 0 is left behind by encoders that could not go back to fill it in.
		const { facts } = read(bytes(frame('kbps128', xing(0)), frames('kbps128', 100)));
		expect(facts.seconds).not.toBe(0);
	});
});

it.each<[string, FileFormat, MediaFacts]>([
	['jpg', JPEG, { width: 160, height: 90 }],
	['mp3', MP3, { seconds: 1.045 }],
	['mp4', MP4, { width: 160, height: 90, seconds: 2 }],
	['webm', WEBM, { width: 160, height: 90, seconds: 2 }],
	['gif', FOREIGN.gif, {}],
])('a real .%s file', (extension, format, facts) => {
	expectFacts(sampleFile(extension), format, facts);
});
