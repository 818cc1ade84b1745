import { trimBlank } from '../values/text';

/** Values within marks of SSML: attributes, times, rates, entities. */

/**
 * Milliseconds of `<break strength>`. The standard (SSML 1.1) leaves them to the voice; these are the ones that the
 * documentation of Azure's voices states.
 */
const STRENGTHS: ReadonlyMap<string, number> = new Map([
	['none', 0],
	['x-weak', 250],
	['weak', 500],
	['medium', 750],
	['strong', 1_000],
	['x-strong', 1_250],
]);

const DEFAULT_BREAK = 750;

/** Factors of the words for a rate: Azure's. */
const RATES: ReadonlyMap<string, number> = new Map([
	['x-slow', 0.5],
	['slow', 0.64],
	['medium', 1],
	['default', 1],
	['fast', 1.55],
	['x-fast', 2],
]);

/** No voice goes further, and a script of nested tags stays finite. */
const RATE_BOUNDS = { min: 0.2, max: 4 };

const ATTRIBUTE_NAME = /^[\w:.-]+$/;

/** "1.5s", "500ms", "2 seconds" without the blank. */
const TIME = /^\+?(\d{0,6}(?:\.\d{1,6})?)(ms|s|sec|second|seconds)?$/;

const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi;

const ENTITIES: ReadonlyMap<string, string> = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['nbsp', ' '],
]);

const RATE = /^([+-]?)(\d{1,4}(?:\.\d{1,6})?)(%?)$/;

/**
 * The attributes of a tag; undefined for what is something else than attributes.
 *
 * @param inside what follows the tag's name
 */
export function attributesOf(inside: string): ReadonlyMap<string, string> | undefined {
	const found = new Map<string, string>();
	for (let at = past(inside, 0, ' \t\r\n/'); at < inside.length; ) {
		const equals = inside.indexOf('=', at);
		const name = trimBlank(inside.slice(at, Math.max(at, equals)));
		const opening = past(inside, equals + 1, ' \t\r\n');
		const quote = inside.charAt(opening);
		const closing = quote === '"' || quote === "'" ? inside.indexOf(quote, opening + 1) : -1;
		if (!ATTRIBUTE_NAME.test(name) || closing < 0) return undefined;
		found.set(name.toLowerCase(), decoded(inside.slice(opening + 1, closing)));
		at = past(inside, closing + 1, ' \t\r\n/');
	}
	return found;
}

/** Where something else than certain characters is. */
function past(text: string, from: number, characters: string): number {
	let at = from;
	while (at < text.length && characters.includes(text.charAt(at))) at++;
	return at;
}

/**
 * Milliseconds of a `<break>`.
 *
 * @param attributes of the tag
 */
export function breakOf(attributes: ReadonlyMap<string, string>): number {
	const time = attributes.get('time');
	return (time === undefined ? STRENGTHS.get(attributes.get('strength') ?? '') : milliseconds(time)) ?? DEFAULT_BREAK;
}

/**
 * Milliseconds of "1.5s", "500ms", "2" (seconds); undefined for what is no time.
 *
 * @param time as it is written
 */
export function milliseconds(time: string): number | undefined {
	const [, number = '', unit = 's'] = TIME.exec(time.trim().toLowerCase()) ?? [];
	return number === '' ? undefined : Number(number) * (unit === 'ms' ? 1 : 1_000);
}

/**
 * The factor that "slow", "80%", "+10%" or "1.2" mean; 1 for what is no rate.
 *
 * @param given as it is written
 */
export function rateOf(given = ''): number {
	const word = given.trim().toLowerCase();
	const [, sign = '', number, percent = ''] = RATE.exec(word) ?? [];
	if (number === undefined) return RATES.get(word) ?? 1;
	const value = Number(number) / (percent === '%' ? 100 : 1);
	return clampedRate(sign === '' ? value : sign === '+' ? 1 + value : 1 - value);
}

/**
 * A factor within the bounds.
 *
 * @param rate any factor
 */
export function clampedRate(rate: number): number {
	return Math.min(RATE_BOUNDS.max, Math.max(RATE_BOUNDS.min, rate));
}

/**
 * Entities as the characters that they stand for; what is none stays as it is.
 *
 * @param text any text
 */
export function decoded(text: string): string {
	return text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? entity;
		const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
	});
}
