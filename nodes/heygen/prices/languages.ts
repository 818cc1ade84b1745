import { isNothing, NOTHING, refusedReading, type Reading } from '../values/reading';
import { hasHalfCharacter, trimBlank } from '../values/text';
import { PACES, UNKNOWN } from './pace';

/** Languages as people, HeyGen and voices name them. */

/** Names that the platform's own lists do not have, and codes that have been replaced or are part of another language. */
const MORE_NAMES: ReadonlyMap<string, string> = new Map([
	['iw', 'he'],
	['in', 'id'],
	['no', 'nb'],
	['nn', 'nb'],
	['tl', 'fil'],
	['cmn', 'zh'],
	['wuu', 'zh'],
	['sh', 'sr'],
	['mandarin', 'zh'],
	['putonghua', 'zh'],
	['普通话', 'zh'],
	['汉语', 'zh'],
	['漢語', 'zh'],
	['简体中文', 'zh'],
	['繁體中文', 'zh'],
	['cantonese', 'yue'],
	['粤语', 'yue'],
	['粵語', 'yue'],
	['castilian', 'es'],
	['castellano', 'es'],
	['norwegian', 'nb'],
	['norsk', 'nb'],
	['bokmål', 'nb'],
	['bokmal', 'nb'],
	['nynorsk', 'nb'],
	['farsi', 'fa'],
	['tagalog', 'fil'],
	['bahasa indonesia', 'id'],
	['bahasa melayu', 'ms'],
	['flemish', 'nl'],
	['burmese', 'my'],
	['myanmar', 'my'],
]);

/** What a voice or a list says that speaks, or holds, whatever language the script is in. */
const ANY_LANGUAGE: ReadonlySet<string> = new Set(['multilingual', 'multi', 'multiple', 'auto', 'automatic', 'detect', 'auto detect', 'any']);

/** Languages in which the names of all languages are known, besides each language's own name for itself. */
const NAMING_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'];

let names: Map<string, string> | undefined;

/** Made when it is first needed: most scripts come with a code, or with nothing. */
function languageNames(): ReadonlyMap<string, string> {
	if (names) return names;
	names = new Map(MORE_NAMES);
	const codes = [...PACES.keys()].filter((code) => code !== UNKNOWN);
	for (const code of codes) {
		for (const naming of [...NAMING_LANGUAGES, code]) {
			const name = new Intl.DisplayNames([naming], { type: 'language', fallback: 'none' }).of(code);
			if (name !== undefined && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), code);
		}
	}
	return names;
}

/** A tag of BCP 47, also with underscores: "en-US", "zh_Hans_CN", "pt". */
const TAG = /^([a-z]{2,3})([-_][a-z0-9]{1,8}){0,6}$/;

function codeOf(tag: string): string | undefined {
	const primary = TAG.exec(tag)?.[1];
	if (primary === undefined) return undefined;
	const code = MORE_NAMES.get(primary) ?? primary;
	if (PACES.has(code)) return code;
	// "eng" and "deu" are "en" and "de".
	const short = new Intl.Locale(primary).language;
	return PACES.has(short) ? short : undefined;
}

/** Letters of any writing. Without one there is no name. */
const LETTER = /\p{L}/u;

/** Characters of the longest name that is still one. */
const LONGEST_NAME = 80;

/**
 * A language: a code or tag ("en", "EN-us", "zh_Hans_CN"), or a name, as HeyGen writes it ("English (United States)") or in
 * the language itself ("Deutsch", "日本語"). A language that is not in the table reads as "und", the unknown one. "Multilingual"
 * and "auto" say nothing.
 *
 * @param given as the parameter has it
 */
export function readLanguage(given: unknown): Reading<string> {
	if (isNothing(given)) return NOTHING;
	const name = typeof given === 'string' ? trimBlank(given).toLowerCase() : '';
	if (!LETTER.test(name) || name.length > LONGEST_NAME || hasHalfCharacter(name)) {
		return refusedReading('a language, such as "en", "en-US" or "English"', given);
	}
	if (ANY_LANGUAGE.has(name.split(/[(,]/, 1)[0]?.trim() ?? '')) return NOTHING;
	return { value: known(name) ?? UNKNOWN };
}

function known(name: string): string | undefined {
	const exact = codeOf(name) ?? languageNames().get(name);
	if (exact !== undefined) return exact;
	// "Chinese (Cantonese, Traditional)": what is in brackets can be a language of its own.
	const parts = name.split(/[^\p{L}\p{M}]+/u).filter((part) => part.length > 2);
	if (parts.includes('cantonese')) return 'yue';
	// "US English", "norwegian bokmål (norway)": the first word that is a name.
	return parts.map((part) => languageNames().get(part)).find((code) => code !== undefined);
}
