import { isAbbreviation } from './abbreviations';

/** Where a text can be cut: the ends of its paragraphs, sentences and clauses, in any language. */

/** What ends at a place of a text. */
export interface TextEnd {
	/** Behind the last sign that belongs to it. */
	readonly at: number;
	readonly of: 'paragraph' | 'sentence' | 'clause';
}

/** A sign that may end something: a stop, a mark between clauses, a dash, the end of a line. */
const MARK = /[\p{Terminal_Punctuation}…–—―\n\r\u0085\u2028\u2029]/gu;

const PUNCTUATION = /[\p{Terminal_Punctuation}…–—―]/u;

const DASH = /^[–—―]/;

const LETTER_OR_CLOSING = /[^\s\p{Terminal_Punctuation}…–—―]/u;

const STOP = /[\p{Sentence_Terminal}…]/u;

/** What belongs to the words before it. Quotes that open in one language close in another. */
const CLOSING = /[\p{Pe}\p{Pf}\p{Pi}"'*_~`]/u;
/** Where no blank stands between sentences, a quote that opens belongs to the next one. */
const CLOSING_ONLY = /[\p{Pe}\p{Pf}"']/u;

/** What stands before the first letter of a sentence. */
const OPENING = /[\p{Ps}\p{Pi}\p{Pf}\p{Pd}"'¿¡*_~`#>•·]/u;

const BLANK = /\s/;
const LINE_BREAK = /[\n\r\u0085\u2028\u2029]/;
const DIGIT = /\p{Nd}/u;
const SMALL = /\p{Ll}/u;

/** What stands before an entry of a list. */
const BULLET = /[-*•·‣–—]\s/y;

/** Writings without blanks between sentences. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Signs of Latin, and those that many writings share, end something only before a blank: "3.5", "10:30", "www.example.com". */
const NEEDS_BLANK = /[\0-\u036F\u2000-\u206F]/;

/** Signs that are looked at between the end of a sentence and the first letter of the next one. */
const OPENING_MAX = 6;

/**
 * Where the parts of a text end, in order. "Dr. Smith", "z. B.", "3.5" and addresses hold no ends. A line ends like a
 * sentence, unless the next one goes on with a small letter. An end before a small letter is that of a clause at most, since
 * the sentence goes on, unless a question or an exclamation ends there.
 *
 * @param text any text
 */
export function textEnds(text: string): TextEnd[] {
	const ends: TextEnd[] = [];
	MARK.lastIndex = 0;
	for (let mark = MARK.exec(text); mark !== null; mark = MARK.exec(text)) {
		const end = LINE_BREAK.test(mark[0]) ? lineEndAt(text, mark.index) : markEndAt(text, mark.index);
		const last = ends.at(-1);
		if (end.of !== undefined && end.at > (last?.at ?? 0)) ends.push({ at: end.at, of: end.of });
		MARK.lastIndex = end.next;
	}
	return ends;
}

/** What ends at a sign, if anything does, and where to look on. */
interface Found {
	readonly at: number;
	readonly of: TextEnd['of'] | undefined;
	readonly next: number;
}

/** At the first line end behind the last word. */
function lineEndAt(text: string, mark: number): Found {
	let at = mark;
	while (at > 0 && BLANK.test(text.charAt(at - 1))) at--;
	const { next, lines } = gapAt(text, at);
	if (lines > 1 || next === text.length) return { at, of: 'paragraph', next };
	BULLET.lastIndex = next;
	return { at, of: SMALL.test(firstLetter(text, next)) && !BULLET.test(text) ? undefined : 'sentence', next };
}

function markEndAt(text: string, mark: number): Found {
	let signs = mark;
	while (PUNCTUATION.test(text.charAt(signs))) signs++;
	const needsBlank = NEEDS_BLANK.test(text.charAt(signs - 1));
	const isClosing = needsBlank ? CLOSING : CLOSING_ONLY;
	let at = signs;
	while (isClosing.test(text.charAt(at)) || PUNCTUATION.test(text.charAt(at))) at++;
	// French writes a blank before the quote that closes.
	if (BLANK.test(text.charAt(at)) && text.charAt(at + 1) === '»' && !LETTER_OR_CLOSING.test(text.charAt(at + 2))) at += 2;
	const { next, lines } = gapAt(text, at);
	if (lines > 1 || next === text.length) return { at, of: 'paragraph', next };
	if (next === at && !endsWithoutBlank(text, mark, at, needsBlank)) return { at, of: undefined, next };
	return { at, of: kindOf(text, { mark, signs, at, next, isLineEnd: lines > 0 }), next };
}

/** Whether something ends here although the next word follows at once. */
function endsWithoutBlank(text: string, mark: number, at: number, needsBlank: boolean): boolean {
	const [before, after] = [text.charAt(mark - 1), text.charAt(at)];
	if (DIGIT.test(before) && DIGIT.test(after)) return false;
	if (!needsBlank) return true;
	const isDash = text.charAt(mark) === '—' && LETTER_OR_CLOSING.test(before);
	return isDash || (UNSPACED.test(after) && (UNSPACED.test(before) || text.charAt(mark) !== '.'));
}

interface Place {
	readonly mark: number;
	/** Behind the signs, without the quotes that follow them. */
	readonly signs: number;
	readonly at: number;
	readonly next: number;
	readonly isLineEnd: boolean;
}

/** What ends before the next word. */
function kindOf(text: string, { mark, signs, at, next, isLineEnd }: Place): TextEnd['of'] | undefined {
	const stops = text.slice(mark, signs);
	// A dash at the start of a line begins what somebody says.
	if (DASH.test(stops) && !LETTER_OR_CLOSING.test(lastBefore(text, mark))) return undefined;
	const letter = firstLetter(text, next);
	if (!STOP.test(stops)) return 'clause';
	if (stops === '.' && isAbbreviation(text, mark, letter)) return undefined;
	if (!isLineEnd && PUNCTUATION.test(text.charAt(next))) return 'clause';
	if (!SMALL.test(letter)) return 'sentence';
	const isCalled = /[!?]/.test(stops) && at === signs;
	return isCalled ? 'sentence' : 'clause';
}

/** What stands before a sign in its line, behind a blank or not. */
function lastBefore(text: string, at: number): string {
	const before = text.charAt(at - 1);
	return BLANK.test(before) && !LINE_BREAK.test(before) ? text.charAt(at - 2) : before;
}

/** The blanks behind a place: where they end, and how many lines end in them. */
function gapAt(text: string, from: number): { readonly next: number; readonly lines: number } {
	let next = from;
	let lines = 0;
	for (; BLANK.test(text.charAt(next)) || text.charAt(next) === '\u0085'; next++) {
		const isSecond = text.charAt(next) === '\n' && text.charAt(next - 1) === '\r';
		if (text.charAt(next) === '\u2029') lines += 2;
		else if (LINE_BREAK.test(text.charAt(next)) && !isSecond) lines++;
	}
	return { next, lines };
}

/** The first letter or digit of what follows, behind its quotes and brackets. */
function firstLetter(text: string, from: number): string {
	let at = from;
	while (at - from < OPENING_MAX && (OPENING.test(text.charAt(at)) || text.charAt(at) === ' ')) at++;
	const code = text.codePointAt(at);
	return code === undefined ? '' : String.fromCodePoint(code);
}
