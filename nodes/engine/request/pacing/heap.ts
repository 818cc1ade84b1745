/** Entries by a key, the smallest first; each step costs the logarithm of their number. */
export class Heap<T> {
	private entries: Array<{ key: number; value: T }> = [];

	/** The smallest key; Infinity when there is no entry. */
	get least(): number {
		return this.entries[0]?.key ?? Infinity;
	}

	/** The entry with the smallest key. */
	get first(): T | undefined {
		return this.entries[0]?.value;
	}

	/** How many there are. */
	get size(): number {
		return this.entries.length;
	}

	/** Adds an entry. */
	push(key: number, value: T): void {
		const { entries } = this;
		let at = entries.length;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			const above = entries[parent] as { key: number; value: T };
			if (above.key <= key) break;
			entries[at] = above;
			at = parent;
		}
		entries[at] = { key, value };
	}

	/** Takes out the entry with the smallest key. */
	pop(): T | undefined {
		const { entries } = this;
		const first = entries[0];
		const last = entries.pop();
		if (last === undefined || entries.length === 0) return first?.value;
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= entries.length) break;
			const other = entries[child + 1];
			if (other !== undefined && other.key < (entries[child] as { key: number }).key) child++;
			const below = entries[child] as { key: number; value: T };
			if (below.key >= last.key) break;
			entries[at] = below;
			at = child;
		}
		entries[at] = last;
		return first?.value;
	}

	/** Drops entries that nobody needs any more. */
	keep(needed: (value: T) => boolean): void {
		const kept = this.entries.filter(({ value }) => needed(value));
		this.entries = [];
		for (const { key, value } of kept) this.push(key, value);
	}
}
