import type { Reading } from '../values/reading';
import { numeral, shown } from '../values/text';
import type { SrtLine } from './lines';
import { clock, type CueTimes, hasArrow, inAscii, isTimeLine, lineName, readTimes, TIMES_EXAMPLE } from './times';

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
			return { problem: headProblem(line, below, cues.length + 1) };
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

function numberIn({ text }: SrtLine): number | undefined {
	const plain = inAscii(text);
	return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined;
}

/** What is said of lines that begin no cue, where one should begin. */
function headProblem(line: SrtLine, below: SrtLine | undefined, expected: number): string {
	const number = numeral(expected);
	const found = `${shown(line.text)} in ${lineName(line)}`;
	if (numberIn(line) === expected) {
		if (below === undefined) return `ends with the number ${number} in ${lineName(line)}: add the times and the text of this cue, or remove its number`;
		return `has ${shown(below.text)} in ${lineName(below)} where the times of cue ${number} should be, such as ${TIMES_EXAMPLE}`;
	}
	if (isTimeLine(line.text)) return `has no number above the times in ${lineName(line)}: add a line with the number ${number}`;
	if (hasArrow(line.text)) return `has ${found}: the number of a cue stands in a line of its own, its times in the line below, and its text below the times`;
	if (below !== undefined && isTimeLine(below.text)) return `has ${found} above the times, where a line with the number ${number} and nothing else should be`;
	if (expected === 1) return `begins with text that belongs to no cue, ${found}: remove it, since subtitles begin with a line with the number 1`;
	return `has text that belongs to no cue, ${found}: remove the blank line above it, or add a line with a number and a line with times`;
}

/**
 * What is wrong with the first cue that cannot stay as it is: its number, its times, or that it has no text.
 *
 * @param cues in their order
 * @returns undefined when nothing is
 */
export function cueProblem(cues: readonly SubtitleCue[]): string | undefined {
	for (const [index, cue] of cues.entries()) {
		const problem = cue.number === index + 1 ? contentProblem(cue, cues[index - 1]) : numberProblem(cue, index, cues);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** The cues before this one have the numbers from 1 on. */
function numberProblem({ number, line }: SubtitleCue, index: number, cues: readonly SubtitleCue[]): string {
	const expected = index + 1;
	const [is, due] = [numeral(number), numeral(expected)];
	const same = cues[number - 1];
	if (same !== undefined && number < expected) return `has the number ${is} twice, in ${lineName(same.line)} and in ${lineName(line)}: ${RULE}`;
	if (index === 0) return `begins with the number ${is} in ${lineName(line)}: ${RULE}`;
	const late = cues.find((cue) => cue.number === expected);
	if (late) return `has the numbers out of order, ${is} in ${lineName(line)} before ${due} in ${lineName(late.line)}: ${RULE}`;
	return `has the number ${is} in ${lineName(line)} where ${due} should be: ${RULE}`;
}

const RULE = 'cues are numbered 1, 2, 3 and so on';

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
 * Cues as the text of an SRT file.
 *
 * @param cues in their order
 */
export function srtOf(cues: readonly SubtitleCue[]): string {
	return cues.map(({ number, from, to, text }) => `${number}\n${clock(from)} --> ${clock(to)}\n${text}\n`).join('\n');
}
