import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import type { INodeProperties } from 'n8n-workflow';

import { asEvent, eventItem } from '../../../nodes/engine/triggers/eventItem';
import { EVENT_FILES } from '../../../nodes/heygen/events';
import { operations } from '../../sandbox/server/contract';
import { choices, importsOf, leaves, type NodeCase, nodes, PROJECT, sourceFiles, triggers } from '../support/walk';

/** What holds for every trigger. Its parameters are also among those of descriptionParameters.test.ts. */

const named = (name: string): NodeCase => {
	const found = triggers.find(({ description }) => description.name === name);
	if (found === undefined) throw new Error(`There is no trigger ${name}`);
	return found;
};

/** A JSON file of a trigger's folder. */
function jsonIn({ folder }: NodeCase, file: string): Record<string, unknown> {
	return JSON.parse(readFileSync(path.join(PROJECT, folder, file), 'utf8')) as Record<string, unknown>;
}

it('finds the triggers, and takes no other node for one', () => {
	expect(triggers.map(({ description }) => description.name).sort()).toEqual(['heyGenPollTrigger', 'heyGenTrigger']);
	for (const { description, type } of nodes) {
		const isTrigger = triggers.some((one) => one.type === type);
		expect([description.name, description.group.includes('trigger')]).toEqual([description.name, isTrigger]);
	}
});

describe.each(triggers.map((one) => [one.description.name, one] as const))('%s', (name, one) => {
	const { description, folder, type } = one;
	const all = description.properties.flatMap(leaves);

	it('is named as n8n names triggers', () => {
		expect(name).toMatch(/^heyGen(\w+)?Trigger$/);
		expect(path.basename(folder).toLowerCase()).toBe(name.toLowerCase());
		expect(description.displayName).toMatch(/^HeyGen (\w+ )?Trigger$/);
		expect(description.defaults).toEqual({ name: description.displayName });
		expect(description.description).toMatch(/^Starts the workflow when /);
	});

	it('starts workflows, and is nothing else', () => {
		expect(description).toMatchObject({ group: ['trigger'], version: 1, inputs: [], outputs: ['main'] });
		expect(description.usableAsTool).toBeUndefined();
		// With them n8n would take it for a declarative node.
		expect(description.requestDefaults).toBeUndefined();
		expect(description.requestOperations).toBeUndefined();
		expect(typeof type.execute).toBe('function');
		expect(one.resources).toEqual([]);
		expect(all.filter(({ property }) => ['resource', 'operation'].includes(property.name))).toEqual([]);
	});

	it('says what it waits for, in its subtitle too', () => {
		expect(description.subtitle).toMatch(/^=\{\{.*\}\}$/);
		const read = [...String(description.subtitle).matchAll(/\$parameter\["(\w+)"\]/g)].map(([, parameter]) => parameter);
		expect(read.length).toBeGreaterThan(0);
		for (const parameter of read) expect(description.properties.map((property) => property.name)).toContain(parameter);
		expect(description.activationMessage).toMatch(/^[A-Z].+\.$/);
		expect(typeof description.eventTriggerDescription).toBe('string');
	});

	it('says when to take the other trigger, where it is chosen and where it is set up', () => {
		const [other] = triggers.filter((trigger) => trigger !== one);
		const notice = description.properties.find(({ type: kind }) => kind === 'notice');
		for (const text of [description.description, notice?.displayName]) expect(text).toContain(other?.description.displayName);
	});

	it('has a drawing of its own, for light and for dark', () => {
		const icons = nodes.filter((node) => node !== one).map((node) => node.description.icon);
		expect(icons).not.toContainEqual(description.icon);
		const { light, dark } = description.icon as { light: string; dark: string };
		expect(light).not.toBe(dark);
		for (const icon of [light, dark]) {
			expect(icon).toMatch(/^file:.+\.svg$/);
			expect(existsSync(path.join(PROJECT, folder, icon.replace('file:', '')))).toBe(true);
		}
	});

	it('is in the list of nodes by words that people search for', () => {
		const codex = jsonIn(one, `${path.basename(folder)}.node.json`);
		const { name: packageName } = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8')) as { name: string };
		expect(codex).toMatchObject({ node: `${packageName}.${name}`, nodeVersion: '1.0', codexVersion: '1.0' });
		const alias = codex.alias as string[];
		expect(alias.length).toBeGreaterThan(3);
		expect(alias).toEqual([...new Set(alias)]);
		const others = nodes.filter((other) => other !== one).map((other) => jsonIn(other, `${path.basename(other.folder)}.node.json`));
		for (const { categories, resources } of others) expect(codex).toMatchObject({ categories, resources });
	});

	it('describes its output, with every field that its events have', () => {
		const schema = jsonIn(one, '__schema__/v1.0.0.json');
		expect(schema).toMatchObject({ type: 'object', version: 1 });
		const { version: _ours, ...standard } = schema;
		expect(new Ajv2020({ strict: true }).validateSchema(standard)).toBe(true);
		const event = asEvent({
			event_type: 'avatar_video.success',
			event_data: { video_id: 'v1', url: 'https://files.heygen.ai/v1.mp4', callback_id: 'c1' },
			event_id: 'evt_1',
			created_at: '2026-07-01T10:00:00Z',
		});
		if (event === undefined) throw new Error('This is an event');
		const isDelivered = description.webhooks !== undefined;
		const { json } = eventItem(event, 'evt_1', isDelivered ? '{}' : undefined);
		const { properties } = standard as { properties: Record<string, unknown> };
		expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(json)));
		expect(Object.keys(properties).includes('rawBody')).toBe(isDelivered);
		// What a success has is of the types that the schema gives.
		const validate = new Ajv2020({ strict: true }).compile(standard);
		const { error, ...filled } = json;
		expect(error).toBeNull();
		expect([validate(filled), validate.errors]).toEqual([true, null]);
	});

	it('routes nothing: nobody would read it', () => {
		expect(all.filter(({ property }) => property.routing !== undefined).map(({ path: names }) => names)).toEqual([]);
	});

	it('has its choices in the order of their names', () => {
		const lists = all.filter(({ property }) => choices(property).length > 1);
		expect(lists.length).toBeGreaterThan(0);
		for (const { property } of lists) {
			const names = choices(property).map((choice) => choice.name);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		}
	});

	it('shows a parameter only for choices that others have', () => {
		for (const { displayOptions, name: shown } of description.properties) {
			for (const [other, values] of Object.entries(displayOptions?.show ?? {})) {
				const sibling = description.properties.find((property) => property.name === other);
				const possible = choices(sibling).map(({ value }) => value);
				expect({ shown, possible }).toMatchObject({ possible: expect.arrayContaining(values ?? []) as unknown });
			}
		}
	});

	it('never shows two parameters of one name together', () => {
		const seen = new Map<string, INodeProperties[]>();
		for (const property of description.properties) seen.set(property.name, [...(seen.get(property.name) ?? []), property]);
		for (const twins of [...seen.values()].filter((list) => list.length > 1)) {
			const shownFor = twins.flatMap(({ displayOptions }) => displayOptions?.show?.source ?? ['always']);
			expect(shownFor).toEqual([...new Set(shownFor)]);
			expect(shownFor).not.toContain('always');
		}
	});

	it('offers every file that an event may come with, and names them all', () => {
		const download = all.find(({ property }) => property.name === 'download')?.property;
		const offered = choices(download).map(({ value }) => String(value));
		expect([...offered].sort()).toEqual(EVENT_FILES.map((file) => file.name).sort());
		for (const file of offered) expect(download?.description).toContain(file);
	});
});

describe('the webhook trigger', () => {
	const { description, type } = named('heyGenTrigger');

	it('is called by POST, and may be tried by GET at the same address', () => {
		expect(description.webhooks).toEqual([
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook', ndvHideUrl: true },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: 'noData', path: 'webhook' },
		]);
		expect(typeof type.webhook).toBe('function');
	});

	it('makes, checks and deletes its own endpoint', () => {
		const methods: Record<string, unknown> = { ...type.webhookMethods?.default };
		expect(Object.keys(methods).sort()).toEqual(['checkExists', 'create', 'delete']);
		for (const method of Object.values(methods)) expect(typeof method).toBe('function');
		expect(Object.keys(type.webhookMethods ?? {})).toEqual(['default']);
	});

	it('does not poll', () => {
		expect(description.polling).toBeUndefined();
		expect(type.poll).toBeUndefined();
	});
});

describe('the poll trigger', () => {
	const { description, type } = named('heyGenPollTrigger');

	it('polls, and has no webhook', () => {
		expect(description.polling).toBe(true);
		expect(typeof type.poll).toBe('function');
		expect([description.webhooks, type.webhook, type.webhookMethods]).toEqual([undefined, undefined, undefined]);
	});

	it('has a parameter for whatever it can watch', () => {
		const sources = choices(description.properties.find(({ name }) => name === 'source')).map(({ value }) => value);
		for (const source of sources) {
			const shown = description.properties.filter(({ displayOptions }) => displayOptions?.show?.source?.includes(source));
			expect(shown.filter(({ required }) => required)).toHaveLength(1);
		}
	});
});

/** Source files that are there for triggers, and what they lead to. */
function triggerSources(): string[] {
	const reached = new Set<string>();
	const visit = (file: string): void => {
		if (reached.has(file)) return;
		reached.add(file);
		importsOf(file).forEach(visit);
	};
	triggers.flatMap(({ folder }) => sourceFiles(folder)).forEach(visit);
	return [...reached];
}

it('asks only for paths of the contract', () => {
	const shape = (template: string) => template.replace(/\{\w+\}/g, '{id}');
	const known = new Set(operations.map(({ template }) => shape(template)));
	const asked = triggerSources().flatMap((file) =>
		[...readFileSync(path.join(PROJECT, file), 'utf8').matchAll(/'(\/v3\/[^'\s]+)'/g)].map(([, text]) => String(text)),
	);
	expect(asked).toEqual(expect.arrayContaining(['/v3/webhooks/endpoints', '/v3/webhooks/event-types', '/v3/webhooks/events']));
	expect(asked).toEqual(expect.arrayContaining(['/v3/videos', '/v3/video-translations']));
	expect(asked.filter((template) => !known.has(shape(template)))).toEqual([]);
});
