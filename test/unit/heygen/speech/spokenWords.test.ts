import fc from 'fast-check';

import { shiftedWords, spokenWords, type SpokenWord } from '../../../../nodes/heygen/speech/spokenWords';
import { onProcessor } from '../../support/cpuTime';

const word = (text: string, start: number, end: number): SpokenWord => ({ word: text, start, end });

describe('words are read from', () => {
	const HELLO = [word('Hello', 0.1, 0.5), word('you', 0.6, 0.9)];

	it.each<[what: string, value: unknown, words: SpokenWord[]]>([
		['a list', HELLO, HELLO],
		['a record', { word_timestamps: HELLO }, HELLO],
		['an answer', { data: { word_timestamps: HELLO } }, HELLO],
		['a list with more fields', [{ ...word('a', 0, 1), confidence: 1 }], [word('a', 0, 1)]],
		['times as text', [{ word: 'a', start: '0.1', end: ' 0.5 ' }], [word('a', 0.1, 0.5)]],
		['words that are numbers', [{ word: 5, start: 0, end: 1 }], [word('5', 0, 1)]],
		['words with blanks and line ends', [word(' a\n b\u0000', 0, 1)], [word('a b', 0, 1)]],
		['words in any order', [word('b', 1, 2), word('a', 0, 1), word('c', 2, 3)], [word('a', 0, 1), word('b', 1, 2), word('c', 2, 3)]],
		['words at one time, which keep their order', [word('b', 1, 2), word('a', 1, 2)], [word('b', 1, 1), word('a', 1, 2)]],
		['words that overlap', [word('a', 0, 1.2), word('b', 1, 2)], [word('a', 0, 1), word('b', 1, 2)]],
		['a word around others', [word('a', 0, 9), word('b', 1, 2), word('c', 3, 4)], [word('a', 0, 1), word('b', 1, 2), word('c', 3, 4)]],
		['a word that ends before it starts', [word('a', 2, 1)], [word('a', 2, 2)]],
		['a word of no length', [word('a', 1, 1)], [word('a', 1, 1)]],
		['a word before the start', [word('a', -0.01, 0.2)], [word('a', 0, 0.2)]],
		['signs', [word('—', 0, 1), word('<3', 1, 2)], [word('—', 0, 1), word('<3', 1, 2)]],
		// What is left out.
		['marks', [word('<start>', 0, 0), word('a', 0, 1), word(' <end> ', 1, 1), word('</p>', 1, 1)], [word('a', 0, 1)]],
		['empty words', [word('', 0, 1), word(' \u200B', 0, 1), { word: null, start: 0, end: 1 }, { start: 0, end: 1 }, word('a', 0, 1)], [word('a', 0, 1)]],
		['no times', [{ word: 'a' }, { word: 'b', start: 0 }, { word: 'c', end: 1 }, { word: 'd', start: null, end: 1 }, { word: 'e', start: 'x', end: 1 }], []],
		['impossible times', [word('a', NaN, 1), word('b', 0, Infinity), word('c', 1e300, 1e300), word('d', 0, 360_000)], []],
		['entries of other kinds', [null, undefined, 5, 'a', [], [word('a', 0, 1)], true, word('b', 0, 1)], [word('b', 0, 1)]],
		['nothing', null, []],
		['undefined', undefined, []],
		['a text', 'a', []],
		['a number', 5, []],
		['a record without words', { word_timestamps: null }, []],
		['another record', { words: HELLO }, []],
	])('%s', (_what, value, words) => {
		expect(spokenWords(value)).toEqual(words);
	});

	it('anything, as a list in which nothing overlaps', () => {
		const TIME = fc.oneof(fc.double({ min: -1, max: 20, noNaN: true }), fc.constantFrom('1', '2.5', null, NaN, 3));
		const ENTRY = fc.oneof(fc.record({ word: fc.constantFrom('a', 'b', '<end>', ''), start: TIME, end: TIME }), fc.anything());
		fc.assert(
			fc.property(fc.oneof(fc.array(ENTRY), fc.anything()), (value) => {
				const words = spokenWords(value);
				let last = 0;
				for (const { word: text, start, end } of words) {
					expect(text).not.toBe('');
					expect(start).toBeGreaterThanOrEqual(last);
					expect(end).toBeGreaterThanOrEqual(start);
					last = end;
				}
				expect(spokenWords(words)).toEqual(words);
			}),
			{ seed: 20_261, numRuns: 500 },
		);
	});

	it('a very long list', () => {
		const list = Array.from({ length: 100_000 }, (_, at) => ({ word: 'a', start: String(100_000 - at), end: 100_001 - at }));
		const { result, cpuMs } = onProcessor(() => spokenWords(list));
		expect(result).toHaveLength(100_000);
		expect(cpuMs).toBeLessThan(3_000);
	});
});

describe('words are moved', () => {
	it.each([
		[0, [word('a', 0.1, 0.2)]],
		[0.2, [word('a', 0.3, 0.4)]],
		[12.5, [word('a', 12.6, 12.7)]],
		[-0.05, [word('a', 0.05, 0.15)]],
	])('by %d s', (seconds, moved) => {
		expect(shiftedWords([word('a', 0.1, 0.2)], seconds)).toEqual(moved);
	});

	it('without a change of the list', () => {
		const words = [word('a', 0, 1)];
		shiftedWords(words, 5);
		expect(words).toEqual([word('a', 0, 1)]);
		expect(shiftedWords([], 5)).toEqual([]);
	});
});
