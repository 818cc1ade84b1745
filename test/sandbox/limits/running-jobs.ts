/** The jobs that run under one key, ordered by the time they end. */

/** A job that holds one of the places until `finishAt` (Unix milliseconds; Infinity for ever). */
export interface RunningJob {
	finishAt: number;
}

/** A binary min-heap: the job that ends first is at the top, adding and ending cost O(log n). */
export class RunningJobs<Job extends RunningJob> {
	private heap: Job[] = [];

	/** @param onEnd told of every job that ends, in the order of their ends; not of those that are removed. */
	constructor(private readonly onEnd: (job: Job) => void) {}

	get count(): number {
		return this.heap.length;
	}

	/** When the next place becomes free, in Unix milliseconds; Infinity when nothing ends. */
	get nextFinish(): number {
		return this.heap[0]?.finishAt ?? Infinity;
	}

	add(job: Job): void {
		let index = this.heap.push(job) - 1;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (this.at(parent).finishAt <= job.finishAt) break;
			this.heap[index] = this.at(parent);
			index = parent;
		}
		this.heap[index] = job;
	}

	/** Takes out every job that has ended at the time given. */
	endUntil(time: number): void {
		while (this.nextFinish <= time) this.onEnd(this.removeTop());
	}

	/** Takes out a job before its end, e.g. because its video was deleted. Linear, and rare. */
	remove(job: Job): void {
		const others = this.heap.filter((other) => other !== job);
		if (others.length === this.heap.length) return;
		this.heap = [];
		for (const other of others) this.add(other);
	}

	private at(index: number): Job {
		return this.heap[index] as Job;
	}

	private removeTop(): Job {
		const top = this.at(0);
		const last = this.heap.pop();
		if (!last || this.heap.length === 0) return top;
		let index = 0;
		for (;;) {
			let child = 2 * index + 1;
			if (child >= this.heap.length) break;
			const right = child + 1;
			if (right < this.heap.length && this.at(right).finishAt < this.at(child).finishAt) child = right;
			if (this.at(child).finishAt >= last.finishAt) break;
			this.heap[index] = this.at(child);
			index = child;
		}
		this.heap[index] = last;
		return top;
	}
}
