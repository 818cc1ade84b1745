import isPlainObject from 'lodash/isPlainObject';

import { PACES } from '../prices/pace';
import { jsonIn } from '../values/lists';
import { trimBlank } from '../values/text';
import { MANDARIN, titleInItself, titleOfCode } from './intlNames';
import { baseLanguage, CHINESE, type LanguageMeaning, meaningOfCode, meaningOfName, tagOf } from './meaning';
import { spelledWords, spellingKey } from './spelling';

/** Records that say a language: in the field of one of many names, or in several fields, of which one says more than the others. */

/** Characters of the longest text that is one language. */
const ONE_MAX = 80;

/** A code of two letters. */
const TWO_LETTERS = /^[a-z]{2}$/i;

/**
 * What a field is for. A field for languages is one whatever it holds; the others of a record may hold something else: the
 * code of a product, the name of a person.
 */
type FieldUse = 'language' | 'languageCode' | 'code' | 'name';

/** What records call a language, or their languages, best first: small letters only, without signs between words. */
const FIELDS: ReadonlyMap<string, FieldUse> = new Map<string, FieldUse>([
	...['language', 'languages', 'outputlanguage', 'outputlanguages', 'targetlanguage', 'targetlanguages'].map(usedAs('language')),
	...['lang', 'locale'].map(usedAs('languageCode')),
	...['code'].map(usedAs('code')),
	...['languagecode', 'langcode', 'targetlanguagecode', 'outputlanguagecode', 'targetlang'].map(usedAs('languageCode')),
	...['iso', 'target', 'to'].map(usedAs('code')),
	...['name', 'value', 'label', 'languagename', 'key', 'json'].map(usedAs('name')),
]);

function usedAs(use: FieldUse): (field: string) => [string, FieldUse] {
	return (field) => [field, use];
}

/** A field of a record that says something. */
interface Telling<T = unknown> {
	readonly key: string;
	readonly field: string;
	readonly use: FieldUse;
	readonly value: T;
}

/** A text with the language that it says. */
interface Understood extends Telling<string> {
	readonly meaning: LanguageMeaning;
}

/** Fields of one record that say different languages. */
export interface LanguageConflict {
	readonly record: Readonly<Record<string, string>>;
}

/** What a record says about its language. */
type RecordSays = { readonly value: unknown } | LanguageConflict;

/**
 * What a record says about its language. Where several fields do, the one that says most counts: "es-MX" besides "Spanish".
 *
 * @param given any value
 * @returns the value of a field, or fields that contradict each other; undefined for what says nothing, and for what is no record
 */
export function languageOfRecord(given: unknown): RecordSays | undefined {
	if (!isPlainObject(given)) return undefined;
	const fields = new Map(Object.entries(given as object).map(([key, value]) => [key.toLowerCase().replace(/[\s_-]/g, ''), { key, value: value as unknown }]));
	const telling = [...FIELDS].flatMap(([field, use]): Telling[] => {
		const found = fields.get(field);
		return found !== undefined && isTelling(found.value) ? [{ ...found, field, use }] : [];
	});
	const texts = telling.filter(isText);
	const [first] = telling;
	if (first === undefined || !isText(first) || texts.length === 1) return first && { value: first.value };
	const understood = texts.flatMap((one): Understood[] => {
		const meaning = meaningOf(one);
		return meaning === undefined ? [] : [{ ...one, meaning }];
	});
	const isUnderstood = understood[0]?.key === first.key || understood.some((other) => isInItself(first, other));
	if (understood.length === 0 || (!isUnderstood && isAboutLanguage(first))) return { value: first.value };
	return mostSaying(understood);
}

/**
 * The fields of a record that say different languages, as `languageEntries` hands them on.
 *
 * @param entry an entry of a list
 * @returns undefined for all other entries
 */
export function languageConflict(entry: string): LanguageConflict | undefined {
	const says = entry.startsWith('{') ? languageOfRecord(jsonIn(entry)) : undefined;
	return says !== undefined && 'record' in says ? says : undefined;
}

function isTelling(value: unknown): boolean {
	return typeof value === 'string' ? trimBlank(value) !== '' : typeof value === 'object' && value !== null;
}

function isText(one: Telling): one is Telling<string> {
	return typeof one.value === 'string';
}

/** What the text of a field says: undefined for what may as well be something else. */
function meaningOf({ field, use, value }: Telling<string>): LanguageMeaning | undefined {
	const text = trimBlank(value);
	if (text.length > ONE_MAX) return undefined;
	const name = meaningOfName(text);
	if (name.isClear && name.language !== undefined) return name;
	const code = meaningOfCode(text);
	if (code?.language === undefined || titleOfCode(code.language) === undefined) return undefined;
	const isWhole = code.region !== undefined || code.script !== undefined;
	if (use === 'language' || use === 'languageCode' || isWhole) return code;
	// "Ada" and "Bo" are codes as well as people, "BRA" is one as well as Brazil.
	const isSpoken = [code.language, baseLanguage(code.language), code.language === 'no' ? 'nb' : undefined].some((one) => one !== undefined && PACES.has(one));
	return isSpoken && field !== 'name' && field !== 'label' ? code : undefined;
}

/** A name of the language in itself, besides its code: "Português" and "pt-BR". */
function isInItself({ use, value }: Telling<string>, { meaning }: Understood): boolean {
	if (use !== 'language') return false;
	const titles = [meaning.language ?? '', tagOf(meaning)].flatMap((tag) => titleInItself(tag) ?? []);
	return titles.map(spellingKey).includes(spellingKey(trimBlank(value).slice(0, ONE_MAX)));
}

/** What is not understood, but about languages, is asked about: "Spanich", "Spanish or French", "es, fr". */
function isAboutLanguage({ use, value }: Telling<string>): boolean {
	if (use === 'language' || use === 'languageCode') return true;
	const words = spelledWords(value.slice(0, ONE_MAX));
	const areCodes = words.length > 1 && words.every((word) => TWO_LETTERS.test(word) && titleOfCode(word) !== undefined);
	return use === 'code' && (areCodes || words.some((word) => meaningOfName(word).language !== undefined));
}

function mostSaying(understood: readonly Understood[]): RecordSays {
	let best = understood[0] as Understood;
	for (const other of understood.slice(1)) {
		if (areApart(best.meaning, other.meaning)) return { record: { [best.key]: best.value, [other.key]: other.value } };
		if (details(other.meaning) > details(best.meaning)) best = other;
	}
	const { meaning, value } = best;
	// Two letters may be a country too. Here the other field says that they are a language.
	return { value: understood.length > 1 && TWO_LETTERS.test(trimBlank(value)) ? (meaning.language ?? value) : value };
}

function areApart(one: LanguageMeaning, other: LanguageMeaning): boolean {
	const differ = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && a !== b;
	const isOtherKind = differ(kindOf(one), kindOf(other));
	return baseLanguage(one.language) !== baseLanguage(other.language) || isOtherKind || differ(one.script, other.script) || differ(one.region, other.region);
}

/** The kind of Chinese or Norwegian that is said. Chinese with a region or script is Mandarin, unless it says otherwise. */
function kindOf({ language, script, region }: LanguageMeaning): string | undefined {
	if (language !== baseLanguage(language)) return language;
	return language !== undefined && CHINESE.has(language) && (script ?? region) !== undefined ? MANDARIN : undefined;
}

function details({ language, script, region }: LanguageMeaning): number {
	return [language !== baseLanguage(language), script !== undefined, region !== undefined].filter(Boolean).length;
}
