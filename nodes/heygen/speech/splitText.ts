import sortedLastIndex from 'lodash/sortedLastIndex';

import { isBlank, trimBlank } from '../values/text';
import { textEnds } from './sentenceEnds';

/** Cuts a text into parts that a voice can speak one after another. */

/** The part of a paragraph's end that is worth a shorter part: the last fifth. */
const PARAGRAPH_SHARE = 0.8;

/** Before this share of a part, an end within a sentence that has to be cut anyway makes the part too short. */
const LEAST_SHARE = 0.5;

/** Characters before the largest length in which the end of a word is looked for, where no blank is. */
const WORD_REACH = 80;

/** Characters behind a place that decide whether a word or a character ends there. */
const AHEAD = 24;

/** No character is longer, unless it is made of several. */
const LEAST_MAX = 2;

/**
 * Cuts a text into parts, as few as the ends of its sentences allow. A part ends with a paragraph, if one ends in the last
 * fifth of it, otherwise with a sentence. A sentence that is longer than a part is cut behind a clause, otherwise at a blank,
 * otherwise between two words of a writing without blanks, otherwise between two characters. An emoji stays whole, unless
 * it is longer than a part.
 *
 * @param text plain text
 * @param max UTF-16 code units of a part, at least 2: no way of counting characters finds more
 * @returns the parts in order, without blanks around them; together they have all of the text but blanks
 */
export function splitText(text: string, max: number): string[] {
	const splitter = new Splitter(text, Math.max(LEAST_MAX, Math.floor(max)));
	const parts: string[] = [];
	for (let from = 0; from < text.length; ) {
		const to = splitter.endFrom(from);
		const part = trimBlank(text.slice(from, to));
		if (part !== '') parts.push(part);
		from = to;
	}
	return parts;
}

/** Blanks at which a line may end, and what marks the ends of words in Thai and Khmer. */
const BREAKABLE = /[^\S\u00A0\u2007\u202F\uFEFF]|\u200B/;

const WORDS = new Intl.Segmenter('und', { granularity: 'word' });
const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

class Splitter {
	/** Where something ends, in order. */
	private readonly paragraphs: readonly number[];

	private readonly sentences: readonly number[];

	private readonly clauses: readonly number[];

	/** Behind the last sign of the text. */
	private readonly end: number;

	constructor(
		private readonly text: string,
		private readonly max: number,
	) {
		this.end = text.trimEnd().length;
		const ends = textEnds(text);
		this.paragraphs = ends.filter(({ of }) => of === 'paragraph').map(({ at }) => at);
		this.sentences = [...ends.filter(({ of }) => of !== 'clause').map(({ at }) => at), this.end];
		this.clauses = ends.map(({ at }) => at);
	}

	/** Where the part ends that begins at a place, or behind the blanks there. */
	endFrom(place: number): number {
		const from = this.pastBlanks(place);
		const last = from + this.max;
		if (last >= this.end) return this.text.length;
		const paragraph = lastOf(this.paragraphs, from, last);
		if (this.fills(from, paragraph, PARAGRAPH_SHARE)) return paragraph;
		const sentence = lastOf(this.sentences, from, last);
		if (this.fills(from, sentence, LEAST_SHARE) || (sentence !== undefined && this.isSentenceShort(sentence))) return sentence;
		const clause = lastOf(this.clauses, from, last);
		if (this.fills(from, clause, LEAST_SHARE)) return clause;
		return this.blankIn(from, last) ?? this.wordEndIn(from, last) ?? this.characterEndIn(from, last);
	}

	private fills(from: number, end: number | undefined, share: number): end is number {
		return end !== undefined && end - from >= share * this.max;
	}

	/** Whether the sentence that follows an end is no longer than a part. */
	private isSentenceShort(end: number): boolean {
		const next = this.sentences[sortedLastIndex(this.sentences, end)] ?? this.end;
		return next - this.pastBlanks(end) <= this.max;
	}

	private pastBlanks(from: number): number {
		let at = from;
		while (at < this.end && isBlank(this.text.charAt(at))) at++;
		return at;
	}

	/** The last blank, unless a very long word follows it early in the part. */
	private blankIn(from: number, last: number): number | undefined {
		let at = last;
		while (at > from && !BREAKABLE.test(this.text.charAt(at))) at--;
		if (at === from) return undefined;
		if (this.fills(from, at, LEAST_SHARE)) return at;
		const start = this.pastBlanks(at);
		let end = start;
		while (end < this.end && end - start <= this.max && !BREAKABLE.test(this.text.charAt(end))) end++;
		return end - start <= this.max ? at : undefined;
	}

	/** The last end of a word, as dictionaries of writings without blanks know it. */
	private wordEndIn(from: number, last: number): number | undefined {
		const start = boundaryBefore(CHARACTERS, this.text, from, Math.max(from, last - WORD_REACH));
		const end = boundaryBefore(WORDS, this.text, start, last);
		return this.fills(from, end, LEAST_SHARE) ? end : undefined;
	}

	/** The last end of a character; within a character that is longer than a part, the last place that cuts no sign in two. */
	private characterEndIn(from: number, last: number): number {
		const end = boundaryBefore(CHARACTERS, this.text, from, last);
		if (end > from) return end;
		return HIGH_HALF.test(this.text.charAt(last - 1)) ? last - 1 : last;
	}
}

const HIGH_HALF = /[\uD800-\uDBFF]/;

function lastOf(ends: readonly number[], from: number, last: number): number | undefined {
	const end = ends[sortedLastIndex(ends, last) - 1];
	return end !== undefined && end > from ? end : undefined;
}

/** The last boundary up to a place; the start when there is no other one. */
function boundaryBefore(segmenter: Intl.Segmenter, text: string, start: number, place: number): number {
	const segment = segmenter.segment(text.slice(start, place + AHEAD)).containing(place - start);
	return start + (segment?.index ?? 0);
}
