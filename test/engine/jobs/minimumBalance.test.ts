/** What must be left in the account: the balance is read once, and jobs that still go on are taken from it. */
import { timing } from '../../../nodes/engine/basics/timing';
import {
	countOf,
	endOf,
	errorOf,
	jsonOf,
	linksOf,
	manyScripts,
	retryByHand,
	runVideo,
	startVideo,
	until,
	useSandbox,
	useTiming,
	type VideoRunOptions,
	videoRun,
	waitingAvatar,
} from '../support/support';
import { ACCOUNT, minute, spendingIn } from '../support/spendingSupport';

useTiming();
const sandbox = useSandbox();
const { run, sent, created, balance } = spendingIn(sandbox);

it('is compared with what all items leave, by one request', async () => {
	balance(130);
	const error = errorOf(await run({ minimumBalance: 10.5 }, 20));
	expect(error.message).toContain('The 20 items of this run would cost 120 credits');
	expect(error.message).toContain('130 credits');
	expect(error.message).toContain("'Minimum Balance'");
	expect([countOf(sandbox(), ACCOUNT), sent()]).toEqual([1, 1]);
});

it('lets pass what leaves just so much, with one request more', async () => {
	balance(130);
	expect(jsonOf(await run({ minimumBalance: 10 }, 20))).toHaveLength(20);
	expect([countOf(sandbox(), ACCOUNT), sent()]).toEqual([1, 21]);
});

it('refuses when HeyGen tells no balance', async () => {
	balance(null);
	expect(errorOf(await run({ minimumBalance: 0 }, 1)).message).toContain('balance');
	expect(created()).toBe(0);
});

it.each<[string, VideoRunOptions, RegExp]>([
	['the key may not read the account', { credentials: { apiKey: 'sandbox-key-no-account-scope' } }, /account:read/],
	['the balance is in another currency', {}, /tells the balance in eur, so 'Minimum Balance' cannot be kept/],
])('sends nothing when %s', async (_why, settings, message) => {
	balance(1_000, 'eur');
	expect(errorOf(await run({ minimumBalance: 0 }, 2, settings)).message).toMatch(message);
	expect([countOf(sandbox(), ACCOUNT), sent()]).toEqual([1, 1]);
});

it('is that of each account, where items have keys of their own', async () => {
	// The second key's account is empty; the first one's has 250 dollars.
	const credentials = { apiKey: '={{ $itemIndex % 2 === 0 ? "sandbox-key" : "sandbox-key-no-credit" }}' };
	const result = await run({ minimumBalance: 0 }, 4, { credentials, onError: 'continueErrorOutput' });
	expect([linksOf(result), linksOf(result, 1)]).toEqual([[0, 2], [1, 3]]);
	expect(jsonOf(result, 1)[0]?.error).toContain("would cost 12 credits (12 USD if a credit costs 1 USD, which the credential's rates do not say), but the balance is 0 USD");
	expect(errorOf(await run({ minimumBalance: 0 }, 4, { credentials })).message).toContain('the balance is 0 USD');
	expect(created()).toBe(2);
});

it('counts what a second try has to make, not what the first one has made', async () => {
	balance(12);
	sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: 1 });
	const parameters = minute({ minimumBalance: 0 });
	const options = { items: manyScripts(2), resumeToken: 'token' };
	const failed = await runVideo(sandbox(), 'createAvatar', parameters, options);
	expect(failed.status).toBe('error');
	const again = await retryByHand(failed, videoRun(sandbox(), 'createAvatar', parameters, options));
	expect(jsonOf(again)).toHaveLength(2);
	expect(created()).toBe(2);
});

it('counts jobs of other runs that still go on', async () => {
	sandbox().configure({ jobSeconds: 5 });
	balance(15);
	await run({}, 1);
	const error = errorOf(await run({ minimumBalance: 5 }, 1));
	expect(error.message).toContain('still');
	expect(jsonOf(await run({ minimumBalance: 3 }, 1))).toHaveLength(1);
});

it('is not given to two executions that start at once', async () => {
	sandbox().configure({ latencyMs: 30 });
	balance(9);
	const results = await Promise.all([1, 2, 3].map(async () => await run({ minimumBalance: 0 }, 1)));
	expect(results.filter(({ status }) => status === 'success')).toHaveLength(1);
	expect(created()).toBe(1);
});

it('no longer counts what a cancelled run has not made', async () => {
	balance(18);
	// The second item waits for its group while the first one is made.
	const requestOptions = { batching: { batch: { batchSize: 1, batchInterval: 60_000 } } };
	const running = startVideo(sandbox(), 'createAvatar', minute({ minimumBalance: 0 }, { requestOptions }), { items: manyScripts(2) });
	await until(() => created() === 1);
	running.cancel();
	await endOf(running);
	expect(jsonOf(await run({ minimumBalance: 0 }, 2))).toHaveLength(2);
	expect(created()).toBe(3);
});

it('is kept as long as the node waits, or has not sent an item yet', async () => {
	sandbox().configure({ jobSeconds: 60 });
	balance(15);
	const clock = jest.spyOn(performance, 'now');
	const waiting = waitingAvatar({ options: { expectedSeconds: 60, timeoutMinutes: 600 } });
	const running = startVideo(sandbox(), 'createAvatar', waiting, { items: manyScripts(2), credentials: { concurrency: 1 } });
	await until(() => created() === 1);
	const before = performance.now();
	clock.mockImplementation(() => before + 21 * 60_000);
	expect(errorOf(await run({ minimumBalance: 0 }, 1)).message).toContain('jobs that may still go on will take 12 credits');
	clock.mockRestore();
	running.cancel();
	await endOf(running);
});

it('no longer counts a job that another node has waited for', async () => {
	balance(14);
	const [made] = jsonOf(await run({}, 1));
	const finished = await runVideo(sandbox(), 'wait', { videoId: String(made?.video_id), download: [] });
	expect(jsonOf(finished)).toMatchObject([{ status: 'completed' }]);
	expect(jsonOf(await run({ minimumBalance: 8 }, 1))).toHaveLength(1);
});

it('is not asked for twice by the tries of one item', async () => {
	balance(8);
	sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'drop_after', times: timing.retryCount + 1 });
	const result = await run({ minimumBalance: 0 }, 1, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
	expect(result.originalError).toBeUndefined();
	expect(created()).toBe(1);
});

it('is not read when the run is refused anyway', async () => {
	balance(100);
	const options = { expectedSeconds: '={{ $itemIndex === 0 ? 600 : 60 }}', maximumCostPerItem: 6, minimumBalance: 0 };
	expect(errorOf(await run(options, 2)).message).toContain('Item 1 would cost more');
	expect(sent()).toBe(0);
});

it('no longer counts jobs that have ended', async () => {
	balance(15);
	await runVideo(sandbox(), 'createAvatar', waitingAvatar({ options: { expectedSeconds: 60 } }), { items: manyScripts(2) });
	expect(jsonOf(await run({ minimumBalance: 5 }, 1))).toHaveLength(1);
});

it('no longer counts what HeyGen has refused', async () => {
	balance(15);
	sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: 2 });
	await run({}, 2, { onError: 'continueErrorOutput' });
	expect(jsonOf(await run({ minimumBalance: 5 }, 1))).toHaveLength(1);
});

it('in dollars, a credit costs what the credential says', async () => {
	balance(10, 'usd');
	const credentials = { rates: '{"usdPerCredit": 0.5}' };
	expect(jsonOf(await run({ minimumBalance: 4 }, 2, { credentials }))).toHaveLength(2);
	expect(errorOf(await run({ minimumBalance: 4.01 }, 2, { credentials })).message).toContain('10 USD');
});
