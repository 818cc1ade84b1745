import type { INodeProperties } from 'n8n-workflow';

import * as limits from '../../../nodes/heygen/limits';
import { operations } from '../../sandbox/server/contract';
import { bodyPlace, leaves, operationCases, triggers } from '../support/walk';

/** `heygen/limits.ts` against the contract, and against what the descriptions promise. */

/** A value somewhere in a JSON schema, by the names on the way; of several branches the first that has it. */
function inSchema(schema: unknown, names: string[]): unknown {
	if (names.length === 0) return schema;
	if (typeof schema !== 'object' || schema === null) return undefined;
	const { properties, oneOf, anyOf, items } = schema as Record<string, unknown>;
	const [first, ...rest] = names;
	const direct = (properties as Record<string, unknown> | undefined)?.[first as string];
	if (direct !== undefined) return inSchema(direct, rest);
	const branches = [oneOf, anyOf].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
	for (const branch of [...branches, items]) {
		const found = inSchema(branch, names);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** A field's schema in the body of an operation. */
function bodyField(template: string, dotted: string, method = 'POST'): Record<string, unknown> {
	const operation = operations.find((one) => one.method === method && one.template === template);
	const found = inSchema(operation?.bodySchema, dotted.split('.'));
	expect(found).toBeDefined();
	return found as Record<string, unknown>;
}

/** Numeric bounds anywhere in a schema, e.g. in the branch that is not null. */
function bounds(schema: unknown): { min?: number; max?: number } {
	const text = JSON.stringify(schema);
	const read = (word: string) => {
		const found = new RegExp(`"${word}":(-?[\\d.]+)`).exec(text)?.[1];
		return found === undefined ? undefined : Number(found);
	};
	return { min: read('minimum'), max: read('maximum') };
}

describe('limits.ts agrees with the contract', () => {
	it('on the script', () => {
		expect(bodyField('/v3/videos', 'script').maxLength).toBe(limits.SCRIPT_MAX_CHARACTERS);
	});

	it.each([
		['voice_settings.speed', limits.VOICE_SPEED],
		['voice_settings.pitch', limits.VOICE_PITCH],
		['voice_settings.volume', limits.UNIT_RANGE],
	])('on %s', (field, range) => {
		expect(bounds(bodyField('/v3/videos', field))).toEqual(range);
	});

	const pageSizes = [
		['videos', '/v3/videos'],
		['avatars', '/v3/avatars'],
		['avatarLooks', '/v3/avatars/looks'],
		['voices', '/v3/voices'],
		['agentSessions', '/v3/video-agents'],
		['agentStyles', '/v3/video-agents/styles'],
		['agentResources', '/v3/video-agents/sessions/{session_id}/resources'],
		['batchItems', '/v3/videos/batches/{batch_id}'],
		['batchItems', '/v3/assets/batches/{batch_id}'],
		['batchItems', '/v3/video-translations/batches/{batch_id}'],
		['batchItems', '/v3/lipsyncs/batches/{batch_id}'],
		['assets', '/v3/assets'],
		['assetSearch', '/v3/assets/search'],
		['brandKits', '/v3/brand-kits'],
		['brandGlossaries', '/v3/brand-glossaries'],
		['templates', '/v3/templates'],
		['translations', '/v3/video-translations'],
		['lipsyncs', '/v3/lipsyncs'],
		['renders', '/v3/hyperframes/renders'],
		['clippings', '/v3/ai-clipping'],
		['backgroundRemovals', '/v3/background-removals'],
		['webhookEndpoints', '/v3/webhooks/endpoints'],
		['webhookEvents', '/v3/webhooks/events'],
		['sounds', '/v3/audio/sounds'],
	] as const;

	it.each(pageSizes)('on the page size of %s (%s)', (name, template) => {
		const list = operations.find((one) => one.method === 'GET' && one.template === template);
		expect(bounds(list?.query['limit']).max).toBe(limits.PAGE_MAX[name]);
	});

	it('has checked every page size', () => {
		expect(Object.keys(limits.PAGE_MAX).filter((name) => !pageSizes.some(([checked]) => checked === name))).toEqual([]);
	});

	const lists = operations.filter(({ method, query }) => method === 'GET' && 'limit' in query).map(({ template, query }) => [template, query] as const);

	it.each(lists)('on the page size of the path %s', (template, query) => {
		expect(limits.pageMaxOf(template)).toBe(bounds(query.limit).max);
	});

	it.each([
		['/v3/videos/batches', 'videos'],
		['/v3/assets/direct-uploads/batches', 'files'],
		['/v3/video-translations/batches', 'video_translations'],
		['/v3/lipsyncs/batches', 'lipsyncs'],
	])('on the size of a batch of %s', (template, field) => {
		expect(bodyField(template, field).maxItems).toBe(limits.BATCH_MAX);
	});

	it("on a clipping's prompt", () => {
		const prompt = bodyField('/v3/ai-clipping', 'output_settings.prompt');
		expect(prompt.maxLength).toBe(limits.CLIPPING_PROMPT_MAX_CHARACTERS);
	});

	it("on a folder's name", () => {
		expect(bodyField('/v3/folders', 'name').maxLength).toBe(limits.FOLDER_NAME_MAX_CHARACTERS);
	});
});

/** All numbers of limits.ts. */
function numbersIn(value: unknown): number[] {
	if (typeof value === 'number') return [value];
	if (typeof value !== 'object' || value === null || value instanceof RegExp) return [];
	return Object.values(value).flatMap(numbersIn);
}

describe('what parameters promise', () => {
	const known = new Set(numbersIn(limits));
	const described = [
		...operationCases,
		...triggers.map(({ description }) => ({ title: description.name, properties: description.properties })),
	];
	const parameters = described.flatMap(({ title, properties }) =>
		properties.flatMap(leaves).map((leaf) => ({ ...leaf, place: `${title} ${leaf.path.join('.')}` })),
	);

	it('names no number that limits.ts does not have', () => {
		const strange = parameters.flatMap(({ property, place }) =>
			[...`${property.hint ?? ''} ${property.description ?? ''}`.matchAll(/(?<![\w.#])-?\d[\d,]*(\.\d+)?(?![\w:])/g)]
				.map(([text]) => text.replace(/,$/, ''))
				.filter((text) => !known.has(Number(text.replace(/,/g, ''))))
				.map((text) => `${place}: ${text}`),
		);
		expect([...new Set(strange)]).toEqual([]);
	});

	it('says how long a script may be', () => {
		const scripts = parameters.filter((leaf) => bodyPlace(leaf) === 'script');
		expect(scripts.length).toBeGreaterThan(0);
		const inWords = limits.SCRIPT_MAX_CHARACTERS.toLocaleString('en-US');
		for (const { property } of scripts) expect(property.hint).toContain(`${inWords} characters`);
	});

	it('has the bounds of the contract where the editor has bounds', () => {
		const bounded = operationCases.flatMap(({ option, properties }) =>
			properties.flatMap(leaves).flatMap((leaf) => {
				const { property } = leaf;
				const place = bodyPlace(leaf);
				const isBounded = property.type === 'number' && property.typeOptions?.maxValue !== undefined;
				return place !== undefined && isBounded ? [{ property, place, url: String(option.routing?.request?.url) }] : [];
			}),
		);
		expect(bounded.length).toBeGreaterThan(3);
		for (const { property, place, url } of bounded) expectSameBounds(property, bounds(bodyField(url, place)));
	});
});

/** The editor's bounds must be those of the contract, where the contract has any. */
function expectSameBounds(property: INodeProperties, contract: { min?: number; max?: number }): void {
	const { minValue, maxValue } = property.typeOptions ?? {};
	if (contract.min !== undefined) expect([property.name, minValue]).toEqual([property.name, contract.min]);
	if (contract.max !== undefined) expect([property.name, maxValue]).toEqual([property.name, contract.max]);
}
