import type { Reading } from '../values/reading';
import { numeral, shown } from '../values/text';
import { isFence } from './fences';
import { EXPORT_AS_SRT } from './foreign';
import type { SrtLine } from './lines';
import { clock, type CueTimes, hasArrow, hasPoints, inAscii, isTimeLine, lineName, readTimes, TIMES_EXAMPLE } from './times';

/** One subtitle. */
export interface SubtitleCue extends CueTimes {
	readonly number: number;
	/** Its lines, with LF between them. */
	readonly text: string;
	/** The line that its number stands in. */
	readonly line: SrtLine;
}

/**
 * The cues of subtitles, in which every line has its place. Blank lines are free above and below the times, and may be
 * missing above a number.
 *
 * @param lines those that hold something
 * @returns the cues in their order, whatever their numbers and times
 */
export function readCues(lines: readonly SrtLine[]): Reading<SubtitleCue[]> {
	const cues: SubtitleCue[] = [];
	let next = 0;
	for (let line = lines[next]; line !== undefined; line = lines[next]) {
		const below = lines[next + 1];
		const number = numberIn(line);
		if (number === undefined || below === undefined || !isTimeLine(below.text)) {
			return { problem: number === undefined && cues.length === 0 && isHeadless(lines) ? HEADLESS : headProblem(line, below, cues) };
		}
		const times = readTimes(below);
		if (times.problem !== undefined) return { problem: times.problem };
		const end = endOfText(lines, next + 2);
		const text = lines.slice(next + 2, end).map((part) => part.text);
		cues.push({ number, ...times.value, text: text.join('\n'), line });
		next = end;
	}
	return { value: cues };
}

/** Behind the last line of a cue's text. */
function endOfText(lines: readonly SrtLine[], from: number): number {
	let end = from;
	for (let line = lines[end]; line !== undefined; line = lines[end]) {
		if ((line.isAfterBlank && end > from) || isTimeLine(line.text) || isNextNumber(line, lines[end + 1])) break;
		end++;
	}
	return end;
}

/** A number below a text, and with a blank line below itself, belongs to the text: the times may lack their number. */
function isNextNumber(line: SrtLine, below: SrtLine | undefined): boolean {
	if (below === undefined || (below.isAfterBlank && !line.isAfterBlank)) return false;
	return numberIn(line) !== undefined && isTimeLine(below.text);
}

/** A number alone in its line, also as a list, a heading or a bold text has it. */
const NUMBER = /^(?:#?(\d{1,9})[.)]?|\*\*#?(\d{1,9})[.)]?\*\*)$/;

function numberIn({ text }: SrtLine): number | undefined {
	const [, plain, bold] = NUMBER.exec(inAscii(text)) ?? [];
	const digits = plain ?? bold;
	return digits === undefined ? undefined : Number(digits);
}

/** Whether these are the cues of WebVTT without its first line: all times have points, and no cue has a number. */
function isHeadless(lines: readonly SrtLine[]): boolean {
	return lines.every((line, at) => {
		if (!isTimeLine(line.text)) return true;
		const above = lines[at - 1];
		return hasPoints(line.text) && (above === undefined || !isNextNumber(above, line));
	});
}

const HEADLESS = `looks like WebVTT, with points in its times and no numbers above them, but HeyGen takes SRT here: ${EXPORT_AS_SRT}`;

/** The number of the first cue: some programs count from 0. */
function firstNumber(cues: readonly SubtitleCue[]): number {
	return cues[0]?.number === 0 ? 0 : 1;
}

/** What is said of lines that begin no cue, where one should begin. */
function headProblem(line: SrtLine, below: SrtLine | undefined, cues: readonly SubtitleCue[]): string {
	const expected = firstNumber(cues) + cues.length;
	const number = numeral(expected);
	const found = `${shown(line.text)} in ${lineName(line)}`;
	if (numberIn(line) === expected) {
		if (below === undefined) return `ends with the number ${number} in ${lineName(line)}: add the times and the text of this cue, or remove its number`;
		return `has ${shown(below.text)} in ${lineName(below)} where the times of cue ${number} should be, such as ${TIMES_EXAMPLE}`;
	}
	if (isTimeLine(line.text)) return `has no number above the times in ${lineName(line)}: add a line with the number ${number}`;
	if (isFence(line)) return `has a fence of Markdown, ${found}: give the subtitles alone, without fences and without what stands outside of them`;
	if (hasArrow(line.text)) return `has ${found}: the number of a cue stands in a line of its own, its times in the line below, and its text below the times`;
	if (below !== undefined && isTimeLine(below.text)) return `has ${found} above the times, where a line with the number ${number} and nothing else should be`;
	if (cues.length === 0) return `begins with text that belongs to no cue, ${found}: remove it`;
	return `has text that belongs to no cue, ${found}: remove it; if it belongs to the cue above, remove the blank line above it`;
}

/**
 * What is wrong with the first cue that cannot stay as it is: its number, its times, or that it has no text.
 *
 * @param cues in their order
 * @returns undefined when nothing is
 */
export function cueProblem(cues: readonly SubtitleCue[]): string | undefined {
	const first = firstNumber(cues);
	for (const [index, cue] of cues.entries()) {
		const problem = cue.number === first + index ? contentProblem(cue, cues[index - 1]) : numberProblem(cue, index, cues);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** The cues before this one are numbered as they should be. */
function numberProblem({ number, line }: SubtitleCue, index: number, cues: readonly SubtitleCue[]): string {
	const first = firstNumber(cues);
	const expected = first + index;
	const [is, due] = [numeral(number), numeral(expected)];
	const same = cues[number - first];
	if (same !== undefined && number < expected) return `has the number ${is} twice, in ${lineName(same.line)} and in ${lineName(line)}: ${RULE}`;
	if (index === 0) return `begins with the number ${is} in ${lineName(line)}: ${RULE}`;
	const late = cues.find((cue) => cue.number === expected);
	if (late) return `has the numbers out of order, ${is} in ${lineName(line)} before ${due} in ${lineName(late.line)}: ${RULE}`;
	const found = `has the number ${is} in ${lineName(line)} where ${due} should be`;
	return number < expected ? `${found}: ${RULE}` : `${found}: ${GAP}`;
}

const RULE = 'cues are numbered 1, 2, 3 and so on';

const GAP = "a cue may be missing. Number the cues 1, 2, 3 and so on, or switch 'Check Subtitles' off if it was removed on purpose";

/** What is wrong with the text or the times of a cue. */
function contentProblem(cue: SubtitleCue, before: SubtitleCue | undefined): string | undefined {
	if (cue.text === '') return `has no text in ${cueName(cue)}: add it, or remove the cue and number those below anew`;
	if (cue.to <= cue.from) {
		return `has the end of ${cueName(cue)} at ${clock(cue.to)}, which is not after its start at ${clock(cue.from)}: correct one of the two`;
	}
	if (before === undefined || before.to <= cue.from) return undefined;
	const starts = `${cueName(cue)} starts at ${clock(cue.from)}`;
	if (cue.from >= before.from) {
		return `has cues that overlap, ${starts}, before ${cueName(before)} ends at ${clock(before.to)}: let one end before the next one starts`;
	}
	return `has cues out of order, ${starts}, before ${cueName(before)} starts at ${clock(before.from)}: sort the cues by their times`;
}

function cueName({ number, line }: SubtitleCue): string {
	return `cue ${numeral(number)} (${lineName(line)})`;
}

/**
 * Cues as the text of an SRT file, numbered from 1 on.
 *
 * @param cues in their order
 */
export function srtOf(cues: ReadonlyArray<CueTimes & { readonly text: string }>): string {
	return cues.map(({ from, to, text }, index) => `${index + 1}\n${clock(from)} --> ${clock(to)}\n${text}\n`).join('\n');
}
