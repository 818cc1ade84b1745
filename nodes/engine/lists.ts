/**
 * Cuts a list into pieces.
 *
 * @param list anything, in order
 * @param size length of a piece; the last one may be shorter
 */
export function chunk<T>(list: readonly T[], size: number): T[][] {
	const pieces: T[][] = [];
	for (let start = 0; start < list.length; start += size) {
		pieces.push(list.slice(start, start + size));
	}
	return pieces;
}
