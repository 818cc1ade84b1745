import fc from 'fast-check';

import { readSrt } from '../../../../nodes/heygen/srt/readSrt';
import { FIRST_TIMES as A, SECOND_TIMES as B, ONE_CUE as ONE, cuesOf, parsed, type Parsed } from '../../support/srtSamples';

/** Subtitles of all kinds, held against the parser of another project, and very long ones. */

/** The parser takes a line that begins with NOTE for a comment of WebVTT; no other text means anything to it. */
const WORDS = ['Hello', 'you.', '<i>a</i>', '{\\an8}', '😀', 'שלום\u200F', '-->', '->', '→', '1', '2', '42', '1.', '#2', '**3**', '00:00', '10:30', '日本語', 'ÃO', 'é', '```', '"', '&gt;', '♪'];
const LINE = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const LENGTH = fc.integer({ min: 1, max: 10_000 });

/** Cues in their order: pauses before them, how long they are shown, and their lines. */
const CUES = fc
	.array(fc.record({ pause: fc.oneof(fc.constant(0), LENGTH), length: LENGTH, lines: fc.array(LINE, { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 60 })
	.map((cues) => {
		let now = 0;
		return cues.map(({ pause, length, lines }): Parsed => {
			const start = now + pause;
			now = start + length;
			return { start, end: now, text: lines.join('\n') };
		});
	});

const two = (value: number) => String(value).padStart(2, '0');

/** Not as the package does it. */
function timeOf(ms: number): string {
	return new Date(ms).toISOString().slice(11, 23).replace('.', ',');
}

function written(cues: readonly Parsed[]): string {
	return cues.map(({ start, end, text }, at) => `${at + 1}\n${timeOf(start)} --> ${timeOf(end)}\n${text}\n`).join('\n');
}

/** The same cues every time: a failure can be tried again. */
const RUNS = { seed: 20_261, numRuns: 200 };

describe('random subtitles', () => {
	it('are taken as they are, and hold the same cues for another parser', () => {
		fc.assert(
			fc.property(CUES, (cues) => {
				const text = written(cues);
				expect(readSrt(text)).toEqual({ value: text });
				expect(cuesOf(text)).toEqual(cues);
				expect(parsed(text)).toEqual(cues);
			}),
			RUNS,
		);
	});

	/** How people and programs may write the same cues. */
	const MANNER = fc.record({
		end: fc.constantFrom('\n', '\r\n', '\r', '\r\r\n', '\u2028'),
		blanks: fc.constantFrom('', ' ', '\t '),
		between: fc.constantFrom(0, 1, 2, 4),
		time: fc.constantFrom(
			timeOf,
			(ms: number) => timeOf(ms).replace(',', '.'),
			(ms: number) => timeOf(ms).slice(1),
			(ms: number) => `${timeOf(ms)}000`,
			(ms: number) => `${two(Math.floor(ms / 3_600_000))} : ${two(Math.floor(ms / 60_000) % 60)}: ${two(Math.floor(ms / 1_000) % 60)}, ${timeOf(ms).slice(9)}`,
			(ms: number) => timeOf(ms).replaceAll(':', '：').replace(',', '，'),
		),
		place: fc.constantFrom('', ' X1:1 X2:2 Y1:3 Y2:4', ' line:0'),
		before: fc.constantFrom('', '\uFEFF', '\n\n', ' \n\uFEFF'),
		after: fc.constantFrom('', '\n', '\n\n \n\n'),
		arrow: fc.constantFrom('-->', '->', '→', '=>', '—>'),
		number: fc.constantFrom(
			(at: number) => String(at + 1),
			(at: number) => String(at),
			(at: number) => `${at + 1}.`,
			(at: number) => `${at + 1})`,
			(at: number) => `#${at + 1}`,
			(at: number) => `**${at + 1}**`,
		),
		around: fc.constantFrom(['', ''], ['```', '```'], ['Here you are:\n```srt', '```\nI fixed two typos.']),
	});

	it('are put right when they are written otherwise', () => {
		fc.assert(
			fc.property(CUES, MANNER, (cues, { end, blanks, between, time, place, before, after, arrow, number, around: words }) => {
				// A fence within a text ends the block.
				const [above, below] = cues.some(({ text }) => text.split('\n').includes('```')) ? ['', ''] : words;
				const lines = cues.flatMap(({ start, end: to, text }, at) => [
					`${blanks}${number(at)}`,
					`${blanks}${time(start)} ${arrow} ${time(to)}${place}`,
					...text.split('\n'),
					...Array<string>(between).fill(''),
				]);
				const given = [`${before}${above}`, ...lines.map((line) => line + blanks), `${below}${after}`].join('\n');
				expect(readSrt(given.replaceAll('\n', end))).toEqual({ value: written(cues) });
			}),
			RUNS,
		);
	});

	/** Lines with others in the place of some. */
	const spliced = (lines: string[], at: number, count: number, ...others: string[]) => [...lines.slice(0, at), ...others, ...lines.slice(at + count)].join('\n');

	/** What a slip of the hand does to a text. */
	const SLIPS: Record<string, (lines: string[], at: number, to: number) => string> = {
		'that lack a line': (lines, at) => spliced(lines, at, 1),
		'with a line twice': (lines, at) => spliced(lines, at, 0, lines[at] as string),
		'with two lines swapped': (lines, at) => spliced(lines, at, 2, ...lines.slice(at, at + 2).reverse()),
		'with a blank line too many': (lines, at) => spliced(lines, at, 0, ''),
		'with two lines joined': (lines, at) => spliced(lines, at, 2, lines.slice(at, at + 2).join(' ')),
		'with a line that is cut': (lines, at, to) => spliced(lines, at, 1, (lines[at] as string).slice(0, to % 20)),
		'with a line from elsewhere': (lines, at, to) => spliced(lines, at, 1, lines[to] as string),
		'that are cut off': (lines, at, to) => lines.join('\n').slice(0, (at + 1) * (to + 1)),
		'that lack their start': (lines, at, to) => lines.join('\n').slice((at + to) % 40),
		'with a stretch moved': (lines, at, to) => [...lines.slice(to), ...lines.slice(at, to), ...lines.slice(0, at)].join('\n'),
	};

	it.each(Object.entries(SLIPS))('%s are refused, or hold the same cues for another parser', (_what, slip) => {
		let [taken, refused] = [0, 0];
		fc.assert(
			fc.property(CUES, fc.nat(), fc.nat(), (cues, at, to) => {
				const lines = written(cues).split('\n');
				const { value, problem } = readSrt(slip(lines, at % lines.length, to % lines.length));
				if (value === undefined) {
					refused++;
					// A text that was cut at its start may be nothing at all.
					if (problem !== undefined) expect(problem).toMatch(/^(has|begins|ends|is|holds|looks) /);
					return;
				}
				taken++;
				expect(parsed(value)).toEqual(cuesOf(value));
				expect(readSrt(value)).toEqual({ value });
			}),
			{ ...RUNS, numRuns: 400 },
		);
		expect(refused).toBeGreaterThan(0);
		expect(taken).toBeGreaterThan(0);
	});

	it.each(['that lack a line', 'with a blank line too many'])('%s keep all their cues, or are refused', (what) => {
		const times = (cues: Parsed[]) => cues.map(({ start, end }) => [start, end]);
		fc.assert(
			fc.property(CUES, fc.nat(), (cues, at) => {
				const lines = written(cues).split('\n');
				const { value } = readSrt(SLIPS[what]?.(lines, at % lines.length, 0));
				if (value !== undefined) expect(times(cuesOf(value))).toEqual(times(cues));
			}),
			RUNS,
		);
	});

	it('of pieces of subtitles in any order are refused, or hold the same cues for another parser', () => {
		const PIECE = fc.constantFrom('1', '2', '3', '\n', '\n', '\n\n', '00:00:01,000', '00:00:02,000', '00:00:03,000', ' --> ', '-->', 'Hello', ' ', '\uFEFF', '\0', '"', '\u0085', '\r');
		const CUE = fc.constantFrom('1\n00:00:01,000 --> 00:00:02,000\nHello\n\n', '2\n00:00:02,000 --> 00:00:03,000\nWorld\n', '3\n00:00:04,000 --> 00:00:05,000\n!\n');
		fc.assert(
			fc.property(fc.array(fc.oneof(PIECE, CUE), { maxLength: 12 }), (pieces) => {
				const { value } = readSrt(pieces.join(''));
				if (value === undefined) return;
				expect(parsed(value)).toEqual(cuesOf(value));
				expect(readSrt(value)).toEqual({ value });
			}),
			{ ...RUNS, numRuns: 2_000 },
		);
	});

	it('and any other text never make it fail', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything()), fc.boolean(), (given, strict) => {
				const { value, problem } = readSrt(given, { strict });
				expect([typeof value, typeof problem]).toContain('undefined');
			}),
			RUNS,
		);
	});
});

describe('long subtitles', () => {
	const cues = (count: number) =>
		Array.from({ length: count }, (_, at): Parsed => ({ start: 1_000 * at, end: 1_000 * at + 900, text: `Line ${at}\nand 42` }));

	/** How often a line is looked at. */
	function looks(text: string): number {
		const spy = jest.spyOn(String.prototype, 'normalize');
		try {
			readSrt(text);
			return spy.mock.calls.length;
		} finally {
			spy.mockRestore();
		}
	}

	it('of 20,000 cues are read like any others', () => {
		const text = written(cues(20_000));
		expect(readSrt(text)).toEqual({ value: text });
		expect(parsed(text)).toEqual(cues(20_000));
	});

	it('take as many steps for each cue as short ones', () => {
		expect(looks(written(cues(5_000))) / looks(written(cues(500)))).toBeCloseTo(10, 1);
	});

	it.each<[what: string, text: string]>([
		['blank lines', `${ONE}${'\n'.repeat(500_000)}`],
		['CR without LF', `${ONE}${'\r'.repeat(500_000)}x`],
		['numbers', `${ONE}\n${'2\n\n'.repeat(100_000)}`],
		['numbers in one text', `${ONE}${'2\n'.repeat(100_000)}`],
		['times', `${ONE}${`${B}\n`.repeat(50_000)}`],
		['digits in one line', `${ONE}\n${'2'.repeat(500_000)}`],
		['times in one line', `1\n${'00:00:01,000 --> '.repeat(50_000)}\nx`],
		['blanks in times', `1\n00:00:01,000 -->${' '.repeat(500_000)}x\nx`],
		['blanks within a text', `1\n${A}\n${' '.repeat(500_000)}x${' '.repeat(500_000)}\n`],
		['misread letters', `1\n${A}\n${'Ã©'.repeat(200_000)}`],
		['letters that may be misread', `1\n${A}\n${'Ã©'.repeat(200_000)}é`],
		['letters that cannot be read', `1\n${A}\n${'\uFFFD '.repeat(200_000)}`],
		['quotes', `"${'\\"'.repeat(200_000)}`],
		['fences', `${'```\n'.repeat(100_000)}${ONE}`],
		['fences within a fence', `\`\`\`\n${ONE}${'```\n'.repeat(100_000)}`],
		['times without numbers', `${A.replaceAll(',', '.')}\nHello\n\n`.repeat(20_000)],
		['arrows in one line', `1\n00:00:01,000 ${'- '.repeat(200_000)}> 00:00:02,000\nx`],
		['backticks', `${'`'.repeat(500_000)}\n${ONE}\`\`\``],
		['numbers that are wrong', written(cues(20_000)).replace('1\n', '2\n')],
	])('of %s end as well', (_what, text) => {
		const { value, problem } = readSrt(text);
		expect(value ?? problem).toBeDefined();
	});
});
