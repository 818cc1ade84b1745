/** Projects of HyperFrames: an archive, or files that become one, checked before anything is sent, and uploaded once. */
import type { INodeParameters } from 'n8n-workflow';
import { usableAssets } from '../support/assetSupport';
import { errorOf, bodiesOf, countOf, jsonOf, requestsTo, useSandbox, useTiming } from '../support/support';
import {
	arrivedProjects,
	FONT,
	FROM_DISK,
	itemOfParts,
	itemOfZip,
	LOGO,
	PAGE,
	type ProjectPart,
	RENDER,
	renderRun,
	runRender,
} from '../support/renderSupport';
import { pngFile, zip } from '../support/sampleFiles';
import { runNode } from '../support/harness';

useTiming();
const sandbox = useSandbox({ jobSeconds: 0.1, jobQueueSeconds: 0, ingestSeconds: 0.01, validateAssets: true });

const SIMPLE = 'POST /v3/assets';

const ofFiles = (more: INodeParameters = {}): INodeParameters => ({ projectSource: 'files', waitForCompletion: false, ...more });
const ofZip = (more: INodeParameters = {}): INodeParameters => ({ projectSource: 'binary', waitForCompletion: false, ...more });
const named = (names: string): INodeParameters => ofFiles({ allBinaryFields: false, projectBinaryPropertyNames: names });

const projectIn = (body: unknown) => (body as { project: unknown }).project;
const jobs = () => sandbox().stats().jobsCreated.hyperframes;

/** The message of a run that must be refused before anything is sent. */
async function refusal(parameters: INodeParameters, parts: Record<string, ProjectPart>): Promise<{ message: string; description: unknown }> {
	const error = errorOf(await runRender(sandbox(), 'create', parameters, { items: [await itemOfParts(parts)] }));
	expect(sandbox().stats().requestsTotal).toBe(0);
	return { message: error.message, description: error.description };
}

describe('a ZIP file', () => {
	it('goes up directly, and is what is rendered', async () => {
		const result = await runRender(sandbox(), 'create', ofZip(), { items: [await itemOfZip()] });
		expect(result.originalError).toBeUndefined();
		const [asset] = usableAssets(sandbox());
		expect(asset?.filename).toBe('promo.zip');
		expect(bodiesOf(sandbox(), RENDER)).toEqual([{ project: { type: 'asset_id', asset_id: asset?.id } }]);
		expect(countOf(sandbox(), SIMPLE)).toBe(0);
		expect(jobs()).toBe(1);
	});

	it('may come within the request, as a data URL', async () => {
		const data = zip(PAGE.toString(), 'index.html').toString('base64');
		const url = `data:application/zip;base64,${data}`;
		await runRender(sandbox(), 'create', ofZip({ projectSource: 'url', projectUrl: url }));
		expect(bodiesOf(sandbox(), RENDER)).toEqual([{ project: { type: 'base64', media_type: 'application/zip', data } }]);
		expect(sandbox().stats()).toMatchObject({ requestsTotal: 1, assetsCreated: 0 });
	});

	it.each<[string, string, string, RegExp]>([
		['lacks the page', 'intro.html', '', /has no file "index\.html" in its root, only "intro\.html"/],
		['has the page in a folder', 'promo/index.html', '', /not in its root, but in the folder "promo"/],
		['writes the page differently', 'Index.html', '', /has no file "index\.html" in its root, but "Index\.html"/],
		['lacks the page that is named', 'index.html', 'scenes/intro.html', /has no file "scenes\/intro\.html" in its root/],
	])('that %s is refused', async (_what, path, composition, problem) => {
		const parameters = ofZip({ options: { composition } });
		const error = errorOf(await runRender(sandbox(), 'create', parameters, { items: [await itemOfZip(path)] }));
		expect(error.message).toMatch(/^'Project Binary Field': "promo\.zip"/);
		expect(error.message).toMatch(problem);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each(['scenes/intro.html', './scenes/intro.html', 'scenes\\intro.html', ' /scenes/intro.html'])(
		'may have the page %j, when that one is named',
		async (composition) => {
			const parameters = ofZip({ options: { composition } });
			const result = await runRender(sandbox(), 'create', parameters, { items: [await itemOfZip('scenes/intro.html')] });
			expect(result.originalError).toBeUndefined();
			expect(bodiesOf(sandbox(), RENDER)).toEqual([expect.objectContaining({ composition: 'scenes/intro.html' })]);
		},
	);

	it('within a request is checked for the page too', async () => {
		const url = `data:application/zip;base64,${zip('Hello', 'hello.txt').toString('base64')}`;
		const error = errorOf(await runRender(sandbox(), 'create', ofZip({ projectSource: 'url', projectUrl: url })));
		expect(error.message).toMatch(/^'Project URL' has no file "index\.html" in its root, only "hello\.txt"/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('that is a picture is refused', async () => {
		const logo = pngFile('logo.png');
		const { message } = await refusal(ofZip(), { data: logo });
		expect(message).toBe(`'Project Binary Field': "logo.png" is a PNG image, but HeyGen takes only ZIP here (item 1)`);
	});

	it('that is a page is refused, with what takes pages', async () => {
		const { message, description } = await refusal(ofZip(), { data: { content: PAGE, fileName: 'index.html', mimeType: 'text/html' } });
		expect(message).toBe(`'Project Binary Field': "index.html" is a web page, but HeyGen takes only ZIP here (item 1)`);
		expect(description).toContain("choose 'Project Files'");
	});

	it('that is protected by a password is refused', async () => {
		const content = zip(PAGE.toString(), 'index.html');
		// The first bit of an entry's flags, in its own header and in the directory.
		content.writeUInt16LE(1, 6);
		content.writeUInt16LE(1, content.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 8);
		const { message } = await refusal(ofZip(), { data: { content, fileName: 'promo.zip' } });
		expect(message).toBe(`'Project Binary Field': "promo.zip" is protected by a password (item 1)`);
	});

	it('that is not there is refused, with the fields that are', async () => {
		const { message, description } = await refusal(ofZip({ projectBinaryPropertyName: 'zip' }), FROM_DISK);
		expect(message).toBe("'Project Binary Field': the item has no binary field \"zip\" (item 1)");
		expect(description).toContain('data, data_1, data_2');
	});

	it('that items share goes up once', async () => {
		const item = await itemOfZip();
		const items = ['One', 'Two', 'Three'].map((title) => ({ ...item, json: { title } }));
		await runRender(sandbox(), 'create', ofZip({ options: { title: '={{ $json.title }}' } }), { items });
		expect(usableAssets(sandbox())).toHaveLength(1);
		expect(jobs()).toBe(3);
	});
});

describe('files', () => {
	it.each<[string, INodeParameters]>([
		['are all of the item where an expression finds nothing', ofFiles({ allBinaryFields: '={{ null }}', projectBinaryPropertyNames: 'data' })],
		['need no names where an expression chooses them', ofFiles({ projectSource: '={{ "files" }}', projectUrl: '={{ "" }}', projectAssetId: '={{ "" }}' })],
	])('%s', async (_what, parameters) => {
		const result = await runRender(sandbox(), 'create', parameters, { items: [await itemOfParts(FROM_DISK)] });
		expect(result.originalError).toBeUndefined();
		const [project] = await arrivedProjects(sandbox());
		expect(Object.keys(project?.files ?? {}).sort()).toEqual(['assets/logo.png', 'fonts/Inter.woff2', 'index.html']);
	});

	it.each(['default', 'filesystem'] as const)('of the item become one archive, in their folders (%s)', async (binaryMode) => {
		const items = [await itemOfParts(FROM_DISK, {}, binaryMode)];
		const result = await runRender(sandbox(), 'create', ofFiles(), { items, binaryMode });
		expect(result.originalError).toBeUndefined();
		const [project, ...others] = await arrivedProjects(sandbox());
		expect(others).toEqual([]);
		expect(project).toEqual({
			id: expect.any(String),
			name: 'project.zip',
			files: { 'assets/logo.png': LOGO, 'fonts/Inter.woff2': FONT, 'index.html': PAGE },
		});
		expect(bodiesOf(sandbox(), RENDER)).toEqual([{ project: { type: 'asset_id', asset_id: project?.id } }]);
		expect(countOf(sandbox(), SIMPLE)).toBe(0);
		expect(jobs()).toBe(1);
	});

	it.each(['data,data_2', ' data ; data_2 ', '["data", "data_2"]', '={{ ["data_2", "data"] }}', 'data, data_2, data'])(
		'are those that are named: %s',
		async (names) => {
			const result = await runRender(sandbox(), 'create', named(names), { items: [await itemOfParts(FROM_DISK)] });
			expect(result.originalError).toBeUndefined();
			const [project] = await arrivedProjects(sandbox());
			expect(Object.keys(project?.files ?? {})).toEqual(['fonts/Inter.woff2', 'index.html']);
		},
	);

	it('may have their places in their names, and fields that are called like files name these', async () => {
		const parts: Record<string, ProjectPart> = {
			page: { content: PAGE, fileName: 'index.html' },
			logo: { content: LOGO, fileName: 'assets/logo.png' },
			'fonts/Inter.woff2': { content: FONT },
		};
		await runRender(sandbox(), 'create', ofFiles(), { items: [await itemOfParts(parts)] });
		const [project] = await arrivedProjects(sandbox());
		expect(Object.keys(project?.files ?? {})).toEqual(['assets/logo.png', 'fonts/Inter.woff2', 'index.html']);
	});

	it('have the page in their root that is named', async () => {
		const parts = { ...FROM_DISK, data: { ...FROM_DISK.data, content: PAGE, fileName: 'intro.html' } };
		const parameters = ofFiles({ options: { composition: 'intro.html' } });
		await runRender(sandbox(), 'create', parameters, { items: [await itemOfParts(parts)] });
		const [project] = await arrivedProjects(sandbox());
		expect(Object.keys(project?.files ?? {})).toContain('intro.html');
		expect(bodiesOf(sandbox(), RENDER)).toEqual([expect.objectContaining({ composition: 'intro.html' })]);
	});

	it('that make the same project are one create, also in another execution that is tried again', async () => {
		const parameters = ofFiles({ requestOptions: { sameInputSameVideo: true } });
		for (const order of [Object.entries(FROM_DISK), Object.entries(FROM_DISK).reverse()]) {
			await runRender(sandbox(), 'create', parameters, { items: [await itemOfParts(Object.fromEntries(order))] });
		}
		const keys = requestsTo(sandbox(), RENDER).map(({ idempotencyKey }) => idempotencyKey);
		expect([keys.length, new Set(keys).size, jobs()]).toEqual([2, 1, 1]);
		const other = { ...FROM_DISK, data: { ...FROM_DISK.data, content: Buffer.from('<h1>Other</h1>') } };
		await runRender(sandbox(), 'create', parameters, { items: [await itemOfParts(other)] });
		expect(jobs()).toBe(2);
	});

	it('that items share go up once', async () => {
		const item = await itemOfParts(FROM_DISK);
		const items = ['One', 'Two'].map((title) => ({ ...item, json: { title } }));
		await runRender(sandbox(), 'create', ofFiles({ options: { title: '={{ $json.title }}' } }), { items });
		expect(usableAssets(sandbox())).toHaveLength(1);
		expect(jobs()).toBe(2);
	});

	it('are named in a dry run, with how many they are, and stay where they are', async () => {
		const parameters = ofFiles({ options: { dryRun: true } });
		const result = await runRender(sandbox(), 'create', parameters, { items: [await itemOfParts(FROM_DISK)] });
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({
				dryRun: true,
				body: expect.objectContaining({ project: { type: 'asset_id', asset_id: '(upload of project.zip with 3 files)' } }),
			}),
		]);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('are not sent again by a further try', async () => {
		sandbox().addFault({ match: { path: '/v3/hyperframes/renders', method: 'POST' }, kind: 'status', status: 500, times: 8 });
		const items = [await itemOfParts(FROM_DISK)];
		const run = renderRun(sandbox(), 'create', ofFiles(), { items, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		expect((await runNode(run)).originalError).toBeUndefined();
		expect([usableAssets(sandbox()).length, jobs()]).toEqual([1, 1]);
	});

	it.each<[string, INodeParameters, Record<string, ProjectPart>, string | RegExp]>([
		['are none', ofFiles(), {}, "'All Binary Fields' is empty (item 1)"],
		['are not named', named('={{ $json.none }}'), FROM_DISK, "'Project Binary Fields' is empty (item 1)"],
		['are not there', named('data, film'), FROM_DISK, "'Project Binary Fields': the item has no binary field \"film\" (item 1)"],
		['lack the page', named('data_1'), FROM_DISK, /^'Project Binary Fields' has no file "index\.html", only /],
		['lie outside of the page\'s folder', ofFiles(), { ...FROM_DISK, data: { content: PAGE, fileName: 'index.html', directory: '/data/promo/page' } }, /^'All Binary Fields': .* lie outside of the folder that "index\.html" is in/],
		['have one place', ofFiles(), { data: { content: PAGE, fileName: 'index.html' }, more: { content: PAGE, fileName: 'index.html' } }, /^'All Binary Fields': the binary fields "data" and "more" hold files with the same path/],
		['have no name', ofFiles(), { data: { content: PAGE, fileName: 'index.html' }, blob: { content: LOGO } }, /^'All Binary Fields': the file in the binary field "blob" has no name/],
		['are another project as well', ofFiles({ options: { additionalFields: '{"project": {"asset_id": "x"}}' } }), FROM_DISK, /^'All Binary Fields' is several files, but 'Additional Fields \(JSON\) → project → asset_id' is "x"/],
		['are an archive', ofFiles(), { data: { content: zip('a', 'index.html'), fileName: 'promo.zip' } }, /^'All Binary Fields' is one file, "promo\.zip", which is an archive already/],
	])('that %s are refused', async (_what, parameters, parts, problem) => {
		const { message } = await refusal(parameters, parts);
		if (typeof problem === 'string') expect(message).toBe(problem);
		else expect(message).toMatch(problem);
	});
});

describe('no project', () => {
	it.each([
		['binary', { projectBinaryPropertyName: '={{ $json.none }}' }, 'Project Binary Field'],
		['url', { projectUrl: ' ' }, 'Project URL'],
		['assetId', { projectAssetId: '={{ $json.none }}' }, 'Project Asset ID'],
	])('by %s is refused', async (projectSource, more, field) => {
		const { message } = await refusal({ projectSource, waitForCompletion: false, ...more }, {});
		expect(message).toBe(`'${field}' is empty (item 1)`);
	});

	it('at an address of another file is refused', async () => {
		const { message } = await refusal(ofZip({ projectSource: 'url', projectUrl: 'https://example.com/index.html' }), {});
		expect(message).toMatch(/^'Project URL' /);
	});

	it('by an address is a project that HeyGen fetches', async () => {
		const projectUrl = 'https://example.com/promo.zip';
		await runRender(sandbox(), 'create', ofZip({ projectSource: 'url', projectUrl }));
		expect(bodiesOf(sandbox(), RENDER).map(projectIn)).toEqual([{ type: 'url', url: projectUrl }]);
	});
});
