import { trimBlank } from '../values/text';
import { isCountry } from './intlNames';
import { baseLanguage, DASHES, type MeantLanguage, meaningOfCode, usualInCountry } from './meaning';
import { spelledWords, spellingKey } from './spelling';

/** Texts that say more than one language, or none in particular: what is wrong with them is not a name. */

/**
 * The names of HeyGen's list that a text stands for, exactly, by a code or as the plain name of their language: several where
 * it does not say which, none for all other texts.
 */
export type NamesFor = (text: string) => readonly MeantLanguage[];

/** Words for all languages. */
const ALL: ReadonlySet<string> = new Set([
	...['all', 'any', 'every', 'everything', 'all languages', 'any language', 'any languages', 'every language', 'each language', 'all of them'],
	...['all available', 'all available languages', 'alle', 'alle sprachen', 'todos', 'todos los idiomas', 'tous', 'toutes les langues'],
]);

/** Signs that stand for all of something. */
const ALL_SIGNS = /^\*{1,3}$/;

/**
 * Whether a text asks for all languages.
 *
 * @param entry an entry of a list of languages
 */
export function wantsAllLanguages(entry: string): boolean {
	return ALL_SIGNS.test(trimBlank(entry)) || ALL.has(spelledWords(entry).join(' '));
}

/** Signs between languages, which may have no blanks around them. */
const SIGNS = /[-=–—]?[>→⇒➔➜➝➡]|[/+&]/gu;

/** What stands between languages that are all wanted. */
const JOINING: ReadonlySet<string> = new Set(['/', '+', '&', 'or', 'and', 'und', 'oder', 'y', 'o', 'et', 'ou', 'e']);

/** What stands before the language that is wanted. */
const LEADING: ReadonlySet<string> = new Set(['to', 'into', 'nach', 'vers', 'hacia']);

const ARROW = /[>→⇒➔➜➝➡]$/u;

const OPENING = /[([{（［]/g;
const CLOSING = /[)\]}）］]/g;

/** A text in parts, with nothing taken apart that is within parentheses. */
function partsBetween(text: string, isBetween: (word: string) => boolean): string[] {
	const parts: string[][] = [[]];
	let depth = 0;
	for (const word of wordsOf(text)) {
		if (depth === 0 && isBetween(word.toLowerCase())) parts.push([]);
		else parts.at(-1)?.push(word);
		depth = Math.max(0, depth + (word.match(OPENING)?.length ?? 0) - (word.match(CLOSING)?.length ?? 0));
	}
	return parts.map((words) => words.join(' '));
}

function wordsOf(text: string): string[] {
	return trimBlank(text.replace(SIGNS, ' $& ')).split(/\s+/);
}

function isLeading(word: string): boolean {
	return LEADING.has(word) || ARROW.test(word);
}

/**
 * What to say of a text that holds the language of the video as well: "en-de", "from English to German", "English → German".
 *
 * @param entry an entry of a list of languages
 * @param namesFor knows the list
 * @returns undefined for all other texts
 */
export function pairAdvice(entry: string, namesFor: NamesFor): string | undefined {
	const parts = partsBetween(entry, isLeading);
	const wanted = parts.length > 1 ? namesFor(parts.at(-1) as string)[0] : wantedAfterDash(entry, namesFor);
	return wanted && `give the output language alone, as in ${wanted.name}`;
}

/**
 * The part of a text that names the output language, where the language of the video stands before it.
 *
 * @param entry an entry of a list of languages
 * @returns the whole entry where it is no such text
 */
export function wantedPart(entry: string): string {
	const last = partsBetween(entry, isLeading).at(-1) ?? '';
	return last === '' ? entry : last;
}

/** A dash is within names and codes too: both sides of it have to be languages, and not the same one. */
function wantedAfterDash(entry: string, namesFor: NamesFor): MeantLanguage | undefined {
	const parts = entry.split(DASHES).map(trimBlank);
	const [first = '', last = ''] = parts;
	const [[from], [to]] = [namesFor(first), namesFor(last)];
	if (parts.length !== 2 || from === undefined || to === undefined || baseLanguage(from.language) === baseLanguage(to.language)) return undefined;
	const areCodes = [first, last].map((part) => meaningOfCode(part) !== undefined);
	if (areCodes[0] !== areCodes[1]) return undefined;
	return areCodes[0] === true && !areLanguageCodes(first, last) ? undefined : to;
}

/** Whether the second code is a language and no country: "en-de" is English and German, "es-ar" the Spanish of Argentina. */
function areLanguageCodes(first: string, last: string): boolean {
	if ((first === first.toLowerCase()) !== (last === last.toLowerCase())) return false;
	if (last.length !== 2 || !isCountry(last)) return true;
	return baseLanguage(usualInCountry(last)?.language) === baseLanguage(meaningOfCode(last)?.language);
}

/** Names that are shown as an example. */
const EXAMPLE_MAX = 5;

/**
 * What to say of a text that holds several languages without commas: "Spanish/French", "Spanish or French".
 *
 * @param entry an entry of a list of languages
 * @param namesFor knows the list
 * @returns undefined for all other texts
 */
export function listAdvice(entry: string, namesFor: NamesFor): string | undefined {
	const joined = partsBetween(entry, (word) => JOINING.has(word)).filter((part) => part !== '');
	const parts = joined.length > 1 ? joined : namesInARow(entry, namesFor);
	const found = parts.map((part) => ({ part, names: namesFor(part) }));
	if (found.some(({ names }) => names.length === 0)) return undefined;
	const shownParts = new Set(found.map(({ part, names: [one, other] }) => (one === undefined || other !== undefined ? part : one.name)));
	return shownParts.size < 2 ? undefined : `separate languages by commas, as in ${[...shownParts].slice(0, EXAMPLE_MAX).join(', ')}`;
}

/** Exact names with nothing but blanks between them. Codes are none: "Irish English" and "no French" are no two languages. */
function namesInARow(entry: string, namesFor: NamesFor): string[] {
	const words = wordsOf(entry);
	const names: string[] = [];
	const plain = new Set<string | undefined>();
	for (let at = 0; at < words.length; ) {
		let length = words.length - at;
		while (length > 0 && !isName(words.slice(at, at + length).join(' '), namesFor)) length--;
		if (length === 0) return [];
		const name = words.slice(at, at + length).join(' ');
		const [meant] = namesFor(name);
		// "Mandarin Chinese" is one language with two names.
		if (meant?.isPlain === true && plain.has(baseLanguage(meant.language))) return [];
		if (meant?.isPlain === true) plain.add(baseLanguage(meant.language));
		names.push(name);
		at += length;
	}
	return names;
}

function isName(text: string, namesFor: NamesFor): boolean {
	return namesFor(text).some(({ name }) => spellingKey(name) === spellingKey(text));
}
