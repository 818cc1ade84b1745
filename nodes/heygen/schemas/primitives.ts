import { z } from 'zod';

/** Building blocks of the request schemas. Expressions hand over numbers as text and text as numbers, both are fine. */

/** Text; a number is taken as its digits. */
export const text = z.union([z.string(), z.number().transform(String)]);

/**
 * A number within a range.
 *
 * @param range inclusive bounds
 */
export function numberIn(range: { min: number; max: number }) {
	const message = `must be a number from ${range.min} to ${range.max}`;
	const NUMERIC = /^\s*[-+]?(\d+(\.\d+)?|\.\d+)\s*$/;
	return z
		.preprocess(
			(value) => (typeof value === 'string' && NUMERIC.test(value) ? Number(value) : value),
			z.number({ errorMap: () => ({ message }) }).min(range.min, message).max(range.max, message),
		);
}

/**
 * One of some values.
 *
 * @param values as the API spells them
 */
export function oneOf<T extends [string, ...string[]]>(values: T) {
	return z.enum(values, {
		errorMap: (issue, context) => ({
			message:
				issue.code === 'invalid_enum_value' || issue.code === 'invalid_type'
					? `must be one of ${values.join(', ')}`
					: context.defaultError,
		}),
	});
}

/** True or false; the words are taken as well. */
export const flag = z.union([
	z.boolean(),
	z.enum(['true', 'false']).transform((word) => word === 'true'),
]);

/** A web address that HeyGen can fetch from or call. */
export const httpsUrl = text.refine((value) => /^https:\/\/[^\s/]+/i.test(value), {
	message: 'must be an address that starts with https://',
});

/** Characters as HeyGen counts them: an emoji is one. */
export function characters(value: string): number {
	return [...value].length;
}
