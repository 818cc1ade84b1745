/** Lists of languages as accounts have them, for the tests of what is read by them. */
import { readLanguages } from '../../../nodes/heygen/languages/languageList';

/** A list with a few plain names, and regions in short. */
export const SHORT = [
	...['English', 'English (UK)', 'English (US)', 'English (Australia)', 'Spanish', 'Spanish (Mexico)', 'Spanish (Spain)', 'French'],
	...['French (Canada)', 'French (France)', 'German', 'Portuguese', 'Portuguese (Brazil)', 'Portuguese (Portugal)'],
	...['Chinese (Mandarin, Simplified)', 'Chinese (Cantonese, Traditional)', 'Chinese (Taiwanese Mandarin, Traditional)'],
	...['Norwegian Bokmål (Norway)', 'Filipino (Philippines)', 'Albanian (Albania)', 'Arabic (Egypt)', 'Serbian (Latin, Serbia)'],
	...['Bosnian (Bosnia and Herzegovina)', 'Persian (Iran)', 'Swahili (Tanzania)', 'Burmese (Myanmar)', 'Lao (Laos)', 'Korean'],
	...['Mandarin', 'Hindi (India)'],
];

/** Regional names with their codes. */
export const CODES: ReadonlyMap<string, string> = new Map(
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
export const LONG = [
	...['English', 'Spanish', 'French', 'Hindi', 'Italian', 'German', 'Polish', 'Portuguese', 'Chinese', 'Japanese', 'Dutch', 'Turkish'],
	...['Korean', 'Danish', 'Arabic', 'Romanian', 'Mandarin', 'Filipino', 'Swedish', 'Indonesian', 'Ukrainian', 'Greek', 'Czech'],
	...['Bulgarian', 'Malay', 'Slovak', 'Croatian', 'Tamil', 'Finnish', 'Russian', 'Basque', 'Catalan', 'Galician'],
	...['Custom Accent English', 'American English', ...CODES.keys(), ...DIALECTS, 'English - Your Accent', 'English - American Accent'],
];

/** A list without plain names. */
export const REGIONAL = [...CODES.keys(), ...DIALECTS];

export const LISTS = { SHORT, LONG, REGIONAL } as const;
export type ListName = keyof typeof LISTS;

/** Reads languages by one of the lists. @returns the names, or what is wrong */
export function readFromList(given: unknown, list: ListName): string[] | string | undefined {
	const { value, problem } = readLanguages(given, LISTS[list]);
	return problem ?? value;
}
