/** What a judgement has to say of items and their variants, by their slots: why each that is refused is so. */
export type Refused = ReadonlyMap<string, unknown>;

/** Judges the items of a run together, once all that are there have been counted in. */
export class Verdicts {
	private judged = 0;
	private last: Promise<Refused> = Promise.resolve(new Map());

	/**
	 * Judges anew when items have come in since. One judgement goes after the other: what one lets through counts in the next.
	 *
	 * @param count items that are there
	 * @param judge is given what the judgement before has refused
	 */
	async among(count: number, judge: (refused: Refused) => Promise<Refused>): Promise<Refused> {
		if (this.judged < count) {
			this.judged = count;
			this.last = this.last.then(judge);
		}
		return await this.last;
	}
}
