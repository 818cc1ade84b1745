import { outputItem, outputOfAll } from '../../../nodes/engine/item/outputItem';

const file = { data: '', mimeType: 'video/mp4' };

it('links the item to its input', () => {
	expect(outputItem({ id: 'v1' }, 7)).toEqual({ json: { id: 'v1' }, pairedItem: { item: 7 } });
});

it('carries files, and no empty set of them', () => {
	expect(outputItem({}, 0, { video: file }).binary).toEqual({ video: file });
	expect(outputItem({}, 0, {})).not.toHaveProperty('binary');
	expect(outputItem({}, 0, undefined)).not.toHaveProperty('binary');
});

it.each([
	[{ id: 'v1', error: { code: 'x' } }, { id: 'v1', failure: { code: 'x' } }],
	[{ id: 'v1', error: 'words' }, { id: 'v1', failure: 'words' }],
	[{ id: 'v1', error: '' }, { id: 'v1', failure: '' }],
	[{ id: 'v1', error: null }, { id: 'v1' }],
	[{ id: 'v1', error: undefined }, { id: 'v1' }],
	[{ nested: { error: 'stays' } }, { nested: { error: 'stays' } }],
])('has no top-level error: %j', (record, expected) => {
	const { json } = outputItem(record, 0);
	expect(json).toEqual(expected);
	expect(json).not.toHaveProperty('error');
});

it.each([['a text'], [5], [null], [['a', 'b']]])('wraps %j, which is no record', (value) => {
	expect(outputItem(value, 0).json).toEqual({ value });
});

it('does not change the record', () => {
	const record = Object.freeze({ id: 'v1', error: 'x' });
	expect(outputItem(record, 0).json).not.toBe(record);
});

it('links an item that stands for several to each of them', () => {
	expect(outputOfAll({ credits: 3, error: 'x' }, [0, 2])).toEqual({ json: { credits: 3, failure: 'x' }, pairedItem: [{ item: 0 }, { item: 2 }] });
});
