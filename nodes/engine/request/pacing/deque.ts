/** Dead entries in front of the array before it is cut; keeps the cost of each entry constant. */
const CUT_AFTER = 1_024;

/** A queue that also takes entries back at its front; each step costs the same however many wait. */
export class Deque<T> {
	private items: T[] = [];
	private head = 0;
	/** Entries that came back, the first one last. */
	private front: T[] = [];

	/** Whether there is none. */
	get empty(): boolean {
		return this.front.length === 0 && this.head === this.items.length;
	}

	/** The first entry. */
	get first(): T | undefined {
		return this.front[this.front.length - 1] ?? this.items[this.head];
	}

	/** Adds at the end. */
	push(item: T): void {
		this.items.push(item);
	}

	/** Adds at the front. */
	unshift(item: T): void {
		this.front.push(item);
	}

	/** Takes the first entry out. */
	shift(): void {
		if (this.front.length > 0) {
			this.front.pop();
			return;
		}
		this.head++;
		if (this.head < CUT_AFTER || this.head * 2 < this.items.length) return;
		this.items = this.items.slice(this.head);
		this.head = 0;
	}
}
