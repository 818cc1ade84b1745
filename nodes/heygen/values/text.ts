import deburr from 'lodash/deburr';
import isPlainObject from 'lodash/isPlainObject';
import kebabCase from 'lodash/kebabCase';

/** Text as people hand it over. Nothing here takes more than one look at a character. */

/**
 * What copying brings along at the ends of a text: blanks and line ends, and what no one sees (soft hyphen, zero-width
 * characters, marks of direction, fillers of Korean and Braille, byte order mark).
 */
const BLANK = /[\s\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0]/;

/**
 * A text without blanks around it. Not `trim`, which leaves what no one sees.
 *
 * @param text any text
 */
export function trimBlank(text: string): string {
	return trimmed(text, (character) => BLANK.test(character), 'both');
}

/**
 * Whether a text holds blanks only, or nothing.
 *
 * @param text any text
 */
export function isBlank(text: string): boolean {
	for (let at = 0; at < text.length; at++) if (!BLANK.test(text.charAt(at))) return false;
	return true;
}

/**
 * A text without certain characters at its end. A regular expression such as `/\/+$/` would begin anew at every slash.
 *
 * @param text any text
 * @param drop the characters to drop
 */
export function trimEndOf(text: string, drop: string): string {
	return trimmed(text, (character) => drop.includes(character), 'end');
}

function trimmed(text: string, drops: (character: string) => boolean, where: 'both' | 'end'): string {
	let from = 0;
	let to = text.length;
	while (to > 0 && drops(text.charAt(to - 1))) to--;
	while (where === 'both' && from < to && drops(text.charAt(from))) from++;
	return text.slice(from, to);
}

/**
 * Words as names of files and keys have them: "Norwegian Bokmål (Norway)" is "norwegian-bokmal-norway".
 *
 * @param words any text
 * @returns an empty text when there is nothing that could be kept
 */
export function slugOf(words: string): string {
	return kebabCase(deburr(words));
}

/** Half of a character that is made of two, such as an emoji. */
const LONE_SURROGATE = /\p{Cs}/u;

/**
 * Whether a text holds half a character: one that was cut in two cannot be sent.
 *
 * @param text any text
 */
export function hasHalfCharacter(text: string): boolean {
	return LONE_SURROGATE.test(text);
}

/** What is said of a text with half a character in it. */
export const HALF_CHARACTER =
	'holds half a character: the text was cut in the middle of an emoji or the like. Cut it with [...text].slice(0, 100).join(""), which counts whole characters';

/** What is left of a record that an expression has put into a text: "[object Object]". */
const OBJECT_IN_TEXT = /\[object [A-Z]\w{0,20}\]/;

/**
 * Whether a text holds what is left of a record that an expression has put into it.
 *
 * @param text any text
 */
export function holdsObject(text: string): boolean {
	return OBJECT_IN_TEXT.test(text);
}

/** What sheets (Google's, Excel, Airtable, in some languages) show for a formula that has failed. */
const SHEET_ERROR =
	/^#(N\/A|N\/D|NV|(REF|VALUE|DIV\/0|NUM|NULL|ERROR|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|BEZUG|WERT|ZAHL|FEHLER)!|NAME\?)$/;

/**
 * Whether a text is nothing but the error of a sheet's formula.
 *
 * @param text any text
 */
export function isSheetError(text: string): boolean {
	return SHEET_ERROR.test(trimBlank(text));
}

/** What is said of such a text. */
export const FORMULA_FAILED = 'is what a sheet shows for a formula that has failed';

/**
 * A number as people write it.
 *
 * @param value any number
 * @returns "5,000"
 */
export function numeral(value: number): string {
	return value.toLocaleString('en-US', { maximumFractionDigits: 20 });
}

/**
 * How many there are of something.
 *
 * @param count how many
 * @param noun one of them
 * @returns "1 video", "5,000 videos"
 */
export function amount(count: number, noun: string): string {
	return `${numeral(count)} ${noun}${count === 1 ? '' : /(ch|sh|s|x)$/.test(noun) ? 'es' : 's'}`;
}

/**
 * "a video", "an avatar".
 *
 * @param noun singular, in small letters
 */
export function aOrAn(noun: string): string {
	return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/**
 * Several things in a row: "a, b and c".
 *
 * @param parts any number of them
 * @param word stands before the last one
 * @returns an empty text for none
 */
export function listInWords(parts: readonly string[], word: 'and' | 'or' = 'and'): string {
	return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1) as string}`;
}

/**
 * How long something has taken, as people say it.
 *
 * @param ms milliseconds
 * @returns "less than a second", "38 s", "2 min 14 s", "1 h 5 min"
 */
export function timeInWords(ms: number): string {
	if (ms < 1_000) return 'less than a second';
	const seconds = Math.round(ms / 1_000);
	if (seconds < 60) return `${numeral(seconds)} s`;
	if (seconds < 3_600) return `${numeral(Math.floor(seconds / 60))} min${rest(seconds % 60, 's')}`;
	const minutes = Math.round(seconds / 60);
	return `${numeral(Math.floor(minutes / 60))} h${rest(minutes % 60, 'min')}`;
}

function rest(value: number, unit: string): string {
	return value === 0 ? '' : ` ${numeral(value)} ${unit}`;
}

/** Characters of a value that messages show. */
const SHOWN_MAX = 60;

/**
 * A value as messages show it: `"abc"`, `"NaN"`, `{"id":7}`.
 *
 * @param given any value
 */
export function shown(given: unknown): string {
	if (typeof given !== 'object' || given === null) return `"${cut(String(given))}"`;
	return cut(jsonOf(given) ?? 'an object');
}

/** Undefined for what is no plain data: its insides say nothing to a user. */
function jsonOf(given: object): string | undefined {
	if (!Array.isArray(given) && !isPlainObject(given) && !('toJSON' in given)) return undefined;
	try {
		return JSON.stringify(given);
	} catch {
		return undefined;
	}
}

/** What a database or a log could not take is shown as a question mark. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}]/gu;

function cut(text: string): string {
	const start = [...text.slice(0, 2 * SHOWN_MAX)].slice(0, SHOWN_MAX).join('');
	return `${start.replace(/\s/g, ' ').replace(UNSHOWABLE, '�')}${start.length < text.length ? '…' : ''}`;
}

const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;

/**
 * Says whether a text has anything that a voice could speak: a letter or a number in any script.
 *
 * @param text without marks
 */
export function isSpeakable(text: string): boolean {
	return LETTER_OR_NUMBER.test(text);
}
