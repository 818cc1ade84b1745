import { readText } from '../values/plain';
import { NOTHING, type Reading } from '../values/reading';
import { listInWords, numeral, shown, trimBlank } from '../values/text';
import { byLikelihood, namesForCode } from './byCode';
import { languageEntries } from './entries';
import { localeOf, titleOfCode } from './intlNames';
import { type LanguageMeaning, type MeantLanguage, meaningOfCode, meaningOfName, tagOf, usualInCountry } from './meaning';
import { NearLanguages } from './nearLanguages';
import { namesOfCountry } from './ofCountry';
import { languageConflict, type LanguageConflict } from './records';
import { spellingKey } from './spelling';
import { listAdvice, pairAdvice, wantedPart, wantsAllLanguages } from './wishes';

/** Languages by the names of HeyGen's own list, of whatever people, sheets and models write. */

/** Wrong entries that are told at once. */
const TOLD_MAX = 3;

/** Names that a sentence holds at most. */
const NAMED_MAX = 5;

/** Characters of the longest entry that can be a name, or codes with blanks between them. */
const ENTRY_MAX = 200;

/** Entries that are remembered with what they stand for: the items of a run ask for the same few languages. */
const REMEMBERED_MAX = 500;

/** A code that may as well be the code of a country: in capitals, or the old code of Indonesian, which is also a word. */
const MAYBE_COUNTRY = /^([A-Z]{2}|[Ii][Nn])$/;
const OLD_INDONESIAN = 'in';

/** A code without a region, which may as well be the code of a country. */
const BARE_CODE = /^[a-z]{2,3}$/i;

/** What is wrong with an entry: the rest of a sentence that begins with "holds". */
interface Wrong {
	readonly wrong: string;
	/** HeyGen has nothing like it. */
	readonly isUnknown?: true;
}

/** HeyGen's list of languages, as one account has it. */
export class LanguageList {
	readonly #names: ReadonlySet<string>;
	readonly #spellings = new Map<string, string[]>();
	readonly #found = new Map<string, string[] | Wrong>();
	#meant: MeantLanguage[] | undefined;
	#near: NearLanguages | undefined;

	/** @param names as HeyGen spells them */
	constructor(names: readonly string[]) {
		this.#names = new Set(names);
		for (const name of this.#names) {
			const key = spellingKey(name);
			this.#spellings.set(key, [...(this.#spellings.get(key) ?? []), name]);
		}
	}

	/**
	 * Reads a list of languages: exact names and other spellings of them, and codes that name one language only. What is near
	 * is suggested and never taken: a video in the wrong language costs as much as one in the right language.
	 *
	 * @param given as the parameter has it
	 * @returns the names in the order in which they are asked for, each once
	 */
	read(given: unknown): Reading<string[]> {
		const found = new Set<string>();
		const wrong: Wrong[] = [];
		for (const entry of languageEntries(given, (text) => this.#spelled(text).length > 0)) {
			const text = typeof entry === 'string' ? readText(entry) : { value: typeof entry === 'object' ? undefined : String(entry) };
			if (text.problem !== undefined) return text;
			const names = text.value === undefined ? unknown(entry) : this.#find(text.value);
			if (Array.isArray(names)) for (const name of names) found.add(name);
			else wrong.push(names);
			if (wrong.length === TOLD_MAX) break;
		}
		if (wrong.length > 0) return { problem: inSentences(wrong) };
		return found.size === 0 ? NOTHING : { value: [...found] };
	}

	#spelled(text: string): string[] {
		if (this.#names.has(text)) return [text];
		return text.length > ENTRY_MAX ? [] : (this.#spellings.get(spellingKey(text)) ?? []);
	}

	#find(entry: string): string[] | Wrong {
		if (entry.length > ENTRY_MAX) return this.#names.has(entry) ? [entry] : unknown(entry);
		const found = this.#found.get(entry) ?? this.#findAnew(entry);
		if (this.#found.size >= REMEMBERED_MAX) this.#found.clear();
		this.#found.set(entry, found);
		return found;
	}

	#findAnew(entry: string): string[] | Wrong {
		const spelled = this.#spelled(entry);
		if (spelled.length === 1) return spelled;
		if (spelled.length > 1) return { wrong: `${shown(entry)}, which HeyGen has in several spellings: ${listInWords(spelled)}` };
		const conflict = languageConflict(entry);
		if (conflict !== undefined) return this.#conflicting(conflict);
		if (wantsAllLanguages(entry)) return { wrong: `${shown(entry)}: name each language, since each one is paid for` };
		const code = meaningOfCode(trimBlank(entry));
		if (code !== undefined) return this.#byCode(entry, code);
		const advice = pairAdvice(entry, this.#namesFor) ?? listAdvice(entry, this.#namesFor);
		if (advice !== undefined) return { wrong: `${shown(entry)}: ${advice}` };
		return this.#byCodes(entry) ?? this.#suggested(shown(entry), this.#nearest().near(wantedPart(entry)), entry);
	}

	/** For advice only: names that an entry stands for, exactly, by a code, or as the plain name of their language. */
	readonly #namesFor = (text: string): MeantLanguage[] => {
		const spelled = this.#spelled(text);
		if (spelled.length > 0) return this.#meanings().filter(({ name }) => spelled.includes(name));
		const code = meaningOfCode(text);
		if (code === undefined) {
			const { language, isPlain } = meaningOfName(text);
			return isPlain ? byLikelihood(this.#meanings().filter((one) => one.isClear && one.language === language)) : [];
		}
		const names = namesForCode(code, this.#meanings());
		const all = [...names, ...this.#abroad(text, names)];
		return all.flatMap((name) => this.#meanings().find((one) => one.name === name) ?? []);
	};

	#conflicting({ record }: LanguageConflict): Wrong {
		const said = Object.values(record).map((value) => {
			const [text, code] = [trimBlank(value), meaningOfCode(trimBlank(value))];
			const [meant, other] = this.#namesFor(text);
			if (meant !== undefined && other === undefined) return meant.name;
			return (code && titleOfCode(tagOf(code))) ?? text;
		});
		return { wrong: `${shown(record)}, which names two languages: did you mean ${listInWords(said, 'or')}?` };
	}

	#byCode(entry: string, code: LanguageMeaning): string[] | Wrong {
		const names = namesForCode(code, this.#meanings());
		if (names.length > 1) return { wrong: `the code ${shown(entry)}, which names several of HeyGen's languages: ${someOf(names)}` };
		const abroad = this.#abroad(trimBlank(entry), names);
		if (abroad.length > 0 || (names.length > 0 && trimBlank(entry).toLowerCase() === OLD_INDONESIAN)) {
			return { wrong: `${shown(entry)}, which can be a language or a country: did you mean ${oneOf([...names, ...abroad])}?` };
		}
		if (names.length === 1) return names;
		const advice = pairAdvice(trimBlank(entry), this.#namesFor);
		if (advice !== undefined) return { wrong: `${shown(entry)}: ${advice}` };
		const near = this.#nearest().near(titleOfCode(tagOf(code)) ?? entry);
		const isNear = near.length > 0 || !BARE_CODE.test(trimBlank(entry));
		return this.#suggested(`the code ${shown(entry)}`, isNear ? near : this.#nearest().near(entry), entry);
	}

	/** The languages of a country that a code may mean instead: "UK" is Ukrainian, but who writes it in capitals means English. */
	#abroad(code: string, names: readonly string[]): string[] {
		const country = names.length > 0 && MAYBE_COUNTRY.test(code) ? localeOf(`und-${code}`)?.region : undefined;
		if (country === undefined || !this.#meanings().some(({ region }) => region === country)) return [];
		const meant = this.#meanings().filter(({ name }) => names.includes(name));
		const isMeant = (language: string | undefined) => meant.some((one) => one.language === language);
		if (isMeant(usualInCountry(country)?.language)) return [];
		const others = this.#meanings().filter(({ language }) => !isMeant(language));
		return namesOfCountry(country, others);
	}

	/** Codes with blanks between them. Words of a sentence may be codes by chance, but not all of them. */
	#byCodes(entry: string): string[] | Wrong | undefined {
		const parts = trimBlank(entry).split(/\s+/);
		if (parts.length < 2 || parts.every((part) => ENGLISH.has(part.toLowerCase()))) return undefined;
		const found: string[] = [];
		let wrong: Wrong | undefined;
		for (const part of parts) {
			const code = meaningOfCode(part);
			if (code === undefined || namesForCode(code, this.#meanings()).length === 0) return undefined;
			const names = this.#byCode(part, code);
			if (Array.isArray(names)) found.push(...names);
			else wrong ??= names;
		}
		return wrong ?? found;
	}

	#suggested(what: string, names: readonly string[], entry: unknown): Wrong {
		if (names.length === 0) return unknown(entry);
		return { wrong: `${what}, which HeyGen does not have: did you mean ${oneOf(names)}?` };
	}

	#meanings(): readonly MeantLanguage[] {
		return (this.#meant ??= [...this.#names].map(meaningOfName));
	}

	#nearest(): NearLanguages {
		return (this.#near ??= new NearLanguages(this.#meanings()));
	}
}

/** English words that are codes of languages. */
const ENGLISH: ReadonlySet<string> = new Set(['am', 'be', 'he', 'hi', 'id', 'in', 'is', 'it', 'my', 'no', 'so']);

function unknown(entry: unknown): Wrong {
	return { wrong: `${shown(entry)}, which is not one of HeyGen's languages`, isUnknown: true };
}

function someOf(names: readonly string[]): string {
	const rest = names.length - NAMED_MAX;
	return listInWords(rest > 0 ? [...names.slice(0, NAMED_MAX), `${numeral(rest)} more`] : names);
}

function oneOf(names: readonly string[]): string {
	return names.length > NAMED_MAX ? `one of ${someOf(names)}` : listInWords(names, 'or');
}

function inSentences(wrong: readonly Wrong[]): string {
	const unknownOnes = wrong.filter(({ isUnknown }) => isUnknown);
	const ordered = [...wrong.filter(({ isUnknown }) => isUnknown !== true), ...unknownOnes];
	const sentences = ordered.map((one, at) => `${at === 0 ? 'holds' : 'It also holds'} ${one.wrong}`);
	if (unknownOnes.length > 0) sentences.push("The operation 'Get Many Languages' lists them");
	return sentences.map((sentence, at) => (at === sentences.length - 1 || sentence.endsWith('?') ? sentence : `${sentence}.`)).join(' ');
}

const lists = new WeakMap<readonly string[], LanguageList>();

/**
 * Reads a list of languages, as `LanguageList` does. The same list of names is not taken apart again.
 *
 * @param given as the parameter has it
 * @param known HeyGen's names, which must not change
 */
export function readLanguages(given: unknown, known: readonly string[]): Reading<string[]> {
	let list = lists.get(known);
	if (list === undefined) lists.set(known, (list = new LanguageList(known)));
	return list.read(given);
}
