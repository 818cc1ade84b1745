import { isSpeakable } from '../values/text';
import { UNSPACED_LETTER } from './alignment';
import { textEnds, type TextEnd } from './sentenceEnds';
import { splitText } from './splitText';
import type { SpokenWord } from './spokenWords';
import { wordsAsWritten, type SpelledWord } from './wordSpelling';

/** What subtitles are made of: the least pieces that no line and no cue cuts. */

/** Columns of a line: a letter takes one, a character of East Asia takes two. */
export const LINE_COLUMNS = 42;

/** Milliseconds for which a cue is shown at most. */
export const CUE_MAX_MS = 7_000;

/** A word, or a part of a word that is longer than a line. */
export interface CueAtom {
	readonly text: string;
	/** Whether a blank stands between the atom before and this one. */
	readonly isApart: boolean;
	/** Columns, without the blank. */
	readonly width: number;
	/** Milliseconds. */
	readonly from: number;
	readonly to: number;
	/** What ends behind it. */
	readonly ends: TextEnd['of'] | undefined;
	/** Whether a line or a cue may well begin with it. */
	readonly isConjunction: boolean;
}

type Piece = Omit<CueAtom, 'ends' | 'width' | 'isConjunction'> & { readonly glue: string };

/**
 * The atoms of words, in order.
 *
 * @param words in the order of their times, without overlaps
 * @param source what was spoken
 */
export function cueAtoms(words: readonly SpokenWord[], source: string): CueAtom[] {
	const pieces = joined(wordsAsWritten(words, source)).flatMap(partsOfWord);
	const ends = endsOf(pieces);
	return pieces.map(({ text, isApart, from, to }, at) => ({
		text,
		isApart,
		width: widthOf(text),
		from,
		to,
		ends: ends[at],
		isConjunction: CONJUNCTIONS.has(bareWord(text)),
	}));
}

/** Signs behind which a word may be cut. */
const HYPHEN = /[-‐–—/]$/;

/** What stands in one word, such as the two numbers of "3.5", is one, unless it gets too long for a line. */
function joined(words: readonly SpelledWord[]): SpelledWord[] {
	const found: SpelledWord[] = [];
	for (const word of words) {
		const last = found.at(-1);
		const isCut = last === undefined || word.glue !== '' || HYPHEN.test(last.text) || last.text.length + word.text.length > LINE_COLUMNS;
		if (isCut || UNSPACED_LETTER.test(last.text.slice(-1)) || UNSPACED_LETTER.test(word.text.charAt(0))) found.push(word);
		else found[found.length - 1] = { ...last, text: last.text + word.text, end: word.end };
	}
	return found;
}

/** The parts of a word that fit into a line, with times by their lengths. */
function partsOfWord({ text, glue, start, end }: SpelledWord): Piece[] {
	const from = Math.round(start * 1_000);
	// The last word before a silence may last as long as the silence.
	const to = Math.min(Math.round(end * 1_000), from + CUE_MAX_MS);
	const isApart = glue !== '';
	if (widthOf(text) <= LINE_COLUMNS) return [{ text, glue, isApart, from, to }];
	const pieces: Piece[] = [];
	let place = 0;
	for (const part of splitText(text, WIDE.test(text) ? LINE_COLUMNS / 2 : LINE_COLUMNS)) {
		const at = text.indexOf(part, place);
		const timeAt = (index: number) => Math.round(from + ((to - from) * index) / text.length);
		const isFirst = pieces.length === 0;
		const isPartApart = isFirst ? isApart : at > place;
		pieces.push({ text: part, glue: isFirst ? glue : isPartApart ? ' ' : '', isApart: isPartApart, from: timeAt(at), to: timeAt(at + part.length) });
		place = at + part.length;
	}
	return pieces;
}

/** What ends behind each piece. */
function endsOf(pieces: readonly Piece[]): Array<TextEnd['of'] | undefined> {
	const text = pieces.map(({ text: words, glue }, at) => (at === 0 ? words : glue + words)).join('');
	const ends = textEnds(text);
	let next = 0;
	let place = 0;
	return pieces.map(({ text: words, glue }, at) => {
		place += at === 0 ? words.length : glue.length + words.length;
		let found: TextEnd | undefined;
		for (let end = ends[next]; end !== undefined && end.at <= place; end = ends[++next]) found = end;
		// A mark within a piece ends nothing behind it.
		return found === undefined || isSpeakable(text.slice(found.at, place)) ? undefined : found.of;
	});
}

/** Characters of two columns, as terminals and subtitles of East Asia have them. */
const WIDE =
	/[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** Marks upon other characters, and what no one sees. */
const NO_WIDTH = /[\p{M}\p{Cf}]/u;

/**
 * Columns that a text takes.
 *
 * @param text any text
 * @returns at least 1
 */
export function widthOf(text: string): number {
	let width = 0;
	for (const character of text) width += WIDE.test(character) ? 2 : NO_WIDTH.test(character) ? 0 : 1;
	return Math.max(1, width);
}

/** Words that begin a part of a sentence, without those that are an article or a preposition elsewhere. */
const CONJUNCTIONS: ReadonlySet<string> = new Set(
	[
		'and or but because so that which who when while where if although though than nor yet unless until since',
		'und oder aber weil dass denn sondern wenn obwohl damit bevor nachdem während maar want omdat dat terwijl of',
		'et ou mais car que qui quand lorsque parce donc afin y pero porque cuando aunque sino embora perché che però oppure mentre affinché',
		'och eller og tai mutta että koska lub albo ale że żeby gdy ponieważ nebo protože když ili jer sau dar că vagy hogy mert ve veya ama çünkü',
		'и или но что чтобы потому когда если що або και ή αλλά ότι γιατί όταν و أو لكن لأن ثم और या लेकिन क्योंकि कि',
	].flatMap((line) => line.split(' ')),
);

const SIGNS = /[^\p{L}\p{M}\p{N}]+/gu;

function bareWord(text: string): string {
	return text.replace(SIGNS, '').toLowerCase();
}
