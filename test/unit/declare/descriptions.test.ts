import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';

import { withFormerOptions } from '../../../nodes/declare/movedOptions';
import { type Abilities, nodeProperties } from '../../../nodes/declare/resource';
import { atVersion } from '../../../nodes/declare/versions';
import declared from '../../contract/operations.json';
import { operations as contract } from '../../sandbox/server/contract';
import {
	actions,
	choices,
	importsOf,
	isFile,
	isRows,
	leaves,
	nodes,
	nodeSources,
	type OperationCase,
	operationCases,
	operationsIn,
	sendOf,
	sourceFiles,
	textsIn,
	versionsOf,
} from '../support/walk';

/**
 * What holds for every operation and the nodes that have them, whatever they are about. Their bodies are in
 * descriptionBodies.test.ts, parameters of all nodes in descriptionParameters.test.ts, triggers in
 * descriptionTriggers.test.ts.
 */

/** The operation's row in the table of operations. */
function rowOf({ node, resource, operation }: OperationCase) {
	return declared.find(
		(row) => row.node === node.description.name && row.resource === resource && row.operation === operation,
	);
}

/** Operations that begin with a notice of their own, and what that says. */
const OWN_NOTICES: Readonly<Record<string, RegExp>> = {
	// It costs nothing itself, but takes along what is paid for when it is made anew.
	'heyGenAvatar look:delete': /^HeyGen deletes an avatar group with its last look: .* is paid for\.$/,
	// HeyGen publishes no price, and a test run costs as much as any other: one of the clones that a plan has.
	'heyGenSpeech voice:clone': /^HeyGen publishes no price for voice clones; a plan has a number of them\. /,
};

/** Whether an operation says what an item orders, as all do that HeyGen charges for. */
function hasCost({ node, resource, operation }: OperationCase): boolean {
	const described = node.resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
	return described?.cost !== undefined;
}

const titled = operationCases.map((one) => [one.title, one] as const);
const titledActions = actions.map((node) => [node.description.name, node] as const);

it('finds nodes and operations', () => {
	expect(nodes.length).toBe(nodeSources().length);
	expect(actions.length).toBeGreaterThanOrEqual(2);
	expect(operationCases.length).toBeGreaterThanOrEqual(28);
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

	it('sends a request that its row names, or none, or one that its parameters describe', () => {
		if (row?.api.length === 0) {
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
		expect(one.shown.map(({ name }) => name)).toEqual(withFormerOptions(one.properties).map(({ name }) => name));
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
			expect(property.name).toMatch(/^(\w+B|b)inaryPropertyNames?$/);
			expect(property.displayName).toMatch(/Binary Fields?$/);
		}
		const filePlaces = all.filter(({ property }) => /(^|\.)file$/.test(sendOf(property)?.property ?? ''));
		expect(filePlaces.filter(({ property }) => !isFile(property))).toEqual([]);
	});

	it('begins with what it costs, when it is paid for or starts a job', () => {
		const [first] = one.properties;
		const isPaid = hasCost(one) || one.properties.some(({ name }) => name === 'waitForCompletion');
		const own = OWN_NOTICES[one.title];
		expect(first?.type === 'notice').toBe(isPaid || own !== undefined);
		// What is known of the price, and how to test, in the two lines that the panel has for it.
		if (first?.type !== 'notice') return;
		expect(first.displayName).toMatch(own ?? /^(Costs about [\d.]+( to [\d.]+)? HeyGen credits?|HeyGen publishes no price) .*\. Test /);
		expect(first.displayName.length).toBeLessThanOrEqual(150);
	});

	it.each(versionsOf(one.node))('has no two parameters of one name in version %d, and shows n8n those of its file', (version) => {
		const namesOf = (properties: INodeProperties[]) => atVersion(properties, version).map(({ name }) => name);
		const names = namesOf(one.everyVersion.properties);
		expect(names).toEqual([...new Set(names)]);
		expect(namesOf(one.everyVersion.shown)).toEqual(namesOf(withFormerOptions(one.everyVersion.properties)));
		for (const { property } of all) {
			const inside = (property.options ?? []).map((entry) => entry.name);
			expect(inside).toEqual([...new Set(inside)]);
		}
	});

	it('shows a parameter only where its siblings can be as it asks', () => {
		for (const { displayOptions, name } of one.shown) {
			for (const [other, values] of Object.entries(displayOptions?.show ?? {})) {
				// A former place is shown where it holds something itself.
				if (other === 'resource' || other === 'operation' || other === name) continue;
				const sibling = one.properties.find((property) => property.name === other);
				const possible = sibling?.type === 'boolean' ? [true, false] : choices(sibling).map(({ value }) => value);
				expect({ name, other, possible }).toMatchObject({ possible: expect.arrayContaining(values ?? []) as unknown });
			}
		}
	});
});

describe.each(titledActions)('%s', (_name, { description, folder }) => {
	it('switches the engine on for every operation', () => {
		const resource = description.properties.find(({ name }) => name === 'resource');
		expect(resource?.routing?.send?.paginate).toBe(true);
	});

	it('routes without expressions, which cost time for every item', () => {
		const inside = description.properties.flatMap(leaves).map(({ property }) => property);
		const routings = [description.requestDefaults, ...inside.map(({ routing }) => routing)];
		for (const property of inside) routings.push(...choices(property).map(({ routing }) => routing));
		const expressions = routings.flatMap((routing) => textsIn(routing)).filter(({ text }) => /^=|\{\{/.test(text));
		expect(expressions).toEqual([]);
	});

	it('can be used as a tool', () => {
		const asTool: unknown = description.usableAsTool;
		// A record says what agents read in place of what people do.
		expect([true, { replacements: { description: expect.stringMatching(/\w+/) } }]).toContainEqual(asTool);
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

/**
 * What a new node starts with. Workflows that were saved with a default do not name it: another default changes what they
 * mean. A node or resource that is added gets a line; a line never changes.
 */
const DEFAULTS = {
	heyGenAsset: { '': 'asset', asset: 'upload', brandGlossary: 'create', brandKit: 'create', folder: 'create' },
	heyGenAvatar: { '': 'avatar', avatar: 'createPhoto', look: 'getAll' },
	heyGenSpeech: { '': 'speech', sound: 'getAll', speech: 'create', voice: 'getAll' },
	heyGenTranslation: { '': 'translation', lipsync: 'create', proofread: 'create', translation: 'create' },
	heyGenUsage: { '': 'account', account: 'get', cost: 'estimate', webhookEndpoint: 'create', webhookEvent: 'getAll' },
	heyGenVideo: {
		'': 'video',
		api: 'call',
		backgroundRemoval: 'create',
		clipping: 'create',
		fillerWordRemoval: 'create',
		hyperframes: 'create',
		videoAgent: 'create',
		template: 'generate',
		video: 'createAvatar',
	},
};

it('keeps the defaults that saved workflows do not name', () => {
	const found = actions.map(({ description: { name, properties } }) => {
		const lists = properties.filter((property) => property.name === 'resource' || property.name === 'operation');
		return [name, Object.fromEntries(lists.map((list) => [list.displayOptions?.show?.resource?.[0] ?? '', list.default]))];
	});
	expect(Object.fromEntries(found)).toEqual(DEFAULTS);
});

it('takes its defaults from what is written down, not from the order of a list', () => {
	const [node] = actions.filter(({ description }) => description.name === 'heyGenAsset');
	const written = { resources: node?.resources ?? [], defaultResource: 'asset' };
	const turned = { ...written, resources: [...written.resources].reverse() };
	const defaults = (abilities: Abilities) =>
		nodeProperties(abilities).filter(({ name }) => name === 'resource').map((property) => property.default);
	expect(defaults(turned)).toEqual(defaults(written));
	expect(() => nodeProperties({ ...written, defaultResource: 'none' })).toThrow('The default "none" is none of: ');
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
