/** What the output pane says of a run: one hint for all of its items. */
import type { INodeParameters, NodeExecutionHint } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { HeyGenAsset } from '../../../nodes/HeyGenAsset/HeyGenAsset.node';
import { runNode, type RunResult } from '../support/harness';
import { minute } from '../support/spendingSupport';
import {
	countOf,
	CREATE_BATCH,
	createVideos,
	errorOf,
	GET,
	ID_FROM_ITEM,
	idItems,
	jsonOf,
	manyScripts,
	nodeRun,
	retryByHand,
	runVideo,
	scripts,
	seedVideos,
	useSandbox,
	useTiming,
	videoRun,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

/** The hints of each of the node's runs. */
function hintsOf(result: RunResult): NodeExecutionHint[][] {
	return result.runData.map(({ hints = [] }) => hints);
}

/** The one hint of the one run. @throws Error when there is another number of them */
function hintOf(result: RunResult): NodeExecutionHint {
	const [hint, ...others] = hintsOf(result).flat();
	if (hint === undefined || others.length > 0) throw new Error(`There is not one hint: ${JSON.stringify(hintsOf(result))}`);
	return hint;
}

/** What the hint says, with T for each time: how long things take depends on the machine. */
const messageOf = (result: RunResult) => hintOf(result).message.replace(/less than a second|\d+ min( \d+ s)?|\d+ s\b/g, 'T');
const run = async (parameters: INodeParameters, count: number, settings = {}) =>
	await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(count), ...settings });
/** Six credits by the estimate. */
const waiting = (options: INodeParameters = {}) => minute(options, { waitForCompletion: true, download: [] });

/** What the items say that they have cost. */
function spent(result: RunResult): number {
	const costs = jsonOf(result).map(({ cost }) => Number((cost as { credits: number }).credits));
	return Math.round(100 * costs.reduce((sum, cost) => sum + cost, 0)) / 100;
}

describe('a run that makes videos', () => {
	it('and waits says how many, for how long, and what they have cost', async () => {
		const result = await run(waiting(), 5);
		expect(hintOf(result)).toMatchObject({ type: 'info', location: 'outputPane' });
		expect(messageOf(result)).toBe(`Made 5 videos in T, 5 finished. Cost about ${spent(result)} credits.`);
		expect(spent(result)).toBeGreaterThan(0);
	});

	it('and does not wait says what they will cost', async () => {
		expect(messageOf(await run(minute({}), 3))).toBe('Made 3 videos without waiting for them. Will cost about 18 credits.');
		expect(messageOf(await run(minute({}), 1))).toBe('Made 1 video without waiting for it. Will cost about 6 credits.');
	});

	it('in a batch says the same', async () => {
		const result = await run(waiting({ sendAsBatch: true }), 4);
		expect(countOf(sandbox(), CREATE_BATCH)).toBe(1);
		expect(messageOf(result)).toMatch(/^Made 4 videos in T, 4 finished\. Cost about [\d.]+ credits\.$/);
	});

	it('of a batch that HeyGen has not begun counts them all the same', async () => {
		timing.catchUpTime = 100;
		sandbox().configure({ concurrentJobs: 1, jobSeconds: 600 });
		const result = await run(minute({ sendAsBatch: true }), 3);
		timing.catchUpTime = 2_000;
		expect(jsonOf(result).filter(({ video_id: id }) => id === null).length).toBeGreaterThan(0);
		expect(messageOf(result)).toBe('Made 3 videos without waiting for them. Will cost about 18 credits.');
	});

	it('of which some fail warns, with the error output', async () => {
		const parameters = waiting({ title: '={{ $json.row === 1 ? "[fail]" : "fine" }}' });
		const result = await run(parameters, 3, { onError: 'continueErrorOutput' });
		expect([jsonOf(result).length, jsonOf(result, 1).length]).toEqual([2, 1]);
		expect(hintOf(result)).toMatchObject({ type: 'warning', location: 'outputPane' });
		expect(messageOf(result)).toBe(`Made 3 videos in T, 2 finished and 1 failed. Cost about ${spent(result)} credits.`);
	});

	it('of which all fail costs nothing worth telling', async () => {
		const result = await run(waiting({ title: '[fail]' }), 2, { onError: 'continueRegularOutput' });
		expect(hintOf(result).type).toBe('warning');
		expect(messageOf(result)).toBe('Made 2 videos in T, 2 failed.');
	});

	it('counts no item that is refused before', async () => {
		const items = [...manyScripts(2), ...scripts('x'.repeat(5_001))];
		const result = await run(minute({}), 0, { items, onError: 'continueErrorOutput' });
		expect(hintOf(result)).toMatchObject({ message: 'Made 2 videos without waiting for them. Will cost about 12 credits.', type: 'info' });
	});

	it('whose time is up says that they go on', async () => {
		sandbox().configure({ jobSeconds: 600 });
		const parameters = waiting({ timeoutMinutes: 0.005, onTimeout: 'continue' });
		expect(messageOf(await run(parameters, 2))).toBe(
			'Made 2 videos in T, 2 not finished yet. Will cost about 12 credits.',
		);
	});

	it('counts one that items share once', async () => {
		const result = await run(waiting({ idempotencyKey: 'order-1' }), 0, { items: scripts('A', 'A', 'A') });
		expect(messageOf(result)).toMatch(/^Made 1 video in T, 1 finished\. Cost about [\d.]+ credits?\.$/);
	});

	it('has a hint in each round of a loop', async () => {
		const hints = hintsOf(await run(minute({}, { script: '=Round {{ $runIndex }}, {{ $json.row }}' }), 2, { times: 3 }));
		expect(hints).toHaveLength(3);
		for (const ofRound of hints) {
			expect(ofRound.map(({ message }) => message)).toEqual(['Made 2 videos without waiting for them. Will cost about 12 credits.']);
		}
	});

	it('twice, the second time of the same input, takes them up', async () => {
		const parameters = waiting({ sameInputSameVideo: true });
		const first = await run(parameters, 2);
		expect(messageOf(first)).toMatch(/^Made 2 videos/);
		const second = await run(parameters, 2);
		expect(sandbox().stats().videosCreated).toBe(2);
		expect(messageOf(second)).toBe('Took up 2 videos made before in T, 2 finished. Cost nothing.');
	});

	it('has no hint from an engine that shows none', async () => {
		const result = await run(minute({}), 2, { byRouting: true });
		expect(jsonOf(result)).toHaveLength(2);
		expect(hintsOf(result)).toEqual([[]]);
	});
});

describe('a run that waits for videos', () => {
	it('says how many', async () => {
		const ids = await createVideos(sandbox(), 3);
		const result = await runVideo(sandbox(), 'wait', { videoId: ID_FROM_ITEM, download: [] }, { items: idItems(ids) });
		expect(messageOf(result)).toBe('Waited T for 3 videos, 3 finished.');
	});

	it('says nothing of those that are not there', async () => {
		const options = { onError: 'continueErrorOutput', items: idItems(['no_such_video']) } as const;
		const result = await runVideo(sandbox(), 'wait', { videoId: ID_FROM_ITEM, download: [] }, options);
		expect(jsonOf(result, 1)).toHaveLength(1);
		expect(JSON.stringify(hintsOf(result))).not.toContain('video');
	});
});

describe('a run that reads', () => {
	it.each<[string, (ids: string[]) => INodeParameters]>([
		['get', ([videoId = '']) => ({ videoId })],
		['getAll', () => ({})],
		['getStatuses', (ids) => ({ videoIds: ids.join(',') })],
		['download', ([videoId = '']) => ({ videoId, download: ['video'] })],
	])('has no hint: %s', async (operation, parameters) => {
		const result = await runVideo(sandbox(), operation, parameters(seedVideos(sandbox(), 2)));
		expect(jsonOf(result).length).toBeGreaterThan(0);
		expect(hintsOf(result)).toEqual([[]]);
	});

	it('neither has one that fails on the error output', async () => {
		const result = await runVideo(sandbox(), 'get', { videoId: 'abc' }, { onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1)).toHaveLength(1);
		expect(hintsOf(result)).toEqual([[]]);
	});

	it('says that a request was repeated', async () => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		sandbox().addFault({ match: {}, kind: 'status', status: 503, times: 2 });
		const result = await runVideo(sandbox(), 'get', { videoId });
		expect(countOf(sandbox(), GET)).toBe(3);
		expect(messageOf(result)).toBe('1 request was repeated after a failure.');
	});

	it('says that HeyGen held it', async () => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		sandbox().addFault({ match: {}, kind: 'status', status: 429, retryAfter: 2 });
		expect(messageOf(await runVideo(sandbox(), 'get', { videoId }))).toBe("HeyGen's limits held requests for T.");
	});

	it('of another node likewise', async () => {
		sandbox().addFault({ match: {}, kind: 'status', status: 500 });
		const result = await runNode(nodeRun(new HeyGenAsset(), sandbox(), { resource: 'folder', operation: 'create', name: 'A' }));
		expect(messageOf(result)).toBe('1 request was repeated after a failure.');
	});
});

describe('what requests have met', () => {
	it('stands beside the videos', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 429, retryAfter: 1 });
		sandbox().addFault({ match: { path: '/v3/videos/statuses' }, kind: 'status', status: 502, times: 1 });
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'drop_after', times: 1 });
		const result = await run(waiting(), 3);
		expect(messageOf(result)).toMatch(
			/^Made 3 videos in T, 3 finished\. Cost about [\d.]+ credits\. HeyGen's limits held requests for T; 2 requests were repeated after failures\.$/,
		);
		expect(sandbox().stats()).toMatchObject({ videosCreated: 3, refused429: 1 });
	});

	it('counts a create that HeyGen answers without an ID', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'answer', body: { data: {} }, times: 1 });
		const result = await run(minute({}), 1);
		expect(messageOf(result)).toContain('1 request was repeated after a failure.');
	});

	it('holds are not added up over the items', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 429, retryAfter: 2, times: 1 });
		const result = await run(minute({}), 60);
		const [, seconds] = /HeyGen's limits held requests for (\d+) s\.$/.exec(hintOf(result).message) ?? [];
		// The sum of all items would be about two minutes.
		expect(Number(seconds)).toBeLessThan(60);
	});

	it('waiting for a place of the plan is one of them', async () => {
		sandbox().configure({ jobSeconds: 1.2, concurrentJobs: 1 });
		const result = await run(waitingAvatar(), 2, { credentials: { concurrency: 1 } });
		expect(sandbox().stats().refused429).toBe(0);
		expect(messageOf(result)).toMatch(/HeyGen's limits held requests for T\.$/);
	});
});

describe('a dry run', () => {
	it('says what the videos would cost', async () => {
		const result = await run(minute({ dryRun: true }), 5);
		expect(hintOf(result)).toEqual({
			message: 'Dry run: nothing was sent; 5 videos would cost about 30 credits.',
			type: 'info',
			location: 'outputPane',
		});
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each([
		['with a key', { idempotencyKey: 'order-1' }, 1],
		['of the same input', { sameInputSameVideo: true }, 1],
		['in a batch', { sendAsBatch: true }, 3],
	])('of items that ask for the same, %s', async (_name, options, videos) => {
		const result = await run(minute({ dryRun: true, ...options }), 0, { items: scripts('A', 'A', 'A') });
		const what = videos === 1 ? '1 video' : `${videos} videos`;
		expect(messageOf(result)).toBe(`Dry run: nothing was sent; ${what} would cost about ${6 * videos} credits.`);
	});

	it('of some items', async () => {
		const result = await run(minute({ dryRun: '={{ $json.row === 0 }}' }), 3);
		expect(messageOf(result)).toBe(
			'Dry run: 1 video would cost about 6 credits. Made 2 videos without waiting for them. Will cost about 12 credits.',
		);
	});
});

describe('tries', () => {
	const again = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

	it('of a run that failed have no hint, since the error tells', async () => {
		const result = await run(waiting({ title: '={{ $json.row === 1 ? "[fail]" : "fine" }}' }), 2);
		expect(errorOf(result).message).toContain('HeyGen could not finish the video');
		expect(hintsOf(result)).toEqual([[]]);
	});

	it('of Retry On Fail are counted together', async () => {
		let tries = 0;
		const onTry = (number: number) => {
			tries = number;
		};
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: 1 });
		const result = await run(minute({}), 4, { ...again, onTry });
		expect(result.originalError).toBeUndefined();
		expect(tries).toBe(2);
		expect(sandbox().stats().videosCreated).toBe(4);
		expect(messageOf(result)).toBe('Made 4 videos without waiting for them. Will cost about 24 credits.');
	});

	it('of Retry On Fail count what has failed in the first', async () => {
		let title = '[fail]';
		const onTry = (number: number) => {
			if (number === 2) title = 'fine';
		};
		const node = videoRun(sandbox(), 'createAvatar', waiting(), { items: manyScripts(1), ...again, onTry });
		node.parameters = { ...node.parameters, options: { expectedSeconds: 60, title: '={{ $json.row === 0 ? $json.title() : "" }}' } };
		node.items = [{ json: { row: 0, script: 'One', title: () => title } as never }];
		const result = await runNode(node);
		expect(hintOf(result)).toMatchObject({ type: 'warning' });
		expect(messageOf(result)).toMatch(/^Made 2 videos in T, 1 finished and 1 failed\./);
	});

	it('of Retry execution count what they make themselves', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, skip: 2 });
		const how = videoRun(sandbox(), 'createAvatar', minute({ maxParallelRequests: 1 }), {
			items: manyScripts(3),
			resumeToken: 'a'.repeat(64),
		});
		const failed = await runNode(how);
		expect(failed.originalError).toBeDefined();
		expect(sandbox().stats().videosCreated).toBe(2);
		const result = await retryByHand(failed, how);
		expect(sandbox().stats().videosCreated).toBe(3);
		expect(messageOf(result)).toBe(
			'Made 1 video and took up 2 videos made before without waiting for them. Will cost about 6 credits.',
		);
	});
});
