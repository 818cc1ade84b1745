/** What is checked before anything is paid, what may have been made, and what stays of a run that is stopped. */
import { loadOptionsContext, runNode, startNode } from '../support/harness';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import {
	avatar,
	countOf,
	CREATE,
	CREATE_BATCH,
	errorOf,
	jsonOf,
	linksOf,
	manyScripts,
	requestsTo,
	retryByHand,
	runVideo,
	scripts,
	startVideo,
	STATUSES,
	until,
	useSandbox,
	useTiming,
	videoRun,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

const created = () => sandbox().stats().videosCreated;
const idsOf = () => sandbox().store.page({}, 1_000, undefined).videos.map(({ id }) => id);
const TOO_LONG = 'x'.repeat(5_001);

describe('all items are checked before the first one is paid', () => {
	const many = (last: string) => [...manyScripts(499), { json: { row: 499, script: last } }];

	it.each([
		['one by one', {}],
		['in batches', { sendAsBatch: true }],
	])('when the last of 500 is wrong (%s)', async (_how, options) => {
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', avatar({ options }), { items: many(TOO_LONG) }));
		expect(error.message).toMatch(/^'Script' may have at most 5,000 characters, but has 5,001.* \(item 500\)$/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('also when a file is missing, before anything is uploaded', async () => {
		const parameters = avatar({
			audioSource: '={{ $json.row === 2 ? "binary" : "script" }}',
			audioBinaryPropertyName: 'data',
			// n8n wants all of them when the source is an expression.
			audioUrl: 'x',
			audioAssetId: 'x',
		});
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(3) }));
		expect(error.message).toContain('the item has no binary field "data"');
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('but with the error output the good ones are made', async () => {
		const items = [...manyScripts(3), ...scripts(TOO_LONG), ...manyScripts(2)];
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items, onError: 'continueErrorOutput' });
		expect(linksOf(result)).toEqual([0, 1, 2, 4, 5]);
		expect(linksOf(result, 1)).toEqual([3]);
		expect(created()).toBe(5);
	});

	it('also with Batching', async () => {
		const requestOptions = { batching: { batch: { batchSize: 1, batchInterval: 50 } } };
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ requestOptions }), {
			items: [...manyScripts(2), ...scripts(TOO_LONG)],
		});
		expect(errorOf(result).message).toContain("'Script' may have at most");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('an own idempotency key', () => {
	const own = (key: string, more: INodeParameters = {}) => avatar({ ...more, options: { idempotencyKey: key } });

	it.each([
		['the same for all', 'order-1', scripts('A', 'B', 'C'), '1 to 3'],
		['the same for two', '={{ $json.row === 1 ? "x" : "order-1" }}', scripts('A', 'B', 'C'), '1 and 3'],
	])('%s that ask for different things is refused', async (_name, key, items, named) => {
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', own(key), { items }));
		expect(error.message).toMatch(new RegExp(`^'Idempotency Key' is "order-1" for items ${named}, which ask for different things`));
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each([{ waitForCompletion: false }, { waitForCompletion: true, download: [] }])(
		'of two late items costs none of the others anything (%j)',
		async (more) => {
			const key = own('={{ $json.row >= 28 ? "same" : "k" + $json.row }}', more);
			const error = errorOf(await runVideo(sandbox(), 'createAvatar', key, { items: manyScripts(30) }));
			expect(error.message).toContain('"same" for items 29 and 30');
			expect(sandbox().stats().requestsTotal).toBe(0);
		},
	);

	it('that comes again in a loop, for something else, is refused', async () => {
		const script = '=Text {{ $runIndex }}';
		const result = await runVideo(sandbox(), 'createAvatar', own('order-1', { script }), { items: manyScripts(1), times: 3 });
		expect(errorOf(result).message).toMatch(/^'Idempotency Key' is "order-1", with which an earlier run of this node/);
		expect(created()).toBe(1);
	});

	it('that comes again in a loop, for the same, is the same video', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', own('order-1', { script: 'Text' }), { items: manyScripts(1), times: 3 });
		expect(result.originalError).toBeUndefined();
		expect(created()).toBe(1);
	});

	it('that was refused in a loop may be used for something else', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: 1 });
		const script = '=Text {{ $runIndex }}';
		const result = await runVideo(sandbox(), 'createAvatar', own('order-1', { script }), {
			items: manyScripts(1),
			times: 2,
			onError: 'continueErrorOutput',
		});
		expect(jsonOf(result)).toHaveLength(1);
	});

	it('may give another text in a second try', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'drop_after', times: timing.retryCount + 1 });
		const result = await runVideo(sandbox(), 'createAvatar', own('order-1', { script: '={{ Math.random() }}' }), {
			items: manyScripts(1),
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		});
		expect(result.originalError).toBeUndefined();
		expect(created()).toBe(1);
	});

	it('may be the same for items that ask for the same', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', own('order-1'), { items: scripts('A', 'A', 'A') });
		expect(new Set(jsonOf(result).map(({ video_id: id }) => id)).size).toBe(1);
		expect(created()).toBe(1);
	});

	it('fails only the items concerned with the error output', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', own('={{ $json.row > 1 ? "x" : "order-1" }}'), {
			items: scripts('A', 'B', 'C'),
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([2]);
		expect(linksOf(result, 1)).toEqual([0, 1]);
	});

	it('is noticed before anything is made, with Batching as well', async () => {
		const requestOptions = { batching: { batch: { batchSize: 1, batchInterval: 50 } } };
		const result = await runVideo(sandbox(), 'createAvatar', own('order-1', { requestOptions }), {
			items: scripts('A', 'B'),
			onError: 'continueErrorOutput',
		});
		expect(linksOf(result)).toEqual([]);
		expect(jsonOf(result, 1).map(({ error }) => error)).toEqual([1, 2].map(() => expect.stringContaining('for items 1 and 2') as unknown));
		expect(created()).toBe(0);
	});
});

describe('Same Input, Same Video', () => {
	const same = (more: INodeParameters = {}, options: INodeParameters = {}) =>
		avatar({ ...more, options: { sameInputSameVideo: true, ...options } });

	it('pays once, however often and however the node is started', async () => {
		const ids = [];
		for (const mode of ['manual', 'trigger', 'webhook'] as const) {
			const result = await runVideo(sandbox(), 'createAvatar', same(), { items: manyScripts(20), mode });
			ids.push(jsonOf(result).map(({ video_id: id }) => id));
		}
		expect(ids[1]).toEqual(ids[0]);
		expect(ids[2]).toEqual(ids[0]);
		expect(created()).toBe(20);
	});

	it('does not depend on the order or the number of the items', async () => {
		await runVideo(sandbox(), 'createAvatar', same(), { items: scripts('A', 'B', 'C') });
		await runVideo(sandbox(), 'createAvatar', same(), { items: scripts('C', 'D', 'A') });
		expect(created()).toBe(4);
	});

	it('gives items of one run that ask for the same the same', async () => {
		sandbox().configure({ latencyMs: 50 });
		const result = await runVideo(sandbox(), 'createAvatar', same(), { items: scripts('A', 'A', 'B') });
		const [a, b, c] = jsonOf(result).map(({ video_id: id }) => id);
		expect([a === b, a === c]).toEqual([true, false]);
	});

	it.each([
		['script', {}, 'Other'],
		['title', { title: 'New' }, 'A'],
	])('makes another one for another %s', async (_what, options, script) => {
		await runVideo(sandbox(), 'createAvatar', same(), { items: scripts('A') });
		await runVideo(sandbox(), 'createAvatar', same({}, options), { items: scripts(script) });
		expect(created()).toBe(2);
	});

	it('is another one in another node', async () => {
		await runVideo(sandbox(), 'createAvatar', same(), { items: scripts('A'), nodeId: 'a' });
		await runVideo(sandbox(), 'createAvatar', same(), { items: scripts('A'), nodeId: 'b' });
		expect(created()).toBe(2);
	});

	it('makes a new one where HeyGen could not finish the old one', async () => {
		const items = [{ json: { script: 'A', title: '[fail]' } }, { json: { script: 'B', title: 'good' } }];
		const run = videoRun(sandbox(), 'createAvatar', waitingAvatar({ options: { sameInputSameVideo: true, title: '={{ $json.title }}' } }), {
			items,
			onError: 'continueErrorOutput',
		});
		for (let start = 1; start <= 3; start++) {
			const result = await runNode(run);
			expect(linksOf(result)).toEqual([1]);
			// One more each time for the one that fails, and nothing for the other.
			expect(created()).toBe(1 + start);
		}
	});

	it('cannot go without a key', async () => {
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', same({}, { sendIdempotencyKey: false }), { items: scripts('A') }));
		expect(error.message).toContain("'Same Input, Same Video' needs 'Send Idempotency Key'");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each(['callbackId', 'callbackUrl'])('does not depend on the %s', async (option) => {
		for (const value of ['https://example.com/1', 'https://example.com/2']) {
			await runVideo(sandbox(), 'createAvatar', same({}, { [option]: value }), { items: scripts('A') });
		}
		expect(created()).toBe(1);
	});

	it('cannot go with Send as Batch', async () => {
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', same({}, { sendAsBatch: true }), { items: scripts('A') }));
		expect(error.message).toContain("'Same Input, Same Video' cannot be combined with 'Send as Batch'");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('what may have been made', () => {
	it('is named when the other batch fails', async () => {
		sandbox().addFault({ match: { path: '/v3/videos/batches' }, kind: 'drop_after', times: 1 });
		sandbox().addFault({ match: { path: '/v3/videos/batches' }, kind: 'status', status: 402, times: -1 });
		const parameters = avatar({ options: { sendAsBatch: true, maxParallelRequests: 1 } });
		const error = errorOf(await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(150) }));
		const { description = '' } = error;
		// A batch becomes videos a moment later.
		await until(() => {
			sandbox().store.advance(Date.now());
			return created() === 100;
		});
		expect(description).toMatch(/May have been started as well.*: a batch of 100 videos of items 1 to 100/);
		expect(description).toContain("look into 'Get Many'");
	});

	it('is named with its callback ID when another create is refused', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'drop_after', times: 1 });
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: -1 });
		const { description = '' } = errorOf(
			await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(3), executionId: '77' }),
		);
		expect(created()).toBe(1);
		const [lost] = sandbox().store.page({}, 1, undefined).videos;
		expect(lost?.callbackId).toMatch(/^n8n-77-\d$/);
		// Either it is the item that failed, or one of the others.
		expect(description).toContain(String(lost?.callbackId));
		expect(description).toMatch(/HeyGen may have taken the request all the same|May have been started as well/);
	});

	it('is in the details of its own error with the error output', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'drop_after', times: -1 });
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), {
			items: manyScripts(2),
			executionId: '78',
			onError: 'continueErrorOutput',
		});
		expect(jsonOf(result, 1).map(({ details }) => details)).toEqual([
			expect.objectContaining({ mayExist: true, callback_id: 'n8n-78-0' }),
			expect.objectContaining({ mayExist: true, callback_id: 'n8n-78-1' }),
		]);
	});

	it('is not named when HeyGen has clearly refused it', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, times: -1 });
		const { description = '' } = errorOf(await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(9) }));
		expect(description).not.toContain('May have been');
	});
});

describe('a run that is stopped', () => {
	it('names all that it has started, in the error and in the log', async () => {
		const lines: string[] = [];
		const { logger } = loadOptionsContext(videoRun(sandbox(), 'createAvatar'));
		for (const level of ['info', 'warn'] as const) {
			jest.spyOn(logger, level).mockImplementation((message) => void lines.push(String(message)));
		}
		sandbox().configure({ jobSeconds: 600 });
		const running = startNode(videoRun(sandbox(), 'createAvatar', waitingAvatar(), { items: manyScripts(3), executionId: '79' }));
		await until(() => countOf(sandbox(), STATUSES) > 0);
		running.cancel();
		const { originalError } = await running.promise;
		const said = `${originalError?.message} ${(originalError as { description?: string }).description}`;
		jest.restoreAllMocks();
		expect(idsOf()).toHaveLength(3);
		for (const id of idsOf()) {
			expect(said).toContain(id);
			expect(lines.filter((line) => line.includes(id) && line.includes('execution 79')).length).toBeGreaterThan(0);
		}
	});

	it('names what was under way', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'hang', times: -1 });
		const running = startVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(3), executionId: '80' });
		await until(() => created() === 3);
		running.cancel();
		const { originalError } = await running.promise;
		const { description } = originalError as { description?: string };
		for (const item of [0, 1, 2]) expect(description).toContain(`the video of item ${item + 1} (callback ID n8n-80-${item})`);
	});
});

describe('the callback ID', () => {
	const sent = () => requestsTo(sandbox(), CREATE).map(({ body }) => (body as { callback_id?: string }).callback_id);

	it('names execution and item', async () => {
		await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(2), executionId: '81' });
		expect(sent().sort()).toEqual(['n8n-81-0', 'n8n-81-1']);
	});

	it('names the run of a loop, too', async () => {
		await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(1), executionId: '82', times: 3 });
		expect(sent()).toEqual(['n8n-82-0', 'n8n-82-run1-0', 'n8n-82-run2-0']);
	});

	it.each([
		[{ callbackId: 'order-1' }, 'order-1'],
		[{ callbackId: 'order-1', sendCallbackId: false }, 'order-1'],
		[{ sendCallbackId: false }, undefined],
		[{ callbackId: '' }, 'n8n-83-0'],
	])('with %j is %s', async (options, expected) => {
		await runVideo(sandbox(), 'createAvatar', avatar({ options }), { items: manyScripts(1), executionId: '83' });
		expect(sent()).toEqual([expected]);
	});

	it('tells the nodes of one execution apart', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'status', status: 402, skip: 1 });
		const run = (nodeId: string) =>
			videoRun(sandbox(), 'createAvatar', avatar({ options: { maxParallelRequests: 1 } }), { items: manyScripts(2), nodeId, executionId: '85' });
		// The data of an execution that another node goes on with.
		await retryByHand(await runNode(run('first')), run('second'));
		const made = sandbox().store.page({}, 10, undefined).videos.map(({ callbackId }) => callbackId);
		expect(made.sort()).toEqual(['n8n-85-0', 'n8n-85-node2-0', 'n8n-85-node2-1']);
	});

	it('goes into batches, one for each item', async () => {
		const items: INodeExecutionData[] = manyScripts(2);
		await runVideo(sandbox(), 'createAvatar', avatar({ options: { sendAsBatch: true } }), { items, executionId: '84' });
		const { videos } = requestsTo(sandbox(), CREATE_BATCH)[0]?.body as { videos: Array<{ callback_id: string }> };
		expect(videos.map(({ callback_id: id }) => id)).toEqual(['n8n-84-0', 'n8n-84-1']);
	});
});
