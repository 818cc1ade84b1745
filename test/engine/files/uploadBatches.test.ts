/** Many files go up in batches: few requests, and every item its own asset or its own error. */
import type { INodeExecutionData } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import {
	COMPLETE_BATCH,
	expectArrivedOnce,
	expectOwnAssets,
	GET_ASSET,
	itemsOf,
	itemWith,
	READ_UPLOADS,
	runAsset,
	sha256,
	SLOT,
	SLOTS,
	UPLOAD,
	usableAssets,
} from '../support/assetSupport';
import { manyFiles, pngFile, srt, wavFile, zipFile, type SampleFile } from '../support/sampleFiles';
import { bodiesOf, countOf, errorOf, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox({ ingestSeconds: 0.05 });

const filesIn = (body: unknown): unknown[] => (body as { files: unknown[] }).files;

/** Input items of which one carries another file. */
async function itemsWith(count: number, row: number, file: SampleFile): Promise<INodeExecutionData[]> {
	const files = manyFiles(count);
	files[row] = file;
	return await itemsOf(files);
}

/** A file that its name makes an MP3, and nothing in it does: the node cannot tell, HeyGen can. */
const noMp3: SampleFile = { fileName: 'noise.mp3', mimeType: 'audio/mpeg', content: Buffer.from('no sound at all') };

describe.each([
	{ count: 10, batches: 1 },
	{ count: 12, batches: 1 },
	{ count: 230, batches: 3 },
])('$count different files', ({ count, batches }) => {
	it(`go up in ${batches} batches, and come out in order`, async () => {
		const files = manyFiles(count);
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(files));
		expectOwnAssets(result, sandbox(), files);
		expectArrivedOnce(sandbox(), files);
		expect(jsonOf(result)[0]).toEqual({
			asset_id: expect.stringMatching(/^asset_/),
			url: expect.stringMatching(/^http/),
			mime_type: 'application/x-subrip',
			size_bytes: files[0]?.content.length,
			batch_id: expect.stringMatching(/^batch_/),
			binary_field: 'data',
		});
		const sizes = requestsTo(sandbox(), SLOTS).map(({ body }) => (body === null ? 100 : filesIn(body).length));
		expect(sizes.sort((a, b) => b - a)).toEqual(count === 230 ? [100, 100, 30] : [count]);
		expect(countOf(sandbox(), COMPLETE_BATCH)).toBe(batches);
		expect(countOf(sandbox(), GET_ASSET)).toBe(count);
		expect(countOf(sandbox(), UPLOAD) + countOf(sandbox(), SLOT)).toBe(0);
		expect(sandbox().stats()).toMatchObject({
			uploadSlotsCreated: count,
			assetsCreated: count,
			fileRequests: count,
			keysSeenOnFileHost: 0,
		});
		expect(new Set(jsonOf(result).map(({ batch_id }) => batch_id)).size).toBe(batches);
	});
});

it('nine files go up one by one', async () => {
	const files = manyFiles(9);
	expectOwnAssets(await runAsset(sandbox(), 'upload', {}, await itemsOf(files)), sandbox(), files);
	expect(countOf(sandbox(), UPLOAD)).toBe(9);
});

it('declares of every file what it is', async () => {
	const files = [pngFile(), wavFile(), zipFile(), ...manyFiles(7)];
	const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(files));
	expectOwnAssets(result, sandbox(), files);
	expect(bodiesOf(sandbox(), SLOTS)).toEqual([
		{
			files: files.map(({ fileName, mimeType, content }) => ({
				filename: fileName,
				content_type: mimeType,
				size_bytes: content.length,
				checksum_sha256: sha256(content),
			})),
		},
	]);
	expect(requestsTo(sandbox(), SLOTS).map(({ idempotencyKey }) => idempotencyKey)).toEqual([
		expect.stringMatching(/^n8n-[0-9a-f]{64}$/),
	]);
});

it('takes files from the disk too', async () => {
	const files = manyFiles(12);
	const items = await itemsOf(files, 'filesystem');
	const result = await runAsset(sandbox(), 'upload', {}, items, { binaryMode: 'filesystem' });
	expectOwnAssets(result, sandbox(), files);
});

it('several files of each item keep their order', async () => {
	const items = await Promise.all(
		[0, 1, 2, 3].map(
			async (row) =>
				await itemWith({ a: pngFile(`a${row}.png`), b: wavFile(`b${row}.wav`), c: zipFile(`c${row}.zip`) }),
		),
	);
	const result = await runAsset(sandbox(), 'upload', { binaryPropertyName: 'c, a, b' }, items);
	const names = new Map(sandbox().assets.map(({ id, filename }) => [id, filename]));
	expect(jsonOf(result).map(({ asset_id: id }) => names.get(String(id)))).toEqual(
		[0, 1, 2, 3].flatMap((row) => [`c${row}.zip`, `a${row}.png`, `b${row}.wav`]),
	);
	expect(linksOf(result)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
	expect(countOf(sandbox(), SLOTS)).toBe(1);
});

it('uploads once what many items carry', async () => {
	const { binary } = await itemWith({ data: pngFile() });
	const items = [
		...Array.from({ length: 130 }, () => ({ json: {}, binary: { ...binary } })),
		...(await itemsOf(manyFiles(3))),
	];
	const result = await runAsset(sandbox(), 'upload', {}, items);
	expect(linksOf(result)).toEqual(items.map((_, item) => item));
	expect(new Set(jsonOf(result).map(({ asset_id }) => asset_id)).size).toBe(4);
	expect(sandbox().stats()).toMatchObject({ uploadSlotsCreated: 4, assetsCreated: 4, fileRequests: 4 });
});

it('items with more files than others do not wait for those with fewer', async () => {
	// The first has enough for batches, the others have not.
	const items = [
		await itemWith({ a: pngFile('a.png'), b: pngFile('b.png'), c: pngFile('c.png'), d: pngFile('d.png') }),
		await itemWith({ a: pngFile('e.png') }),
		await itemWith({ a: pngFile('a.png') }),
	];
	const result = await runAsset(sandbox(), 'upload', { allBinaryFields: true }, items);
	expect(linksOf(result)).toEqual([0, 0, 0, 0, 1, 2]);
	expect(usableAssets(sandbox()).map(({ filename }) => filename).sort()).toEqual(
		['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.png`),
	);
});

describe('one bad file among many', () => {
	const goesOn = { onError: 'continueErrorOutput' } as const;
	const others = Array.from({ length: 12 }, (_, item) => item).filter((item) => item !== 5);

	/** Runs 12 files of which the sixth is bad, and checks that only its item fails. */
	async function runWith(bad: SampleFile, message: RegExp): Promise<void> {
		const result = await runAsset(sandbox(), 'upload', {}, await itemsWith(12, 5, bad), goesOn);
		expect(linksOf(result)).toEqual(others);
		const names = new Map(sandbox().assets.map(({ id, filename }) => [id, filename]));
		expect(jsonOf(result).map(({ asset_id: id }) => names.get(String(id)))).toEqual(
			others.map((item) => `file-${item}.srt`),
		);
		expect(linksOf(result, 1)).toEqual([5]);
		expect(jsonOf(result, 1)).toEqual([
			{ row: 5, name: bad.fileName, error: expect.stringMatching(message), details: expect.any(Object) },
		]);
		expect(sandbox().stats().assetsCreated).toBe(11);
	}

	it('that the node can tell is not sent at all', async () => {
		await runWith({ ...pngFile(), content: Buffer.from('damaged') }, /^'Input Binary Field': "picture\.png" is not a PNG/);
		expect(bodiesOf(sandbox(), SLOTS).map((body) => filesIn(body).length)).toEqual([11]);
	});

	it('that has no slot fails alone', async () => {
		sandbox().configure({ assetMaxBytes: 500 });
		const large: SampleFile = { fileName: 'large.srt', mimeType: '', content: srt('a'.repeat(600)) };
		await runWith(large, /^Could not upload the file "large\.srt": .*\(field 'size_bytes'\) \(item 6\)$/);
		expect(requestsTo(sandbox(), SLOTS).map(({ status }) => status)).toEqual([400, 200]);
	});

	it('that HeyGen refuses when it has it fails alone', async () => {
		await runWith(
			noMp3,
			/^Could not upload the file "noise\.mp3": The uploaded bytes are not audio\/mpeg \(item 6\)$/,
		);
	});

	it('that does not get to the storage fails alone', async () => {
		// The last of the first tries, and all the others of that file.
		const times = timing.retryCount + 1;
		sandbox().addFault({ match: { path: '/files', method: 'PUT' }, kind: 'drop_before', skip: 11, times });
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(manyFiles(12)), goesOn);
		expect(jsonOf(result)).toHaveLength(11);
		expect(jsonOf(result, 1).map(({ error }) => error)).toEqual([
			expect.stringMatching(/^Could not upload the file "file-\d+\.srt": the connection was lost \(item \d+\)$/),
		]);
		expect(sandbox().stats().assetsCreated).toBe(11);
	});

	it('of an item with several fails alone, and names those that are there', async () => {
		const items = await Promise.all(
			[0, 1, 2, 3, 4, 5].map(
				async (row) => await itemWith({ good: pngFile(`good-${row}.png`), bad: row === 2 ? noMp3 : pngFile(`b-${row}.png`) }),
			),
		);
		const result = await runAsset(sandbox(), 'upload', { allBinaryFields: true }, items, goesOn);
		expect(linksOf(result)).toEqual([0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5]);
		const there = sandbox().assets.find(({ filename }) => filename === 'good-2.png')?.id;
		expect(jsonOf(result)[4]).toMatchObject({ asset_id: there, binary_field: 'good' });
		// As it is when the files go up one by one.
		expect(linksOf(result, 1)).toEqual([2]);
		expect(jsonOf(result, 1)).toEqual([
			expect.objectContaining({ error: expect.stringContaining(`uploaded before: ${there}`) }),
		]);
	});

	it('stops the node, which names what is uploaded already', async () => {
		const result = await runAsset(sandbox(), 'upload', {}, await itemsWith(12, 5, noMp3));
		const error = errorOf(result);
		expect(error.message).toMatch(/^Could not upload the file "noise\.mp3": The uploaded bytes .* \(item 6\)$/);
		const description = error.description ?? '';
		expect(description).toMatch(/Already uploaded by this run: upload batch \S+, asset /);
		for (const { id } of usableAssets(sandbox())) expect(description).toContain(id);
		expect(usableAssets(sandbox())).toHaveLength(11);
	});
});

describe('what HeyGen has to do for a batch', () => {
	it('is waited for', async () => {
		sandbox().configure({ ingestSeconds: 1 });
		const files = manyFiles(10);
		expectOwnAssets(await runAsset(sandbox(), 'upload', {}, await itemsOf(files)), sandbox(), files);
		expect(countOf(sandbox(), READ_UPLOADS)).toBeGreaterThan(3);
	});

	it('is not waited for without end', async () => {
		const before = timing.ingestMax;
		timing.ingestMax = 300;
		sandbox().configure({ ingestSeconds: 600 });
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(manyFiles(10)), { onError: 'continueErrorOutput' });
		timing.ingestMax = before;
		expect(linksOf(result, 1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		const [first] = jsonOf(result, 1);
		expect(first?.error).toMatch(
			/^HeyGen has not processed the file "file-0\.srt" of batch batch_[\w-]+ in time \(item 1\)$/,
		);
		expect(first?.details).toMatchObject({
			batch_id: expect.stringMatching(/^batch_/),
			asset_id: expect.stringMatching(/^asset_/),
			description: expect.stringContaining("'Get Batch'"),
		});
	});

	it('may fail to tell the addresses, and the assets are put out all the same', async () => {
		sandbox().addFault({ match: { path: '/v3/assets/{asset_id}', method: 'GET' }, kind: 'status', times: -1 });
		const files = manyFiles(10);
		const result = await runAsset(sandbox(), 'upload', {}, await itemsOf(files));
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result).map(({ url }) => url)).toEqual(files.map(() => undefined));
		expectArrivedOnce(sandbox(), files);
	});
});
