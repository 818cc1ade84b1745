/** Videos of templates: how often the template is read, what the video costs, and that nothing is made twice. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { itemWith, UPLOAD } from '../support/assetSupport';
import { runNode } from '../support/harness';
import { pngFile } from '../support/sampleFiles';
import { countOf, errorOf, expression, FAST_JOBS, jsonOf, linksOf, locator, retryByHand, useSandbox, useTiming } from '../support/support';
import { GENERATE, generate, generated, mapped, READ_TEMPLATE, runTemplate, templateRun, TEXT_RECORDS, textRecord as text, TEXTS, WELCOME } from '../support/templateSupport';

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, validateAssets: true });

const welcome = async (variables: unknown, more?: INodeParameters, items?: INodeExecutionData[]) =>
	await generate(sandbox(), WELCOME, variables, more, items);

/** Changes a variable of a template in HeyGen. */
function changeTemplate(id: string, name: string, record: IDataObject): void {
	const { world } = sandbox() as unknown as { world: { templates: { get: (id: string) => { variables: IDataObject } } } };
	world.templates.get(id).variables[name] = record;
}

/** Nothing has been uploaded or made. */
function expectNothingMade(): void {
	expect([countOf(sandbox(), GENERATE), countOf(sandbox(), UPLOAD)]).toEqual([0, 0]);
}

describe('the template', () => {
	it('is read once for a hundred items, and once for each template', async () => {
		const items = Array.from({ length: 100 }, (_, at) => ({ json: { at } }));
		const result = await welcome(mapped({ headline: '={{ "Number " + $json.at }}', offer: 'x' }), {}, items);
		expect(linksOf(result)).toEqual(items.map((_, at) => at));
		expect([countOf(sandbox(), READ_TEMPLATE), sandbox().stats().videosCreated]).toEqual([1, 100]);
		const two = [{ json: { id: 'template_wide', line: 'x' } }, { json: { id: 'template_news', story: 'y' } }, { json: { id: 'template_wide', line: 'z' } }];
		const more = { templateId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };
		await generate(sandbox(), '', mapped(null, 'autoMapInputData'), more, two);
		expect([countOf(sandbox(), READ_TEMPLATE), sandbox().stats().videosCreated]).toEqual([3, 103]);
	});

	it('is named by its address, a record, or a list entry', async () => {
		const cases = ['https://app.heygen.com/templates/template_wide', { template_id: 'template_wide' }, '{"id": "template_wide"}'];
		for (const value of cases) await generate(sandbox(), '', { line: 'x' }, { templateId: expression(value) });
		expect(countOf(sandbox(), GENERATE)).toBe(3);
	});

	it('is read in a dry run as well, in which nothing is uploaded or made', async () => {
		const items = [await itemWith({ data: pngFile('a.png') })];
		const [json] = jsonOf(await welcome(mapped({ ...TEXTS, logo: 'data' }), { options: { dryRun: true } }, items));
		expect(json).toMatchObject({
			dryRun: true,
			body: { variables: { ...TEXT_RECORDS, logo: { name: 'logo', type: 'image', properties: { asset_id: '(upload of a.png)', fit: 'contain' } } } },
		});
		expect([sandbox().stats().requestsTotal, countOf(sandbox(), READ_TEMPLATE)]).toEqual([1, 1]);
	});

	it('that cannot be read for now is asked for again', async () => {
		sandbox().addFault({ match: { path: '/v3/templates/{template_id}', method: 'GET' }, kind: 'status', status: 503, times: 2 });
		expect((await welcome(TEXTS)).originalError).toBeUndefined();
		expect([countOf(sandbox(), READ_TEMPLATE), countOf(sandbox(), GENERATE)]).toEqual([3, 1]);
	});

	it('that the key may not read is told as HeyGen tells it', async () => {
		sandbox().addFault({ match: { path: '/v3/templates/{template_id}', method: 'GET' }, kind: 'status', status: 403, times: -1 });
		expect(errorOf(await welcome(TEXTS))).toMatchObject({ message: expect.stringMatching(/^Could not read the template/) as string, httpCode: '403' });
		expectNothingMade();
	});
});

describe('what is paid', () => {
	const estimateOf = async (templateId: string, variables: unknown, options: INodeParameters = {}) =>
		jsonOf(await generate(sandbox(), templateId, variables, { options: { dryRun: true, ...options } }))[0]?.estimate as IDataObject;

	it('is estimated by the scripts of the scenes, with their texts', async () => {
		const short = await estimateOf(WELCOME, TEXTS);
		expect(short.formula).toMatch(/^the scripts of 3 scenes: \d+ words at .* credits; HeyGen's price list names no price for videos of templates, and that of an avatar video is taken$/);
		const long = await estimateOf(WELCOME, { ...TEXTS, headline: 'word '.repeat(150) });
		expect(Number(long.seconds)).toBeGreaterThan(Number(short.seconds) + 50);
		const twice = await estimateOf(WELCOME, TEXTS, { sceneIds: 'scene_bye, scene_bye' });
		expect(twice.formula).toMatch(/^the scripts of 2 scenes: 3 words/);
	});

	it('is not known where HeyGen does not say what is spoken, unless the user does', async () => {
		expect(await estimateOf('template_silent', {})).toMatchObject({ credits: null, seconds: null, formula: expect.stringMatching(/^the length of the video is not known/) as string });
		expect(await estimateOf('template_silent', {}, { expectedSeconds: 30 })).toMatchObject({ credits: 3, seconds: 30 });
		const error = errorOf(await generate(sandbox(), 'template_silent', {}, { options: { maximumCostPerItem: 5 } }));
		expect(error.message).toMatch(/length of the video is not known/);
		expectNothingMade();
	});

	it('has a limit', async () => {
		const error = errorOf(await welcome({ ...TEXTS, headline: 'word '.repeat(1_000) }, { options: { maximumCostPerItem: 10 } }));
		expect(error.message).toMatch(/Maximum Cost per Item/);
		expectNothingMade();
	});
});

describe('a create', () => {
	it('whose answer got lost makes one video', async () => {
		sandbox().addFault({ match: { path: '/v3/templates/{template_id}', method: 'POST' }, kind: 'drop_after', times: 1 });
		const result = await welcome(TEXTS, { waitForCompletion: true, download: [] });
		expect(jsonOf(result)).toMatchObject([{ status: 'completed' }]);
		expect([sandbox().stats().videosCreated, sandbox().stats().videosByIdempotencyReplay]).toEqual([1, 1]);
	});

	it('is not repeated for items that are done, when the others are tried again', async () => {
		const items = [{ json: { headline: 'One' } }, { json: { headline: '[fail:bad]' } }];
		const variables = mapped({ headline: '={{ $json.headline }}', offer: 'x' });
		const parameters = { templateId: locator(WELCOME), variables, download: [] };
		const run = templateRun(sandbox(), 'generate', parameters, { items });
		const failed = await runNode(run);
		expect(errorOf(failed).message).toMatch(/could not finish the video/);
		// The template has changed meanwhile, and the editor has read its fields anew: what is made is made.
		changeTemplate(WELCOME, 'headline', { ...text('headline', 'Welcome'), version: 2 });
		const again = templateRun(sandbox(), 'generate', { ...parameters, variables: { ...variables, schema: [] } }, { items });
		await retryByHand(failed, again);
		expect(sandbox().stats().videosCreated).toBe(3);
	});

	it('runs as a tool of older agents', async () => {
		const parameters = { templateId: locator(WELCOME), variables: mapped({ headline: '={{ $json.h }}', offer: 'x' }), waitForCompletion: false };
		const result = await runTemplate(sandbox(), 'generate', parameters, { items: [{ json: { h: 'One' } }], byRouting: true });
		expect(result.originalError).toBeUndefined();
		expect(generated(sandbox())).toEqual([{ variables: { headline: text('headline', 'One'), offer: text('offer', 'x') } }]);
	});
});
