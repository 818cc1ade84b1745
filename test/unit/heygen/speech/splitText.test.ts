import fc from 'fast-check';

import { splitText } from '../../../../nodes/heygen/speech/splitText';
import { hasHalfCharacter, isBlank, trimBlank } from '../../../../nodes/heygen/values/text';
import { onProcessor } from '../../support/cpuTime';

/** A text without what `trimBlank` drops. */
const bare = (text: string) => [...text].filter((character) => !isBlank(character)).join('');

const FAMILY = '👩‍👩‍👧';

describe('a text is cut', () => {
	it.each<[what: string, text: string, max: number, parts: string[]]>([
		['not at all when it fits', 'Hello. World.', 13, ['Hello. World.']],
		['not for blanks around it', '  Hello. World. \n', 13, ['Hello. World.']],
		['into nothing when it is empty', '', 10, []],
		['into nothing when it is blank', ' \n\u00A0\u200B', 2, []],
		['behind sentences, as many as fit', 'One. Two. Three. Four.', 10, ['One. Two.', 'Three.', 'Four.']],
		['where the blank would be too much', 'Four. Five.', 5, ['Four.', 'Five.']],
		['behind a paragraph near the end', 'One two three four five six seven.\n\nGo. Eight nine ten.', 40, ['One two three four five six seven.', 'Go. Eight nine ten.']],
		['behind a sentence when the paragraph is early', 'One.\n\nFour five six. Five six seven eight.', 22, ['One.\n\nFour five six.', 'Five six seven eight.']],
		['with quotes', 'He said "go." And "no!" Then.', 14, ['He said "go."', 'And "no!"', 'Then.']],
		['not within a name', 'I met Dr. Smith. He is Prof. Lee.', 20, ['I met Dr. Smith.', 'He is Prof. Lee.']],
		['not within numbers and addresses', 'It is 3.5 at www.a.com. Or 1.2 there.', 25, ['It is 3.5 at www.a.com.', 'Or 1.2 there.']],
		['behind a clause', 'One two, three four five six seven', 12, ['One two,', 'three four', 'five six', 'seven']],
		['behind clauses of other writings', '我们今天去，北京看朋友、然后回家', 8, ['我们今天去，', '北京看朋友、', '然后回家']],
		['behind clauses in Arabic', 'مرحبا بكم، كيف الحال', 12, ['مرحبا بكم،', 'كيف الحال']],
		['behind stops without blanks', '你好。我是小明。再见。', 8, ['你好。我是小明。', '再见。']],
		['at blanks', 'one two three four', 9, ['one two', 'three', 'four']],
		['not at blanks that keep words together', 'one 5\u00A0km two', 7, ['one', '5\u00A0km', 'two']],
		['at blanks in Thai', 'สวัสดีครับ วันนี้อากาศดี', 16, ['สวัสดีครับ', 'วันนี้อากาศดี']],
		['between words of Thai', 'สวัสดีครับวันนี้อากาศดี', 12, ['สวัสดีครับ', 'วันนี้อากาศ', 'ดี']],
		['between words of Khmer', 'ភាសាខ្មែរជាភាសា', 12, ['ភាសាខ្មែរជា', 'ភាសា']],
		['between words of Chinese', '我们今天去北京看朋友', 6, ['我们今天去', '北京看朋友']],
		['within a word that is too long', 'abcdefgh', 3, ['abc', 'def', 'gh']],
		['around an emoji', `${FAMILY}${FAMILY}`, 10, [FAMILY, FAMILY]],
		['around flags', '🇩🇪🇫🇷🇮🇹', 9, ['🇩🇪🇫🇷', '🇮🇹']],
		['around accents', 'e\u0301e\u0301e\u0301', 3, ['e\u0301', 'e\u0301', 'e\u0301']],
		['between whole signs in an emoji that is too long', FAMILY, 2, ['👩', '👩', '👧']],
		['by at least two units', '😀😀', 1, ['😀', '😀']],
		['by whole units', 'abcd', 3.9, ['abc', 'd']],
		['so that a sentence that has to be cut anyway fills the part', 'Hi. One two three four five six seven', 20, ['Hi. One two three', 'four five six seven']],
		['so that a word that has to be cut anyway fills the part', 'a bcdefghijklmnop', 8, ['a bcdefg', 'hijklmno', 'p']],
		['line by line', 'First item\nSecond item\nThird item', 24, ['First item\nSecond item', 'Third item']],
	])('%s', (_what, text, max, parts) => {
		expect(splitText(text, max)).toEqual(parts);
	});
});

describe('any text', () => {
	const WORD = fc.constantFrom(
		...['the', 'store', 'Dr.', 'e.g.', 'z. B.', '5.', 'U.S.', '3.5', 'https://example.com/a?b=c.', 'Straße,', 'and', 'end.', 'Why?', '"No!"', 'so…', 'x;', '–'],
		...['你好。', '我们，', '北京', 'こんにちは', 'สวัสดีครับ', 'ភាសាខ្មែរ។', 'مرحبا،', 'कैसे हो।', '한국어로', 'म\u094D\u0930', 'ᄀ\u1161\u11A8', FAMILY, '🇩🇪🇫🇷', '👍🏽', 'e\u0301\u0302', '«', '»', '\uD800'],
		...['a'.repeat(70), '你'.repeat(40), FAMILY.repeat(6)],
	);
	const BETWEEN = fc.constantFrom(' ', ' ', ' ', '', '  ', '\n', '\n\n', '\r\n\r\n', '\u00A0', '\u200B', '\u2029', '\t');
	const TEXT = fc.array(fc.tuple(WORD, BETWEEN), { maxLength: 60 }).map((pairs) => pairs.flat().join(''));

	it('keeps all that is no blank, in parts that are no longer than they may be', () => {
		fc.assert(
			fc.property(TEXT, fc.integer({ min: 2, max: 120 }), (text, max) => {
				const parts = splitText(text, max);
				expect(bare(parts.join(''))).toBe(bare(text));
				for (const part of parts) {
					expect(part.length).toBeLessThanOrEqual(max);
					expect(part).toBe(trimBlank(part));
					expect(part).not.toBe('');
				}
			}),
			{ seed: 20_261, numRuns: 1_000 },
		);
	});

	it('keeps its characters whole where they fit', () => {
		const count = (text: string, piece: string) => text.split(piece).length;
		fc.assert(
			fc.property(TEXT, fc.integer({ min: 12, max: 120 }), (text, max) => {
				const whole = text.replaceAll('\uD800', 'x');
				const parts = splitText(whole, max).join('\n');
				expect(hasHalfCharacter(parts)).toBe(false);
				for (const piece of [FAMILY, '🇩🇪🇫🇷'.slice(0, 4), '👍🏽', 'e\u0301\u0302', 'ᄀ\u1161\u11A8']) expect(count(parts, piece)).toBe(count(whole, piece));
			}),
			{ seed: 20_262, numRuns: 500 },
		);
	});

	it('is cut again into the same parts', () => {
		fc.assert(
			fc.property(TEXT, fc.integer({ min: 2, max: 120 }), (text, max) => {
				for (const part of splitText(text, max)) expect(splitText(part, max)).toEqual([part]);
			}),
			{ seed: 20_263, numRuns: 500 },
		);
	});

	it('of sentences is cut behind sentences only, into few parts', () => {
		const SENTENCE = fc
			.array(fc.constantFrom('we', 'open', 'the', 'big', 'store', 'Dr. Smith', 'at 3.5 km', 'e.g. today'), { minLength: 1, maxLength: 12 })
			.chain((words) => fc.constantFrom('.', '!', '?', '…').map((stop) => `So ${words.join(' ')}${stop}`));
		fc.assert(
			fc.property(fc.array(SENTENCE, { minLength: 1, maxLength: 80 }), fc.integer({ min: 200, max: 600 }), (sentences, max) => {
				const text = sentences.join(' ');
				const parts = splitText(text, max);
				for (const part of parts) expect(part).toMatch(/^So .*[.!?…]$/su);
				expect(parts.join(' ')).toBe(text);
				// No part leaves out a sentence that would have fitted.
				for (const [at, part] of parts.slice(0, -1).entries()) {
					const [next = ''] = /^.*?[.!?…](?= So |$)/su.exec(parts[at + 1] as string) ?? [];
					expect(part.length + 1 + next.length).toBeGreaterThan(max);
				}
			}),
			{ seed: 20_264, numRuns: 500 },
		);
	});
});

describe('a million characters are cut at once:', () => {
	const many = (text: string) => text.repeat(Math.ceil(1_000_000 / text.length)).slice(0, 1_000_000);

	it.each([
		['sentences', 'Welcome to the store, Dr. Smith. You can find all. '],
		['letters', 'a'],
		['stops', '.'],
		['stops and blanks', '. '],
		['initials', 'A. '],
		['numbers', '5. '],
		['lines', 'a\n'],
		['blank lines', '\n'],
		['blanks', ' '],
		['blanks that keep words together', 'a\u00A0'],
		['quotes', '"'],
		['quotes behind stops', '."'],
		['quotes behind blanks', '» '],
		['brackets', '(«'],
		['dashes', '—'],
		['bullets', '- '],
		['Chinese without stops', '我们今天去北京看朋友'],
		['Chinese', '我们今天，去。'],
		['Thai', 'ภาษาไทยเป็นภาษาที่มีระดับเสียง'],
		['Khmer', 'ភាសាខ្មែរជាភាសា'],
		['Hindi', 'यह हिन्दी है। '],
		['Arabic', 'مرحبا، كيف الحال؟ '],
		['accents', '\u0301'],
		['flags', '🇩🇪'],
		['families', FAMILY],
		['one long emoji', '👩‍'],
		['halves of characters', '\uD83D'],
		['Korean letters', 'ᄀ'],
		['addresses', 'https://a.b/c?d=e&'],
		['long words', `ab ${'c'.repeat(4_990)} `],
		['long sentences', `Ab. ${'c '.repeat(3_000)}`],
	])('%s', (_what, piece) => {
		const text = many(piece);
		const { result: parts, cpuMs } = onProcessor(() => splitText(text, 5_000));
		expect(cpuMs).toBeLessThan(2_000);
		expect(parts.reduce((sum, part) => sum + part.length, 0)).toBeGreaterThanOrEqual(text.trim().length * 0.6 - 5_000);
		expect(parts.length).toBeLessThan(500);
	});

	it.each(['a', '.', '你', 'ก', '👍', 'a, b '])('into short parts: %s', (piece) => {
		const text = many(piece);
		expect(onProcessor(() => splitText(text, 100)).cpuMs).toBeLessThan(4_000);
	});
});
