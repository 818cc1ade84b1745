/** How a promise ended. */
export type Settled<T> = { ok: true; value: T } | { ok: false; error: unknown };

/**
 * Waits for a promise to end, however it ends, for code that decides by the error what comes next.
 *
 * @param work anything under way
 */
export async function settle<T>(work: Promise<T>): Promise<Settled<T>> {
	const [result] = await Promise.allSettled([work]);
	return result.status === 'fulfilled'
		? { ok: true, value: result.value }
		: { ok: false, error: result.reason as unknown };
}
