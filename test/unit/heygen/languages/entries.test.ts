import { languageEntries } from '../../../../nodes/heygen/languages/entries';
import { stepsOf } from '../../support/steps';

/** Lists of languages in all the forms in which they are handed over. */

const MANDARIN = 'Chinese (Mandarin, Simplified)';

it.each<[unknown, unknown[]]>([
	[undefined, []],
	[null, []],
	['', []],
	[' \n\t ', []],
	[[], []],
	[[[], [null, [undefined, '']]], []],
	['Spanish', ['Spanish']],
	[' Spanish (Spain)\u00A0', ['Spanish (Spain)']],
	['Spanish, French', ['Spanish', 'French']],
	['Spanish; French;', ['Spanish', 'French']],
	['Spanish，French、German；Thai', ['Spanish', 'French', 'German', 'Thai']],
	['Spanish | French', ['Spanish', 'French']],
	['| Spanish | French |', ['Spanish', 'French']],
	['Spanish\nFrench\r\n\r\nGerman', ['Spanish', 'French', 'German']],
	['Spanish and French', ['Spanish', 'French']],
	['Spanish, German AND French.', ['Spanish', 'German', 'French']],
	['Spanish, German, and French', ['Spanish', 'German', 'French']],
	['Spanish & French', ['Spanish', 'French']],
	['Spanish  and\nFrench', ['Spanish', 'French']],
	["'Spanish' and 'French'", ['Spanish', 'French']],
	['Spanish\tFrench (France)\t', ['Spanish', 'French (France)']],
	['Iceland and', ['Iceland and']],
	['Sand and Andean', ['Sand', 'Andean']],
	// Commas and "and" within parentheses are part of a name.
	[MANDARIN, [MANDARIN]],
	[`${MANDARIN}, Spanish`, [MANDARIN, 'Spanish']],
	[`Spanish,${MANDARIN},Serbian (Latin, Serbia)`, ['Spanish', MANDARIN, 'Serbian (Latin, Serbia)']],
	['Chinese  (Mandarin,  Simplified)\nSpanish', ['Chinese  (Mandarin,  Simplified)', 'Spanish']],
	['Chinese(Mandarin,Simplified);Spanish', ['Chinese(Mandarin,Simplified)', 'Spanish']],
	['Chinese（Mandarin，Simplified），Spanish', ['Chinese（Mandarin，Simplified）', 'Spanish']],
	['Bosnian (Bosnia and Herzegovina) and Spanish', ['Bosnian (Bosnia and Herzegovina)', 'Spanish']],
	['Bosnian (Bosnia & Herzegovina) & Spanish', ['Bosnian (Bosnia & Herzegovina)', 'Spanish']],
	// What is never closed keeps nothing together.
	['Spanish (Spain, French', ['Spanish (Spain', 'French']],
	['Spanish (Spain\nFrench (France)', ['Spanish (Spain', 'French (France)']],
	['Spain), French', ['Spain)', 'French']],
	// Parentheses around a list, or around a name.
	['(Spanish)', ['Spanish']],
	['(Spanish, French)', ['Spanish', 'French']],
	['(Spanish), (French)', ['Spanish', 'French']],
	["('es', 'fr')", ['es', 'fr']],
	["{'es', 'fr'}", ['es', 'fr']],
	[`('${MANDARIN}', 'Spanish (Mexico)')`, [MANDARIN, 'Spanish (Mexico)']],
	// Lists as documents and programs write them.
	['- Spanish (Mexico)\n- **French**\n* German', ['Spanish (Mexico)', 'French', 'German']],
	[`1. Spanish\n2) ${MANDARIN}\n10. French`, ['Spanish', MANDARIN, 'French']],
	['• Spanish\n– French', ['Spanish', 'French']],
	['["Spanish","French"]', ['Spanish', 'French']],
	[` [\n"${MANDARIN}",\n"Spanish (Spain)"\n] `, [MANDARIN, 'Spanish (Spain)']],
	['```json\n["Spanish", "French"]\n```', ['Spanish', 'French']],
	['```\nSpanish\nFrench\n```', ['Spanish', 'French']],
	["['Spanish (Spain)', 'French']", ['Spanish (Spain)', 'French']],
	[`['${MANDARIN}', 'French']`, [MANDARIN, 'French']],
	['[Spanish, French]', ['Spanish', 'French']],
	['"Spanish (Spain)"', ['Spanish (Spain)']],
	[`"${MANDARIN}", "French"`, [MANDARIN, 'French']],
	['“Spanish”, „French“, «German»', ['Spanish', 'French', 'German']],
	['`es`, <fr>', ['es', 'fr']],
	["'es", ['es']],
	[['Spanish', ['French', [MANDARIN]]], ['Spanish', 'French', MANDARIN]],
	[['Spanish, French', '["German"]'], ['Spanish', 'French', 'German']],
	// Records count by their text.
	[{ language: 'Spanish (Spain)' }, ['Spanish (Spain)']],
	[{ Language: ' Spanish ', row_number: 2 }, ['Spanish']],
	[{ name: MANDARIN }, [MANDARIN]],
	[{ value: 'es', name: 'Spanish' }, ['Spanish']],
	[{ name: 'Ada', language: 'Spanish' }, ['Spanish']],
	[{ name: '', value: 'es' }, ['es']],
	...['lang', 'locale', 'code', 'language_code', 'languageCode', 'iso', 'target', 'to', 'target_language_code', 'targetLanguage', 'key', 'label'].map(
		(field): [unknown, unknown[]] => [{ id: 7, [field]: 'es' }, ['es']],
	),
	[{ from: 'en', to: ['es', 'fr'] }, ['es', 'fr']],
	[{ target: { lang: 'es' } }, ['es']],
	[{ target: 'es, fr', name: 'German' }, ['es', 'fr']],
	[{ 'Output Languages': ['es', 'fr'] }, ['es', 'fr']],
	[{ output_languages: 'es, fr' }, ['es', 'fr']],
	[{ json: { language: { code: 'es' } } }, ['es']],
	[`{"languages":["es","${MANDARIN}"]}`, ['es', MANDARIN]],
	[[{ language: 'es' }, { code: 'fr' }, 'de'], ['es', 'fr', 'de']],
	[[{ id: 7 }, 'es'], [{ id: 7 }, 'es']],
	// Of several fields that say one language the one counts that says most.
	[{ language: 'Portuguese', locale: 'pt-BR' }, ['pt-BR']],
	[{ locale: 'pt', language: 'Portuguese (Brazil)' }, ['Portuguese (Brazil)']],
	[{ name: 'Spanish', code: 'es-MX' }, ['es-MX']],
	[{ label: 'Spanish', value: 'es-MX' }, ['es-MX']],
	[{ label: 'es-MX', value: 'es' }, ['es-MX']],
	[{ name: 'Hindi (India)', code: 'hi' }, ['Hindi (India)']],
	[{ language: 'Norwegian', locale: 'nb-NO' }, ['nb-NO']],
	[{ language: 'Chinese', code: 'yue' }, ['yue']],
	[{ language: 'Chinese', locale: 'zh-TW' }, ['zh-TW']],
	[{ language: 'Cantonese', locale: 'zh-HK' }, ['zh-HK']],
	[{ language: 'Mandarin', locale: 'zh-CN' }, ['zh-CN']],
	[{ language: 'Serbian', locale: 'sr-Latn' }, ['sr-Latn']],
	[{ language: 'Português', locale: 'pt-BR' }, ['pt-BR']],
	[{ language: 'Español (México)', locale: 'es-MX' }, ['es-MX']],
	[{ lang: 'es', locale: 'es-MX', name: 'Spanish' }, ['es-MX']],
	[{ iso: 'spa', name: 'Spanish' }, ['spa']],
	// Two letters that may be a country are a language, as the other field says.
	[{ code: 'AR', name: 'Arabic' }, ['ar']],
	[{ code: 'in', name: 'Indonesian' }, ['id']],
	// What is no language says nothing.
	[{ lang: 'de', name: 'Anna' }, ['de']],
	[{ name: 'Anna', lang: 'de' }, ['de']],
	[{ code: 'A17', name: 'Spanish' }, ['Spanish']],
	[{ to: 'anna@example.com', name: 'Spanish' }, ['Spanish']],
	[{ language: 'Spanish', name: 'Bo', label: 'Ana' }, ['Spanish']],
	[{ language: 'German', code: 'BRA' }, ['German']],
	[{ name: 'Brazilian Portuguese', code: 'pt-BR' }, ['pt-BR']],
	[{ name: 'Anna', value: 'x1' }, ['Anna']],
	// What a field for languages says is asked about, whatever the others say.
	[{ language: 'Klingon', locale: 'en-US' }, ['Klingon']],
	[{ language: 'Portugese', locale: 'pt-BR' }, ['Portugese']],
	[{ language: 'Mexican Spanish', locale: 'es-ES' }, ['Mexican Spanish']],
	[{ language: 'Español', locale: 'en-US' }, ['Español']],
	[{ language: 'Spanish, French', locale: 'en-US' }, ['Spanish', 'French']],
	[{ lang: 'Spanish or French', name: 'German' }, ['Spanish or French']],
	[{ name: 'x'.repeat(100_000), value: 'y'.repeat(100_000), code: 'es' }, ['es']],
	// Fields that contradict each other are an entry.
	[{ id: 7, Language: 'Portuguese', locale: 'es-MX' }, ['{"Language":"Portuguese","locale":"es-MX"}']],
	['{"language":"Portuguese","locale":"es-MX"}', ['{"language":"Portuguese","locale":"es-MX"}']],
	[{ name: 'Spanish', code: 'pt-BR' }, ['{"code":"pt-BR","name":"Spanish"}']],
	[{ label: 'Spanish', value: 'fr' }, ['{"value":"fr","label":"Spanish"}']],
	[{ language: 'English', output_language: 'Spanish' }, ['{"language":"English","output_language":"Spanish"}']],
	[{ language: 'Spanish (Mexico)', locale: 'es-ES' }, ['{"language":"Spanish (Mexico)","locale":"es-ES"}']],
	[{ language: 'Spanish', locale: 'es-ES', code: 'es-MX' }, ['{"locale":"es-ES","code":"es-MX"}']],
	[{ language: 'Cantonese', locale: 'zh-CN' }, ['{"language":"Cantonese","locale":"zh-CN"}']],
	[{ language: 'Serbian (Latin, Serbia)', locale: 'sr-Cyrl' }, ['{"language":"Serbian (Latin, Serbia)","locale":"sr-Cyrl"}']],
	[{}, [{}]],
	[[42, true], [42, true]],
	['[object Object]', ['[object Object]']],
	// Signs that hide parentheses are nothing to someone who writes them.
	['\uE0000\uE001, es', ['\uE0000\uE001', 'es']],
])('%j has %j', (given, entries) => {
	expect(languageEntries(given)).toEqual(entries);
});

it('takes no name apart that is known', () => {
	const isName = (text: string) => text === 'Bosnia, and more' || text === 'End.';
	expect(languageEntries(['Bosnia, and more', 'End.', 'a, b'], isName)).toEqual(['Bosnia, and more', 'End.', 'a', 'b']);
	expect(languageEntries('Bosnia, and more', isName)).toEqual(['Bosnia, and more']);
});

it('reads a list within itself once', () => {
	const list: unknown[] = ['es'];
	list.push(list, { languages: list }, 'fr');
	expect(languageEntries(list)).toEqual(['es', 'fr']);
	const record: Record<string, unknown> = {};
	record.language = record;
	expect(languageEntries([record, 'es'])).toEqual(['es']);
});

it('knows the fields of records only, not those of their prototypes', () => {
	expect(languageEntries(JSON.parse('{"__proto__":{"language":"es"}}'))).toHaveLength(1);
	expect(languageEntries(JSON.parse('{"constructor":"es","toString":"fr"}'))).toEqual([{ constructor: 'es', toString: 'fr' }]);
	const date = new Date(0);
	expect(languageEntries([date])).toEqual([date]);
});

it('reads deep lists', () => {
	let deep: unknown = 'es';
	for (let at = 0; at < 100_000; at++) deep = [deep];
	expect(languageEntries(deep)).toEqual(['es']);
	expect(languageEntries('['.repeat(100_000))).toHaveLength(1);
});

it.each([
	['parentheses that open', '('],
	['names with open parentheses', 'Spanish (a'],
	['pairs', 'a (b, c)'],
	['ands', ' and '],
	['blanks', ' '],
	['commas', ','],
	['quotes', "'"],
	['dots', '.'],
	['brackets', '[['],
])('takes no more steps for each of very many %s', (_what, part) => {
	const stepsFor = (count: number) => stepsOf(() => languageEntries(part.repeat(count)));
	expect(stepsFor(10_000) / stepsFor(1_000)).toBeLessThanOrEqual(10);
	expect(languageEntries(part.repeat(100_000)).length).toBeLessThanOrEqual(200_000);
});
