/** Ways in which money was once spent twice, for nothing, or on a video that nobody heard of. */
import { timing } from '../../../nodes/engine/basics/timing';
import {
	avatar,
	CREATE,
	CREATE_BATCH,
	countOf,
	errorOf,
	jsonOf,
	locator,
	manyScripts,
	requestsTo,
	runVideo,
	sleepFor,
	useSandbox,
	useTiming,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox({ jobSeconds: 0.3, jobQueueSeconds: 0.05 });
const created = () => sandbox().stats().videosCreated;

describe('an expression that throws in a later item', () => {
	const script = "={{ $json.row === 3 ? $('Nowhere').item.json.x : $json.script }}";

	it.each([{ sendAsBatch: false }, { sendAsBatch: true }])('keeps earlier items from creating (%j)', async (options) => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script, options }), { items: manyScripts(5) });
		expect(errorOf(result).message).toContain("Referenced node doesn't exist");
		await sleepFor(500);
		expect(countOf(sandbox(), CREATE) + countOf(sandbox(), CREATE_BATCH)).toBe(0);
	});

	it('leaves the others alone when the node continues on errors', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ script }), {
			items: manyScripts(5),
			onError: 'continueErrorOutput',
		});
		expect(jsonOf(result)).toHaveLength(4);
		expect(created()).toBe(4);
	});
});

describe('Retry On Fail', () => {
	const again = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } as const;

	it.each([{ sendAsBatch: false }, { sendAsBatch: true }])(
		'makes no second video when a parameter changes between tries (%j)',
		async ({ sendAsBatch }) => {
			sandbox().addFault({
				match: { method: 'GET', path: '/v3/videos/statuses' },
				kind: 'status',
				status: 403,
			});
			const options = { sendAsBatch, title: '={{ $now.toMillis() + Math.random() }}' };
			const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ options }), {
				items: manyScripts(2),
				...again,
			});
			expect(result.originalError).toBeUndefined();
			expect(created()).toBe(2);
		},
	);
});

describe('Send as Batch', () => {
	it('refuses an own key, which it could not keep', async () => {
		const options = { sendAsBatch: true, idempotencyKey: '=order-{{ $json.row }}' };
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ options }), { items: manyScripts(2) });
		expect(errorOf(result).message).toContain("'Idempotency Key' cannot be combined with 'Send as Batch'");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('does not send the rest once an item has stopped the node', async () => {
		const parameters = avatar({
			options: { sendAsBatch: true, expressiveness: 'high' },
			avatarId: locator('={{ $json.row === 1 ? "look_ann_office_01" : "look_bruno_office_01" }}'),
		});
		const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(3) });
		expect(result.originalError).toBeDefined();
		await sleepFor(300);
		expect(requestsTo(sandbox(), CREATE_BATCH).map(({ status }) => status)).toEqual([400]);
		expect(created()).toBe(0);
	});
});

describe('the id of a paid video', () => {
	it('is that of its own item, although they share a failed status request', async () => {
		for (const path of ['/v3/videos/statuses', '/v3/videos/{video_id}']) {
			sandbox().addFault({ match: { method: 'GET', path }, kind: 'status', status: 403, times: -1 });
		}
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar(), {
			items: manyScripts(3),
			onError: 'continueErrorOutput',
		});
		const ids = jsonOf(result, 1).map(({ details }) => (details as { video_id: string }).video_id);
		expect(new Set(ids).size).toBe(3);
		jsonOf(result, 1).forEach(({ error }, index) => expect(error).toContain(ids[index]));
	});

	it('is not lost when a create waited long for its turn and then its answer is late', async () => {
		const before = timing.inProgressMax;
		timing.inProgressMax = 700;
		timing.writeTimeout = 200;
		const match = { method: 'POST', path: '/v3/videos' };
		sandbox().addFault({ match, kind: 'status', status: 429, retryAfter: 1 });
		sandbox().addFault({ match, kind: 'hang_in_progress', hangMs: 500 });
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(1) });
		timing.inProgressMax = before;
		expect(result.originalError).toBeUndefined();
		expect(created()).toBe(1);
	});

	it('is not given up after no time because the time-out is very long', async () => {
		const waitOptions = { timeoutMinutes: 99_999 };
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ waitOptions }), { items: manyScripts(1) });
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toEqual([expect.objectContaining({ status: 'completed' })]);
	});

	it('may exist after a create that ended in a 5xx, and the error says so', async () => {
		sandbox().addFault({ match: {}, kind: 'status', status: 504, times: -1 });
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: manyScripts(1) });
		expect(errorOf(result).description).toContain('HeyGen may have taken the request all the same');
	});
});

it('lets reads through while creates wait for running jobs, whatever Max Parallel Requests is', async () => {
	sandbox().configure({ concurrentJobs: 2, jobSeconds: 0.3, jobQueueSeconds: 0 });
	const parameters = waitingAvatar({
		options: { maxParallelRequests: 2 },
		waitOptions: { timeoutMinutes: 0.1 },
	});
	const result = await runVideo(sandbox(), 'createAvatar', parameters, { items: manyScripts(12) });
	expect(result.originalError).toBeUndefined();
	expect(jsonOf(result)).toHaveLength(12);
});
