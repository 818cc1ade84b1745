import { spelledWords } from './spelling';

/** What the platform's own lists (CLDR) know of languages and regions, and what else these are called. */

/** Languages that have no code of two letters. */
const THREE_LETTERS = ['bho', 'ceb', 'ckb', 'fil', 'haw', 'hmn', 'kok', 'mai', 'mni', 'wuu', 'yue'];

/** Mandarin has a code of its own, which the platform takes for Chinese. */
export const MANDARIN = 'cmn';

/** Names that the platform's list does not have. Azure, whose names HeyGen uses, has some of them. */
const MORE_LANGUAGES: ReadonlyMap<string, string> = new Map([
	['mandarin', MANDARIN],
	['putonghua', MANDARIN],
	['wu', 'wuu'],
	['tagalog', 'fil'],
	['pilipino', 'fil'],
	['farsi', 'fa'],
	['bengali', 'bn'],
	['myanmar', 'my'],
	['bokmal', 'nb'],
	['nynorsk', 'nn'],
	['kiswahili', 'sw'],
	['sinhalese', 'si'],
	['panjabi', 'pa'],
	['oriya', 'or'],
	['slovene', 'sl'],
	['moldovan', 'ro'],
	['cambodian', 'km'],
	['laotian', 'lo'],
]);

/** Regions by the names that the platform's lists do not have. */
const MORE_REGIONS: ReadonlyMap<string, string> = new Map([
	['great britain', 'GB'],
	['britain', 'GB'],
	['england', 'GB'],
	['usa', 'US'],
	['america', 'US'],
	['united states of america', 'US'],
	['czech', 'CZ'],
	['czech republic', 'CZ'],
	['turkey', 'TR'],
	['burma', 'MM'],
	['korea', 'KR'],
	['republic of korea', 'KR'],
	['hong kong sar', 'HK'],
	['macao sar', 'MO'],
	['macau', 'MO'],
	['palestinian authority', 'PS'],
	['mainland china', 'CN'],
	['prc', 'CN'],
	['holland', 'NL'],
	['russian federation', 'RU'],
	['viet nam', 'VN'],
	['uae', 'AE'],
	['ivory coast', 'CI'],
	['macedonia', 'MK'],
]);

/** Regions that are more than a country, by the codes of the United Nations: the world, Europe, Latin America. */
const WIDE_REGIONS = ['001', '150', '419'];

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** All codes of two letters that there could be. */
const TWO_LETTERS = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));

/**
 * Several words of a name in one text, as the lists below have them.
 *
 * @param words as `spelledWords` has them
 */
export function phraseOf(words: readonly string[]): string {
	return words.join(' ');
}

/**
 * What a code of BCP 47 stands for today: "in" is "id".
 *
 * @param tag such as "es-MX"
 * @returns undefined for what is no code
 */
export function localeOf(tag: string): Intl.Locale | undefined {
	try {
		return new Intl.Locale(tag);
	} catch {
		return undefined;
	}
}

const homes = new Map<string, string | undefined>();

/**
 * The region where most speakers of a language live.
 *
 * @param language the code of a known language
 */
export function homeOf(language: string): string | undefined {
	if (!homes.has(language)) homes.set(language, localeOf(language)?.maximize().region);
	return homes.get(language);
}

const displays = new Map<string, Intl.DisplayNames>();

/** Names in a language that the platform knows. Made once: that takes longer than many names do. */
function namesIn(language: string, type: 'language' | 'region'): Intl.DisplayNames {
	const key = `${type} ${language}`;
	const known = displays.get(key) ?? new Intl.DisplayNames([language], { type, fallback: 'none', languageDisplay: 'standard' });
	displays.set(key, known);
	return known;
}

/**
 * The English name of what a code stands for, such as "Spanish (Colombia)".
 *
 * @param tag such as "es-CO"
 * @returns undefined where the platform has no name
 */
export function titleOfCode(tag: string): string | undefined {
	if (localeOf(tag) === undefined) return undefined;
	return namesIn('en', 'language').of(tag);
}

/**
 * The name of a language in itself, such as "português" or "português (Brasil)".
 *
 * @param tag the code of a known language, perhaps with a region
 */
export function titleInItself(tag: string): string | undefined {
	const language = localeOf(tag)?.language;
	return language && namesIn(language, 'language').of(tag);
}

/**
 * The name of a region in the language of people there, such as "Deutschland" or "Schweiz".
 *
 * @param language the code of a known language
 * @param region its code
 * @returns an empty text where the platform has no name
 */
export function regionTitle(language: string, region: string): string {
	return namesIn(language, 'region').of(region) ?? '';
}

/**
 * Whether there is a country of a code today, or one that people write so.
 *
 * @param code two letters
 */
export function isCountry(code: string): boolean {
	const region = localeOf(`und-${code}`)?.region;
	if (region === undefined || (region !== code.toUpperCase() && region !== 'GB')) return false;
	return namesIn('en', 'region').of(region) !== undefined;
}

/** Codes by their English names, long and short ones. */
function byName(codes: readonly string[], type: 'language' | 'region', current: (code: string) => string | undefined): Map<string, string> {
	const displays = (['long', 'short'] as const).map(
		(style) => new Intl.DisplayNames(['en'], { type, style, fallback: 'none', languageDisplay: 'standard' }),
	);
	const found = new Map<string, string>();
	for (const code of codes) {
		const names = new Set(displays.flatMap((display) => display.of(code) ?? []));
		const canonical = names.size === 0 ? undefined : current(code);
		if (canonical !== undefined) for (const name of names) found.set(phraseOf(spelledWords(name)), canonical);
	}
	return found;
}

let languages: ReadonlyMap<string, string> | undefined;
let regions: ReadonlyMap<string, string> | undefined;

/**
 * The code of a language.
 *
 * @param phrase its English name, as `phraseOf` has it
 */
export function languageNamed(phrase: string): string | undefined {
	languages ??= new Map([...byName([...TWO_LETTERS, ...THREE_LETTERS], 'language', (code) => localeOf(code)?.language), ...MORE_LANGUAGES]);
	return languages.get(phrase);
}

/**
 * The code of a region.
 *
 * @param phrase its English name, as `phraseOf` has it
 */
export function regionNamed(phrase: string): string | undefined {
	regions ??= new Map([
		...byName([...TWO_LETTERS.map((code) => code.toUpperCase()), ...WIDE_REGIONS], 'region', (code) => localeOf(`und-${code}`)?.region),
		...MORE_REGIONS,
	]);
	return regions.get(phrase);
}
