/** The part of a film that is worked on, which `start_time` and `end_time` of a request name in seconds. */
import type { Violation } from '../server/errors';
import { asNumber, type Fields } from '../server/fields';
import { markedNumbers } from './markers';

/** Length of every film unless a marker says otherwise. */
const SOURCE_SECONDS = 10;

/** Checks that a part begins before it ends. */
export function checkPart(body: Fields): Violation[] {
	const start = asNumber(body.start_time) ?? 0;
	const end = asNumber(body.end_time) ?? Infinity;
	if (start < 0) return [{ param: 'start_time', message: 'start_time must be at least 0' }];
	return end > start ? [] : [{ param: 'end_time', message: 'end_time must be above start_time, and above 0' }];
}

/**
 * Length of the part in seconds, the whole film by default.
 * @param texts in which `[seconds:N]` says how long the film is.
 */
export function partSeconds(body: Fields, texts: readonly string[]): number {
	const [source = SOURCE_SECONDS] = markedNumbers(texts, 'seconds');
	const start = asNumber(body.start_time) ?? 0;
	return (asNumber(body.end_time) ?? Math.max(source, start)) - start;
}
