/** Bounds how many of a run's tasks go on at the same time. */
export class Semaphore {
	private free: number;
	private readonly waiting: Array<() => void> = [];

	/** @param size tasks at a time; Infinity for no bound */
	constructor(size: number) {
		this.free = size;
	}

	/**
	 * Runs a task when there is room, in order of asking.
	 *
	 * @param task what to run; its result or error is handed on
	 * @param signal a task that waits is not started any more once this is aborted
	 */
	async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			signal?.throwIfAborted();
			return await task();
		} finally {
			const next = this.waiting.shift();
			if (next === undefined) this.free++;
			else next();
		}
	}
}
