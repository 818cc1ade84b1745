import { CUE_MAX_MS, LINE_COLUMNS, type CueAtom } from './cueAtoms';

/** Which atoms fit into a cue, where a cue may end, and where its second line begins. */

/** What a good place is worth against lines or cues of unequal lengths. */
const CLAUSE_WORTH = 0.6;
const CONJUNCTION_WORTH = 0.4;

/** The least share of its ideal length that a cue or a line gets. */
const LEAST_LENGTH = 0.3;

/** Columns of two lines of which each has a rest that the next word did not fit into. */
const USUAL_COLUMNS = 2 * LINE_COLUMNS - 8;

/** Lays atoms out in lines and cues. */
export class CueLayout {
	/** Columns before each atom, and up to its end, as if all were one line. */
	private readonly starts: number[] = [];

	private readonly ends: number[] = [];

	/** @param atoms of the whole text */
	constructor(private readonly atoms: readonly CueAtom[]) {
		let column = 0;
		for (const { isApart, width } of atoms) {
			const start = column + (isApart ? 1 : 0);
			column = start + width;
			this.starts.push(start);
			this.ends.push(column);
		}
	}

	/** Columns of the atoms from one to another. */
	private width(first: number, last: number): number {
		return (this.ends[last] ?? 0) - (this.starts[first] ?? 0);
	}

	/** Milliseconds of the atoms from one to another. */
	private length(first: number, last: number): number {
		return (this.atoms[last]?.to ?? 0) - (this.atoms[first]?.from ?? 0);
	}

	/**
	 * Whether atoms fit into one cue.
	 *
	 * @param first one of them
	 * @param last one of them
	 */
	fits(first: number, last: number): boolean {
		if (this.length(first, last) > CUE_MAX_MS || this.width(first, last) > 2 * LINE_COLUMNS + 1) return false;
		if (this.width(first, last) <= LINE_COLUMNS) return true;
		let end = first;
		while (this.width(first, end + 1) <= LINE_COLUMNS) end++;
		return this.width(end + 1, last) <= LINE_COLUMNS;
	}

	/**
	 * The last atom of the first cue of several ones: behind a clause or before a conjunction where that makes cues of about
	 * one length.
	 *
	 * @param first of all
	 * @param last of all, which do not fit into one cue
	 */
	cueEnd(first: number, last: number): number {
		let most = first;
		while (most + 1 < last && this.fits(first, most + 1)) most++;
		const width = this.width(first, last);
		const count = Math.max(2, Math.ceil(width / USUAL_COLUMNS), Math.ceil(this.length(first, last) / CUE_MAX_MS));
		return this.best(first, most, width / count, () => true);
	}

	/**
	 * The text of a cue.
	 *
	 * @param first of its atoms
	 * @param last of its atoms
	 * @returns one line or two, with LF between them
	 */
	text(first: number, last: number): string {
		const width = this.width(first, last);
		if (width <= LINE_COLUMNS) return this.line(first, last);
		const fits = (end: number) => this.width(first, end) <= LINE_COLUMNS && this.width(end + 1, last) <= LINE_COLUMNS;
		const end = this.best(first, last - 1, width / 2, fits);
		return `${this.line(first, end)}\n${this.line(end + 1, last)}`;
	}

	private line(first: number, last: number): string {
		const atoms = this.atoms.slice(first, last + 1);
		return atoms.map(({ text, isApart }, at) => (isApart && at > 0 ? ` ${text}` : text)).join('');
	}

	/** The best end between two atoms, by the length that it gives and by what ends there. */
	private best(first: number, most: number, ideal: number, admits: (end: number) => boolean): number {
		let best = most;
		let bestWorth = -Infinity;
		for (let end = first; end <= most; end++) {
			const length = this.width(first, end) / ideal;
			const worth = this.worth(end) - Math.abs(length - 1) - (length < LEAST_LENGTH ? 2 : 0);
			if (worth <= bestWorth || !admits(end)) continue;
			best = end;
			bestWorth = worth;
		}
		return best;
	}

	private worth(end: number): number {
		if (this.atoms[end]?.ends !== undefined) return CLAUSE_WORTH;
		return this.atoms[end + 1]?.isConjunction === true ? CONJUNCTION_WORTH : 0;
	}
}
