import type { IDataObject, IExecutePaginationFunctions, INodeProperties } from 'n8n-workflow';

import { sentFields } from '../../../nodes/declare/sentFields';
import { fillRequest, readParameter } from '../../../nodes/engine/item/parameters';
import { openChoiceFields } from '../../../nodes/fields/openChoice';

/** Lists that HeyGen may extend, wherever a list can stand. */

function list(part: 'body' | 'query' = 'body', more: Partial<INodeProperties> = {}): INodeProperties[] {
	return openChoiceFields({
		displayName: 'Engine',
		name: 'engine',
		type: 'options',
		options: [{ name: 'Avatar IV', value: 'avatar_iv' }, { name: 'Avatar V', value: 'avatar_v' }],
		default: 'avatar_iv',
		routing: { send: { type: part, property: part === 'body' ? 'engine.type' : 'engine' } },
		...more,
	});
}

const collection = (options: INodeProperties[]): INodeProperties => ({ displayName: 'Options', name: 'options', type: 'collection', default: {}, options });

const group = (values: INodeProperties[], isRows: boolean): INodeProperties => ({
	displayName: 'Scenes',
	name: 'scenes',
	type: 'fixedCollection',
	default: {},
	...(isRows ? { typeOptions: { multipleValues: true }, routing: { send: { type: 'body', property: 'scenes' } } } : {}),
	options: [{ displayName: 'Scene', name: 'scene', values }],
});

function fill(properties: INodeProperties[], values: IDataObject) {
	const context = { getNodeParameter: (name: string, fallback: unknown) => values[name] ?? fallback };
	return fillRequest(context as unknown as IExecutePaginationFunctions, sentFields(properties, 1));
}

/** The ways in which a list can stand in a node: what it makes of its values, and what messages say before its name. */
const PLACES: Array<[string, (values: IDataObject) => unknown, string?]> = [
	['at the top', (values) => (fill(list(), values).body.engine as IDataObject | undefined)?.type],
	['at the top, for a query', (values) => fill(list('query'), values).query.engine],
	['in a collection', (values) => (fill([collection(list())], { options: values }).body.engine as IDataObject | undefined)?.type],
	['in a group', (values) => (fill([group(list(), false)], { scenes: { scene: values } }).body.engine as IDataObject | undefined)?.type],
	['in a row', (values) => (fill([group(list(), true)], { scenes: { scene: [values] } }).body.scenes as Array<{ engine: IDataObject }> | undefined)?.[0]?.engine.type, 'Scenes → 1 → '],
];

describe.each(PLACES)('an open list %s', (_where, valueOf, before = '') => {
	it.each<[IDataObject, string]>([
		[{ engine: 'avatar_v' }, 'avatar_v'],
		[{ engine: ' Avatar V ' }, 'avatar_v'],
		[{ engine: 'avatar_6' }, 'avatar_6'],
		[{ engine: 'byName', engineName: ' avatar_6\n' }, 'avatar_6'],
		[{ engine: 'By Name', engineName: 'avatar_6' }, 'avatar_6'],
		[{ engine: 'byName', engineName: 'Avatar V' }, 'avatar_v'],
		[{ engine: 'byName', engineName: 6 }, '6'],
		// What was typed before another entry was chosen stays in the node.
		[{ engine: 'avatar_v', engineName: 'avatar_6' }, 'avatar_v'],
	])('of %j sends %s', (values, expected) => {
		expect(valueOf(values)).toBe(expected);
	});

	it.each<[IDataObject, string]>([
		[{ engine: 'byName' }, "Engine Name' is empty"],
		[{ engine: 'byName', engineName: ' ' }, "Engine Name' is empty"],
		[{ engine: 'byName', engineName: 'By Name' }, "Engine Name' must be a value of HeyGen's, but it is \"By Name\""],
		[{ engine: 'byName', engineName: ['avatar_6'] }, "Engine Name' must be one word, such as avatar_iv, avatar_v"],
		[{ engine: 'byName', engineName: 'a\tb' }, "Engine Name' must be one word, but it holds a line end"],
	])('of %j is refused', (values, message) => {
		expect(() => valueOf(values)).toThrow(`'${before}${message}`);
	});
});

it('says what to do when the name is missing, without the entry of our own', () => {
	const advice = (engineName: unknown): string => {
		try {
			fill([collection(list())], { options: { engine: 'byName', engineName } as IDataObject });
		} catch (error) {
			return `${(error as Error).message} ${(error as { advice: string }).advice}`;
		}
		return '';
	};
	expect(advice('')).toContain("'Engine' is 'By Name': enter the value in 'Engine Name' as HeyGen's API spells it");
	expect(advice({ a: 1 })).not.toContain('byName');
});

it('takes the name alone from a collection that an expression gives', () => {
	expect(fill([collection(list())], { options: { engineName: 'avatar_6' } }).body).toEqual({ engine: { type: 'avatar_6' } });
	expect(fill([collection(list())], { options: { engine: '', engineName: 'avatar_6' } }).body).toEqual({});
});

it('is read as one of its values where it is one, and kept otherwise', () => {
	const sent = sentFields([collection(list())], 1);
	const read = (engine: unknown) => {
		const context = { getNodeParameter: () => ({ engine }) } as unknown as IExecutePaginationFunctions;
		return readParameter(context, sent, 'options', {});
	};
	expect(read(' AVATAR_V')).toEqual({ engine: 'avatar_v' });
	expect(read('avatar_6')).toEqual({ engine: 'avatar_6' });
	expect(read(['x'])).toEqual({ engine: ['x'] });
});

it('keeps its own conditions beside the one that shows the name', () => {
	const [engine, engineName] = list('body', { displayOptions: { show: { mode: ['a'] }, hide: { old: [true] } } });
	expect(engine?.displayOptions).toEqual({ show: { mode: ['a'] }, hide: { old: [true] } });
	expect(engineName?.displayOptions).toEqual({ show: { mode: ['a'], engine: ['byName'] }, hide: { old: [true] } });
	expect([engine?.allowArbitraryValues, engine?.options?.at(-1)]).toEqual([true, expect.objectContaining({ name: 'By Name', value: 'byName' })]);
});

it('goes by the name of the list in messages', () => {
	expect(sentFields([collection(list())], 1).names.get('engine.type')).toBe('Engine');
});
