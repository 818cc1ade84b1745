import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { png } from '../engine/support/sampleFiles';
import { sampleFile } from '../sandbox';
import { node } from './host/workflow';
import { putFile, readFiles } from './support/files';
import { acceptedItems, bodiesTo, byId, HEYGEN, LOOK, operationNode, runNodes, startSuite, useSuite, withOwnSandbox } from './support/suite';

/** Videos of scenes and of templates, and calls of the API itself, in a real n8n. The sandbox refuses what the contract does not have. */

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

describe('studio videos', () => {
	it('are made of rows: an avatar, a picture that speaks, a still image and a clip, with files of the item', async () => {
		const portrait = await putFile(suite.n8n, 'portrait.png', png(720, 1_280));
		const clip = await putFile(suite.n8n, 'clip.mp4', sampleFile('mp4'));
		const merge = node('Together', 'n8n-nodes-base.aggregate', 1, { aggregate: 'aggregateAllItemData', options: { includeBinaries: true } });
		const scene: IDataObject[] = [
			{ type: 'avatar', avatarId: byId(LOOK), script: 'Welcome to our shop!', options: { backgroundColor: '#1A2B3C', engine: 'avatar_iv' } },
			{ type: 'speakingImage', imageBinaryPropertyName: '={{ Object.keys($binary).find((name) => $binary[name].fileName === "portrait.png") }}', script: 'Hello.', voiceId: byId('voice_ann_calm_001') },
			{ type: 'image', imageSource: 'url', imageUrl: 'https://example.com/chart.png', audioSource: 'none', duration: 5 },
			{ type: 'video', videoBinaryPropertyName: '={{ Object.keys($binary).find((name) => $binary[name].fileName === "clip.mp4") }}', options: { mute: true } },
		];
		const parameters = { scenesInput: 'fields', scenes: { scene } as never, download: ['video'], options: { title: 'A shop', aspectRatio: '9:16' } };
		await withOwnSandbox(suite, async (own) => {
			const read = node('Read', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: '={{ $json.path }}', options: {} });
			const paths = [portrait, clip].map(({ path }) => ({ path }));
			const [item] = await acceptedItems(own, await runNodes(own, paths, [read, merge, operationNode(own, 'video', 'createStudio', parameters)]));
			expect(item?.json).toMatchObject({ status: 'completed', title: 'A shop', cost: { credits: expect.any(Number) } });
			expect(item?.binary?.video?.fileName).toMatch(/\.mp4$/);
			expect((await bodiesTo(own, 'POST /v3/videos'))[0]).toMatchObject({
				type: 'studio',
				aspect_ratio: '9:16',
				scenes: [
					{ type: 'avatar_video', input: { type: 'avatar', avatar_id: LOOK, background: { type: 'color', color: '#1A2B3C' }, engine: { type: 'avatar_iv' } } },
					{ type: 'avatar_video', input: { type: 'image', image: { type: 'asset_id' }, script: 'Hello.' } },
					{ type: 'image', source: { type: 'url', url: 'https://example.com/chart.png' }, duration: 5 },
					{ type: 'video', source: { type: 'asset_id' }, playback: { mute: true } },
				],
			});
		});
	});

	it('take fifty scenes by an expression, and refuse one more before anything is sent', async () => {
		const scenes = (count: number) => Array.from({ length: count }, (_, n) => ({ type: 'avatar', avatar_id: LOOK, script: `Scene number ${n}.` }));
		const parameters = { scenesInput: 'json', scenesJson: '={{ $json.scenes }}', download: [] };
		await withOwnSandbox(suite, async (own) => {
			const items = await acceptedItems(own, await runNodes(own, [{ scenes: scenes(50) }], [operationNode(own, 'video', 'createStudio', parameters)]));
			expect(items[0]?.json).toMatchObject({ status: 'completed' });
			const { requestsTotal } = await own.sandbox.stats();
			const refused = await runNodes(own, [{ scenes: scenes(51) }], [operationNode(own, 'video', 'createStudio', parameters)]);
			expect(refused.nodes[HEYGEN]?.runs[0]?.error).toMatch(/^Scene 51 is one too many: a video has at most 50 scenes, but 51 were given/);
			expect((await own.sandbox.stats()).requestsTotal).toBe(requestsTotal);
		});
	});

	it('say when they came out far from the length of their scenes', async () => {
		const scenesJson = JSON.stringify([{ type: 'image', source: 'https://example.com/a.png', duration: 30 }]);
		await withOwnSandbox(suite, async (own) => {
			const execution = await runNodes(own, [{}], [operationNode(own, 'video', 'createStudio', { scenesInput: 'json', scenesJson, download: [], options: { title: '[short]' } })]);
			expect((await acceptedItems(own, execution))[0]?.json).toMatchObject({ duration: 1, expected_duration: 30, duration_note: expect.stringMatching(/The video is 1 s long/) });
			expect(execution.hints(HEYGEN)[0]?.message).toMatch(/1 s long/);
		});
	});
});

describe('templates', () => {
	it('are listed, read, and filled with words and a file of the item', async () => {
		const logo = await putFile(suite.n8n, 'logo.png', png(400, 400));
		await withOwnSandbox(suite, async (own) => {
			const run = async (operation: string, parameters: INodeParameters = {}) => await acceptedItems(own, await runNodes(own, [{}], [operationNode(own, 'template', operation, parameters)]));
			const listed = await run('getAll', { returnAll: true });
			expect(listed.map(({ json }) => json.template_id)).toContain('template_welcome');
			const [read] = await run('get', { templateId: byId('template_welcome') });
			expect(read?.json).toMatchObject({ template_id: 'template_welcome', variables: expect.arrayContaining([expect.objectContaining({ name: 'headline', type: 'text' })]) });

			const value = { headline: '={{ "Spring " + 2027 }}', offer: '={{ "" }}', logo: 'data' };
			const parameters = { templateId: byId('template_welcome'), variables: { mappingMode: 'defineBelow', value }, download: ['video'], options: { title: 'Spring', width: 1280 } };
			const [item] = await acceptedItems(own, await runNodes(own, [{}], [readFiles(logo.path), operationNode(own, 'template', 'generate', parameters as INodeParameters)]));
			expect(item?.json).toMatchObject({ status: 'completed', video_id: expect.any(String), title: 'Spring' });
			expect(item?.binary?.video).toBeDefined();
			const [body] = await bodiesTo(own, 'POST /v3/templates/{template_id}');
			expect(body).toMatchObject({
				title: 'Spring',
				dimension: { width: 1280, height: 720 },
				variables: {
					headline: { name: 'headline', type: 'text', properties: { content: 'Spring 2027' } },
					offer: { properties: { content: '' } },
					logo: { properties: { asset_id: expect.any(String), fit: 'contain' } },
				},
			});
			expect((body?.variables as IDataObject).logo).not.toHaveProperty('properties.url', expect.any(String));
		});
	});

	it('are read once for many items, whose fields go to the variables of their names', async () => {
		const items = Array.from({ length: 12 }, (_, n) => ({ headline: `Number ${n}`, offer: 'Ten percent', n }));
		const parameters = { templateId: byId('template_welcome'), variables: { mappingMode: 'autoMapInputData', value: null }, download: [] };
		await withOwnSandbox(suite, async (own) => {
			const made = await acceptedItems(own, await runNodes(own, items, [operationNode(own, 'template', 'generate', parameters as INodeParameters)]));
			expect(made).toHaveLength(12);
			expect((await own.sandbox.stats()).requests['GET /v3/templates/{template_id}']).toEqual({ 200: 1 });
			const bodies = await bodiesTo(own, 'POST /v3/templates/{template_id}');
			expect(bodies.map(({ variables }) => (variables as Record<string, IDataObject>).headline?.properties).sort()).toEqual(items.map(({ headline }) => ({ content: headline })).sort());
		});
	});
});

describe('calls of the API itself', () => {
	it('send any request of version 3, page through any list, and fetch files', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.seed(120);
			const call = async (operation: string, parameters: INodeParameters) => await acceptedItems(own, await runNodes(own, [{ look: LOOK }], [operationNode(own, 'api', operation, parameters)]));
			const body = '={{ { "type": "avatar", "avatar_id": $json.look, "script": "Hi" } }}';
			const [made] = await call('call', { method: 'POST', path: '/v3/videos', body });
			expect(made?.json).toMatchObject({ video_id: expect.any(String), status: 'waiting' });
			const listed = await call('list', { path: 'v3/videos', returnAll: true });
			expect(listed).toHaveLength(121);
			expect((await own.sandbox.stats()).requests['GET /v3/videos']).toEqual({ 200: 2 });
			const [film] = await call('call', { method: 'GET', path: `/v3/videos/${String(listed.at(-1)?.json.id)}`, options: { download: 'video_url' } });
			expect(film?.binary?.video).toMatchObject({ mimeType: 'video/mp4' });
			expect((await own.sandbox.stats()).keysSeenOnFileHost).toBe(0);
		});
	});

	it('go to no other host', async () => {
		const execution = await runNodes(suite, [{}], [operationNode(suite, 'api', 'call', { method: 'GET', path: 'https://example.com/v3/videos' })]);
		expect(execution.nodes[HEYGEN]?.runs[0]?.error).toMatch(/^'Path'/);
	});
});
