/** How many jobs may run at the same time, when the credential says so. */
import {
	avatar,
	endOf,
	countOf,
	CREATE,
	errorOf,
	jsonOf,
	manyScripts,
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
