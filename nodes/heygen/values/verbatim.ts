/**
 * A value that goes on as it is. A body loses its empty fields on the way to its schema, but what is in here keeps them:
 * an empty text in somebody's JSON is meant.
 */
export class Verbatim {
	/** @param value a record or a list, as a parameter has it */
	constructor(readonly value: unknown) {}
}

/**
 * What a field holds.
 *
 * @param given the value, or one that goes on as it is
 */
export function unwrapped(given: unknown): unknown {
	return given instanceof Verbatim ? given.value : given;
}
