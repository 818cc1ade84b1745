import { readLanguageCode } from '../../../nodes/heygen/languageCode';

/** Languages as requests of post-production write them: by ISO 639-1. */

it.each<[unknown, string | undefined]>([
	['en', 'en'],
	[' EN-us\n', 'en'],
	['zh_Hans_CN', 'zh'],
	['deu', 'de'],
	['German', 'de'],
	['日本語', 'ja'],
	['Portuguese (Brazil)', 'pt'],
	['Cantonese', 'zh'],
	['Filipino', 'tl'],
	['no', 'no'],
	['Norwegian', 'nb'],
	['xx', 'xx'],
	['haw', 'haw'],
	['auto', undefined],
	['Multilingual', undefined],
	[' ', undefined],
	[null, undefined],
])('%j reads as %j', (given, expected) => {
	expect(readLanguageCode(given)).toEqual({ value: expected });
});

it.each([42, true, ['en'], { language: 'en' }, 'Klingonish', '!', 'x'.repeat(200)])('%j is refused', (given) => {
	expect(readLanguageCode(given).problem).toMatch(/^must be a language, such as "en"/);
});
