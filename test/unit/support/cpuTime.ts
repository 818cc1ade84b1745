/** What some work gave, and what it took of the processor. */
export interface Worked<T> {
	result: T;
	/** Milliseconds. */
	cpuMs: number;
}

/**
 * Measures what some work takes of the processor. Unlike the time on the wall it is about the same beside other work, so
 * that it tells an endless or a squared loop from a busy machine.
 *
 * @param work what is measured; it may not wait
 */
export function onProcessor<T>(work: () => T): Worked<T> {
	const before = process.cpuUsage();
	const result = work();
	const { user, system } = process.cpuUsage(before);
	return { result, cpuMs: (user + system) / 1_000 };
}
