import fc from 'fast-check';

import { widthOf } from '../../../../nodes/heygen/speech/cueAtoms';
import { cuesOf, srtText, vttText, type Cue } from '../../../../nodes/heygen/speech/cues';
import { spokenWords, type SpokenWord } from '../../../../nodes/heygen/speech/spokenWords';
import { readSrt } from '../../../../nodes/heygen/srt/readSrt';
import { onProcessor } from '../../support/cpuTime';
import { parsed } from '../../support/srtSamples';
import { heard } from './heard';

/** Subtitles of texts of all kinds, held against what subtitles must be. */

const LATIN = ['the', 'Store', 'opens,', 'and', '“we', 'go”', 'Dr.', 'Smith.', 'Why?', 'so…', '3.5', '2026', 'state-of-the-art', '–', 'e.g.', 'U.S.', "it's", '(really)', 'https://example.com/a?b=c', 'é\u0301t\u00E9,', 'Donaudampfschifffahrtsgesellschaftskapitän', '«', '»', '😀', '& < >'];
const OTHERS = ['今天我们去北京，', '你好。', '「はい。」', 'ご覧ください、', 'สวัสดีครับ', 'วันนี้อากาศดี', 'مرحبا،', 'كيف؟', 'यह', 'है।', '안녕하세요,', '좋아요.', 'Привет,', 'мир!'];
const BETWEEN = fc.constantFrom(' ', ' ', ' ', ' ', '\n', '\n\n', '  ');
const textOf = (pool: string[]) => fc.array(fc.tuple(fc.constantFrom(...pool), BETWEEN), { minLength: 1, maxLength: 60 }).map((pairs) => pairs.flat().join(''));
const TEXT = fc.oneof(textOf(LATIN), textOf(OTHERS), textOf([...LATIN, ...OTHERS]));

/** Random times: the words overlap, pause, or stand still, but none starts before the one before it. */
const STEP = fc.record({ length: fc.constantFrom(0, 0.05, 0.2, 0.4, 0.7, 2, 8), gap: fc.constantFrom(-0.3, 0, 0, 0.02, 0.1, 0.5, 0.9, 3) });
const STEPS = fc.array(STEP, { minLength: 1, maxLength: 40 });

function timed(words: readonly SpokenWord[], steps: ReadonlyArray<{ length: number; gap: number }>): SpokenWord[] {
	let [last, now] = [0, 0];
	return words.map(({ word }, at) => {
		const { length, gap } = steps[at % steps.length] as { length: number; gap: number };
		last = Math.max(last, now + gap);
		now = last + length;
		return { word, start: last, end: now };
	});
}

const RUNS = { seed: 20_261, numRuns: 300 };

const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

/** What holds for all subtitles. */
function check(cues: readonly Cue[]): void {
	let last = 0;
	for (const { from, to, text } of cues) {
		expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
		expect(from).toBeGreaterThanOrEqual(last);
		expect(to).toBeGreaterThan(from);
		expect(to - from).toBeLessThanOrEqual(7_000);
		last = to;
		const lines = text.split('\n');
		expect(lines.length).toBeLessThanOrEqual(2);
		for (const line of lines) {
			expect(line).toMatch(/^\S(.*\S)?$/su);
			expect(widthOf(line)).toBeLessThanOrEqual(42);
		}
	}
	for (const [at, { from, to }] of cues.slice(0, -1).entries()) {
		if (to - from < 1_000) expect(cues[at + 1]?.from).toBe(to);
	}
	const srt = srtText(cues);
	expect(parsed(srt)).toEqual(cues.map(({ from, to, text }) => ({ start: from, end: to, text })));
	if (cues.length > 0) expect(readSrt(srt)).toEqual({ value: srt });
	// The parser takes the first line for an entry of its own.
	expect(parsed(vttText(cues)).slice(1).map(({ start, end }) => [start, end])).toEqual(cues.map(({ from, to }) => [from, to]));
}

describe('random subtitles', () => {
	it('of the words of a text have all of it, and its signs', () => {
		fc.assert(
			fc.property(TEXT, STEPS, (source, steps) => {
				const cues = cuesOf(timed(heard(source), steps), source);
				check(cues);
				const shown = cues.map(({ text }) => text).join(' ');
				if (cues.length > 0) expect(shown.replace(/\s/g, '')).toBe(source.replace(/\s/g, ''));
			}),
			RUNS,
		);
	});

	it('of words without their text have all the words', () => {
		fc.assert(
			fc.property(TEXT, STEPS, (source, steps) => {
				const words = timed(heard(source), steps);
				const cues = cuesOf(words, '');
				check(cues);
				expect(letters(cues.map(({ text }) => text).join(''))).toBe(letters(spokenWords(words).map(({ word }) => word).join('')));
			}),
			RUNS,
		);
	});

	it('of some of the words, of others and of marks have each word that they are given, in order', () => {
		const CHANGE = fc.constantFrom('keep', 'keep', 'keep', 'drop', 'other', 'twice', 'marker');
		fc.assert(
			fc.property(TEXT, fc.array(CHANGE, { minLength: 1, maxLength: 30 }), STEPS, (source, changes, steps) => {
				const words = heard(source).flatMap((word, at): SpokenWord[] => {
					const change = changes[at % changes.length];
					if (change === 'drop') return [];
					if (change === 'other') return [{ ...word, word: 'qqq' }];
					if (change === 'twice') return [word, word];
					return change === 'marker' ? [{ ...word, word: '<start>' }, word] : [word];
				});
				const cues = cuesOf(timed(words, steps), source);
				check(cues);
				const shown = letters(cues.map(({ text }) => text).join(' '));
				let from = 0;
				for (const { word } of spokenWords(timed(words, steps))) {
					const at = shown.indexOf(letters(word), from);
					expect(at).toBeGreaterThanOrEqual(from);
					from = at + letters(word).length;
				}
			}),
			RUNS,
		);
	});

	it('of words of another text are subtitles as well', () => {
		fc.assert(fc.property(TEXT, TEXT, STEPS, (source, other, steps) => check(cuesOf(timed(heard(other), steps), source))), RUNS);
	});

	it('of whatever is sent are subtitles as well', () => {
		const TIME = fc.oneof(fc.double({ min: -1, max: 99, noNaN: true }), fc.constantFrom(null, '1.5', NaN));
		const ENTRY = fc.record({ word: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<end>', '', 'a')), start: TIME, end: TIME });
		fc.assert(
			fc.property(fc.array(ENTRY), fc.string({ unit: 'binary' }), (entries, source) => {
				// The parser takes any such line for a comment of WebVTT.
				const cues = cuesOf(spokenWords(entries), source);
				for (const { from, to } of cues) expect(to).toBeGreaterThan(from);
				expect(srtText(cues)).not.toMatch(/\n\n(?!\d+\n)/);
				expect(vttText(cues)).toMatch(/^WEBVTT\n/);
			}),
			RUNS,
		);
	});
});

describe('long subtitles are made at once:', () => {
	const many = (text: string, length = 300_000) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
	const words = (list: string[]) => list.map((word, at): SpokenWord => ({ word, start: at * 0.3, end: at * 0.3 + 0.25 }));
	const ENGLISH = many('Welcome to the store, Dr. Smith. You can find all of it. ');
	const SPOKEN = words(ENGLISH.split(' '));

	it.each<[what: string, words: SpokenWord[], source: string]>([
		['the words of the text', SPOKEN, ENGLISH],
		['no text', SPOKEN, ''],
		['another text', SPOKEN, many('you could see ')],
		['a text of signs', SPOKEN, many('- “')],
		['a text of one word', SPOKEN, many('a')],
		['the last half of the text', SPOKEN.slice(30_000), ENGLISH],
		['words of another text', words(SPOKEN.map((_, at) => `x${at}`)), ENGLISH],
		['Chinese', words([...many('我们今天去北京看朋友', 100_000)]), many('我们今天去北京看朋友。', 110_000)],
		['the same word', words(SPOKEN.map(() => 'a')), many('a ')],
		['the same word in another text', words(SPOKEN.map(() => 'the')), many('a b c d e f g h i j k l m n the ')],
		['words at one time', SPOKEN.map(({ word }) => ({ word, start: 1, end: 1 })), ENGLISH],
		['one word', words([many('a')]), ''],
		['one word of signs', words([many('-,')]), ''],
	])('%s', (_what, spoken, source) => {
		const { cpuMs } = onProcessor(() => {
			const cues = cuesOf(spoken, source);
			return [srtText(cues), vttText(cues)];
		});
		expect(cpuMs).toBeLessThan(6_000);
	});
});
