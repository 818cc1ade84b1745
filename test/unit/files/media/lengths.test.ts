import fc from 'fast-check';

import { FOREIGN, MP4, WEBM, type FileFormat } from '../../../../nodes/heygen/formats';
import {
	audioTrack,
	big,
	box,
	bytes,
	filler,
	flacFile,
	ftyp,
	mvhd,
	oggPage,
	opusHead,
	PIECE_LENGTHS,
	read,
	tkhd,
	trak,
	vorbisHead,
	webmFile,
	webmInfo,
} from '../../support/mediaSamples';

/** How long films and recordings play that HeyGen takes, and some that only an estimate reads. */

/** Expects a length, whatever the pieces are that the file comes in. */
function expectSeconds(file: Buffer, { name }: FileFormat, seconds: number | undefined): void {
	const told = PIECE_LENGTHS.map((length) => read(file, length)).map(({ format, facts }) => [format?.name, facts.seconds]);
	expect(told).toEqual(PIECE_LENGTHS.map(() => [name, seconds]));
}

const video = trak(tkhd(1_280, 720));
const sound = trak(tkhd(0, 0));
const mdat = box('mdat', filler(5_000));
const mehd = (duration: number, version: 0 | 1 = 0) => box('mvex', box('mehd', [version, 0, 0, 0], big(duration, version === 0 ? 4 : 8)));

describe('MP4 and its kin', () => {
	it.each<[string, Buffer, FileFormat, number | undefined]>([
		['a film', bytes(ftyp(), box('moov', mvhd(9_000, 600), video), mdat), MP4, 15],
		['a film with its index at the end', bytes(ftyp(), mdat, box('moov', mvhd(9_000, 600), video)), MP4, 15],
		['a film with times of eight bytes', bytes(ftyp(), box('moov', mvhd(90_001n, 1_000, 1), video), mdat), MP4, 90.001],
		['sound alone', bytes(ftyp(), box('moov', mvhd(4_410, 44_100), sound), mdat), MP4, 0.1],
		['an M4A', bytes(ftyp('M4A '), box('moov', mvhd(61_000, 1_000), sound), mdat), FOREIGN.m4a, 61],
		['a QuickTime film', bytes(ftyp('qt  '), box('moov', mvhd(1_800, 600), video), mdat), FOREIGN.mov, 3],
		['a film of a telephone', bytes(ftyp('3gp4'), box('moov', mvhd(1_500, 1_000), video), mdat), FOREIGN.threeGp, 1.5],
		['fragments', bytes(ftyp('iso5'), box('moov', mvhd(0, 1_000), video, mehd(7_500)), box('moof', filler(90)), mdat), MP4, 7.5],
		['fragments with a length of eight bytes', bytes(ftyp('iso5'), box('moov', mvhd(0, 1_000), video, mehd(7_500, 1)), mdat), MP4, 7.5],
		['fragments that nobody has counted', bytes(ftyp('iso5'), box('moov', mvhd(0, 1_000), video), mdat), MP4, undefined],
		['a length that is not known', bytes(ftyp(), box('moov', mvhd(0xffff_ffff, 1_000), video), mdat), MP4, undefined],
		['a length of eight bytes that is not known', bytes(ftyp(), box('moov', mvhd(2n ** 64n - 1n, 1_000, 1), video), mdat), MP4, undefined],
		['no units', bytes(ftyp(), box('moov', mvhd(9_000, 0), video), mdat), MP4, undefined],
	])('%s', (_name, file, format, seconds) => {
		expectSeconds(file, format, seconds);
	});

	it('is any length', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 2 ** 32 - 2 }), fc.integer({ min: 1, max: 192_000 }), (duration, scale) => {
				expect(read(bytes(ftyp(), box('moov', mvhd(duration, scale), video))).facts.seconds).toBe(duration / scale);
			}),
			{ numRuns: 200 },
		);
	});
});

describe('WebM and Matroska', () => {
	it.each<[string, Buffer, FileFormat, number | undefined]>([
		['a film', webmFile({ before: webmInfo(2_500) }), WEBM, 2.5],
		['a film with a short number', webmFile({ before: webmInfo(2_500, 1_000_000, 4) }), WEBM, 2.5],
		['a film with other units', webmFile({ before: webmInfo(48_000, 20_833) }), WEBM, 0.999984],
		['sound alone', webmFile({ before: webmInfo(61_000), tracks: audioTrack }), WEBM, 61],
		['a Matroska', webmFile({ docType: 'matroska', before: webmInfo(61_000) }), FOREIGN.mkv, 61],
		['what a browser has recorded', webmFile({ width: 'unknown' }), WEBM, undefined],
		['a length that is no number', webmFile({ before: webmInfo(NaN) }), WEBM, undefined],
		['a negative length', webmFile({ before: webmInfo(-5) }), WEBM, undefined],
	])('%s', (_name, file, format, seconds) => {
		expectSeconds(file, format, seconds);
	});
});

describe('Ogg', () => {
	const voice = (...positions: number[]) =>
		bytes(oggPage(0, opusHead(312)), oggPage(0, bytes('OpusTags')), ...positions.map((position) => oggPage(position, filler(700))));

	it.each<[string, Buffer, number | undefined]>([
		['Opus, without what is skipped', voice(48_000, 96_000, 144_312), 3],
		['Vorbis', bytes(oggPage(0, vorbisHead(44_100)), oggPage(22_050, filler(90)), oggPage(66_150, filler(90))), 1.5],
		['whose last page ends no packet', bytes(voice(48_312), oggPage(2n ** 64n - 1n, filler(50))), 1],
		['with another stream in it', bytes(voice(48_312), oggPage(9_600_000, filler(50), 8)), 1],
		['with something behind it', bytes(voice(48_312), filler(400)), 1],
		['of sound that is not known', bytes(oggPage(0, bytes('Speex   ', filler(72))), oggPage(9_000, filler(50))), undefined],
		['of heads alone', voice(), undefined],
	])('%s', (_name, file, seconds) => {
		expectSeconds(file, FOREIGN.ogg, seconds);
	});
});

describe('FLAC', () => {
	it.each<[number, number, number | undefined]>([
		[88_200, 44_100, 2],
		[2 ** 36 - 1, 192_000, (2 ** 36 - 1) / 192_000],
		[0, 44_100, undefined],
		[44_100, 0, undefined],
	])('%d samples at %d', (samples, rate, seconds) => {
		expectSeconds(flacFile(samples, rate), FOREIGN.flac, seconds);
	});
});
