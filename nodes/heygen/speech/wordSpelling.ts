import { aligned, Compounds, unitsOf, UNSPACED_LETTER, type TextUnit } from './alignment';
import type { SpokenWord } from './spokenWords';

/** Spells spoken words as the text spells them that they were spoken from. */

/** A word as subtitles show it. */
export interface SpelledWord {
	/** With the signs before and behind it. */
	text: string;
	/** What stands between it and the word before: nothing, a blank, or line ends. */
	glue: string;
	readonly start: number;
	readonly end: number;
}

/** A word that the text has. */
interface KnownWord {
	readonly word: SpelledWord;
	/** Its first and last unit in the text. */
	readonly first: number;
	readonly last: number;
}

/** Words of the text without times that are shown all the same: a longer stretch was not spoken. */
const UNTIMED_MAX = 3;

const BLANK = ' ';
const LINE = '\n';

/**
 * Gives words the case and the punctuation of their text. A word that the text does not have keeps its own spelling; the
 * signs around the words in its place go to it. Words of the text that are not among the words belong to the word before,
 * unless there are more than three in a row.
 *
 * @param words in the order of their times
 * @param source what was spoken, without tags
 */
export function wordsAsWritten(words: readonly SpokenWord[], source: string): SpelledWord[] {
	return new Spelling(words, source).all();
}

class Spelling {
	private readonly units: readonly TextUnit[];

	private readonly spelled: SpelledWord[] = [];

	/** The last word that the text has, and those since then that it has not. */
	private known: KnownWord | undefined;

	private others: SpelledWord[] = [];

	constructor(
		private readonly words: readonly SpokenWord[],
		private readonly source: string,
	) {
		this.units = unitsOf(source);
	}

	all(): SpelledWord[] {
		const compounds = new Compounds(this.source, this.units);
		const keys = this.words.map(({ word }) => compounds.of(unitsOf(word).map(({ key }) => key)));
		const places = aligned(keys.flat(), this.units.map(({ key }) => key));
		let at = 0;
		for (const [index, { word, start, end }] of this.words.entries()) {
			const count = keys[index]?.length ?? 0;
			if (count === 0) this.append(word);
			else this.add({ text: word, glue: BLANK, start, end }, places.slice(at, at + count));
			at += count;
		}
		this.bridge(undefined);
		return this.spelled;
	}

	/** Signs alone belong to the word before, which shows them if the text does not have it. */
	private append(signs: string): void {
		const last = this.others.at(-1);
		if (last !== undefined) last.text += signs;
	}

	private add(word: SpelledWord, places: readonly number[]): void {
		const [first = -1] = places;
		const last = places.at(-1) ?? -1;
		this.spelled.push(word);
		if (places.some((place, index) => place < 0 || place !== first + index)) {
			this.others.push(word);
			return;
		}
		word.text = tidied(this.source.slice(this.units[first]?.from, this.units[last]?.to));
		this.bridge({ word, first, last });
	}

	/** Shares out what stands between the last word that the text has and the next one, if there is a next one. */
	private bridge(next: KnownWord | undefined): void {
		const { known, others, units, source } = this;
		const [first, last] = [(known?.last ?? -1) + 1, (next?.first ?? units.length) - 1];
		const [from, to] = [units[first - 1]?.to ?? 0, units[last + 1]?.from ?? source.length];
		const missing = last - first + 1;
		if (missing === 0 || (others.length === 0 && missing <= UNTIMED_MAX)) this.shareAll(source.slice(from, to), next);
		else this.shareEnds(source.slice(from, units[first]?.from), source.slice(units[last]?.to, to), next);
		this.known = next;
		this.others = [];
	}

	/** Everything between the two words is shown. */
	private shareAll(text: string, next: KnownWord | undefined): void {
		const { known, others } = this;
		const { trail, glue, lead } = between(text);
		const all = tidied(text);
		if (known !== undefined) known.word.text += next === undefined ? all.trimEnd() : trail;
		if (next !== undefined) next.word.text = `${known === undefined ? all.trimStart() : lead}${next.word.text}`;
		this.join(next);
		if (next !== undefined && others.length === 0) next.word.glue = glue;
	}

	/** The words of the text between the two words are not shown, only the signs at their ends. */
	private shareEnds(start: string, end: string, next: KnownWord | undefined): void {
		const { known, others } = this;
		const [head, tail] = [between(start), between(end)];
		const [first, last] = [others[0], others.at(-1)];
		if (known !== undefined) known.word.text += head.trail;
		if (first !== undefined && !STARTS_WITH_SIGN.test(first.text)) first.text = head.lead + first.text;
		if (last !== undefined && !ENDS_WITH_SIGN.test(last.text)) last.text += tail.trail;
		if (next !== undefined) next.word.text = tail.lead + next.word.text;
		this.join(next);
		if (first !== undefined && head.glue.includes(LINE)) first.glue = head.glue;
		if (next !== undefined && tail.glue.includes(LINE)) next.word.glue = tail.glue;
	}

	/** Words stand apart, but in writings without blanks. */
	private join(next: KnownWord | undefined): void {
		let before = this.known?.word.text ?? '';
		for (const word of [...this.others, ...(next === undefined ? [] : [next.word])]) {
			word.glue = UNSPACED_LETTER.test(before.slice(-1)) && UNSPACED_LETTER.test(word.text.charAt(0)) ? '' : BLANK;
			before = word.text;
		}
	}
}

const STARTS_WITH_SIGN = /^\p{P}/u;
const ENDS_WITH_SIGN = /\p{P}$/u;

/** What stands between two words. */
interface Between {
	/** What belongs to the word before. */
	readonly trail: string;
	readonly glue: string;
	/** What belongs to the word behind. */
	readonly lead: string;
}

const OPENING = /[\p{Ps}\p{Pi}¿¡]/u;
const SPACE = /[\s\p{Cc}]/u;
const SPACES = /[\s\p{Cc}]+/gu;
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/;

function tidied(text: string): string {
	return text.replace(SPACES, BLANK);
}

/** Signs belong to the word that they stand at. Those with blanks around them belong to the word before, unless they open something. */
function between(text: string): Between {
	let at = text.length;
	while (at > 0 && !SPACE.test(text.charAt(at - 1))) at--;
	if (at === 0) {
		at = text.length;
		while (at > 0 && OPENING.test(text.charAt(at - 1))) at--;
		return { trail: text.slice(0, at), glue: '', lead: text.slice(at) };
	}
	// French writes a blank behind the quote that opens.
	const before = text.slice(0, at).trimEnd();
	const isOpening = OPENING.test(before.slice(-1)) && SPACE.test(before.charAt(before.length - 2));
	const cut = isOpening ? before.length - 1 : at;
	const lines = text.split(LINE_END).length - 1;
	return { trail: tidied(text.slice(0, cut)).trimEnd(), glue: lines === 0 ? BLANK : LINE.repeat(Math.min(lines, 2)), lead: tidied(text.slice(cut)) };
}
