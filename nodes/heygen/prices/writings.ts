import { UNKNOWN } from './pace';

/** Which writing a character belongs to, and which language a script is in. */

/** A writing, by the four letters of ISO 15924. Zyyy is any other. */
export type Writing =
	| 'Latn'
	| 'Grek'
	| 'Cyrl'
	| 'Hebr'
	| 'Arab'
	| 'Deva'
	| 'Beng'
	| 'Guru'
	| 'Gujr'
	| 'Taml'
	| 'Telu'
	| 'Knda'
	| 'Mlym'
	| 'Sinh'
	| 'Thai'
	| 'Laoo'
	| 'Mymr'
	| 'Khmr'
	| 'Hang'
	| 'Kana'
	| 'Hani'
	| 'Zyyy';

/** First and last character of each block, in the order of their codes. */
const BLOCKS: ReadonlyArray<readonly [from: number, to: number, writing: Writing]> = [
	[0x41, 0x24f, 'Latn'],
	[0x370, 0x3ff, 'Grek'],
	[0x400, 0x52f, 'Cyrl'],
	[0x590, 0x5ff, 'Hebr'],
	[0x600, 0x77f, 'Arab'],
	[0x8a0, 0x8ff, 'Arab'],
	[0x900, 0x97f, 'Deva'],
	[0x980, 0x9ff, 'Beng'],
	[0xa00, 0xa7f, 'Guru'],
	[0xa80, 0xaff, 'Gujr'],
	[0xb80, 0xbff, 'Taml'],
	[0xc00, 0xc7f, 'Telu'],
	[0xc80, 0xcff, 'Knda'],
	[0xd00, 0xd7f, 'Mlym'],
	[0xd80, 0xdff, 'Sinh'],
	[0xe00, 0xe7f, 'Thai'],
	[0xe80, 0xeff, 'Laoo'],
	[0x1000, 0x109f, 'Mymr'],
	[0x1100, 0x11ff, 'Hang'],
	[0x1780, 0x17ff, 'Khmr'],
	[0x1e00, 0x1eff, 'Latn'],
	[0x1f00, 0x1fff, 'Grek'],
	[0x3005, 0x3007, 'Hani'],
	[0x3040, 0x30ff, 'Kana'],
	[0x3130, 0x318f, 'Hang'],
	[0x31f0, 0x31ff, 'Kana'],
	[0x3400, 0x9fff, 'Hani'],
	[0xac00, 0xd7af, 'Hang'],
	[0xf900, 0xfaff, 'Hani'],
	[0xfb1d, 0xfb4f, 'Hebr'],
	[0xfb50, 0xfdff, 'Arab'],
	[0xfe70, 0xfefe, 'Arab'],
	[0x20000, 0x323af, 'Hani'],
];

/**
 * The writing of a letter.
 *
 * @param code its code point
 */
export function writingOf(code: number): Writing {
	// Most letters are Latin.
	if (code >= 0x41 && code <= 0x24f) return 'Latn';
	for (const [from, to, writing] of BLOCKS) if (code <= to) return code >= from ? writing : 'Zyyy';
	return 'Zyyy';
}

/** The language that most texts in a writing are in, unless something says otherwise. */
const USUAL: Readonly<Record<Writing, string>> = {
	Latn: 'en',
	Grek: 'el',
	Cyrl: 'ru',
	Hebr: 'he',
	Arab: 'ar',
	Deva: 'hi',
	Beng: 'bn',
	Guru: 'pa',
	Gujr: 'gu',
	Taml: 'ta',
	Telu: 'te',
	Knda: 'kn',
	Mlym: 'ml',
	Sinh: 'si',
	Thai: 'th',
	Laoo: 'lo',
	Mymr: 'my',
	Khmr: 'km',
	Hang: 'ko',
	Kana: 'ja',
	Hani: 'zh',
	Zyyy: UNKNOWN,
};

/** The writings of languages that are not written in Latin letters; all other languages are. */
const WRITTEN_IN: ReadonlyMap<string, readonly Writing[]> = new Map([
	['ja', ['Kana', 'Hani']],
	['yue', ['Hani']],
	['ru', ['Cyrl']],
	['uk', ['Cyrl']],
	['bg', ['Cyrl']],
	['mk', ['Cyrl']],
	['kk', ['Cyrl', 'Latn']],
	['sr', ['Cyrl', 'Latn']],
	['bs', ['Latn', 'Cyrl']],
	['fa', ['Arab']],
	['ur', ['Arab']],
	['mr', ['Deva']],
	['ne', ['Deva']],
	...Object.entries(USUAL)
		.filter(([writing, language]) => !['Latn', 'Cyrl', 'Kana', 'Zyyy'].includes(writing) && language !== UNKNOWN)
		.map(([writing, language]): [string, Writing[]] => [language, [writing as Writing]]),
]);

/**
 * The language whose pace letters of a writing have, in a script of some language: English words within a Japanese script
 * are spoken as English.
 *
 * @param writing of the letters
 * @param language of the script
 */
export function languageIn(writing: Writing, language: string): string {
	if (language === UNKNOWN && writing === 'Latn') return UNKNOWN;
	return (WRITTEN_IN.get(language) ?? ['Latn']).includes(writing) ? language : USUAL[writing];
}

/** How much a character of a writing weighs against a Latin letter, by how long it takes to speak. */
const WEIGHTS: Partial<Record<Writing, number>> = { Hani: 3, Kana: 2, Hang: 2.5 };

/** Characters of a script that tell its language: a longer one says nothing new. */
const ENOUGH = 5_000;

/**
 * The writing that most of a script is in; undefined when it has no letters. Kana beside Han is Japanese.
 *
 * @param text what is spoken of the script
 */
export function mainWriting(text: string): Writing | undefined {
	const sums = new Map<Writing, number>();
	const start = text.slice(0, ENOUGH);
	for (const character of start) {
		if (!LETTER.test(character)) continue;
		const writing = writingOf(character.codePointAt(0) ?? 0);
		sums.set(writing, (sums.get(writing) ?? 0) + (WEIGHTS[writing] ?? 1));
	}
	const kana = sums.get('Kana') ?? 0;
	// Officialese has few kana. In a Chinese text, "の" is an ornament.
	if (kana * (ORNAMENT_ONLY.test(start) ? 10 : 40) > (sums.get('Hani') ?? 0)) {
		sums.set('Kana', kana + (sums.get('Hani') ?? 0));
		sums.delete('Hani');
	}
	return [...sums].sort(([, a], [, b]) => b - a)[0]?.[0];
}

const LETTER = /\p{L}/u;

const ORNAMENT_ONLY = /^[^\u3040-\u306D\u306F-\u30FF]*$/;

/**
 * The language that most texts in a writing are in.
 *
 * @param writing any
 */
export function usualLanguage(writing: Writing): string {
	return USUAL[writing];
}
