import { UNKNOWN } from '../prices/pace';
import { mainWriting, usualLanguage } from '../prices/writings';

/** The language of a script, where it can be told for certain. */

/** Short words that are frequent in one language, and rare or unknown in the others of the table. */
const FREQUENT: Readonly<Record<string, readonly string[]>> = {
	en: ['the', 'and', 'of', 'to', 'is', 'you', 'that', 'this', 'with', 'for', 'your', 'are', 'we', 'our', 'have', 'it'],
	de: ['und', 'der', 'die', 'das', 'ist', 'nicht', 'sie', 'wir', 'ich', 'mit', 'ein', 'eine', 'auf', 'für', 'zu', 'den', 'ihr', 'ihre', 'auch'],
	fr: ['le', 'la', 'les', 'des', 'et', 'est', 'vous', 'nous', 'une', 'un', 'dans', 'pour', 'que', 'votre', 'avec', 'pas', 'du', 'notre', 'sur'],
	es: ['el', 'la', 'los', 'las', 'y', 'es', 'que', 'una', 'un', 'para', 'con', 'por', 'su', 'del', 'nuestro', 'está', 'más', 'usted', 'muy'],
	pt: ['o', 'os', 'as', 'e', 'é', 'que', 'uma', 'um', 'para', 'com', 'não', 'você', 'do', 'da', 'seu', 'sua', 'nosso', 'mais', 'em'],
	it: ['il', 'lo', 'gli', 'e', 'è', 'che', 'una', 'un', 'per', 'con', 'non', 'di', 'del', 'della', 'nostro', 'sono', 'più', 'questo', 'vostro'],
	nl: ['de', 'het', 'een', 'en', 'van', 'is', 'dat', 'niet', 'wij', 'we', 'je', 'jouw', 'uw', 'met', 'voor', 'op', 'zijn', 'ook', 'onze'],
};

/** Words that a script needs to have its language told by them. */
const LEAST_WORDS = 8;

/** Words that are looked at; a longer script says nothing new. */
const MOST_WORDS = 400;

/** How large a part of the words the frequent ones have to be, and how many times as many as those of another language. */
const LEAST_SHARE = 0.2;
const LEAST_LEAD = 1.8;

/** Words of tags, which nobody speaks. */
const TAG = /<[^<>]{0,500}>/g;

/**
 * The language of a script.
 *
 * @param script what is spoken; tags do not count
 * @returns its code, such as "de"; undefined for short scripts, and for those whose language is not clear
 */
export function scriptLanguage(script: string): string | undefined {
	const spoken = script.replace(TAG, ' ');
	const writing = mainWriting(spoken);
	if (writing === undefined) return undefined;
	if (writing !== 'Latn') {
		const language = usualLanguage(writing);
		// Several languages share the Cyrillic, Arabic and Devanagari letters.
		return language === UNKNOWN || SHARED.has(writing) ? undefined : language;
	}
	const words = spoken.toLowerCase().split(/[^\p{L}\p{M}]+/u).filter((word) => word !== '').slice(0, MOST_WORDS);
	if (words.length < LEAST_WORDS) return undefined;
	const [first, second] = Object.entries(FREQUENT)
		.map(([language, frequent]) => ({ language, hits: words.filter((word) => frequent.includes(word)).length }))
		.sort((one, other) => other.hits - one.hits);
	if (first === undefined || second === undefined || first.hits < words.length * LEAST_SHARE) return undefined;
	return first.hits >= second.hits * LEAST_LEAD ? first.language : undefined;
}

/** Writings of several languages. */
const SHARED: ReadonlySet<string> = new Set(['Cyrl', 'Arab', 'Deva']);

/**
 * A language's English name.
 *
 * @param code such as "de"
 */
export function languageName(code: string): string {
	return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
}
