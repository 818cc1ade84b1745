import { readHeyGenError } from '../heygen/errors';
import { jitter, timing, wallClock } from './timing';

/** Which answers are tried again, and when. The table of reasons is in CONTRIBUTING.md. */

/** HTTP methods this package sends. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What to do with an answer. */
export type Verdict = 'ok' | 'limited' | 'inProgress' | 'retry' | 'fail';

/**
 * Judges an answer.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 * @param repeatable whether sending the same request twice does the work once: reads, PUT and DELETE, and a POST
 *   that carries an idempotency key
 */
export function judge(statusCode: number, body: unknown, repeatable: boolean): Verdict {
	const { code } = readHeyGenError(body);
	if (isSuccess(statusCode)) {
		if (saysNo(body)) return code === 'rate_limit_exceeded' ? 'limited' : 'fail';
		if (isEnvelope(body)) return 'ok';
		// A success whose body is not HeyGen's: something between us and HeyGen, or an answer cut short.
		return repeatable ? 'retry' : 'fail';
	}
	if (statusCode === 429) return code === 'quota_exceeded' ? 'fail' : 'limited';
	if (statusCode === 409 && code === 'request_in_progress') return repeatable ? 'inProgress' : 'fail';
	return repeatable && isDoubtful(statusCode, body) ? 'retry' : 'fail';
}

/** Statuses below 500 of a server or proxy that has lost track of a request: time-out, too early, connection closed. */
const LOST_TRACK: ReadonlySet<number> = new Set([408, 425, 499]);

/**
 * Whether an answer leaves open what HeyGen has done. A redirect does as well: the API has none, so it comes from
 * something in front of HeyGen, or from behind it.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 */
export function isDoubtful(statusCode: number, body: unknown): boolean {
	if (isSuccess(statusCode)) return !isEnvelope(body) && !saysNo(body);
	return statusCode < 400 || statusCode >= 500 || LOST_TRACK.has(statusCode);
}

/** Whether a status says that all went well. */
export function isSuccess(statusCode: number): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** Whether a body is HeyGen's error envelope, which can come with a status of success. */
function saysNo(body: unknown): boolean {
	if (!isObject(body)) return false;
	const { data, error } = body as { data?: unknown; error?: unknown };
	const hasError = isObject(error) || (typeof error === 'string' && error !== '');
	return hasError && (data === null || data === undefined);
}

/** Whether a body is one of HeyGen's: an object with `data`, or the empty object some deletes answer. */
function isEnvelope(body: unknown): boolean {
	return isObject(body) && ('data' in body || Object.keys(body).length === 0);
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** HTTP dates name whole seconds: clocks that differ by no more may well be the same. */
const SAME_CLOCK = 2_000;

/**
 * Reads a `Retry-After` header.
 *
 * @param value seconds, or an HTTP date
 * @param sentAt the answer's `Date` header: by it a date is judged when the server's clock is not ours
 * @returns milliseconds from now, never negative; undefined when there is none or it is unreadable
 */
export function retryAfterMs(value: unknown, sentAt?: unknown): number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
	const date = dateMs(text);
	if (date === undefined) return undefined;
	const here = wallClock();
	const there = typeof sentAt === 'string' ? dateMs(sentAt.trim()) : undefined;
	const time = there === undefined || Math.abs(there - here) <= SAME_CLOCK ? here : there;
	return Math.max(0, date - time);
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
