import { tokenAt } from './jsonBreak';

/** Numbers of JSON text that JavaScript cannot hold: 9007199254740993 becomes 9007199254740992, and 1e400 Infinity. */

/** Such a number, in the place where it stood. */
export class InexactNumber {
	/** @param digits as the text has it */
	constructor(readonly digits: string) {}
}

/** A whole number as JSON writes it. */
const WHOLE = /^-?\d+$/;

/** As many digits as the least of such numbers has, or an exponent of as many as the least that is infinite. */
const LONG = /\d{16}|\de\+?\d{3}/i;

/** Stands before the digits of such a number while the text is parsed. No text of people's begins with it. */
const MARK = '\u0000inexact ';

/**
 * What a text of JSON holds.
 *
 * @param text of JSON
 * @returns as `JSON.parse` gives it, but with an `InexactNumber` for each number that is too large
 * @throws SyntaxError as `JSON.parse` does
 */
export function parseExactly(text: string): unknown {
	const parsed: unknown = JSON.parse(text);
	const marked = LONG.test(text) ? withMarks(text) : undefined;
	if (marked === undefined) return parsed;
	return JSON.parse(marked, (_name, value: unknown) => {
		return typeof value === 'string' && value.startsWith(MARK) ? new InexactNumber(value.slice(MARK.length)) : value;
	});
}

/** The text with such numbers as marked texts; undefined when it has none. */
function withMarks(text: string): string | undefined {
	const pieces: string[] = [];
	let done = 0;
	let at = 0;
	while (at < text.length) {
		// A token begins with no blank.
		if (/\s/.test(text.charAt(at))) {
			at++;
			continue;
		}
		const token = tokenAt(text, at);
		if (!isExact(token)) {
			pieces.push(text.slice(done, at), JSON.stringify(MARK + token));
			done = at + token.length;
		}
		at += token.length;
	}
	return done === 0 ? undefined : [...pieces, text.slice(done)].join('');
}

/** Whether a number goes out as it came: a whole one with the same digits. What is no number does. */
function isExact(token: string): boolean {
	if (!/^[-\d]/.test(token)) return true;
	const value = Number(token);
	if (!WHOLE.test(token)) return Number.isFinite(value);
	return Number.isSafeInteger(value) || String(value) === token;
}
