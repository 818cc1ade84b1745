import { languageEntries } from '../../../../nodes/heygen/languages/entries';

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
	[{ code: 'es' }, ['es']],
	[{ 'Output Languages': ['es', 'fr'] }, ['es', 'fr']],
	[{ output_languages: 'es, fr' }, ['es', 'fr']],
	[{ json: { language: { code: 'es' } } }, ['es']],
	[`{"languages":["es","${MANDARIN}"]}`, ['es', MANDARIN]],
	[[{ language: 'es' }, { code: 'fr' }, 'de'], ['es', 'fr', 'de']],
	[[{ id: 7 }, 'es'], [{ id: 7 }, 'es']],
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
])('takes little time for very many %s', (_what, part) => {
	const start = performance.now();
	languageEntries(part.repeat(100_000));
	expect(performance.now() - start).toBeLessThan(3_000);
});
