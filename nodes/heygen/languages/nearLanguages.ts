import { readLanguage } from '../prices/languages';
import { UNKNOWN } from '../prices/pace';
import { byLikelihood } from './byCode';
import { homeOf, languageNamed, localeOf, MANDARIN, phraseOf, regionTitle, titleInItself } from './intlNames';
import { likeness } from './likeness';
import { kindNamed, type LanguageMeaning, type MeantLanguage, type NamePart, partsOfMeaning } from './meaning';
import { namesOfCountry } from './ofCountry';
import { spelledWords } from './spelling';

/** Names of HeyGen's list that were probably meant by a name that is not in it. */

/** What a word of a text may stand for, and how sure that is: 1 is certain. */
type Wanted = ReadonlyMap<NamePart, number>;

/** A name of the list, with what it says and means. */
interface Candidate {
	readonly name: string;
	readonly says: MeantLanguage['says'];
	readonly parts: ReadonlySet<NamePart>;
}

/** Characters, and words, of a text that are looked at. */
const LOOKED_AT_MAX = 120;
const WORDS_MAX = 12;

/** Words that names of languages and regions have, up to "united states of america". */
const PHRASE_LENGTHS = [4, 3, 2, 1];

/** How much less sure a name may be than the best one. */
const MARGIN = 0.25;

/** How much less sure a code within a name is than a name. */
const CODE_DOUBT = 0.1;

/** Countries of Latin America besides Mexico, where most of its films are dubbed. */
const LATIN_COUNTRIES = ['AR', 'BO', 'CL', 'CO', 'CR', 'CU', 'DO', 'EC', 'SV', 'GT', 'HN', 'NI', 'PA', 'PY', 'PE', 'PR', 'UY', 'VE', 'BR'];
const LATIN_AMERICA: Wanted = new Map<NamePart, number>([
	['region:419', 1],
	['region:MX', 0.9],
	...LATIN_COUNTRIES.map((region): [NamePart, number] => [`region:${region}`, 0.8]),
]);

const EUROPE: Wanted = new Map<NamePart, number>(['ES', 'PT', 'FR', 'GB'].map((region) => [`region:${region}`, 1]));

/** Words for people and their languages that are not like the name of their country. */
const PEOPLES: ReadonlyMap<string, readonly Wanted[]> = new Map<string, Wanted[]>([
	['latin american', [LATIN_AMERICA]],
	['latin america', [LATIN_AMERICA]],
	['latam', [LATIN_AMERICA]],
	['latino', [LATIN_AMERICA]],
	['european', [EUROPE]],
	['castilian', [surely('language:es'), surely('region:ES')]],
	['flemish', [surely('language:nl'), surely('region:BE')]],
	['british', [surely('region:GB')]],
	['scottish', [surely('region:GB')]],
	['american', [surely('region:US')]],
	['swiss', [surely('region:CH')]],
	['quebecois', [surely('language:fr'), surely('region:CA')]],
	['quebec', [surely('language:fr'), surely('region:CA')]],
	['scotland', [surely('region:GB')]],
	['sp', [surely('language:es')]],
	['esp', [surely('language:es')]],
	...['繁體中文', '繁体中文', '正體中文'].map((name): [string, Wanted[]] => [phraseOf(spelledWords(name)), [surely('language:zh'), surely('script:Hant')]]),
	...['简体中文', '簡體中文'].map((name): [string, Wanted[]] => [phraseOf(spelledWords(name)), [surely('language:zh'), surely('script:Hans')]]),
	['serbo', [surely('language:sr')]],
]);

/** Words within the names of regions that say nothing: "Bosnia and Herzegovina". */
const JOINING: ReadonlySet<string> = new Set(['and', 'the']);

/** How sure a word is that means a language, of the one that this is a kind of: Chinese, of "Cantonese". */
const KIND_SURE = 0.6;

function surely(part: NamePart): Wanted {
	return new Map([[part, 1]]);
}

/** A flag: two signs that stand for the letters of a country's code. */
const FLAG = /[\u{1F1E6}-\u{1F1FF}]{2}/gu;

/** What such a sign is above its letter. */
const FLAG_ABOVE_LETTER = 0x1f1e6 - 0x41;

/** Suggests names of one list. */
export class NearLanguages {
	readonly #list: readonly MeantLanguage[];
	readonly #words = new Map<string, Set<NamePart>>();
	readonly #ownNames = new Map<string, NamePart>();
	readonly #candidates: readonly Candidate[];
	#ownRegions: ReadonlyMap<string, NamePart> | undefined;

	/** @param list the names of HeyGen's list */
	constructor(list: readonly MeantLanguage[]) {
		this.#list = list;
		this.#candidates = byLikelihood(list).map((one) => ({ name: one.name, says: one.says, parts: partsIn(one) }));
		for (const [word, part] of list.flatMap(({ words }) => words)) {
			if (word.length > 2 && !JOINING.has(word)) this.#words.set(word, (this.#words.get(word) ?? new Set()).add(part));
		}
		for (const part of new Set(this.#candidates.flatMap(({ parts }) => [...parts]).filter(isLanguage))) {
			const code = part.slice('language:'.length);
			const own = titleInItself(code);
			if (own !== undefined && code !== MANDARIN) this.#ownNames.set(phraseOf(spelledWords(own)), part);
		}
	}

	/**
	 * The names that were probably meant.
	 *
	 * @param text a name that HeyGen does not have
	 * @returns all of them, the best first
	 */
	near(text: string): string[] {
		const wanted = this.#wanted(text.slice(0, LOOKED_AT_MAX));
		const rated = this.#candidates.map((candidate) => ({ name: candidate.name, ...rate(candidate, wanted) }));
		const inLanguage = rated.filter(({ isLanguageWanted }) => isLanguageWanted);
		// A language that HeyGen does not have is no other language of the same country.
		const isForeign = inLanguage.length === 0 && wanted.some((one) => [...one].some(([part, sure]) => isLanguage(part) && sure === 1));
		const some = (inLanguage.length > 0 ? inLanguage : rated).filter(({ score }) => score > 0);
		const [best] = some.sort((one, other) => other.score - one.score || one.missing - other.missing);
		if (isForeign) return [];
		const country = inLanguage.length === 0 ? onlyCountry(wanted) : undefined;
		const ofCountry = country === undefined ? [] : namesOfCountry(country, this.#list);
		if (ofCountry.length > 0 || best === undefined) return ofCountry;
		const good = some.filter(({ score, missing }) => score >= best.score - MARGIN && (!best.isAll || best.missing > 0 || missing === 0));
		return good.map(({ name }) => name);
	}

	/** What each word of a text stands for, or several words together. */
	#wanted(text: string): Wanted[] {
		const words = spelledWords(text).slice(0, WORDS_MAX);
		const wanted = [...text.matchAll(FLAG)].map(([flag]) => surely(`region:${countryOfFlag(flag)}`));
		for (let at = 0; at < words.length; ) {
			const phrases = PHRASE_LENGTHS.map((length) => ({ length, meant: this.#phrase(phraseOf(words.slice(at, at + length))) }));
			const known = phrases.find(({ meant }) => meant !== undefined);
			wanted.push(...(known?.meant ?? [this.#word(words[at] as string)]));
			at += known?.length ?? 1;
		}
		if (wanted.some((one) => [...one.keys()].some(isLanguage))) return wanted;
		// In other languages, a word may be known that means nothing here.
		const { value: code = UNKNOWN } = text.length > 3 ? readLanguage(text) : {};
		const region = code === UNKNOWN ? this.#regionInItself(phraseOf(words)) : undefined;
		if (code === UNKNOWN) return region === undefined ? wanted : [surely(region)];
		const unknown = wanted.findIndex((one) => one.size === 0);
		return [...wanted.filter((_, at) => at !== unknown), new Map(sureParts({ language: code }))];
	}

	/** A region by the name that it has in the language of the people there: "Deutschland". */
	#regionInItself(phrase: string): NamePart | undefined {
		this.#ownRegions ??= new Map(
			[...new Set(this.#list.map(({ language }) => language))].flatMap((language) => {
				if (language === undefined || language === MANDARIN) return [];
				const codes = this.#list.flatMap((one) => (one.language === language ? (one.region ?? []) : []));
				const regions = [...new Set([...codes, homeOf(language) ?? []].flat())];
				return regions.map((region): [string, NamePart] => [phraseOf(spelledWords(regionTitle(language, region))), `region:${region}`]);
			}),
		);
		return phrase === '' ? undefined : this.#ownRegions.get(phrase);
	}

	/** What is certain. */
	#phrase(phrase: string): readonly Wanted[] | undefined {
		const people = PEOPLES.get(phrase);
		if (people !== undefined) return people;
		const own = this.#ownNames.get(phrase);
		const meanings = [{ language: languageNamed(phrase) }, kindNamed(phrase) ?? {}];
		const parts = new Map(meanings.flatMap(sureParts));
		if (own !== undefined) parts.set(own, 1);
		return parts.size === 0 ? undefined : [parts];
	}

	/** What is likely: words of HeyGen's names that are spelled almost so, and codes. */
	#word(word: string): Wanted {
		const parts = new Map<NamePart, number>();
		if (word.length === 2) {
			const [language, region] = [localeOf(word)?.language, localeOf(`und-${word}`)?.region];
			for (const [part, sure] of sureParts({ language, region })) parts.set(part, sure - CODE_DOUBT);
		}
		const alike = [...this.#words].map(([other, meant]) => ({ meant, like: likeness(word, other) }));
		const best = Math.max(0, ...alike.map(({ like }) => like));
		for (const { meant, like } of alike) if (like > 0 && like === best) for (const part of meant) parts.set(part, like);
		return parts;
	}
}

function sureParts(meaning: LanguageMeaning): Array<[NamePart, number]> {
	return partsOfMeaning(meaning).map((part) => [part, isLanguage(part) && part !== `language:${meaning.language}` ? KIND_SURE : 1]);
}

function isLanguage(part: NamePart): boolean {
	return part.startsWith('language:');
}

function countryOfFlag(flag: string): string {
	return String.fromCharCode(...[...flag].map((sign) => (sign.codePointAt(0) ?? 0) - FLAG_ABOVE_LETTER));
}

/** The country of a text that says nothing else. */
function onlyCountry(wanted: readonly Wanted[]): string | undefined {
	const parts = wanted.flatMap((one) => [...one.keys()]).filter((part) => !isLanguage(part));
	const [part, other] = new Set(parts);
	return other === undefined && part?.startsWith('region:') === true ? part.slice('region:'.length) : undefined;
}

/** What a name says, and what goes without saying. */
function partsIn(one: MeantLanguage): ReadonlySet<NamePart> {
	return new Set([...one.says.flatMap((parts) => [...parts]), ...partsOfMeaning(one)]);
}

function rate({ says, parts }: Candidate, wanted: readonly Wanted[]): { score: number; missing: number; isAll: boolean; isLanguageWanted: boolean } {
	const fits = wanted.map((some) => [...some].filter(([part]) => parts.has(part)));
	const met = new Set(fits.flatMap((some) => some.map(([part]) => part)));
	return {
		score: fits.reduce((sum, some) => sum + Math.max(0, ...some.map(([, sure]) => sure)), 0),
		missing: says.filter((said) => ![...said].some((part) => met.has(part))).length,
		isAll: fits.every((some) => some.length > 0),
		isLanguageWanted: [...met].some(isLanguage),
	};
}
