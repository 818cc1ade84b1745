import { itemInWords, itemsInWords } from '../../../nodes/engine/basics/itemNumbers';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

it('counts items from 1', () => {
	expect([0, 1, 999, 1_203].map(itemInWords)).toEqual(['item 1', 'item 2', 'item 1,000', 'item 1,204']);
});

it.each<[number[], string]>([
	[[], 'no item'],
	[[0], 'item 1'],
	[[0, 1], 'items 1 and 2'],
	[[0, 2], 'items 1 and 3'],
	[[0, 1, 2], 'items 1 to 3'],
	[[0, 1, 2, 4], 'items 1 to 3 and 5'],
	[[0, 1, 3, 4, 6], 'items 1, 2, 4, 5 and 7'],
	[[998, 999, 1_000], 'items 999 to 1,001'],
	[[998, 1_000], 'items 999 and 1,001'],
	[upTo(100), 'items 1 to 100'],
])('names the items %j: %s', (indexes, expected) => {
	expect(itemsInWords(indexes)).toBe(expected);
});

it('names no more than are asked for, and says that there are more', () => {
	expect(itemsInWords([0, 2, 4, 6], 2)).toBe('items 1, 3 and more');
	expect(itemsInWords(upTo(500), 10)).toBe('items 1 to 10 and more');
	expect(itemsInWords([0, 2], 2)).toBe('items 1 and 3');
});
