/** Lists: pages, limits and filters; and bulk statuses. Simplify is in simplify.test.ts. */
import type { IDataObject } from 'n8n-workflow';
import { SandboxClient } from '../../sandbox/client';
import {
	countOf,
	createVideos,
	errorOf,
	itemAt,
	jsonOf,
	linksOf,
	LIST,
	PHOTO_LOOK,
	READ_BATCH,
	requestsTo,
	runVideo,
	seedVideos,
	STATUSES,
	useSandbox,
	useTiming,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

/** The page sizes that a list was asked for. */
const limitsAsked = () => requestsTo(sandbox(), LIST).map(({ query }) => Number(query.limit));

describe('Get Many', () => {
	it('reads 10,000 videos with 100 requests', async () => {
		const ids = seedVideos(sandbox(), 10_000);
		const result = await runVideo(sandbox(), 'getAll', { returnAll: true });
		expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(ids);
		expect(new Set(jsonOf(result).map(({ video_id: id }) => id)).size).toBe(10_000);
		expect(limitsAsked()).toEqual(Array(100).fill(100));
		expect(new Set(requestsTo(sandbox(), LIST).map(({ query }) => query.token)).size).toBe(100);
	});

	it.each([
		[30, [30]],
		[100, [100]],
		[150, [100, 50]],
		[200, [100, 100]],
	])('asks for a limit of %i in pages of %j', async (limit, pages) => {
		const ids = seedVideos(sandbox(), 300);
		const result = await runVideo(sandbox(), 'getAll', { limit });
		expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(ids.slice(0, limit));
		expect(limitsAsked()).toEqual(pages);
	});

	it('stops where the list ends', async () => {
		const ids = seedVideos(sandbox(), 20);
		const result = await runVideo(sandbox(), 'getAll', { limit: 150 });
		expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(ids);
		expect(limitsAsked()).toEqual([100]);
	});

	it('has 50 as its limit when the user sets none', async () => {
		seedVideos(sandbox(), 60);
		const result = await runVideo(sandbox(), 'getAll');
		expect(jsonOf(result)).toHaveLength(50);
		expect(limitsAsked()).toEqual([50]);
	});

	it('links every record to the item that asked', async () => {
		seedVideos(sandbox(), 3);
		const result = await runVideo(sandbox(), 'getAll', { returnAll: true }, { items: [{ json: {} }, { json: {} }] });
		expect(linksOf(result)).toEqual([0, 0, 0, 1, 1, 1]);
	});

	it('gives no items for an empty list', async () => {
		const result = await runVideo(sandbox(), 'getAll', { returnAll: true });
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toEqual([]);
		expect(limitsAsked()).toEqual([100]);
	});

	it.each(['={{ 0 }}', '={{ -5 }}', '={{ 2.5 }}', '={{ "many" }}'])('refuses the limit %s', async (limit) => {
		const error = errorOf(await runVideo(sandbox(), 'getAll', { limit }));
		expect(error.message).toMatch(/^'Limit' must be a whole number of 1 or more/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('takes a limit that an expression gives as text', async () => {
		seedVideos(sandbox(), 10);
		const result = await runVideo(sandbox(), 'getAll', { limit: '={{ "7" }}' });
		expect(jsonOf(result)).toHaveLength(7);
	});

	it('filters by folder', async () => {
		seedVideos(sandbox(), 3);
		const ids = await createVideos(sandbox(), 2, { folder_id: 'folder_7' });
		const result = await runVideo(sandbox(), 'getAll', { filters: { folderId: 'folder_7' } });
		expect(jsonOf(result).map(({ video_id: id }) => id).sort()).toEqual([...ids].sort());
		expect(requestsTo(sandbox(), LIST)[0]?.query).toEqual({ folder_id: 'folder_7', limit: '50' });
	});

	it('filters by title, on every page', async () => {
		seedVideos(sandbox(), 250);
		// "Seeded video 1", 10 to 19, 100 to 199.
		const result = await runVideo(sandbox(), 'getAll', { returnAll: true, filters: { title: 'video 1' } });
		expect(jsonOf(result)).toHaveLength(111);
		expect(requestsTo(sandbox(), LIST).map(({ query }) => query.title)).toEqual(['video 1', 'video 1']);
	});

	it('leaves empty filters out', async () => {
		seedVideos(sandbox(), 1);
		await runVideo(sandbox(), 'getAll', { filters: { title: '', folderId: '' } });
		expect(requestsTo(sandbox(), LIST)[0]?.query).toEqual({ limit: '50' });
	});

	it('ends with an error when the list never does', async () => {
		seedVideos(sandbox(), 250);
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'endless_cursor', times: -1 });
		const error = errorOf(await runVideo(sandbox(), 'getAll', { returnAll: true }));
		expect(error.message).toContain('HeyGen sent the same page cursor twice, so the list would never end');
		expect(error.description).toContain('200 records came before that');
		expect(countOf(sandbox(), LIST)).toBe(2);
	});
});

describe('Get', () => {
	it('takes a number as an id, and trims what was pasted', async () => {
		const options = { onError: 'continueRegularOutput' } as const;
		await runVideo(sandbox(), 'get', { videoId: '={{ 42 }}' }, options);
		await runVideo(sandbox(), 'get', { videoId: ' abc\n' }, options);
		// What is not among the videos may be one of a prompt.
		const places = ['/v3/videos/42', '/v3/models/videos/42', '/v3/videos/abc', '/v3/models/videos/abc'];
		expect(sandbox().requests().map(({ path }) => path)).toEqual(places);
	});
});

/** Makes a batch of videos without the node. @returns its id. */
async function createBatch(count: number): Promise<string> {
	const videos = Array.from({ length: count }, (_, index) => ({
		type: 'avatar',
		avatar_id: PHOTO_LOOK,
		script: `Script ${index}`,
	}));
	const { body } = await new SandboxClient(sandbox().url).post('/v3/videos/batches', { videos });
	return (body as { data: { batch_id: string } }).data.batch_id;
}

describe('Get Batch', () => {
	it('gives one item per video, each with the batch id', async () => {
		const batchId = await createBatch(100);
		const result = await runVideo(sandbox(), 'getBatch', { batchId, returnAll: true });
		expect(jsonOf(result).map(({ item_index }) => item_index)).toEqual([...Array(100).keys()]);
		expect(new Set(jsonOf(result).map(({ batch_id }) => batch_id))).toEqual(new Set([batchId]));
		expect(requestsTo(sandbox(), READ_BATCH).map(({ query }) => query)).toEqual([{ limit: '100' }]);
	});

	it('keeps to its limit', async () => {
		const batchId = await createBatch(60);
		const result = await runVideo(sandbox(), 'getBatch', { batchId, limit: 30 });
		expect(jsonOf(result).map(({ item_index }) => item_index)).toEqual([...Array(30).keys()]);
		expect(requestsTo(sandbox(), READ_BATCH).map(({ query }) => query.limit)).toEqual(['30']);
	});

	it('follows the cursor that is inside data, and not for ever', async () => {
		const batchId = await createBatch(10);
		sandbox().addFault({ match: { path: '/v3/videos/batches/{batch_id}' }, kind: 'endless_cursor', times: -1 });
		const error = errorOf(await runVideo(sandbox(), 'getBatch', { batchId, returnAll: true }));
		expect(error.message).toContain('same page cursor twice');
		const [first, second] = requestsTo(sandbox(), READ_BATCH);
		expect(first?.query.token).toBeUndefined();
		expect(second?.query.token).toEqual(expect.any(String));
		expect(countOf(sandbox(), READ_BATCH)).toBe(2);
	});

	it('says that a batch is not there', async () => {
		const error = errorOf(await runVideo(sandbox(), 'getBatch', { batchId: 'batch_none' }));
		expect(error.message).toContain('Batch batch_none not found');
		expect(error.httpCode).toBe('404');
	});
});

describe('Get Statuses', () => {
	const idsAsked = () => requestsTo(sandbox(), STATUSES).map(({ query }) => String(query.video_ids).split(','));

	it('reads 250 ids with 3 requests, in order', async () => {
		const ids = seedVideos(sandbox(), 250);
		const result = await runVideo(sandbox(), 'getStatuses', { videoIds: ids.join(', ') });
		expect(jsonOf(result).map(({ video_id }) => video_id)).toEqual(ids);
		expect(new Set(jsonOf(result).map(({ status }) => status))).toEqual(new Set(['completed']));
		expect(new Set(linksOf(result))).toEqual(new Set([0]));
		expect(idsAsked().map(({ length }) => length).sort()).toEqual([100, 100, 50]);
	});

	it('takes a list from an expression', async () => {
		const ids = seedVideos(sandbox(), 3);
		const items = [{ json: { ids } as IDataObject }];
		const result = await runVideo(sandbox(), 'getStatuses', { videoIds: '={{ $json.ids }}' }, { items });
		expect(jsonOf(result).map(({ video_id }) => video_id)).toEqual(ids);
		expect(idsAsked()).toEqual([ids]);
	});

	it('reads batches, next to videos', async () => {
		const batchId = await createBatch(2);
		const [videoId = ''] = seedVideos(sandbox(), 1);
		const result = await runVideo(sandbox(), 'getStatuses', { videoIds: videoId, batchIds: batchId });
		expect(jsonOf(result).map(({ video_id, batch_id }) => [typeof video_id, batch_id])).toEqual([
			['string', null],
			[expect.any(String), batchId],
			[expect.any(String), batchId],
		]);
	});

	it('shows what HeyGen does not know as such', async () => {
		const result = await runVideo(sandbox(), 'getStatuses', { videoIds: 'nobody' });
		expect(itemAt(result).json).toMatchObject({ video_id: 'nobody', status: 'not_found' });
	});

	it('has nothing to ask without ids', async () => {
		const error = errorOf(await runVideo(sandbox(), 'getStatuses', { videoIds: ' , ' }));
		expect(error.message).toBe("'Video IDs' and 'Batch IDs' are both empty (item 1)");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('Delete', () => {
	it('deletes each video once', async () => {
		const ids = seedVideos(sandbox(), 3);
		const result = await runVideo(sandbox(), 'delete', { videoId: ids[1] ?? '' });
		expect(jsonOf(result)).toEqual([{ deleted: true, id: ids[1] }]);
		expect(sandbox().store.page({}, 10, undefined).videos.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
	});
});
