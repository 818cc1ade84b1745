/** An upload takes the time that its connection needs, and a cancelled one ends at once. */
import { readdir, readlink } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import type { INodeExecutionData } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { requireAsCore } from '../../jest/shared';
import { COMPLETE, expectOwnAssets, itemsOf, itemWith, runAsset, startAsset, usableAssets } from '../support/assetSupport';
import type { BinaryMode } from '../support/harness';
import { manyFiles, pngFile, zip, zipFile, type SampleFile } from '../support/sampleFiles';
import { slowStorage, type SlowStorage } from '../support/slowStorage';
import { countOf, endOf, sleepFor, until, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox();
let storage: SlowStorage | undefined;

afterEach(async () => {
	await storage?.stop();
	storage = undefined;
});

describe('a slow connection', () => {
	const content = zip('a'.repeat(30_000_000));
	const file: SampleFile = { fileName: 'large.zip', mimeType: 'application/zip', content };
	const before = timing.fileTimeout;
	// As n8n sets it, to five minutes, for requests that name no time-out.
	const { defaults } = requireAsCore('axios') as { defaults: { timeout: number } };
	const defaultTimeout = defaults.timeout;

	// Longer than what is on the way takes, once n8n has sent all of it.
	beforeEach(() => (timing.fileTimeout = 1_000));
	afterEach(() => {
		timing.fileTimeout = before;
		defaults.timeout = defaultTimeout;
	});

	async function uploadSlowly(binaryMode: BinaryMode): Promise<void> {
		storage = await slowStorage(sandbox(), 16_000_000);
		const items = await itemsOf([file], binaryMode);
		const startedAt = Date.now();
		const result = await runAsset(sandbox(), 'upload', {}, items, { binaryMode });
		expectOwnAssets(result, sandbox(), [file]);
		expect(Date.now() - startedAt).toBeGreaterThan(1_000);
		// One PUT, and not the beginnings of several.
		expect(storage.received()).toBeLessThan(content.length + 10_000);
	}

	it.each(['filesystem', 'default'] as const)(
		'is not taken for a dead one, in the binary mode "%s"',
		async (binaryMode) => await uploadSlowly(binaryMode),
	);

	it('is not cut off after the time that n8n gives requests which name none', async () => {
		expect(defaultTimeout).toBe(300_000);
		defaults.timeout = 1_000;
		await uploadSlowly('filesystem');
	});
});

describe('a cancelled upload', () => {
	/** Cancels a run once it has come to a point. @throws Error when it goes on; whatever hangs here does so for minutes. */
	async function cancelAt(point: () => boolean, files: readonly SampleFile[], binaryMode?: BinaryMode): Promise<void> {
		const options = binaryMode === undefined ? {} : { binaryMode };
		const running = startAsset(sandbox(), 'upload', {}, await itemsOf(files, binaryMode), options);
		await until(point);
		running.cancel();
		expect((await endOf(running)).status).toBe('canceled');
	}

	/** What the sandbox has seen: requests of the API, and of the file host. */
	const seen = () => {
		const { requestsTotal, fileRequests } = sandbox().stats();
		return { requestsTotal, fileRequests };
	};

	async function expectQuiet(): Promise<void> {
		const before = seen();
		await sleepFor(400);
		expect(seen()).toEqual(before);
	}

	/** Whether a request has come in, answered or not. */
	const cameTo = (path: string) => () => sandbox().requests().some(({ template }) => template === path);

	it.each([
		['for a form', '/v3/assets', [pngFile()]],
		['for a slot', '/v3/assets/direct-uploads', [zipFile()]],
		['for a completion', '/v3/assets/{asset_id}/complete', [zipFile()]],
		['for the slots of a batch', '/v3/assets/direct-uploads/batches', manyFiles(12)],
		['for the completion of a batch', '/v3/assets/complete/batches', manyFiles(12)],
		['for a look at a batch', '/v3/assets/batches/{batch_id}', manyFiles(12)],
	] as const)('ends at once while it waits %s', async (_what, path, files) => {
		sandbox().addFault({ match: { path }, kind: 'hang', times: -1 });
		await cancelAt(cameTo(path), files);
		await expectQuiet();
	});

	it.each([
		['one file', [zipFile()], 1],
		['many files, of which eight move at a time', manyFiles(12), 8],
	])('ends at once while the storage does not answer, with %s', async (_what, files, moving) => {
		const putting = () => sandbox().stats().fileRequests === moving;
		sandbox().addFault({ match: { path: '/files', method: 'PUT' }, kind: 'hang', times: -1 });
		await cancelAt(putting, files);
		await expectQuiet();
		expect(usableAssets(sandbox())).toEqual([]);
	});

	it.each(['filesystem', 'default'] as const)(
		'ends at once in the middle of a file, in the binary mode "%s"',
		async (binaryMode) => {
			storage = await slowStorage(sandbox(), 1_000_000);
			const { received, drain } = storage;
			const file = zipFile('large.zip', 'a'.repeat(12_000_000));
			await cancelAt(() => received() > 500_000, [file], binaryMode);
			await expectQuiet();
			await drain();
			expect(received()).toBeLessThan(file.content.length);
			expect(countOf(sandbox(), COMPLETE)).toBe(0);
		},
	);

	it('ends at once while the storage does not show the file', async () => {
		sandbox().configure({ uploadVisibleMs: 600_000 });
		await cancelAt(cameTo('/v3/assets/{asset_id}/complete'), [zipFile()]);
		await expectQuiet();
	});
});

describe('no file stays open', () => {
	const file = zipFile('large.zip', 'a'.repeat(4_000_000));
	const picture = { ...pngFile(), content: Buffer.concat([pngFile().content, Buffer.alloc(4_000_000)]) };
	const filesystem = { binaryMode: 'filesystem' } as const;

	/** How often this process has an item's file open, where the system tells. */
	async function opened({ binary }: INodeExecutionData): Promise<number> {
		const id = binary?.data?.id?.split('/').at(-1) ?? 'no file';
		const fds = await readdir('/proc/self/fd').catch(() => []);
		const paths = await Promise.all(fds.map(async (fd) => await readlink(`/proc/self/fd/${fd}`).catch(() => '')));
		return paths.filter((path) => path.includes(id)).length;
	}

	/** Streams close a little later than they are given up. */
	async function expectClosed(item: INodeExecutionData): Promise<void> {
		for (let left = 20; left > 0 && (await opened(item)) > 0; left--) await sleepFor(20);
		expect(await opened(item)).toBe(0);
	}

	it.each([
		['dropped', '/files', 'drop_before', file],
		['refused', '/files', 'status', file],
		['redirected', '/files', 'redirect', file],
		['answered by something else', '/files', 'garbage', file],
		['dropped, with a form', '/v3/assets', 'drop_before', picture],
		['refused, with a form', '/v3/assets', 'status', picture],
	] as const)('after an upload that was %s', async (_what, path, kind, sent) => {
		const method = path === '/files' ? 'PUT' : 'POST';
		sandbox().addFault({ match: { path, method }, kind, times: -1, status: 400, location: 'http://127.0.0.1:9/' });
		const item = await itemWith({ data: sent }, {}, 'filesystem');
		const result = await runAsset(sandbox(), 'upload', {}, [item], filesystem);
		expect(result.originalError).toBeDefined();
		await expectClosed(item);
	});

	it('after a form that was cut off', async () => {
		// Takes a little of every request, and hangs up.
		const server = createServer((socket) => {
			socket.on('error', () => socket.destroy());
			socket.once('data', () => socket.destroy());
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const item = await itemWith({ data: picture }, {}, 'filesystem');
		const options = { ...filesystem, credentials: { baseUrl } };
		const result = await runAsset(sandbox(), 'upload', {}, [item], options);
		server.close();
		expect(result.originalError?.message).toMatch(/^Could not upload the file "picture\.png": the connection was lost/);
		await expectClosed(item);
	});

	it('after a cancelled one', async () => {
		storage = await slowStorage(sandbox(), 1_000_000);
		const { received } = storage;
		const large = zipFile('large.zip', 'a'.repeat(12_000_000));
		const item = await itemWith({ data: large }, {}, 'filesystem');
		const running = startAsset(sandbox(), 'upload', {}, [item], filesystem);
		await until(() => received() > 500_000);
		running.cancel();
		await running.promise;
		await expectClosed(item);
	});
});
