import { numeral, shown, trimBlank } from '../values/text';
import type { SrtLine } from './lines';

/** When a cue is shown, in milliseconds from the start of the film. */
export interface CueTimes {
	readonly from: number;
	readonly to: number;
}

const ARROW = '-->';

/** How the line looks that is taken. */
export const TIMES_EXAMPLE = '00:00:01,000 --> 00:00:03,500';

/** What people, models and word processors write for it. Between two times no one can take it for anything else. */
const OTHER_ARROW = /→|[-=–—] ?>/;

/** The arrow as HTML writes it. */
const ESCAPED_ARROW = '--&gt;';

/** "00:00:01,000", also without hours or fraction, with one digit, with a point, with blanks around the signs. */
const CLOCK = /^(?:(\d{1,9}) ?: ?)?(\d{1,2}) ?: ?(\d{1,2})(?: ?[,.] ?(\d{1,20}))?(?![\d:,.])/;

/** What times begin with, however they go on. */
const CLOCK_START = /^\d{1,9} ?: ?\d{1,3} ?[:,.] ?\d/;

/** A time as no spoken text has it, in a line without its blanks: "1:02.5" may be that of a runner. */
const CLOCKS = /\d:\d{1,2}:\d{1,2}[,.]\d{3}/g;

/** Where the cue is to stand, as SRT and WebVTT write it. */
const SETTING = /^(X1|X2|Y1|Y2|vertical|line|position|size|align|region):\S+$/i;

/**
 * A line of numbers and signs in the characters of ASCII, without blanks around it: models and input methods of East Asia
 * write "：", "，" and "１".
 *
 * @param line any line
 */
export function inAscii(line: string): string {
	return trimBlank(line.normalize('NFKC').replace(/\s+/g, ' '));
}

/**
 * Whether a line is meant to be the times of a cue, even if it cannot be read.
 *
 * @param line any line
 */
export function isTimeLine(line: string): boolean {
	const plain = inAscii(line);
	return CLOCK_START.test(plain) && (plain.includes(ARROW) || hasTwoClocks(plain));
}

function hasTwoClocks(plain: string): boolean {
	return (plain.replaceAll(' ', '').match(CLOCKS)?.length ?? 0) > 1;
}

/**
 * Whether a line has two times, wherever they stand in it.
 *
 * @param line any line
 */
export function holdsTimes(line: string): boolean {
	return isTimeLine(line) || hasTwoClocks(inAscii(line));
}

/**
 * Whether a line has the arrow of SRT, or another one and two times.
 *
 * @param line any line
 */
export function hasArrow(line: string): boolean {
	return sidesOf(inAscii(line)) !== undefined;
}

/** What stands before and behind the arrow of a line. */
function sidesOf(plain: string): readonly [from: string, to: string] | undefined {
	const arrow = plain.includes(ARROW) ? ARROW : hasTwoClocks(plain) ? OTHER_ARROW.exec(plain)?.[0] : undefined;
	if (arrow === undefined) return undefined;
	const at = plain.indexOf(arrow);
	return [trimBlank(plain.slice(0, at)), trimBlank(plain.slice(at + arrow.length))];
}

/**
 * A line of times with the arrow of SRT in the place of another one.
 *
 * @param line any line
 * @returns the line itself when it has no other arrow between two times
 */
export function withArrow(line: SrtLine): SrtLine {
	const plain = inAscii(line.text);
	const [from = '', to = ''] = plain.includes(ARROW) ? [] : (sidesOf(plain) ?? []);
	if (readClock(from, line)?.rest !== '' || readClock(to, line) === undefined) return line;
	return { ...line, text: `${from} ${ARROW} ${to}` };
}

/**
 * Whether a line of times writes seconds as WebVTT does: "00:01.000".
 *
 * @param line any line
 */
export function hasPoints(line: string): boolean {
	return sidesOf(inAscii(line))?.every((side) => POINT.test(side)) ?? false;
}

const POINT = /^[\d: ]+\./;

/** The times of a cue, or what is wrong with their line. */
type TimesReading = { readonly value: CueTimes; readonly problem?: undefined } | { readonly value?: undefined; readonly problem: string };

/**
 * Reads the times of a cue, whichever arrow is between them, and drops where it is to stand.
 *
 * @param line stands where the times should
 */
export function readTimes(line: SrtLine): TimesReading {
	const plain = inAscii(line.text);
	const sides = sidesOf(plain);
	if (sides === undefined) return { problem: arrowProblem(plain, line) };
	const [from, to] = [readClock(sides[0], line), readClock(sides[1], line)];
	if (from === undefined || to === undefined || from.rest !== '') return { problem: formProblem(plain, line) };
	const problem = from.problem ?? to.problem;
	if (problem !== undefined) return { problem };
	const isPlace = to.rest.split(' ').every((part) => part === '' || SETTING.test(part));
	if (isPlace) return { value: { from: from.ms, to: to.ms } };
	return { problem: `has ${shown(to.rest)} in ${lineName(line)} after the times: put the text of a cue into the lines below its times` };
}

/**
 * A time as SRT writes it.
 *
 * @param ms milliseconds
 * @returns "00:00:01,000"
 */
export function clock(ms: number): string {
	const seconds = Math.floor(ms / 1_000);
	const [hour, minute, second] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => padded(part, 2));
	return `${hour}:${minute}:${second},${padded(ms % 1_000, 3)}`;
}

function padded(value: number, digits: number): string {
	return String(value).padStart(digits, '0');
}

/**
 * Where a line is, as messages say it.
 *
 * @param line the line
 * @returns "line 12"
 */
export function lineName({ at }: SrtLine): string {
	return `line ${numeral(at)}`;
}

interface Clock {
	readonly ms: number;
	/** What stands behind it. */
	readonly rest: string;
	readonly problem?: string;
}

/** The time at the start of a text; undefined when there is none. */
function readClock(text: string, line: SrtLine): Clock | undefined {
	const [time, hours, minutes, seconds, fraction] = CLOCK.exec(text) ?? [];
	// "00:01" may be the first second or the first minute.
	if (time === undefined || (hours === undefined && fraction === undefined)) return undefined;
	const rest = trimBlank(text.slice(time.length));
	const [hour, minute, second] = [Number(hours ?? 0), Number(minutes), Number(seconds)] as const;
	if (hour > 99 || minute > 59 || second > 59) {
		return { ms: 0, rest, problem: `has the time ${time} in ${lineName(line)}, but hours go up to 99, and minutes and seconds up to 59` };
	}
	const fractionMs = millisecondsOf(fraction ?? '0');
	const ms = ((hour * 60 + minute) * 60 + second) * 1_000 + (fractionMs ?? 0);
	if (fractionMs !== undefined) return { ms, rest };
	return { ms, rest, problem: `has the time ${time} in ${lineName(line)}, which can be read in two ways: write its milliseconds with three digits` };
}

/** Some programs mean half a second by ",5", others five milliseconds. More than three digits are a fraction to all. */
function millisecondsOf(fraction: string): number | undefined {
	if (fraction.length > 2) return Number(fraction.slice(0, 3));
	return Number(fraction) === 0 ? 0 : undefined;
}

function formProblem(plain: string, line: SrtLine): string {
	return `has ${shown(plain)} in ${lineName(line)}, which cannot be read as times: they must be written as ${TIMES_EXAMPLE}`;
}

/** What is said of a line without the arrow. */
function arrowProblem(plain: string, line: SrtLine): string {
	if (plain.includes(ESCAPED_ARROW)) {
		return `has the arrow as HTML writes it, ${ESCAPED_ARROW}, in ${lineName(line)}: give the text in which &gt;, &lt; and &amp; are turned back into >, < and &`;
	}
	if (!isTimeLine(plain)) return formProblem(plain, line);
	const between = plain.split(/[\d:,. ]+/).find((part) => part !== '');
	const arrow = between === undefined ? 'no arrow' : shown(between);
	return `has ${arrow} in ${lineName(line)} between the two times: they must be written as ${TIMES_EXAMPLE}`;
}
