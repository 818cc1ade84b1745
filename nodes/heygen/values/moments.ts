import { DateTime } from 'luxon';

import { readNumber, readText } from './plain';
import { isNothing, NOTHING, type Reading, refusedReading } from './reading';
import { trimBlank } from './text';

/** Readers of dates and of lengths of time. */

/** A moment, as somebody has given it. */
export interface Moment {
	/** Unix milliseconds. */
	readonly at: number;
	/** Whether it names its time zone itself, as Unix time does. */
	readonly isZoned: boolean;
}

/** Unix seconds have ten digits from 2001 to 2286, milliseconds have thirteen. */
const UNIX_TIME = /^\d{10}(\d{3})?$/;

/** How a time ends that names its zone: "Z", "+02:00", "-0500". A date alone may end so as well. */
const ZONE = /(Z|[+-]\d{2}(:?\d{2})?)$/i;
const TIME = /[T ]\d/i;

/**
 * A moment: a date with or without a time in ISO 8601 or as SQL writes it, a moment of n8n's or JavaScript's own, or Unix
 * time in seconds or milliseconds.
 *
 * @param given as the parameter has it
 * @param zone the time zone of what names none, such as "Europe/Berlin"
 * @returns a date without a time is its first moment
 */
export function readMoment(given: unknown, zone: string): Reading<Moment> {
	if (isNothing(given)) return NOTHING;
	const text = trimBlank(readText(given).value ?? '');
	if (UNIX_TIME.test(text)) return { value: { at: Number(text) * (text.length === 10 ? 1_000 : 1), isZoned: true } };
	const moment = [DateTime.fromISO(text, { zone }), DateTime.fromSQL(text, { zone })].find(({ isValid }) => isValid);
	// "20" would be the year 20, and "12:30" a time of today.
	if (moment === undefined || !/^\d{4}-?\d{2}/.test(text)) return refusedReading('a date such as 2026-11-30', given);
	return { value: { at: moment.toMillis(), isZoned: TIME.test(text) && ZONE.test(text) } };
}

/** "1:30", "01:02:03", "0:02.5": minutes and seconds of two digits, hours before them. */
const CLOCK = /^(?:(\d{1,4}):(?=\d{2}:))?(\d{1,4}):([0-5]\d(?:\.\d{1,3})?)$/;

/**
 * A length of time.
 *
 * @param given seconds as a number or text, or as players show them: "1:30", "01:02:03"
 * @returns seconds, 0 or more
 */
export function readSeconds(given: unknown): Reading<number> {
	if (isNothing(given)) return NOTHING;
	const [whole, hours = '0', minutes, seconds] = CLOCK.exec(typeof given === 'string' ? trimBlank(given) : '') ?? [];
	if (whole !== undefined) {
		const milliseconds = (Number(hours) * 60 + Number(minutes)) * 60_000 + Math.round(Number(seconds) * 1_000);
		return { value: milliseconds / 1_000 };
	}
	const number = readNumber(given, { min: 0 });
	return number.problem === undefined ? number : refusedReading('a number of seconds of 0 or more, or a time such as 1:30', given);
}
