import type { INodeProperties } from 'n8n-workflow';

import { mergedParameters } from '../../../nodes/declare/merge';
import { sentFields } from '../../../nodes/declare/sentFields';
import { atVersion } from '../../../nodes/declare/versions';
import { actions, type OperationCase, operationCases, versionsOf } from '../support/walk';

/** A parameter that only some versions of a node have, and what saved workflows must not notice of newer ones. */

const flag = (version: unknown[], more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: 'Short',
	name: 'short',
	type: 'boolean',
	default: false,
	...more,
	displayOptions: { show: { '@version': version as never, ...more.displayOptions?.show } },
});

const old = flag([1]);
const young = flag([{ _cnd: { gte: 1.1 } }], { default: true, displayOptions: { show: { wait: [true] } } });
const always: INodeProperties = { displayName: 'Wait', name: 'wait', type: 'boolean', default: true };

describe('the parameters of a version', () => {
	it('are those it has, without the condition that says so', () => {
		const all = [always, old, young];
		expect(atVersion(all, 1)).toEqual([always, { ...old, displayOptions: { show: {} } }]);
		for (const version of [1.1, 1.2, 2]) expect(atVersion(all, version)).toEqual([always, { ...young, displayOptions: { show: { wait: [true] } } }]);
	});

	it('are so inside of a collection', () => {
		const options: INodeProperties = { displayName: 'Options', name: 'options', type: 'collection', default: {}, options: [old, young] };
		const members = (version: number) => (atVersion([options], version)[0]?.options as INodeProperties[]).map((member) => member.default);
		expect([members(1), members(1.1)]).toEqual([[false], [true]]);
	});

	it('go into requests by their own rules; the version is no parameter to read', () => {
		const text = (property: string, version: unknown[]): INodeProperties => ({
			...flag(version, { displayOptions: { show: { wait: [true] } } }),
			type: 'string',
			default: '',
			routing: { send: { type: 'body', property } },
		});
		const all = [always, text('then', [1]), text('now', [{ _cnd: { gte: 1.1 } }])];
		const sent = (version: number) => sentFields(all, version).fields.map(({ to, when }) => [to?.property, when]);
		expect(sent(1)).toEqual([['then', [['wait', [true]]]]]);
		expect(sent(1.1)).toEqual([['now', [['wait', [true]]]]]);
		expect([1, 1.1].map((version) => sentFields([old, young], version).settings.get('short'))).toEqual([
			{ label: 'Short', default: false },
			{ label: 'Short', default: true },
		]);
	});
});

it('a condition on the version is kept when operations are merged', () => {
	const at = (operation: string) => ({ place: { resource: 'video', operation }, properties: [old, young] });
	const merged = mergedParameters([at('get'), at('wait')]);
	expect(merged.map(({ displayOptions }) => displayOptions?.show)).toEqual([
		{ resource: ['video'], operation: ['get', 'wait'], '@version': [1] },
		{ resource: ['video'], operation: ['get', 'wait'], '@version': [{ _cnd: { gte: 1.1 } }], wait: [true] },
	]);
});

/** Nodes that were there before records were simplified. */
const FIRST_NODES: ReadonlySet<string> = new Set(['heyGenAsset', 'heyGenVideo']);

/** Whether operations simplify unless they are told otherwise, in a version of their node. */
function simplifyAt(version: number, isMeant: (one: OperationCase) => boolean): Record<string, unknown> {
	return Object.fromEntries(
		operationCases.filter(isMeant).flatMap(({ title, everyVersion }) =>
			atVersion(everyVersion.shown, version)
				.filter(({ name }) => name === 'simplify')
				.map((property) => [title, property.default]),
		),
	);
}

describe('a node', () => {
	it.each(actions.map((node) => [node.description.name, node] as const))('%s is new in its newest version', (_name, node) => {
		// Of a node that began later there is only one version.
		const versions = FIRST_NODES.has(node.description.name) ? [1, 1.1] : [1];
		expect(versionsOf(node)).toEqual(versions);
		expect(node.description.defaultVersion ?? 1).toBe(versions.at(-1));
	});

	it('that was saved in version 1 simplifies what it did then, and nothing else', () => {
		const simplify = (version: number) => simplifyAt(version, ({ node }) => FIRST_NODES.has(node.description.name));
		expect(simplify(1)).toEqual({
			'heyGenAsset asset:download': false,
			'heyGenAsset asset:get': false,
			'heyGenAsset asset:getAll': false,
			'heyGenVideo hyperframes:create': true,
			'heyGenVideo hyperframes:get': true,
			'heyGenVideo hyperframes:getAll': true,
			'heyGenVideo hyperframes:wait': true,
			'heyGenVideo template:generate': true,
			'heyGenVideo template:get': true,
			'heyGenVideo template:getAll': true,
			'heyGenVideo backgroundRemoval:create': true,
			'heyGenVideo backgroundRemoval:get': true,
			'heyGenVideo backgroundRemoval:getAll': true,
			'heyGenVideo backgroundRemoval:wait': true,
			'heyGenVideo clipping:create': true,
			'heyGenVideo clipping:get': true,
			'heyGenVideo clipping:getAll': true,
			'heyGenVideo clipping:wait': true,
			'heyGenVideo fillerWordRemoval:create': true,
			'heyGenVideo fillerWordRemoval:get': true,
			'heyGenVideo fillerWordRemoval:wait': true,
			'heyGenVideo video:createAvatar': false,
			'heyGenVideo video:createCinematic': false,
			'heyGenVideo video:createFromPrompt': false,
			'heyGenVideo video:createImage': false,
			'heyGenVideo video:createStudio': false,
			'heyGenVideo video:download': false,
			'heyGenVideo video:get': true,
			'heyGenVideo video:getAll': true,
			'heyGenVideo video:wait': false,
			'heyGenVideo videoAgent:create': true,
			'heyGenVideo videoAgent:sendMessage': true,
			'heyGenVideo videoAgent:wait': true,
			'heyGenVideo videoAgent:get': true,
			'heyGenVideo videoAgent:getResource': true,
			'heyGenVideo videoAgent:getResources': true,
			'heyGenVideo videoAgent:getStyles': true,
			'heyGenVideo videoAgent:getVideos': true,
		});
		expect(new Set(Object.values(simplify(1.1)))).toEqual(new Set([true]));
		expect(Object.keys(simplify(1.1))).toEqual(Object.keys(simplify(1)));
	});

	it('that began later simplifies from its first version on', () => {
		const simplify = simplifyAt(1, ({ node }) => !FIRST_NODES.has(node.description.name));
		expect(Object.keys(simplify)).toContain('heyGenTranslation translation:get');
		expect(new Set(Object.values(simplify))).toEqual(new Set([true]));
	});
});
