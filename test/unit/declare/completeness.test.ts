import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';

import type { Asked } from '../../../nodes/engine/item/call';
import { additionalFieldsOption } from '../../../nodes/fields/additionalFields';
import { callSpendingOptions, spendingOptions } from '../../../nodes/fields/spending';
import { isPerCall } from '../../../nodes/heygen/prices/rates';
import declared from '../../contract/operations.json';
import { handlers } from '../../sandbox/server/api-server';
import { type NodeCase, nodes, operationCases, PROJECT, triggers } from '../support/walk';

/**
 * What an operation needs besides its file, and a node besides its description. Nothing else would miss it: n8n shows no
 * output fields without a schema, and no test can run what the sandbox does not answer. Rows of the documents are in
 * test/unit/docs/sections.test.ts, rows of the contract in descriptions.test.ts.
 */

/** Folders in which n8n looks for the output schemas of each of a node's versions (n8n-core 2.41, output-schema-resolver). */
function versionFolders({ description }: NodeCase): string[] {
	return [description.version].flat().map((version) => `v${[...String(version).split('.'), '0', '0'].slice(0, 3).join('.')}`);
}

/** The schemas that a node has, from its folder `__schema__` on. */
function schemasOf({ folder }: NodeCase): string[] {
	const place = path.join(PROJECT, folder, '__schema__');
	if (!existsSync(place)) return [];
	const found = readdirSync(place, { recursive: true, encoding: 'utf8' }).map((file) => file.split(path.sep).join('/'));
	return found.filter((file) => file.endsWith('.json'));
}

describe.each(nodes.map((node) => [node.description.name, node] as const))('%s', (_name, node) => {
	const own = operationCases.filter((one) => one.node === node);
	const outputs = triggers.includes(node) ? [''] : own.map(({ resource, operation }) => `/${resource}/${operation}`);

	it('has an output schema for each operation and version, and none besides', () => {
		const wanted = versionFolders(node).flatMap((version) => outputs.map((output) => `${version}${output}.json`));
		expect(wanted.length).toBeGreaterThan(0);
		expect(schemasOf(node).sort()).toEqual(wanted.sort());
	});

	it('has a custom operation for each operation, and none besides', () => {
		// Without them n8n's declarative engine would run the node all the same, and evaluate every expression twice more.
		const found = Object.entries(node.type.customOperations ?? {}).flatMap(([resource, operations]) =>
			Object.keys(operations).map((operation) => `${resource}:${operation}`),
		);
		expect(found.sort()).toEqual(own.map(({ resource, operation }) => `${resource}:${operation}`).sort());
	});

	it('has a catalogue entry beside it', () => {
		expect(existsSync(path.join(PROJECT, node.folder, `${path.basename(node.folder)}.node.json`))).toBe(true);
	});

	it("is looked for in the test of n8n's nodes panel", () => {
		expect(readFileSync(path.join(PROJECT, 'test/n8n/panel.test.ts'), 'utf8')).toContain(`'${node.description.displayName}'`);
	});
});

/** Jobs that HeyGen has no price for: a plan has a number of them, which no amount of credits could limit. */
const WITHOUT_PRICE: readonly string[] = ['heyGenSpeech voice:clone'];

/** Jobs that are paid for by the call, so that the length of nothing counts. */
const PAID_BY_CALL: readonly string[] = ['heyGenAvatar avatar:createDigitalTwin', 'heyGenAvatar avatar:createFromPrompt', 'heyGenAvatar avatar:createPhoto'];

const titleOf = ({ node, resource, operation }: (typeof declared)[number]) => `${node} ${resource}:${operation}`;

/** Rows of the contract that start a job, or speak: HeyGen charges for these. */
const paid = declared
	.filter(({ kind, api }) => (kind.startsWith('job') || kind === 'single + file') && api.some((request) => request.startsWith('POST')))
	.map(titleOf)
	.filter((title) => !WITHOUT_PRICE.includes(title));

/** What the file of an operation describes. */
function describedBy({ node, resource, operation }: (typeof operationCases)[number]) {
	return node.resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
}

/** The names of an operation's Options. */
function optionNames({ properties }: (typeof operationCases)[number]): string[] {
	return (properties.find(({ name }) => name === 'options')?.options ?? []).map(({ name }) => name);
}

const isIn = (titles: readonly string[]) => operationCases.filter(({ title }) => titles.includes(title)).map((one) => [one.title, one] as const);

describe.each(isIn(paid))('%s, which is paid for,', (title, one) => {
	const { properties } = one;

	it('says what it costs', () => {
		expect(describedBy(one)?.cost).toBeDefined();
	});

	it('tells its price before anything else', () => {
		expect(properties[0]?.name).toBe('costNotice');
	});

	it('can be held to a maximum, and be tried out', () => {
		const wanted = PAID_BY_CALL.includes(title) ? callSpendingOptions : spendingOptions;
		expect(optionNames(one)).toEqual(expect.arrayContaining(wanted.map(({ name }) => name)));
	});
});

describe.each(isIn(PAID_BY_CALL))('%s, which is paid for by the call,', (_title, one) => {
	it('has a price for that, and asks for no length', () => {
		const ordered = describedBy(one)?.cost?.({} as Asked);
		expect(ordered !== undefined && isPerCall(ordered.kind)).toBe(true);
		expect(optionNames(one)).not.toContain('expectedSeconds');
	});
});

describe.each(isIn(WITHOUT_PRICE))('%s, which has no price,', (_title, one) => {
	it('says so first, and promises no limit on costs', () => {
		expect(one.properties[0]).toMatchObject({ type: 'notice', displayName: expect.stringMatching(/^HeyGen publishes no price/) as unknown });
		expect(describedBy(one)?.cost).toBeUndefined();
		expect(optionNames(one).filter((name) => spendingOptions.some((option) => option.name === name))).toEqual([]);
	});
});

it('lists no operations of prices of their own that there are not', () => {
	const known = operationCases.map(({ title }) => title);
	expect([...WITHOUT_PRICE, ...PAID_BY_CALL].filter((title) => !known.includes(title))).toEqual([]);
});

/** Whether an operation makes something, by a body of JSON. */
const makes = ({ option }: (typeof operationCases)[number]) =>
	option.routing?.request?.method === 'POST' && /^(create|generate|clone|design)/.test(String(option.value));

/** The choices of a member of an operation's Options. */
function optionOf({ properties }: (typeof operationCases)[number], wanted: string): INodeProperties | undefined {
	const options = (properties.find(({ name }) => name === 'options')?.options ?? []) as INodeProperties[];
	return options.find(({ name }) => name === wanted);
}

describe.each(operationCases.filter(makes).map((one) => [one.title, one] as const))('%s, which makes something,', (_title, one) => {
	it('takes fields that the node does not have yet', () => {
		expect(optionOf(one, additionalFieldsOption.name)).toEqual(additionalFieldsOption);
	});

	it('offers presets where it has a shape to choose', () => {
		expect(optionOf(one, 'preset') !== undefined).toBe(optionOf(one, 'aspectRatio') !== undefined);
	});

	it('takes names of engines, resolutions, shapes and models that its lists do not have', () => {
		for (const name of ['engine', 'resolution', 'aspectRatio', 'model', 'quality', 'format'].filter((name) => optionOf(one, name) !== undefined)) {
			expect([name, optionOf(one, `${name}Name`)?.type]).toEqual([name, 'string']);
		}
	});
});

it('says of nothing else that it costs something', () => {
	const priced = nodes.flatMap(({ description, resources }) =>
		resources.flatMap(({ value: resource, operations }) =>
			operations.flatMap(({ value: operation, cost }) => (cost === undefined ? [] : [`${description.name} ${resource}:${operation}`])),
		),
	);
	expect(priced.length).toBeGreaterThan(0);
	expect(priced.filter((title) => !paid.includes(title))).toEqual([]);
});

describe.each(operationCases.map((one) => [one.title, one] as const))('%s', (_title, { node, resource, operation }) => {
	it('is answered by the sandbox, whatever of its row it asks', () => {
		const row = declared.find((one) => one.node === node.description.name && one.resource === resource && one.operation === operation);
		expect(row).toBeDefined();
		expect(row?.api.filter((request) => !(request in handlers))).toEqual([]);
	});
});
