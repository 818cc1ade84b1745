/** Nothing is paid for twice, and nothing new is taken for something old. */
import type { INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import {
	avatar,
	CREATE,
	CREATE_BATCH,
	errorOf,
	jsonOf,
	manyScripts,
	requestsTo,
	runVideo,
	scripts,
	useSandbox,
	useTiming,
	type VideoRunOptions,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

/** Runs a create without waiting. @returns the ids of the last run of the node. */
async function create(parameters: INodeParameters = {}, options: VideoRunOptions = {}): Promise<unknown[]> {
	const result = await runVideo(sandbox(), 'createAvatar', avatar(parameters), {
		items: manyScripts(3),
		...options,
	});
	expect(result.originalError).toBeUndefined();
	return jsonOf(result).map(({ video_id }) => video_id);
}

/** The idempotency keys that came with creates, oldest first. */
const keys = (endpoint = CREATE) => requestsTo(sandbox(), endpoint).map(({ idempotencyKey }) => idempotencyKey);
const created = () => sandbox().stats().videosCreated;

describe('a key', () => {
	it('goes with every create, and differs between items', async () => {
		await create();
		expect(keys()).toEqual([0, 1, 2].map(() => expect.stringMatching(/^n8n-[0-9a-f]{64}$/)));
		expect(new Set(keys()).size).toBe(3);
	});

	it('differs between items that ask for the same', async () => {
		await create({}, { items: scripts('Same', 'Same') });
		expect(new Set(keys()).size).toBe(2);
		expect(created()).toBe(2);
	});

	it('differs between the runs of a loop that comes back with other data', async () => {
		const script = '={{ $json.script }} in run {{ $runIndex }}';
		const last = await create({ script }, { times: 2 });
		expect(new Set(keys()).size).toBe(6);
		expect(created()).toBe(6);
		expect(last.map((id) => sandbox().store.get(String(id))?.spoken)).toEqual([
			'Script 0 in run 1',
			'Script 1 in run 1',
			'Script 2 in run 1',
		]);
	});

	it('differs between the runs of a loop that comes back with the same data', async () => {
		await create({}, { times: 3 });
		expect(new Set(keys()).size).toBe(9);
		expect(created()).toBe(9);
	});

	it('differs between executions', async () => {
		const [first, second] = [await create(), await create()];
		expect(new Set([...first, ...second]).size).toBe(6);
		expect(created()).toBe(6);
	});

	it('is the same for the same item of the same execution', async () => {
		const first = await create({}, { resumeToken: '4711' });
		const second = await create({}, { resumeToken: '4711' });
		expect(second).toEqual(first);
		expect(created()).toBe(3);
	});

	it('differs when an item of the same execution asks for something else', async () => {
		await create({ script: 'One' }, { resumeToken: '4711' });
		await create({ script: 'Two' }, { resumeToken: '4711' });
		expect(new Set(keys()).size).toBe(6);
		expect(created()).toBe(6);
	});

	it.each(['', '__UNKNOWN__'])('differs between executions that n8n calls "%s"', async (executionId) => {
		await create({}, { executionId });
		await create({}, { executionId });
		expect(new Set(keys()).size).toBe(6);
		expect(created()).toBe(6);
	});

	it('makes HeyGen answer a repeated request with the first one\'s video', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'drop_after', times: 2 });
		await create({}, { items: scripts('One') });
		expect(keys()).toHaveLength(3);
		expect(new Set(keys()).size).toBe(1);
		expect(requestsTo(sandbox(), CREATE).map(({ replayed }) => replayed)).toEqual([false, true, true]);
		expect(created()).toBe(1);
	});
});

describe('Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, items: scripts('One') } as const;
	/** As many as one try of the node sends for an item. */
	const loseAllAnswers = () =>
		sandbox().addFault({
			match: { path: '/v3/videos' },
			kind: 'drop_after',
			times: timing.retryCount + 1,
		});

	it('uses the keys of the first try', async () => {
		loseAllAnswers();
		await create({}, retry);
		expect(keys()).toHaveLength(timing.retryCount + 2);
		expect(new Set(keys()).size).toBe(1);
		expect(created()).toBe(1);
	});

	it.each(['', '__UNKNOWN__'])('does so too in an execution that n8n calls "%s"', async (executionId) => {
		loseAllAnswers();
		await create({}, { ...retry, executionId });
		expect(new Set(keys()).size).toBe(1);
		expect(created()).toBe(1);
	});

	it('is not set off by a finished video', async () => {
		const parameters = avatar({ waitForCompletion: true, download: [] });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, retry);
		expect(result.originalError).toBeUndefined();
		expect(keys()).toHaveLength(1);
	});

	it('does not make a second video when waiting for the first failed', async () => {
		// No half a minute of patience, so that three refusals in a row end the wait.
		const before = { ...timing };
		Object.assign(timing, { catchUpTime: 0 });
		sandbox().addFault({ match: { path: '/v3/videos/{video_id}' }, kind: 'status', status: 403, times: 3 });
		const parameters = avatar({ waitForCompletion: true, download: [] });
		const result = await runVideo(sandbox(), 'createAvatar', parameters, retry);
		Object.assign(timing, before);
		expect(result.originalError).toBeUndefined();
		expect(keys()).toHaveLength(2);
		expect(created()).toBe(1);
	});
});

describe('the user\'s own key', () => {
	const own = { options: { idempotencyKey: '=row-{{ $json.row }}' } };

	it('is sent as it is, and gives the same videos in every execution', async () => {
		const first = await create(own);
		const second = await create(own);
		expect(keys()).toEqual(['row-0', 'row-1', 'row-2', 'row-0', 'row-1', 'row-2']);
		expect(second).toEqual(first);
		expect(created()).toBe(3);
	});

	it('is the automatic one when it is empty', async () => {
		await create({ options: { idempotencyKey: '={{ $json.nothing }}' } });
		expect(new Set(keys()).size).toBe(3);
		expect(keys().every((key) => key?.startsWith('n8n-'))).toBe(true);
	});
});

describe('switched off', () => {
	const off = { options: { sendIdempotencyKey: false } };

	it('no key is sent, whatever the user\'s own', async () => {
		await create({ options: { sendIdempotencyKey: false, idempotencyKey: 'row-1' } });
		expect(keys()).toEqual([null, null, null]);
	});

	it.each([
		['a lost answer', 'drop_after', undefined, 1],
		['a lost request', 'drop_before', undefined, 0],
		['an answer that cannot be read', 'garbage', undefined, 1],
		['a 500', 'status', 500, 0],
	] as const)('a create is not repeated after %s', async (_name, kind, status, videos) => {
		sandbox().addFault({ match: {}, kind, ...(status === undefined ? {} : { status }) });
		const result = await runVideo(sandbox(), 'createAvatar', avatar(off), { items: scripts('One') });
		const error = errorOf(result);
		expect(requestsTo(sandbox(), CREATE)).toHaveLength(1);
		expect(created()).toBe(videos);
		if (kind !== 'status') {
			expect(error.description).toContain("The request carried no idempotency key: look into 'Get Many'");
		}
	});

	it('what may have been made is not said to be safe to repeat', async () => {
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'drop_after', times: 2 });
		const { description } = errorOf(await runVideo(sandbox(), 'createAvatar', avatar(off), { items: scripts('One', 'Two') }));
		expect(description).toMatch(/May have been started as well, without an idempotency key .*: the video of item [12]/);
		expect(description).not.toContain('the same idempotency key');
	});

	it('a refused create is sent again, since nothing was made', async () => {
		sandbox().addFault({ match: {}, kind: 'status', status: 429, retryAfter: 1 });
		await create(off, { items: scripts('One') });
		expect(keys()).toEqual([null, null]);
		expect(created()).toBe(1);
	});
});

describe('a batch', () => {
	const batched = { options: { sendAsBatch: true } };

	it('has one key, of its own in every execution', async () => {
		const first = await create(batched);
		const second = await create(batched);
		expect(keys(CREATE_BATCH)).toEqual([
			expect.stringMatching(/^n8n-[0-9a-f]{64}$/),
			expect.stringMatching(/^n8n-[0-9a-f]{64}$/),
		]);
		expect(new Set(keys(CREATE_BATCH)).size).toBe(2);
		expect(new Set([...first, ...second]).size).toBe(6);
	});

	it('has the same key in the same execution', async () => {
		const first = await create(batched, { resumeToken: '4711' });
		const second = await create(batched, { resumeToken: '4711' });
		expect(new Set(keys(CREATE_BATCH)).size).toBe(1);
		expect(second).toEqual(first);
		expect(created()).toBe(3);
	});

	it('has another key in every run of a loop', async () => {
		await create(batched, { times: 2 });
		expect(new Set(keys(CREATE_BATCH)).size).toBe(2);
		expect(created()).toBe(6);
	});

	it('has no key when that is switched off', async () => {
		await create({ options: { sendAsBatch: true, sendIdempotencyKey: false } });
		expect(keys(CREATE_BATCH)).toEqual([null]);
	});
});

describe('other requests', () => {
	it('carry no key', async () => {
		await runVideo(sandbox(), 'getAll');
		await runVideo(sandbox(), 'delete', { videoId: 'abc' }, { onError: 'continueRegularOutput' });
		expect(sandbox().requests().map(({ idempotencyKey }) => idempotencyKey)).toEqual([null, null]);
	});
});

describe('a render that HeyGen could not finish', () => {
	it.each([
		{ how: 'one by one', sendAsBatch: false },
		{ how: 'in a batch', sendAsBatch: true },
	])('is made anew by each try of Retry On Fail ($how)', async ({ sendAsBatch }) => {
		const parameters = avatar({
			waitForCompletion: true,
			download: [],
			options: { title: '={{ $json.title }}', sendAsBatch },
		});
		const items = [{ json: { script: 'Good', title: 'good' } }, { json: { script: 'Bad', title: '[fail]' } }];
		const result = await runVideo(sandbox(), 'createAvatar', parameters, {
			items,
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		});
		expect(errorOf(result).message).toContain('HeyGen could not finish the video');
		// The good one once.
		expect(created()).toBe(1 + 3);
	});
});
