import fc from 'fast-check';

import { decodeSubtitles } from '../../../../nodes/heygen/srt/encoding';
import { readSrt } from '../../../../nodes/heygen/srt/readSrt';

const TEXT = '1\n00:00:01,000 --> 00:00:02,000\nOlá, “мир” 日本 😀 – שלום\n';
const LATIN = '1\n00:00:01,000 --> 00:00:02,000\nUn café\n';

/** A text in UTF-32, which Node cannot write. */
function utf32(text: string, isBig: boolean): Buffer {
	const bytes = Buffer.alloc(4 * [...text].length);
	for (const [index, character] of [...text].entries()) {
		const code = character.codePointAt(0) as number;
		if (isBig) bytes.writeUInt32BE(code, 4 * index);
		else bytes.writeUInt32LE(code, 4 * index);
	}
	return bytes;
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

const ADVICE = (encoding: string) =>
	`n8n's node 'Extract From File' gives the text, by its operation 'Extract From Text File' with ${encoding} in 'File Encoding', and the text goes into 'Subtitles Text'`;
const WIDE = (name: string, encoding: string) => `is ${name}, but must be UTF-8: ${ADVICE(`'${encoding}'`)}`;
const OTHER = (line: number) => `is not UTF-8 in line ${line}, but another encoding: ${ADVICE("'windows1252', for Western European languages, or another one")}`;
const CUT = 'ends in the middle of a character: the file was cut off, so give the whole file';
const ZEROS = 'is no text, since it holds zero bytes: give the SRT file';

describe('a file of subtitles', () => {
	it.each<[what: string, bytes: Uint8Array, value: string | undefined]>([
		['UTF-8', Buffer.from(TEXT), TEXT],
		['UTF-8 with its mark', Buffer.from(`\uFEFF${TEXT}`), TEXT],
		['UTF-8 as a part of other bytes', Buffer.from(`xx${TEXT}`).subarray(2), TEXT],
		['plain bytes', new TextEncoder().encode(TEXT), TEXT],
		['ASCII', Buffer.from('Hello', 'latin1'), 'Hello'],
		['letters that are lost already, for the reader of the text', Buffer.from('caf\uFFFD'), 'caf\uFFFD'],
		['no bytes', new Uint8Array(), undefined],
		['the mark alone', Buffer.from('\uFEFF'), undefined],
		['blanks', Buffer.from(' \r\n'), undefined],
	])('is read: %s', (_what, bytes, value) => {
		expect(decodeSubtitles(bytes)).toEqual({ value });
	});

	it.each<[what: string, bytes: Uint8Array, problem: string]>([
		['UTF-16 with its mark', utf16(`\uFEFF${TEXT}`), WIDE('UTF-16', 'utf16')],
		['UTF-16 without', utf16(TEXT), WIDE('UTF-16', 'utf16')],
		['UTF-16 from the big end, with its mark', utf16(`\uFEFF${TEXT}`).swap16(), WIDE('UTF-16', 'utf16be')],
		['UTF-16 from the big end, without', utf16(TEXT).swap16(), WIDE('UTF-16', 'utf16be')],
		['UTF-32 with its mark', utf32(`\uFEFF${TEXT}`, false), WIDE('UTF-32', 'utf32le')],
		['UTF-32 without', utf32(TEXT, false), WIDE('UTF-32', 'utf32le')],
		['UTF-32 from the big end, with its mark', utf32(`\uFEFF${TEXT}`, true), WIDE('UTF-32', 'utf32be')],
		['UTF-32 from the big end, without', utf32(TEXT, true), WIDE('UTF-32', 'utf32be')],
		['Latin-1', Buffer.from(LATIN, 'latin1'), OTHER(3)],
		['Latin-1 of Windows', Buffer.from(LATIN.replaceAll('\n', '\r\n'), 'latin1'), OTHER(3)],
		['one letter of Latin-1, the last one', Buffer.from(LATIN.trimEnd(), 'latin1'), OTHER(3)],
		['Latin-1 behind UTF-8', Buffer.concat([Buffer.from(TEXT), Buffer.from(LATIN, 'latin1')]), OTHER(6)],
		['Cyrillic of Windows', Buffer.from('1\n\xcf\xf0\xe8\xe2\xe5\xf2', 'latin1'), OTHER(2)],
		['a file that was cut off', Buffer.from(TEXT).subarray(0, -2), CUT],
		['a film', Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0', 'latin1'), ZEROS],
		['zeros at the end', Buffer.from(`${TEXT}\0\0`), ZEROS],
	])('is refused: %s', (_what, bytes, problem) => {
		expect(decodeSubtitles(bytes)).toEqual({ problem });
	});

	it('is read by the advice', () => {
		for (const [bytes, encoding] of [
			[utf16(`\uFEFF${TEXT}`), 'utf-16le'],
			[utf16(TEXT).swap16(), 'utf-16be'],
		] as const) {
			expect(readSrt(new TextDecoder(encoding).decode(bytes))).toEqual({ value: TEXT });
		}
	});

	it('of any bytes is read or refused', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
				const { value, problem } = decodeSubtitles(bytes);
				if (value !== undefined) expect(Buffer.from(value)).toEqual(Buffer.from(Buffer.from(bytes).toString().replace(/^\uFEFF/, '')));
				else if (bytes.length > 8) expect(problem ?? Buffer.from(bytes).toString().trim()).toMatch(/^((is|ends) |$)/);
			}),
			{ seed: 20_261, numRuns: 1_000 },
		);
	});
});

describe('a text that was read with the wrong encoding', () => {
	const samples = ['Un café noir', 'Straße über Köln', '¿Qué? ¡Señor!', 'It’s – “so” …', 'São João, não', 'Привет, мир', 'Γειά σου', 'שלום עולם', 'مرحبا', '日本語です', '안녕하세요', '😀', 'Žluťoučký kůň', 'Zażółć gęślą'];

	it.each(samples)('is refused when it is UTF-8 read as Latin-1: %s', (text) => {
		const misread = Buffer.from(TEXT.replace(/(?<=000\n).*/, text)).toString('latin1');
		expect(readSrt(misread).problem).toMatch(/in line 3 instead of ".*", since its file was read with the wrong encoding/);
	});

	it.each(samples)('is taken when it was read as it should be: %s', (text) => {
		const given = TEXT.replace(/(?<=000\n).*/, text);
		expect(readSrt(given)).toEqual({ value: given });
	});
});
