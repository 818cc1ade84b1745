import { pause } from './timing';

/** What had a time to be done in was not. Its code is that of a time-out of the system's. */
export class TooLate extends Error {
	readonly code = 'ETIMEDOUT';
}

/**
 * Gives work a time to be done in. The request helper's own time-out does not: it begins anew with every byte, so that an
 * answer which drips in has no end.
 *
 * @param ms milliseconds; Infinity for no limit
 * @param work is told by the signal when the time is up
 * @throws TooLate when the time is up; what the work throws
 */
export async function inTime<T>(ms: number, work: (late: AbortSignal) => Promise<T>): Promise<T> {
	const late = new AbortController();
	const over = new AbortController();
	const working = work(late.signal);
	if (ms === Infinity) return await working;
	const limit = pause(ms, over.signal).then(() => {
		const error = new TooLate();
		late.abort(error);
		throw error;
	});
	try {
		return await Promise.race([working, limit]);
	} finally {
		over.abort();
	}
}
