/** HyperFrames: a project becomes a video, with variables; the body of every field, waiting, reading, listing and deleting. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { runNode } from '../support/harness';
import {
	assetProject,
	DELETE_RENDER,
	GET_RENDER,
	LIST_RENDERS,
	RENDER,
	renderRun,
	runRender,
	startRender,
} from '../support/renderSupport';
import { bodiesOf, countOf, errorOf, itemAt, jsonOf, linksOf, requestsTo, retryByHand, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox({ jobSeconds: 0.1, jobQueueSeconds: 0 });

const PROJECT = { type: 'asset_id', asset_id: 'asset_project' };
const rows = (...variable: IDataObject[]): INodeParameters => ({ variables: { variable: variable as unknown as INodeParameters[] } });
const json = (variablesJson: string): INodeParameters => ({ variablesInput: 'json', variablesJson });

/** The bodies that a run with these parameters sends. */
async function sent(more: INodeParameters, item: IDataObject = {}): Promise<IDataObject[]> {
	const result = await runRender(sandbox(), 'create', assetProject(more), { items: [{ json: item }] });
	expect(result.originalError).toBeUndefined();
	return bodiesOf(sandbox(), RENDER);
}

/** The error of a run that sends nothing. */
async function refused(more: INodeParameters, item: IDataObject = {}) {
	const error = errorOf(await runRender(sandbox(), 'create', assetProject(more), { items: [{ json: item }] }));
	expect(sandbox().stats().requestsTotal).toBe(0);
	return error;
}

describe('the body', () => {
	it('has every field, under its name in the API', async () => {
		const options = { aspectRatio: '9:16', composition: 'scenes/intro.html', fps: 60, format: 'mp4', quality: 'high', resolution: '4k', title: 'Promo' };
		const requestOptions = { callbackId: 'row-7', callbackUrl: 'https://example.com/hook' };
		expect(await sent({ options, requestOptions, ...rows({ name: 'headline', type: 'text', value: 'Hi' }) })).toEqual([
			{
				project: PROJECT,
				aspect_ratio: '9:16',
				composition: 'scenes/intro.html',
				fps: 60,
				format: 'mp4',
				quality: 'high',
				resolution: '4k',
				title: 'Promo',
				variables: { headline: 'Hi' },
				callback_id: 'row-7',
				callback_url: 'https://example.com/hook',
			},
		]);
	});

	it('has no field that nobody has set', async () => {
		expect(await sent({})).toEqual([{ project: PROJECT }]);
		expect(requestsTo(sandbox(), RENDER).map(({ idempotencyKey }) => idempotencyKey)).toEqual([expect.stringMatching(/^n8n-/)]);
	});

	it.each(['./scenes/intro.html', '/scenes/intro.html', 'scenes\\intro.html', 'scenes//./intro.html', 'scenes/old/../intro.html'])(
		'names the page %s as archives do',
		async (composition) => {
			expect(await sent({ options: { composition } })).toEqual([{ project: PROJECT, composition: 'scenes/intro.html' }]);
		},
	);

	it('is read kindly', async () => {
		const options = { fps: '={{ " 24 " }}', format: '={{ "WebM" }}', quality: '={{ "DRAFT\\n" }}', aspectRatio: '={{ " 1:1" }}' };
		expect(await sent({ options })).toEqual([{ project: PROJECT, fps: 24, format: 'webm', quality: 'draft', aspect_ratio: '1:1' }]);
	});

	it.each([
		['shorts', '9:16'],
		['landscape', '16:9'],
		['square', '1:1'],
	])('has the shape of the preset %s, unless another one is set', async (preset, ratio) => {
		await sent({ options: { preset } });
		const bodies = await sent({ options: { preset, aspectRatio: '16:9' } });
		expect(bodies).toEqual([
			{ project: PROJECT, aspect_ratio: ratio },
			{ project: PROJECT, aspect_ratio: '16:9' },
		]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a frame rate of nothing a second', { fps: 0 }, /^'Frame Rate' must be a whole number from 1 to 240, but it is "0"/],
		['a frame rate beyond what HeyGen takes', { fps: 241 }, /^'Frame Rate' must be a whole number from 1 to 240/],
		['a frame rate of parts', { fps: 29.97 }, /^'Frame Rate' must be a whole number from 1 to 240, but it is "29\.97"/],
		['4K as WebM', { resolution: '4k', format: 'webm' }, /^'Resolution' is 4K, .* but 'Output Format' is "webm"/],
		['4K as MOV', { resolution: '4K', format: 'mov' }, /^'Resolution' is 4K, .* but 'Output Format' is "mov"/],
		['a folder for a page', { composition: 'scenes/' }, /^'Composition' must be the path of a page within the project, but it is "scenes\/"/],
		['the project itself for a page', { composition: '.' }, /^'Composition' must be the path of a page within the project, but it is "\."/],
		['a page outside of the project', { composition: 'scenes/../../intro.html' }, /^'Composition' must be the path of a page within the project/],
		['an address for a page', { composition: 'https://example.com/intro.html' }, /^'Composition' must be the path of a page within the project/],
		['a page on a drive', { composition: 'C:\\promo\\index.html' }, /^'Composition' must be the path of a page within the project/],
		['a record for a title', { title: '={{ { a: 1 } }}' }, /^'Title' must be text/],
		['a record for a quality', { quality: '={{ { a: 1 } }}' }, /^'Quality' must be one word/],
		['a list for a format', { format: '={{ ["mp4"] }}' }, /^'Output Format' must be one word/],
		['a record for a ratio', { aspectRatio: '={{ { a: 1 } }}' }, /^'Aspect Ratio' must be one word/],
		['an unknown preset', { preset: '={{ "wide" }}' }, /^'Preset' must be one of/],
		['fields that say something else', { title: 'Promo', additionalFields: '{"title": "Other"}' }, /^'Title' is "Promo", but 'Additional Fields \(JSON\) → title' is "Other"/],
	])('refuses %s', async (_what, options, message) => {
		expect((await refused({ options })).message).toMatch(message);
	});

	it('refuses a callback address that HeyGen cannot reach', async () => {
		const { message } = await refused({ requestOptions: { callbackUrl: 'http://localhost/hook' } });
		expect(message).toMatch(/^'Callback URL' /);
	});
});

describe('the body of a HeyGen that is newer', () => {
	const newer = useSandbox({ jobSeconds: 0.1, jobQueueSeconds: 0, contract: 'open' });

	it('has values and fields that the node does not know', async () => {
		const options = {
			resolution: 'byName',
			resolutionName: '8k',
			format: 'byName',
			formatName: 'av1',
			quality: 'byName',
			qualityName: 'ultra',
			aspectRatio: 'byName',
			aspectRatioName: '21:9',
			additionalFields: '{"loop": true, "text": ""}',
		};
		await runRender(newer(), 'create', assetProject({ options }));
		expect(bodiesOf(newer(), RENDER)).toEqual([
			{ project: PROJECT, resolution: '8k', format: 'av1', quality: 'ultra', aspect_ratio: '21:9', loop: true, text: '' },
		]);
	});
});

describe('variables', () => {
	it('are what their types say', async () => {
		const given = rows(
			{ name: 'headline', type: 'text', value: '42' },
			{ name: 'subline', type: 'text', value: '' },
			{ name: 'none', type: 'text', value: '={{ $json.none }}' },
			{ name: 'without a type', value: 'Text' },
			{ name: 'price', type: 'number', value: '9.99' },
			{ name: 'count', type: 'number', value: '={{ 0 }}' },
			{ name: 'dark', type: 'boolean', value: 'yes' },
			{ name: 'loop', type: 'boolean', value: '={{ false }}' },
			{ name: 'items', type: 'json', value: '["a", "", null]' },
			{ name: 'person', type: 'json', value: '={{ { name: "Ada", title: "", tags: [] } }}' },
			{ name: 'nothing', type: 'json', value: 'null' },
		);
		expect(await sent(given)).toEqual([
			{
				project: PROJECT,
				variables: {
					headline: '42',
					subline: '',
					none: '',
					'without a type': 'Text',
					price: 9.99,
					count: 0,
					dark: true,
					loop: false,
					items: ['a', '', null],
					person: { name: 'Ada', title: '', tags: [] },
					nothing: null,
				},
			},
		]);
	});

	it.each([
		['text', '{"headline": "", "price": 9.99, "tags": [], "more": {"a": null}}'],
		['a record', '={{ { headline: "", price: 9.99, tags: [], more: { a: null } } }}'],
		['fenced text, as models write it', '={{ "```json\\n" + JSON.stringify({ headline: "", price: 9.99, tags: [], more: { a: null } }) + "\\n```" }}'],
	])('come as JSON, with what is empty in it: %s', async (_what, given) => {
		expect(await sent(json(given))).toEqual([
			{ project: PROJECT, variables: { headline: '', price: 9.99, tags: [], more: { a: null } } },
		]);
	});

	it.each([json('{}'), json(''), rows(), { ...rows({ name: 'a', value: 'b' }), ...json('{}') }])('are left out when there are none: %j', async (given) => {
		expect(await sent(given)).toEqual([{ project: PROJECT }]);
	});

	it('differ from item to item, and make renders of their own', async () => {
		const parameters = assetProject(rows({ name: 'headline', value: '={{ $json.headline }}' }));
		const items = ['Hello', 'Hola', ''].map((headline) => ({ json: { headline } }));
		const result = await runRender(sandbox(), 'create', parameters, { items });
		expect(linksOf(result)).toEqual([0, 1, 2]);
		const texts = bodiesOf(sandbox(), RENDER).map(({ variables }) => (variables as IDataObject).headline);
		expect(texts.sort()).toEqual(['', 'Hello', 'Hola']);
		expect(new Set(jsonOf(result).map(({ render_id: id }) => id)).size).toBe(3);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['of one name', rows({ name: 'a', value: '1' }, { name: 'b', value: '2' }, { name: ' a', value: '3' }), /^'Variables → 3 → Name' is "a", which row 1 is called already/],
		['without a name', rows({ name: '', value: '1' }), /^'Variables → 1 → Name' is empty/],
		['that are records, as text', rows({ name: 'a', value: '={{ { b: 1 } }}' }), /^'Variables → 1 → Value' must be text, but it is {"b":1}/],
		['that hold what is left of a record', rows({ name: 'a', value: '=Hi {{ ({ b: 1 }) }}' }), /^'Variables → 1 → Value' holds "\[object Object\]"/],
		['that are no numbers', rows({ name: 'a', type: 'number', value: '1,5' }), /^'Variables → 1 → Value' must be a number, but it is "1,5"/],
		['that are empty numbers', rows({ name: 'a', type: 'number', value: '' }), /^'Variables → 1 → Value' is empty; only the type 'Text' can be/],
		['that are neither true nor false', rows({ name: 'a', type: 'boolean', value: 'perhaps' }), /^'Variables → 1 → Value' must be true or false/],
		['that are no JSON', rows({ name: 'a', type: 'json', value: '{a' }), /^'Variables → 1 → Value' is no valid JSON/],
		['of an unknown type', rows({ name: 'a', type: '={{ "date" }}', value: '1' }), /^'Variables → 1 → Type' must be one of text, number, boolean, json/],
		['in a list', json('["a"]'), /^'Variables \(JSON\)' must be JSON of a record, such as .*, but it is /],
		['in a list of records', json('={{ [{ a: 1 }] }}'), /^'Variables \(JSON\)' must be JSON of a record/],
		['in broken JSON', json('={{ "{\\"a\\": 1" }}'), /^'Variables \(JSON\)' is no valid JSON/],
		['in a number', json('={{ 5 }}'), /^'Variables \(JSON\)' must be JSON of a record, such as .*, but it is "5"/],
	])('%s are refused', async (_what, given, message) => {
		expect((await refused(given)).message).toMatch(message);
	});

	it('are part of what is asked for: an edited retry makes another video', async () => {
		const texts = [json('{"a": ""}'), json('{"a": " "}'), json('{"a": null}'), json('{}')];
		for (const given of texts) await sent({ ...given, requestOptions: { sameInputSameVideo: true } });
		expect(new Set(requestsTo(sandbox(), RENDER).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(texts.length);
	});
});

describe('a render', () => {
	const waiting = (options: INodeParameters = {}, more: INodeParameters = {}) => assetProject({ waitForCompletion: true, options, ...more });

	it.each([
		['mp4', 'video/mp4'],
		['webm', 'video/webm'],
		['mov', 'video/quicktime'],
	])('is waited for, and its %s file is fetched', async (format, mimeType) => {
		const result = await runRender(sandbox(), 'create', waiting({ format, fps: 60, title: 'Promo' }, { download: ['video', 'thumbnail'] }));
		const { json: record, binary = {} } = itemAt(result);
		const id = String(record.render_id);
		expect(record).toEqual({
			render_id: id,
			status: 'completed',
			title: 'Promo',
			video_url: expect.stringMatching(`video\\.${format}`),
			thumbnail_url: expect.any(String),
			duration: 10,
			resolution: '1080p',
			fps: 60,
			quality: 'standard',
			format,
			aspect_ratio: '16:9',
			composition: 'index.html',
			callback_id: expect.stringMatching(/^n8n-/),
			created_at: expect.stringMatching(/^\d{4}-.*Z$/),
			completed_at: expect.stringMatching(/^\d{4}-.*Z$/),
			cost: expect.objectContaining({ seconds: 10, credits: 0.033333333 }),
			estimate: expect.objectContaining({ credits: null }),
		});
		expect(binary.video).toMatchObject({ fileName: `${id}.${format}`, mimeType });
		expect(binary.thumbnail).toMatchObject({ fileName: `${id}.jpg`, mimeType: 'image/jpeg' });
	});

	it('need not be waited for', async () => {
		const result = await runRender(sandbox(), 'create', assetProject());
		expect(jsonOf(result)).toEqual([{ render_id: expect.any(String) }]);
		expect(countOf(sandbox(), GET_RENDER)).toBe(0);
	});

	it('that fails ends in an error with its ID and HeyGen\'s reason', async () => {
		const error = errorOf(await runRender(sandbox(), 'create', waiting({ title: '[fail:bad_page]' })));
		expect(error.message).toMatch(/render .*bad_page/);
		expect(sandbox().stats().jobsCreated.hyperframes).toBe(1);
	});

	it('that takes too long ends in an error with its ID, or in its state', async () => {
		const title = '[stuck] Promo';
		const error = errorOf(await runRender(sandbox(), 'create', waiting({ title, timeoutMinutes: 0.002 })));
		expect(error.message).toMatch(/render \w+/);
		const result = await runRender(sandbox(), 'create', waiting({ title, timeoutMinutes: 0.002, onTimeout: 'continue' }));
		expect(jsonOf(result)).toEqual([expect.objectContaining({ status: 'rendering', title, render_id: expect.any(String) })]);
	});

	it('goes out with all of its fields when it is not simplified', async () => {
		const [record = {}] = jsonOf(await runRender(sandbox(), 'create', waiting({}, { simplify: false, download: [] })));
		expect(record).toMatchObject({ failure_message: null, created_at: expect.any(Number) });
	});

	it('is tried out without a request, with what it would cost', async () => {
		const options = { dryRun: true, expectedSeconds: 120, resolution: '4k', fps: 60 };
		const result = await runRender(sandbox(), 'create', waiting(options));
		expect(jsonOf(result)).toEqual([
			{
				dryRun: true,
				body: { project: PROJECT, resolution: '4k', fps: 60, callback_id: expect.any(String) },
				estimate: expect.objectContaining({ credits: 0.6, seconds: 120 }),
			},
		]);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each([
		[{}, 0.2],
		[{ fps: 30 }, 0.2],
		[{ fps: 31 }, 0.4],
		[{ resolution: '4k' }, 0.3],
		[{ resolution: '4k', fps: 240 }, 0.6],
	])('costs by resolution and frame rate: %j', async (options, credits) => {
		const [record = {}] = jsonOf(await runRender(sandbox(), 'create', waiting({ dryRun: true, expectedSeconds: 120, ...options })));
		expect((record.estimate as IDataObject).credits).toBe(credits);
	});

	it('of a resolution without a known price is estimated as 4K, and says so', async () => {
		const options = { dryRun: true, expectedSeconds: 60, resolution: 'byName', resolutionName: '8k' };
		const [record = {}] = jsonOf(await runRender(sandbox(), 'create', waiting(options)));
		expect(record.estimate).toMatchObject({ credits: 0.15, formula: expect.stringContaining('the price of the resolution "8k" is not known here, and that of 4K is taken') });
	});

	it('is held to a maximum by the expected length, and refused without one', async () => {
		const limits = { maximumCostPerItem: 0.1 };
		const dear = errorOf(await runRender(sandbox(), 'create', waiting({ ...limits, expectedSeconds: 120 })));
		expect(dear.message).toContain("'Maximum Cost per Item'");
		const unknown = errorOf(await runRender(sandbox(), 'create', waiting(limits)));
		expect(`${unknown.message} ${unknown.description}`).toContain("'Expected Duration (Seconds)'");
		expect(sandbox().stats().requestsTotal).toBe(0);
		expect((await runRender(sandbox(), 'create', waiting({ ...limits, expectedSeconds: 30 }))).originalError).toBeUndefined();
	});

	it.each(['drop_after', 'drop_before', 'garbage', 'status'] as const)('is made once although %s', async (kind) => {
		sandbox().addFault({ match: { path: '/v3/hyperframes/renders', method: 'POST' }, kind, times: 2 });
		await runRender(sandbox(), 'create', assetProject());
		expect(sandbox().stats().jobsCreated.hyperframes).toBe(1);
		// Of requests that got nowhere the sandbox knows no key.
		const keys = requestsTo(sandbox(), RENDER).flatMap(({ idempotencyKey }) => idempotencyKey ?? []);
		expect(new Set(keys).size).toBe(1);
	});

	it('is another one when the execution is run again with other choices', async () => {
		sandbox().addFault({ match: { path: '/v3/hyperframes/renders', method: 'POST' }, kind: 'drop_after', times: timing.retryCount + 1 });
		// With a callback ID the first one would be found in the list.
		const requestOptions = { sendCallbackId: false };
		const both = { ...rows({ name: 'headline', value: 'Hi' }), variablesJson: '{"headline": "Hello"}', requestOptions };
		const run = renderRun(sandbox(), 'create', assetProject(both));
		const failed = await runNode(run);
		expect(failed.originalError).toBeDefined();
		const edited = { ...run, parameters: { ...run.parameters, variablesInput: 'json' } };
		expect((await retryByHand(failed, edited)).originalError).toBeUndefined();
		expect(sandbox().stats().jobsCreated.hyperframes).toBe(2);
	});

	it('is made once in both tries of a node', async () => {
		sandbox().addFault({ match: { path: '/v3/hyperframes/renders/{render_id}', method: 'GET' }, kind: 'status', status: 403, times: 3 });
		const run = renderRun(sandbox(), 'create', waiting(), { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect((await runNode(run)).originalError).toBeUndefined();
		expect(sandbox().stats().jobsCreated.hyperframes).toBe(1);
	});
});

describe('renders that are there', () => {
	it('are waited for by their ID', async () => {
		const renderId = await startRender(sandbox(), { format: 'webm' });
		const result = await runRender(sandbox(), 'wait', { renderId, download: ['video', 'thumbnail'] });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ render_id: renderId, status: 'completed' })]);
		expect(itemAt(result).binary?.video?.fileName).toBe(`${renderId}.webm`);
		expect(countOf(sandbox(), RENDER)).toBe(1);
	});

	it('are read', async () => {
		const renderId = await startRender(sandbox(), { title: 'Promo' });
		const [record] = jsonOf(await runRender(sandbox(), 'get', { renderId: ` ${renderId}\n` }));
		expect(record).toMatchObject({ render_id: renderId, title: 'Promo' });
		const [raw] = jsonOf(await runRender(sandbox(), 'get', { renderId, simplify: false }));
		expect(raw).toMatchObject({ render_id: renderId, failure_message: null });
	});

	it('are listed page by page', async () => {
		await Promise.all(Array.from({ length: 120 }, async () => await startRender(sandbox())));
		expect(jsonOf(await runRender(sandbox(), 'getAll', { limit: 30 }))).toHaveLength(30);
		const all = jsonOf(await runRender(sandbox(), 'getAll', { returnAll: true }));
		expect(new Set(all.map(({ render_id: id }) => id)).size).toBe(120);
		expect(requestsTo(sandbox(), LIST_RENDERS).map(({ query }) => query.limit)).toEqual(['30', '100', '100']);
	});

	it('are deleted, and then not there', async () => {
		const renderId = await startRender(sandbox());
		expect(jsonOf(await runRender(sandbox(), 'delete', { renderId }))).toEqual([{ deleted: true, id: renderId }]);
		expect(countOf(sandbox(), DELETE_RENDER)).toBe(1);
		const error = errorOf(await runRender(sandbox(), 'get', { renderId }));
		expect(error.message).toMatch(/^Could not get the render: Render \w+ not found/);
		expect(error.description).toContain('Check the ID');
	});

	it.each(['get', 'wait', 'delete'])('need an ID: %s', async (operation) => {
		const error = errorOf(await runRender(sandbox(), operation, { renderId: '={{ $json.none }}' }));
		expect(error.message).toBe("'Render ID' is empty (item 1)");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});
