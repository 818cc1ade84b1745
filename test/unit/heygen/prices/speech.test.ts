import fc from 'fast-check';

import { readLanguage } from '../../../../nodes/heygen/prices/languages';
import { speechEstimate } from '../../../../nodes/heygen/prices/speech';
import { onProcessor } from '../../support/cpuTime';

const count = (script: string, language = 'en') => speechEstimate(script, { language }).count;
const pauses = (script: string) => speechEstimate(script, { language: 'en' }).pauseSeconds;
const seconds = (script: string, speed = 1) => speechEstimate(script, { language: 'en', speed }).seconds;

/** A sentence of English words, some shorter and some longer than most. */
const SENTENCE = 'Please read the safety notes before you switch on the machine.';

describe('an estimate', () => {
	it('says what it is made of', () => {
		expect(speechEstimate(`${SENTENCE}<break time="1.5s"/>`)).toEqual({
			seconds: 5.759,
			language: 'en',
			unit: 'words',
			count: 11,
			perMinute: 155,
			pauseSeconds: 1.5,
			isGuessed: true,
			formula: '11 words at 155 a minute, and 1.5 s of pauses = 5.8 s',
		});
	});

	it.each([
		['', {}, '0 words at 140 a minute = 0 s'],
		['Hi', {}, '1 word at 155 a minute = 0.4 s'],
		[SENTENCE, { wordsPerMinute: 120 }, '11 words at 120 a minute = 5.5 s'],
		[SENTENCE, { speed: 1.25 }, '11 words at 155 a minute, at speed 1.25 = 3.4 s'],
		[`<prosody rate="slow">${SENTENCE}</prosody>`, {}, '11 words at 155 a minute, at 0.64 of the pace for its <prosody> tags = 6.7 s'],
		['毎日の会議に時間を取られていませんか。', {}, '18 characters at 320 a minute = 3.4 s'],
		['毎日の会議に時間を取られていませんか。', { charactersPerMinute: 400 }, '18 characters at 400 a minute = 2.7 s'],
		['Hello '.repeat(12).repeat(100), {}, '1,268 words at 155 a minute = 490.8 s'],
	])('%j with %j: %s', (script, options, formula) => {
		expect(speechEstimate(script, options).formula).toBe(formula);
	});

	it.each([0, -1, NaN, Infinity, undefined])('takes the usual pace and speed instead of %p', (nothing) => {
		const odd = { language: 'en', wordsPerMinute: nothing, charactersPerMinute: nothing, speed: nothing };
		expect(speechEstimate(SENTENCE, odd)).toEqual(speechEstimate(SENTENCE, { language: 'en' }));
	});

	it('takes a speed beyond the bounds as the nearest', () => {
		expect(seconds(SENTENCE, 9)).toBe(seconds(SENTENCE, 2));
		expect(seconds(SENTENCE, 0.1)).toBe(seconds(SENTENCE, 0.5));
	});

	it('leaves pauses as they are at any speed', () => {
		expect(seconds('<break time="3s"/>', 2)).toBe(3);
	});
});

describe('pauses between sentences', () => {
	const words = 'We open the app and click on start';

	it.each([
		['one sentence', `${words} ${words}.`, 0],
		['two ordinary sentences', `${words} ${words}. We ${words} ${words}.`, 0],
		['short sentences', 'Hi. Welcome. This is it. Easy, right? Try it! Good luck.', 1.7],
		['lines', 'Hi\nWelcome\nThis is it\nEasy\nTry it\nGood luck', 1.7],
		['paragraphs', 'Hi\n\nWelcome\n\nThis is it\n\nEasy\n\nTry it\n\nGood luck', 3.7],
		['lines that are wrapped', 'we\nopen\nthe\napp\nand', 0],
		['numbers and addresses', 'Version 4.2.1 of www.example.com at 3.50', 0],
		['the end', 'Hi.\n\n', 0],
		['sentences of SSML', '<speak><s>Hi</s><s>Welcome</s><s>This is it</s><s>Easy</s><s>Try it</s><s>Good luck</s></speak>', 1.7],
	])('%s', (_what, script, expected) => {
		expect(pauses(script)).toBeCloseTo(expected, 0.5);
	});

	it('shrink at a higher speed', () => {
		expect(speechEstimate('Hi. You. All. Now.', { language: 'en', speed: 2 }).pauseSeconds).toBeCloseTo(pauses('Hi. You. All. Now.') / 2, 3);
	});
});

describe('as many words as', () => {
	it.each([
		['2026', 'two thousand twenty six'],
		['1984', 'nine teen eight four'],
		['$1,250.50', 'one thousand two hundred fifty dollars fifty'],
		['1.250,50 €', 'one thousand two hundred fifty euros fifty'],
		['85%', 'eighty five percent'],
		['24/7', 'twenty four seven'],
		['9:30', 'nine thirty'],
		['10-20', 'ten to twenty'],
		['4.2', 'four point two'],
		['007', 'oh oh seven'],
		['2026-05-14', 'on May the four two thousand twenty six'],
		['+49 30 1234567', 'plus four nine thirty one two three four five six seven'],
		['#1', 'number one'],
		['R&D', 'our and dee'],
		['5kg', 'five kilos'],
		['the 1st', 'the first'],
		['www.example.com', 'the double u web dot example dot come'],
		['help@example.com', 'help at example dot come'],
		['GDPR', 'gee dee pear'],
		['GmbH', 'gee em bee'],
		['3 < 5', 'three less than five'],
		['125 000', 'one hundred twenty five thousand'],
		['125,000', 'one hundred twenty five thousand'],
		['030 123 456', 'oh three oh one hundred twenty three four hundred fifty six'],
		['٢٠٢٦', 'two thousand twenty six'],
		['２０２６', 'two thousand twenty six'],
		['**Bold** _and_ `code`', 'bold and code'],
		['# Title\n- first\n- second', 'title first second'],
		['Great 🎉👩‍🚀 news™', 'great news'],
		['It’s', "It's"],
	])('%s: %s', (written, spoken) => {
		expect(Math.abs(count(`So ${written}`) - count(`So ${spoken}`))).toBeLessThanOrEqual(1);
	});

	it.each([
		['BUY NOW AND SAVE MONEY TODAY', 'buy now and save money today', 3],
		['NATO', 'Nato', 0],
	])('capitals that are read: %s', (capitals, small, more) => {
		expect(count(capitals) - count(small)).toBeLessThanOrEqual(more);
	});

	it('a long compound is more than one word', () => {
		expect(count('Datenschutzgrundverordnung', 'de')).toBe(3);
	});

	it.each([
		['2026年', 'ja', 7, 9],
		['2026年', 'zh', 6, 6],
		['85%', 'zh', 5, 6],
		['125,000円', 'ja', 8, 9],
		['PDFで保存できる', 'ja', 10, 11],
	])('%s in %s is %i to %i characters', (script, language, from, to) => {
		expect(count(script, language)).toBeGreaterThanOrEqual(from);
		expect(count(script, language)).toBeLessThanOrEqual(to);
	});
});

describe('marks', () => {
	it.each([
		['<break time="1.5s"/>', 1.5],
		["<break time='500ms' />", 0.5],
		['<break time="2"/>', 2],
		['<break/>', 0.75],
		['<break strength="strong"/>', 1],
		['<break strength="none"/>', 0],
		['<break time="soon"/>', 0.75],
		['<BREAK TIME="1s"></BREAK>', 1],
		['<#0.5#>', 0.5],
		['[pause 2s]', 2],
		['[pause: 500ms]', 0.5],
		['[pause]', 1],
		['[long pause]', 2],
		['[laughs]', 0],
		['(pause)', 0],
		['[Pause]', 0],
		['a < b and c > d', 0],
		['<!-- <break time="9s"/> -->', 0],
		['<break time="0.1s"/><break time="0.2s"/>', 0.3],
	])('%j pauses for %d s', (script, expected) => {
		expect(pauses(script)).toBeCloseTo(expected, 9);
	});

	it.each([
		['<speak><p><s>Hello my friend</s></p></speak>', 'Hello my friend'],
		['<?xml version="1.0"?><!DOCTYPE speak><speak xml:lang="en-US">Hello my friend</speak>', 'Hello my friend'],
		['Hello <!-- not this one --> friend', 'Hello friend'],
		['<![CDATA[Hello my <friend>]]>', 'Hello my friend'],
		['<sub alias="World Wide Web Consortium">W3C</sub> rules', 'World Wide Web Consortium rules'],
		['<sub alias="one">two three four five', 'one two three four five'],
		['caf&#233; caf&#xE9; R&amp;D', 'café café R&D'],
		['<say-as interpret-as="date">March</say-as> <emphasis level="strong">now</emphasis>', 'March now'],
		['[laughs] That is [whispers softly] funny', 'That is funny'],
		['<mstts:express-as style="sad">No</mstts:express-as>', 'No'],
	])('%s is spoken as %s', (script, spoken) => {
		expect(count(script)).toBe(count(spoken));
	});

	it('of other kinds are text', () => {
		expect(count('if x <y and more> z')).toBe(count('if x y and more z'));
		expect(count('Dear [Name], hello')).toBe(count('Dear Name, hello'));
		expect(count('(pause) hello')).toBe(count('pause hello'));
	});

	it('spell', () => {
		expect(count('<say-as interpret-as="characters">hello</say-as>')).toBe(3);
		expect(count('<say-as interpret-as="telephone">12345</say-as>')).toBe(5);
	});

	it.each([
		['slow', 1 / 0.64],
		['x-fast', 1 / 2],
		['80%', 1 / 0.8],
		['1.2', 1 / 1.2],
		['+10%', 1 / 1.1],
		['-50%', 2],
		['0', 5],
		['rather quick', 1],
	])('a rate of %s makes %d of the time', (rate, factor) => {
		expect(seconds(`<prosody rate="${rate}">${SENTENCE}</prosody>`)).toBeCloseTo(seconds(SENTENCE) * factor, 2);
	});

	it('rates within rates are multiplied, and end', () => {
		const nested = `<prosody rate="2"><prosody rate="0.5">${SENTENCE}</prosody></prosody></prosody> ${SENTENCE}`;
		expect(seconds(nested)).toBeCloseTo(seconds(`${SENTENCE} ${SENTENCE}`), 2);
	});
});

describe('the language', () => {
	it.each([
		['en', 'en'],
		['EN', 'en'],
		[' en-US ', 'en'],
		['en_us', 'en'],
		['eng', 'en'],
		['English', 'en'],
		['English (United States)', 'en'],
		['US English', 'en'],
		['Deutsch', 'de'],
		['German', 'de'],
		['Allemand', 'de'],
		['Japanese', 'ja'],
		['日本語', 'ja'],
		['中文', 'zh'],
		['zh-Hans-CN', 'zh'],
		['zh_TW', 'zh'],
		['Chinese (Mandarin, Simplified)', 'zh'],
		['Chinese (Cantonese, Traditional)', 'yue'],
		['zh-HK', 'zh'],
		['Norwegian Bokmål (Norway)', 'nb'],
		['no', 'nb'],
		['Filipino (Philippines)', 'fil'],
		['iw', 'he'],
		['Malay (Malaysia)', 'ms'],
		['Klingon', 'und'],
		['tlh', 'und'],
		['und', 'und'],
		['Multilingual', undefined],
		['Auto', undefined],
		['', undefined],
		['  ', undefined],
		[null, undefined],
		[undefined, undefined],
	])('%j reads as %p', (given, expected) => {
		expect(readLanguage(given)).toEqual({ value: expected });
	});

	it.each([[7], [true], [{ code: 'en' }], [['en']], ['12345'], ['?'], ['x'.repeat(100)], ['en\uD800']])('%j is refused', (given) => {
		expect(readLanguage(given).problem).toMatch(/^must be a language, such as "en", "en-US" or "English", but it is /);
	});

	it.each([
		['Please read this before you start.', 'en'],
		['Northwind Kubernetes', 'en'],
		['Bitte lesen Sie das, bevor Sie beginnen.', 'de'],
		['Veuillez lire ceci avant de commencer.', 'fr'],
		['Por favor, lea esto antes de empezar con la máquina.', 'es'],
		['Si prega di leggere questo prima di iniziare.', 'it'],
		['Por favor, leia isto antes de começar com a máquina, não depois.', 'pt'],
		['Lees dit voordat je met de machine begint.', 'nl'],
		['Läs detta innan du börjar med maskinen och inte efter.', 'sv'],
		['Przeczytaj to, zanim zaczniesz, i nie po tym.', 'pl'],
		['Lue tämä ennen kuin aloitat, se on tärkeää.', 'fi'],
		['Başlamadan önce bunu okuyun ve sonra da saklayın.', 'tr'],
		['Прочитайте это, прежде чем начать, и сохраните.', 'ru'],
		['Прочитайте це, перш ніж почати, її збережіть.', 'uk'],
		['Прочетете това, преди да започнете, то е на български език: ъгъл.', 'bg'],
		['اقرأ هذا قبل أن تبدأ', 'ar'],
		['קראו את זה לפני שתתחילו', 'he'],
		['शुरू करने से पहले इसे पढ़ें', 'hi'],
		['আপনি শুরু করার আগে এটি পড়ুন', 'bn'],
		['โปรดอ่านก่อนเริ่ม', 'th'],
		['始める前にお読みください', 'ja'],
		['国土交通省関東地方整備局は首都高速道路改修工事計画を発表した', 'ja'],
		['鮮の每日 新鲜水果配送服务', 'zh'],
		['Pick a plan: Basic, Team or Business', 'en'],
		['开始之前请阅读', 'zh'],
		['시작하기 전에 읽어 주세요', 'ko'],
		['Διαβάστε αυτό πριν ξεκινήσετε', 'el'],
		['新製品のGoogle Workspaceをご紹介します', 'ja'],
		['12345', 'und'],
		['', 'und'],
	])('of %j is told by the script: %s', (script, language) => {
		const estimate = speechEstimate(script);
		expect(estimate.language).toBe(language);
		expect(estimate.isGuessed).toBe(language !== 'und');
	});

	it('that is given is not guessed', () => {
		expect(speechEstimate('Hallo', { language: 'de-DE' })).toMatchObject({ language: 'de', isGuessed: false });
		expect(speechEstimate('Bitte lesen Sie das.', { language: '' })).toMatchObject({ language: 'de', isGuessed: true });
		expect(speechEstimate('Bitte lesen Sie das.', { language: 'Klingon' })).toMatchObject({ language: 'und', isGuessed: false });
	});

	it('each writing has its own pace', () => {
		const brand = 'Google Workspace Enterprise';
		const japanese = '新製品をご紹介します。';
		const apart = seconds(brand) + speechEstimate(japanese, { language: 'ja' }).seconds;
		expect(speechEstimate(`${japanese} ${brand}`, { language: 'ja' }).seconds).toBeCloseTo(apart, 0);
		expect(speechEstimate(japanese, { language: 'en' }).seconds).toBeCloseTo(speechEstimate(japanese, { language: 'zh' }).seconds, -1);
	});
});

describe('for any text', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 200 }),
		fc.string({ unit: 'grapheme', maxLength: 200 }),
		fc
			.array(fc.constantFrom('<', '>', '&', '[', ']', '/', '"', '<break', ' time="1s"', '<prosody rate="', '<sub alias="x">', '</sub>', '#', '1,2', '.', '-', 'AB', 'a@b.de', '語', 'か', '½', '<!--', '&#65;'))
			.map((pieces) => pieces.join('')),
	);

	it('the time is a number that is not below 0, in whole milliseconds', () => {
		fc.assert(
			fc.property(text, fc.constantFrom(undefined, 'en', 'ja', 'th', 'und'), fc.double(), (script, language, speed) => {
				const estimate = speechEstimate(script, { language, speed });
				expect(Number.isFinite(estimate.seconds) && estimate.seconds >= 0).toBe(true);
				expect(Number(estimate.seconds.toFixed(3))).toBe(estimate.seconds);
				expect(Number.isInteger(estimate.count) && estimate.count >= 0).toBe(true);
			}),
		);
	});

	it('more words take more time', () => {
		fc.assert(
			fc.property(text, fc.constantFrom('en', 'de', 'ja', 'zh'), (script, language) => {
				const more = speechEstimate(`${script} and four more words`, { language });
				expect(more.seconds).toBeGreaterThanOrEqual(speechEstimate(script, { language }).seconds);
			}),
		);
	});

	it('a higher speed takes less time', () => {
		fc.assert(fc.property(text, (script) => expect(seconds(script, 2)).toBeLessThanOrEqual(seconds(script, 1))));
	});

	it('a break adds its length', () => {
		fc.assert(
			fc.property(text, fc.nat(60_000), (script, length) => {
				// A mark that is left open would take the break in.
				fc.pre(!/[<&[]/.test(script));
				expect(seconds(`${script}<break time="${length}ms"/>`) - seconds(script)).toBeCloseTo(length / 1_000, 9);
			}),
		);
	});
});

describe('a long text', () => {
	it.each([
		['words', 'word '],
		['openings', '<'],
		['tags that do not end', '<a'],
		['tags without an end and a blank', '<a b="'],
		['comments that do not end', '<!--'],
		['CDATA that does not end', '<![CDATA['],
		['breaks', '<break time="1s"/>'],
		['replacements', '<sub alias="a">'],
		['rates', '<prosody rate="slow">'],
		['brackets', '[pause '],
		['entities', '&#'],
		['digits', '1'],
		['grouped digits', '1,234'],
		['digits in groups', '1 234 '],
		['many groups', ' 234'],
		['addresses', 'a@'],
		['points', 'a.'],
		['capitals', 'AB '],
		['stops', '. A'],
		['characters', '語'],
		['blanks', ' '],
	])('of %s takes no time', (_what, piece) => {
		const script = piece.repeat(Math.ceil(200_000 / piece.length));
		speechEstimate(script.slice(0, 5_000));
		// Some 10 ms. A square of the length would be seconds.
		expect(onProcessor(() => speechEstimate(script)).cpuMs).toBeLessThan(1_000);
	});
});
