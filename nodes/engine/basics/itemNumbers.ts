import uniq from 'lodash/uniq';

import { listInWords, numeral } from '../../heygen/values/text';

/** Items of a run as people count them: from 1, as in the editor. n8n's own index begins with 0. */

/**
 * One item.
 *
 * @param index n8n's
 * @returns "item 1"
 */
export function itemInWords(index: number): string {
	return `item ${numeral(index + 1)}`;
}

/**
 * Several items.
 *
 * @param indexes n8n's, rising
 * @param max how many are named at most
 * @returns "item 1", "items 1 to 100 and 102"
 */
export function itemsInWords(indexes: readonly number[], max = Infinity): string {
	const [first, ...others] = indexes;
	if (first === undefined) return 'no item';
	if (others.length === 0) return itemInWords(first);
	const parts = spans(indexes.slice(0, max)).flatMap(([from, to]) => {
		const ends = uniq([from, to]).map((index) => numeral(index + 1));
		// Two are named each by itself.
		return to - from === 1 ? ends : [ends.join(' to ')];
	});
	if (indexes.length > max) parts.push('more');
	return `items ${listInWords(parts)}`;
}

/** Numbers that follow one another without a gap, by the first and the last of them. */
function spans(numbers: readonly number[]): Array<[from: number, to: number]> {
	const found: Array<[number, number]> = [];
	for (const number of numbers) {
		const last = found[found.length - 1];
		if (last?.[1] === number - 1) last[1] = number;
		else found.push([number, number]);
	}
	return found;
}
