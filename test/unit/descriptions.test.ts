import path from 'node:path';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import declared from '../contract/operations.json';
import { operations as contract } from '../sandbox/contract';
import {
	choices,
	importsOf,
	isFile,
	isRows,
	leaves,
	nodes,
	nodeSources,
	operationCases,
	operationsIn,
	sendOf,
	sourceFiles,
	textsIn,
	type OperationCase,
} from './walk';

/** What holds for every node and operation, whatever they are about. Bodies are in descriptionBodies.test.ts. */

/** The operation's row in the table of operations. */
function rowOf({ node, resource, operation }: OperationCase) {
	return declared.find(
		(row) => row.node === node.description.name && row.resource === resource && row.operation === operation,
	);
}

const titled = operationCases.map((one) => [one.title, one] as const);
const titledNodes = nodes.map((node) => [node.description.name, node] as const);
/** Every parameter as n8n shows it, with those inside it. */
const allLeaves = nodes.flatMap(({ description }) =>
	description.properties.flatMap(leaves).map((leaf) => ({
		...leaf,
		place: `${description.name} ${JSON.stringify(leaf.root.displayOptions?.show?.operation ?? '')} ${leaf.path.join('.')}`,
	})),
);

it('finds nodes, operations and parameters', () => {
	expect(nodes.length).toBe(nodeSources().length);
	expect(operationCases.length).toBeGreaterThanOrEqual(28);
	expect(allLeaves.length).toBeGreaterThan(operationCases.length);
});

describe('the table of operations', () => {
	const known = new Set(contract.map(({ method, template }) => `${method} ${template}`));

	it('names each operation once, and only paths of the contract', () => {
		const keys = declared.map((row) => `${row.node} ${row.resource} ${row.operation}`);
		expect(new Set(keys).size).toBe(keys.length);
		expect(declared.flatMap(({ api }) => api).filter((path) => !known.has(path))).toEqual([]);
	});

	it('has a place for all of the API', () => {
		const used = new Set(declared.flatMap(({ api }) => api));
		expect([...known].filter((path) => !used.has(path))).toEqual([]);
	});
});

describe.each(titled)('%s', (_title, one) => {
	const request = one.option.routing?.request;
	const row = rowOf(one);
	const all = one.properties.flatMap(leaves);

	it('is in the table of operations, under its name', () => {
		expect(row).toBeDefined();
		expect(one.option.name).toBe(row?.displayName);
	});

	it('sends a request that its row names, or is local', () => {
		if (row?.kind === 'local') {
			expect(request).toBeUndefined();
			return;
		}
		expect(row?.api).toContain(`${request?.method} ${request?.url}`);
	});

	it('runs through the engine', () => {
		expect(typeof one.option.routing?.operations?.pagination).toBe('function');
	});

	it('describes itself', () => {
		expect(one.option.action).toMatch(/^[A-Z][^A-Z]* \S/);
		expect(one.option.description).toMatch(/^[A-Z].{10,}/);
		expect(one.option.description).not.toBe(one.option.action);
	});

	it('fills every placeholder of its path, each once', () => {
		const inPath = [...String(request?.url ?? '').matchAll(/\{\w+\}/g)].map(([placeholder]) => placeholder);
		const filled = all.map(({ property }) => sendOf(property)?.property).filter((name) => name?.startsWith('{'));
		expect(filled.sort()).toEqual(inPath.sort());
	});

	it('has required parameters for its path', () => {
		for (const { property } of all) {
			if (sendOf(property)?.property.startsWith('{')) expect(property.required).toBe(true);
		}
	});

	it('sends only query parameters that the contract has', () => {
		const operation = contract.find(
			({ method, template }) => method === request?.method && template === request?.url,
		);
		const sent = all
			.map(({ property }) => sendOf(property))
			.filter((send) => send?.type === 'query' && !send.property.startsWith('{'))
			.map((send) => send?.property);
		expect(sent.filter((name) => !(String(name) in (operation?.query ?? {})))).toEqual([]);
		// The engine turns these two into pages.
		expect(sent).not.toContain('limit');
		expect(sent).not.toContain('token');
	});

	it('shows n8n the parameters of its file, and keeps their routing to itself', () => {
		expect(one.shown.map(({ name }) => name)).toEqual(one.properties.map(({ name }) => name));
		expect(one.shown.flatMap(leaves).filter(({ property }) => property.routing !== undefined)).toEqual([]);
	});

	it('has no parameter that the engine could not read', () => {
		for (const { property, path: names, rows } of all) {
			const { name, type, routing } = property;
			const nested = type === 'collection' || type === 'fixedCollection';
			const send = routing?.send;
			if (isRows(property)) {
				// A list that goes into the body as a whole; rows within rows have no place.
				expect({ names, type, to: send?.type, within: rows?.name }).toEqual({ names, type: 'fixedCollection', to: 'body' });
			} else if (nested) {
				// Their members are sent, each to its own place.
				expect({ name, send }).toEqual({ name });
			}
			if (rows !== undefined && send !== undefined) expect({ names, to: send.type }).toEqual({ names, to: 'body' });
			expect(Object.keys(routing ?? {}).filter((key) => key !== 'send')).toEqual([]);
			if (send === undefined) continue;
			expect(Object.keys(send).sort()).toEqual(['property', 'type']);
			expect(send.property).toMatch(/^(\{\w+\}|[a-z_]+(\.[a-z_]+)*)$/);
		}
	});

	it('names binary fields as n8n does, and sends only files to places of files', () => {
		const files = all.filter(({ property }) => isFile(property));
		for (const { property } of files) {
			expect(property).toMatchObject({ type: 'string', hint: expect.stringMatching(/input binary field/) as unknown });
			expect(property.name).toMatch(/^(\w+B|b)inaryPropertyName$/);
			expect(property.displayName).toMatch(/Binary Field$/);
		}
		const filePlaces = all.filter(({ property }) => /(^|\.)file$/.test(sendOf(property)?.property ?? ''));
		expect(filePlaces.filter(({ property }) => !isFile(property))).toEqual([]);
	});

	it('has no two parameters of one name', () => {
		const names = one.properties.map(({ name }) => name);
		expect(names).toEqual([...new Set(names)]);
		for (const { property } of all) {
			const inside = (property.options ?? []).map((entry) => entry.name);
			expect(inside).toEqual([...new Set(inside)]);
		}
	});

	it('shows a parameter only where its siblings can be as it asks', () => {
		for (const { displayOptions, name } of one.shown) {
			for (const [other, values] of Object.entries(displayOptions?.show ?? {})) {
				if (other === 'resource' || other === 'operation') continue;
				const sibling = one.properties.find((property) => property.name === other);
				const possible = sibling?.type === 'boolean' ? [true, false] : choices(sibling).map(({ value }) => value);
				expect({ name, other, possible }).toMatchObject({ possible: expect.arrayContaining(values ?? []) as unknown });
			}
		}
	});
});

describe.each(titledNodes)('%s', (_name, { description, methods, folder }) => {
	const inside = description.properties.flatMap(leaves).map(({ property }) => property);

	it('switches the engine on for every operation', () => {
		const resource = description.properties.find(({ name }) => name === 'resource');
		expect(resource?.routing?.send?.paginate).toBe(true);
	});

	it('starts with an operation that exists', () => {
		for (const property of description.properties) {
			if (property.type !== 'options') continue;
			expect(choices(property).map(({ value }) => value)).toContain(property.default);
		}
	});

	it('routes without expressions, which cost time for every item', () => {
		const routings = [description.requestDefaults, ...inside.map(({ routing }) => routing)];
		for (const property of inside) routings.push(...choices(property).map(({ routing }) => routing));
		const expressions = routings.flatMap((routing) => textsIn(routing)).filter(({ text }) => /^=|\{\{/.test(text));
		expect(expressions).toEqual([]);
	});

	it('has exactly the list searches that its parameters ask for', () => {
		const asked = inside.flatMap(({ modes }) => modes ?? []).flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);
		expect([...new Set(asked)].sort()).toEqual(Object.keys(methods.listSearch ?? {}).sort());
	});

	it('can be used as a tool and with the credential', () => {
		expect(description.usableAsTool).toBe(true);
		expect(description.credentials).toEqual([{ name: 'heyGenSuiteApi', required: true }]);
	});

	it('has an operation in every file of its folder that describes one', () => {
		const offered = new Set(
			operationCases.filter(({ node }) => node.folder === folder).map(({ resource, operation }) => `${resource} ${operation}`),
		);
		const written = sourceFiles(folder).flatMap((file) =>
			operationsIn(file).map(({ value }) => `${path.basename(path.dirname(file))} ${value}`),
		);
		expect(written.filter((one) => !offered.has(one))).toEqual([]);
		expect(written.length).toBeGreaterThan(0);
	});
});

it('has no source file that nothing leads to', () => {
	const reached = new Set<string>();
	const visit = (file: string): void => {
		if (reached.has(file)) return;
		reached.add(file);
		importsOf(file).forEach(visit);
	};
	[...nodeSources(), ...sourceFiles('credentials')].forEach(visit);
	expect(sourceFiles('nodes').filter((file) => !reached.has(file))).toEqual([]);
});

/** Words that stay small in a title, unless they come first. */
const SMALL_WORDS = /^(a|an|and|as|at|by|for|from|in|of|on|or|per|the|to|with|vs)$/;

function isTitleCase(text: string): boolean {
	return text.split(/[\s/-]+/).every((word, index) => (index > 0 && SMALL_WORDS.test(word)) || !/^[a-z]/.test(word));
}

/** Parameters whose name and choices say all there is to say. */
const SELF_EVIDENT = ['Aspect Ratio', 'Avatar Type', 'Background', 'Caption', 'Content Type', 'Fit', 'Folder ID', 'Gender', 'Image URL',
	'Model', 'Opacity', 'Operation', 'Output Format', 'Ownership', 'Position', 'Resolution', 'Resource', 'Scale', 'Engine', 'Value'];

describe('every parameter', () => {
	const offenders = (isWrong: (property: INodeProperties) => boolean): string[] =>
		allLeaves.filter(({ property }) => isWrong(property)).map(({ place }) => place);

	it('is called in Title Case, and so are its choices', () => {
		expect(offenders(({ displayName }) => displayName === '' || !isTitleCase(displayName))).toEqual([]);
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
				type !== 'hidden' &&
				!['collection', 'fixedCollection'].includes(type) &&
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
		const types: IDataObject = { string: 'string', number: 'number', boolean: 'boolean', color: 'string', collection: 'object' };
		expect(offenders(({ type, default: value }) => types[type] !== undefined && typeof value !== types[type])).toEqual([]);
	});
});
