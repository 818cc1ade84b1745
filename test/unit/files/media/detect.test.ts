import { detectFormat } from '../../../../nodes/engine/files/media/detect';
import {
	type FileFormat,
	FOREIGN,
	formatList,
	formatOfMediaType,
	formatOfName,
	FORMATS,
	JPEG,
	MP3,
	MP4,
	PDF,
	PNG,
	SRT,
	WAV,
	WEBM,
	ZIP,
} from '../../../../nodes/heygen/formats';
import {
	bytes,
	ebmlHeader,
	exifWithThumbnail,
	filler,
	frames,
	ftyp,
	id3,
	jpegFile,
	jpegFrame,
	little,
	moov,
	openBox,
	type Piece,
	pngFile,
	tkhd,
	trak,
	wavFile,
	wavFormat,
} from '../../support/mediaSamples';

/** Which format the first bytes of a file are of, and what extensions and media types stand for. */

/** The format's name: shorter to compare, and to read when it is another one. */
const detected = (...pieces: Piece[]): string | undefined => detectFormat(bytes(...pieces).subarray(0, 1_024))?.name;

/** An archive whose first entry has a name. */
function zip(firstEntry: string): Buffer {
	return bytes('PK\x03\x04', [20, 0, 0, 0, 0, 0], filler(16), little(firstEntry.length, 2), [0, 0], firstEntry, filler(60));
}

const SUBTITLES = '1\n00:00:01,000 --> 00:00:03,500\nHello\n\n2\n00:00:04,000 --> 00:00:05,000\nWorld\n';
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

/** Of every format of formats.ts at least one file. */
const FILES: Array<[FileFormat, string, Buffer]> = [
	[PNG, 'a picture', pngFile(4, 4)],
	[JPEG, 'a picture', jpegFile(jpegFrame(4, 4))],
	[JPEG, 'a picture of a camera', jpegFile(exifWithThumbnail(9), jpegFrame(4, 4))],
	[MP4, 'a film', bytes(ftyp(), moov(trak(tkhd(4, 4))))],
	...['mp41', 'mp42', 'avc1', 'iso5', 'dash', 'M4V ', 'M4VP', 'MSNV', 'f4v '].map((brand): [FileFormat, string, Buffer] => [MP4, `a film of brand ${brand}`, ftyp(brand)]),
	[MP4, 'a film of the first years', bytes(moov(trak(tkhd(4, 4))))],
	[MP4, 'a film of the first years, frames first', openBox('mdat', filler(40))],
	[WEBM, 'a film', ebmlHeader('webm')],
	[MP3, 'sound behind a tag', id3(50)],
	[MP3, 'sound of MPEG 1', frames('kbps128', 2)],
	[MP3, 'sound of MPEG 2', frames('mpeg2', 2)],
	[MP3, 'sound of MPEG 2.5', frames('mpeg25', 2)],
	[WAV, 'sound', wavFile(wavFormat(8_000))],
	[WAV, 'long sound', bytes('RF64\xff\xff\xff\xffWAVEds64')],
	[PDF, 'a document', bytes('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')],
	[PDF, 'a document behind a printer command', bytes('\x1b%-12345X@PJL JOB\r\n', filler(300), '%PDF-1.4\n')],
	[SRT, 'subtitles', bytes(SUBTITLES)],
	[SRT, 'subtitles with CRLF', bytes(SUBTITLES.replace(/\n/g, '\r\n'))],
	[SRT, 'subtitles with CR', bytes(SUBTITLES.replace(/\n/g, '\r'))],
	[SRT, 'subtitles with a byte order mark', Buffer.from(`\uFEFF${SUBTITLES}`)],
	[SRT, 'subtitles with a byte order mark and CRLF', Buffer.from(`\uFEFF${SUBTITLES.replace(/\n/g, '\r\n')}`)],
	[SRT, 'subtitles in UTF-16', utf16(SUBTITLES)],
	[SRT, 'subtitles in UTF-16 with CRLF', utf16(SUBTITLES.replace(/\n/g, '\r\n'))],
	[SRT, 'subtitles behind blank lines', bytes(`\n \r\n\n${SUBTITLES}`)],
	[SRT, 'subtitles from 0 on, with points and short hours', bytes('0\n0:00:01.00 --> 0:00:03.500\nHello')],
	[SRT, 'subtitles in another alphabet', Buffer.from(SUBTITLES.replace('Hello', 'Здравствуйте'))],
	[SRT, 'subtitles of one word each', bytes(SUBTITLES.repeat(100))],
	[ZIP, 'an archive', zip('scene.json')],
	[ZIP, 'an archive of folders', zip('photos/')],
	[ZIP, 'an archive without entries', bytes('PK\x05\x06', Buffer.alloc(18))],
	[FOREIGN.gif, 'a picture', bytes('GIF89a')],
	[FOREIGN.gif, 'a picture of old', bytes('GIF87a')],
	[FOREIGN.webp, 'a picture', bytes('RIFF', little(99, 4), 'WEBPVP8 ')],
	...['heic', 'heix', 'mif1', 'msf1', 'hevc'].map((brand): [FileFormat, string, Buffer] => [FOREIGN.heic, `a picture of brand ${brand}`, ftyp(brand)]),
	[FOREIGN.avif, 'a picture', ftyp('avif')],
	[FOREIGN.avif, 'pictures', ftyp('avis')],
	[FOREIGN.svg, 'a picture', bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
	[FOREIGN.svg, 'a picture of an editor', bytes('<?xml version="1.0"?>\n<!-- Made by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN">\n<svg>')],
	[FOREIGN.tiff, 'a picture', bytes('II*\0')],
	[FOREIGN.tiff, 'a picture of the other byte order', bytes('MM\0*')],
	[FOREIGN.bmp, 'a picture', bytes('BM', little(70, 4), [0, 0, 0, 0, 54, 0, 0, 0])],
	[FOREIGN.mov, 'a film', ftyp('qt  ')],
	[FOREIGN.mkv, 'a film', ebmlHeader('matroska')],
	[FOREIGN.avi, 'a film', bytes('RIFF', little(99, 4), 'AVI LIST')],
	...['3gp4', '3gp5', '3g2a', '3ge6', '3gg6'].map((brand): [FileFormat, string, Buffer] => [FOREIGN.threeGp, `a film of brand ${brand}`, ftyp(brand)]),
	[FOREIGN.wmv, 'a film', bytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11])],
	...['M4A ', 'M4B ', 'F4A '].map((brand): [FileFormat, string, Buffer] => [FOREIGN.m4a, `sound of brand ${brand}`, ftyp(brand)]),
	[FOREIGN.aac, 'sound', bytes([0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc])],
	[FOREIGN.aac, 'sound with checksums', bytes([0xff, 0xf0, 0x50, 0x80, 0x02, 0x1f, 0xfc])],
	[FOREIGN.aac, 'sound of MPEG 2', bytes([0xff, 0xf9, 0x50, 0x80, 0x02, 0x1f, 0xfc])],
	[FOREIGN.ogg, 'sound', bytes('OggS\0\x02')],
	[FOREIGN.flac, 'sound', bytes('fLaC\0\0\0\x22')],
	[FOREIGN.aiff, 'sound', bytes('FORM', [0, 0, 1, 0], 'AIFFCOMM')],
	[FOREIGN.aiff, 'compressed sound', bytes('FORM', [0, 0, 1, 0], 'AIFCFVER')],
	[FOREIGN.vtt, 'subtitles', bytes(`WEBVTT\n\n${SUBTITLES.replace(/,/g, '.')}`)],
	[FOREIGN.vtt, 'subtitles with a byte order mark', Buffer.from('\uFEFFWEBVTT - a film\n')],
	...['[Content_Types].xml', '_rels/.rels', 'docProps/app.xml', 'mimetype'].map((entry): [FileFormat, string, Buffer] => [FOREIGN.office, `a document that begins with ${entry}`, zip(entry)]),
	// Google Docs, Sheets and Slides put their parts first.
	...['word/numbering.xml', 'xl/worksheets/sheet1.xml', 'ppt/theme/theme1.xml'].map((entry): [FileFormat, string, Buffer] => [FOREIGN.office, `a document that begins with ${entry}`, zip(entry)]),
	[FOREIGN.html, 'a page', bytes('<!DOCTYPE html>\n<html lang="en">')],
	[FOREIGN.html, 'a page without a type', bytes('\n\n<HTML><BODY>')],
	[FOREIGN.html, 'a page of a head', bytes('<head><title>Sign in')],
	[FOREIGN.html, 'a page of the strict kind', bytes('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">')],
	[FOREIGN.html, 'a page behind a comment', bytes('<!-- saved from url=(0014)about:internet -->\n<html>')],
	[FOREIGN.html, 'a page behind several comments', bytes('<!-- a -->\n<!-- b -->\n<HEAD>')],
	[FOREIGN.svg, 'a drawing behind all there can be', bytes('\n<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "x">\n<svg\n')],
	[SRT, 'subtitles with blanks everywhere', bytes('\r\n \n1 \r\n\r\n 0:00:01.5   --> 00:00:02,000\nHi')],
	[FOREIGN.json, 'an object', bytes('{"error": {"code": 404}}')],
	[FOREIGN.json, 'an object over lines', bytes('{\n  "error": true\n}')],
	[FOREIGN.json, 'a list', bytes('[{"id": 1}]')],
];

it.each(FILES.map(([{ name }, what, file]) => [name, what, file] as const))('%s: %s', (name, _what, file) => {
	expect(detected(file)).toBe(name);
});

it('knows a file of every format', () => {
	const known = new Set(FILES.map(([{ name }]) => name));
	expect(FORMATS.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([
		// Samples have no signature.
		FOREIGN.pcm.name,
	]);
});

/** No cubic look at a kilobyte would come to an end with sixty of them. */
describe('sixty kilobytes', () => {
	it.each(['\n', '\r\n', ' ', '\t', '7', '1\n', '-', '/', '<', '>', '<!--', '<?xml', '<?xml>', '<!-- -->', '<svg', '[', '{', '00:', ' \n1', '[ '])('of %j are no file of any format', (piece) => {
		for (const head of ['', '1\n', '<?xml ', '<!--', '\uFEFF', '1\n00:00:01,000']) {
			const text = `${head}${piece.repeat(60_000 / piece.length)}`;
			expect([undefined, FOREIGN.json, FOREIGN.svg]).toContain(detectFormat(Buffer.from(text)));
		}
	});
});

describe('what is none of them', () => {
	it.each<[string, Buffer]>([
		['nothing', bytes()],
		['one byte', bytes(0xff)],
		['zeros', Buffer.alloc(2_000)],
		['a number and a time in one line', bytes('1 00:00:01,000 --> 00:00:02,000')],
		['a comment that does not end', bytes('<!-- <html>')],
		['a text', bytes('Dear Ada,\n\nthank you for your order.')],
		['a text that begins with BM', bytes('BMW 320i, 2019, one owner, no accidents')],
		['a text that begins with FORM', bytes('FORMAL NOTICE\n\nDear Sir or Madam')],
		['a text with a box behind its fourth letter', bytes('Get free stuff today, for nothing at all')],
		['another one', bytes('You skip the line with this ticket')],
		['a text of a number', bytes('1\nOnce upon a time')],
		['a text of times', bytes('00:00:01,000 --> 00:00:03,500\nHello')],
		['a table', bytes('id,name\n1,Ada\n')],
		['an unknown RIFF file', bytes('RIFF', little(9, 4), 'CDR6vrsn')],
		['a program', bytes('\x7fELF\x02\x01\x01\0')],
		['another markup', bytes('<?xml version="1.0"?><rss version="2.0">')],
		['a frame header of no layer', bytes([0xff, 0xe1, 0x90, 0, 0, 0])],
		['a frame header of a rate that is none', bytes([0xff, 0xfb, 0xf0, 0, 0, 0])],
		['a byte order mark alone', bytes([0xff, 0xfe])],
		['a text in UTF-16', utf16('Dear Ada, thank you')],
	])('%s', (_what, file) => {
		expect(detected(file)).toBeUndefined();
	});
});

describe('formatOfName', () => {
	it('knows each extension of each format, in any case', () => {
		for (const format of FORMATS) {
			for (const extension of format.extensions) {
				expect(formatOfName(`My file.v2.${extension}`)?.name).toBe(format.name);
				expect(formatOfName(`A.${extension.toUpperCase()} `)?.name).toBe(format.name);
			}
		}
	});

	it.each(['', 'png', 'photo', 'photo.', 'photo.png.tmp', 'photo.png?x', 'photo png', '.hidden', 'a.constructor'])('finds none in %j', (name) => {
		expect(formatOfName(name)).toBeUndefined();
	});
});

describe('formatOfMediaType', () => {
	it('knows each media type of each format, in any case and with parameters', () => {
		for (const format of FORMATS) {
			for (const type of format.mediaTypes) {
				expect(formatOfMediaType(type)?.name).toBe(format.name);
				expect(formatOfMediaType(` ${type.toUpperCase()} ; charset=binary`)?.name).toBe(format.name);
			}
		}
	});

	it.each(['', 'application/octet-stream', 'binary/octet-stream', 'image', 'image/*', 'text/plain', ';'])('finds none in %j', (type) => {
		expect(formatOfMediaType(type)).toBeUndefined();
	});
});

describe('the formats', () => {
	it('share no extension, no media type and no name', () => {
		for (const of of ['extensions', 'mediaTypes'] as const) {
			const all = FORMATS.flatMap((format) => [...format[of]]);
			expect(all).toEqual([...new Set(all)]);
			expect(all).toEqual(all.map((one) => one.toLowerCase()));
		}
		const names = FORMATS.map(({ name }) => name);
		expect(names).toEqual([...new Set(names)]);
	});

	it('are listed as one says them', () => {
		expect(formatList([PNG])).toBe('PNG');
		expect(formatList([PNG, JPEG])).toBe('PNG or JPEG');
		expect(formatList([PNG, JPEG, MP4, WEBM, MP3, WAV, PDF])).toBe('PNG, JPEG, MP4, WebM, MP3, WAV or PDF');
	});
});
