import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { sampleFile } from '../sandbox';
import { png } from '../engine/support/sampleFiles';
import { node, type WorkflowJson } from './host/workflow';
import { putFile, readFiles } from './support/files';
import { acceptedItems, byId, HEYGEN, LOOK, operationNode, runNodes, sentTo, startSuite, useSuite, withOwnSandbox } from './support/suite';

/** HeyGen Video's other makers in a real n8n: create, wait, files. The sandbox refuses what the contract does not have. */

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

it('a picture from the disk speaks, as a Short with captions burned in', async () => {
	const picture = await putFile(suite.n8n, 'ada.png', png(720, 1_280));
	const parameters = {
		imageSource: 'binary',
		imageBinaryPropertyName: 'data',
		audioSource: 'script',
		script: 'Hello from a picture.',
		voiceId: byId('voice_ann_calm_001'),
		download: ['video'],
		options: { preset: 'shorts', title: 'A picture' },
	};
	await withOwnSandbox(suite, async (own) => {
		const execution = await runNodes(own, [{}], [readFiles(picture.path), operationNode(own, 'video', 'createImage', parameters)]);
		const [item] = await acceptedItems(own, execution);
		expect(item?.json).toMatchObject({ status: 'completed', title: 'A picture', captioned_video_url: expect.stringContaining('http') });
		expect(Object.keys(item?.binary ?? {}).sort()).toEqual(['captionedVideo', 'video']);
		const [create] = await sentTo(own, 'POST /v3/videos');
		expect(create?.body).toMatchObject({
			...{ type: 'image', script: 'Hello from a picture.', aspect_ratio: '9:16' },
			caption: { file_format: 'srt', style: 'default' },
			image: { type: 'asset_id' },
		});
	});
});

it('two avatars act in a scene, with references from a binary field and by URL', async () => {
	const prop = await putFile(suite.n8n, 'boat.png', png(640, 640));
	const parameters = {
		prompt: 'They push the boat into the water and laugh.',
		avatarId: byId(LOOK),
		furtherAvatars: { looks: [{ avatarId: byId('look_ann_office_01') }] },
		references: {
			files: [
				{ source: 'binary', binaryPropertyName: 'data' },
				{ source: 'url', url: 'https://example.com/harbour.mp4' },
			],
		},
		download: ['video'],
		options: { duration: 8, aspectRatio: '9:16', resolution: '1080p', enhancePrompt: true, title: 'Harbour' },
	};
	await withOwnSandbox(suite, async (own) => {
		const execution = await runNodes(own, [{}], [readFiles(prop.path), operationNode(own, 'video', 'createCinematic', parameters)]);
		const [item] = await acceptedItems(own, execution);
		expect(item?.json).toMatchObject({ status: 'completed', cost: { credits: 7 } });
		expect(item?.binary?.video?.fileName).toMatch(/\.mp4$/);
		const [create] = await sentTo(own, 'POST /v3/videos');
		expect(create?.body).toEqual({
			type: 'cinematic_avatar',
			prompt: 'They push the boat into the water and laugh.',
			avatar_id: [LOOK, 'look_ann_office_01'],
			references: [
				{ type: 'asset_id', asset_id: expect.any(String) },
				{ type: 'url', url: 'https://example.com/harbour.mp4' },
			],
			...{ duration: 8, aspect_ratio: '9:16', resolution: '1080p', enhance_prompt: true, title: 'Harbour' },
		});
	});
});

it('a prompt becomes a video, which Get and Wait Until Finished find by its ID', async () => {
	const parameters = { prompt: 'A paper boat in the rain.', download: ['video'], options: { duration: 6, resolution: '1080p' } };
	await withOwnSandbox(suite, async (own) => {
		const made = await runNodes(own, [{}], [operationNode(own, 'video', 'createFromPrompt', parameters)]);
		const [item] = await acceptedItems(own, made);
		expect(item?.json).toMatchObject({ status: 'completed', video_url: expect.stringContaining('http') });
		expect(item?.binary?.video).toMatchObject({ mimeType: 'video/mp4' });
		const videoId = String(item?.json.video_id);
		for (const [operation, more] of [['get', {}], ['wait', { download: ['video'] }], ['download', {}]] as Array<[string, INodeParameters]>) {
			const again = await runNodes(own, [{}], [operationNode(own, 'video', operation, { videoId, ...more })]);
			expect(again.error).toBeUndefined();
			expect(again.items(HEYGEN)[0]?.json).toMatchObject({ video_id: videoId, status: 'completed' });
		}
	});
});

it('reads the scenes of a video', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.seed(1);
		const listed = await runNodes(own, [{}], [operationNode(own, 'video', 'getAll', { limit: 1 })]);
		const videoId = String(listed.items(HEYGEN)[0]?.json.video_id);
		const [item] = await acceptedItems(own, await runNodes(own, [{}], [operationNode(own, 'video', 'getScenes', { videoId })]));
		expect(item?.json).toMatchObject({ video_id: videoId, edit_version: expect.any(String), scenes: expect.any(Array) });
	});
});

it('the files of a folder become a render, with variables of the item', async () => {
	const files = { 'index.html': '<!doctype html><h1>Hi</h1>', 'style.css': 'h1 { color: red }', 'data.json': '{"a":1}' };
	const paths = await Promise.all(Object.entries(files).map(async ([name, text]) => await putFile(suite.n8n, name, Buffer.from(text))));
	const all = node('Together', 'n8n-nodes-base.aggregate', 1, { aggregate: 'aggregateAllItemData', options: { includeBinaries: true } });
	const parameters = {
		projectSource: 'files',
		variablesInput: 'json',
		variablesJson: '{"headline": "Hi Ada", "subtitle": ""}',
		download: ['video', 'thumbnail'],
		options: { fps: 60, quality: 'high', format: 'webm', title: 'Promo' },
	};
	await withOwnSandbox(suite, async (own) => {
		const readers = paths.map(({ path }) => ({ path }));
		const read = node('Read', 'n8n-nodes-base.readWriteFile', 1, { fileSelector: '={{ $json.path }}', options: {} });
		const execution = await runNodes(own, readers, [read, all, operationNode(own, 'hyperframes', 'create', parameters)]);
		const [item] = await acceptedItems(own, execution);
		expect(item?.json).toMatchObject({ status: 'completed', title: 'Promo', cost: { credits: expect.any(Number) } });
		expect(item?.binary?.video?.fileName).toMatch(/\.webm$/);
		expect(item?.binary?.thumbnail).toBeDefined();
		const [create] = await sentTo(own, 'POST /v3/hyperframes/renders');
		expect(create?.body).toMatchObject({
			project: { type: 'asset_id' },
			variables: { headline: 'Hi Ada', subtitle: '' },
			...{ fps: 60, quality: 'high', format: 'webm' },
		});
		expect(create?.body).not.toHaveProperty('aspect_ratio');
	});
});

describe('post-production', () => {
	const film = { videoSource: 'url', videoUrl: 'https://www.youtube.com/watch?v=abc' };

	it('a clipping with five clips of which one has no file: four files, and one that is named as missing', async () => {
		const parameters = {
			...film,
			download: ['video'],
			options: { title: '[clips:5] [clip-without-file:3]', durationTypes: ['30', '60'], aspectRatio: 'portrait', prompt: 'laughs' },
		};
		await withOwnSandbox(suite, async (own) => {
			const items = await acceptedItems(own, await runNodes(own, [{}], [operationNode(own, 'clipping', 'create', parameters)]));
			expect(items).toHaveLength(5);
			expect(items.map(({ binary }) => binary?.video !== undefined)).toEqual([true, true, false, true, true]);
			expect(items[2]?.json).toMatchObject({ missing_files: ['video'], clip_id: expect.any(String), job_id: items[0]?.json.job_id });
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(Array(5).fill({ item: 0 }));
		});
	});

	it('the example to import hands on clips, the best first', async () => {
		const example = JSON.parse(await readFile(path.join(__dirname, '../../examples/clips-for-shorts.json'), 'utf8')) as WorkflowJson;
		await withOwnSandbox(suite, async (own) => {
			const workflow = JSON.parse(JSON.stringify(example)) as WorkflowJson;
			for (const { credentials } of workflow.nodes) if (credentials !== undefined) credentials.heyGenSuiteApi = own.credential;
			const execution = await own.n8n.client.runWorkflow(workflow, { startNode: 'When clicking ‘Execute workflow’', timeoutMs: 120_000 });
			expect(execution.error).toBeUndefined();
			const scores = execution.items('The best first').map(({ json }) => Number(json.virality_score));
			expect(scores).toHaveLength(3);
			expect(scores).toEqual([...scores].sort((a, b) => b - a));
			expect(execution.items('The best first').every(({ binary }) => binary?.video !== undefined)).toBe(true);
			const [create] = await sentTo(own, 'POST /v3/ai-clipping');
			expect(create?.body).toMatchObject({ output_settings: { aspect_ratio: 'portrait', captions: true, duration_types: ['30', '60'] } });
		});
	});

	it('a hundred clippings that are waited for are looked at ten at a time', async () => {
		const texts = Array.from({ length: 100 }, (_, n) => ({ title: `Number ${n}` }));
		const parameters = { ...film, download: [], options: { title: '={{ $json.title }}' } };
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.configure({ latencyMs: 20 });
			const items = await acceptedItems(own, await runNodes(own, texts, [operationNode(own, 'clipping', 'create', parameters)]));
			expect(new Set(items.map(({ json }) => json.job_id)).size).toBe(100);
			const { maxInFlight, jobsCreated } = await own.sandbox.stats();
			expect(jobsCreated.clipping).toBe(100);
			expect(maxInFlight['GET /v3/ai-clipping/{job_id}']).toBeLessThanOrEqual(10);
		});
	});

	it('a film in layers', async () => {
		const parameters = { ...film, download: ['foreground', 'mask'], options: { layers: ['foreground', 'mask'] } };
		await withOwnSandbox(suite, async (own) => {
			const [item] = await acceptedItems(own, await runNodes(own, [{}], [operationNode(own, 'backgroundRemoval', 'create', parameters)]));
			expect(item?.json).toMatchObject({ status: 'completed', layers: { foreground: expect.any(String) } });
			expect(Object.keys(item?.binary ?? {}).sort()).toEqual(['foreground', 'mask']);
			const [create] = await sentTo(own, 'POST /v3/background-removals');
			expect(create?.idempotencyKey).toBeNull();
			expect((create?.body as IDataObject).request_id).toMatch(/^n8n-[0-9a-f]{64}$/);
		});
	});

	it('an uploaded film without its filler words, and what was saved', async () => {
		const talk = await putFile(suite.n8n, 'talk.mp4', sampleFile('mp4'));
		const parameters = { videoSource: 'binary', videoBinaryPropertyName: 'data', download: ['video'] };
		await withOwnSandbox(suite, async (own) => {
			const execution = await runNodes(own, [{}], [readFiles(talk.path), operationNode(own, 'fillerWordRemoval', 'create', parameters)]);
			const [item] = await acceptedItems(own, execution);
			expect(item?.json).toMatchObject({ status: 'completed', seconds_saved: expect.any(Number), percent_saved: expect.any(Number) });
			expect(item?.binary?.video?.fileName).toMatch(/\.mp4$/);
		});
	});
});

it('says in one hint what the run did', async () => {
	await withOwnSandbox(suite, async (own) => {
		const parameters = { prompt: '={{ $json.prompt }}', download: [] };
		const prompts = ['Rain', 'Sun', 'Snow'].map((prompt) => ({ prompt }));
		const execution = await runNodes(own, prompts, [operationNode(own, 'video', 'createFromPrompt', parameters)]);
		await acceptedItems(own, execution);
		expect(execution.hints(HEYGEN)).toEqual([expect.objectContaining({ message: expect.stringContaining('3 videos'), type: 'info' })]);
	});
});
