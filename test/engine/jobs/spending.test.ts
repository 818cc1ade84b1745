/** What a run may cost: estimated and checked before the first request, all items together. */
import type { INodeParameters } from 'n8n-workflow';
import { runNode } from '../support/harness';
import {
	avatar,
	bodiesOf,
	countOf,
	CREATE,
	CREATE_BATCH,
	errorOf,
	jsonOf,
	linksOf,
	manyScripts,
	runVideo,
	scripts,
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

describe('Maximum Cost per Run', () => {
	it('stops 50 items that would cost more, before anything is sent', async () => {
		const error = errorOf(await run({ maximumCostPerRun: 299.99 }, 50));
		expect(error.message).toBe("The 50 items of this run would cost 300 credits, and 'Maximum Cost per Run' is 299.99 credits");
		expect(error.description).toMatch(/^Nothing was sent\. The costs are: items 1 to 50 6 credits each\./);
		expect((error as unknown as { context: { details: { credits: number; items: unknown[] } } }).context.details).toMatchObject({
			credits: 300,
			items: Array.from({ length: 50 }, (_, index) => ({ item: index + 1, credits: 6, seconds: 60 })),
		});
		expect(sent()).toBe(0);
	});

	it('lets pass what costs just as much, with no other request than the creates', async () => {
		const result = await run({ maximumCostPerRun: 300 }, 50);
		expect(jsonOf(result)).toHaveLength(50);
		expect(sent()).toBe(50);
	});

	it("counts items that n8n's declarative engine starts", async () => {
		expect(errorOf(await run({ maximumCostPerRun: 11 }, 2, { byRouting: true })).message).toContain('would cost 12 credits');
		expect(sent()).toBe(0);
		expect(jsonOf(await run({ maximumCostPerRun: 12 }, 2, { byRouting: true }))).toHaveLength(2);
	});

	it.each([
		['in batches', { sendAsBatch: true }],
		['tried out', { dryRun: true }],
	])('counts items that go out %s', async (_how, options) => {
		expect(errorOf(await run({ maximumCostPerRun: 11, ...options }, 2)).message).toContain('would cost 12 credits');
		expect(sent()).toBe(0);
	});

	it('counts all items with Batching too', async () => {
		const requestOptions = { batching: { batch: { batchSize: 1, batchInterval: 20 } } };
		const parameters = minute({ maximumCostPerRun: 11 }, { requestOptions });
		expect(errorOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(2) })).message).toContain('12 credits');
		expect(sent()).toBe(0);
		const fine = minute({ maximumCostPerRun: 12 }, { requestOptions });
		expect(jsonOf(await runVideo(sandbox(), 'createAvatar', fine, { items: manyScripts(2) }))).toHaveLength(2);
	});

	it('fails every item with an error output', async () => {
		const result = await run({ maximumCostPerRun: 11 }, 2, { onError: 'continueErrorOutput' });
		expect(linksOf(result, 1)).toEqual([0, 1]);
		expect(jsonOf(result, 1)[0]).toMatchObject({ error: expect.stringContaining('would cost 12 credits') as unknown });
		expect(sent()).toBe(0);
	});

	it('does not count items that are not sent anyway', async () => {
		const items = [...manyScripts(1), ...scripts('x'.repeat(5_001)), ...manyScripts(1)];
		const result = await runVideo(sandbox(), 'createAvatar', minute({ maximumCostPerRun: 12 }), { items, onError: 'continueErrorOutput' });
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[0, 2], [1]]);
	});

	it('is the smallest, when items differ', async () => {
		const error = errorOf(await run({ maximumCostPerRun: '={{ $itemIndex === 1 ? 5 : 100 }}' }, 2));
		expect(error.message).toContain('is 5 credits');
	});

	it('of 0 lets nothing through', async () => {
		expect(errorOf(await run({ maximumCostPerRun: 0 }, 1)).message).toBe("The item of this run would cost 6 credits, and 'Maximum Cost per Run' is 0 credits");
	});
});

describe('Maximum Cost per Item', () => {
	const twice = { expectedSeconds: '={{ $itemIndex % 2 === 0 ? 60 : 120 }}', maximumCostPerItem: 6 };

	it('stops the run when one item is too dear, and names the item', async () => {
		const error = errorOf(await run(twice, 4));
		expect(error.message).toBe("Items 2 and 4 would cost more than 'Maximum Cost per Item' allows: 6 credits");
		expect(error.description).toContain('items 2 and 4 12 credits each');
		expect(sent()).toBe(0);
	});

	it('with an error output fails those alone, which no longer count for the run', async () => {
		const result = await run({ ...twice, maximumCostPerRun: 12 }, 4, { onError: 'continueErrorOutput' });
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[0, 2], [1, 3]]);
		expect(created()).toBe(2);
	});
});

describe('Maximum Cost per Execution', () => {
	it('holds for all rounds of a loop', async () => {
		const result = await run({ maximumCostPerExecution: 17 }, 1, { times: 3 });
		expect(errorOf(result).message).toContain("other runs of this execution have ordered 12 credits, and 'Maximum Cost per Execution' is 17 credits");
		expect(created()).toBe(2);
	});

	it('lets pass what costs just as much', async () => {
		const result = await run({ maximumCostPerExecution: 18 }, 1, { times: 3 });
		expect(result.originalError).toBeUndefined();
		expect(created()).toBe(3);
	});

	it('does not count what HeyGen has refused, or could not finish', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: 1 });
		const options = { maximumCostPerExecution: 12, expectedSeconds: 60, title: '={{ $runIndex === 1 ? "[fail]" : "" }}' };
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ options }), {
			items: manyScripts(1),
			times: 5,
			onError: 'continueErrorOutput',
		});
		expect(created()).toBe(3);
		expect(jsonOf(result, 1)[0]?.error).toContain('other runs of this execution have ordered 12 credits');
	});

	it('does not count a second try twice', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: 1 });
		const result = await run({ maximumCostPerExecution: 6 }, 1, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect(jsonOf(result)).toHaveLength(1);
	});
});

describe('what HeyGen makes once', () => {
	const same = { sameInputSameVideo: true };
	const alike = scripts('A', 'A', 'A');

	it('counts once, and is charged once', async () => {
		const options = { expectedSeconds: 60, maximumCostPerRun: 6, maximumCostPerExecution: 6, ...same };
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ options }), { items: alike });
		const items = jsonOf(result);
		expect(new Set(items.map(({ video_id: id }) => id)).size).toBe(1);
		const costs = items.map(({ cost }) => (cost as { credits: number }).credits).sort((a, b) => a - b);
		expect([costs[0], costs[1]]).toEqual([0, 0]);
		expect(costs[2]).toBeGreaterThan(0);
	});

	it('is not charged again in another execution', async () => {
		const parameters = waitingAvatar({ options: { expectedSeconds: 60, ...same } });
		const costs = [];
		for (let times = 0; times < 2; times++) {
			const [video] = jsonOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: scripts('A') }));
			costs.push(video?.cost);
		}
		expect(costs[1]).toEqual({ ...(costs[0] as object), credits: 0, formula: 'made before, which is not charged again' });
	});
});

describe('Dry Run', () => {
	it('hands on the body and the estimate, and sends nothing', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ options: { dryRun: true, title: 'T', expectedSeconds: 60 } }), {
			items: manyScripts(2),
		});
		expect(jsonOf(result)).toEqual(
			[0, 1].map((index) => ({
				dryRun: true,
				body: expect.objectContaining({ type: 'avatar', script: `Script ${index}`, title: 'T', callback_id: expect.stringMatching(/^n8n-/) as unknown }) as unknown,
				estimate: expect.objectContaining({ credits: 6, seconds: 60, usd: null }) as unknown,
			})),
		);
		expect(linksOf(result)).toEqual([0, 1]);
		expect(sent()).toBe(0);
	});

	it('hands on the very body that is sent without it', async () => {
		const tried = jsonOf(await run({ dryRun: true, callbackId: 'c' }, 1))[0]?.body;
		await run({ callbackId: 'c' }, 1);
		expect(bodiesOf(sandbox(), CREATE)).toEqual([tried]);
	});

	it.each(['TRUE', 'yes', 1])('takes %j for on', async (dryRun) => {
		await run({ dryRun }, 1);
		expect(sent()).toBe(0);
	});

	it('asks for the balance at most', async () => {
		balance(100);
		await run({ dryRun: true, minimumBalance: 1 }, 3);
		expect([countOf(sandbox(), ACCOUNT), sent()]).toEqual([1, 1]);
	});

	it('finds the mistakes of a real run', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ options: { dryRun: true } }), { items: scripts('x'.repeat(5_001)) });
		expect(errorOf(result).message).toContain('5,000 characters');
	});

	it('of some items does not count for the others', async () => {
		balance(7);
		const dryRun = '={{ $itemIndex !== 0 }}';
		const result = await run({ dryRun, minimumBalance: 0, maximumCostPerRun: 6, maximumCostPerExecution: 6 }, 3);
		expect(jsonOf(result).map((json) => json.dryRun)).toEqual([undefined, true, true]);
		expect(created()).toBe(1);
	});

	it.each<[INodeParameters, VideoRunOptions]>([
		[{ sendAsBatch: true, idempotencyKey: 'k' }, {}],
		[{ sendAsBatch: true, sameInputSameVideo: true }, {}],
		[{}, { credentials: { concurrency: 'x' } }],
	])('finds what a real run would end with: %j, %j', async (options, settings) => {
		const tried = errorOf(await run({ dryRun: true, ...options }, 1, settings)).message;
		expect(tried).toBe(errorOf(await run(options, 1, settings)).message);
		expect(sent()).toBe(0);
	});

	it('leaves nothing behind that others would count', async () => {
		balance(7);
		await run({ dryRun: true, maximumCostPerExecution: 100 }, 1);
		expect(jsonOf(await run({ minimumBalance: 1 }, 1))).toHaveLength(1);
	});
});

describe('what items say of their cost', () => {
	it('is the estimate, and when the job is finished what it has really cost', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ options: { expectedSeconds: 60 } }), { items: manyScripts(1) });
		const [video] = jsonOf(result);
		const seconds = video?.duration as number;
		expect(seconds).toBeGreaterThan(0);
		expect(video).toMatchObject({
			estimate: { credits: 6, seconds: 60, formula: "'Expected Duration (Seconds)'; 60 s × 0.1 credits a second = 6 credits" },
			cost: { credits: Number((seconds * 0.1).toFixed(6)), seconds, usd: null },
		});
	});

	it('is nothing when the node does not wait', async () => {
		expect(Object.keys(jsonOf(await run({}, 1))[0] ?? {}).sort()).toEqual(['output_format', 'status', 'video_id']);
	});

	it('follows engine, contract and node', async () => {
		const creditsOf = async (options: INodeParameters, settings: VideoRunOptions = {}) =>
			(jsonOf(await run({ dryRun: true, ...options }, 1, settings))[0]?.estimate as { credits: number }).credits;
		expect(await creditsOf({ engine: 'avatar_iii' })).toBe(0.198);
		expect(await creditsOf({}, { credentials: { rates: { avatarVideo: 0.2 } } })).toBe(12);
		expect(await creditsOf({ rate: 0.5 }, { credentials: { rates: { avatarVideo: 0.2 } } })).toBe(30);
	});

	it('is told by the script, its pauses and its speed', async () => {
		const estimate = async (more: INodeParameters) =>
			(jsonOf(await runVideo(sandbox(), 'createAvatar', avatar({ options: { dryRun: true }, ...more }), {
				items: scripts('Welcome to our spring sale, with half prices on everything in the garden.'),
			}))[0]?.estimate as { seconds: number }).seconds;
		const plain = await estimate({});
		expect(plain).toBeGreaterThan(3);
		expect(plain).toBeLessThan(8);
		const slow = await estimate({ voiceSettings: { speed: 0.5 } });
		expect(slow).toBeGreaterThan(1.8 * plain);
	});

	it('counts a recording at an address as the longest that HeyGen takes', async () => {
		const parameters = avatar({ audioSource: 'url', audioUrl: 'https://example.com/a.mp3', options: { dryRun: true } });
		const [tried] = jsonOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(1) }));
		expect(tried?.estimate).toMatchObject({ credits: 60, seconds: 600, formula: expect.stringContaining('the longest recording that HeyGen takes (10 minutes)') as unknown });
	});
});

describe('what people type', () => {
	it.each<[INodeParameters, string]>([
		[{ maximumCostPerItem: '5,5' }, 'Maximum Cost per Item'],
		[{ maximumCostPerRun: -1 }, 'Maximum Cost per Run'],
		[{ maximumCostPerExecution: 'much' }, 'Maximum Cost per Execution'],
		[{ minimumBalance: 'none' }, 'Minimum Balance'],
		[{ rate: -0.1 }, 'Rate'],
		[{ expectedSeconds: '1:30' }, 'Expected Duration'],
		[{ dryRun: 'maybe' }, 'Dry Run'],
	])('%j is refused by its name', async (options, name) => {
		expect(errorOf(await run(options, 1)).message).toContain(`'${name}`);
		expect(sent()).toBe(0);
	});

	it.each<[INodeParameters, string]>([
		[{ maximumCostPerRun: ' ' }, 'Maximum Cost per Run'],
		[{ maximumCostPerItem: '' }, 'Maximum Cost per Item'],
		[{ maximumCostPerExecution: '={{ undefined }}' }, 'Maximum Cost per Execution'],
		[{ minimumBalance: '={{ null }}' }, 'Minimum Balance'],
		[{ dryRun: '={{ $json.nothing }}' }, 'Dry Run'],
	])('%j is no safeguard that an empty cell switches off', async (options, name) => {
		expect(errorOf(await run(options, 1)).message).toBe(`'${name}' is empty (item 1)`);
		expect(sent()).toBe(0);
	});

	it('an API key that was pasted into another field of the credential is not repeated', async () => {
		for (const credentials of [{ rates: 'sk_V2_secret' }, { concurrency: 'sk_V2_secret' }]) {
			const { message, description } = errorOf(await run({}, 1, { credentials }));
			expect(`${message} ${description ?? ''}`).toMatch(/^The credential's '(Rates \(JSON\)|Concurrent Jobs)' must be/);
			expect(`${message} ${description ?? ''}`).not.toContain('secret');
		}
	});

	it('each item has the prices of its own credential', async () => {
		const credentials = { rates: '={{ $itemIndex === 0 ? \'{"avatarVideo": 0.01}\' : \'{"avatarVideo": 1}\' }}' };
		const tried = jsonOf(await run({ dryRun: true }, 2, { credentials }));
		expect(tried.map(({ estimate }) => (estimate as { credits: number }).credits)).toEqual([0.6, 60]);
		expect(errorOf(await run({ maximumCostPerItem: 1 }, 2, { credentials })).message).toContain('Item 2 would cost more');
	});

	it.each(['{"avatarVideo": "a lot"}', '{"avatar": 1}', 'cheap'])('rates %j in the credential are refused', async (rates) => {
		expect(errorOf(await run({}, 1, { credentials: { rates } })).message).toMatch(/^The credential's 'Rates \(JSON\)'/);
		expect(sent()).toBe(0);
	});
});

it('limits in a batch hold before the batch is made', async () => {
	await run({ sendAsBatch: true, maximumCostPerItem: 1 }, 2, { onError: 'continueErrorOutput' });
	expect(countOf(sandbox(), CREATE_BATCH)).toBe(0);
});

it('a run without limits sends nothing but its creates', async () => {
	await runNode(videoRun(sandbox(), 'createAvatar', minute({}), { items: manyScripts(3) }));
	expect([countOf(sandbox(), CREATE), sent()]).toEqual([3, 3]);
});
