/**
 * How many letters have to be changed, added or removed to make one word the other (Levenshtein).
 *
 * @param one a word; the effort grows with the product of both lengths, so it should be short
 * @param other another one
 * @param swap for how many letters two count that have changed places; with 1 the distance is Damerau's
 */
export function distanceBetween(one: string, other: string, swap: 1 | 2): number {
	let before: number[] = [];
	let row = Array.from({ length: other.length + 1 }, (_, at) => at);
	for (let i = 1; i <= one.length; i++) {
		const next = [i];
		for (let j = 1; j <= other.length; j++) {
			const change = one[i - 1] === other[j - 1] ? 0 : 1;
			const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
			const swapped = isSwap ? (before[j - 2] as number) + swap : Infinity;
			next.push(Math.min((row[j - 1] as number) + change, (row[j] as number) + 1, (next[j - 1] as number) + 1, swapped));
		}
		[before, row] = [row, next];
	}
	return row[other.length] as number;
}
