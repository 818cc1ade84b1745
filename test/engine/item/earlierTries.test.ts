/** What an earlier try has made, or may have made, is neither forgotten nor made again, whatever comes of a later one. */
import { runNode, startNode, type RunOptions, type RunResult } from '../support/harness';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import type { Fault } from '../../sandbox';
import {
	avatar,
	bodiesOf,
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
	until,
	useSandbox,
	useTiming,
	videoRun,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

const POST = { path: '/v3/videos', method: 'POST' };
const BATCH = { path: '/v3/videos/batches', method: 'POST' };
const LOST = timing.retryCount + 1;
const AGAIN = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } as const;

const fault = (match: Fault['match'], kind: Fault['kind'], more: Partial<Fault> = {}) =>
	sandbox().addFault({ match, kind, times: -1, ...more } as Fault);

/** All tries of one request get lost, and whatever is asked after it is refused. */
const loseThenRefuse = (match: Fault['match']) => {
	fault(match, 'drop_after', { times: LOST });
	fault(match, 'status', { status: 402 });
};

const videos = () => {
	sandbox().store.advance(Date.now());
	return sandbox().store.page({}, 1_000, undefined).videos;
};

/** The keys that the sandbox has looked at: it answers some faults without. */
const keys = (endpoint: string) =>
	new Set(requestsTo(sandbox(), endpoint).flatMap(({ idempotencyKey }) => idempotencyKey ?? []));

const titled = (...titles: string[]): INodeExecutionData[] =>
	titles.map((title, row) => ({ json: { row, script: `Script ${row}`, title } }));
const TITLE = '={{ $json.title }}';

type Failed = Error & { description?: string; context: { details: IDataObject } };
const failedIn = (result: RunResult) => errorOf(result) as unknown as Failed;
const detailsIn = (result: RunResult) =>
	[...(result.outputs[0] ?? []), ...(result.outputs[1] ?? [])].flatMap(({ json }) => (json.details === undefined ? [] : [json.details as IDataObject]));

describe('a lost answer that a later try does not settle', () => {
	it('is in the error that stops the node', async () => {
		loseThenRefuse(POST);
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: scripts('A'), executionId: '910', ...AGAIN });
		expect(videos().map(({ callbackId }) => callbackId)).toEqual(['n8n-910-0']);
		const { message, description, context } = failedIn(result);
		expect(message).toContain('Could not create the video');
		expect(description).toContain('HeyGen may have made it all the same in an earlier try');
		expect(description).toContain('n8n-910-0');
		expect(context.details).toMatchObject({ httpCode: '402', mayExist: true, callback_id: 'n8n-910-0' });
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)('is in the item with %s', async (onError) => {
		loseThenRefuse(POST);
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: scripts('A'), executionId: '910', onError, ...AGAIN });
		expect(detailsIn(result)).toEqual([expect.objectContaining({ httpCode: '402', mayExist: true, callback_id: 'n8n-910-0' })]);
		expect(detailsIn(result)[0]?.description).toContain('n8n-910-0');
	});

	it('is in each item of a batch', async () => {
		loseThenRefuse(BATCH);
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ options: { sendAsBatch: true } }), {
			items: manyScripts(3),
			executionId: '910',
			onError: 'continueErrorOutput',
			...AGAIN,
		});
		const expected = [0, 1, 2].map((item) => expect.objectContaining({ mayExist: true, callback_id: `n8n-910-${item}` }) as unknown);
		expect(detailsIn(result)).toEqual(expected);
	});

	it('is in the error of a retry by hand', async () => {
		loseThenRefuse(POST);
		const one = videoRun(sandbox(), 'createAvatar', avatar(), { items: scripts('A'), executionId: '911' });
		const again = await retryByHand(await runNode(one), { ...one, executionId: '912' });
		expect(failedIn(again).context.details).toMatchObject({ mayExist: true, callback_id: 'n8n-911-0' });
	});

	it('keeps the callback ID that it was first asked for with', async () => {
		fault(POST, 'drop_after');
		const one = videoRun(sandbox(), 'createAvatar', avatar(), { items: scripts('A'), executionId: '911' });
		const again = await retryByHand(await runNode(one), { ...one, executionId: '912' });
		expect(videos().map(({ callbackId }) => callbackId)).toEqual(['n8n-911-0']);
		const { description, context } = failedIn(again);
		expect(context.details.callback_id).toBe('n8n-911-0');
		expect(description).not.toContain('n8n-912-0');
	});

	it('does not name a new one by the callback ID of one that was refused', async () => {
		fault(POST, 'status', { status: 402, times: 1 });
		const one = videoRun(sandbox(), 'createAvatar', avatar(), { items: scripts('A'), executionId: '911' });
		await retryByHand(await runNode(one), { ...one, executionId: '912' });
		expect(videos().map(({ callbackId }) => callbackId)).toEqual(['n8n-912-0']);
	});

	it('is told no more once a later try has brought the id', async () => {
		fault(POST, 'drop_after', { times: LOST });
		const one: RunOptions = videoRun(sandbox(), 'createAvatar', waitingAvatar({ options: { title: '[fail]' } }), {
			items: scripts('A'),
			...AGAIN,
		});
		const { message, description } = failedIn(await runNode(one));
		expect(message).toContain('HeyGen could not finish the video');
		expect(description).not.toContain('May have been started');
		expect(description).not.toContain('may have made it');
	});
});

describe('what an earlier try has started', () => {
	const items = titled('[fail]', 'b', 'c');

	it.each([
		['one by one', false, POST, 3],
		['in a batch', true, BATCH, 1],
	])('is attached to when HeyGen refuses the repeat (%s)', async (_how, sendAsBatch, match, skip) => {
		fault(match, 'status', { status: 402, skip });
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ options: { title: TITLE, sendAsBatch } }), {
			items,
			onError: 'continueErrorOutput',
			...AGAIN,
		});
		expect(linksOf(result)).toEqual([1, 2]);
		expect(jsonOf(result).map(({ title, status }) => [title, status])).toEqual([['b', 'completed'], ['c', 'completed']]);
		expect(videos()).toHaveLength(3);
	});

	it('is attached to when the answer to the repeat gets lost, and leaves no doubt', async () => {
		fault(POST, 'drop_after', { skip: 3 });
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ options: { title: TITLE } }), {
			items,
			onError: 'continueErrorOutput',
			...AGAIN,
		});
		expect(linksOf(result)).toEqual([1, 2]);
	});

	it('is named by an item that does not get as far as that', async () => {
		const bad = { value: '' };
		const run = videoRun(
			sandbox(),
			'createAvatar',
			waitingAvatar({ options: { title: TITLE, queueTimeoutMinutes: '={{ $json.wait.value || undefined }}' } }),
			{
				items: titled('[fail]', 'b').map(({ json }) => ({ json: { ...json, wait: bad } })) as INodeExecutionData[],
				onError: 'continueErrorOutput',
				...AGAIN,
				onTry: (attempt) => {
					if (attempt === 2) bad.value = 'abc';
				},
			},
		);
		const result = await runNode(run);
		const made = videos().map(({ id }) => id).sort();
		expect(made).toHaveLength(2);
		expect(detailsIn(result).flatMap(({ started }) => started as string[]).sort()).toEqual(made);
	});
});

describe('a batch that HeyGen has refused', () => {
	const one = (items: INodeExecutionData[], more: INodeParameters = {}) =>
		videoRun(sandbox(), 'createAvatar', avatar({ options: { title: TITLE, sendAsBatch: true }, ...more }), { items });
	const batches = () =>
		bodiesOf(sandbox(), CREATE_BATCH).map(({ videos: list }) => (list as IDataObject[]).map(({ title }) => title));

	it.each([401, 402, 403])('with %d is forgotten: a retry makes what is asked for now', async (status) => {
		fault(BATCH, 'status', { status, times: 1 });
		const failed = await runNode(one(titled('a', 'b', 'c')));
		const mended = avatar({ options: { title: '={{ $json.title === "b" ? "mended" : $json.title }}', sendAsBatch: true } });
		const again = await retryByHand(failed, one(titled('a', 'b', 'c'), mended));
		expect(again.originalError).toBeUndefined();
		expect(batches()).toEqual([['a', 'b', 'c'], ['a', 'mended', 'c']]);
		await until(() => videos().length === 3);
	});

	it('but may have been taken before is sent again as it was', async () => {
		fault(BATCH, 'drop_after', { times: LOST });
		fault(BATCH, 'status', { status: 402, times: 1 });
		const failed = await runNode(one(titled('a', 'b', 'c')));
		const refused = await retryByHand(failed, one(titled('a', 'b', 'c')));
		expect(errorOf(refused).httpCode).toBe('402');
		const again = await retryByHand(refused, one(titled('a', 'b', 'c')));
		expect(again.originalError).toBeUndefined();
		expect(keys(CREATE_BATCH).size).toBe(1);
		await until(() => videos().length === 3);
	});
});

it('an item without a key does not take it from the batch of the others', async () => {
	fault(BATCH, 'drop_after', { times: 1 });
	const options = { sendAsBatch: true, sendIdempotencyKey: '={{ $json.row !== 2 }}' };
	await runVideo(sandbox(), 'createAvatar', avatar({ options }), { items: manyScripts(3), ...AGAIN });
	const sent = requestsTo(sandbox(), CREATE_BATCH).map(({ body, idempotencyKey }) => [
		(body as { videos: unknown[] }).videos.length,
		idempotencyKey !== null,
	]);
	expect(sent).toEqual(expect.arrayContaining([[2, true], [1, false]]));
	expect(sent).not.toContainEqual([3, false]);
});

describe('an answer of success that does not name what was made', () => {
	const ODD: unknown[] = [{}, { data: null }, { data: [] }, { data: {} }, { data: { video_id: '' } }];

	it.each(ODD)('%j is asked again with the same key', async (body) => {
		fault(POST, 'answer', { body, times: 1 });
		fault(BATCH, 'answer', { body, times: 1 });
		for (const sendAsBatch of [false, true]) {
			const result = await runVideo(sandbox(), 'createAvatar', avatar({ options: { sendAsBatch } }), { items: scripts('A') });
			expect(result.originalError).toBeUndefined();
			expect(jsonOf(result)).toHaveLength(1);
		}
		expect(requestsTo(sandbox(), CREATE)).toHaveLength(2);
		expect(requestsTo(sandbox(), CREATE_BATCH)).toHaveLength(2);
	});

	it.each(ODD)('%j for good is an error that says that it may exist', async (body) => {
		fault(POST, 'answer', { body });
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: scripts('A'), executionId: '913' });
		expect(failedIn(result).context.details).toMatchObject({ mayExist: true, callback_id: 'n8n-913-0' });
	});

	it('without a key is not asked again', async () => {
		fault(POST, 'answer', { body: { data: {} } });
		const result = await runVideo(sandbox(), 'createAvatar', avatar({ options: { sendIdempotencyKey: false } }), { items: scripts('A') });
		expect(failedIn(result).context.details.mayExist).toBe(true);
		expect(requestsTo(sandbox(), CREATE)).toHaveLength(1);
	});

	it('may name it by a number', async () => {
		fault(POST, 'answer', { body: { data: { video_id: 4711 } } });
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: scripts('A') });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ video_id: '4711' })]);
	});

	it.each<[string, unknown]>([
		['in a list', { data: [{ video_id: 'v4711' }] }],
		['outside of its data', { video_id: 'v4711', headers: { 'x-api-key': 'sk_repeated' } }],
	])('and has ids %s is an error that names them', async (_where, body) => {
		fault(POST, 'answer', { body });
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: scripts('A') });
		expect(failedIn(result).description).toContain('v4711');
		expect(failedIn(result).context.details).toMatchObject({ mayExist: true, ids: ['v4711'] });
		expect(JSON.stringify(result.data)).not.toContain('sk_repeated');
	});
});

it('the stop button leaves what was under way in the custom data', async () => {
	fault(POST, 'hang');
	const running = startNode(videoRun(sandbox(), 'createAvatar', avatar(), { items: manyScripts(2), executionId: '914' }));
	await until(() => videos().length === 2);
	running.cancel();
	const { data } = await running.promise;
	expect(data.resultData.metadata?.heygen_maybe_started).toBe(
		'the video of item 1 (callback ID n8n-914-0); the video of item 2 (callback ID n8n-914-1)',
	);
});
