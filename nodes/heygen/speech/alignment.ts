import sortedIndex from 'lodash/sortedIndex';

/** Which units of two texts are the same, in time that grows with their lengths. */

/** A word without signs, or a character of a writing without blanks. */
export interface TextUnit {
	/** What is compared: neither the case nor the width of letters counts, nor do apostrophes. */
	readonly key: string;
	/** Where the unit is in its text. */
	readonly from: number;
	readonly to: number;
}

const RUN = /[\p{L}\p{M}\p{N}'’]+/gu;

const APOSTROPHE = /['’ʼ]/;
const APOSTROPHES = /['’ʼ]/g;

/** Letters of writings that put no blanks between words. */
export const UNSPACED_LETTER =
	/[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const UNSPACED_UNITS =
	/[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[^\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

/**
 * The words of a text as they are compared.
 *
 * @param text any text
 */
export function unitsOf(text: string): TextUnit[] {
	const units: TextUnit[] = [];
	for (const { 0: run, index } of text.matchAll(RUN)) {
		const parts = UNSPACED_LETTER.test(run) ? [...run.matchAll(UNSPACED_UNITS)] : [{ 0: run, index: 0 }];
		for (const { 0: part, index: within } of parts) {
			const key = part.replace(APOSTROPHES, '').normalize('NFKC').toLowerCase();
			// An apostrophe around a word is a quote.
			const [before, after] = [countStart(part), countEnd(part)];
			const from = index + within;
			if (key !== '') units.push({ key, from: from + before, to: from + part.length - after });
		}
	}
	return units;
}

const BLANK = /\s/;

/** Words of a text that hold several units, by their letters alone: "35" for "3.5". */
export class Compounds {
	private readonly keys: ReadonlySet<string>;

	private readonly units = new Map<string, readonly string[]>();

	/**
	 * @param text any
	 * @param units of the text
	 */
	constructor(text: string, units: readonly TextUnit[]) {
		this.keys = new Set(units.map(({ key }) => key));
		let word: string[] = [];
		for (const [at, { key, to }] of units.entries()) {
			word.push(key);
			const next = units[at + 1];
			if (next !== undefined && next.from - to < SIGNS_MAX && !BLANK.test(text.slice(to, next.from)) && !UNSPACED_LETTER.test(key)) continue;
			if (word.length > 1) this.units.set(word.join(''), word);
			word = [];
		}
	}

	/**
	 * The units of a word from which its signs may have been dropped.
	 *
	 * @param keys of the word as it is
	 */
	of(keys: readonly string[]): readonly string[] {
		const [key = ''] = keys;
		return keys.length === 1 && !this.keys.has(key) ? (this.units.get(key) ?? keys) : keys;
	}
}

/** Signs within a word: "https://www". */
const SIGNS_MAX = 6;

function countStart(text: string): number {
	let count = 0;
	while (APOSTROPHE.test(text.charAt(count))) count++;
	return count;
}

function countEnd(text: string): number {
	let count = 0;
	while (APOSTROPHE.test(text.charAt(text.length - 1 - count))) count++;
	return count;
}

/** Units that may be missing or others on both sides together, before the two texts are the same again. */
const REACH = 12;

/** Units in a row that have to be the same to be found at any distance. */
const ROW = 4;

/** How far the next unit is that both texts have. */
interface Step {
	readonly said: number;
	readonly written: number;
}

/** All steps, the shortest ones first, and among those the ones that go as far in both texts. */
const STEPS: readonly Step[] = Array.from({ length: (REACH + 1) ** 2 - 1 }, (_, at): Step => {
	const index = at + 1;
	return { said: index % (REACH + 1), written: Math.floor(index / (REACH + 1)) };
})
	.filter(({ said, written }) => said + written <= REACH)
	.sort((a, b) => a.said + a.written - b.said - b.written || Math.abs(a.said - a.written) - Math.abs(b.said - b.written));

/**
 * Finds what is said in what is written. Words that one text has and the other has not, or has otherwise, are stepped over.
 *
 * @param said the keys of what is said
 * @param written the keys of what is written
 * @returns for each of what is said, which one it is of what is written, in rising order; -1 for none
 */
export function aligned(said: readonly string[], written: readonly string[]): number[] {
	const found = new Array<number>(said.length).fill(-1);
	let rows: Rows | undefined;
	let to = 0;
	for (let at = 0; at < said.length; at++) {
		const step = said[at] === written[to] ? NO_STEP : STEPS.find((each) => isSame(said, at + each.said, written, to + each.written, each));
		if (step !== undefined && to + step.written < written.length) {
			at += step.said;
			to += step.written;
			found[at] = to++;
			continue;
		}
		rows ??= new Rows(written);
		const next = rows.next(said, at, to);
		if (next !== undefined) {
			found[at] = next;
			to = next + 1;
		}
	}
	return found;
}

const NO_STEP: Step = { said: 0, written: 0 };

/** Whether two units are the same one: those behind them are the same as well, or both texts have gone on by as many. */
function isSame(said: readonly string[], at: number, written: readonly string[], to: number, step: Step): boolean {
	if (at >= said.length || to >= written.length || said[at] !== written[to]) return false;
	const isEnd = at + 1 >= said.length || to + 1 >= written.length;
	return isEnd || step.said === step.written || said[at + 1] === written[to + 1];
}

/** Where rows of units are in a text. */
class Rows {
	private readonly places = new Map<string, number[]>();

	constructor(keys: readonly string[]) {
		for (let at = 0; at + ROW <= keys.length; at++) {
			const row = rowAt(keys, at);
			const places = this.places.get(row);
			if (places === undefined) this.places.set(row, [at]);
			else places.push(at);
		}
	}

	/** The next place of the units that begin at a place of the other text. */
	next(keys: readonly string[], at: number, from: number): number | undefined {
		const places = at + ROW <= keys.length ? (this.places.get(rowAt(keys, at)) ?? []) : [];
		return places[sortedIndex(places, from)];
	}
}

function rowAt(keys: readonly string[], at: number): string {
	return keys.slice(at, at + ROW).join(' ');
}
