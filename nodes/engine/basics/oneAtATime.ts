/** Lets tasks of one name go on one after the other, in the order in which they are asked for. */
export class OneAtATime {
	/** By name: settles when whoever is in line now has ended. */
	private readonly ends = new Map<string, Promise<void>>();

	/**
	 * Runs a task when those of its name that were asked for before have ended, however they end.
	 *
	 * @param name tasks of other names do not wait for it
	 * @param task what to run; its result or error is handed on
	 * @param signal a task that waits is not started any more once this is aborted
	 * @throws the signal's reason when it is aborted before the task starts
	 */
	async run<T>(name: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
		signal?.throwIfAborted();
		const ahead = this.ends.get(name);
		let leave!: () => void;
		const own = new Promise<void>((resolve) => {
			leave = resolve;
		});
		// Whoever gives up waiting does not let those behind pass whoever is ahead.
		const end = (ahead ?? Promise.resolve()).then(async () => await own);
		this.ends.set(name, end);
		void end.then(() => {
			if (this.ends.get(name) === end) this.ends.delete(name);
		});
		try {
			if (ahead !== undefined) await endOrAbort(ahead, signal);
			return await task();
		} finally {
			leave();
		}
	}

	/** Whether a task of a name goes on, so that another one has to wait. @param name of tasks */
	isBusy(name: string): boolean {
		return this.ends.has(name);
	}
}

async function endOrAbort(end: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
	if (signal === undefined) return await end;
	let onAbort!: () => void;
	const aborted = new Promise<void>((resolve) => {
		onAbort = resolve;
	});
	signal.addEventListener('abort', onAbort, { once: true });
	await Promise.race([end, aborted]);
	signal.removeEventListener('abort', onAbort);
	signal.throwIfAborted();
}
