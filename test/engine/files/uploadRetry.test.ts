/** A file is in HeyGen once, whatever is tried again, and what got there is named when the node fails. */
import { timing } from '../../../nodes/engine/basics/timing';
import {
	COMPLETE,
	expectArrivedOnce,
	expectOwnAssets,
	itemsOf,
	itemWith,
	runAsset,
	SLOT,
	SLOTS,
	UPLOAD,
	usableAssets,
} from '../support/assetSupport';
import type { Fault } from '../../sandbox';
import { manyFiles, pngFile, zipFile, type SampleFile } from '../support/sampleFiles';
import { countOf, errorOf, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';

useTiming({ completePause: 10 });
const sandbox = useSandbox({ ingestSeconds: 0.05 });
const PUT = { path: '/files', method: 'PUT' } as const;

/** Settings of a node that is tried again; what is wrong in the first try is over in the second. */
const again = {
	retryOnFail: true,
	maxTries: 2,
	waitBetweenTries: 1,
	onTry: (attempt: number) => {
		if (attempt === 2) sandbox().clearFaults();
	},
} as const;

/** What happens to the requests of one endpoint for the whole first try. */
const firstTry = (match: Fault['match'], kind: Fault['kind'], more: Partial<Fault> = {}) =>
	sandbox().addFault({ match, kind, times: -1, ...more });

describe('one file, tried again', () => {
	it.each([
		['whose answer got lost', pngFile(), { path: '/v3/assets' }, 'drop_after'],
		['that did not get there', pngFile(), { path: '/v3/assets' }, 'drop_before'],
		['that was refused', pngFile(), { path: '/v3/assets' }, 'status'],
		['whose slot got lost', zipFile(), { path: '/v3/assets/direct-uploads' }, 'drop_after'],
		['that did not get to the storage', zipFile(), PUT, 'drop_before'],
		['whose slot had expired', zipFile(), PUT, 'expired_url'],
		['whose completion was refused', zipFile(), { path: '/v3/assets/{asset_id}/complete' }, 'status'],
		['whose completion got lost', zipFile(), { path: '/v3/assets/{asset_id}/complete' }, 'drop_after'],
	] as const)('%s, is there once', async (_what, file, match, kind) => {
		firstTry(match, kind);
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf([file]), again);
		expectOwnAssets(result, sandbox(), [file]);
		expectArrivedOnce(sandbox(), [file]);
	});

	it.each([UPLOAD, SLOT])('is asked for with the key of the first try: %s', async (endpoint) => {
		firstTry({ path: endpoint.split(' ')[1] as string }, 'drop_after');
		const file = endpoint === UPLOAD ? pngFile() : zipFile();
		await runAsset(sandbox(), 'upload', {}, await itemsOf([file]), again);
		const keys = requestsTo(sandbox(), endpoint).map(({ idempotencyKey }) => idempotencyKey);
		expect(keys).toHaveLength(timing.retryCount + 2);
		expect(new Set(keys).size).toBe(1);
		expect(keys[0]).toMatch(/^n8n-[0-9a-f]{64}$/);
	});
});

describe('several files, of which one fails in the first try', () => {
	const files = [pngFile('one.png'), pngFile('two.png'), zipFile('three.zip')];

	it('are there once each, and those that got there are not sent again', async () => {
		firstTry({ path: '/v3/assets/direct-uploads' }, 'status');
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(files), again);
		expectOwnAssets(result, sandbox(), files);
		expectArrivedOnce(sandbox(), files);
		expect(countOf(sandbox(), UPLOAD)).toBe(2);
	});

	it('are there once each when they are all of one item', async () => {
		firstTry({ path: '/v3/assets/direct-uploads' }, 'status');
		const [a, b, c] = files as [SampleFile, SampleFile, SampleFile];
		const result = await runAsset(sandbox(), 'upload', { allBinaryFields: true }, [await itemWith({ a, b, c })], again);
		expect(linksOf(result)).toEqual([0, 0, 0]);
		expectArrivedOnce(sandbox(), files);
		expect(countOf(sandbox(), UPLOAD)).toBe(2);
	});

	it('are there once each when the node continues, and n8n tries it again for its first item', async () => {
		firstTry({ path: '/v3/assets/direct-uploads' }, 'status');
		const reversed = [...files].reverse();
		const options = { ...again, onError: 'continueRegularOutput' } as const;
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(reversed), options);
		expectOwnAssets(result, sandbox(), reversed);
		expectArrivedOnce(sandbox(), files);
		expect(countOf(sandbox(), UPLOAD)).toBe(2);
	});

	it('are there once each although their names have the time in them', async () => {
		firstTry({ path: '/v3/assets/direct-uploads' }, 'status');
		const fileName = "={{ $json.name.split('.')[0] }}-{{ $now.toMillis() }}.{{ $json.name.split('.')[1] }}";
		const result = await runAsset(sandbox(), 'upload', { options: { fileName } }, await itemsOf(files), again);
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(usableAssets(sandbox()).map(({ filename }) => filename.split('-')[0]).sort()).toEqual(['one', 'three', 'two']);
	});
});

describe('a batch, tried again', () => {
	const files = manyFiles(12);

	it.each([
		['whose slots got lost', { path: '/v3/assets/direct-uploads/batches' }, 'drop_after'],
		['whose slots were refused', { path: '/v3/assets/direct-uploads/batches' }, 'status'],
		['that did not get to the storage', PUT, 'drop_before'],
		['that the storage refused', PUT, 'status'],
		['whose slots had expired', PUT, 'expired_url'],
		['whose completion was refused', { path: '/v3/assets/complete/batches' }, 'status'],
		['whose completion got lost', { path: '/v3/assets/complete/batches' }, 'drop_after'],
		['that could not be read', { path: '/v3/assets/batches/{batch_id}' }, 'status'],
	] as const)('%s, is there once', async (_what, match, kind) => {
		const before = timing.ingestMax;
		timing.ingestMax = 400;
		firstTry(match, kind);
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(files), again);
		timing.ingestMax = before;
		expectOwnAssets(result, sandbox(), files);
		expectArrivedOnce(sandbox(), files);
	});

	it('of which one file did not get to the storage, gives all files with their addresses', async () => {
		const times = timing.retryCount + 1;
		sandbox().addFault({ match: PUT, kind: 'drop_before', skip: 11, times });
		// Slow enough that the other files' addresses are not all there when the node fails.
		sandbox().configure({ latencyMs: 30 });
		const parameters = { options: { maxParallelRequests: 2 } };
		const result = await runAsset(sandbox(), 'upload', parameters, await itemsOf(files), again);
		expectOwnAssets(result, sandbox(), files);
		expectArrivedOnce(sandbox(), files);
	});

	it('of which HeyGen refuses one file for good, uploads the others once', async () => {
		const bad: SampleFile = { fileName: 'noise.mp3', mimeType: 'audio/mpeg', content: Buffer.from('no sound') };
		const items = await itemsOf([...files, bad]);
		const options = { ...again, maxTries: 3 };
		const error = errorOf(await runAsset(sandbox(), 'upload', {}, items, options));
		expect(error.message).toMatch(/^Could not upload the file "noise\.mp3": The uploaded bytes .* \(item 13\)$/);
		expectArrivedOnce(sandbox(), files);
		for (const { id } of usableAssets(sandbox())) expect(error.description).toContain(id);
	});

	it('that n8n tries again for its first item is sent once', async () => {
		const bad: SampleFile = { fileName: 'noise.mp3', mimeType: 'audio/mpeg', content: Buffer.from('no sound') };
		const options = { ...again, onError: 'continueRegularOutput' } as const;
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf([bad, ...files]), options);
		expect(jsonOf(result).map(({ error }) => typeof error)).toEqual(['string', ...files.map(() => 'undefined')]);
		expectArrivedOnce(sandbox(), files);
		expect(countOf(sandbox(), SLOTS)).toBe(2);
	});
});

describe('an error', () => {
	const refuseDirect = () =>
		sandbox().addFault({ match: { path: '/v3/assets/direct-uploads' }, kind: 'status', status: 500, times: -1 });
	const there = () => usableAssets(sandbox()).map(({ id }) => id);

	it('names what the run has uploaded already', async () => {
		refuseDirect();
		const files = [pngFile('one.png'), pngFile('two.png'), zipFile('three.zip')];
		const error = errorOf(await runAsset(sandbox(), 'upload', {}, await itemsOf(files)));
		expect(error.message).toBe('Could not upload the file "three.zip": Injected fault: internal_error (item 3)');
		expect(there()).toHaveLength(2);
		const [a, b] = there() as [string, string];
		expect([
			`Already uploaded by this run: asset ${a}, asset ${b}`,
			`Already uploaded by this run: asset ${b}, asset ${a}`,
		]).toContain(error.description?.split('\n').at(-1));
	});

	it('names what its own item has uploaded already', async () => {
		refuseDirect();
		const item = await itemWith({ a: pngFile('one.png'), b: zipFile('two.zip') });
		const options = { onError: 'continueErrorOutput' } as const;
		const result = await runAsset(sandbox(), 'upload', { allBinaryFields: true }, [item], options);
		const [id] = there();
		expect(jsonOf(result, 1)).toEqual([
			{
				error: `Could not upload the file "two.zip": Injected fault: internal_error (uploaded before: ${id}) (item 1)`,
				details: expect.objectContaining({ uploaded: [id] }),
			},
		]);
	});

	it('names what an earlier try has uploaded, too', async () => {
		refuseDirect();
		const options = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const files = [pngFile('one.png'), zipFile('two.zip')];
		const error = errorOf(await runAsset(sandbox(), 'upload', {}, await itemsOf(files), options));
		expect(there()).toHaveLength(1);
		expect(error.description).toContain(`Already uploaded by this run: asset ${there()[0]}`);
	});

	it('names the asset that a direct upload was to become', async () => {
		sandbox().addFault({ match: PUT, kind: 'status', status: 500, times: -1 });
		const error = errorOf(await runAsset(sandbox(), 'upload', {}, await itemsOf([zipFile()])));
		expect(error.message).toMatch(
			/^Could not upload the file "project\.zip": the file host answered with HTTP status 500 \(InternalError\) \(asset asset_\w+\) \(item 1\)$/,
		);
		expect(countOf(sandbox(), COMPLETE)).toBe(1);
	});
});

describe('without idempotency keys', () => {
	const off = { options: { sendIdempotencyKey: false } };

	it.each([
		['a form', pngFile(), UPLOAD],
		['a direct upload', zipFile(), SLOT],
	])('%s is not repeated after a lost answer', async (_what, file, endpoint) => {
		sandbox().addFault({ match: { path: endpoint.split(' ')[1] as string }, kind: 'drop_after' });
		const error = errorOf(await runAsset(sandbox(), 'upload', off, await itemsOf([file])));
		expect(error.description).toContain("The request carried no idempotency key: look into 'Get Many'");
		expect(requestsTo(sandbox(), endpoint).map(({ idempotencyKey }) => idempotencyKey)).toEqual([null]);
	});

	it('files go up all the same', async () => {
		const files = [pngFile(), zipFile()];
		expectOwnAssets(await runAsset(sandbox(), 'upload', off, await itemsOf(files)), sandbox(), files);
	});
});
