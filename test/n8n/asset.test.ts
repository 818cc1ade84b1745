import { createHash } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { sampleFile } from '../sandbox';
import { uploadSamples } from '../sandbox/assets/upload-client';
import type { Execution } from './host/execution';
import { feed, manualTrigger, node, TRIGGER } from './host/workflow';
import { mp4Of, putFile, readFiles } from './support/files';
import {
	assetNode,
	createAvatar,
	HEYGEN,
	HEYGEN_ASSET,
	heyGenNode,
	runNode,
	runNodes,
	startSuite,
	type Suite,
	useSuite,
	withOwnSandbox,
} from './support/suite';

/** HeyGen Asset and files in a real n8n server that keeps its files on disk, against the sandbox. */

jest.setTimeout(300_000);

const suite = useSuite(startSuite);

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const upload = (own: Suite, parameters: INodeParameters = {}, extra: Partial<INode> = {}): INode =>
	assetNode(own, { operation: 'upload', ...parameters }, extra);

/** Reads files from disk and uploads them, in a workflow of two nodes. */
async function uploadFrom(own: Suite, fileSelector: string, extra: Partial<INode> = {}): Promise<Execution> {
	return await runNodes(own, [{}], [readFiles(fileSelector), upload(own, {}, extra)]);
}

/** What a node put out, or why it failed. */
function output(execution: Execution): IDataObject[] {
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	return execution.items(HEYGEN).map(({ json }) => json);
}

/** Requests that got an answer, as "POST /v3/assets". */
async function answered(own: Suite): Promise<string[]> {
	return (await own.sandbox.requests()).map(({ method, template }) => `${method} ${template}`);
}

describe('upload', () => {
	it('brings a photo from disk into HeyGen, byte by byte', async () => {
		await withOwnSandbox(suite, async (own) => {
			const photo = await putFile(own.n8n, 'photo.jpg', sampleFile('jpg'));
			const [item] = output(await uploadFrom(own, photo.path));
			expect(item).toMatchObject({ mime_type: 'image/jpeg', size_bytes: photo.bytes, binary_field: 'data' });
			expect(await own.sandbox.assets()).toEqual([
				expect.objectContaining({
					id: item?.asset_id,
					filename: 'photo.jpg',
					sha256: photo.sha256,
					status: 'completed',
				}),
			]);
			expect(await answered(own)).toEqual(['POST /v3/assets']);
		});
	});

	it('sends 40 MB to the storage behind HeyGen, without the key', async () => {
		await withOwnSandbox(suite, async (own) => {
			const film = await putFile(own.n8n, 'film.mp4', mp4Of(40_000_000));
			const [item] = output(await uploadFrom(own, film.path));
			expect(await own.sandbox.assets()).toEqual([
				expect.objectContaining({ id: item?.asset_id, sha256: film.sha256, status: 'completed' }),
			]);
			expect(await answered(own)).toEqual([
				'POST /v3/assets/direct-uploads',
				'POST /v3/assets/{asset_id}/complete',
			]);
			const { fileRequests, uploadBytesReceived, keysSeenOnFileHost } = await own.sandbox.stats();
			expect({ fileRequests, uploadBytesReceived, keysSeenOnFileHost }).toEqual({
				fileRequests: 1,
				uploadBytesReceived: film.bytes,
				keysSeenOnFileHost: 0,
			});
		});
	});

	it('takes the files of one Read Files node in one batch', async () => {
		await withOwnSandbox(suite, async (own) => {
			const names = Array.from({ length: 12 }, (_, index) => `clip-${String(index).padStart(2, '0')}.mp4`);
			const size = sampleFile('mp4').length;
			const files = await Promise.all(
				names.map(async (name) => await putFile(own.n8n, name, mp4Of(size + 1_000, name))),
			);
			const execution = await uploadFrom(own, path.join(own.n8n.filesFolder, 'clip-*.mp4'));
			const items = output(execution);
			const assets = new Map((await own.sandbox.assets()).map((asset) => [asset.id, asset]));
			expect(assets.size).toBe(12);
			// Each item's id is that of its own file.
			const read = execution.items('Read Files').map(({ json }) => json.fileName);
			expect(items.map(({ asset_id: id }) => assets.get(String(id))?.filename)).toEqual(read);
			const uploaded = Object.fromEntries([...assets.values()].map(({ filename, sha256: hash }) => [filename, hash]));
			expect(uploaded).toEqual(Object.fromEntries(files.map(({ name, sha256: hash }) => [name, hash])));
			const requests = await answered(own);
			expect(requests.filter((request) => request === 'POST /v3/assets/direct-uploads/batches')).toHaveLength(1);
			expect(requests).not.toContain('POST /v3/assets');
			expect((await own.sandbox.stats()).keysSeenOnFileHost).toBe(0);
		});
	});

	describe('of a PNG that is called .jpg', () => {
		const message = `'Input Binary Field': "wrong.jpg" is a PNG image, but its name says JPEG`;

		it('fails with what is wrong, before any request', async () => {
			await withOwnSandbox(suite, async (own) => {
				const file = await putFile(own.n8n, 'wrong.jpg', uploadSamples['image/png'] as Buffer);
				const execution = await uploadFrom(own, file.path);
				expect(execution.status).toBe('error');
				expect(execution.error).toContain(message);
				expect(execution.nodes[HEYGEN]?.runs[0]?.errorDescription).toContain('with the extension .png');
				expect((await own.sandbox.stats()).requestsTotal).toBe(0);
			});
		});

		it('puts the item on the error output, if there is one', async () => {
			await withOwnSandbox(suite, async (own) => {
				const file = await putFile(own.n8n, 'wrong.jpg', uploadSamples['image/png'] as Buffer);
				const execution = await uploadFrom(own, file.path, { onError: 'continueErrorOutput' });
				expect(output(execution)).toEqual([]);
				const [failed, ...others] = execution.items(HEYGEN, 1);
				expect(others).toEqual([]);
				expect(failed?.json).toMatchObject({
					fileName: 'wrong.jpg',
					error: expect.stringContaining(message) as string,
				});
				expect(failed?.pairedItem).toEqual({ item: 0 });
				expect((await own.sandbox.stats()).requestsTotal).toBe(0);
			});
		});
	});

	it('leaves no file open when connections break', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.addFault({ match: { method: 'PUT', path: '/files' }, kind: 'drop_before', times: 2 });
			const film = await putFile(own.n8n, 'broken.mp4', mp4Of(40_000_000));
			output(await uploadFrom(own, film.path));
			expect(await own.sandbox.assets()).toEqual([expect.objectContaining({ sha256: film.sha256 })]);
			expect((await own.sandbox.stats()).fileRequests).toBe(3);
			expect(await own.n8n.openBinaryFiles()).toEqual([]);
			// Nor may it take the garbage collector to close them: Node.js warns of that, and is to throw one day.
			expect(own.n8n.logTail()).not.toContain('on garbage collection');
		});
	});

	it('stops at once when the execution is cancelled', async () => {
		await withOwnSandbox(suite, async (own) => {
			await own.sandbox.addFault({ match: { method: 'PUT', path: '/files' }, kind: 'hang' });
			const film = await putFile(own.n8n, 'cancelled.mp4', mp4Of(40_000_000));
			const workflow = feed('Cancel', [{}], readFiles(film.path), upload(own));
			const id = await own.n8n.client.startRun(workflow, { startNode: TRIGGER });
			const received = async () => (await own.sandbox.stats()).uploadBytesReceived;
			while ((await received()) === 0) await sleep(50);
			const from = performance.now();
			await own.n8n.client.cancel(id);
			// The upload hangs for ten minutes. An idle machine needs less than a second, and a busy one may need more.
			const execution = await own.n8n.client.waitForEnd(id, 10_000);
			process.stdout.write(`cancelling an upload took ${Math.round(performance.now() - from)} ms\n`);
			expect(execution.status).toBe('canceled');
			expect(await answered(own)).toEqual(['POST /v3/assets/direct-uploads']);
		});
	});

	it('with Retry On Fail makes one asset, though all answers of the first run are lost', async () => {
		await withOwnSandbox(suite, async (own) => {
			// The node itself tries five times.
			await own.sandbox.addFault({
				match: { method: 'POST', path: '/v3/assets' },
				kind: 'drop_after',
				times: 5,
			});
			const photo = await putFile(own.n8n, 'photo.jpg', sampleFile('jpg'));
			const execution = await uploadFrom(own, photo.path, {
				retryOnFail: true,
				maxTries: 2,
				waitBetweenTries: 1_000,
			});
			const [item] = output(execution);
			const assets = await own.sandbox.assets();
			expect(assets.map(({ id }) => id)).toEqual([item?.asset_id]);
			expect(await answered(own)).toHaveLength(6);
		});
	});
});

describe('download', () => {
	it('brings back what was uploaded, byte by byte', async () => {
		const song = await putFile(suite.n8n, 'song.mp3', sampleFile('mp3'));
		const download = assetNode(suite, { operation: 'download', assetId: '={{ $json.asset_id }}' });
		const execution = await runNodes(suite, [{}], [
			readFiles(song.path),
			upload(suite, {}, { name: 'Upload' }),
			download,
		]);
		const [item] = output(execution);
		expect(item).toMatchObject({ asset_id: execution.items('Upload')[0]?.json.asset_id, name: 'song.mp3' });
		const file = execution.items(HEYGEN)[0]?.binary?.data;
		expect(file).toMatchObject({ fileName: 'song.mp3', mimeType: 'audio/mpeg', bytes: song.bytes });
		expect(await suite.n8n.client.hashBinary(file?.id ?? '')).toEqual({
			bytes: song.bytes,
			sha256: song.sha256,
		});
	});
});

it('makes a video of a recording in front of a picture, both from disk', async () => {
	await withOwnSandbox(suite, async (own) => {
		await own.sandbox.configure({ validateAssets: true, jobSeconds: 1 });
		const speech = await putFile(own.n8n, 'speech.mp3', sampleFile('mp3'));
		const office = await putFile(own.n8n, 'office.jpg', sampleFile('jpg'));
		const start = manualTrigger();
		const audio = readFiles(speech.path, 'Audio', { dataPropertyName: 'audio' });
		const image = readFiles(office.path, 'Image', { dataPropertyName: 'image' });
		const merge = node('Merge', 'n8n-nodes-base.merge', 3.2, {
			mode: 'combine',
			combineBy: 'combineByPosition',
			options: {},
		});
		const heygen = heyGenNode(
			own,
			createAvatar({
				audioSource: 'binary',
				audioBinaryPropertyName: 'audio',
				waitForCompletion: true,
				download: ['video'],
				options: { background: { imageFile: { binaryPropertyName: 'image' } } },
			}),
		);
		const to = (name: string, index = 0) => ({ node: name, type: 'main' as const, index });
		const execution = await own.n8n.client.runWorkflow(
			{
				name: 'Speech',
				nodes: [start, audio, image, merge, heygen],
				connections: {
					[start.name]: { main: [[to('Audio'), to('Image')]] },
					Audio: { main: [[to('Merge', 0)]] },
					Image: { main: [[to('Merge', 1)]] },
					Merge: { main: [[to(HEYGEN)]] },
				},
			},
			{ startNode: TRIGGER },
		);
		expect(output(execution)).toEqual([expect.objectContaining({ status: 'completed' })]);
		const assets = await own.sandbox.assets();
		const idOf = (name: string) => assets.find(({ filename }) => filename === name)?.id;
		expect(assets).toHaveLength(2);
		const created = (await own.sandbox.requests()).find(({ template }) => template === '/v3/videos');
		expect(created?.body).toMatchObject({
			audio_asset_id: idOf('speech.mp3'),
			background: { type: 'image', asset_id: idOf('office.jpg') },
		});
		const video = execution.items(HEYGEN)[0]?.binary?.video;
		const stored = await own.n8n.client.hashBinary(video?.id ?? '');
		expect(stored.sha256).toBe(sha256(sampleFile('mp4')));
		expect((await own.sandbox.stats()).keysSeenOnFileHost).toBe(0);
	});
});

it("lists the account's assets without being told the username", async () => {
	await withOwnSandbox(suite, async (own) => {
		const photo = await putFile(own.n8n, 'listed.jpg', sampleFile('jpg'));
		const [uploaded] = output(await uploadFrom(own, photo.path));
		const list = assetNode(own, { operation: 'getAll', username: '' });
		const items = output(await runNode(own, [{}], list));
		expect(items).toEqual([expect.objectContaining({ asset_id: uploaded?.asset_id, name: 'listed.jpg' })]);
		expect(await answered(own)).toContain('GET /v3/users/me');
	});
});

describe('brands', () => {
	it('keep the terms of a glossary', async () => {
		const terms = [
			{ term: 'Kubernetes', pronunciation: 'koo-ber-net-eez' },
			{ term: 'n8n', pronunciation: 'n eight n', translation: 'n8n' },
		];
		const create = assetNode(
			suite,
			{ resource: 'brandGlossary', operation: 'create', name: 'Words', terms: { term: terms } },
			{ name: 'Create' },
		);
		const get = assetNode(suite, {
			resource: 'brandGlossary',
			operation: 'get',
			brandGlossaryId: { __rl: true, mode: 'id', value: '={{ $json.brand_glossary_id }}' },
		});
		const [glossary] = output(await runNodes(suite, [{}], [create, get]));
		expect(glossary).toMatchObject({ name: 'Words', terms });
	});

	it.each([
		{ resource: 'brandKit', method: 'searchBrandKits', parameter: 'brandKitId', filter: 'globex', found: 'kit_globex' },
		{
			resource: 'brandGlossary',
			method: 'searchBrandGlossaries',
			parameter: 'brandGlossaryId',
			filter: 'sail',
			found: 'glossary_sailing',
		},
	])('offer a picker to $resource', async ({ resource, method, parameter, filter, found }) => {
		const searched = async (text?: string) =>
			await suite.n8n.client.listSearch({
				nodeTypeAndVersion: { name: HEYGEN_ASSET, version: 1 },
				methodName: method,
				path: `parameters.${parameter}`,
				currentNodeParameters: { resource, operation: 'get' },
				credentials: { heyGenSuiteApi: suite.credential },
				filter: text,
			});
		const { results } = await searched();
		expect(results.length).toBeGreaterThan(1);
		expect((await searched(filter)).results.map(({ value }) => value)).toEqual([found]);
	});
});
