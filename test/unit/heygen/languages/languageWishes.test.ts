import { readLanguages } from '../../../../nodes/heygen/languages/languageList';
import { type ListName, readFromList as read } from '../../support/languageLists';

/** Texts that say more than one language, or none in particular. */

describe('several languages without commas', () => {
	it.each<[string, ListName, string]>([
		...['Spanish/French', 'Spanish / French', 'Spanish + French', 'Spanish+French', 'Spanish&French', 'Spanish or French', 'Spanish OR French'].map(
			(text): [string, ListName, string] => [text, 'SHORT', 'Spanish, French'],
		),
		...['Spanish und French', 'Spanish y French', 'Spanish et French', 'Spanish and/or French', 'spanish french', 'es/fr', 'es or French', 'es et fr'].map(
			(text): [string, ListName, string] => [text, 'LONG', 'Spanish, French'],
		),
		['Spanish French German', 'SHORT', 'Spanish, French, German'],
		['Spanish (Mexico) French', 'SHORT', 'Spanish (Mexico), French'],
		['Spanish (Mexico) Spanish (Spain)', 'LONG', 'Spanish (Mexico), Spanish (Spain)'],
		['Chinese (Mandarin, Simplified)/Spanish', 'SHORT', 'Chinese (Mandarin, Simplified), Spanish'],
		['Bosnian (Bosnia and Herzegovina)/Spanish', 'LONG', 'Bosnian (Bosnia and Herzegovina), Spanish'],
		['Spanish/French/German/Korean/Hindi/Polish', 'LONG', 'Spanish, French, German, Korean, Hindi'],
		['pt-BR/es-MX', 'REGIONAL', 'Portuguese (Brazil), Spanish (Mexico)'],
		// Each is asked about when they are separate.
		['Spanish/French', 'REGIONAL', 'Spanish, French'],
		['es/it', 'REGIONAL', 'es, Italian (Italy)'],
	])('are told apart by whoever has written them: %s in the list %s', (text, list, names) => {
		expect(read([text], list)).toBe(`holds "${text}": separate languages by commas, as in ${names}`);
	});

	it('are so within a list', () => {
		expect(read('German, Spanish or French', 'SHORT')).toBe('holds "Spanish or French": separate languages by commas, as in Spanish, French');
	});

	it.each(['Spanish & French', 'Spanish and French'])('%s is a list', (text) => {
		expect(read(text, 'SHORT')).toEqual(['Spanish', 'French']);
	});
});

it.each<[string, ListName, string]>([
	['en-de', 'SHORT', 'German'],
	['EN-DE', 'SHORT', 'German'],
	['en_de', 'LONG', 'German'],
	['en-es', 'REGIONAL', 'Spanish (Spain)'],
	['en-ja', 'LONG', 'Japanese'],
	['en-zh', 'SHORT', 'Chinese (Mandarin, Simplified)'],
	['en-cs', 'LONG', 'Czech'],
	['eng-ger', 'LONG', 'German'],
	['en – fr', 'SHORT', 'French'],
	['en>es', 'SHORT', 'Spanish'],
	['en->de', 'SHORT', 'German'],
	['English → German', 'SHORT', 'German'],
	['English → German', 'REGIONAL', 'German (Germany)'],
	['English => Spanish (Mexico)', 'SHORT', 'Spanish (Mexico)'],
	['English-German', 'SHORT', 'German'],
	['English - German', 'SHORT', 'German'],
	['from English to German', 'SHORT', 'German'],
	['translate into Spanish', 'SHORT', 'Spanish'],
	['to German', 'LONG', 'German'],
])('%s in the list %s has the language of the video as well', (text, list, name) => {
	expect(read([text], list)).toBe(`holds "${text}": give the output language alone, as in ${name}`);
});

it.each<[string, ListName, RegExp]>([
	// Regions, and not the languages whose codes are the same.
	['es-ar', 'SHORT', /^holds the code "es-ar", which HeyGen does not have: did you mean Spanish, /],
	['fr-ca', 'REGIONAL', /^French \(Canada\)$/],
	['en-DE', 'SHORT', /^holds the code "en-DE", which HeyGen does not have: did you mean English, /],
	['de-de', 'SHORT', /^holds the code "de-de", which HeyGen does not have: did you mean German\?$/],
	['Spanish - es', 'SHORT', /did you mean Spanish or Spanish \(Spain\)\?$/],
	['English → Klingon', 'SHORT', /^holds "English → Klingon", which is not one of HeyGen's languages\./],
	['German to', 'SHORT', /did you mean German\?$/],
	['Serbo-Croatian', 'LONG', /did you mean Croatian, Croatian \(Croatia\) or Serbian \(Latin, Serbia\)\?$/],
])('%s in the list %s has not', (text, list, says) => {
	expect([read([text], list)].flat().join()).toMatch(says);
});

it.each(['all', 'ALL', '*', 'all languages', 'All Languages', 'any', 'any language', 'every language'])('%s is not taken for all languages', (text) => {
	for (const given of [text, [text], { language: text }]) {
		expect(read(given, 'LONG')).toBe(`holds "${text}": name each language, since each one is paid for`);
	}
	expect(readLanguages(text, [text, 'German'])).toEqual({ value: [text] });
});
