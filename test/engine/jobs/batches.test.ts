/** Send as Batch: one request for up to 100 items, and every item keeps its own result or error. */
import type { INodeParameters } from 'n8n-workflow';
import {
	avatar,
	bodiesOf,
	countOf,
	CREATE,
	CREATE_BATCH,
	errorOf,
	GET,
	itemAt,
	jsonOf,
	linksOf,
	locator,
	manyScripts,
	PHOTO_LOOK,
	READ_BATCH,
	requestsTo,
	runVideo,
	TWIN_LOOK,
	useSandbox,
	useTiming,
} from '../support/support';
import { timing } from '../../../nodes/engine/basics/timing';
import { sampleFile } from '../../sandbox';
import { readBinary } from '../support/harness';

useTiming();
const sandbox = useSandbox();

/** Parameters of a create that goes out in a batch. */
function batched(more: INodeParameters = {}, options: INodeParameters = {}): INodeParameters {
	return avatar({ ...more, options: { ...options, sendAsBatch: true } });
}

/** Takes the avatar of item 2 from `id`, and of the others from the photo look. */
const item2With = (id: string) => locator(`={{ $json.row === 2 ? "${id}" : "${PHOTO_LOOK}" }}`);

const scriptsOf = (body: object): unknown[] =>
	(body as { videos: Array<{ script: string }> }).videos.map(({ script }) => script);

/** The words that each output item's video speaks, by what the sandbox made of its id. */
function spoken(json: { video_id?: unknown }): string | undefined {
	return sandbox().store.get(String(json.video_id))?.spoken;
}

describe('250 items', () => {
	it('go out in 3 requests, and come out as 250 results in order', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', batched(), { items: manyScripts(250) });
		expect(result.originalError).toBeUndefined();
		expect(linksOf(result)).toEqual(Array.from({ length: 250 }, (_, item) => item));
		expect(jsonOf(result).map(spoken)).toEqual(Array.from({ length: 250 }, (_, item) => `Script ${item}`));
		expect(jsonOf(result)[249]).toEqual({
			video_id: expect.any(String),
			batch_id: expect.stringMatching(/^batch_/),
			item_index: 49,
			status: expect.stringMatching(/queued|processing|completed/),
		});
		expect(new Set(jsonOf(result).map(({ batch_id }) => batch_id)).size).toBe(3);
		expect(countOf(sandbox(), CREATE_BATCH)).toBe(3);
		expect(countOf(sandbox(), CREATE)).toBe(0);
		expect(sandbox().stats().videosCreated).toBe(250);
	});
});

describe('a small batch', () => {
	it('is waited for and downloaded', async () => {
		const parameters = batched({ waitForCompletion: true, download: ['video'] });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(5) });
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4]);
		for (const [index, json] of jsonOf(result).entries()) {
			expect(json).toMatchObject({ video_id: expect.any(String), status: 'completed' });
			expect(spoken(json)).toBe(`Script ${index}`);
			expect((await readBinary(itemAt(result, index), 'video')).equals(sampleFile('mp4'))).toBe(true);
		}
		expect(countOf(sandbox(), CREATE_BATCH)).toBe(1);
		expect(countOf(sandbox(), GET)).toBe(5);
		expect(sandbox().stats()).toMatchObject({ videosCreated: 5, fileRequests: 5, keysSeenOnFileHost: 0 });
	});

	it('has what each item asks for', async () => {
		const options = { title: '=Title {{ $json.row }}', resolution: '720p' };
		await runVideo(sandbox(), 'createAvatar', batched({}, options), { items: manyScripts(2) });
		expect(bodiesOf(sandbox(), CREATE_BATCH)).toEqual([
			{
				videos: [0, 1].map((row) => ({
					type: 'avatar',
					avatar_id: PHOTO_LOOK,
					script: `Script ${row}`,
					title: `Title ${row}`,
					resolution: '720p',
				})),
			},
		]);
	});

	it('of one item works too', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', batched(), { items: manyScripts(1) });
		expect(spoken(itemAt(result).json)).toBe('Script 0');
		expect(countOf(sandbox(), CREATE_BATCH)).toBe(1);
	});

	it('says which items HeyGen has not started when it has no places', async () => {
		sandbox().configure({ concurrentJobs: 1, jobSeconds: 600 });
		const result = await runVideo(sandbox(), 'createAvatar', batched(), { items: manyScripts(3) });
		expect(jsonOf(result).map(({ video_id }) => typeof video_id)).toEqual(['string', 'object', 'object']);
		expect(jsonOf(result)[2]).toEqual({
			video_id: null,
			batch_id: expect.stringMatching(/^batch_/),
			item_index: 2,
			status: 'queued',
		});
	});

	it('names the batch when waiting for places took too long', async () => {
		sandbox().configure({ concurrentJobs: 0 });
		const parameters = batched({ waitForCompletion: true, download: [] }, { queueTimeoutMinutes: 0.01 });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, {
			items: manyScripts(2),
			onError: 'continueErrorOutput',
		});
		const [first] = jsonOf(result, 1);
		expect(linksOf(result, 1)).toEqual([0, 1]);
		expect(first?.error).toMatch(/^HeyGen has not started this item of batch batch_[\w-]+ in time/);
		expect(first?.details).toMatchObject({
			batch_id: expect.stringMatching(/^batch_/),
			item_index: 0,
			description: expect.stringContaining("'Get Batch'"),
		});
	});
});

describe('one bad item', () => {
	it('that HeyGen cannot make fails alone', async () => {
		const parameters = batched({ avatarId: item2With('no_such_look') });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, {
			items: manyScripts(5),
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([0, 1, 3, 4]);
		expect(jsonOf(result).map(spoken)).toEqual([0, 1, 3, 4].map((index) => `Script ${index}`));
		expect(linksOf(result, 1)).toEqual([2]);
		expect(jsonOf(result, 1)).toEqual([
			{
				row: 2,
				script: 'Script 2',
				error: 'Could not create the video: Avatar no_such_look not found (item 3)',
				details: expect.objectContaining({ code: 'avatar_not_found', item_index: 2 }),
			},
		]);
		expect(sandbox().stats().videosCreated).toBe(4);
	});

	it('that is not right before anything is sent is not sent', async () => {
		const items = manyScripts(5);
		items[2] = { json: { row: 2, script: '' } };
		const result = await runVideo(sandbox(), 'createAvatar', batched(), {
			items,
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([0, 1, 3, 4]);
		expect(jsonOf(result, 1)).toEqual([
			expect.objectContaining({ row: 2, error: expect.stringMatching(/^'Script' is empty/) }),
		]);
		expect(bodiesOf(sandbox(), CREATE_BATCH).map(scriptsOf)).toEqual([
			[0, 1, 3, 4].map((index) => `Script ${index}`),
		]);
	});

	it('that fails before it comes to the batch does not hold up the others', async () => {
		const parameters = batched({
			waitForCompletion: true,
			download: '={{ $json.row === 2 ? ["film"] : [] }}',
		});
		const result = await runVideo(sandbox(), 'createAvatar', parameters, {
			items: manyScripts(4),
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([0, 1, 3]);
		expect(linksOf(result, 1)).toEqual([2]);
		expect(countOf(sandbox(), CREATE_BATCH)).toBe(1);
	});

	it('that makes HeyGen refuse the batch is taken out, and the others go', async () => {
		const parameters = batched({ avatarId: item2With(TWIN_LOOK) }, { expressiveness: 'high' });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, {
			items: manyScripts(5),
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([0, 1, 3, 4]);
		expect(jsonOf(result).map(spoken)).toEqual([0, 1, 3, 4].map((index) => `Script ${index}`));
		expect(jsonOf(result, 1)).toEqual([
			expect.objectContaining({
				row: 2,
				error: expect.stringMatching(/expressiveness.*\(item 3\)$/),
				details: expect.objectContaining({ httpCode: '400', param: 'videos[2].expressiveness' }),
			}),
		]);
		expect(requestsTo(sandbox(), CREATE_BATCH).map(({ status }) => status)).toEqual([400, 202]);
		expect(sandbox().stats().videosCreated).toBe(4);
	});

	it('stops the node, which names the videos of the others', async () => {
		const parameters = batched({ avatarId: item2With('no_such_look') });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(4) });
		const error = errorOf(result);
		const ids = sandbox().store.page({}, 10, undefined).videos.map(({ id }) => id);
		expect(error.message).toContain('(item 3)');
		expect(ids).toHaveLength(3);
		for (const id of ids) expect(error.description).toContain(id);
	});

	it('stops the node, which names the batch of those that have no id yet', async () => {
		sandbox().configure({ concurrentJobs: 1, jobSeconds: 600 });
		const parameters = batched({ avatarId: item2With('no_such_look') });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(5) });
		const error = errorOf(result);
		expect(error.message).toContain('(item 3)');
		expect(error.description).toMatch(/batch_[0-9a-f-]{36}/);
	});
});

describe('a batch is made once', () => {
	it('when its answer gets lost', async () => {
		sandbox().addFault({ match: { path: '/v3/videos/batches' }, kind: 'drop_after', times: 2 });
		const result = await runVideo(sandbox(), 'createAvatar', batched(), { items: manyScripts(20) });
		expect(jsonOf(result).map(spoken)).toEqual(Array.from({ length: 20 }, (_, item) => `Script ${item}`));
		const requests = requestsTo(sandbox(), CREATE_BATCH);
		expect(requests).toHaveLength(3);
		expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
		expect(sandbox().stats().videosCreated).toBe(20);
	});

	it('when the node is tried again', async () => {
		const times = 2 * (timing.retryCount + 1);
		sandbox().addFault({ match: { path: '/v3/videos/batches' }, kind: 'drop_after', times });
		const result = await runVideo(sandbox(), 'createAvatar', batched(), {
			items: manyScripts(120),
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		});
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result).map(spoken)).toEqual(Array.from({ length: 120 }, (_, item) => `Script ${item}`));
		// More requests than one try of the node makes.
		expect(countOf(sandbox(), CREATE_BATCH)).toBeGreaterThan(times);
		expect(sandbox().stats().videosCreated).toBe(120);
	});

	it('when reading it fails for a while', async () => {
		const match = { path: '/v3/videos/batches/{batch_id}' };
		sandbox().addFault({ match, kind: 'status', status: 503, times: timing.retryCount + 3 });
		const result = await runVideo(sandbox(), 'createAvatar', batched(), { items: manyScripts(3) });
		expect(jsonOf(result).map(spoken)).toEqual(['Script 0', 'Script 1', 'Script 2']);
		expect(countOf(sandbox(), READ_BATCH)).toBeGreaterThan(timing.retryCount + 3);
		expect(sandbox().stats().videosCreated).toBe(3);
	});

	it('or not at all: then every item has the error', async () => {
		sandbox().addFault({ match: { path: '/v3/videos/batches' }, kind: 'status', status: 500, times: -1 });
		const result = await runVideo(sandbox(), 'createAvatar', batched(), {
			items: manyScripts(3),
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result, 1)).toEqual([0, 1, 2]);
		jsonOf(result, 1).forEach(({ error }, index) =>
			expect(error).toBe(
				`Could not create the video in a batch of 3: Injected fault: internal_error (item ${index + 1})`,
			),
		);
		expect(sandbox().stats().videosCreated).toBe(0);
	});

	it('and without an idempotency key it is not sent again', async () => {
		sandbox().addFault({ match: { path: '/v3/videos/batches' }, kind: 'drop_after' });
		const parameters = batched({}, { sendIdempotencyKey: false });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, {
			items: manyScripts(3),
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result, 1)).toEqual([0, 1, 2]);
		expect(requestsTo(sandbox(), CREATE_BATCH).map(({ idempotencyKey }) => idempotencyKey)).toEqual([null]);
	});
});
