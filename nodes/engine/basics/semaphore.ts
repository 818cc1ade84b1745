/** Bounds how many of a run's tasks go on at the same time. */
export class Semaphore {
	private running = 0;
	private readonly waiting: Array<{ most: number; start: () => void }> = [];

	/** @param size tasks at a time; Infinity for no bound */
	constructor(private readonly size: number) {}

	/**
	 * Runs a task when there is room, in order of asking.
	 *
	 * @param task what to run; its result or error is handed on
	 * @param signal a task that waits is not started any more once this is aborted
	 * @param most the task's own bound on how many go on with it
	 */
	async run<T>(task: () => Promise<T>, signal?: AbortSignal, most = Infinity): Promise<T> {
		await new Promise<void>((start) => {
			this.waiting.push({ most, start });
			this.startNext();
		});
		try {
			signal?.throwIfAborted();
			return await task();
		} finally {
			this.running--;
			this.startNext();
		}
	}

	private startNext(): void {
		for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) {
			if (this.running >= Math.min(this.size, next.most)) return;
			this.waiting.shift();
			this.running++;
			next.start();
		}
	}
}
