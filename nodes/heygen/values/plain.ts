import isDate from 'lodash/isDate';

import { jsonIn } from './lists';
import { isNothing, NOTHING, refusedReading, type Reading } from './reading';
import { amount, FORMULA_FAILED, HALF_CHARACTER, hasHalfCharacter, holdsObject, isSheetError, numeral, shown, trimBlank } from './text';

/** Readers of values that are one thing: text, true or false, a number, one of some words. */

/**
 * Text, as it is; a number is taken as its digits, a moment as ISO 8601 writes it.
 *
 * @param given as the parameter has it
 */
export function readText(given: unknown): Reading<string> {
	if (isNothing(given)) return NOTHING;
	const text = textOf(given);
	if (text === undefined) return refusedReading('text', given);
	if (hasHalfCharacter(text)) return { problem: HALF_CHARACTER };
	if (isSheetError(text)) return { problem: `holds ${shown(trimBlank(text))}, which ${FORMULA_FAILED}` };
	return holdsObject(text) ? { problem: RECORD_WITHIN } : { value: text };
}

const RECORD_WITHIN =
	'holds "[object Object]", which is all that is left of a record within a text: take a field of it, such as {{ $json.person.name }}';

/** Undefined for what is no text: NaN, for one, is what is left of a calculation without numbers. */
function textOf(given: unknown): string | undefined {
	if (typeof given === 'string') return given;
	if (typeof given === 'bigint' || (typeof given === 'number' && Number.isFinite(given))) return String(given);
	if (isDate(given)) return isNaN(given.getTime()) ? undefined : given.toISOString();
	// n8n's own moments are those of luxon.
	const { toISO } = Object(given) as { toISO?: unknown };
	const iso: unknown = typeof toISO === 'function' ? toISO.call(given) : undefined;
	return typeof iso === 'string' ? iso : undefined;
}

/**
 * A name of somebody's own, or words to look for: text without the blanks around it.
 *
 * @param given as the parameter has it
 */
export function readLabel(given: unknown): Reading<string> {
	const reading = readText(given);
	return reading.value === undefined ? reading : { value: trimBlank(reading.value) };
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
	['true', true],
	['yes', true],
	['on', true],
	['1', true],
	['false', false],
	['no', false],
	['off', false],
	['0', false],
]);

/**
 * True or false, also as a word in any case, or as 1 and 0.
 *
 * @param given as the parameter has it
 */
export function readFlag(given: unknown): Reading<boolean> {
	if (isNothing(given)) return NOTHING;
	if (typeof given === 'boolean') return { value: given };
	const isWord = typeof given === 'string' || typeof given === 'number' || typeof given === 'bigint';
	const value = isWord ? FLAGS.get(trimBlank(String(given)).toLowerCase()) : undefined;
	return value === undefined ? refusedReading('true or false (yes, no, on, off, 1 and 0 are taken too)', given) : { value };
}

/** Which numbers a field takes. */
export interface NumberRange {
	/** Inclusive. */
	readonly min?: number;
	/** Inclusive. */
	readonly max?: number;
	/** Exclusive lower bound. */
	readonly above?: number;
	/** Whole numbers only. */
	readonly whole?: boolean;
}

/** "1.5", "-5", ".5", "1e3"; no comma, since "1,500" is a thousand to some and one and a half to others. */
const NUMERIC = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;

/**
 * A number, also as text.
 *
 * @param given as the parameter has it
 * @param range which numbers are taken
 */
export function readNumber(given: unknown, range: NumberRange = {}): Reading<number> {
	if (isNothing(given)) return NOTHING;
	const text = typeof given === 'string' ? trimBlank(given) : '';
	const isNumber = typeof given === 'number' || typeof given === 'bigint';
	const value = isNumber || NUMERIC.test(text) ? Number(isNumber ? given : text) : NaN;
	const { min = -Infinity, max = Infinity, above = -Infinity, whole = false } = range;
	const fits = Number.isFinite(value) && value >= min && value <= max && value > above;
	return fits && (!whole || Number.isInteger(value)) ? { value } : refusedReading(numbersOf(range), given);
}

/** "a whole number of 1 or more", "a number above 0 and up to 300". */
function numbersOf({ min, max, above, whole = false }: NumberRange): string {
	const from = min === undefined ? '' : max === undefined ? ` of ${numeral(min)} or more` : ` from ${numeral(min)} to ${numeral(max)}`;
	const upTo = max === undefined ? '' : ` and up to ${numeral(max)}`;
	return `a ${whole ? 'whole ' : ''}number${above === undefined ? from : ` above ${numeral(above)}${upTo}`}`;
}

/**
 * One of some words, or the name that the editor shows for it. Case, blanks and the sign between words do not matter
 * ("MP4 ", "Top Left"), as long as one word only can be meant.
 *
 * @param given as the parameter has it
 * @param words as the API spells them
 * @param names what the editor calls them, in the same order
 */
export function readChoice<T extends string>(given: unknown, words: readonly T[], names: readonly string[] = []): Reading<T> {
	if (isNothing(given)) return NOTHING;
	const text = typeof given === 'string' ? trimBlank(given) : typeof given === 'number' ? String(given) : undefined;
	const exact = words.find((word) => word === text);
	const isAlike = (word: string | undefined) => word !== undefined && text !== undefined && folded(word) === folded(text);
	const alike = words.filter((word) => isAlike(word));
	const named = words.filter((_, index) => isAlike(names[index]));
	const value = exact ?? [alike, named].find(({ length }) => length === 1)?.[0];
	return value === undefined ? refusedReading(`one of ${words.join(', ')}`, given) : { value };
}

/** Characters of a word that HeyGen may add. All words of the contract are far shorter. */
const OPEN_CHOICE_MAX = 100;

/** Line ends and what else no one sees in the middle of a word. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * One of some words, read as `readChoice` reads it, or a word that HeyGen has added since: any other text goes through,
 * without the blanks around it.
 *
 * @param given as the parameter has it
 * @param words as the API spells them
 * @param names what the editor calls them, in the same order
 */
export function readOpenChoice(given: unknown, words: readonly string[], names: readonly string[] = []): Reading<string> {
	const known = readChoice(given, words, names);
	if (known.problem === undefined) return known;
	const isOneWord = ['string', 'number', 'bigint'].includes(typeof given) && (typeof given !== 'string' || jsonIn(given) === undefined);
	if (!isOneWord) return refusedReading(`one word, such as ${words.join(', ')}`, given);
	const label = readLabel(given);
	if (label.value === undefined) return label;
	const { length } = label.value;
	if (length > OPEN_CHOICE_MAX) {
		return { problem: `may have at most ${amount(OPEN_CHOICE_MAX, 'character')}, but has ${numeral(length)}: ${shown(label.value)}` };
	}
	if (!UNSEEN.test(label.value)) return label;
	return { problem: `must be one word, but it holds a line end or another character that no one sees: ${shown(label.value)}` };
}

function folded(word: string): string {
	return word.toLowerCase().replace(/[\s_-]/g, '');
}
