import { type EngineError, reworded } from './errors';

/** The field that HeyGen refuses, where a message names it. */

/**
 * The end of a message about a field.
 *
 * @param name the field's
 */
export function refusedField(name: string): string {
	return `${BEFORE}${name}${AFTER}`;
}

const BEFORE = " (field '";
const AFTER = "')";

/**
 * An error with another name for the field that HeyGen refuses. Its details keep HeyGen's own.
 *
 * @param error any
 * @param rename gives the other name; an empty one takes the field out of the message, undefined leaves it
 * @returns the error itself when nothing changes
 */
export function withFieldRenamed(error: EngineError, rename: (name: string) => string | undefined): EngineError {
	const { message } = error;
	const from = message.lastIndexOf(BEFORE);
	const to = message.indexOf(AFTER, from);
	if (from < 0 || to < 0) return error;
	const name = rename(message.slice(from + BEFORE.length, to));
	if (name === undefined) return error;
	const named = name === '' ? '' : refusedField(name);
	return reworded(error, { message: message.slice(0, from) + named + message.slice(to + AFTER.length) });
}
