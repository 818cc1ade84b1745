import fc from 'fast-check';

import { LanguageList, readLanguages } from '../../../../nodes/heygen/languages/languageList';

/** Languages by the names of HeyGen's own list, of whatever people, sheets and models write. */

/** A list with a few plain names, and regions in short. */
const SHORT = [
	...['English', 'English (UK)', 'English (US)', 'English (Australia)', 'Spanish', 'Spanish (Mexico)', 'Spanish (Spain)', 'French'],
	...['French (Canada)', 'French (France)', 'German', 'Portuguese', 'Portuguese (Brazil)', 'Portuguese (Portugal)'],
	...['Chinese (Mandarin, Simplified)', 'Chinese (Cantonese, Traditional)', 'Chinese (Taiwanese Mandarin, Traditional)'],
	...['Norwegian Bokmål (Norway)', 'Filipino (Philippines)', 'Albanian (Albania)', 'Arabic (Egypt)', 'Serbian (Latin, Serbia)'],
	...['Bosnian (Bosnia and Herzegovina)', 'Persian (Iran)', 'Swahili (Tanzania)', 'Burmese (Myanmar)', 'Lao (Laos)', 'Korean'],
	...['Mandarin', 'Hindi (India)'],
];

/** Regional names with their codes. */
const CODES: ReadonlyMap<string, string> = new Map(
	`
	Afrikaans af: South Africa ZA
	Albanian sq: Albania AL
	Amharic am: Ethiopia ET
	Arabic ar: Algeria DZ; Bahrain BH; Egypt EG; Iraq IQ; Jordan JO; Kuwait KW; Lebanon LB; Libya LY; Morocco MA; Oman OM; Qatar QA
	Arabic ar: Saudi Arabia SA; Syria SY; Tunisia TN; United Arab Emirates AE; Yemen YE
	Armenian hy: Armenia AM
	Azerbaijani az: Latin, Azerbaijan AZ
	Bangla bn: Bangladesh BD
	Bengali bn: India IN
	Bosnian bs: Bosnia and Herzegovina BA
	Bulgarian bg: Bulgaria BG
	Burmese my: Myanmar MM
	Chinese yue: Cantonese, Traditional HK
	Chinese zh: Mandarin, Simplified CN; Taiwanese Mandarin, Traditional TW
	Chinese wuu: Wu, Simplified CN
	Croatian hr: Croatia HR
	Czech cs: Czechia CZ
	Danish da: Denmark DK
	Dutch nl: Belgium BE; Netherlands NL
	English en: Australia AU; Canada CA; Hong Kong SAR HK; India IN; Ireland IE; Kenya KE; New Zealand NZ; Nigeria NG
	English en: Philippines PH; Singapore SG; South Africa ZA; Tanzania TZ; UK GB; United States US
	Estonian et: Estonia EE
	Filipino fil: Philippines PH
	Finnish fi: Finland FI
	French fr: Belgium BE; Canada CA; France FR; Switzerland CH
	Georgian ka: Georgia GE
	German de: Austria AT; Germany DE; Switzerland CH
	Greek el: Greece GR
	Gujarati gu: India IN
	Hebrew he: Israel IL
	Hindi hi: India IN
	Hungarian hu: Hungary HU
	Icelandic is: Iceland IS
	Indonesian id: Indonesia ID
	Irish ga: Ireland IE
	Italian it: Italy IT
	Japanese ja: Japan JP
	Javanese jv: Latin, Indonesia ID
	Kannada kn: India IN
	Kazakh kk: Kazakhstan KZ
	Khmer km: Cambodia KH
	Korean ko: Korea KR
	Lao lo: Laos LA
	Latvian lv: Latvia LV
	Lithuanian lt: Lithuania LT
	Macedonian mk: North Macedonia MK
	Malay ms: Malaysia MY
	Malayalam ml: India IN
	Maltese mt: Malta MT
	Marathi mr: India IN
	Mongolian mn: Mongolia MN
	Nepali ne: Nepal NP
	Norwegian Bokmål nb: Norway NO
	Pashto ps: Afghanistan AF
	Persian fa: Iran IR
	Polish pl: Poland PL
	Portuguese pt: Brazil BR; Portugal PT
	Romanian ro: Romania RO
	Russian ru: Russia RU
	Serbian sr: Latin, Serbia RS
	Sinhala si: Sri Lanka LK
	Slovak sk: Slovakia SK
	Slovenian sl: Slovenia SI
	Somali so: Somalia SO
	Spanish es: Argentina AR; Bolivia BO; Chile CL; Colombia CO; Costa Rica CR; Cuba CU; Dominican Republic DO; Ecuador EC
	Spanish es: El Salvador SV; Equatorial Guinea GQ; Guatemala GT; Honduras HN; Mexico MX; Nicaragua NI; Panama PA; Paraguay PY
	Spanish es: Peru PE; Puerto Rico PR; Spain ES; United States US; Uruguay UY; Venezuela VE
	Sundanese su: Indonesia ID
	Swahili sw: Kenya KE; Tanzania TZ
	Swedish sv: Sweden SE
	Tamil ta: India IN; Malaysia MY; Singapore SG; Sri Lanka LK
	Telugu te: India IN
	Thai th: Thailand TH
	Turkish tr: Türkiye TR
	Ukrainian uk: Ukraine UA
	Urdu ur: India IN; Pakistan PK
	Uzbek uz: Latin, Uzbekistan UZ
	Vietnamese vi: Vietnam VN
	Welsh cy: United Kingdom GB
	Zulu zu: South Africa ZA`
		.trim()
		.split('\n')
		.flatMap((line) => {
			const [head = '', regions = ''] = line.trim().split(': ');
			const [base, code] = [head.slice(0, head.lastIndexOf(' ')), head.slice(head.lastIndexOf(' ') + 1)];
			return regions.split('; ').map((region): [string, string] => [`${base} (${region.slice(0, -3)})`, `${code}-${region.slice(-2)}`]);
		}),
);

/** Kinds of Chinese that no code of language and region stands for. */
const DIALECTS = ['Chinese (Jilu Mandarin, Simplified)', 'Chinese (Northeastern Mandarin, Simplified)', 'Chinese (Zhongyuan Mandarin Henan, Simplified)'];

/** A list as large accounts have it: plain names, regional ones, and some that say something else. */
const LONG = [
	...['English', 'Spanish', 'French', 'Hindi', 'Italian', 'German', 'Polish', 'Portuguese', 'Chinese', 'Japanese', 'Dutch', 'Turkish'],
	...['Korean', 'Danish', 'Arabic', 'Romanian', 'Mandarin', 'Filipino', 'Swedish', 'Indonesian', 'Ukrainian', 'Greek', 'Czech'],
	...['Bulgarian', 'Malay', 'Slovak', 'Croatian', 'Tamil', 'Finnish', 'Russian', 'Basque', 'Catalan', 'Galician'],
	...['Custom Accent English', 'American English', ...CODES.keys(), ...DIALECTS, 'English - Your Accent', 'English - American Accent'],
];

/** A list without plain names. */
const REGIONAL = [...CODES.keys(), ...DIALECTS];

const LISTS = { SHORT, LONG, REGIONAL } as const;
type ListName = keyof typeof LISTS;

function read(given: unknown, list: ListName): string[] | string | undefined {
	const { value, problem } = readLanguages(given, LISTS[list]);
	return problem ?? value;
}

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
		const start = performance.now();
		const { problem = 'holds ' } = list.read(part.repeat(100_000));
		expect(performance.now() - start).toBeLessThan(3_000);
		expect(problem).toMatch(/^holds /);
		expect(problem.length).toBeLessThan(1_000);
	});
});

it('forgets what it was asked before it fills the memory', () => {
	const list = new LanguageList(SHORT);
	for (let at = 0; at < 2_000; at++) expect(list.read(`Spanish${at}`).value).toBeUndefined();
	expect(list.read('Spanish')).toEqual({ value: ['Spanish'] });
});

it('reads many items fast', () => {
	const given = REGIONAL.slice(0, 12).join(', ');
	const start = performance.now();
	for (let item = 0; item < 200; item++) {
		readLanguages(given, REGIONAL);
		readLanguages('pt-BR, de-DE, fr-CA, ja-JP, en-GB, zh-CN, it-IT, es-MX, hi-IN, tr-TR, pl-PL, sv-SE', REGIONAL);
		readLanguages('Spanich, Frnch, Germn', REGIONAL);
	}
	expect(performance.now() - start).toBeLessThan(5_000);
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
