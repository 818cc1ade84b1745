import fc from 'fast-check';

import { readChoice, readFlag, readLabel, readNumber, readText } from '../../../../nodes/heygen/values/plain';
import { hasHalfCharacter, isBlank, shown, trimBlank, trimEndOf } from '../../../../nodes/heygen/values/text';

/** Every form of nothing. */
const NOTHINGS = [undefined, null, '', ' ', '\t\r\n', '\u00A0', '\u200B\uFEFF'];

/** Values of kinds that no field takes. */
const ODD = [{}, [], { a: 1 }, [1], () => 1, Symbol('s'), new Date(NaN), NaN, Infinity, -Infinity];

/** An object that holds itself. */
const CIRCLE: Record<string, unknown> = {};
CIRCLE.self = CIRCLE;

describe('text without blanks around it', () => {
	it.each([
		[' a ', 'a'],
		['\uFEFFa\u200B\r\n', 'a'],
		['\u202Aa b\u202C', 'a b'],
		['\u00ADa\u2060', 'a'],
		['\u2068a\u2069', 'a'],
		['\u061Ca\u3164', 'a'],
		['\u2066\u2069\u2800\uFFA0', ''],
		['   ', ''],
		['', ''],
		['a', 'a'],
	])('of %j is %j', (given, expected) => {
		expect(trimBlank(given)).toBe(expected);
		expect(isBlank(given)).toBe(expected === '');
	});

	it('drops certain characters at the end', () => {
		expect(trimEndOf('a/b///', '/')).toBe('a/b');
		expect(trimEndOf('Stop. . .\n', '. \n')).toBe('Stop');
		expect(trimEndOf('///', '/')).toBe('');
	});

	it('takes megabytes of blanks that end in something else', () => {
		const blanks = ' '.repeat(2_000_000);
		expect(trimBlank(`x${blanks}x${blanks}`)).toHaveLength(2_000_002);
		expect(trimEndOf(`${'/'.repeat(2_000_000)}x`, '/')).toHaveLength(2_000_001);
	});
});

describe('half a character', () => {
	it.each([
		['😀'.slice(0, 1), true],
		[`a${'😀'.slice(1)}b`, true],
		['😀', false],
		['👩‍👩‍👧', false],
		['ä€', false],
		['', false],
	])('in %j: %j', (text, expected) => {
		expect(hasHalfCharacter(text)).toBe(expected);
	});
});

describe('a value in a message', () => {
	it.each<[unknown, string]>([
		['abc', '"abc"'],
		['a\nb\0', '"a b�"'],
		['😀'.slice(0, 1), '"�"'],
		['x'.repeat(61), `"${'x'.repeat(60)}…"`],
		['😀'.repeat(60), `"${'😀'.repeat(60)}"`],
		[7, '"7"'],
		[NaN, '"NaN"'],
		[10n, '"10"'],
		[true, '"true"'],
		[undefined, '"undefined"'],
		[null, '"null"'],
		[{ id: 7 }, '{"id":7}'],
		[['a'], '["a"]'],
		[CIRCLE, 'an object'],
		[new Map(), 'an object'],
	])('%p is %s', (given, expected) => {
		expect(shown(given)).toBe(expected);
	});

	it('is short, and can be stored, whatever it is', () => {
		fc.assert(
			fc.property(fc.anything(), (given) => {
				const text = shown(given);
				expect(text.length).toBeLessThan(130);
				expect(hasHalfCharacter(text)).toBe(false);
				expect(text).not.toMatch(/\p{Cc}/u);
			}),
		);
	});
});

describe('true and false', () => {
	const words = {
		true: ['true', 'TRUE', 'True', ' yes ', 'YES', 'on', 'On\n', '1', ' 1', 1, 1n, true],
		false: ['false', 'FALSE', 'no', 'No', 'off', '\tOFF', '0', 0, -0, 0n, false],
	};

	it.each(words.true)('%p is true', (given) => {
		expect(readFlag(given)).toEqual({ value: true });
	});

	it.each(words.false)('%p is false', (given) => {
		expect(readFlag(given)).toEqual({ value: false });
	});

	it.each(NOTHINGS)('%p is nothing', (given) => {
		expect(readFlag(given)).toEqual({ value: undefined });
	});

	it.each([...ODD, 'maybe', 'truee', 'not true', '2', 2, -1, 0.5, '1.0', 'null', 'undefined', 'yes no'])('%p is neither', (given) => {
		const takes = 'must be true or false (yes, no, on, off, 1 and 0 are taken too), but it is';
		expect(readFlag(given)).toEqual({ problem: `${takes} ${shown(given)}` });
	});
});

describe('a number', () => {
	it.each<[unknown, number]>([
		[10, 10],
		['10', 10],
		['10 ', 10],
		['\uFEFF10\r\n', 10],
		['+1.5', 1.5],
		['-5', -5],
		['.5', 0.5],
		['10.', 10],
		['10.0', 10],
		['1e3', 1_000],
		['1E-2', 0.01],
		[10n, 10],
		['007', 7],
	])('%p is %d', (given, value) => {
		expect(readNumber(given)).toEqual({ value });
	});

	it.each(NOTHINGS)('%p is nothing', (given) => {
		expect(readNumber(given, { min: 1 })).toEqual({ value: undefined });
	});

	it.each([...ODD, 'abc', '1,5', '1.000,5', '1 000', '1_000', '0x10', '10 minutes', '5%', '1e999', '--1', '.', 'NaN', 'Infinity', true, false, '10\0'])(
		'%p is none, and is told',
		(given) => {
			expect(readNumber(given)).toEqual({ problem: `must be a number, but it is ${shown(given)}` });
		},
	);

	it.each([
		[{ min: 1, whole: true }, [1, '7', 10.0, '10.0', 1e6], [0, -1, 1.5, '0.5', 'abc'], 'a whole number of 1 or more'],
		[{ min: 0 }, [0, '0', 0.5], [-0.1, '-1'], 'a number of 0 or more'],
		[{ above: 0 }, [0.001, '5'], [0, '0', -1], 'a number above 0'],
		[{ min: 0.5, max: 1.5 }, [0.5, 1.5, '1'], [0.49, 1.51], 'a number from 0.5 to 1.5'],
	])('of the range %j', (range, fits, others, takes) => {
		for (const given of fits) expect(readNumber(given, range)).toEqual({ value: Number(given) });
		for (const given of others) expect(readNumber(given, range)).toEqual({ problem: `must be ${takes}, but it is ${shown(given)}` });
	});
});

describe('one of some words', () => {
	const words = ['mp4', 'webm', 'top_left', '16:9', '4k', '1080p', 'eleven_multilingual_v2'] as const;

	it.each([
		['mp4', 'mp4'],
		['MP4 ', 'mp4'],
		['\nWebM', 'webm'],
		['Top Left', 'top_left'],
		['top-left', 'top_left'],
		['16 : 9', '16:9'],
		['4K', '4k'],
		['Eleven Multilingual V2', 'eleven_multilingual_v2'],
	])('%p is %s', (given, value) => {
		expect(readChoice(given, words)).toEqual({ value });
	});

	it.each(NOTHINGS)('%p is nothing', (given) => {
		expect(readChoice(given, words)).toEqual({ value: undefined });
	});

	it.each([...ODD, 'avi', 'mp4 webm', 1080, true])('%p is none of them', (given) => {
		expect(readChoice(given, words)).toEqual({ problem: `must be one of ${words.join(', ')}, but it is ${shown(given)}` });
	});

	it('takes a number that is one of them', () => {
		expect(readChoice(720, ['720', '1080'])).toEqual({ value: '720' });
	});

	it('does not guess between words that are alike, but takes the one that is meant exactly', () => {
		expect(readChoice('A-b', ['a_b', 'ab'])).toMatchObject({ problem: expect.any(String) as string });
		expect(readChoice('ab ', ['a_b', 'ab'])).toEqual({ value: 'ab' });
	});
});

describe('text', () => {
	it.each<[unknown, string]>([
		[' Hello\n', ' Hello\n'],
		['<b>😀</b>', '<b>😀</b>'],
		[42, '42'],
		[10n, '10'],
	])('%p goes as it is', (given, value) => {
		expect(readText(given)).toEqual({ value });
		expect(readLabel(given)).toEqual({ value: value.trim() });
	});

	it.each(NOTHINGS)('%p is nothing', (given) => {
		expect(readText(given)).toEqual({ value: undefined });
		expect(readLabel(given)).toEqual({ value: undefined });
	});

	it.each([{}, { a: 1 }, ['a'], true, () => 1])('%p is none', (given) => {
		expect(readText(given)).toEqual({ problem: `must be text, but it is ${shown(given)}` });
	});

	it('is not sent with half a character in it', () => {
		expect(readText('Hi 😀'.slice(0, 4))).toEqual({ problem: expect.stringMatching(/^holds half a character/) as string });
	});
});

describe('text of what is no text', () => {
	it.each([NaN, Infinity, -Infinity, new Date(NaN)])('is not made of %p', (given) => {
		expect(readText(given).problem).toMatch(/^must be text, but it is /);
		expect(readLabel(given).problem).toMatch(/^must be text, but it is /);
	});

	it.each(['Hello [object Object]', '[object Object]', 'a [object Promise] b', '[object Array]'])('is not what is left of a record: %j', (given) => {
		expect(readText(given).problem).toMatch(/^holds "\[object Object\]", which is all that is left of a record/);
	});

	it.each(['#N/A', ' #REF!\n', '#DIV/0!', '#NAME?', '#ERROR!', '#NV'])('is not the error of a sheet: %j', (given) => {
		const problem = `holds "${given.trim()}", which is what a sheet shows for a formula that has failed`;
		expect(readText(given)).toEqual({ problem });
		expect(readLabel(given)).toEqual({ problem });
	});

	it.each(['The cell shows #N/A.', '#WINNER!', '#na', 'N/A', '#N/A #N/A'])('may say %j', (given) => {
		expect(readText(given)).toEqual({ value: given });
	});

	it.each(['the [object oriented] way', '[object]', '[objects]'])('may say %j', (given) => {
		expect(readText(given)).toEqual({ value: given });
	});

	it('is made of a moment, n8n\'s own or that of JavaScript', () => {
		const luxon = { toISO: () => '2026-11-27T10:00:00.000+01:00' };
		expect(readText(luxon)).toEqual({ value: '2026-11-27T10:00:00.000+01:00' });
		expect(readText(new Date(0))).toEqual({ value: '1970-01-01T00:00:00.000Z' });
		expect(readText({ toISO: () => null }).problem).toMatch(/^must be text/);
		expect(readText({ toISO: 'x' }).problem).toMatch(/^must be text/);
	});
});

describe('a choice by the name that the editor shows', () => {
	const words = ['srt', 'burnedIn', 'none'];
	const names = ['Subtitle File', 'Subtitle File and Burned In', 'srt'];

	it.each([
		['Subtitle File and Burned In', 'burnedIn'],
		['subtitle file', 'srt'],
		['burnedin', 'burnedIn'],
		// The API's own word wins over another one's name.
		['srt', 'srt'],
		['SRT', 'srt'],
	])('%j is %j', (given, value) => {
		expect(readChoice(given, words, names)).toEqual({ value });
	});

	it('is refused when it is none', () => {
		expect(readChoice('Subtitles', words, names).problem).toBe('must be one of srt, burnedIn, none, but it is "Subtitles"');
	});
});
