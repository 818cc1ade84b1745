import { homeOf, languageNamed, localeOf, MANDARIN, phraseOf, regionNamed } from './intlNames';
import { plainSpelling, spelledWords } from './spelling';

/** What the names of HeyGen's list mean: language, script and region, by their codes. */

/** A language with what else a code or a name says of it. */
export interface LanguageMeaning {
	readonly language?: string;
	readonly script?: string;
	readonly region?: string;
}

/** What a name is compared by: "language:es", "region:MX", "script:Latn", "word:accent". */
export type NamePart = `${'language' | 'script' | 'region' | 'word'}:${string}`;

/** A name of HeyGen's list. */
export interface MeantLanguage extends LanguageMeaning {
	readonly name: string;
	/** The name of a language, and nothing else. */
	readonly isPlain: boolean;
	/** All of the name is understood. */
	readonly isClear: boolean;
	/** How likely the name is meant where only the language is said: 0 is the first choice. */
	readonly rank: number;
	/** What the name says, in its order, each with all that says the same. */
	readonly says: ReadonlyArray<ReadonlySet<NamePart>>;
	/** The words of each part of the name, with what they stand for. */
	readonly words: ReadonlyArray<readonly [word: string, part: NamePart]>;
}

/** What stands in parentheses and is no region. */
const KINDS: ReadonlyMap<string, LanguageMeaning> = new Map<string, LanguageMeaning>([
	['simplified', { script: 'Hans' }],
	['traditional', { script: 'Hant' }],
	['latin', { script: 'Latn' }],
	['cyrillic', { script: 'Cyrl' }],
	['arabic', { script: 'Arab' }],
	['devanagari', { script: 'Deva' }],
	['gurmukhi', { script: 'Guru' }],
	['mandarin', { language: MANDARIN }],
	['taiwanese mandarin', { language: MANDARIN, region: 'TW' }],
	['taiwanese', { region: 'TW' }],
	['cantonese', { language: 'yue' }],
	['wu', { language: 'wuu' }],
	['bokmal', { language: 'nb' }],
	['nynorsk', { language: 'nn' }],
]);

/** The language that another one is a kind of. */
const KIND_OF: ReadonlyMap<string, string> = new Map([
	[MANDARIN, 'zh'],
	['yue', 'zh'],
	['wuu', 'zh'],
	['nb', 'no'],
	['nn', 'no'],
]);

/**
 * The language that a code names, or that its language is a kind of: Chinese, of Cantonese.
 *
 * @param language its code
 */
export function baseLanguage(language: string | undefined): string | undefined {
	return language === undefined ? undefined : (KIND_OF.get(language) ?? language);
}

/** Kinds of Chinese, whose script tells the region, and whose region tells the script. */
export const CHINESE: ReadonlySet<string> = new Set(['zh', MANDARIN, 'yue', 'wuu']);

/**
 * What a part of a name means that is no language.
 *
 * @param phrase as `phraseOf` has it
 */
export function kindNamed(phrase: string): LanguageMeaning | undefined {
	const region = regionNamed(phrase);
	return KINDS.get(phrase) ?? (region === undefined ? undefined : { region });
}

/**
 * What a meaning says, for comparisons.
 *
 * @param meaning of a name, or of a part of it
 */
export function partsOfMeaning({ language, script, region }: LanguageMeaning): NamePart[] {
	return [
		...(language === undefined ? [] : languageParts(language)),
		...(script === undefined ? [] : [`script:${script}` as const]),
		...(region === undefined ? [] : [`region:${region}` as const]),
	];
}

function languageParts(language: string): NamePart[] {
	const kindOf = KIND_OF.get(language);
	return [`language:${language}`, ...(kindOf === undefined ? [] : [`language:${kindOf}` as const])];
}

/**
 * What a name of HeyGen's list means.
 *
 * @param name such as "Serbian (Latin, Serbia)"
 */
export function meaningOfName(name: string): MeantLanguage {
	const spelled = plainSpelling(name);
	const open = spelled.indexOf('(');
	const base = spelledWords(open < 0 ? spelled : spelled.slice(0, open));
	const inside = open < 0 ? [] : spelled.slice(open + 1).split(',').map((part) => spelledWords(part));
	let meaning: LanguageMeaning = {};
	let isClear = true;
	const says: Array<Set<NamePart>> = [];
	const words: Array<readonly [string, NamePart]> = [];
	const add = (part: readonly string[], meant: LanguageMeaning | undefined) => {
		if (part.length === 0) return;
		// A name of two regions is none of either.
		isClear &&= meant !== undefined && (meant.region === undefined || meaning.region === undefined);
		meaning = { ...meaning, ...meant };
		const parts = partsOfMeaning(meant ?? {});
		if (meant !== undefined) says.push(new Set(parts.filter((one) => one !== `language:${KIND_OF.get(meant.language ?? '')}`)));
		else for (const word of part) says.push(new Set<NamePart>([`word:${word}`]));
		for (const word of part) words.push([word, parts[0] ?? `word:${word}`]);
	};
	const language = languageNamed(phraseOf(base));
	if (language !== undefined) add(base, { language });
	// "American English" is an English, but HeyGen alone knows which one.
	else for (const word of base) add([word], meantLanguage(word));
	for (const part of inside) add(part, kindNamed(phraseOf(part)));
	isClear &&= language !== undefined;
	const isPlain = isClear && inside.length === 0;
	const meant = whole(meaning);
	return { ...meant, name, isPlain, isClear, rank: isPlain ? 0 : isClear ? (isAtHome(meant) ? 1 : 2) : 3, says, words };
}

function isAtHome({ language, region }: LanguageMeaning): boolean {
	return language !== undefined && region !== undefined && region === homeOf(language);
}

function meantLanguage(word: string): LanguageMeaning | undefined {
	const language = languageNamed(word);
	return language === undefined ? undefined : { language };
}

/**
 * The code that says what a meaning says.
 *
 * @param meaning of a code or of a name
 */
export function tagOf({ language, script, region }: LanguageMeaning): string {
	return [language, script, region].filter((part) => part !== undefined).join('-');
}

/** A meaning with what goes without saying. */
function whole(meaning: LanguageMeaning): LanguageMeaning {
	const { language, script, region } = meaning;
	if (language === undefined || !CHINESE.has(language)) return meaning;
	// In Hong Kong people speak Cantonese, and Azure has no other language for it.
	if (language === 'zh' && region === 'HK' && script !== 'Hans') return { language: 'yue', script: 'Hant', region };
	if (script === undefined && region === undefined) return meaning;
	const likely = localeOf(tagOf(meaning))?.maximize();
	return { language, script: likely?.script, region: likely?.region };
}

/**
 * What most people in a country speak.
 *
 * @param country its code
 */
export function usualInCountry(country: string): LanguageMeaning | undefined {
	const usual = localeOf(`und-${country}`)?.maximize();
	return usual && meaningOfCode(usual.toString());
}

/** A code of BCP 47: a language, then perhaps a script and a region. */
const CODE = /^[a-z]{2,3}([-_][a-z]{4})?([-_]([a-z]{2}|\d{3}))?$/i;

/** English words that are codes as well: what is left of a sentence must not become a translation. */
const NO_CODES: ReadonlySet<string> = new Set([
	...['all', 'an', 'and', 'any', 'are', 'as', 'at', 'but', 'by', 'can', 'for', 'from', 'if', 'into', 'may', 'new', 'non', 'not', 'of', 'on'],
	...['one', 'or', 'out', 'per', 'the', 'to', 'via', 'was', 'yes', 'you'],
]);

/** Dashes of all kinds, and the sign that programs write instead. */
export const DASHES = /[\p{Pd}_−]/gu;

/**
 * What a code means.
 *
 * @param text such as "pt-BR", "pt_br", "zh-Hant" or "deu", without blanks around it
 * @returns undefined for what is no code
 */
export function meaningOfCode(text: string): LanguageMeaning | undefined {
	const tag = text.normalize('NFKC').replace(DASHES, '-');
	if (!CODE.test(tag) || NO_CODES.has(tag.toLowerCase())) return undefined;
	const locale = localeOf(tag);
	if (locale === undefined) return undefined;
	const { script, region } = locale;
	// "sh" is Serbian to CLDR, but the code of several languages: what a code does not say is not to be guessed.
	if (tag.split('-').length < locale.toString().split('-').length) return undefined;
	return whole({ language: /^cmn(-|$)/i.test(tag) ? MANDARIN : locale.language, script, region });
}
