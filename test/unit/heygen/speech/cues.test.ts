import { cuesOf, srtText, vttText, type Cue } from '../../../../nodes/heygen/speech/cues';
import { readSrt } from '../../../../nodes/heygen/srt/readSrt';
import { parsed } from '../../support/srtSamples';
import { heard } from './heard';

const texts = (cues: readonly Cue[]) => cues.map(({ text }) => text);
const times = (cues: readonly Cue[]) => cues.map(({ from, to }) => [from, to]);

/** The subtitles of a text whose words are heard in lower case and without signs. */
const subtitles = (source: string) => texts(cuesOf(heard(source), source));

describe('cues', () => {
	it('have the words of the text, its case and its signs', () => {
		expect(subtitles('Welcome to the “new” store, Dr. Smith! It’s (really) great – isn\'t it?')).toEqual([
			'Welcome to the “new” store, Dr. Smith!',
			'It’s (really) great – isn\'t it?',
		]);
	});

	it('end with sentences, and within long ones behind commas and before conjunctions', () => {
		const source =
			'You can find all of our products in one place, and we ship them for free because we want every customer to be happy with what they buy. So have a look at them today.';
		expect(subtitles(source)).toEqual([
			'You can find all of our products in\none place, and we ship them for free',
			'because we want every customer\nto be happy with what they buy.',
			'So have a look at them today.',
		]);
	});

	it('end before silences, wherever they are', () => {
		const words = [
			{ word: 'we', start: 0, end: 0.3 },
			{ word: 'wait', start: 0.4, end: 0.8 },
			{ word: 'and', start: 1.7, end: 1.9 },
			{ word: 'see', start: 2.7, end: 3 },
		];
		expect(cuesOf(words, 'We wait and see.')).toEqual([
			{ from: 0, to: 1_000, text: 'We wait' },
			{ from: 1_700, to: 3_000, text: 'and see.' },
		]);
	});

	it('hold several sentences that are very short', () => {
		expect(subtitles('Yes. No. Well. Maybe we should ask somebody else.')).toEqual(['Yes. No. Well.', 'Maybe we should ask somebody else.']);
	});

	it('are shown for a second where the next one leaves it, and for seven at most', () => {
		const words = [
			{ word: 'one', start: 0, end: 0.2 },
			{ word: 'two', start: 1.1, end: 1.2 },
			{ word: 'three', start: 5, end: 60 },
			{ word: 'four', start: 70, end: 70 },
		];
		expect(times(cuesOf(words, ''))).toEqual([
			[0, 1_000],
			[1_100, 2_100],
			[5_000, 12_000],
			[70_000, 71_000],
		]);
	});

	it('are cut by the time when somebody speaks slowly', () => {
		const words = heard('One two three four five six seven eight nine ten.', { length: 1.5 });
		for (const { from, to } of cuesOf(words, '')) expect(to - from).toBeLessThanOrEqual(7_000);
	});

	it('begin and end in order, even where all words are spoken at once', () => {
		const words = Array.from({ length: 60 }, (_, at) => ({ word: `word${at}`, start: 1, end: 1 }));
		const cues = cuesOf(words, '');
		expect(texts(cues).join(' ').split(/\s/)).toHaveLength(60);
		let last = 1_000;
		for (const { from, to } of cues) {
			expect(from).toBeGreaterThanOrEqual(last);
			expect(to).toBeGreaterThan(from);
			last = to;
		}
	});

	it('take their words in any order, and without the marks of the voice', () => {
		const words = [
			{ word: 'you', start: 0.5, end: 0.9 },
			{ word: '<end>', start: 0.9, end: 0.9 },
			{ word: 'hello', start: 0.1, end: 0.5 },
			{ word: '<start>', start: 0, end: 0 },
		];
		expect(cuesOf(words, 'Hello, you!')).toEqual([{ from: 100, to: 1_100, text: 'Hello, you!' }]);
	});

	it('are none without words', () => {
		expect(cuesOf([], 'Hello')).toEqual([]);
		expect(srtText([])).toBe('');
		expect(vttText([])).toBe('WEBVTT\n');
	});
});

describe('words that are not those of the text', () => {
	it.each<[what: string, words: string, source: string, lines: string]>([
		['keep their own spelling', 'in twenty twenty six we go', 'In 2026 we go.', 'In twenty twenty six we go.'],
		['take the signs in their place', 'in “twenty twenty six then we go', 'In “2026”, then we go.', 'In “twenty twenty six”, then we go.'],
		['take the end of the sentence', 'in twenty twenty six', 'In 2026.', 'In twenty twenty six.'],
		['stand alone', 'Hello you there', '', 'Hello you there'],
		['have their own signs', 'Hello , you !', '', 'Hello, you!'],
		['are too many', 'we uh go uh home', 'We go home.', 'We uh go uh home.'],
		['are too few', 'we home now', 'We go home, now.', 'We go home, now.'],
		['lack the start', 'go home', '“Please, go home.', '“Please, go home.'],
		['lack the end', 'please go', 'Please go home!', 'Please go home!'],
		['lack a longer stretch', 'please stop', 'Please, one two three four five, stop.', 'Please, stop.'],
		['lack a long start', 'stop', 'One two three four five. “Stop.”', '“Stop.”'],
		['are others altogether', 'one two', 'Three four.', 'one two.'],
		['have lost their signs', 'it costs 35 at examplecom', 'It costs 3.5 at example.com!', 'It costs 3.5 at example.com!'],
		['are parts of a word', 'state of the art', 'State-of-the-art.', 'State-of-the-art.'],
		['are a part of a word each', 'it is 3 5', 'It is 3.5!', 'It is 3.5!'],
		['are written in other letters', 'ＡＢＣ ÉCOLE', 'abc école', 'abc école'],
		['have other apostrophes', "don't 'stop' it's", 'Don’t ‘stop’ it’s.', 'Don’t ‘stop’ it’s.'],
		['are entries of signs', 'Hello , you !', 'Hello – you?!', 'Hello – you?!'],
		['have French signs', 'bonjour dit il entrez', '« Bonjour ! » dit-il. « Entrez. »', '« Bonjour ! » dit-il.|« Entrez. »'],
		['have Spanish signs', 'qué sí', '¿Qué? ¡Sí!', '¿Qué? ¡Sí!'],
		['have lines between them', 'title text here', 'Title\n\n- Text\nhere.', 'Title - Text here.'],
	])('%s', (_what, words, source, lines) => {
		const spoken = words.split(' ').map((word, at) => ({ word, start: at / 4, end: (at + 1) / 4 }));
		const slow = lines.includes('|') ? spoken.map(({ word, start, end }) => ({ word, start: 3 * start, end: 3 * end })) : spoken;
		expect(texts(cuesOf(slow, source))).toEqual(lines.split('|'));
	});

	it('do not throw those behind them off', () => {
		const source = Array.from({ length: 60 }, (_, at) => `Sentence${at} number${at} here.`).join(' ');
		const words = heard(source);
		const other = words.map((word, at) => (at % 7 === 3 ? { ...word, word: 'zzz' } : word));
		expect(texts(cuesOf(other, source)).join(' ').match(/zzz/g)).toHaveLength(other.filter(({ word }) => word === 'zzz').length);
		expect(texts(cuesOf(other, source)).join(' ').match(/Sentence\d+/g)?.length).toBeGreaterThan(45);
	});

	it('find their place in a text of which they are the last part', () => {
		const source = Array.from({ length: 400 }, (_, at) => `Word${at},`).join(' ');
		const last = heard(source).slice(300);
		expect(texts(cuesOf(last, source)).join(' ').replaceAll('\n', ' ')).toBe(source.split(' ').slice(300).join(' '));
	});
});

describe('lines', () => {
	it.each([
		['two of about one length', 'The quick brown fox jumps over the lazy dog today.', ['The quick brown fox jumps\nover the lazy dog today.']],
		['behind a comma', 'When we came home, the light was on everywhere.', ['When we came home,\nthe light was on everywhere.']],
		['Chinese', '今天我们为大家准备了很多优惠活动，希望大家能够喜欢。', ['今天我们为大家准备了很多优惠活动，\n希望大家能够喜欢。']],
		['Japanese', '「はい。」と彼は言った。それから出て行った。', ['「はい。」と彼は言った。', 'それから出て行った。']],
		['Thai', 'สวัสดีครับ วันนี้อากาศดี', ['สวัสดีครับ วันนี้อากาศดี']],
		['Korean', '안녕하세요, 여러분, 반갑습니다! 오늘은 날씨가 좋습니다.', ['안녕하세요, 여러분, 반갑습니다!', '오늘은 날씨가 좋습니다.']],
		['Arabic', 'مرحبا بكم، كيف الحال؟ نحن بخير والحمد لله اليوم.', ['مرحبا بكم، كيف الحال؟', 'نحن بخير والحمد لله اليوم.']],
	])('%s', (_what, source, lines) => {
		expect(subtitles(source)).toEqual(lines);
	});

	it('hold parts of a word that is longer than a line', () => {
		const address = `https://www.example.com/${'path/'.repeat(20)}end`;
		const cues = cuesOf([{ word: address, start: 0, end: 10 }], `See ${address}`);
		expect(texts(cues).join('').replace(/[\n ]/g, '')).toBe(`See${address}`);
		for (const line of texts(cues).join('\n').split('\n')) expect(line.length).toBeLessThanOrEqual(42);
	});
});

describe('files', () => {
	const CUES: Cue[] = [
		{ from: 0, to: 1_500, text: 'Hello <b>you</b>\n& me' },
		{ from: 1_500, to: 3_723_004, text: '1 < 2 --> 3' },
	];

	it('of SRT', () => {
		const text = srtText(CUES);
		expect(text).toBe('1\n00:00:00,000 --> 00:00:01,500\nHello <b>you</b>\n& me\n\n2\n00:00:01,500 --> 01:02:03,004\n1 < 2 → 3\n');
		expect(parsed(text)).toEqual([
			{ start: 0, end: 1_500, text: 'Hello <b>you</b>\n& me' },
			{ start: 1_500, end: 3_723_004, text: '1 < 2 → 3' },
		]);
	});

	it('of WebVTT', () => {
		expect(vttText(CUES)).toBe(
			'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello &lt;b&gt;you&lt;/b&gt;\n&amp; me\n\n00:00:01.500 --> 01:02:03.004\n1 &lt; 2 --&gt; 3\n',
		);
	});

	it.each(['00:00:01,000 --> 00:00:02,000', '00:00:01,000 00:00:02,000', '０：０１：０２，０００ → ０：０１：０３，０００', '1:02:03.5 -> 1:02:04.5', '--> 5'])('of SRT without what looks like times: %s', (line) => {
		const text = srtText([
			{ from: 0, to: 1_000, text: `Start\n${line}` },
			{ from: 1_000, to: 2_000, text: line },
		]);
		expect(readSrt(text)).toEqual({ value: text });
		expect(parsed(text)).toHaveLength(2);
	});
});
