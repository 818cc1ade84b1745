/**
 * n8n's own Batching (Request Options) sleeps between groups of items and looks at what they came to only after the last
 * group. An error that an item throws before is a rejection nobody handles. Jest fails a test in which that happens, so
 * each of these tests proves that it does not, besides what it says.
 */
import type { INodeParameters } from 'n8n-workflow';

import {
	countOf,
	endOf,
	errorOf,
	FAST_JOBS,
	GET,
	ID_FROM_ITEM,
	idItems,
	jsonOf,
	runVideo,
	seedVideos,
	sleepFor,
	startVideo,
	until,
	useSandbox,
	useTiming,
} from '../support/support';

useTiming();

/** Milliseconds between two groups. */
const INTERVAL = 60;

/** Parameters of Get, with n8n's Batching. @param batchSize items of a group */
function getInGroups(batchSize: number, more: INodeParameters = {}): INodeParameters {
	const batching = { batch: { batchSize, batchInterval: INTERVAL } };
	return { videoId: ID_FROM_ITEM, simplify: true, requestOptions: { batching }, ...more };
}

describe.each([
	['started by the node', false],
	['started by n8n', true],
])("with n8n's Batching, items %s", (_how, byRouting) => {
	const sandbox = useSandbox({ ...FAST_JOBS, latencyMs: 2 * INTERVAL });

	/** Gives a rejection that comes after the execution has ended the time to come. */
	async function afterwards(): Promise<void> {
		await until(() => sandbox().requests().every(({ status }) => status !== null));
		await sleepFor(INTERVAL);
	}

	it.each([
		['one item each', 1, ['.', 'good', 'good']],
		['one item each, the second fails', 1, ['good', '.', 'good']],
		['one item each, the last fails', 1, ['good', 'good', '.']],
		['two items each, both of the first group fail', 2, ['.', '..', 'good']],
		['all items in one', 5, ['good', '.', 'good']],
	])('the error of an item ends the node, in groups of %s', async (_what, batchSize, ids) => {
		const [good] = seedVideos(sandbox(), 1);
		const items = idItems(ids.map((id) => (id === 'good' ? String(good) : id)));
		const result = await runVideo(sandbox(), 'get', getInGroups(batchSize), { items, byRouting });
		expect(errorOf(result).message).toMatch(/^'Video ID' is not an ID: "\.\.?" \(item \d\)$/);
		expect(result.status).toBe('error');
		await afterwards();
	});

	it('an answer of HeyGen that is an error ends the node', async () => {
		const items = idItems(['unknown', ...Array.from({ length: 7 }, () => 'later')]);
		const result = await runVideo(sandbox(), 'get', getInGroups(1), { items, byRouting });
		expect(errorOf(result).message).toMatch(/\(item 1\)$/);
		await afterwards();
	});

	it('groups after an error send nothing', async () => {
		const [good] = seedVideos(sandbox(), 1);
		const items = idItems(['.', String(good), String(good)]);
		await runVideo(sandbox(), 'get', getInGroups(1), { items, byRouting });
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('an expression that throws in a later group is the error, though an item before it fails as well', async () => {
		const items = idItems(['unknown', 'unknown', 'unknown']);
		const videoId = '={{ $itemIndex === 1 ? $("Nowhere").first().json.id : $json.id }}';
		const result = await runVideo(sandbox(), 'get', getInGroups(1, { videoId }), { items, byRouting });
		// Item 0 is still asking when item 1 begins.
		expect(errorOf(result).message).toMatch(/^Referenced node doesn't exist/);
		await afterwards();
	});

	it('a credential that cannot be used ends the node', async () => {
		const credentials = { apiKey: 'key', baseUrl: 'ftp://example.com' };
		const items = idItems(['one', 'two', 'three']);
		const result = await runVideo(null, 'get', getInGroups(1), { items, credentials, byRouting });
		expect(errorOf(result).message).toContain('Base URL');
		await afterwards();
	});

	it('a cancelled execution ends', async () => {
		const items = idItems(['one', 'two', 'three', 'four']);
		const running = startVideo(sandbox(), 'get', getInGroups(1), { items, byRouting });
		await until(() => countOf(sandbox(), GET) > 0);
		running.cancel();
		const result = await endOf(running);
		expect(result.status).toBe('canceled');
		await afterwards();
	});

	it('Retry On Fail tries again, and the last error is the node\'s', async () => {
		const [good] = seedVideos(sandbox(), 1);
		let tries = 0;
		const result = await runVideo(sandbox(), 'get', getInGroups(1), {
			byRouting,
			items: idItems([String(good), 'unknown', String(good)]),
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
			onTry: (attempt) => {
				tries = attempt;
			},
		});
		expect(tries).toBe(2);
		expect(errorOf(result).message).toMatch(/\(item 2\)$/);
		await afterwards();
	});

	it('every item has its output where the node goes on', async () => {
		const [good] = seedVideos(sandbox(), 1);
		const result = await runVideo(sandbox(), 'get', getInGroups(1), {
			byRouting,
			items: idItems(['.', String(good), '..']),
			onError: 'continueErrorOutput',
		});
		expect(jsonOf(result).map(({ video_id: id }) => id)).toEqual([good]);
		expect(jsonOf(result, 1).map(({ id }) => id)).toEqual(['.', '..']);
	});
});
