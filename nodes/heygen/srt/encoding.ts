import { NOTHING, type Reading } from '../values/reading';
import { isBlank, numeral, shown } from '../values/text';

/** Which characters the bytes of subtitles stand for, and texts for which they were taken for others. */

/** The value of 'File Encoding' in the node is n8n's. */
function readAs(encoding: string): string {
	return `n8n's node 'Extract From File' gives the text, by its operation 'Extract From Text File' with ${encoding} in 'File Encoding'`;
}

/** Encodings in which a letter of ASCII has zeros around it. */
const WIDE: ReadonlyArray<{
	readonly name: string;
	/** As the node calls it. */
	readonly option: string;
	readonly mark: readonly number[];
	/** Bytes of a letter, and which of them is not zero. */
	readonly width: number;
	readonly place: number;
}> = [
	{ name: 'UTF-32', option: 'utf32le', mark: [0xff, 0xfe, 0, 0], width: 4, place: 0 },
	{ name: 'UTF-32', option: 'utf32be', mark: [0, 0, 0xfe, 0xff], width: 4, place: 3 },
	{ name: 'UTF-16', option: 'utf16', mark: [0xff, 0xfe], width: 2, place: 0 },
	{ name: 'UTF-16', option: 'utf16be', mark: [0xfe, 0xff], width: 2, place: 1 },
];

/**
 * The text of a subtitle file.
 *
 * @param bytes of the file: UTF-8, with or without its mark
 * @returns the text without the mark, unchecked otherwise; nothing for a file of blanks
 */
export function decodeSubtitles(bytes: Uint8Array): Reading<string> {
	const wide = WIDE.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte)) ?? WIDE.find((each) => isWide(bytes, each.width, each.place));
	if (wide) return { problem: `is ${wide.name}, but must be UTF-8: ${readAs(`'${wide.option}'`)}, ${GOES_INTO}` };
	if (bytes.includes(0)) return { problem: 'is no text, since it holds zero bytes: give the SRT file' };
	const text = utf8(bytes);
	if (text !== undefined) return isBlank(text) ? NOTHING : { value: text };
	// A file of one older letter, its last one, would be taken for cut off if it had no other letters beyond ASCII.
	const isCut = BEYOND_ASCII.test(utf8(bytes, { stream: true }) ?? '');
	if (isCut) return { problem: 'ends in the middle of a character: the file was cut off, so give the whole file' };
	const where = numeral(linesOf(new TextDecoder().decode(bytes)).findIndex((line) => line.includes(UNREADABLE)) + 1);
	return { problem: `is not UTF-8 in line ${where}, but another encoding: ${readAs("'windows1252', for Western European languages, or another one")}, ${GOES_INTO}` };
}

const BEYOND_ASCII = /[^\0-\x7F]/;

const GOES_INTO = "and the text goes into 'Subtitles Text'";

/** Whether the first two characters are of ASCII. */
function isWide(bytes: Uint8Array, width: number, place: number): boolean {
	const start = [...bytes.subarray(0, 2 * width)];
	return start.length === 2 * width && start.every((byte, at) => (byte !== 0) === (at % width === place));
}

/** Stands for what an encoding cannot read. */
const UNREADABLE = '\uFFFD';

function linesOf(text: string): string[] {
	return text.split(/\r\n|[\n\r]/);
}

/** Undefined for what is no UTF-8. */
function utf8(bytes: Uint8Array, options?: TextDecodeOptions): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes, options);
	} catch {
		return undefined;
	}
}

/**
 * What is said of a text that was made of bytes in another encoding than theirs.
 *
 * @param text any text
 * @returns undefined when no sign of it is unmistakable
 */
export function encodingProblem(text: string): string | undefined {
	if (text.includes('\0')) return `has zeros between its characters, as UTF-16 has when it is read as another encoding: ${readAs("'utf16'")}`;
	const lines = linesOf(text);
	/** The word that holds a sign, and its line. */
	const find = (sign: string) => {
		const index = lines.findIndex((line) => line.includes(sign));
		const word = lines[index]?.split(' ').find((part) => part.includes(sign)) ?? '';
		return { word, place: `${shown(word)} in line ${numeral(index + 1)}` };
	};
	if (text.includes(UNREADABLE)) return `has ${UNREADABLE} where another character should be, ${find(UNREADABLE).place}: ${readAs("the file's own encoding")}`;
	const [misread] = MISREAD.exec(text) ?? [];
	if (misread !== undefined && reread(text) !== undefined) {
		const { word, place } = find(misread);
		return `has ${place} instead of ${shown(reread(word))}, since its file was read with the wrong encoding: ${readAs("'utf8'")}`;
	}
	const [control] = (lines.length > 1 ? CONTROL : CONTROL_BUT_LINE_END).exec(text) ?? [];
	if (control === undefined) return undefined;
	return `has a control character where a sign should be, ${find(control).place}: ${readAs("the file's own encoding, such as 'windows1252',")}`;
}

/** What nobody writes: such a character is left of a quote or a dash in Windows-1252 that was read as Latin-1. */
const CONTROL = /[\u0080-\u009F]/;
/** NEL, which can be left of an ellipsis, ends the lines of some systems: where no other line ends are. */
const CONTROL_BUT_LINE_END = /[\u0080-\u0084\u0086-\u009F]/;

/**
 * What becomes of the mark of a file and of the first two bytes of a letter, when UTF-8 is read as Windows-1252. The second
 * one is a sign that follows no letter: "…", "”", "»" and "®" do, "Ø½" is a width, and "2×£5" a price.
 */
const MISREAD =
	/^ï»¿|Ã[\u0080-\u009F\u00A1-\u00AA\u00AC\u00AD\u00AF\u00B1\u00B4-\u00B8\u00BA\u00BC-\u00BF€‚ƒ„†‡ˆ‰‹˜Ÿ]|×[¡¦-ª]|[\u00C2\u00C4-\u00D6\u00D8-\u00F4][\u0080-\u009F\u00A1-\u00AA\u00AC\u00AD\u00AF\u00B4-\u00B8\u00BA\u00BF€‚ƒ„†‡ˆ‰‹˜Ÿ]/;

/** The bytes from 0x80 to 0x9F as Windows-1252 reads them. Those that it leaves free are read as control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/**
 * A text that was read as Windows-1252 or Latin-1, read as UTF-8. A text that was not is hardly ever UTF-8 throughout: all
 * its letters with accents would have to be followed by signs.
 */
function reread(text: string): string | undefined {
	const bytes = new Uint8Array(text.length);
	for (let at = 0; at < text.length; at++) {
		const special = WINDOWS_1252.indexOf(text.charAt(at));
		const byte = special < 0 ? text.charCodeAt(at) : 0x80 + special;
		if (byte > 0xff) return undefined;
		bytes[at] = byte;
	}
	return utf8(bytes);
}
