/** Assets are listed, found, read and deleted; whose they are is looked up once. */
import type { INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { SandboxClient } from '../../sandbox/client';
import { itemsOf, runAsset } from '../support/assetSupport';
import { manyFiles, pngFile, srt } from '../support/sampleFiles';
import {
	countOf,
	errorOf,
	idItems,
	jsonOf,
	linksOf,
	requestsTo,
	useSandbox,
	useTiming,
	type NodeRunOptions,
} from '../support/support';

useTiming();
const sandbox = useSandbox({ ingestSeconds: 0.05 });

const LIST_ASSETS = 'GET /v3/assets';
const ASSET_STATUSES = 'GET /v3/assets/statuses';
const ME = 'GET /v3/users/me';
const FROM_ITEM = { assetId: '={{ $json.id }}' };

/** Uploads small files without the node. @returns their ids, the oldest first. */
async function seed(count: number): Promise<string[]> {
	const client = new SandboxClient(sandbox().url);
	const ids: string[] = [];
	for (let index = 0; index < count; index++) {
		const { body } = await client.upload(`seed-${index}.srt`, srt(`Seed ${index}`), { unchecked: true });
		ids.push(String(body.data.asset_id));
	}
	return ids;
}

/** Runs an operation that must end well. */
async function run(operation: string, parameters: INodeParameters = {}, ids?: string[], options: NodeRunOptions = {}) {
	const result = await runAsset(sandbox(), operation, parameters, ids && idItems(ids), options);
	expect(result.originalError).toBeUndefined();
	return result;
}

describe('an asset', () => {
	it('is read, with an address of its file', async () => {
		const ids = await seed(2);
		const result = await run('get', FROM_ITEM, ids);
		expect(linksOf(result)).toEqual([0, 1]);
		expect(jsonOf(result)).toEqual(
			ids.map((id, index) => ({
				asset_id: id,
				name: `seed-${index}.srt`,
				type: 'document',
				url: expect.stringMatching(/^http/),
				uploaded_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/),
				owner: 'sandbox',
			})),
		);
	});

	it('is deleted', async () => {
		const ids = await seed(3);
		expect(jsonOf(await run('delete', FROM_ITEM, ids.slice(0, 2)))).toEqual(
			ids.slice(0, 2).map((id) => ({ deleted: true, id })),
		);
		expect(jsonOf(await run('getAll', { username: 'sandbox' })).map(({ asset_id: id }) => id)).toEqual(ids.slice(2));
	});

	it('is gone when the answer to its delete gets lost, whoever deleted it', async () => {
		const ids = await seed(1);
		const gone = (id: unknown) => [{ gone: true, id, note: expect.stringContaining('HeyGen has no such asset') as unknown }];
		sandbox().addFault({ match: { path: '/v3/assets/{asset_id}', method: 'DELETE' }, kind: 'drop_after' });
		expect(jsonOf(await run('delete', FROM_ITEM, ids))).toEqual(gone(ids[0]));
		sandbox().addFault({ match: { path: '/v3/assets/{asset_id}', method: 'DELETE' }, kind: 'status', status: 503 });
		expect(jsonOf(await run('delete', { assetId: 'never_there' }))).toEqual(gone('never_there'));
	});

	it.each(['get', 'delete', 'download'])('that is not there ends %s in an error that says what to do', async (operation) => {
		const result = await runAsset(sandbox(), operation, { assetId: 'asset_gone' });
		expect(errorOf(result).message).toMatch(/^Could not \w+ the asset.*: Asset asset_gone not found \(item 1\)$/);
		expect(errorOf(result).description).toContain('Check the asset ID: the asset may be deleted');
	});
});

describe('the list of assets', () => {
	it('is that of the account, whose name is looked up once in a run', async () => {
		const ids = await seed(3);
		const result = await run('getAll', {}, ['a', 'b', 'c']);
		expect(linksOf(result)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
		expect(jsonOf(result).slice(0, 3).map(({ asset_id: id }) => id)).toEqual([...ids].reverse());
		expect(countOf(sandbox(), ME)).toBe(1);
		expect(requestsTo(sandbox(), LIST_ASSETS).map(({ query }) => query)).toEqual(
			Array(3).fill({ username: 'sandbox', limit: '50' }),
		);
	});

	it('is that of another member, whose name is not looked up', async () => {
		await seed(1);
		expect(jsonOf(await run('getAll', { username: 'ada' }))).toEqual([]);
		expect(countOf(sandbox(), ME)).toBe(0);
		expect(requestsTo(sandbox(), LIST_ASSETS).map(({ query }) => query.username)).toEqual(['ada']);
	});

	it('is that of the member whom the item names, or else of the account', async () => {
		await run('getAll', { username: '={{ $json.id }}' }, ['ada', '']);
		expect(requestsTo(sandbox(), LIST_ASSETS).map(({ query }) => query.username).sort()).toEqual(['ada', 'sandbox']);
		expect(countOf(sandbox(), ME)).toBe(1);
	});

	it('comes in pages of 100, all of them when all are asked for', async () => {
		const ids = await seed(230);
		const result = await run('getAll', { returnAll: true });
		expect(jsonOf(result).map(({ asset_id: id }) => id)).toEqual([...ids].reverse());
		expect(requestsTo(sandbox(), LIST_ASSETS).map(({ query }) => query.limit)).toEqual(['100', '100', '100']);
	});

	it('is no longer than asked for', async () => {
		const ids = await seed(120);
		expect(jsonOf(await run('getAll', { limit: 110 })).map(({ asset_id: id }) => id)).toEqual([...ids].reverse().slice(0, 110));
		expect(requestsTo(sandbox(), LIST_ASSETS).map(({ query }) => query.limit)).toEqual(['100', '10']);
	});

	it.each([
		['in a folder', { folderId: 'folder_1' }, 'folder_1'],
		['in no folder', { withoutFolder: true }, ''],
		['anywhere', { withoutFolder: false }, undefined],
	])('may be of those %s', async (_where, filters, folderId) => {
		await seed(1);
		const result = await run('getAll', { filters });
		expect(requestsTo(sandbox(), LIST_ASSETS).map(({ query }) => query.folder_id)).toEqual([folderId]);
		expect(jsonOf(result)).toHaveLength(folderId === 'folder_1' ? 0 : 1);
	});

	it('cannot be had without a name when the key may not read the account', async () => {
		const credentials = { apiKey: 'sandbox-key-no-account-scope' };
		const result = await runAsset(sandbox(), 'getAll', {}, undefined, { credentials });
		expect(errorOf(result).message).toMatch(/^Could not look up the account's username: /);
		await run('getAll', { username: 'sandbox' }, undefined, { credentials });
	});

	it('is asked for again after a look-up that failed', async () => {
		sandbox().addFault({ match: { path: '/v3/users/me' }, kind: 'status', times: timing.retryCount + 1 });
		const options = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		await run('getAll', {}, ['a', 'b'], options);
		expect(countOf(sandbox(), ME)).toBe(timing.retryCount + 2);
	});
});

describe('the states of assets', () => {
	it('are read under the name of their own id', async () => {
		const ids = await seed(2);
		const result = await run('getStatuses', { assetIds: `${ids.join(', ')}, asset_gone` });
		expect(jsonOf(result)).toEqual([
			...ids.map((id) => ({ asset_id: id, status: 'completed', batch_id: null, item_index: null })),
			{ asset_id: 'asset_gone', status: 'not_found', batch_id: null, item_index: null },
		]);
		expect(requestsTo(sandbox(), ASSET_STATUSES).map(({ query }) => query)).toEqual([
			{ asset_ids: `${ids.join(',')},asset_gone` },
		]);
	});

	it('are read 100 at a time', async () => {
		const ids = Array.from({ length: 230 }, (_, index) => `asset_${index}`);
		const parameters = { assetIds: `={{ ${JSON.stringify(ids)} }}` };
		const result = await run('getStatuses', parameters);
		expect(jsonOf(result).map(({ asset_id: id }) => id)).toEqual(ids);
		expect(countOf(sandbox(), ASSET_STATUSES)).toBe(3);
	});

	it('and what has become of a batch are read by its id', async () => {
		const files = manyFiles(10);
		const uploaded = jsonOf(await runAsset(sandbox(), 'upload', {}, await itemsOf(files)));
		const batchId = String(uploaded[0]?.batch_id);
		const entries = uploaded.map(({ asset_id: id }, index) => ({
			asset_id: id,
			status: 'completed',
			batch_id: batchId,
			item_index: index,
		}));
		expect(jsonOf(await run('getStatuses', { batchIds: batchId }))).toEqual(entries);
		expect(jsonOf(await run('getBatch', { batchId }))).toEqual(entries.map((entry) => expect.objectContaining(entry)));
		expect(jsonOf(await run('getBatch', { batchId, limit: 4 }))).toHaveLength(4);
	});

	it('say why HeyGen refused a file', async () => {
		const bad = { fileName: 'noise.mp3', mimeType: 'audio/mpeg', content: Buffer.from('no sound at all') };
		const items = await itemsOf([bad, ...manyFiles(9)]);
		const result = await runAsset(sandbox(), 'upload', {}, items, { onError: 'continueErrorOutput' });
		const { batch_id: batchId } = jsonOf(result, 1)[0]?.details as { batch_id: string };
		const [first] = jsonOf(await run('getBatch', { batchId, limit: 1 }));
		expect(first).toEqual({
			batch_id: batchId,
			item_index: 0,
			asset_id: expect.stringMatching(/^asset_/),
			status: 'failed',
			failure: { code: 'invalid_parameter', message: 'The uploaded bytes are not audio/mpeg' },
		});
	});
});

describe('the search', () => {
	it('finds images of the catalogue', async () => {
		const result = await run('search', { query: 'mountain' });
		const found = jsonOf(result);
		expect(found.length).toBeGreaterThan(3);
		expect(found[0]).toEqual({
			id: expect.stringMatching(/^image_/),
			type: 'image',
			url: expect.stringMatching(/^http/),
			width: expect.any(Number),
			height: expect.any(Number),
			orientation: expect.any(String),
			is_transparent: false,
		});
		expect(sandbox().requests()[0]?.query).toEqual({ query: 'mountain', type: 'image', limit: '50' });
	});

	it('finds icons, and one\'s own', async () => {
		const filters = { scope: 'personal' };
		const found = jsonOf(await run('search', { query: 'mountain star', type: 'icon', filters, limit: 2 }));
		expect(found.map(({ type }) => type)).toEqual(found.map(() => 'icon'));
		expect(sandbox().requests()[0]?.query).toEqual({
			query: 'mountain star',
			type: 'icon',
			scope: 'personal',
			limit: '2',
		});
	});

	it('may find nothing', async () => {
		expect(jsonOf(await run('search', { query: 'zebra' }))).toEqual([]);
	});
});

it('what one operation puts out, the next takes in', async () => {
	const file = pngFile('chain.png');
	const [uploaded] = jsonOf(await runAsset(sandbox(), 'upload', {}, await itemsOf([file])));
	const assetId = String(uploaded?.asset_id);
	expect(jsonOf(await run('get', { assetId }))).toEqual([expect.objectContaining({ asset_id: assetId, name: 'chain.png' })]);
	expect(jsonOf(await run('getStatuses', { assetIds: assetId }))).toEqual([
		expect.objectContaining({ asset_id: assetId, status: 'completed' }),
	]);
	expect(jsonOf(await run('delete', { assetId }))).toEqual([{ deleted: true, id: assetId }]);
});
