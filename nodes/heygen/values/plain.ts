import { isNothing, NOTHING, refusedReading, type Reading } from './reading';
import { HALF_CHARACTER, hasHalfCharacter, trimBlank } from './text';

/** Readers of values that are one thing: text, true or false, a number, one of some words. */

/**
 * Text, as it is; a number is taken as its digits.
 *
 * @param given as the parameter has it
 */
export function readText(given: unknown): Reading<string> {
	if (isNothing(given)) return NOTHING;
	if (typeof given === 'number' || typeof given === 'bigint') return { value: String(given) };
	if (typeof given !== 'string') return refusedReading('text', given);
	return hasHalfCharacter(given) ? { problem: HALF_CHARACTER } : { value: given };
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

/** "a whole number from 1 on". */
function numbersOf({ min, max, above, whole = false }: NumberRange): string {
	const from = min === undefined ? '' : max === undefined ? ` from ${min} on` : ` from ${min} to ${max}`;
	return `a ${whole ? 'whole ' : ''}number${above === undefined ? from : ` above ${above}`}`;
}

/**
 * One of some words. Case, blanks and the sign between words do not matter ("MP4 ", "Top Left"), as long as one word
 * only can be meant.
 *
 * @param given as the parameter has it
 * @param words as the API spells them
 */
export function readChoice<T extends string>(given: unknown, words: readonly T[]): Reading<T> {
	if (isNothing(given)) return NOTHING;
	const text = typeof given === 'string' ? trimBlank(given) : typeof given === 'number' ? String(given) : undefined;
	const exact = words.find((word) => word === text);
	const alike = text === undefined ? [] : words.filter((word) => folded(word) === folded(text));
	const value = exact ?? (alike.length === 1 ? alike[0] : undefined);
	return value === undefined ? refusedReading(`one of ${words.join(', ')}`, given) : { value };
}

function folded(word: string): string {
	return word.toLowerCase().replace(/[\s_-]/g, '');
}
