/** Milliseconds between two stretches of time that count as none, so that a long run keeps few of them. */
const SAME_MOMENT = 1;

/** Stretches of time that may overlap. Each moment counts once, however many of them it belongs to. */
export class Spans {
	/** Apart from each other, the oldest first. */
	private parts: Array<{ from: number; to: number }> = [];

	/**
	 * Adds a stretch. The cost is the same however many there are when stretches come in the order in which they end.
	 *
	 * @param from its first moment, by `now()`
	 * @param to its last; what does not end after its beginning is no stretch
	 */
	add(from: number, to: number): void {
		if (to <= from) return;
		const span = { from, to };
		const later: Array<{ from: number; to: number }> = [];
		for (let last = this.parts.at(-1); last !== undefined && last.to + SAME_MOMENT >= span.from; last = this.parts.at(-1)) {
			this.parts.pop();
			if (last.from > span.to + SAME_MOMENT) {
				later.push(last);
				continue;
			}
			span.from = Math.min(span.from, last.from);
			span.to = Math.max(span.to, last.to);
		}
		this.parts.push(span, ...later.reverse());
	}

	/** Milliseconds of all of them together. */
	get total(): number {
		return this.parts.reduce((sum, { from, to }) => sum + to - from, 0);
	}
}
