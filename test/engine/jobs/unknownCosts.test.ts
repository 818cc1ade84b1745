/** What is not known of a cost: the price, which HeyGen does not publish for all jobs, and the length of films. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { customOperations } from '../../../nodes/declare/resource';
import type { Ordered } from '../../../nodes/engine/item/call';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { video } from '../../../nodes/HeyGenVideo/video';
import { runNode } from '../support/harness';
import {
	avatar,
	countOf,
	CREATE,
	errorOf,
	jsonOf,
	linksOf,
	manyScripts,
	nodeRun,
	scripts,
	useSandbox,
	useTiming,
	type VideoRunOptions,
	waitingAvatar,
} from '../support/support';
import { ACCOUNT, spendingIn } from '../support/spendingSupport';

useTiming();
const sandbox = useSandbox();
const { run: runPriced, sent, created, balance } = spendingIn(sandbox);

/**
 * HeyGen Video whose create orders something else, as long as the script says: "30". Other scripts leave the length open.
 *
 * @param kind what it orders
 */
function ordering(kind: Ordered['kind']): HeyGenVideo {
	const node = new HeyGenVideo();
	const cost = ({ body }: { body: { script?: unknown } }): Ordered => {
		const seconds = Number(body.script);
		return Number.isNaN(seconds) ? { kind } : { kind, seconds };
	};
	const operations = video.operations.map((operation) => (operation.value === 'createAvatar' ? { ...operation, cost } : operation));
	node.customOperations = customOperations({ resources: [{ ...video, operations }], defaultResource: 'video' });
	return node;
}

/** Creates of a kind, one for each item. */
async function run(
	options: INodeParameters,
	items: INodeExecutionData[],
	{ kind = 'clipping', parameters = avatar, ...settings }: VideoRunOptions & { kind?: Ordered['kind']; parameters?: typeof avatar } = {},
) {
	const given = { resource: 'video', operation: 'createAvatar', ...parameters({ options }) };
	return await runNode(nodeRun(ordering(kind), sandbox(), given, { items, ...settings }));
}

const LIMITS: Array<[label: string, options: INodeParameters]> = [
	['Maximum Cost per Item', { maximumCostPerItem: 1_000 }],
	['Maximum Cost per Run', { maximumCostPerRun: 1_000 }],
	['Maximum Cost per Execution', { maximumCostPerExecution: 1_000 }],
	['Minimum Balance', { minimumBalance: 0 }],
];

describe.each(LIMITS)('with %s', (label, limit) => {
	beforeEach(() => balance(1_000));

	it.each([
		['clipping', 'clippings'],
		['backgroundRemoval', 'background removals'],
		['modelVideo', 'videos from prompts'],
	] as const)('a %s without a price is refused before anything is sent', async (kind, what) => {
		const error = errorOf(await run(limit, scripts('30', '60'), { kind }));
		expect(error.message).toBe(`HeyGen publishes no price for ${what}, so '${label}' cannot be kept`);
		expect(error.description).toContain(
			`Nothing was sent. What items 1 and 2 would cost is not known. Fill in 'Rate', or remove '${label}'. The credential's 'Rates (JSON)' can name the price as well.`,
		);
		expect(sent()).toBe(0);
	});

	it('an item without a length is refused, and named', async () => {
		const error = errorOf(await run({ rate: 0.1, ...limit }, scripts('30', 'as long as it is'), { kind: 'clipping' }));
		expect(error.message).toBe(`The length of the video is not known, so '${label}' cannot be kept`);
		expect(error.description).toContain(`What item 2 would cost is not known. Fill in 'Expected Duration (Seconds)', or remove '${label}'.`);
		expect(error.description).not.toContain('Rates (JSON)');
		expect(sent()).toBe(0);
	});

	it('all that is missing is named at once', async () => {
		const error = errorOf(await run(limit, scripts('30', 'open')));
		expect(error.message).toBe(`HeyGen publishes no price for clippings and the length of the video is not known, so '${label}' cannot be kept`);
		expect(error.description).toContain("Fill in 'Rate' and 'Expected Duration (Seconds)'");
		expect((error as unknown as { context: { details: unknown } }).context.details).toEqual({
			items: [
				{ item: 1, credits: null, seconds: 30, usd: null, formula: 'HeyGen publishes no price for clippings' },
				{ item: 2, credits: null, seconds: null, usd: null, formula: 'HeyGen publishes no price for clippings and the length of the video is not known' },
			],
		});
	});

	it.each<[string, INodeParameters, VideoRunOptions]>([
		['the node has filled in what is missing', { rate: '0.1', expectedSeconds: 60 }, {}],
		['the credential names the price', { expectedSeconds: 60 }, { credentials: { rates: { clipping: 0.1 } } }],
		['the price is 0, whatever the length', { rate: 0 }, {}],
	])('the items are made when %s', async (_how, options, settings) => {
		expect(jsonOf(await run({ ...options, ...limit }, scripts('open', 'open'), settings))).toHaveLength(2);
		expect(created()).toBe(2);
	});

	it('a dry run is refused as the run would be', async () => {
		expect(errorOf(await run({ dryRun: true, ...limit }, scripts('30'))).message).toBe(`HeyGen publishes no price for clippings, so '${label}' cannot be kept`);
		expect(sent()).toBe(0);
	});

	it('with an error output only the items of unknown cost fail, and the others are counted without them', async () => {
		const options = { rate: 0.1, ...limit };
		const result = await run(options, scripts('open', '30', 'open', '60'), { onError: 'continueErrorOutput' });
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[1, 3], [0, 2]]);
		expect(jsonOf(result, 1)[0]?.error).toContain(`The length of the video is not known, so '${label}' cannot be kept`);
		expect(created()).toBe(2);
	});
});

describe('a limit', () => {
	it('that counts what is sent leaves out items that are only tried out', async () => {
		const options = { dryRun: '={{ $itemIndex === 1 }}', rate: 0.1, maximumCostPerRun: 3 };
		const [made, tried] = jsonOf(await run(options, scripts('30', 'open')));
		expect(made).toHaveProperty('video_id');
		expect(tried).toMatchObject({ dryRun: true, estimate: { credits: null, formula: 'the length of the video is not known' } });
		expect(created()).toBe(1);
	});

	it('that is passed stops the run without a word of costs that are not known', async () => {
		const error = errorOf(await run({ rate: 0.1, maximumCostPerItem: 5 }, scripts('60', 'open')));
		expect(error.message).toBe("Item 1 would cost more than 'Maximum Cost per Item' allows: 5 credits");
		expect(sent()).toBe(0);
	});

	it('is kept in batches as well', async () => {
		expect(errorOf(await run({ sendAsBatch: true, maximumCostPerRun: 5 }, scripts('30', '60'))).message).toContain('publishes no price');
		expect(sent()).toBe(0);
	});

	it('counts the least charge, and not the length', async () => {
		const kind = 'fillerWordRemoval';
		expect(errorOf(await run({ maximumCostPerRun: 0.59 }, scripts('10', '20'), { kind })).message).toContain('would cost 0.6 credits');
		expect(sent()).toBe(0);
		expect(jsonOf(await run({ maximumCostPerRun: 0.6 }, scripts('10', '20'), { kind }))).toHaveLength(2);
	});
});

describe('without a limit', () => {
	it('what is not known stands in no way, and nothing else is asked for', async () => {
		expect(jsonOf(await run({}, [...scripts('30'), ...manyScripts(2)]))).toHaveLength(3);
		expect([countOf(sandbox(), CREATE), sent()]).toEqual([3, 3]);
	});

	it('a dry run says what is missing', async () => {
		const tried = jsonOf(await run({ dryRun: true }, scripts('30', 'open')));
		expect(tried.map(({ estimate }) => estimate)).toEqual([
			{ credits: null, seconds: 30, usd: null, formula: 'HeyGen publishes no price for clippings' },
			{ credits: null, seconds: null, usd: null, formula: 'HeyGen publishes no price for clippings and the length of the video is not known' },
		]);
		const [expected] = jsonOf(await run({ dryRun: true, expectedSeconds: 90 }, scripts('open')));
		expect(expected?.estimate).toMatchObject({ seconds: 90, formula: "'Expected Duration (Seconds)'; HeyGen publishes no price for clippings" });
		expect(sent()).toBe(0);
	});

	it('a finished job says what is missing, and its real length', async () => {
		const [finished] = jsonOf(await run({}, scripts('open'), { parameters: waitingAvatar }));
		const seconds = finished?.duration as number;
		expect(seconds).toBeGreaterThan(0);
		expect(finished).toMatchObject({
			estimate: { credits: null, seconds: null, usd: null },
			cost: { credits: null, seconds, usd: null, formula: 'HeyGen publishes no price for clippings' },
		});
	});

	it('a finished job costs what its real length comes to, though the length was not known before', async () => {
		const [finished] = jsonOf(await run({ rate: 0.1 }, scripts('open'), { parameters: waitingAvatar }));
		const seconds = finished?.duration as number;
		expect(finished).toMatchObject({
			estimate: { credits: null, formula: 'the length of the video is not known' },
			cost: { credits: Number((seconds * 0.1).toFixed(6)), seconds },
		});
	});

	it('a finished job whose length HeyGen does not tell has no cost, and says so', async () => {
		const record = { id: 'v', status: 'completed', video_url: 'https://files.heygen.ai/v.mp4' };
		sandbox().addFault({ match: { method: 'GET', path: '/v3/videos/{video_id}' }, kind: 'answer', body: { data: record }, times: -1 });
		const [finished] = jsonOf(await run({}, scripts('30'), { kind: 'avatarVideo', parameters: waitingAvatar }));
		expect(finished).toMatchObject({
			estimate: { credits: 3, seconds: 30 },
			cost: { credits: null, seconds: null, usd: null, formula: 'the length of the video is not known' },
		});
	});

	it('a job that was made before costs nothing more, whatever its price', async () => {
		const options = { sameInputSameVideo: true };
		await run(options, scripts('30'), { parameters: waitingAvatar });
		const [again] = jsonOf(await run(options, scripts('30'), { parameters: waitingAvatar }));
		expect(again?.cost).toMatchObject({ credits: 0, usd: null, formula: 'made before, which is not charged again' });
	});
});

it('of jobs that still go on, those whose cost is known are taken from the balance', async () => {
	sandbox().configure({ jobSeconds: 5 });
	balance(15);
	await run({}, scripts('30'));
	await run({ rate: 0.1 }, scripts('30'));
	expect(errorOf(await runPriced({ minimumBalance: 7 }, 1)).message).toContain('jobs that may still go on will take 3 credits');
	expect(jsonOf(await runPriced({ minimumBalance: 6 }, 1))).toHaveLength(1);
});

it('an execution may order what has no price beside what a limit counts', async () => {
	expect(jsonOf(await run({ rate: 0.1, maximumCostPerExecution: 6 }, scripts('30'), { times: 2 }))).toHaveLength(1);
	expect(created()).toBe(2);
	const error = errorOf(await run({ rate: '={{ $runIndex === 0 ? 0.1 : "" }}', maximumCostPerExecution: 6 }, scripts('30'), { times: 2 }));
	expect(error.message).toContain("publishes no price for clippings, so 'Maximum Cost per Execution' cannot be kept");
	expect(created()).toBe(3);
});

it('a balance is read for no item whose cost is not known', async () => {
	balance(100);
	const result = await run({ rate: 0.1, minimumBalance: 0 }, scripts('30', 'open'), { onError: 'continueErrorOutput' });
	expect([linksOf(result), linksOf(result, 1)]).toEqual([[0], [1]]);
	expect(countOf(sandbox(), ACCOUNT)).toBe(1);
	expect(errorOf(await run({ minimumBalance: 0 }, scripts('30'))).message).toContain('publishes no price');
	expect(countOf(sandbox(), ACCOUNT)).toBe(1);
});
