/** How many jobs may run at the same time, when the credential says so. */
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { startNode } from '../support/harness';
import {
	avatar,
	endOf,
	countOf,
	CREATE,
	errorOf,
	jsonOf,
	manyScripts,
	nodeRun,
	requestsTo,
	runVideo,
	startVideo,
	until,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox({ jobSeconds: 0.2, jobQueueSeconds: 0, concurrentJobs: 3 });

const at = (concurrency: unknown) => ({ credentials: { concurrency } });
const refused = () => requestsTo(sandbox(), CREATE).filter(({ status }) => status === 429).length;

it.each([3, '3', ' 2 '])('no more jobs are started than %j, so HeyGen refuses none', async (concurrency) => {
	const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(9), ...at(concurrency) });
	expect(jsonOf(result)).toHaveLength(9);
	expect(sandbox().stats().maxConcurrentJobs).toBeLessThanOrEqual(Number(concurrency));
	expect([countOf(sandbox(), CREATE), refused()]).toEqual([9, 0]);
});

it('runs of one key share the places', async () => {
	const run = async () => await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(4), ...at(3) });
	const results = await Promise.all([run(), run()]);
	expect(results.flatMap((result) => jsonOf(result))).toHaveLength(8);
	expect(refused()).toBe(0);
});

it.each(['', undefined, ' '])('of %j they are found out', async (concurrency) => {
	const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(6), ...at(concurrency) });
	expect(jsonOf(result)).toHaveLength(6);
	expect(refused()).toBeGreaterThan(0);
});

it('jobs that nobody waits for take no place', async () => {
	sandbox().configure({ concurrentJobs: null, jobSeconds: 60 });
	const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(4), ...at(1) });
	expect(jsonOf(result)).toHaveLength(4);
});

it('a job that fails gives its place back', async () => {
	const parameters = waitingAvatar({ options: { title: '[fail]' } });
	const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(3), onError: 'continueErrorOutput', ...at(1) });
	expect(jsonOf(result, 1)).toHaveLength(3);
});

it('a create that HeyGen refuses gives its place back', async () => {
	sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: 2 });
	const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(3), onError: 'continueErrorOutput', ...at(1) });
	expect([jsonOf(result).length, jsonOf(result, 1).length]).toEqual([1, 2]);
});

it('a cancelled run does not wait for a place', async () => {
	sandbox().configure({ jobSeconds: 60 });
	const holding = startVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(1), ...at(1) });
	await until(() => countOf(sandbox(), CREATE) === 1);
	const waiting = startVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(2), ...at(1) });
	waiting.cancel();
	expect((await endOf(waiting)).status).toBe('canceled');
	holding.cancel();
	await endOf(holding);
	expect(countOf(sandbox(), CREATE)).toBe(1);
});

it.each(['many', 0, '2.5', '20+'])('%j is refused by its name, before anything is sent', async (concurrency) => {
	const error = errorOf(await runVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(2), ...at(concurrency) }));
	expect(error.message).toContain("The credential's 'Concurrent Jobs'");
	expect(sandbox().stats().requestsTotal).toBe(0);
});

describe('jobs of several kinds', () => {
	const clipping = { resource: 'clipping', operation: 'create', videoSource: 'url', videoUrl: 'https://example.com/f.mp4', download: [] };
	const start = (parameters: object, items = manyScripts(1)) =>
		startNode(nodeRun(new HeyGenVideo(), sandbox(), parameters as never, { items, ...at(1) }));

	it('have places of their own: a clipping does not wait for a video', async () => {
		sandbox().configure({ jobSeconds: 60 });
		const video = startVideo(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(1), ...at(1) });
		await until(() => countOf(sandbox(), CREATE) === 1);
		const running = start(clipping);
		await until(() => (sandbox().stats().jobsCreated.clipping ?? 0) === 1);
		running.cancel();
		video.cancel();
		await Promise.all([running.promise, video.promise]);
	});

	it('keep to the number each', async () => {
		const items = manyScripts(4);
		const results = await Promise.all([
			endOf(start(clipping, items)),
			endOf(startVideo(sandbox(), 'createAvatar', waitingAvatar(), { items, ...at(1) })),
		]);
		for (const { originalError } of results) expect(originalError).toBeUndefined();
		expect(sandbox().stats()).toMatchObject({ maxConcurrentJobs: 1, jobsCreated: { video: 4, clipping: 4 } });
	});
});
