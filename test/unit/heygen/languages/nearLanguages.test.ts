import { readLanguages } from '../../../../nodes/heygen/languages/languageList';
import { type ListName, readFromList as read } from '../../support/languageLists';

/** What is suggested for languages that HeyGen's list does not have. */

describe('what is near', () => {
	it.each<[string, ListName, string]>([
		['Spanich', 'SHORT', 'Spanish'],
		['Spanich', 'REGIONAL', 'one of Spanish (Spain), Spanish (Argentina), Spanish (Bolivia), Spanish (Chile), Spanish (Colombia) and 17 more'],
		['Spanish (Spian)', 'SHORT', 'Spanish (Spain)'],
		['Spanish (Spian)', 'REGIONAL', 'Spanish (Spain)'],
		['Portugese (Brasil)', 'LONG', 'Portuguese (Brazil)'],
		['Frnch', 'LONG', 'French'],
		['Ukranian', 'REGIONAL', 'Ukrainian (Ukraine)'],
		['Norweigan', 'SHORT', 'Norwegian Bokmål (Norway)'],
		['Hinid', 'LONG', 'Hindi'],
		['Vietnameese', 'LONG', 'Vietnamese (Vietnam)'],
		['Spanish Spain', 'SHORT', 'Spanish (Spain)'],
		['Spanish - Mexico', 'SHORT', 'Spanish (Mexico)'],
		['Spanish (Spain', 'SHORT', 'Spanish (Spain)'],
		['Brazilian Portuguese', 'SHORT', 'Portuguese (Brazil)'],
		['European Portuguese', 'REGIONAL', 'Portuguese (Portugal)'],
		['Mexican Spanish', 'LONG', 'Spanish (Mexico)'],
		['Peruvian Spanish', 'LONG', 'Spanish (Peru)'],
		['British English', 'SHORT', 'English (UK)'],
		['UK English', 'LONG', 'English (UK)'],
		['US English', 'LONG', 'English (United States)'],
		['American English', 'SHORT', 'English (US)'],
		['American English', 'REGIONAL', 'English (United States)'],
		['Canadian French', 'SHORT', 'French (Canada)'],
		['Swiss German', 'LONG', 'German (Switzerland)'],
		['Austrian German', 'REGIONAL', 'German (Austria)'],
		['Egyptian Arabic', 'LONG', 'Arabic (Egypt)'],
		['Saudi Arabic', 'LONG', 'Arabic (Saudi Arabia)'],
		['Latin American Spanish', 'SHORT', 'Spanish (Mexico)'],
		['Latin American Spanish', 'LONG', 'one of Spanish (Mexico), Spanish (Argentina), Spanish (Bolivia), Spanish (Chile), Spanish (Colombia) and 14 more'],
		...['LATAM', 'Latin America'].map((text): [string, ListName, string] => [
			text,
			'LONG',
			'one of Spanish (Mexico), Portuguese (Brazil), Spanish (Argentina), Spanish (Bolivia), Spanish (Chile) and 15 more',
		]),
		['Spanish (Latam)', 'SHORT', 'Spanish (Mexico)'],
		['Portuguese (BR)', 'LONG', 'Portuguese (Brazil)'],
		['es (Mexico)', 'LONG', 'Spanish (Mexico)'],
		['English (United Kingdom)', 'SHORT', 'English (UK)'],
		['English (US)', 'LONG', 'English (United States)'],
		['Turkish (Turkey)', 'LONG', 'Turkish (Türkiye)'],
		['Czech (Czech Republic)', 'REGIONAL', 'Czech (Czechia)'],
		['Castilian', 'SHORT', 'Spanish (Spain)'],
		['Mandarin Chinese', 'REGIONAL', 'Chinese (Mandarin, Simplified) or Chinese (Taiwanese Mandarin, Traditional)'],
		['Simplified Chinese', 'SHORT', 'Chinese (Mandarin, Simplified)'],
		['Traditional Chinese', 'SHORT', 'Chinese (Cantonese, Traditional) or Chinese (Taiwanese Mandarin, Traditional)'],
		['Chinese (Simplified, Mandarin)', 'LONG', 'Chinese (Mandarin, Simplified)'],
		['Chinese (Taiwan)', 'LONG', 'Chinese (Taiwanese Mandarin, Traditional)'],
		['Cantonese', 'LONG', 'Chinese (Cantonese, Traditional)'],
		['Hong Kong', 'SHORT', 'Chinese (Cantonese, Traditional)'],
		['Farsi', 'SHORT', 'Persian (Iran)'],
		['Tagalog', 'SHORT', 'Filipino (Philippines)'],
		['Tagalog', 'LONG', 'Filipino'],
		['Norwegian', 'LONG', 'Norwegian Bokmål (Norway)'],
		['Flemish', 'LONG', 'Dutch (Belgium)'],
		['Deutsch', 'SHORT', 'German'],
		['Español', 'SHORT', 'Spanish'],
		['espanol', 'SHORT', 'Spanish'],
		['français', 'SHORT', 'French'],
		['alemán', 'SHORT', 'German'],
		['日本語', 'LONG', 'Japanese'],
		['Tiếng Việt', 'LONG', 'Vietnamese (Vietnam)'],
		['한국어', 'SHORT', 'Korean'],
		['Albanian', 'SHORT', 'Albanian (Albania)'],
		['Serbian', 'LONG', 'Serbian (Latin, Serbia)'],
		['Brazil', 'SHORT', 'Portuguese (Brazil)'],
		['繁體中文', 'LONG', 'Chinese (Cantonese, Traditional) or Chinese (Taiwanese Mandarin, Traditional)'],
		['繁体中文', 'REGIONAL', 'Chinese (Cantonese, Traditional) or Chinese (Taiwanese Mandarin, Traditional)'],
		['简体中文', 'SHORT', 'Chinese (Mandarin, Simplified)'],
		['Quebec French', 'LONG', 'French (Canada)'],
		['Québec', 'SHORT', 'French (Canada)'],
		['English to Spanich', 'SHORT', 'Spanish'],
		// Countries: what most people there speak, and first the plain name of a language that no other country is known for.
		['Germany', 'LONG', 'German or German (Germany)'],
		['Germany', 'SHORT', 'German'],
		['Deutschland', 'LONG', 'German or German (Germany)'],
		['Deutschland', 'REGIONAL', 'German (Germany)'],
		['日本', 'LONG', 'Japanese or Japanese (Japan)'],
		['España', 'LONG', 'Spanish (Spain)'],
		['🇪🇸', 'LONG', 'Spanish (Spain)'],
		['🇧🇷', 'SHORT', 'Portuguese (Brazil)'],
		['🇩🇪', 'LONG', 'German or German (Germany)'],
		['🇬🇧 English', 'LONG', 'English (UK)'],
		['England', 'SHORT', 'English (UK)'],
		['England', 'LONG', 'English (UK) or Welsh (United Kingdom)'],
		['Great Britain', 'REGIONAL', 'English (UK) or Welsh (United Kingdom)'],
		['Hong Kong', 'LONG', 'Chinese (Cantonese, Traditional) or English (Hong Kong SAR)'],
		['Taiwan', 'LONG', 'Chinese (Taiwanese Mandarin, Traditional)'],
		['China', 'LONG', 'one of Chinese, Chinese (Mandarin, Simplified), Mandarin, Chinese (Jilu Mandarin, Simplified), Chinese (Northeastern Mandarin, Simplified) and 2 more'],
		['China', 'SHORT', 'Chinese (Mandarin, Simplified) or Mandarin'],
		['India', 'LONG', 'one of Hindi, Hindi (India), Gujarati (India), Kannada (India), Malayalam (India) and 6 more'],
		['Colombia', 'LONG', 'Spanish (Colombia)'],
		['Colombia', 'SHORT', 'Spanish'],
		['Norway', 'LONG', 'Norwegian Bokmål (Norway)'],
		['Switzerland', 'LONG', 'German (Switzerland) or French (Switzerland)'],
		['Spanish (Colombia)', 'SHORT', 'Spanish, Spanish (Spain) or Spanish (Mexico)'],
		['Catalan (Spain)', 'LONG', 'Catalan'],
		['Your Accent', 'LONG', 'English - Your Accent'],
		['Mandarin Chinese', 'LONG', 'Mandarin'],
		['Spanish/Spanish', 'SHORT', 'Spanish'],
		['Spanich/French', 'SHORT', 'one of French, French (France), French (Canada), Spanish, Spanish (Spain) and 1 more'],
		['or German', 'SHORT', 'German'],
	])('%s is asked about, in the list %s: %s', (text, list, names) => {
		expect(read([text], list)).toBe(`holds "${text}", which HeyGen does not have: did you mean ${names}?`);
	});

	it.each<[unknown, string]>([
		['Klingon', '"Klingon"'],
		['Esperanto', '"Esperanto"'],
		['Turkish (Turkey)', '"Turkish (Turkey)"'],
		['Catalan (Spain)', '"Catalan (Spain)"'],
		['Latin', '"Latin"'],
		['42', '"42"'],
		[42, '"42"'],
		[true, '"true"'],
		['#', '"#"'],
		['constructor', '"constructor"'],
		['__proto__', '"__proto__"'],
		['👍🏽', '"👍🏽"'],
		[{ id: 7 }, '{"id":7}'],
		[[{}], '{}'],
		['ב', '"ב"'],
	])('%j is like nothing', (given, shown) => {
		expect(read(given, 'SHORT')).toBe(`holds ${shown}, which is not one of HeyGen's languages. The operation 'Get Many Languages' lists them`);
	});

	it('is told of three entries at once', () => {
		expect(read('Spanich, German, Klingon, de-DE, Frnch', 'SHORT')).toBe(
			'holds "Spanich", which HeyGen does not have: did you mean Spanish? It also holds the code "de-DE", which HeyGen does not have: ' +
				'did you mean German? It also holds "Klingon", which is not one of HeyGen\'s languages. ' +
				"The operation 'Get Many Languages' lists them",
		);
		expect(read('Spanich, Frnch', 'SHORT')).toBe(
			'holds "Spanich", which HeyGen does not have: did you mean Spanish? It also holds "Frnch", which HeyGen does not have: did you mean French?',
		);
	});

	it('is none where the list is empty', () => {
		expect(readLanguages('Spanish', []).problem).toMatch(/^holds "Spanish", which is not one of HeyGen's languages\. /);
	});
});
