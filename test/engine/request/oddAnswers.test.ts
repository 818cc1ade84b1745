/** Answers in shapes that HeyGen's documents do not show: an error says so, and one bad answer ends no other item's wait. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import type { Fault } from '../../sandbox';
import { HeyGenAsset } from '../../../nodes/HeyGenAsset/HeyGenAsset.node';
import { runNode } from '../support/harness';
import {
	avatar,
	countOf,
	createVideos,
	CREATE,
	CREATE_BATCH,
	errorOf,
	FAST_JOBS,
	GET,
	idItems,
	ID_FROM_ITEM,
	jsonOf,
	linksOf,
	manyScripts,
	nodeRun,
	READ_BATCH,
	runVideo,
	STATUSES,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

useTiming({ catchUpTime: 1_000 });
const sandbox = useSandbox(FAST_JOBS);

/** Makes an endpoint answer something else. @param endpoint method and path template */
function answer(endpoint: string, body: unknown, more: Partial<Fault> = {}): void {
	const [method = '', path = ''] = endpoint.split(' ');
	sandbox().addFault({ match: { method, path }, kind: 'answer', body, times: -1, ...more });
}

const NO = { data: null, error: { code: 'insufficient_credit', message: 'The wallet is empty' } };

describe("HeyGen's no with a status of success is an error in HeyGen's words", () => {
	it.each<[string, string, INodeParameters]>([
		['get', GET, { videoId: 'v1' }],
		['delete', 'DELETE /v3/videos/{video_id}', { videoId: 'v1' }],
		['getAll', 'GET /v3/videos', {}],
		['getStatuses', STATUSES, { videoIds: 'v1' }],
		['getBatch', READ_BATCH, { batchId: 'b1' }],
		['createAvatar', CREATE, avatar({ script: 'Hello' })],
		['createAvatar', CREATE_BATCH, avatar({ script: 'Hello', options: { sendAsBatch: true } })],
	])('%s', async (operation, endpoint, parameters) => {
		for (const body of [NO, { error: NO.error }, { ...NO, status: 'ok' }]) {
			answer(endpoint, body);
			const error = errorOf(await runVideo(sandbox(), operation, parameters));
			expect(error.message).toMatch(/^Could not .*: The wallet is empty \(item 1\)$/);
			expect(error.description).toContain('Top it up in HeyGen');
			sandbox().clearFaults();
		}
		expect(sandbox().stats().requestsTotal).toBe(3);
	});
});

describe('another shape than a record is an error that says so', () => {
	it.each([
		[null, 'nothing'],
		[[], 'a list'],
		[[{ id: 'v1' }], 'a list'],
		['v1', 'a text'],
		[7, 'a number'],
		[true, 'a boolean'],
	])('%j', async (data, what) => {
		answer(GET, { data });
		answer(CREATE, { data });
		const read = errorOf(await runVideo(sandbox(), 'get', { videoId: 'v1' }));
		expect(read.message).toBe(`Could not get the video: HeyGen's answer holds ${what} instead of a record (item 1)`);
		const made = errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hello' })));
		expect(made.message).toBe(`Could not create the video: HeyGen's answer holds ${what} instead of a record (item 1)`);
		expect(made.description).toContain('HeyGen may have taken the request all the same');
	});

	it('in an upload, too', async () => {
		answer('GET /v3/assets/{asset_id}', { data: [1] });
		for (const operation of ['get', 'download']) {
			const run = nodeRun(new HeyGenAsset(), sandbox(), { resource: 'asset', operation, assetId: 'a1' });
			expect(errorOf(await runNode(run)).message).toContain("HeyGen's answer holds a list instead of a record");
		}
	});
});

describe('another shape than a list of records is an error that says so', () => {
	it.each<[unknown, string]>([
		[null, "HeyGen's answer holds nothing instead of a list"],
		[{ id: 'v1' }, "HeyGen's answer holds a record instead of a list"],
		['v1', "HeyGen's answer holds a text instead of a list"],
		[[{ id: 'v1' }, null], "entry 2 of HeyGen's list is nothing instead of a record"],
		[['v1'], "entry 1 of HeyGen's list is a text instead of a record"],
		[[[]], "entry 1 of HeyGen's list is a list instead of a record"],
	])('%j', async (data, words) => {
		answer('GET /v3/videos', { data, has_more: false, next_token: null });
		answer(STATUSES, { data });
		expect(errorOf(await runVideo(sandbox(), 'getAll')).message).toContain(words);
		expect(errorOf(await runVideo(sandbox(), 'getStatuses', { videoIds: 'v1' })).message).toContain(words);
	});

	it('an empty list is none', async () => {
		answer('GET /v3/videos', { data: [] });
		expect(jsonOf(await runVideo(sandbox(), 'getAll'))).toEqual([]);
	});
});

/** Waits for videos that end soon, and for others. */
async function waitFor(ids: string[], more: INodeParameters = {}) {
	return await runVideo(
		sandbox(),
		'wait',
		{ videoId: ID_FROM_ITEM, download: [], waitOptions: { timeoutMinutes: 0.1 }, ...more },
		{ items: idItems(ids), onError: 'continueErrorOutput' },
	);
}

const reads = () => countOf(sandbox(), GET);

describe('bulk statuses that are refused', () => {
	it.each([400, 401, 403, 404, 409, 414, 431])('once, with %d, end no wait', async (status) => {
		const ids = await createVideos(sandbox(), 5);
		sandbox().addFault({ match: { path: '/v3/videos/statuses' }, kind: 'status', status });
		const result = await waitFor(ids);
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4]);
		expect(linksOf(result, 1)).toEqual([]);
	});

	it.each([401, 403, 404, 500])('always, with %d, end none either', async (status) => {
		const ids = await createVideos(sandbox(), 5);
		sandbox().addFault({ match: { path: '/v3/videos/statuses' }, kind: 'status', status, times: -1 });
		expect(linksOf(await waitFor(ids))).toEqual([0, 1, 2, 3, 4]);
	});

	it('because of one id end that one alone', async () => {
		const ids = await createVideos(sandbox(), 3);
		const result = await waitFor([ids[0] as string, 'no-such-video', ids[1] as string, ids[2] as string]);
		expect(linksOf(result)).toEqual([0, 2, 3]);
		expect(jsonOf(result, 1)).toEqual([expect.objectContaining({ details: expect.objectContaining({ video_id: 'no-such-video' }) as unknown })]);
	});

	it('are soon asked for no more', async () => {
		const ids = await createVideos(sandbox(), 3, { title: '[stuck]' });
		sandbox().addFault({ match: { path: '/v3/videos/statuses' }, kind: 'status', status: 403, times: -1 });
		await waitFor(ids, { waitOptions: { timeoutMinutes: 0.03 } });
		expect(countOf(sandbox(), STATUSES)).toBe(3);
	});
});

describe('statuses that say nothing', () => {
	it.each<[unknown]>([[[]], [null], [{}], ['ok'], [[null, 7, 'x']], [[{ id: 'other' }]], [[{ video_id: null, status: 'completed' }]]])(
		'%j do not keep a finished video from being seen',
		async (data) => {
			const ids = await createVideos(sandbox(), 3);
			answer(STATUSES, { data });
			const result = await waitFor(ids);
			expect(linksOf(result)).toEqual([0, 1, 2]);
			expect(jsonOf(result).every(({ status }) => status === 'completed')).toBe(true);
		},
	);

	it('while the video runs cost one GET in several looks', async () => {
		const ids = await createVideos(sandbox(), 1, { title: '[stuck]' });
		answer(STATUSES, { data: [] });
		const result = await waitFor(ids, { waitOptions: { timeoutMinutes: 0.03 } });
		expect(jsonOf(result, 1)[0]?.error).toContain('was not finished within');
		expect(reads()).toBeLessThanOrEqual(countOf(sandbox(), STATUSES) / 3 + 2);
	});

	it('before a time-out are not the last word', async () => {
		const ids = await createVideos(sandbox(), 1);
		const running = [{ video_id: ids[0], status: 'processing' }] as IDataObject[];
		answer(STATUSES, { data: running });
		expect(linksOf(await waitFor(ids, { waitOptions: { timeoutMinutes: 0.02 } }))).toEqual([0]);
		expect(reads()).toBe(1);
	});

	it('before a time-out do not hold it up when HeyGen does not answer', async () => {
		const ids = await createVideos(sandbox(), 1, { title: '[stuck]' });
		const before = { ...timing };
		Object.assign(timing, { lastLook: 100 });
		sandbox().addFault({ match: { path: '/v3/videos/{video_id}' }, kind: 'hang', times: -1 });
		const result = await waitFor(ids, { waitOptions: { timeoutMinutes: 0.005 } });
		Object.assign(timing, before);
		expect(jsonOf(result, 1)[0]?.error).toContain('was not finished within');
	});
});

describe('what is not known yet is waited for', () => {
	it.each([
		['a GET after the statuses said completed', GET],
		['the statuses of a new video', STATUSES],
	])('%s', async (_what, endpoint) => {
		const [method = '', path = ''] = endpoint.split(' ');
		sandbox().addFault({ match: { method, path }, kind: 'status', status: 404, code: 'video_not_found', times: 2 });
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(3) });
		expect(result.originalError).toBeUndefined();
	});

	it('the first reads of a batch', async () => {
		sandbox().addFault({ match: { method: 'GET', path: '/v3/videos/batches/{batch_id}' }, kind: 'status', status: 404, times: 3 });
		const parameters = waitingAvatar({ options: { sendAsBatch: true } });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(3) });
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toHaveLength(3);
	});

	it('a stray refusal of a batch, too', async () => {
		sandbox().addFault({ match: { method: 'GET', path: '/v3/videos/batches/{batch_id}' }, kind: 'status', status: 403, times: 2 });
		const parameters = waitingAvatar({ options: { sendAsBatch: true } });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(3) });
		expect(result.originalError).toBeUndefined();
	});

	it('a batch that is refused for good ends in an error that names it', async () => {
		sandbox().addFault({ match: { method: 'GET', path: '/v3/videos/batches/{batch_id}' }, kind: 'status', status: 403, times: -1 });
		const parameters = waitingAvatar({ options: { sendAsBatch: true } });
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(3) }));
		expect(error.message).toMatch(/Could not read the batch batch_\S+/);
	});

	it('a video made by a node before, that another one attaches to', async () => {
		const made = await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(2) });
		const ids = jsonOf(made).map(({ video_id: id }) => String(id));
		for (const path of ['/v3/videos/{video_id}', '/v3/videos/statuses']) {
			sandbox().addFault({ match: { method: 'GET', path }, kind: 'status', status: 404, code: 'video_not_found', times: 3 });
		}
		expect(linksOf(await waitFor(ids))).toEqual([0, 1]);
	});

	it('but an id that never was is told at once', async () => {
		await waitFor(['no-such-video']);
		// Its state, its record, and that of a model's video.
		expect(sandbox().stats().requestsTotal).toBe(3);
	});
});

it('500 waits for one video take one GET', async () => {
	const [id = ''] = await createVideos(sandbox(), 1);
	const result = await waitFor(Array(500).fill(id) as string[]);
	expect(linksOf(result)).toHaveLength(500);
	expect(reads()).toBe(1);
});
