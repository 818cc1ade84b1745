/** n8n's Retry execution: what exists is not made again, what failed is, and nothing is taken for something else. */
import { runNode } from '../support/harness';
import { ExecuteContext } from 'n8n-core';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import {
	avatar,
	CREATE,
	CREATE_BATCH,
	errorOf,
	jsonOf,
	linksOf,
	locator,
	PHOTO_LOOK,
	requestsTo,
	retryByHand,
	until,
	useSandbox,
	useTiming,
	videoRun,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

const created = () => sandbox().stats().videosCreated;
const keys = (endpoint = CREATE) => requestsTo(sandbox(), endpoint).map(({ idempotencyKey }) => idempotencyKey);

/** Items whose titles say how their videos end. */
const titled = (...titles: string[]): INodeExecutionData[] =>
	titles.map((title, row) => ({ json: { row, script: `Script ${row}`, title } }));
const TITLE = { options: { title: '={{ $json.title }}' } };
const GOOD_BAD_GOOD = titled('a', '[fail]', 'c');

/** A run of which the second item fails for once: HeyGen refuses it. */
const refuseOnce = () =>
	sandbox().addFault({ match: { path: '/v3/videos', method: 'POST' }, kind: 'status', status: 402, skip: 1 });

const run = (parameters: INodeParameters, items = titled('a', 'b', 'c')) =>
	videoRun(sandbox(), 'createAvatar', parameters, { items });

it('makes only the item anew that HeyGen had refused', async () => {
	refuseOnce();
	// One at a time, so that the others are made or not made for sure.
	const one = run(avatar({ options: { maxParallelRequests: 1 } }));
	const failed = await runNode(one);
	expect(errorOf(failed).httpCode).toBe('402');
	expect(created()).toBe(1);
	const again = await retryByHand(failed, one);
	expect(again.originalError).toBeUndefined();
	expect(jsonOf(again)).toHaveLength(3);
	expect(created()).toBe(3);
	expect(keys()[2]).toBe(keys()[0]);
	// A retry of the retry's data, too, as the editor offers it for every failed execution.
	await retryByHand(failed, one);
	expect(created()).toBe(3);
});

it('makes a video anew that HeyGen could not finish, and no other', async () => {
	const one = run(waitingAvatar(TITLE), GOOD_BAD_GOOD);
	const failed = await runNode(one);
	expect(errorOf(failed).message).toContain('HeyGen could not finish the video');
	expect(created()).toBe(3);
	const again = await retryByHand(failed, one);
	expect(errorOf(again).message).toContain('HeyGen could not finish the video');
	expect(created()).toBe(4);
	expect(new Set(keys()).size).toBe(4);
	await retryByHand(again, one);
	expect(created()).toBe(5);
});

it('makes the item anew that was mended in the workflow, and no other', async () => {
	const failed = await runNode(run(waitingAvatar(TITLE), GOOD_BAD_GOOD));
	const mended = waitingAvatar({ options: { title: '={{ $json.title.replace("[fail]", "mended") }}' } });
	const again = await retryByHand(failed, run(mended, GOOD_BAD_GOOD));
	expect(again.originalError).toBeUndefined();
	expect(jsonOf(again).map(({ title }) => title)).toEqual(['a', 'mended', 'c']);
	expect(created()).toBe(4);
});

it('does not take a changed workflow for the old one', async () => {
	refuseOnce();
	const failed = await runNode(run(avatar({ script: 'One {{ $json.row }}' })));
	const before = created();
	const again = await retryByHand(failed, run(avatar({ script: '=Two {{ $json.row }}' })));
	expect(jsonOf(again).map(({ video_id: id }) => sandbox().store.get(String(id))?.spoken)).toEqual(['Two 0', 'Two 1', 'Two 2']);
	expect(created()).toBe(before + 3);
});

it.each([
	['the time', '=At {{ Date.now() }}-{{ $json.row }}'],
	['chance', '=By {{ Math.random() }}-{{ $json.row }}'],
	['the execution', '=In {{ $execution.id }}-{{ $json.row }}'],
])('knows an item again whose expression has %s in it', async (_what, script) => {
	refuseOnce();
	const one = run(avatar({ script, options: { maxParallelRequests: 1 } }));
	const failed = await runNode(one);
	await retryByHand(failed, one);
	expect(created()).toBe(3);
	expect(keys()[2]).toBe(keys()[0]);
});

it('does not mind settings that say nothing about the video', async () => {
	refuseOnce();
	const failed = await runNode(run(avatar({ script: '={{ $json.row }} {{ Date.now() }}', options: { maxParallelRequests: 1 } })));
	const again = await retryByHand(
		failed,
		run(avatar({ script: '={{ $json.row }} {{ Date.now() }}', waitForCompletion: true, download: [], waitOptions: { timeoutMinutes: 5 } })),
	);
	expect(again.originalError).toBeUndefined();
	expect(created()).toBe(3);
});

it('sends a batch again as it was', async () => {
	const parameters = waitingAvatar({ options: { title: '={{ $json.title }}', sendAsBatch: true } });
	const one = run(parameters, titled('a', 'b', '[unknown avatar]'));
	sandbox().addFault({ match: { path: '/v3/videos/batches', method: 'POST' }, kind: 'drop_after', times: 5 });
	const failed = await runNode(one);
	expect(errorOf(failed).description).toContain('HeyGen may have taken the request all the same');
	// A batch becomes videos a moment later.
	await until(() => {
		sandbox().store.advance(Date.now());
		return created() === 3;
	});
	const again = await retryByHand(failed, one);
	expect(again.originalError).toBeUndefined();
	expect(created()).toBe(3);
	expect(new Set(keys(CREATE_BATCH)).size).toBe(1);
});

it.each([
	['a video that HeyGen could not finish', {}, GOOD_BAD_GOOD, 3, 4],
	['an item that HeyGen could not make', { avatarId: locator(`={{ $json.row === 1 ? "no_such_look" : "${PHOTO_LOOK}" }}`) }, titled('a', 'b', 'c'), 2, 2],
])('makes of a batch only %s anew', async (_what, more, items, before, after) => {
	const one = run(waitingAvatar({ ...more, options: { title: '={{ $json.title }}', sendAsBatch: true } }), items);
	const failed = await runNode(one);
	await until(() => created() === before);
	const again = await retryByHand(failed, { ...one, onError: 'continueErrorOutput' });
	expect(linksOf(again)).toEqual([0, 2]);
	expect(linksOf(again, 1)).toEqual([1]);
	expect(created()).toBe(after);
	// The batch once more, and one of the item alone.
	const [first, ...others] = requestsTo(sandbox(), CREATE_BATCH);
	expect(others.map(({ idempotencyKey, body }) => [idempotencyKey === first?.idempotencyKey, (body as { videos: object[] }).videos.length]).sort()).toEqual([
		[false, 1],
		[true, 3],
	]);
});

it('attaches to what is so old that HeyGen has forgotten the key', async () => {
	refuseOnce();
	const one = run(avatar({ options: { maxParallelRequests: 1 } }));
	const failed = await runNode(one);
	const day = 24 * 3_600_000;
	const later = Date.now() + day;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
	const again = await retryByHand(failed, one);
	clock.mockRestore();
	expect(again.originalError).toBeUndefined();
	// The first one is not asked for any more.
	expect(created()).toBe(3);
	expect(requestsTo(sandbox(), CREATE).filter(({ body }) => (body as { script: string }).script === 'Script 0')).toHaveLength(1);
});

it('saves what it needs for that, and nothing once all went well', async () => {
	const good = await runNode(run(avatar()));
	expect(good.data.executionData?.contextData).toEqual({
		'node:HeyGen Video': { heyGenRuns: {} },
		flow: { heyGenNodes: [expect.any(String)] },
	});
	refuseOnce();
	const failed = await runNode(run(avatar({ options: { maxParallelRequests: 1 } })));
	const saved = JSON.stringify(failed.data.executionData?.contextData);
	expect(saved).toContain('"kind":"video"');
	expect(saved).not.toContain(sandbox().apiKey);
});

it('is another execution on another n8n, though a copied database has the same', async () => {
	refuseOnce();
	const one = run(avatar({ options: { maxParallelRequests: 1 } }));
	const failed = await runNode(one);
	await retryByHand(failed, one);
	expect(created()).toBe(3);
	const other = jest.spyOn(ExecuteContext.prototype, 'getInstanceId').mockReturnValue('copy');
	await retryByHand(failed, one);
	other.mockRestore();
	expect(created()).toBe(6);
});
