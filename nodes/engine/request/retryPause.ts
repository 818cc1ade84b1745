import { jitter, timing, wallClock } from '../basics/timing';

/** No server means a longer wait, in milliseconds: one that names it has made a mistake. */
const LONGEST_WAIT = 86_400_000;

/** HTTP dates name whole seconds: clocks that differ by no more may well be the same. */
const SAME_CLOCK = 2_000;

/**
 * Reads a `Retry-After` header.
 *
 * @param value seconds, or an HTTP date
 * @param sentAt the answer's `Date` header: by it a date is judged when the server's clock is not ours
 * @returns milliseconds from now, never negative, a day at most; undefined when there is none or it is unreadable
 */
export function retryAfterMs(value: unknown, sentAt?: unknown): number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Math.min(LONGEST_WAIT, Number(text) * 1_000);
	const date = dateMs(text);
	if (date === undefined) return undefined;
	const here = wallClock();
	const there = typeof sentAt === 'string' ? dateMs(sentAt.trim()) : undefined;
	const time = there === undefined || Math.abs(there - here) <= SAME_CLOCK ? here : there;
	return Math.min(LONGEST_WAIT, Math.max(0, date - time));
}

/** An HTTP date in Unix milliseconds. `Date.parse` takes almost anything for one; they name day, month, year and time. */
function dateMs(text: string): number | undefined {
	if (!/^[A-Za-z]{3,9},? .*\b\d{2}:\d{2}:\d{2}\b/.test(text)) return undefined;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : date;
}

/**
 * The pause before a retry: exponential, jittered, at least what the server asks for, and bounded: a server that asks
 * for hours is asked again sooner, and then the error is the user's to see.
 *
 * @param attempt 0 for the first retry
 * @param retryAfter milliseconds the server asked to wait
 * @returns milliseconds
 */
export function retryPause(attempt: number, retryAfter = 0): number {
	return Math.max(backoffMs(attempt), Math.min(retryAfter, timing.retryMax));
}

/**
 * The pause before a retry: exponential, jittered, bounded.
 *
 * @param attempt 0 for the first retry
 * @returns milliseconds
 */
export function backoffMs(attempt: number): number {
	return jitter(Math.min(timing.retryMax, timing.retryBase * 2 ** attempt));
}
