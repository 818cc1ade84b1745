import { isBlank } from '../values/text';

/** A line of subtitles that holds something. */
export interface SrtLine {
	/** Without blanks at its end. */
	readonly text: string;
	/** Which line it is of the text as it was given, from 1. */
	readonly at: number;
	/** Whether a blank line stands above it. */
	readonly isAfterBlank: boolean;
}

/** Of all systems. Some programs end a line with two CR and an LF, where they took CR and LF for two characters of text. */
const LINE_END = /\r{1,2}\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** What begins a file of UTF-8, and the second one of two files that were joined. */
const FILE_MARK = /^\uFEFF/;

/**
 * The lines of subtitles that hold something. A line of what no one sees is blank.
 *
 * @param text any text
 */
export function linesIn(text: string): SrtLine[] {
	const lines: SrtLine[] = [];
	let isAfterBlank = false;
	for (const [index, line] of text.split(LINE_END).entries()) {
		if (!isBlank(line)) lines.push({ text: line.replace(FILE_MARK, '').trimEnd(), at: index + 1, isAfterBlank });
		isAfterBlank = isBlank(line);
	}
	return lines;
}

/**
 * The lines as a text, with one empty line where blank lines were.
 *
 * @param lines those that hold something
 */
export function tidiedText(lines: readonly SrtLine[]): string {
	return lines.map(({ text, isAfterBlank }, index) => `${isAfterBlank && index > 0 ? '\n' : ''}${text}\n`).join('');
}
