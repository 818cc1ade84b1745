/** Waiting for videos: how often HeyGen is asked, what counts as finished, and how waiting ends. */
import { defaultMaxListeners, getEventListeners, getMaxListeners } from 'node:events';
import { timing } from '../../../nodes/engine/basics/timing';
import type { RequestLogEntry } from '../../sandbox';
import {
	avatar,
	bodiesOf,
	countOf,
	CREATE,
	createVideos,
	endOf,
	errorOf,
	GET,
	ID_FROM_ITEM,
	idItems,
	itemAt,
	jsonOf,
	linksOf,
	manyScripts,
	requestsTo,
	runVideo,
	sleepFor,
	startVideo,
	STATUSES,
	until,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox({ jobSeconds: 0.3, jobQueueSeconds: 0.05 });

/** The ids that a bulk status request asks about. */
function idsAsked({ query }: RequestLogEntry): string[] {
	return String(query.video_ids).split(',');
}

/**
 * Bulk status requests, by look: those of one look ask about different videos, and whoever is asked about again
 * begins the next.
 */
function looks(requests: readonly RequestLogEntry[]): string[][][] {
	const ticks: string[][][] = [];
	let seen = new Set<string>();
	for (const ids of requests.map(idsAsked)) {
		if (ticks.length === 0 || ids.some((id) => seen.has(id))) {
			ticks.push([]);
			seen = new Set();
		}
		ids.forEach((id) => seen.add(id));
		ticks.at(-1)?.push(ids);
	}
	return ticks;
}

/** How often each path was read with GET. */
function readsByPath(): Map<string, number> {
	const reads = new Map<string, number>();
	for (const { path } of requestsTo(sandbox(), GET)) reads.set(path, (reads.get(path) ?? 0) + 1);
	return reads;
}

describe('asking', () => {
	it('takes two requests a look for 200 running videos, and one more for each that has finished', async () => {
		// Wide pauses, so that videos that are due together are asked about together on a slow machine too.
		const before = { ...timing };
		Object.assign(timing, { pollFirst: 1_000, pollMax: 1_000 });
		sandbox().configure({ jobSeconds: 4.5 });
		const ids = await createVideos(sandbox(), 200);
		const parameters = { videoId: ID_FROM_ITEM, download: [] };
		const result = await runVideo(sandbox(), 'wait', parameters, { items: idItems(ids) });
		Object.assign(timing, before);
		expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual(ids);
		expect(linksOf(result)).toEqual(ids.map((_, item) => item));
		expect(jsonOf(result).every(({ status }) => status === 'completed')).toBe(true);

		const ticks = looks(requestsTo(sandbox(), STATUSES));
		expect(ticks.length).toBeGreaterThanOrEqual(4);
		// On a slow machine the first look comes before the last item has begun.
		expect(ticks[0]?.flat().length).toBeLessThanOrEqual(200);
		expect(ticks.slice(1, 3).map((tick) => tick.flat().length)).toEqual([200, 200]);
		for (const tick of ticks) expect(tick).toHaveLength(Math.ceil(tick.flat().length / 100));
		expect([...readsByPath().values()]).toEqual(ids.map(() => 1));
		expect(sandbox().stats()).toMatchObject({ videosCreated: 200, fileRequests: 0 });
	});

	it('goes on for new videos in the same way', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(120) });
		expect(jsonOf(result).every(({ status }) => status === 'completed')).toBe(true);
		expect([...readsByPath().values()]).toEqual(Array(120).fill(1));
		for (const request of requestsTo(sandbox(), STATUSES)) {
			expect(idsAsked(request).length).toBeLessThanOrEqual(100);
			expect(new Set(idsAsked(request)).size).toBe(idsAsked(request).length);
		}
		// Far fewer than one for every video.
		expect(countOf(sandbox(), STATUSES)).toBeLessThan(40);
	});

	it('gets rarer with time', async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1, { title: '[stuck]' });
		await runVideo(
			sandbox(),
			'wait',
			{ videoId, download: [], waitOptions: { timeoutMinutes: 0.02 } },
			{ onError: 'continueRegularOutput' },
		);
		// 1.2 s at pauses of 75, 112, 169 and then 200 ms; without growth it would be more than 20.
		const asked = countOf(sandbox(), STATUSES);
		expect(asked).toBeGreaterThanOrEqual(3);
		expect(asked).toBeLessThanOrEqual(10);
	});

	it('is about each video once, however many items wait for it', async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1);
		const items = idItems([videoId, videoId]);
		const result = await runVideo(sandbox(), 'wait', { videoId: ID_FROM_ITEM, download: ['video'] }, { items });
		expect(jsonOf(result).map(({ video_id }) => video_id)).toEqual([videoId, videoId]);
		expect(linksOf(result)).toEqual([0, 1]);
		expect(result.outputs[0]?.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['video'], ['video']]);
		for (const request of requestsTo(sandbox(), STATUSES)) expect(idsAsked(request)).toEqual([videoId]);
	});
});

/**
 * The most listeners that any abort signal had during some work. Above its maximum Node.js warns of a memory leak on
 * the server's console; n8n's own signal has no maximum.
 */
async function mostAbortListeners(work: () => Promise<unknown>): Promise<number> {
	const add = EventTarget.prototype.addEventListener;
	let most = 0;
	const spy = jest.spyOn(EventTarget.prototype, 'addEventListener');
	spy.mockImplementation(function (this: EventTarget, ...args: Parameters<typeof add>) {
		add.apply(this, args);
		if (!(this instanceof AbortSignal) || getMaxListeners(this) !== defaultMaxListeners) return;
		most = Math.max(most, getEventListeners(this, 'abort').length);
	});
	await work();
	spy.mockRestore();
	return most;
}

describe('40 items that wait', () => {
	it('are no reason for Node.js to warn of a leak', async () => {
		const most = await mostAbortListeners(async () => {
			await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(40) });
		});
		expect(most).toBeGreaterThan(0);
		expect(most).toBeLessThanOrEqual(defaultMaxListeners);
	});
});

describe('a video counts as finished', () => {
	it('only when its URL is there', async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1, { title: '[late-url]' });
		const result = await runVideo(sandbox(), 'wait', { videoId });
		expect(itemAt(result).json.video_url).toMatch(/^http/);
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['video']);
		expect(countOf(sandbox(), GET)).toBeGreaterThan(1);
	});

	it.each(['queued', 'warming_up'])('not while its status is %s', async (status) => {
		const parameters = waitingAvatar({ script: 'Hello', options: { title: `[status:${status}]` } });
		const result = await runVideo(sandbox(), 'createAvatar', parameters);
		expect(itemAt(result).json).toMatchObject({ status: 'completed' });
		expect(sandbox().stats().videosCreated).toBe(1);
	});

	it('when it was before the wait began', async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1);
		await sleepFor(400);
		const result = await runVideo(sandbox(), 'wait', { videoId, download: [] });
		expect(itemAt(result).json).toMatchObject({ video_id: videoId, status: 'completed' });
		expect(countOf(sandbox(), STATUSES)).toBe(1);
	});
});

describe('a video that is deleted', () => {
	it('ends the wait with 404 and its id', async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1, { title: '[stuck]' });
		const running = startVideo(sandbox(), 'wait', { videoId });
		await until(() => countOf(sandbox(), STATUSES) > 0);
		sandbox().store.delete(videoId, Date.now());
		const error = errorOf(await running.promise);
		expect(error).toMatchObject({ httpCode: '404' });
		expect(error.message).toContain(videoId);
	});

	it('ends the wait of the run that made it, once it cannot be a new one any more', async () => {
		const running = startVideo(sandbox(), 'createAvatar', waitingAvatar({ script: '[stuck]' }));
		await until(() => countOf(sandbox(), STATUSES) > 0);
		const [video] = sandbox().store.page({}, 1, undefined).videos;
		sandbox().store.delete(video?.id ?? '', Date.now());
		const error = errorOf(await running.promise);
		expect(error).toMatchObject({ httpCode: '404' });
		expect(error.message).toContain(video?.id);
		expect(sandbox().stats().videosCreated).toBe(1);
	});
});

describe('a time-out', () => {
	const waitOptions = { timeoutMinutes: 0.005 };

	it('of a new video names it, and how to attach to it', async () => {
		const parameters = waitingAvatar({ script: '[stuck]', waitOptions });
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', parameters));
		const [video] = sandbox().store.page({}, 1, undefined).videos;
		expect(error.message).toBe(`The video ${video?.id} was not finished within 0.005 minutes (item 1)`);
		expect(error.description).toContain("Attach to it with the operation 'Wait Until Finished' and this ID");
		expect(error.description).toContain("Its status is 'processing'. ");
		expect(error).toMatchObject({ context: { details: { video_id: video?.id, status: 'processing' } } });
	});

	it('concerns each item alone', async () => {
		const [stuck = '', quick = ''] = [
			...(await createVideos(sandbox(), 1, { title: '[stuck]' })),
			...(await createVideos(sandbox(), 1)),
		];
		const result = await runVideo(
			sandbox(),
			'wait',
			{ videoId: ID_FROM_ITEM, download: [], waitOptions: { timeoutMinutes: 0.02 } },
			{ items: idItems([stuck, quick]), onError: 'continueErrorOutput' },
		);
		expect(linksOf(result)).toEqual([1]);
		expect(jsonOf(result, 1)).toEqual([
			expect.objectContaining({ id: stuck, error: expect.stringContaining(stuck) }),
		]);
	});

	it.each(['createAvatar', 'wait'])('of %s can hand on the state instead', async (operation) => {
		const [videoId = ''] = operation === 'wait' ? await createVideos(sandbox(), 1, { title: '[stuck]' }) : [];
		const options = { ...waitOptions, onTimeout: 'continue' };
		const parameters =
			operation === 'wait'
				? { videoId, waitOptions: options }
				: waitingAvatar({ script: '[stuck]', waitOptions: options, download: ['video'] });
		const result = await runVideo(sandbox(), operation, parameters);
		const [video] = sandbox().store.page({}, 1, undefined).videos;
		expect(result.originalError).toBeUndefined();
		expect(itemAt(result).json).toMatchObject({ video_id: video?.id, status: 'processing', video_url: null });
		expect(itemAt(result).binary).toBeUndefined();
		expect(itemAt(result).json.error).toBeUndefined();
	});

	it('comes when it is due although HeyGen does not answer', async () => {
		const before = timing.readTimeout;
		timing.readTimeout = 1_000;
		const [videoId = ''] = await createVideos(sandbox(), 1, { title: '[stuck]' });
		sandbox().addFault({ match: { path: '/v3/videos/statuses' }, kind: 'hang', times: -1 });
		const error = errorOf(await runVideo(sandbox(), 'wait', { videoId, waitOptions }));
		timing.readTimeout = before;
		expect(error.message).toContain(`The video ${videoId} was not finished within`);
		// One request at most that is not answered, not five of them after a deadline of 0.3 s.
		expect(countOf(sandbox(), STATUSES)).toBe(1);
	});
});

describe('cancelling stops at once, and nothing is sent after it', () => {
	/** Requests of all kinds so far. */
	const sent = () => sandbox().stats().requestsTotal + sandbox().stats().fileRequests;
	const slow = { readTimeout: 60_000, writeTimeout: 60_000, fileTimeout: 60_000 };
	const before = { ...timing };
	afterEach(() => {
		Object.assign(timing, before);
	});
	beforeEach(() => {
		Object.assign(before, timing);
		Object.assign(timing, slow);
	});

	/**
	 * Cancels a run once it is where the test wants it, and checks how it ends.
	 *
	 * @param quiet milliseconds in which an engine that goes on would send its next request
	 */
	async function cancelWhen(
		running: ReturnType<typeof startVideo>,
		ready: () => boolean,
		quiet = 600,
	): Promise<void> {
		await until(ready);
		await sleepFor(50);
		running.cancel();
		const result = await endOf(running);
		expect(result.status).toBe('canceled');
		// What was on the wire already may still arrive.
		await sleepFor(100);
		const sentBefore = sent();
		await sleepFor(quiet);
		expect(sent()).toBe(sentBefore);
	}

	it('between two looks', async () => {
		timing.pollFirst = 500;
		const running = startVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(3) });
		await cancelWhen(running, () => sandbox().stats().videosCreated === 3);
		expect(countOf(sandbox(), STATUSES)).toBe(0);
	});

	it('between looks that go on', async () => {
		const running = startVideo(sandbox(), 'createAvatar', waitingAvatar({ script: '[stuck]' }));
		await cancelWhen(running, () => countOf(sandbox(), STATUSES) >= 2);
	});

	it('in the middle of a look', async () => {
		const ids = await createVideos(sandbox(), 3);
		sandbox().addFault({ match: { path: '/v3/videos/statuses' }, kind: 'hang', times: -1 });
		const running = startVideo(sandbox(), 'wait', { videoId: ID_FROM_ITEM }, { items: idItems(ids) });
		await cancelWhen(running, () => countOf(sandbox(), STATUSES) === 1);
	});

	it('while a limit keeps requests waiting', async () => {
		sandbox().addFault({ match: {}, kind: 'status', status: 429, retryAfter: 1, times: -1 });
		const running = startVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(50) });
		await cancelWhen(running, () => sandbox().stats().refused429 > 0, 1_500);
		expect(sandbox().stats().videosCreated).toBe(0);
	});

	it('while HeyGen works on a create', async () => {
		sandbox().addFault({ match: {}, kind: 'hang', times: -1 });
		const running = startVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(3) });
		await cancelWhen(running, () => bodiesOf(sandbox(), CREATE).length === 3);
	});

	it('while items wait for their turn', async () => {
		sandbox().addFault({ match: {}, kind: 'hang', times: -1 });
		const parameters = avatar({ options: { maxParallelRequests: 1 } });
		const running = startVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(5) });
		await cancelWhen(running, () => sandbox().stats().maxConcurrentRequests === 1);
		expect(countOf(sandbox(), CREATE)).toBe(1);
	});

	it('between two tries', async () => {
		Object.assign(timing, { retryBase: 400, retryMax: 400 });
		sandbox().addFault({ match: {}, kind: 'status', status: 500, times: -1 });
		const running = startVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(3) });
		await cancelWhen(running, () => countOf(sandbox(), CREATE) === 3);
	});

	it('in the middle of a download', async () => {
		const ids = await createVideos(sandbox(), 3);
		sandbox().addFault({ match: { path: '/files' }, kind: 'hang', times: -1 });
		const running = startVideo(sandbox(), 'wait', { videoId: ID_FROM_ITEM }, { items: idItems(ids) });
		await cancelWhen(running, () => sandbox().stats().fileRequests === 3);
	});

	it('while a file comes in', async () => {
		// More than connections buffer, so that it is still coming when the run is cancelled.
		sandbox().configure({ fileBytes: 2_000_000_000 });
		const [videoId = ''] = await createVideos(sandbox(), 1);
		const running = startVideo(sandbox(), 'wait', { videoId }, { binaryMode: 'filesystem' });
		await cancelWhen(running, () => sandbox().stats().fileBytesSent > 1_000_000);
		const bytes = sandbox().stats().fileBytesSent;
		expect(bytes).toBeLessThan(2_000_000_000);
		await sleepFor(100);
		expect(sandbox().stats().fileBytesSent).toBe(bytes);
	});

	it('while a batch is being followed', async () => {
		sandbox().configure({ concurrentJobs: 0 });
		const parameters = waitingAvatar({ options: { sendAsBatch: true } });
		const running = startVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(3) });
		await cancelWhen(running, () => sandbox().stats().requestsTotal >= 2);
	});
});
