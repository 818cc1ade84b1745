/** Many lipsyncs: batches, what they cost, and what a second try makes again. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { sampleFile, validateAgainstContract } from '../../sandbox';
import { itemWith } from '../support/assetSupport';
import { GET_LIPSYNC, itemWithBoth, LIPSYNC_BATCH, spoken, spokenFromBinary } from '../support/lipsyncSupport';
import { countOf, errorOf, expression, FAST_JOBS, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';
import { LIPSYNC, onlyOf, runTranslation } from '../support/translationSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const create = async (parameters: INodeParameters = {}, options: Parameters<typeof runTranslation>[4] = {}) =>
	await runTranslation(sandbox(), 'lipsync', 'create', spoken(parameters), options);

/** Lipsyncs that were really made. */
const made = (): number => sandbox().stats().jobsCreated.lipsync;
const titles = (...all: string[]): INodeExecutionData[] => all.map((title) => ({ json: { title } }));
const TITLE = '={{ $json.title }}';
const BATCH = { sendAsBatch: true };

describe('Send as Batch', () => {
	const batched = async (items: INodeExecutionData[], more: INodeParameters = {}, options: Parameters<typeof runTranslation>[4] = {}) =>
		await create({ requestOptions: BATCH, options: { title: TITLE }, ...more }, { items, ...options });

	it('sends three items in one request, and hands their results on in order', async () => {
		const result = await batched(titles('A', 'B', 'C'), { download: ['video'] });
		expect(result.originalError).toBeUndefined();
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(jsonOf(result).map(({ title, status }) => [title, status])).toEqual(['A', 'B', 'C'].map((title) => [title, 'completed']));
		for (const { json, binary } of result.outputs[0] ?? []) expect(binary?.video?.fileName).toBe(`${String(json.lipsync_id)}.mp4`);
		const [request, ...others] = requestsTo(sandbox(), LIPSYNC_BATCH);
		expect(others).toEqual([]);
		const body = request?.body as IDataObject;
		expect(validateAgainstContract('POST', '/v3/lipsyncs/batches', { body })).toEqual([]);
		expect((body.lipsyncs as IDataObject[]).map(({ title }) => title)).toEqual(['A', 'B', 'C']);
		expect([countOf(sandbox(), LIPSYNC), made()]).toEqual([0, 3]);
	});

	it('takes 250 items in three requests', async () => {
		const result = await batched(titles(...Array.from({ length: 250 }, (_, row) => `Row ${row}`)), { waitForCompletion: false });
		expect(linksOf(result)).toEqual(Array.from({ length: 250 }, (_, row) => row));
		expect([countOf(sandbox(), LIPSYNC_BATCH), made()]).toEqual([3, 250]);
	});

	it('tells of each item where it is in the batch', async () => {
		const result = await batched(titles('A', 'B'), { waitForCompletion: false });
		expect(jsonOf(result)).toEqual(
			[0, 1].map((index) => ({ lipsync_id: expect.any(String), status: expect.any(String), batch_id: expect.stringMatching(/^batch_/), item_index: index })),
		);
	});

	it('keeps the error of one that fails with its item', async () => {
		const result = await batched(titles('A', '[fail:no_face_found]', 'C'), {}, { onError: 'continueErrorOutput' });
		expect(jsonOf(result).map(({ title }) => title)).toEqual(['A', 'C']);
		expect([linksOf(result), linksOf(result, 1)]).toEqual([[0, 2], [1]]);
		expect(jsonOf(result, 1)).toEqual([
			expect.objectContaining({ error: expect.stringMatching(/^HeyGen could not finish the lipsync \w+: Rendering ended with no_face_found \(item 2\)$/) }),
		]);
	});

	it('keeps the error of one that HeyGen does not take with its item', async () => {
		const source = { audioSource: 'assetId', audioAssetId: '={{ $json.title === "B" ? "no_such_asset" : $json.asset }}' };
		const upload = await create({ ...spokenFromBinary(), waitForCompletion: false }, { items: [await itemWithBoth()] });
		expect(upload.originalError).toBeUndefined();
		const asset = sandbox().assets.find(({ filename }) => filename === 'speech.wav')?.id ?? '';
		const items = titles('A', 'B', 'C').map(({ json }) => ({ json: { ...json, asset } }));
		sandbox().configure({ validateAssets: true });
		const result = await batched(items, source, { onError: 'continueErrorOutput' });
		expect(jsonOf(result).map(({ title }) => title)).toEqual(['A', 'C']);
		expect(jsonOf(result, 1)).toEqual([
			expect.objectContaining({ title: 'B', details: expect.objectContaining({ code: 'asset_not_found', item_index: 1 }) }),
		]);
	});

	it('makes a failed one again in a second try, and that one only', async () => {
		// The first record that is read says so.
		sandbox().addFault({ match: { path: '/v3/lipsyncs/{lipsync_id}' }, kind: 'answer', body: { data: { id: 'x', status: 'failed', failure_message: 'No' } } });
		const result = await batched(titles('A', 'B', 'C'), {}, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect(jsonOf(result).map(({ title }) => title)).toEqual(['A', 'B', 'C']);
		expect(made()).toBe(4);
		expect(countOf(sandbox(), LIPSYNC_BATCH)).toBeGreaterThan(1);
	});

	it('is sent again with the same key when its answer gets lost', async () => {
		sandbox().addFault({ match: { path: '/v3/lipsyncs/batches' }, kind: 'drop_after', times: 2 });
		const result = await batched(titles('A', 'B', 'C'));
		expect(jsonOf(result).map(({ title }) => title)).toEqual(['A', 'B', 'C']);
		const keys = requestsTo(sandbox(), LIPSYNC_BATCH).map(({ idempotencyKey }) => idempotencyKey);
		expect([keys.length, new Set(keys).size, made()]).toEqual([3, 1, 3]);
	});

	it.each([{ idempotencyKey: 'row-7' }, { sameInputSameVideo: true }])('does not go with %j, which one item alone can have', async (own) => {
		expect(errorOf(await batched(titles('A'), { requestOptions: { ...BATCH, ...own } })).message).toMatch(/^'.*' cannot be combined with 'Send as Batch'/);
		expect(sandbox().requests()).toEqual([]);
	});
});

describe('Retry On Fail', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const keys = () => requestsTo(sandbox(), LIPSYNC).map(({ idempotencyKey }) => idempotencyKey);

	it('makes a new one, with a new key, when HeyGen could not finish the first', async () => {
		sandbox().addFault({ match: { path: '/v3/lipsyncs/{lipsync_id}' }, kind: 'answer', body: { data: { id: 'x', status: 'failed' } } });
		expect(onlyOf(await create({}, retry))).toMatchObject({ status: 'completed' });
		expect([keys().length, new Set(keys()).size, made()]).toEqual([2, 2, 2]);
	});

	it('makes as many as there are tries, and no more', async () => {
		expect(errorOf(await create({ options: { title: '[fail]' } }, retry)).message).toContain('HeyGen could not finish the lipsync');
		expect([new Set(keys()).size, made()]).toEqual([3, 3]);
	});

	it('asks for the same one, with the same key, when the answers got lost', async () => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/lipsyncs' }, kind: 'drop_after', times: timing.retryCount + 1 });
		expect(onlyOf(await create({}, retry))).toMatchObject({ status: 'completed' });
		expect([keys().length, new Set(keys()).size, made()]).toEqual([timing.retryCount + 2, 1, 1]);
	});

	it('asks for the same one when the first try has not waited long enough', async () => {
		const result = await create({ options: { title: '[stuck]', timeoutMinutes: 0.005 } }, retry);
		expect(errorOf(result).message).toContain('was not finished within');
		expect([new Set(keys()).size, made()]).toEqual([1, 1]);
	});

	it('uploads each file once', async () => {
		sandbox().addFault({ match: { method: 'POST', path: '/v3/lipsyncs' }, kind: 'status', status: 500, times: timing.retryCount + 1 });
		const result = await create(spokenFromBinary(), { ...retry, items: [await itemWithBoth()] });
		expect(onlyOf(result)).toMatchObject({ status: 'completed' });
		expect([countOf(sandbox(), 'POST /v3/assets'), made()]).toEqual([2, 1]);
	});
});

describe('a lipsync that was made before', () => {
	it('is what Same Input, Same Video gives, for the same files and words', async () => {
		const requestOptions = { sameInputSameVideo: true };
		const one = async (mode: string) => onlyOf(await create({ ...spokenFromBinary({ mode }), requestOptions }, { items: [await itemWithBoth()] })).lipsync_id;
		const first = await one('speed');
		expect(await one('speed')).toBe(first);
		expect(await one('precision')).not.toBe(first);
		expect(made()).toBe(2);
	});
});

describe('the cost', () => {
	const estimateOf = async (parameters: INodeParameters, item?: INodeExecutionData) => {
		const result = await create({ ...parameters, options: { dryRun: true, ...(parameters.options as IDataObject) } }, { items: [item ?? (await itemWithBoth())] });
		return onlyOf(result).estimate as IDataObject;
	};

	it.each<[string, INodeParameters, number | null, string]>([
		['the audio', {}, 0.35, 'the length of the audio; 7 s × 0.05 credits a second = 0.35 credits'],
		['the audio, with care', { mode: 'precision' }, 0.7, 'the length of the audio; 7 s × 0.1 credits a second = 0.7 credits'],
		['the audio, whatever part of the video', { options: { startTime: 0.5, endTime: 1 } }, 0.35, 'the length of the audio; 7 s × 0.05 credits a second = 0.35 credits'],
		['the video, which keeps its length', { options: { enableDynamicDuration: false } }, 0.1, 'the length of the video; 2 s × 0.05 credits a second = 0.1 credits'],
		['the part of the video', { options: { enableDynamicDuration: false, startTime: 0.5 } }, 0.075, 'the part of the video from 0.5 s to 2 s; 1.5 s × 0.05 credits a second = 0.075 credits'],
		['the part that is in the video', { options: { enableDynamicDuration: false, startTime: 1, endTime: 60 } }, 0.05, 'the part of the video from 1 s to 2 s; 1 s × 0.05 credits a second = 0.05 credits'],
		['no audio that is not here', { audioSource: 'url' }, null, 'the length of the video is not known'],
		['no video that is not here', { videoSource: 'url', options: { enableDynamicDuration: false } }, null, 'the length of the video is not known'],
		['a part of a video that is not here', { videoSource: 'url', options: { enableDynamicDuration: false, startTime: 1, endTime: 4 } }, 0.15, 'the part of the video from 1 s to 4 s; 3 s × 0.05 credits a second = 0.15 credits'],
		['what the user expects', { audioSource: 'url', options: { expectedSeconds: 60 } }, 3, "'Expected Duration (Seconds)'; 60 s × 0.05 credits a second = 3 credits"],
	])('is estimated by %s', async (_what, parameters, credits, formula) => {
		expect(await estimateOf(spokenFromBinary(parameters))).toMatchObject({ credits, formula });
	});

	it('is estimated by the length that the header of an MP3 tells', async () => {
		const item = await itemWith({ speech: { fileName: 'speech.mp3', mimeType: 'audio/mpeg', content: sampleFile('mp3') } });
		const estimate = await estimateOf({ audioSource: 'binary', audioBinaryPropertyName: 'speech' }, item);
		expect(estimate).toMatchObject({ formula: expect.stringMatching(/^the length of the audio; \d/) });
		expect(estimate.seconds).toBeGreaterThan(0);
	});

	it('goes by the length of the finished video', async () => {
		const result = await create({ ...spokenFromBinary(), mode: 'precision', options: { title: '[seconds:20]' } }, { items: [await itemWithBoth()] });
		expect(onlyOf(result)).toMatchObject({ estimate: { credits: 0.7, seconds: 7 }, cost: { credits: 2, seconds: 20, formula: '20 s × 0.1 credits a second = 2 credits' } });
	});

	it.each<[string, INodeParameters]>([
		['Maximum Cost per Item', { maximumCostPerItem: 1 }],
		['Maximum Cost per Run', { maximumCostPerRun: 1 }],
		['Minimum Balance', { minimumBalance: 1 }],
	])('must be known for %s', async (label, limit) => {
		const error = errorOf(await create({ options: limit }));
		expect(error.message).toBe(`The length of the video is not known, so '${label}' cannot be kept`);
		expect(error.description).toContain("Fill in 'Expected Duration (Seconds)', or remove");
		expect(sandbox().requests()).toEqual([]);
		expect(onlyOf(await create({ options: { ...limit, expectedSeconds: 20 } }))).toMatchObject({ status: 'completed' });
	});

	it('of an item may not be above its limit, before a file goes up', async () => {
		const items = [await itemWithBoth(7), await itemWithBoth(30)];
		const error = errorOf(await create(spokenFromBinary({ options: { maximumCostPerItem: 1 } }), { items }));
		expect(error.message).toBe("Item 2 would cost more than 'Maximum Cost per Item' allows: 1 credit");
		expect(error.description).toContain('Nothing was sent. The costs are: item 2 1.5 credits.');
		expect(sandbox().requests()).toEqual([]);
	});

	it('of all items may not be above the limit of the run, in batches either', async () => {
		const items = [await itemWithBoth(7), await itemWithBoth(30)];
		const options = { maximumCostPerRun: 1.8 };
		for (const requestOptions of [{}, BATCH]) {
			const error = errorOf(await create(spokenFromBinary({ options, requestOptions }), { items }));
			expect(error.message).toContain('The 2 items of this run would cost 1.85 credits');
		}
		expect(sandbox().requests()).toEqual([]);
	});

	it('is nothing of what HeyGen could not make', async () => {
		const options = { title: TITLE, maximumCostPerExecution: 1, expectedSeconds: 20 };
		const result = await create({ options }, { items: titles('[fail]'), times: 2, onError: 'continueErrorOutput' });
		expect(result.runData).toHaveLength(2);
		expect(made()).toBe(2);
		expect(countOf(sandbox(), GET_LIPSYNC)).toBeGreaterThan(1);
		// What is charged leaves no room for another one.
		const charged = await create({ options }, { items: titles('A'), times: 2, onError: 'continueErrorOutput' });
		expect(String(jsonOf(charged, 1)[0]?.error)).toContain("'Maximum Cost per Execution'");
		expect(made()).toBe(3);
	});

	it('names the length by what it was found by, for texts of expressions as well', async () => {
		expect(await estimateOf(spokenFromBinary({ options: { enableDynamicDuration: expression('no') } }))).toMatchObject({
			formula: expect.stringMatching(/^the length of the video/),
		});
	});
});
