import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { choices, leaves, nodes, operationCases } from '../support/walk';

/** What holds for every parameter of every node, triggers included. */

/** Every parameter as n8n shows it, with those inside it. */
const allLeaves = nodes.flatMap(({ description }) =>
	description.properties.flatMap(leaves).map((leaf) => ({
		...leaf,
		place: `${description.name} ${JSON.stringify(leaf.root.displayOptions?.show ?? '')} ${leaf.path.join('.')}`,
	})),
);

it('finds parameters of every node', () => {
	expect(allLeaves.length).toBeGreaterThan(operationCases.length);
	for (const { description } of nodes) {
		expect(allLeaves.filter(({ place }) => place.startsWith(`${description.name} `)).length).toBeGreaterThan(1);
	}
});

/** Sorted texts without repetitions. */
const distinct = (texts: string[]): string[] => [...new Set(texts)].sort();

describe.each(nodes.map((node) => [node.description.name, node] as const))('%s', (_name, { description, methods }) => {
	const inside = description.properties.flatMap(leaves).map(({ property }) => property);

	it('starts with choices that exist', () => {
		const lists = inside.filter(({ type, options }) => /^(o|multiO)ptions$/.test(type) && options !== undefined);
		expect(lists.length).toBeGreaterThan(0);
		for (const property of lists) {
			const values = choices(property).map(({ value }) => value);
			expect(values.length).toBeGreaterThan(0);
			expect(values).toEqual(expect.arrayContaining([property.default].flat()));
		}
	});

	it('has exactly the list searches that its parameters ask for', () => {
		const asked = inside.flatMap(({ modes }) => modes ?? []).flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);
		expect(distinct(asked)).toEqual(Object.keys(methods.listSearch ?? {}).sort());
	});

	it('has exactly the lists of choices that its parameters ask for', () => {
		const asked = inside.flatMap(({ typeOptions }) => typeOptions?.loadOptionsMethod ?? []);
		expect(distinct(asked)).toEqual(Object.keys(methods.loadOptions ?? {}).sort());
		for (const method of Object.values(methods.loadOptions ?? {})) expect(typeof method).toBe('function');
	});

	it('uses the one credential', () => {
		expect(description.credentials).toEqual([{ name: 'heyGenSuiteApi', required: true }]);
	});
});

/** Words that stay small in a title, unless they come first. */
const SMALL_WORDS = /^(a|an|and|as|at|by|for|from|in|of|on|or|per|the|to|with|vs)$/;

function isTitleCase(text: string): boolean {
	return text.split(/[\s/-]+/).every((word, index) => (index > 0 && SMALL_WORDS.test(word)) || !/^[a-z]/.test(word));
}

/** Parameters whose name and choices say all there is to say. */
const SELF_EVIDENT = ['Aspect Ratio', 'Avatar Type', 'Background', 'Caption', 'Content Type', 'Folder ID', 'Gender', 'Image URL', 'Model',
	'Opacity', 'Operation', 'Output Format', 'Position', 'Resolution', 'Resource', 'Scale', 'Value', 'Voice Gender', 'Watch'];

describe('every parameter', () => {
	const offenders = (isWrong: (property: INodeProperties) => boolean): string[] =>
		allLeaves.filter(({ property }) => isWrong(property)).map(({ place }) => place);

	it('is called in Title Case, and so are its choices; a notice is a sentence', () => {
		const isNamed = ({ displayName, type }: INodeProperties) =>
			displayName !== '' && (type === 'notice' ? /^[A-Z].*\.$/.test(displayName) : isTitleCase(displayName));
		expect(offenders((property) => !isNamed(property))).toEqual([]);
		const names = allLeaves.flatMap(({ property }) => choices(property).map(({ name }) => name));
		expect(names.filter((name) => !isTitleCase(name))).toEqual([]);
	});

	it('is named in camelCase', () => {
		expect(offenders(({ name }) => !/^[a-z][a-zA-Z0-9]*$/.test(name))).toEqual([]);
	});

	it('is described, or needs no description', () => {
		const undescribed = offenders(
			({ description, displayName, type }) =>
				(description ?? '') === '' &&
				!['hidden', 'notice', 'collection', 'fixedCollection'].includes(type) &&
				!SELF_EVIDENT.includes(displayName),
		);
		expect(undescribed).toEqual([]);
	});

	it('starts its description with "Whether" when it is a switch', () => {
		expect(offenders(({ type, description }) => type === 'boolean' && !/^Whether /.test(description ?? ''))).toEqual([]);
	});

	it('has choices that differ', () => {
		for (const { property } of allLeaves) {
			const values = choices(property).map(({ value }) => value);
			expect(values).toEqual([...new Set(values)]);
		}
	});

	it('has its members in the order of their names, when it is a collection', () => {
		for (const { property, place } of allLeaves) {
			if (property.type !== 'collection') continue;
			const names = (property.options ?? []).map((entry) => ('displayName' in entry ? entry.displayName : entry.name));
			expect({ place, names }).toEqual({ place, names: [...names].sort((a, b) => a.localeCompare(b)) });
		}
	});

	it('can be given by an expression, when its choices are loaded, and says so', () => {
		// A list with words of its own ends with 'By Name', and a field beside it takes what the list does not have.
		const isLoaded = ({ typeOptions, options = [] }: INodeProperties) => typeOptions?.loadOptionsMethod !== undefined && options.length === 0;
		const loaded = allLeaves.filter(({ property }) => isLoaded(property));
		expect(loaded.length).toBeGreaterThan(0);
		for (const { property } of loaded) {
			expect(property.displayName).toMatch(property.type === 'multiOptions' ? / Names or IDs$/ : / Name or ID$/);
			expect(property.description).toMatch(/^Choose from the list, or specify (an ID|IDs) using an <a href="https:\/\/docs\.n8n\.io\/code\/expressions\/">expression<\/a>/);
			expect(property.noDataExpression).not.toBe(true);
		}
	});

	it('can be given by id, when it is picked from a list', () => {
		const locators = allLeaves.filter(({ property }) => property.type === 'resourceLocator');
		expect(locators.length).toBeGreaterThan(0);
		for (const { property } of locators) {
			expect(property.modes?.map(({ name }) => name)).toEqual(expect.arrayContaining(['list', 'id']));
			expect(property.default).toEqual({ mode: 'list', value: '' });
		}
	});

	it('is not called toolDescription, which n8n keeps for itself', () => {
		expect(offenders(({ name }) => name === 'toolDescription')).toEqual([]);
	});

	it('has a placeholder that is an example, not an instruction', () => {
		const wrong = offenders(({ placeholder, type }) => {
			const adds = type === 'collection' || type === 'fixedCollection';
			return placeholder !== undefined && !(adds ? /^Add / : /^e\.g\. /).test(placeholder);
		});
		expect(wrong).toEqual([]);
	});

	it('defaults to a value of its own type', () => {
		const types: IDataObject = { string: 'string', number: 'number', boolean: 'boolean', color: 'string', collection: 'object', multiOptions: 'object' };
		expect(offenders(({ type, default: value }) => types[type] !== undefined && typeof value !== types[type])).toEqual([]);
		expect(offenders(({ type, default: value }) => (type === 'multiOptions') !== Array.isArray(value))).toEqual([]);
	});
});
