import { jsonIn } from '../values/lists';
import type { SrtLine } from './lines';
import { hasArrow, isTimeLine, readTimes, TIMES_EXAMPLE } from './times';

/** Texts that are no SRT. */

/** What is said of subtitles in a form that is not SRT. */
export const EXPORT_AS_SRT = 'export the subtitles as SRT';

/** By what they begin with. */
const OTHERS: ReadonlyArray<readonly [start: RegExp, is: string, advice: string]> = [
	[/^WEBVTT/, 'WebVTT', EXPORT_AS_SRT],
	[/^\[Script Info\]/i, 'ASS or SSA', EXPORT_AS_SRT],
	[/^\{\d{1,9}\}\{\d{1,9}\}/, 'MicroDVD', EXPORT_AS_SRT],
	[/^\{\\rtf/, 'RTF, which word processors write', 'save it as plain text'],
	[/^<(!doctype html|html|head|body)\b/i, 'an HTML page', 'where it comes from, a page was given instead of the file, often a login'],
	[/^<[!?]?[a-z]/i, 'HTML or XML', 'give the plain text'],
];

/**
 * What is said of a text that is no SRT at all.
 *
 * @param text as it was given
 * @param lines of it, those that hold something
 * @returns undefined for subtitles, right or wrong
 */
export function foreignProblem(text: string, lines: readonly SrtLine[]): string | undefined {
	const [first] = lines;
	const start = first?.text.trimStart() ?? '';
	const other = OTHERS.find(([begins]) => begins.test(start));
	if (other) return `is ${other[1]}, but HeyGen takes SRT here: ${other[2]}`;
	if (jsonIn(text) !== undefined) return 'is JSON, but HeyGen takes SRT here: give the field of it that holds the subtitles';
	const arrow = lines.find((line) => hasArrow(line.text));
	if (arrow && lines.length === 1) return text.includes('\\n') ? ESCAPED : ONE_LINE;
	if (lines.some(({ text: line }) => isTimeLine(line) && hasArrow(line))) return undefined;
	const unreadable = lines.find((line) => isTimeLine(line.text)) ?? arrow;
	return unreadable ? readTimes(unreadable).problem : `is no SRT: it has no line with times such as ${TIMES_EXAMPLE}`;
}

const ONE_LINE =
	'is all in one line: in SRT a number, times and text stand in lines of their own. A field of one line loses the line ends, so take one for long text';

const ESCAPED =
	'has a backslash and an n where line ends should be, as a text has within JSON: give the text itself, or {{ $json.srt.replaceAll("\\\\n", "\\n") }}';
