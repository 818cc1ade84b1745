/** Templates: reading one, listing them, and what HeyGen may answer about them. */
import type { IDataObject } from 'n8n-workflow';
import { errorOf, expression, FAST_JOBS, jsonOf, linksOf, locator, useSandbox, useTiming } from '../support/support';
import { sendJson, usePlainServer } from '../support/plainServer';
import { generate, mapped, READ_TEMPLATE, runTemplate } from '../support/templateSupport';
import { countOf } from '../support/support';

useTiming();
const sandbox = useSandbox(FAST_JOBS);
const server = usePlainServer();

describe('get', () => {
	it('puts out the variables as a list', async () => {
		const [json] = jsonOf(await runTemplate(sandbox(), 'get', { templateId: locator('template_flat') }));
		expect(json).toEqual({
			template_id: 'template_flat',
			name: 'Flat values',
			aspect_ratio: '9:16',
			variables: [
				{ name: 'title', type: 'text', value: 'Hi there', scene_ids: ['scene_1'] },
				{ name: 'picture', type: 'image', value: 'asset_picture_1', scene_ids: ['scene_1'] },
				{ name: 'voice', type: 'voice', value: 'voice_ann_calm_001', scene_ids: ['scene_1'] },
				{ name: 'look', type: 'character', value: 'look_ann_office_01', scene_ids: ['scene_1'] },
			],
			scene_ids: ['scene_1'],
			thumbnail_url: expect.stringMatching(/^http/) as string,
			created_at: '2026-03-03T08:00:00.000Z',
			updated_at: '2026-03-03T08:00:00.000Z',
		});
	});

	it.each([1, 1.1])('puts out the whole record, with its id under its name, in version %d', async (version) => {
		const parameters = { templateId: locator('template_plain'), simplify: false };
		const [json] = jsonOf(await runTemplate(sandbox(), 'get', parameters, { version }));
		expect(json).toMatchObject({
			template_id: 'template_plain',
			id: 'template_plain',
			variables: { name: 'Ada', city: 'London', portrait: 'asset_portrait_1' },
			scenes: [{ scene_id: 'scene_1', script: 'Hello {{name}}' }, { scene_id: 'scene_2' }],
			created_at: expect.any(Number) as number,
		});
	});

	it.each<[unknown, RegExp]>([
		['template_gone', /^Could not get the template: Template template_gone not found/],
		['two words', /^'Template' is not an ID/],
		['', /^'Template' is empty/],
		[['a1', 'b2'], /^'Template' takes one ID/],
	])('refuses %j', async (given, message) => {
		expect(errorOf(await runTemplate(sandbox(), 'get', { templateId: expression(given) })).message).toMatch(message);
	});
});

describe('get many', () => {
	it('lists short records', async () => {
		const result = await runTemplate(sandbox(), 'getAll', { returnAll: true });
		expect(linksOf(result)).toEqual(Array.from({ length: 12 }, () => 0));
		expect(jsonOf(result)[0]).toEqual({
			template_id: 'template_welcome',
			name: 'Welcome',
			aspect_ratio: '16:9',
			thumbnail_url: expect.stringMatching(/^http/) as string,
			created_at: '2026-03-02T08:00:00.000Z',
			updated_at: '2026-03-02T08:00:00.000Z',
		});
		expect(sandbox().requests().map(({ query }) => query)).toEqual([{ limit: '100' }]);
	});

	it('lists whole records, as many as are asked for', async () => {
		const all = jsonOf(await runTemplate(sandbox(), 'getAll', { limit: 5, simplify: false }));
		expect(all).toHaveLength(5);
		expect(all[3]).toMatchObject({ template_id: 'template_plain', id: 'template_plain', aspect_ratio: null, created_at: expect.any(Number) as number });
	});

	it('reads all pages', async () => {
		server().answer = ({ query }, response) => {
			const token = Number(query.get('token') ?? 0);
			const data = Array.from({ length: 3 }, (_, at) => ({ id: `t${token}${at}`, name: `Template ${at}` }));
			sendJson(response, { data, has_more: token < 2, next_token: token < 2 ? String(token + 1) : null });
		};
		const all = jsonOf(await runTemplate(server(), 'getAll', { returnAll: true }));
		expect(all.map(({ template_id: id }) => id)).toEqual(['t00', 't01', 't02', 't10', 't11', 't12', 't20', 't21', 't22']);
		expect(all[0]).toEqual({ template_id: 't00', name: 'Template 0' });
	});
});

/** A HeyGen that has one template, and takes everything. */
function onlyTemplate(record: IDataObject): IDataObject[] {
	const bodies: IDataObject[] = [];
	server().answer = ({ method }, response) => {
		if (method === 'POST') bodies.push({});
		sendJson(response, { data: method === 'POST' ? { id: 'v1', status: 'pending' } : record });
	};
	return bodies;
}

describe('odd answers about the template', () => {
	it.each<[record: IDataObject, variables: unknown]>([
		[{ id: 't1', name: 'x' }, {}],
		[{ id: 't1', name: 'x', variables: null, scenes: null, scene_ids: null, aspect_ratio: null }, {}],
		[{ name: 'x', variables: [{ name: 'a', type: 'text', content: 'A' }] }, { a: 'B' }],
		[{ id: 't1', variables: { a: { nested: { deep: { deeper: { content: 'A' } } } } }, scenes: [null, { scene_id: 's1', variables: 'x' }] }, { a: 'B' }],
		[{ id: 't1', variables: { a: 'A' }, scene_ids: ['s1'], scenes: 'none', aspect_ratio: 16 }, { a: 'B' }],
	])('%j is taken', async (record, variables) => {
		const bodies = onlyTemplate(record);
		const result = await generate(server(), 't1', variables, { options: { width: 1280, height: 720 } });
		expect(result.originalError).toBeUndefined();
		expect(bodies).toHaveLength(1);
	});

	it.each<[unknown, RegExp]>([
		[null, /^Could not read the template: HeyGen's answer holds nothing instead of a record/],
		[[], /holds a list instead of a record/],
		['x', /holds a text instead of a record/],
		[{}, /holds an empty record instead of a record/],
	])('%j is refused, and nothing is made', async (data, message) => {
		server().answer = (_request, response) => sendJson(response, { data });
		expect(errorOf(await generate(server(), 't1', {})).message).toMatch(message);
		expect(server().requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('without variables have none that could be given', async () => {
		onlyTemplate({ id: 't1', name: 'Fixed' });
		const error = errorOf(await generate(server(), 't1', { a: 'B' }));
		expect(error.message).toMatch(/^'Variables' has "a", which is no variable of the template "Fixed"/);
		expect(error.description).toBe('The template has no variables.');
	});

	it('without scenes leave scenes to HeyGen, and count all texts', async () => {
		const bodies = onlyTemplate({ id: 't1', name: 'x', variables: { a: 'A' } });
		const options = { sceneIds: 's1' };
		expect(errorOf(await generate(server(), 't1', {}, { options })).message).toMatch(/has no value for "a"/);
		expect((await generate(server(), 't1', { a: 'B' }, { options })).originalError).toBeUndefined();
		expect(bodies).toHaveLength(1);
	});
});

it('is read for each account', async () => {
	const items = [{ json: { key: sandbox().apiKey } }, { json: { key: 'sk_other' } }];
	const run = await generate(sandbox(), 'template_wide', mapped({ line: 'x' }), {}, items, { credentials: { apiKey: '={{ $json.key }}' }, onError: 'continueErrorOutput' });
	expect([linksOf(run), linksOf(run, 1)]).toEqual([[0], [1]]);
	expect(countOf(sandbox(), READ_TEMPLATE)).toBeGreaterThanOrEqual(1);
});
