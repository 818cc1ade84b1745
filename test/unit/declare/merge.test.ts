import fc from 'fast-check';
import { NodeHelpers, type INodeProperties } from 'n8n-workflow';

import { mergedParameters, type Parameters } from '../../../nodes/declare/merge';

const text = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...more,
});

const collection = (name: string, options: INodeProperties[]): INodeProperties => ({
	displayName: name,
	name,
	type: 'collection',
	default: {},
	options,
});

const at = (resource: string, operation: string, ...properties: INodeProperties[]): Parameters => ({
	place: { resource, operation },
	properties,
});

/** What the editor shows at a place, by n8n's own rules. */
function shownAt(merged: INodeProperties[], { place }: Parameters, values: Record<string, unknown> = {}): INodeProperties[] {
	const root = { ...place, ...values } as Parameters['place'] & Record<string, string>;
	const isShown = (property: INodeProperties, own: object) =>
		NodeHelpers.displayParameter(own as never, property, null, null, root as never);
	return merged.filter((property) => isShown(property, root)).map((property) => {
		if (property.type !== 'collection') return property;
		return { ...property, options: (property.options as INodeProperties[]).filter((member) => isShown(member, {})) };
	});
}

const names = (properties: INodeProperties[]) =>
	properties.map(({ name, type, options }) => (type === 'collection' ? [name, ...(options ?? []).map((member) => member.name)] : name));

it('puts one parameter where two operations have the same', () => {
	const merged = mergedParameters([at('video', 'get', text('id'), text('a')), at('video', 'delete', text('id'), text('b'))]);
	expect(names(merged)).toEqual(['id', 'a', 'b']);
	expect(merged[0]?.displayOptions).toEqual({ show: { resource: ['video'], operation: ['get', 'delete'] } });
});

it('keeps two parameters of one name apart where they differ', () => {
	const merged = mergedParameters([at('a', 'create', text('name')), at('b', 'create', text('name', { required: true }))]);
	expect(merged.map(({ required, displayOptions }) => [required, displayOptions?.show])).toEqual([
		[undefined, { resource: ['a'], operation: ['create'] }],
		[true, { resource: ['b'], operation: ['create'] }],
	]);
});

it('keeps conditions of their own', () => {
	const shown = text('url', { displayOptions: { show: { source: ['url'] } } });
	const [merged] = mergedParameters([at('a', 'create', shown), at('a', 'update', shown)]);
	expect(merged?.displayOptions).toEqual({ show: { resource: ['a'], operation: ['create', 'update'], source: ['url'] } });
});

it('makes one Options collection, whose members say where they are shown', () => {
	const all = [
		at('a', 'create', collection('options', [text('parallel'), text('speed')])),
		at('a', 'get', collection('options', [text('parallel')])),
		at('b', 'create', collection('options', [text('parallel'), text('title')])),
	];
	const [merged, ...others] = mergedParameters(all);
	expect(others).toEqual([]);
	expect(merged?.options).toEqual([
		text('parallel'),
		text('speed', { displayOptions: { show: { '/resource': ['a'], '/operation': ['create'] } } }),
		text('title', { displayOptions: { show: { '/resource': ['b'], '/operation': ['create'] } } }),
	]);
	for (const one of all) expect(names(shownAt([merged as INodeProperties], one))).toEqual(names([...one.properties]));
});

it('shows nothing where it does not belong, also when the places are no product', () => {
	const all = [at('a', 'get', text('simplify')), at('a', 'getAll', text('simplify')), at('b', 'get'), at('b', 'getAll', text('simplify'))];
	const merged = mergedParameters(all);
	expect(all.map((one) => names(shownAt(merged, one)))).toEqual([['simplify'], ['simplify'], [], ['simplify']]);
	expect(merged).toHaveLength(2);
});

it('says so when two operations have the same parameters in opposite orders', () => {
	expect(() => mergedParameters([at('a', 'get', text('x'), text('y')), at('a', 'delete', text('y'), text('x'))])).toThrow(
		'Operations have the same parameters in different orders, among them: x, y',
	);
});

it('shows each operation its own parameters in their order, whatever the others have', () => {
	const ORDER = ['p1', 'p2', 'p3', 'p4', 'options', 'filters'];
	const members = fc.subarray(['m1', 'm2', 'm3', 'm4']);
	const property = (name: string, kind: number, inside: string[]) =>
		['options', 'filters'].includes(name)
			? collection(name, inside.map((member) => text(member, kind === 0 ? {} : { hint: member })))
			: text(name, kind === 0 ? {} : { required: true });
	const operation = fc
		.tuple(fc.subarray(ORDER), fc.array(fc.nat(1), { minLength: 6, maxLength: 6 }), members)
		.map(([chosen, kinds, inside]) => chosen.map((name) => property(name, kinds[ORDER.indexOf(name)] as number, inside)));
	const node = fc.dictionary(
		fc.constantFrom('a', 'b', 'c'),
		fc.dictionary(fc.constantFrom('get', 'getAll', 'create', 'delete'), operation, { noNullPrototype: true }),
		{ noNullPrototype: true },
	);
	fc.assert(
		fc.property(node, (resources) => {
			const all = Object.entries(resources).flatMap(([resource, operations]) =>
				Object.entries(operations).map(([name, properties]) => at(resource, name, ...properties)),
			);
			const merged = mergedParameters(all);
			for (const one of all) expect(names(shownAt(merged, one))).toEqual(names([...one.properties]));
		}),
		{ numRuns: 500 },
	);
});

it('does not grow with the number of operations that have the same', () => {
	const operations = (count: number) =>
		Array.from({ length: count }, (_none, index) =>
			at('a', `operation${index}`, text('id'), collection('options', [text(`own${index}`), text('parallel')])),
		);
	const counts = [3, 40].map((count) => {
		const merged = mergedParameters(operations(count));
		return [merged.length, merged.filter(({ name }) => name === 'options').length];
	});
	expect(counts).toEqual([[2, 1], [2, 1]]);
});
