/** Options that have moved: what saved workflows have in their former places counts, and the new places win. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	avatar,
	CREATE,
	errorOf,
	GET,
	jsonOf,
	manyScripts,
	requestsTo,
	runVideo,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

const create = async (parameters: INodeParameters, count = 1) =>
	await runVideo(sandbox(), 'createAvatar', avatar({ script: '={{ $json.script }}', ...parameters }), { items: manyScripts(count) });

const keys = () => requestsTo(sandbox(), CREATE).map(({ idempotencyKey }) => idempotencyKey);
const callbacks = () => requestsTo(sandbox(), CREATE).map(({ body }) => (body as IDataObject).callback_id);

describe('request options', () => {
	it('count in Request Options', async () => {
		await create({ requestOptions: { idempotencyKey: 'new-1', callbackId: 'row-1' } });
		expect([keys(), callbacks()]).toEqual([['new-1'], ['row-1']]);
	});

	it('count in Options, where they stood before', async () => {
		await create({ options: { idempotencyKey: 'old-1', callbackId: 'row-1' } });
		expect([keys(), callbacks()]).toEqual([['old-1'], ['row-1']]);
	});

	it('count in Request Options, where both hold something', async () => {
		await create({
			options: { idempotencyKey: 'old-1', callbackId: 'row-1' },
			requestOptions: { idempotencyKey: 'new-1', callbackId: 'row-2' },
		});
		expect([keys(), callbacks()]).toEqual([['new-1'], ['row-2']]);
	});

	it('count in Options, where an expression in Request Options finds nothing', async () => {
		await create({
			options: { idempotencyKey: 'old-1', callbackId: 'row-1' },
			requestOptions: { idempotencyKey: '={{ $json.none }}', callbackId: '  ' },
		});
		expect([keys(), callbacks()]).toEqual([['old-1'], ['row-1']]);
	});

	it.each(['options', 'requestOptions'])('are switched off in %s', async (place) => {
		await create({ [place]: { sendIdempotencyKey: false, sendCallbackId: false } });
		expect([keys(), callbacks()]).toEqual([[null], [undefined]]);
	});

	it('are switched on again in Request Options', async () => {
		await create({
			options: { sendIdempotencyKey: false, sendCallbackId: false },
			requestOptions: { sendIdempotencyKey: true, sendCallbackId: true },
		});
		expect([keys(), callbacks()]).toEqual([[expect.any(String)], [expect.stringMatching(/^n8n-/)]]);
	});

	it.each(['options', 'requestOptions'])('refuse what is nothing that they take, in %s', async (place) => {
		const error = errorOf(await create({ [place]: { maxParallelRequests: 0 } }));
		expect(error.message).toMatch(/^'Max Parallel Requests' must be a whole number/);
		const words = errorOf(await create({ [place]: { sendAsBatch: 'maybe' } }));
		expect(words.message).toMatch(/^'Send as Batch' must be/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('stand beside those of n8n', async () => {
		const batching = { batch: { batchSize: 1, batchInterval: 10 } };
		await create({ requestOptions: { batching, timeout: 5_000, callbackId: '={{ $json.script }}' } }, 3);
		expect(new Set(callbacks()).size).toBe(3);
	});

	it('are those of each item', async () => {
		await create({ requestOptions: { idempotencyKey: '={{ "key-" + $itemIndex }}' } }, 3);
		expect(keys().sort()).toEqual(['key-0', 'key-1', 'key-2']);
	});

	it('send the items in one batch, from either place', async () => {
		for (const place of ['options', 'requestOptions']) {
			await create({ [place]: { sendAsBatch: true } }, 2);
		}
		expect(requestsTo(sandbox(), CREATE)).toEqual([]);
		expect(sandbox().stats().videosCreated).toBe(4);
	});

	it.each(['options', 'requestOptions'])('hold for operations that make nothing, in %s', async (place) => {
		const error = errorOf(await runVideo(sandbox(), 'get', { videoId: 'abc', [place]: { queueTimeoutMinutes: 0 } }));
		expect(error.message).toMatch(/^'Queue Timeout \(Minutes\)' must be/);
		expect(requestsTo(sandbox(), GET)).toEqual([]);
	});
});

describe('options of waiting', () => {
	const ENDED = 'continue';
	const wait = async (parameters: INodeParameters) =>
		await runVideo(sandbox(), 'createAvatar', waitingAvatar({ script: '[stuck]', download: [], ...parameters }));

	it.each<[string, INodeParameters]>([
		['in Options', { options: { timeoutMinutes: 0.005, onTimeout: ENDED } }],
		['in Wait Options, where they stood before', { waitOptions: { timeoutMinutes: 0.005, onTimeout: ENDED } }],
		['in Options by the names of the editor', { options: { timeoutMinutes: '0.005', onTimeout: '={{ "Return Current State" }}' } }],
		['partly here, partly there', { options: { timeoutMinutes: 0.005 }, waitOptions: { onTimeout: ENDED } }],
		['in Options, where both hold something', { options: { timeoutMinutes: 0.005, onTimeout: ENDED }, waitOptions: { timeoutMinutes: 600, onTimeout: 'error' } }],
		['as zero', { options: { timeoutMinutes: 0, onTimeout: ENDED }, waitOptions: { timeoutMinutes: 600 } }],
		['as zero, where they stood before', { waitOptions: { timeoutMinutes: 0, onTimeout: ENDED } }],
	])('count %s', async (_where, parameters) => {
		const [item] = jsonOf(await wait(parameters), 0);
		expect(item).toMatchObject({ video_id: expect.any(String) });
		expect(item?.status).not.toBe('completed');
	});

	it('are named in messages as in the editor', async () => {
		const error = errorOf(await wait({ options: { timeoutMinutes: 0.005 } }));
		expect(error.description).toContain("raise 'Wait Timeout (Minutes)'");
		expect(errorOf(await wait({ options: { timeoutMinutes: 'soon' } })).message).toMatch(/^'Wait Timeout \(Minutes\)' must be/);
		expect(errorOf(await wait({ waitOptions: { timeoutMinutes: 'soon' } })).message).toMatch(/^'Wait Timeout \(Minutes\)' must be/);
		expect(errorOf(await wait({ options: { onTimeout: 'explode' } })).message).toMatch(/^'On Wait Timeout' must be/);
	});

	it.each<[string, INodeParameters]>([
		['Options', { options: { timeoutMinutes: 0.005, onTimeout: ENDED } }],
		['Wait Options', { waitOptions: { timeoutMinutes: 0.005, onTimeout: ENDED } }],
	])('count in %s of Wait Until Finished', async (_where, parameters) => {
		const [made] = jsonOf(await runVideo(sandbox(), 'createAvatar', avatar({ script: '[stuck]' })), 0);
		const [item] = jsonOf(await runVideo(sandbox(), 'wait', { videoId: made?.video_id as string, download: [], ...parameters }), 0);
		expect(item).toMatchObject({ video_id: made?.video_id });
	});
});
