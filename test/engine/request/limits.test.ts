/** HeyGen's limits are kept without the user noticing, and without wasting requests on finding out. */
import { timing } from '../../../nodes/engine/basics/timing';
import {
	avatar,
	countOf,
	CREATE,
	createVideos,
	endOf,
	errorOf,
	FAST_JOBS,
	GET,
	jsonOf,
	linksOf,
	manyScripts,
	runVideo,
	scripts,
	seedVideos,
	sleepFor,
	startVideo,
	until,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

useTiming();

/** The part of all requests that was refused with 429. */
function refusedPart(sandbox: ReturnType<ReturnType<typeof useSandbox>>): number {
	const { refused429, requestsTotal } = sandbox.stats();
	return refused429 / requestsTotal;
}

describe('a limit on requests', () => {
	const sandbox = useSandbox({ ...FAST_JOBS, rateLimit: { requests: 20, perSeconds: 1 } });

	it('lets 200 creates through, none of them twice, with few refusals', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(200) });
		expect(result.originalError).toBeUndefined();
		const ids = jsonOf(result).map(({ video_id }) => video_id);
		expect(new Set(ids).size).toBe(200);
		expect(ids.map((id) => sandbox().store.get(String(id))?.spoken)).toEqual(
			Array.from({ length: 200 }, (_, index) => `Script ${index}`),
		);
		expect(sandbox().stats()).toMatchObject({ videosCreated: 200, videosByIdempotencyReplay: 0 });
		expect(refusedPart(sandbox())).toBeLessThanOrEqual(0.1);
		// The limit alone takes ten seconds; keeping to it must not cost as much again.
		const times = sandbox().requests().map(({ time }) => time);
		expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(20_000);
	});

	it('is remembered for the next execution with the same key', async () => {
		await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(60) });
		const before = sandbox().stats().refused429;
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(40) });
		expect(result.originalError).toBeUndefined();
		expect(sandbox().stats()).toMatchObject({ videosCreated: 100, videosByIdempotencyReplay: 0 });
		// Without memory the first burst alone would be refused a dozen times.
		expect(sandbox().stats().refused429 - before).toBeLessThan(12);
	});

	it('is shared by executions that run at the same time', async () => {
		const results = await Promise.all(
			[0, 1, 2].map(async () => await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(20) })),
		);
		expect(results.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(sandbox().stats()).toMatchObject({ videosCreated: 60, videosByIdempotencyReplay: 0 });
		// Each on its own would have sent its 20 at once, and been refused 40 times in all.
		expect(sandbox().stats().refused429).toBeLessThan(40);
	});
});

describe('a limit on running jobs', () => {
	const sandbox = useSandbox({ jobSeconds: 0.5, jobQueueSeconds: 0, concurrentJobs: 10 });

	it('lets 60 videos be made, ten at a time', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(60) });
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result).every(({ status }) => status === 'completed')).toBe(true);
		expect(linksOf(result)).toEqual(Array.from({ length: 60 }, (_, item) => item));
		expect(sandbox().stats()).toMatchObject({ videosCreated: 60, maxConcurrentJobs: 10 });
	});

	it('does not hold up reading', async () => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		sandbox().configure({ concurrentJobs: 1, jobSeconds: 600, retryAfterSeconds: 3 });
		const creating = startVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(2) });
		// The second refusal in a row tells that it is not the pace.
		await until(() => sandbox().stats().refused429 >= 2);
		const reading = runVideo(sandbox(), 'get', { videoId });
		await until(() => countOf(sandbox(), GET) === 1);
		expect((await reading).status).toBe('success');
		expect(sandbox().stats().refused429).toBe(2);
		creating.cancel();
		await creating.promise;
	});
});

describe('Retry-After', () => {
	const sandbox = useSandbox();

	it('is kept to when it is a date', async () => {
		const at = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 2_000);
		sandbox().addFault({ match: {}, kind: 'status', status: 429, retryAfter: at.toUTCString() });
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: scripts('One') });
		expect(result.originalError).toBeUndefined();
		const [, second] = sandbox().requests();
		expect(second?.time).toBeGreaterThanOrEqual(at.getTime() - 5);
		expect(sandbox().stats().requestsTotal).toBe(2);
	});

	it('holds back everyone, not only who was refused', async () => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		sandbox().addFault({ match: {}, kind: 'status', status: 429, retryAfter: 2 });
		const first = runVideo(sandbox(), 'get', { videoId });
		await until(() => sandbox().stats().refused429 === 1);
		await sleepFor(50);
		const [refused] = sandbox().requests();
		await Promise.all([first, runVideo(sandbox(), 'get', { videoId })]);
		const later = sandbox().requests().slice(1);
		expect(later).toHaveLength(2);
		for (const { time } of later) expect(time - (refused?.time ?? 0)).toBeGreaterThanOrEqual(1_990);
	});

	it('of an hour on a 503 does not keep a read waiting for an hour', async () => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		sandbox().addFault({ match: {}, kind: 'status', status: 503, retryAfter: 3_600, times: 2 });
		const result = await endOf(startVideo(sandbox(), 'get', { videoId }));
		expect(jsonOf(result)).toEqual([expect.objectContaining({ video_id: videoId })]);
	});
});

describe('Max Parallel Requests', () => {
	const sandbox = useSandbox({ ...FAST_JOBS, latencyMs: 20 });

	it('bounds the requests of the node', async () => {
		const parameters = avatar({ options: { maxParallelRequests: 3 } });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(30) });
		expect(new Set(jsonOf(result).map(({ video_id }) => video_id)).size).toBe(30);
		expect(sandbox().stats().maxConcurrentRequests).toBe(3);
	});

	it('is far more when the user sets none', async () => {
		await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(30) });
		// HeyGen then holds them all, since a busy machine may send more slowly than answers come.
		sandbox().addFault({ match: { method: 'POST' }, kind: 'hang', times: -1 });
		const running = startVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(30) });
		await until(() => sandbox().stats().maxConcurrentRequests > 10);
		running.cancel();
		await endOf(running);
	});

	it('bounds reading the states of jobs too', async () => {
		const parameters = waitingAvatar({ options: { maxParallelRequests: 1 }, download: ['video'] });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(5) });
		expect(jsonOf(result)).toHaveLength(5);
		expect(sandbox().stats().maxConcurrentRequests).toBe(1);
	});
});

describe('Queue Timeout', () => {
	const sandbox = useSandbox();
	const limited = { match: {}, kind: 'status', status: 429, retryAfter: 1, times: -1 } as const;
	const options = { queueTimeoutMinutes: 0.01 };

	it('ends the patience with a limit', async () => {
		sandbox().addFault(limited);
		const running = startVideo(sandbox(), 'createAvatar', avatar({ options }), { items: scripts('One') });
		const error = errorOf(await endOf(running));
		expect(error.message).toBe(
			'Could not create the video: HeyGen kept refusing the request because of its rate or concurrency limit (item 1)',
		);
		expect(error).toMatchObject({ httpCode: '429' });
		expect(error.description).toContain("Raise 'Queue Timeout'");
		expect(error.description).toContain('Nothing was created');
		expect(countOf(sandbox(), CREATE)).toBe(1);
	});

	it('can be set for every operation', async () => {
		sandbox().addFault(limited);
		const operations = {
			get: { videoId: 'abc' },
			getAll: {},
			delete: { videoId: 'abc' },
			download: { videoId: 'abc' },
			getBatch: { batchId: 'abc' },
			getStatuses: { videoIds: 'abc' },
		};
		const ends = await Promise.all(
			Object.entries(operations).map(async ([operation, parameters]) => {
				const running = startVideo(sandbox(), operation, { ...parameters, options });
				return [operation, await endOf(running).then(errorOf, (error: Error) => error)] as const;
			}),
		);
		expect(ends.map(([operation, { message }]) => [operation, message])).toEqual(
			Object.keys(operations).map((operation) => [
				operation,
				expect.stringContaining('kept refusing the request because of its rate or concurrency limit'),
			]),
		);
	});

	it('does not count time in which HeyGen just did not answer', async () => {
		const before = timing.writeTimeout;
		timing.writeTimeout = 1_000;
		sandbox().addFault({ match: {}, kind: 'hang' });
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ options }), { items: scripts('One') });
		timing.writeTimeout = before;
		expect(result.originalError).toBeUndefined();
		expect(sandbox().stats().videosCreated).toBe(1);
	});

	it('does not say that nothing was created when that is not known', async () => {
		sandbox().addFault({ match: {}, kind: 'drop_after' });
		sandbox().addFault(limited);
		const running = startVideo(sandbox(), 'createAvatar', avatar({ options }), { items: scripts('One') });
		const error = errorOf(await endOf(running));
		expect(sandbox().stats().videosCreated).toBe(1);
		expect(error.message).toContain('kept refusing the request');
		expect(error.description).not.toContain('Nothing was created');
	});

	it('does not lose the id of a video that is waited for', async () => {
		const [videoId = ''] = await createVideos(sandbox(), 1, { title: '[stuck]' });
		sandbox().addFault({ ...limited, match: { path: '/v3/videos/statuses' } });
		const waitOptions = { timeoutMinutes: 0.02 };
		const error = errorOf(await endOf(startVideo(sandbox(), 'wait', { videoId, waitOptions })));
		expect(error.message).toContain(videoId);
	});
});
