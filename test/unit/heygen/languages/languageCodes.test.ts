import { readLanguages } from '../../../../nodes/heygen/languages/languageList';
import { LONG, type ListName, readFromList as read } from '../../support/languageLists';

/** Codes of languages: what each names of HeyGen's list, and what is asked about. */

describe('a code', () => {
	it.each<[string, ListName, string]>([
		['es', 'SHORT', 'Spanish'],
		['es', 'LONG', 'Spanish'],
		['ES', 'LONG', 'Spanish'],
		['es-MX', 'SHORT', 'Spanish (Mexico)'],
		['es_mx', 'SHORT', 'Spanish (Mexico)'],
		['es-CO', 'LONG', 'Spanish (Colombia)'],
		['pt-BR', 'SHORT', 'Portuguese (Brazil)'],
		['pt_br', 'REGIONAL', 'Portuguese (Brazil)'],
		['PT-br', 'LONG', 'Portuguese (Brazil)'],
		['pt\u2011BR', 'LONG', 'Portuguese (Brazil)'],
		['pt–BR', 'LONG', 'Portuguese (Brazil)'],
		['en-GB', 'SHORT', 'English (UK)'],
		['en-UK', 'SHORT', 'English (UK)'],
		['en-US', 'SHORT', 'English (US)'],
		['en-US', 'LONG', 'English (United States)'],
		['en-HK', 'LONG', 'English (Hong Kong SAR)'],
		['zh', 'SHORT', 'Chinese (Mandarin, Simplified)'],
		['zh', 'LONG', 'Chinese'],
		['zh', 'REGIONAL', 'Chinese (Mandarin, Simplified)'],
		['zh-CN', 'LONG', 'Chinese (Mandarin, Simplified)'],
		['zh-Hans', 'LONG', 'Chinese (Mandarin, Simplified)'],
		['zh_Hans_CN', 'SHORT', 'Chinese (Mandarin, Simplified)'],
		['zh-TW', 'LONG', 'Chinese (Taiwanese Mandarin, Traditional)'],
		['zh-Hant', 'SHORT', 'Chinese (Taiwanese Mandarin, Traditional)'],
		['zh-Hant-TW', 'REGIONAL', 'Chinese (Taiwanese Mandarin, Traditional)'],
		['zh-HK', 'LONG', 'Chinese (Cantonese, Traditional)'],
		['zh-Hant-HK', 'SHORT', 'Chinese (Cantonese, Traditional)'],
		['yue', 'REGIONAL', 'Chinese (Cantonese, Traditional)'],
		['yue-HK', 'SHORT', 'Chinese (Cantonese, Traditional)'],
		['cmn', 'SHORT', 'Mandarin'],
		['cmn', 'REGIONAL', 'Chinese (Mandarin, Simplified)'],
		['cmn-Hans-CN', 'LONG', 'Chinese (Mandarin, Simplified)'],
		['cmn-TW', 'LONG', 'Chinese (Taiwanese Mandarin, Traditional)'],
		['wuu', 'LONG', 'Chinese (Wu, Simplified)'],
		['nb-NO', 'SHORT', 'Norwegian Bokmål (Norway)'],
		['nb', 'LONG', 'Norwegian Bokmål (Norway)'],
		['no', 'SHORT', 'Norwegian Bokmål (Norway)'],
		['no-NO', 'LONG', 'Norwegian Bokmål (Norway)'],
		['NO', 'LONG', 'Norwegian Bokmål (Norway)'],
		['fil', 'SHORT', 'Filipino (Philippines)'],
		['fil', 'LONG', 'Filipino'],
		['fil-PH', 'LONG', 'Filipino (Philippines)'],
		['tl', 'SHORT', 'Filipino (Philippines)'],
		['tl-PH', 'LONG', 'Filipino (Philippines)'],
		['he', 'LONG', 'Hebrew (Israel)'],
		['iw', 'LONG', 'Hebrew (Israel)'],
		['iw-IL', 'REGIONAL', 'Hebrew (Israel)'],
		['id', 'LONG', 'Indonesian'],
		['ID', 'LONG', 'Indonesian'],
		['in_ID', 'LONG', 'Indonesian (Indonesia)'],
		['sr', 'SHORT', 'Serbian (Latin, Serbia)'],
		['sr-Latn', 'SHORT', 'Serbian (Latin, Serbia)'],
		['sr-Latn-RS', 'LONG', 'Serbian (Latin, Serbia)'],
		['sr-RS', 'LONG', 'Serbian (Latin, Serbia)'],
		['uz-Latn-UZ', 'LONG', 'Uzbek (Latin, Uzbekistan)'],
		['es-Latn-ES', 'LONG', 'Spanish (Spain)'],
		['spa', 'SHORT', 'Spanish'],
		['deu', 'SHORT', 'German'],
		['ger', 'LONG', 'German'],
		['fra', 'SHORT', 'French'],
		['fre-CA', 'LONG', 'French (Canada)'],
		['lao', 'SHORT', 'Lao (Laos)'],
		['fa', 'SHORT', 'Persian (Iran)'],
		['my', 'SHORT', 'Burmese (Myanmar)'],
		['sq', 'REGIONAL', 'Albanian (Albania)'],
		['ko', 'REGIONAL', 'Korean (Korea)'],
		['cs-CZ', 'REGIONAL', 'Czech (Czechia)'],
		['bn-IN', 'LONG', 'Bengali (India)'],
		['bn-BD', 'LONG', 'Bangla (Bangladesh)'],
		['it', 'LONG', 'Italian'],
		['AR', 'SHORT', 'Arabic (Egypt)'],
	])('%s names, in the list %s: %s', (code, list, expected) => {
		expect(read(code, list)).toEqual([expected]);
		expect(read(` "${code}" `, list)).toEqual([expected]);
		expect(read({ code }, list)).toEqual([expected]);
	});

	it.each<[string, ListName, string]>([
		['es', 'REGIONAL', 'holds the code "es", which names several of HeyGen\'s languages: Spanish (Spain), Spanish (Argentina), Spanish (Bolivia), Spanish (Chile), Spanish (Colombia) and 17 more'],
		['ger', 'REGIONAL', 'holds the code "ger", which names several of HeyGen\'s languages: German (Germany), German (Austria) and German (Switzerland)'],
		['bn', 'LONG', 'holds the code "bn", which names several of HeyGen\'s languages: Bangla (Bangladesh) and Bengali (India)'],
		['es-CO', 'SHORT', 'holds the code "es-CO", which HeyGen does not have: did you mean Spanish, Spanish (Spain) or Spanish (Mexico)?'],
		['es-419', 'LONG', 'holds the code "es-419", which HeyGen does not have: did you mean one of Spanish (Mexico), Spanish (Argentina), Spanish (Bolivia), Spanish (Chile), Spanish (Colombia) and 14 more?'],
		['es-419', 'SHORT', 'holds the code "es-419", which HeyGen does not have: did you mean Spanish (Mexico)?'],
		['de-DE', 'SHORT', 'holds the code "de-DE", which HeyGen does not have: did you mean German?'],
		['pt-AO', 'REGIONAL', 'holds the code "pt-AO", which HeyGen does not have: did you mean Portuguese (Brazil) or Portuguese (Portugal)?'],
		['nn', 'LONG', 'holds the code "nn", which HeyGen does not have: did you mean Norwegian Bokmål (Norway)?'],
		['nn-NO', 'SHORT', 'holds the code "nn-NO", which HeyGen does not have: did you mean Norwegian Bokmål (Norway)?'],
		['sr-Cyrl-RS', 'LONG', 'holds the code "sr-Cyrl-RS", which HeyGen does not have: did you mean Serbian (Latin, Serbia)?'],
		['sh', 'LONG', 'holds "sh", which HeyGen does not have: did you mean Serbian (Latin, Serbia)?'],
		['es-ES-valencia', 'SHORT', 'holds "es-ES-valencia", which HeyGen does not have: did you mean Spanish, Spanish (Spain) or Spanish (Mexico)?'],
		// Codes of countries.
		['JP', 'REGIONAL', 'holds the code "JP", which HeyGen does not have: did you mean Japanese (Japan)?'],
		['BR', 'SHORT', 'holds the code "BR", which HeyGen does not have: did you mean Portuguese (Brazil)?'],
		['UK', 'SHORT', 'holds the code "UK", which HeyGen does not have: did you mean English (UK)?'],
		['UK', 'LONG', 'holds "UK", which can be a language or a country: did you mean Ukrainian, English (UK) or Welsh (United Kingdom)?'],
		['AR', 'LONG', 'holds "AR", which can be a language or a country: did you mean Arabic or Spanish (Argentina)?'],
		['gb', 'LONG', 'holds the code "gb", which HeyGen does not have: did you mean English (UK) or Welsh (United Kingdom)?'],
		['jp', 'LONG', 'holds the code "jp", which HeyGen does not have: did you mean Japanese or Japanese (Japan)?'],
		['ua', 'LONG', 'holds the code "ua", which HeyGen does not have: did you mean Ukrainian or Ukrainian (Ukraine)?'],
		['cn', 'SHORT', 'holds the code "cn", which HeyGen does not have: did you mean Chinese (Mandarin, Simplified) or Mandarin?'],
		['sp', 'LONG', 'holds the code "sp", which HeyGen does not have: did you mean Spanish?'],
		['CA', 'LONG', 'holds "CA", which can be a language or a country: did you mean Catalan, English (Canada) or French (Canada)?'],
		// The old code of Indonesian is a word, and the code of India.
		...['in', 'IN', 'In'].map((code): [string, ListName, string] => [
			code,
			'LONG',
			`holds "${code}", which can be a language or a country: did you mean one of Indonesian, Hindi, Hindi (India), Gujarati (India), Kannada (India) and 7 more?`,
		]),
		['in', 'SHORT', 'holds the code "in", which HeyGen does not have: did you mean Hindi (India)?'],
	])('%s is asked about, in the list %s: %s', (code, list, problem) => {
		expect(read(code, list)).toBe(problem);
	});

	it.each(['to', 'and', 'or', 'the', 'OR', 'may', 'per', 'xx', 'tlh', 'eo', 'all', 'x-y', 'es-', '-es', 'e', 'abcd'])('%s is none', (text) => {
		const known = [...LONG, 'Odia (India)', 'Assamese (India)', 'Tongan (Tonga)'];
		expect(readLanguages(text, known).problem).toMatch(/^holds /);
	});

	it('may be one of several with blanks between them', () => {
		expect(read('es fr\u00A0de', 'SHORT')).toEqual(['Spanish', 'French', 'German']);
		expect(read('en it pt-BR', 'LONG')).toEqual(['English', 'Italian', 'Portuguese (Brazil)']);
		expect(read('it es', 'REGIONAL')).toMatch(/^holds the code "es", which names several/);
		for (const words of ['it is so', 'he is in', 'big red dog', 'es and', 'es xx', 'it to']) expect(typeof read(words, 'LONG')).toBe('string');
	});

	it('that is a word is asked about where there is nothing of the country', () => {
		expect(readLanguages('in', ['Indonesian']).problem).toBe('holds "in", which can be a language or a country: did you mean Indonesian?');
		expect(readLanguages('es in', ['Indonesian', 'Spanish']).problem).toMatch(/^holds "in", which can be/);
		for (const code of ['it', 'id', 'hi', 'no', 'is']) expect(read(code, 'LONG')).toHaveLength(1);
	});

	it.each<[string, string[], string | undefined]>([
		['sr', ['Serbian (Cyrillic, Serbia)', 'Serbian (Latin, Serbia)'], undefined],
		['sr-RS', ['Serbian (Cyrillic, Serbia)', 'Serbian (Latin, Serbia)'], undefined],
		['sr-Latn-RS', ['Serbian (Cyrillic, Serbia)', 'Serbian (Latin, Serbia)'], 'Serbian (Latin, Serbia)'],
		['sr-Cyrl', ['Serbian (Serbia)', 'Serbian (Latin, Serbia)'], 'Serbian (Serbia)'],
		['en-US', ['English (US)', 'English (United States)'], undefined],
		['cs-CZ', ['Czech (Czech)'], 'Czech (Czech)'],
		['cs-CZ', ['Czech (Czech Republic)'], 'Czech (Czech Republic)'],
		['tr-TR', ['Turkish (Turkey)'], 'Turkish (Turkey)'],
		['my-MM', ['Burmese (Myanmar (Burma))'], 'Burmese (Myanmar (Burma))'],
		['bs-BA', ['Bosnian (Bosnia & Herzegovina)'], 'Bosnian (Bosnia & Herzegovina)'],
		['fa-IR', ['Farsi (Iran)'], 'Farsi (Iran)'],
		['ko-KR', ['Korean (South Korea)'], 'Korean (South Korea)'],
		['en-HK', ['English (Hong Kong SAR China)'], 'English (Hong Kong SAR China)'],
		['es-419', ['Spanish (Latin America)', 'Spanish (Mexico)'], 'Spanish (Latin America)'],
		['nb-NO', ['Norwegian (Bokmål, Norway)', 'Norwegian (Nynorsk, Norway)'], 'Norwegian (Bokmål, Norway)'],
		['no', ['Norwegian (Bokmål, Norway)', 'Norwegian (Nynorsk, Norway)'], undefined],
		['nn', ['Norwegian (Bokmål, Norway)', 'Norwegian (Nynorsk, Norway)'], 'Norwegian (Nynorsk, Norway)'],
		['nb', ['Norwegian'], 'Norwegian'],
		['nn', ['Norwegian'], undefined],
		['no', ['Norwegian', 'Norwegian Bokmål (Norway)'], 'Norwegian'],
		['no-NO', ['Norwegian', 'Norwegian Bokmål (Norway)'], 'Norwegian Bokmål (Norway)'],
		['zh-CN', ['Chinese (Simplified)', 'Chinese (Traditional)'], 'Chinese (Simplified)'],
		['zh-TW', ['Chinese (Simplified)', 'Chinese (Traditional)'], 'Chinese (Traditional)'],
		['zh-HK', ['Chinese (China)', 'Chinese (Hong Kong)', 'Chinese (Taiwan)'], 'Chinese (Hong Kong)'],
		['yue', ['Cantonese', 'Chinese'], 'Cantonese'],
		['yue', ['Chinese (Cantonese, Simplified)', 'Chinese (Cantonese, Traditional)'], undefined],
		['yue-CN', ['Chinese (Cantonese, Simplified)', 'Chinese (Cantonese, Traditional)'], 'Chinese (Cantonese, Simplified)'],
		// Cantonese and the Mandarin of Taiwan are not what "zh" says.
		['zh', ['Chinese (Cantonese, Traditional)'], undefined],
		['zh', ['Chinese (Taiwanese Mandarin, Traditional)'], undefined],
		['zh', ['Mandarin', 'Cantonese'], 'Mandarin'],
		['zh', ['Chinese (Jilu Mandarin, Simplified)'], undefined],
		['zh-CN', ['Chinese', 'Mandarin'], undefined],
		['zh-SG', ['Chinese (Mandarin, Simplified)'], undefined],
		['zh-Hans-HK', ['Chinese (Cantonese, Traditional)', 'Chinese (Mandarin, Simplified)'], undefined],
		// What a name says besides its language has to be understood.
		['en', ['Custom Accent English'], undefined],
		['en', ['Custom Accent English', 'English (UK)'], undefined],
		['en-US', ['American English'], undefined],
		['es', ['English Spanish'], undefined],
		['en-US', ['English (UK, US)'], undefined],
		['es-MX', ['Spanish (Mexico, Neutral)'], undefined],
		['es-MX', ['Spanish (Mexico) Beta'], undefined],
		['es', ['Spanish (Mexico)'], 'Spanish (Mexico)'],
		['es-ES', ['Spanish (Mexico)'], undefined],
		['es', ['Portuguese (Brazil)'], undefined],
		['uk', ['English (UK)'], undefined],
		['es', [], undefined],
	])('%s in the list %j is %j', (code, known, expected) => {
		const { value, problem } = readLanguages(code, known);
		expect([value, problem === undefined]).toEqual([expected && [expected], expected !== undefined]);
	});
});
