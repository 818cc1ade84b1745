import fc from 'fast-check';

import { LanguageList, readLanguages } from '../../../../nodes/heygen/languages/languageList';
import { CODES, LISTS, LONG, REGIONAL, SHORT, type ListName, readFromList as read } from '../../support/languageLists';
import { stepsOf } from '../../support/steps';

/** Languages by the names of HeyGen's own list, of whatever people, sheets and models write. */

describe('a name of the list', () => {
	it.each<[unknown, string[]]>([
		['Spanish (Mexico)', ['Spanish (Mexico)']],
		['spanish (mexico)', ['Spanish (Mexico)']],
		['  SPANISH\u00A0( MEXICO ) ', ['Spanish (Mexico)']],
		['Spanish(Mexico)', ['Spanish (Mexico)']],
		['Spanish [Mexico]', ['Spanish (Mexico)']],
		['Spanish（Mexico）', ['Spanish (Mexico)']],
		['Ｓｐａｎｉｓｈ （Ｍｅｘｉｃｏ）', ['Spanish (Mexico)']],
		['Spa\u200Bnish (Me\u00ADxico)', ['Spanish (Mexico)']],
		['Spanish (México)', ['Spanish (Mexico)']],
		['**Spanish (Mexico)**', ['Spanish (Mexico)']],
		['Norwegian Bokmål (Norway)'.normalize('NFD'), ['Norwegian Bokmål (Norway)']],
		['norwegian bokmal (NORWAY)', ['Norwegian Bokmål (Norway)']],
		['Chinese (Mandarin,Simplified)', ['Chinese (Mandarin, Simplified)']],
		['Chinese（Mandarin、Simplified）', ['Chinese (Mandarin, Simplified)']],
		['Bosnian (Bosnia & Herzegovina)', ['Bosnian (Bosnia and Herzegovina)']],
		['German.', ['German']],
		['Korean, German', ['Korean', 'German']],
		['German, Korean, german, GERMAN', ['German', 'Korean']],
		[{ language: 'Korean' }, ['Korean']],
		[[{ name: 'Korean' }, 'German', ['French (Canada), Spanish and English (UK)']], ['Korean', 'German', 'French (Canada)', 'Spanish', 'English (UK)']],
	])('is taken: %j', (given, expected) => {
		expect(read(given, 'SHORT')).toEqual(expected);
	});

	it.each<[string, string]>([
		['TURKISH (TURKIYE)', 'Turkish (Türkiye)'],
		['english – your accent', 'English - Your Accent'],
		['American english', 'American English'],
	])('of a long list is taken: %j', (given, expected) => {
		expect(read(given, 'LONG')).toEqual([expected]);
	});

	it('is taken as it is where the list has two spellings of it', () => {
		const known = ['Norwegian Bokmål', 'Norwegian Bokmal', 'German'];
		expect(readLanguages('Norwegian Bokmal', known)).toEqual({ value: ['Norwegian Bokmal'] });
		expect(readLanguages('norwegian bokmal', known)).toEqual({
			problem: 'holds "norwegian bokmal", which HeyGen has in several spellings: Norwegian Bokmål and Norwegian Bokmal',
		});
	});

	it('may hold what is between the names of a list', () => {
		const known = ['Chinese, Mandarin', 'This and that'];
		expect(readLanguages(['this and that', 'Chinese, Mandarin'], known)).toEqual({ value: ['This and that', 'Chinese, Mandarin'] });
	});

	it('may be one of an object', () => {
		const known = ['constructor', '__proto__', 'toString'];
		expect(readLanguages('CONSTRUCTOR, __proto__', known)).toEqual({ value: ['constructor', '__proto__'] });
	});
});

it.each([undefined, null, '', ' ', [], [[]], '[]', ['', null], ',', '- \n- '])('%j is nothing', (given) => {
	expect(readLanguages(given, SHORT)).toEqual({ value: undefined });
});

describe('a record', () => {
	it.each<[unknown, ListName, string]>([
		[{ language: 'Portuguese', locale: 'pt-BR' }, 'SHORT', 'Portuguese (Brazil)'],
		[{ name: 'Spanish', code: 'es-MX' }, 'LONG', 'Spanish (Mexico)'],
		[{ lang: 'de', name: 'Anna' }, 'SHORT', 'German'],
		[{ code: 'AR', name: 'Arabic' }, 'LONG', 'Arabic'],
		[{ code: 'in', name: 'Indonesian' }, 'REGIONAL', 'Indonesian (Indonesia)'],
		[{ from: 'en', to: 'es' }, 'SHORT', 'Spanish'],
	])('%j names, in the list %s: %s', (given, list, name) => {
		expect(read(given, list)).toEqual([name]);
		expect(read(JSON.stringify([given]), list)).toEqual([name]);
	});

	it.each<[Record<string, string>, ListName, string]>([
		[{ language: 'Portuguese', locale: 'es-MX' }, 'SHORT', 'Portuguese or Spanish (Mexico)'],
		[{ code: 'pt-BR', name: 'Spanish' }, 'LONG', 'Portuguese (Brazil) or Spanish'],
		[{ code: 'in', name: 'Hindi' }, 'LONG', 'Indonesian or Hindi'],
		[{ language: 'Spanish', locale: 'tlh' }, 'SHORT', 'Spanish or Klingon'],
		[{ language: 'Spanish (Mexico)', locale: 'es-CO' }, 'SHORT', 'Spanish (Mexico) or Spanish (Colombia)'],
	])('%j that contradicts itself is asked about, in the list %s: %s', (given, list, names) => {
		for (const form of [given, [given], JSON.stringify(given)]) {
			expect(read(form, list)).toBe(`holds ${JSON.stringify(given)}, which names two languages: did you mean ${names}?`);
		}
	});
});

it.each<[unknown, RegExp]>([
	['#N/A', /^holds "#N\/A", which is what a sheet shows for a formula that has failed$/],
	['es, [object Object]', /^holds "\[object Object\]"/],
	['Spanish \uD83D', /^holds half a character/],
])('says what is wrong with %j', (given, problem) => {
	expect(readLanguages(given, SHORT).problem).toMatch(problem);
});

describe.each(Object.entries(LISTS))('each name of the list %s', (_name, known) => {
	it.each<[string, (name: string) => unknown]>([
		['as it is', (name) => name],
		['in upper case', (name) => name.toUpperCase()],
		['in lower case', (name) => name.toLowerCase()],
		['with its blanks doubled', (name) => name.replaceAll(' ', '  ')],
		['with other blanks', (name) => name.replaceAll(' ', '\u00A0')],
		['without blanks', (name) => name.replaceAll(' ', '')],
		['with blanks around it', (name) => `\n ${name}\t`],
		['decomposed', (name) => name.normalize('NFD')],
		['without diacritics', (name) => name.normalize('NFD').replace(/[\u0300-\u036F]/g, '')],
		['as JSON', (name) => JSON.stringify(name)],
		['as a list in JSON', (name) => JSON.stringify([name])],
		['as a record in JSON', (name) => JSON.stringify({ language: name })],
		['in a list', (name) => [[name]]],
		['in a record', (name) => ({ name, id: 7 })],
		['in full-width parentheses', (name) => name.replace('(', '（').replace(')', '）')],
		['with a bullet', (name) => `- ${name}`],
		['in bold', (name) => `**${name}**`],
	])('is found %s', (_how, form) => {
		for (const name of known) expect(readLanguages(form(name), known)).toEqual({ value: [name] });
	});

	it.each<[string, (names: readonly string[]) => unknown]>([
		['commas', (names) => names.join(', ')],
		['commas and no blanks', (names) => names.join(',')],
		['semicolons', (names) => names.join('; ')],
		['line ends', (names) => names.join('\n')],
		['bullets', (names) => names.map((name) => `* ${name}`).join('\r\n')],
		['numbers', (names) => names.map((name, at) => `${at + 1}. ${name}`).join('\n')],
		['"and" before the last', (names) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`],
		['quotes', (names) => `[${names.map((name) => `'${name}'`).join(', ')}]`],
		['JSON', (names) => JSON.stringify(names, null, 2)],
		['records', (names) => names.map((value) => ({ value }))],
	])('is found in a list of all with %s', (_how, form) => {
		expect(readLanguages(form(known), known)).toEqual({ value: [...known] });
	});

	it('is found by its own code, and by no other', () => {
		for (const [name, code] of CODES) {
			for (const spelled of [code, code.toLowerCase(), code.replace('-', '_'), code.toUpperCase()]) {
				const { value } = readLanguages(spelled, known);
				// Lists that call the region otherwise have the language all the same.
				if (known.includes(name)) expect(value).toEqual([name]);
				else if (value !== undefined) expect([code, value]).toEqual([code, [expect.stringMatching(/^(English \(US\))$/)]]);
			}
		}
	});

	it('is not taken for a code of another language or region', () => {
		const regions = new Set([...CODES.values()].map((code) => code.slice(-2)));
		for (const language of ['ar', 'bn', 'de', 'en', 'es', 'fil', 'fr', 'nb', 'nl', 'pt', 'sr', 'sw', 'ta', 'ur', 'yue', 'zh']) {
			for (const region of regions) {
				const { value } = readLanguages(`${language}-${region}`, known);
				if (value === undefined) continue;
				const own = CODES.get(value[0] as string) ?? (value[0] === 'English (US)' ? 'en-US' : '');
				// HeyGen's language of Hong Kong is Cantonese.
				expect([language, region, own]).toEqual([language, region, `${language}-${region}` === 'zh-HK' ? 'yue-HK' : `${language}-${region}`]);
			}
		}
	});

	it('is not taken for a name that is spelled wrong', () => {
		for (const name of known) {
			for (let at = 0; at < name.length; at += 2) {
				const slip = name.slice(0, at) + ['', 'q', `q${name[at]}`][(at / 2) % 3] + name.slice(at + 1);
				const { value } = readLanguages([slip], known);
				// A blank is no slip.
				if (value !== undefined) expect([slip, value]).toEqual([slip, [name]]);
			}
		}
	});
});

describe('any text', () => {
	const list = new LanguageList(LONG);

	it('is read without a failure, and only names of the list come of it', () => {
		const words = fc.constantFrom(...LONG, 'es', 'and', ',', '(', ')', '\uD83D', '👍', '\u0000', 'Latin', '#N/A', '\uE0000\uE001', '__proto__', '[', '{"a":');
		const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.oneof(words, fc.string()), { maxLength: 6 }).map((parts) => parts.join(' ')));
		fc.assert(
			fc.property(fc.oneof(text, fc.anything(), fc.array(text)), (given) => {
				const { value, problem } = list.read(given);
				expect(problem ?? 'holds ').toMatch(/^holds /);
				for (const name of value ?? []) expect(LONG).toContain(name);
			}),
			{ numRuns: 100 },
		);
	});

	it.each([
		['letters', 'a'],
		['words', 'word '],
		['names', 'Spanish '],
		['names with commas', 'Spanish (Spian), '],
		['emoji', '👍'],
		['halves of emoji', '\uD83D'],
		['parentheses', '('],
		['brackets', '['],
		['diacritics', 'e\u0301'],
		['codes', 'es '],
		['digits', '7'],
		['slashes', 'es/'],
		['arrows', 'es > '],
		['dashes', 'es-'],
		['flags', '🇪🇸'],
		['records', '{"name":"Spanish","code":"es-MX"},'],
	])('may be very long: %s', (_what, part) => {
		const { problem = 'holds ' } = list.read(part.repeat(100_000));
		expect(problem).toMatch(/^holds /);
		expect(problem.length).toBeLessThan(1_000);
		const stepsFor = (count: number) => stepsOf(() => new LanguageList(LONG).read(part.repeat(count)));
		expect(stepsFor(10_000) / stepsFor(1_000)).toBeLessThanOrEqual(10);
	});
});

it('forgets what it was asked before it fills the memory', () => {
	const list = new LanguageList(SHORT);
	for (let at = 0; at < 2_000; at++) expect(list.read(`Spanish${at}`).value).toBeUndefined();
	expect(list.read('Spanish')).toEqual({ value: ['Spanish'] });
});

it('looks for the languages of many items once', () => {
	const list = new LanguageList(REGIONAL);
	const given = REGIONAL.slice(0, 12).join(', ');
	const askFor = () => {
		list.read(given);
		list.read('pt-BR, de-DE, fr-CA, ja-JP, en-GB, zh-CN, it-IT, es-MX, hi-IN, tr-TR, pl-PL, sv-SE');
		list.read('Spanich, Frnch, Germn');
	};
	const [first, second] = [stepsOf(askFor), stepsOf(askFor)];
	expect(second).toBeLessThan(first / 5);
	const later = stepsOf(() => {
		for (let item = 0; item < 200; item++) askFor();
	});
	expect(later).toBe(200 * second);
});

describe('without the names of languages and regions', () => {
	afterEach(() => jest.restoreAllMocks());

	it('exact names are read all the same, and codes are asked about', () => {
		jest.spyOn(Intl.DisplayNames.prototype, 'of').mockReturnValue(undefined);
		jest.isolateModules(() => {
			// eslint-disable-next-line @typescript-eslint/no-require-imports
			const bare = require('../../../../nodes/heygen/languages/languageList') as { readLanguages: typeof readLanguages };
			for (const name of LONG) expect(bare.readLanguages(name.toLowerCase(), LONG)).toEqual({ value: [name] });
			for (const text of ['es', 'es-MX', 'Spanich', 'Klingon', 'sr-Latn-RS']) expect(bare.readLanguages(text, LONG).problem).toMatch(/^holds /);
			expect(bare.readLanguages('Spanich', LONG).problem).toContain('did you mean Spanish');
		});
	});
});
