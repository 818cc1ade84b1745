import { z } from 'zod';

import { readAddress } from '../values/addresses';
import { readId } from '../values/ids';
import { readChoice, readFlag, readLabel, readNumber, readOpenChoice, readText, type NumberRange } from '../values/plain';
import type { Reading } from '../values/reading';
import { amount, numeral } from '../values/text';

/** Building blocks of the request schemas: what people, sheets and models hand over, read by the readers in `values/`. */

/**
 * A field that a reader reads.
 *
 * @param read the reader
 */
export function readBy<T>(read: (given: unknown) => Reading<T>) {
	return z.unknown().transform((given, context): T => {
		const reading = read(given);
		if (reading.problem === undefined && reading.value !== undefined) return reading.value;
		const message = reading.problem ?? 'is empty';
		// Fatal: what comes behind would look at a value that is not there.
		context.addIssue({ code: z.ZodIssueCode.custom, message, fatal: true });
		return z.NEVER;
	});
}

/**
 * A field that a reader reads, and that says nothing where the reader finds nothing: "auto".
 *
 * @param read the reader
 */
export function optionalBy<T>(read: (given: unknown) => Reading<T>) {
	return z.unknown().transform((given, context): T | undefined => {
		const reading = read(given);
		if (reading.problem !== undefined) context.addIssue({ code: z.ZodIssueCode.custom, message: reading.problem });
		return reading.value;
	});
}

/** The body of a request that has nothing to say, and needs one all the same. */
export const nothing = z.object({});

/** Text, as it is; a number is taken as its digits. */
export const text = readBy(readText);

/**
 * Text, as it is, up to a length.
 *
 * @param max characters that HeyGen takes
 * @param instead what to do with a longer text, to continue the message
 */
export function textUpTo(max: number, instead?: string) {
	const advice = instead === undefined ? '' : `: ${instead}`;
	return text.refine(
		(value) => characters(value) <= max,
		(value) => ({ message: `may have at most ${amount(max, 'character')}, but has ${numeral(characters(value))}${advice}` }),
	);
}

/** A name of somebody's own, such as a callback id: text without blanks around it. */
export const label = readBy(readLabel);

/**
 * An id of HeyGen's; a record that has it is taken as well, and so is the address of its page.
 *
 * @param fields where records have it, besides `id`
 */
export function id(...fields: string[]) {
	return readBy((given) => readId(given, fields));
}

/**
 * A number within a range.
 *
 * @param range which numbers
 */
export function numberIn(range: NumberRange) {
	return readBy((given) => readNumber(given, range));
}

/**
 * One of some values.
 *
 * @param values as the API spells them
 */
export function oneOf<T extends string>(values: readonly [T, ...T[]]) {
	return readBy((given) => readChoice<T>(given, values));
}

/**
 * One of some values that HeyGen may extend without notice. A value that is none of them goes through: HeyGen decides.
 *
 * @param values as the API spells those that are known
 */
export function openOneOf(values: readonly [string, ...string[]]) {
	return readBy((given) => readOpenChoice(given, values));
}

/** True or false, also in words. */
export const flag = readBy(readFlag);

/** A web address that HeyGen can fetch from or call. */
export const httpsUrl = readBy(readAddress);

/** What HeyGen names a job by in its events, and where it calls. */
export const callbacks = { callback_id: label.optional(), callback_url: httpsUrl.optional() };

/** The body of a request that gives something another title. */
export const newTitle = z.object({ title: label }).strict();

/**
 * Says of a body what is wrong across its fields.
 *
 * @param context takes what is wrong
 * @param place the field that the message names, with dots for fields within fields
 * @param message the rest of a sentence that begins with the field's name
 */
export function addIssue(context: z.RefinementCtx, place: string, message: string): void {
	context.addIssue({ code: z.ZodIssueCode.custom, path: place.split('.'), message });
}

/** Characters as HeyGen counts them: an emoji is one. */
export function characters(value: string): number {
	return [...value].length;
}
