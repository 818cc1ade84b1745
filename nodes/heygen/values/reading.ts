import { isBlank, shown } from './text';

/**
 * What people, sheets, forms and models hand over for a field, read kindly: one reader for each kind of value. A reader
 * takes whatever can be understood, and says of the rest what was given and what it takes. A blank is nothing.
 */

/** What a reader makes of a value: the value (undefined when there is none), or what is wrong with it. */
export type Reading<T> =
	| { readonly value: T | undefined; readonly problem?: undefined }
	/** The rest of a sentence that begins with the field's name. */
	| { readonly value?: undefined; readonly problem: string };

/** The field holds nothing. */
export const NOTHING = { value: undefined } as const;

/**
 * Whether a field holds nothing.
 *
 * @param given any value
 */
export function isNothing(given: unknown): boolean {
	return given === undefined || given === null || (typeof given === 'string' && isBlank(given));
}

/**
 * A reading that says what a field takes, and what was given instead.
 *
 * @param takes to continue "it must be": "true or false"
 * @param given the value
 */
export function refusedReading(takes: string, given: unknown): { problem: string } {
	return { problem: `must be ${takes}, but it is ${shown(given)}` };
}
