/** Background Removal: what is sent, the layers, and what keeps one removal from becoming two. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { validateAgainstContract } from '../../sandbox';
import { readBinary } from '../support/harness';
import { FILM_URL, itemWithFilm, ofFilm, runPost, startJob } from '../support/postSupport';
import { bodiesOf, countOf, errorOf, FAST_JOBS, itemAt, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox(FAST_JOBS);

const CREATE = 'POST /v3/background-removals';
const LIST = 'GET /v3/background-removals';
const GET = { path: '/v3/background-removals/{job_id}', method: 'GET' };

const run = async (operation: string, parameters: INodeParameters = {}) =>
	await runPost(sandbox(), 'backgroundRemoval', operation, parameters);
const create = async (parameters: INodeParameters = {}, options: Parameters<typeof runPost>[4] = {}) =>
	await runPost(sandbox(), 'backgroundRemoval', 'create', ofFilm(parameters), options);

/** Bodies of the creates, without the names that the node gives to requests. */
const bodies = () =>
	bodiesOf(sandbox(), CREATE).map(({ request_id: id, ...body }) => (/^n8n-[0-9a-f]{64}$/.test(String(id)) ? body : { request_id: id, ...body }));
const jobs = () => sandbox().stats().jobsCreated.backgroundRemoval;
const video = { type: 'url', url: FILM_URL };
/** Answers looks at a job that the sandbox does not know. */
const answerWith = (record: IDataObject) =>
	sandbox().addFault({ match: GET, kind: 'answer', times: -1, body: { data: { id: 'r1', status: 'completed', ...record } } });

describe('the request', () => {
	it('names itself in the body, as HeyGen ignores the header there', async () => {
		expect((await create({ waitForCompletion: false })).originalError).toBeUndefined();
		const [request] = requestsTo(sandbox(), CREATE);
		expect(request?.idempotencyKey).toBeNull();
		expect(request?.body).toEqual({ video, request_id: expect.stringMatching(/^n8n-[0-9a-f]{64}$/) });
	});

	it('has every option in its place', async () => {
		const options = { layers: ['mask', 'foreground'], title: 'Talk', idempotencyKey: 'row-7' };
		expect((await create({ waitForCompletion: false, options })).originalError).toBeUndefined();
		const [body] = bodiesOf(sandbox(), CREATE);
		expect(body).toEqual({ video, layers: ['mask', 'foreground'], title: 'Talk', request_id: 'row-7' });
		expect(validateAgainstContract('POST', '/v3/background-removals', { body })).toEqual([]);
	});

	it.each<[unknown, string[]]>([
		['Mask, Foreground', ['mask', 'foreground']],
		['["background"]', ['background']],
		[['MASK', 'mask'], ['mask']],
		['foreground background', ['foreground', 'background']],
	])('reads the layers %j', async (layers, expected) => {
		await create({ waitForCompletion: false, options: { layers: `={{ ${JSON.stringify(layers)} }}` } });
		expect(bodies()).toEqual([{ video, layers: expected }]);
	});

	it.each([[[]], [''], [null]])('has all layers when none is given: %j', async (layers) => {
		await create({ waitForCompletion: false, options: { layers: `={{ ${JSON.stringify(layers)} }}` } });
		expect(bodies()).toEqual([{ video }]);
	});

	it('takes a page, an asset and a binary field', async () => {
		sandbox().configure({ validateAssets: false });
		const given: INodeParameters[] = [
			{ videoUrl: 'https://vimeo.com/1' },
			{ videoSource: 'assetId', videoAssetId: 'asset_1' },
			{ videoSource: 'binary' },
		];
		const items = [await itemWithFilm()];
		for (const parameters of given) {
			expect((await create({ waitForCompletion: false, ...parameters }, { items })).originalError).toBeUndefined();
		}
		expect(bodies()).toEqual([
			{ video: { type: 'url', url: 'https://vimeo.com/1' } },
			{ video: { type: 'asset_id', asset_id: 'asset_1' } },
			{ video: { type: 'asset_id', asset_id: sandbox().assets[0]?.id } },
		]);
	});

	it('takes a film within a data URL, and knows its length', async () => {
		const data = (await readBinary(await itemWithFilm(), 'data')).toString('base64');
		const options = { dryRun: true, rate: 1 };
		const [json] = jsonOf(await create({ videoUrl: `data:video/mp4;base64,${data}`, options }));
		expect(json?.estimate).toMatchObject({ seconds: expect.any(Number), formula: expect.stringMatching(/^the length of the video; /) });
		expect((await create({ videoUrl: `data:video/mp4;base64,${data}`, download: [] })).originalError).toBeUndefined();
		expect([jobs(), sandbox().assets]).toEqual([1, []]);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ videoUrl: '={{ $json.nothing }}' }, /^'Video URL' is empty/],
		[{ videoSource: 'assetId', videoAssetId: '={{ $json.nothing }}' }, /^'Video Asset ID' is empty/],
		[{ videoSource: 'binary', videoBinaryPropertyName: '={{ $json.nothing }}' }, /^'Video Binary Field' is empty/],
		[{ videoUrl: 'https://example.com/a.png' }, /^'Video URL' is a PNG/],
		[{ videoSource: 'binary' }, /^'Video Binary Field'/],
		[{ videoSource: 'assetId', videoAssetId: '={{ [1, 2] }}' }, /^'Video Asset ID'/],
		[{ options: { layers: ['sky'] } }, /^'Layers' can hold foreground, mask, background, but it holds "sky"/],
		[{ options: { layers: '={{ { a: 1 } }}' } }, /^'Layers' can hold/],
		[{ options: { title: '={{ { a: 1 } }}' } }, /^'Title' must be text/],
		[{ options: { idempotencyKey: 'a b' } }, /^'Idempotency Key'/],
		[{ download: ['video'] }, /^'Download' has an unknown value: "video"/],
		[{ download: ['mask'], options: { layers: ['foreground'] } }, /^'Download' asks for the file 'Mask', but 'Layers' does not make one/],
		[{ download: ['mask'], options: { additionalFields: '{"layers":["background"]}' } }, /^'Download' asks for the file 'Mask'/],
	])('is refused before it is sent when it has %j', async (parameters, message) => {
		expect(errorOf(await create(parameters)).message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('the result', () => {
	it('has all layers as files, for every item in order', async () => {
		const result = await create({}, { items: [{ json: {} }, { json: {} }] });
		expect(linksOf(result)).toEqual([0, 1]);
		for (const [index, json] of jsonOf(result).entries()) {
			expect(json).toEqual({
				job_id: expect.any(String),
				status: 'completed',
				layers: { foreground: expect.any(String), mask: expect.any(String), background: expect.any(String) },
				duration: 10,
				created_at: expect.any(String),
				completed_at: expect.any(String),
				cost: expect.objectContaining({ credits: null, seconds: 10 }),
				estimate: expect.objectContaining({ credits: null }),
			});
			const { binary = {} } = itemAt(result, index);
			expect(Object.keys(binary)).toEqual(['foreground', 'mask', 'background']);
			expect(Object.values(binary).map(({ fileName }) => fileName)).toEqual([
				`${String(json.job_id)}-foreground.webm`,
				`${String(json.job_id)}-mask.mp4`,
				`${String(json.job_id)}-background.mp4`,
			]);
		}
		expect(jobs()).toBe(2);
	});

	it.each<[INodeParameters, string[]]>([
		[{ options: { layers: ['mask'] } }, ['mask']],
		[{ download: ['mask', 'foreground'] }, ['mask', 'foreground']],
		[{ download: 'All' }, ['foreground', 'mask', 'background']],
		[{ download: [] }, []],
		[{ options: { additionalFields: '{"layers":["background"]}' } }, ['background']],
	])('has the files that are wanted and made: %j', async (parameters, expected) => {
		const result = await create(parameters);
		expect(result.originalError).toBeUndefined();
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(expected);
		expect(itemAt(result).json.missing_files).toBeUndefined();
	});

	it('names a layer that HeyGen did not make', async () => {
		const url = String((jsonOf(await create({ download: [] }))[0]?.layers as IDataObject).foreground);
		answerWith({ layers: { foreground: url, mask: null }, duration: 5 });
		const result = await create();
		expect(itemAt(result).json.missing_files).toEqual(['mask', 'background']);
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['foreground']);
	});

	it('has fresh addresses where the first ones were too old', async () => {
		sandbox().addFault({ match: { path: '/files' }, kind: 'expired_url' });
		const result = await create({ download: ['mask'] });
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['mask']);
	});

	it('is the record so far without waiting', async () => {
		const [json] = jsonOf(await create({ waitForCompletion: false }));
		expect(json).toMatchObject({ job_id: expect.any(String), status: expect.stringMatching(/^(pending|processing)$/), layers: {} });
		expect(requestsTo(sandbox(), 'GET /v3/background-removals/{job_id}')).toEqual([]);
	});

	it.each<[string, IDataObject, RegExp]>([
		['failed', { status: 'failed', error: 'The video has no people' }, /^HeyGen could not finish the background removal r1: The video has no people/],
		['was deleted', { status: 'deleted', layers: {} }, /^HeyGen could not finish the background removal r1: its status is 'deleted'/],
	])('is an error when the job %s', async (_what, record, message) => {
		answerWith(record);
		expect(errorOf(await run('wait', { jobId: 'r1' })).message).toMatch(message);
	});

	it('is an error when a finished job has no layer', async () => {
		answerWith({ layers: {} });
		expect(errorOf(await run('wait', { jobId: 'r1' })).message).toMatch(/^The finished background removal r1 has no file to download/);
	});

	it('names the job after the wait timeout, or goes on', async () => {
		const options = { title: '[stuck]', timeoutMinutes: 0.01 };
		expect(errorOf(await create({ options })).message).toMatch(/^The background removal \S+ was not finished within/);
		const [json] = jsonOf(await create({ options: { ...options, onTimeout: 'continue' } }));
		expect(json).toMatchObject({ job_id: expect.any(String), status: 'processing', layers: {} });
	});

	it('is what would be sent in a dry run', async () => {
		const [json] = jsonOf(await create({ options: { dryRun: true, layers: ['mask'], rate: 0.5, expectedSeconds: 10 } }));
		expect(json).toMatchObject({ dryRun: true, body: { video, layers: ['mask'] }, estimate: { credits: 5, seconds: 10 } });
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('one removal', () => {
	it('is made although an answer got lost', async () => {
		sandbox().addFault({ match: { path: '/v3/background-removals', method: 'POST' }, kind: 'drop_after' });
		const result = await create({ download: [] });
		expect(result.originalError).toBeUndefined();
		expect([jobs(), countOf(sandbox(), CREATE)]).toEqual([1, 2]);
	});

	it.each([null, '', ' ', 'row-7', 7])('is made although an answer got lost, whatever its name among the additional fields: %j', async (name) => {
		sandbox().configure({ contract: 'open' });
		sandbox().addFault({ match: { path: '/v3/background-removals', method: 'POST' }, kind: 'drop_after' });
		const options = { additionalFields: JSON.stringify({ request_id: name }) };
		const result = await create({ waitForCompletion: false, options });
		// A number is none by which HeyGen would know the request again.
		expect([result.originalError === undefined, countOf(sandbox(), CREATE)]).toEqual(name === 7 ? [false, 1] : [true, 2]);
		expect(jobs()).toBe(1);
		expect(bodies()[0]).toEqual(name === 'row-7' || name === 7 ? { video, request_id: name } : { video });
	});

	it('that may have been made is not called safe to start again, since another execution makes another one', async () => {
		sandbox().addFault({ match: { path: '/v3/background-removals', method: 'POST' }, kind: 'drop_after', times: -1 });
		const { description } = errorOf(await create({ waitForCompletion: false }));
		expect(description).toMatch(/may have taken the request.*same idempotency key.*before another start, look into 'Get Many'/);
	});

	it('is made in all tries of Retry On Fail', async () => {
		sandbox().addFault({ match: { path: '/files' }, kind: 'status', status: 404, times: -1 });
		const onTry = (attempt: number) => {
			if (attempt === 2) sandbox().clearFaults();
		};
		const result = await create({ download: ['mask'] }, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, onTry });
		expect(result.originalError).toBeUndefined();
		expect(jobs()).toBe(1);
	});

	it('is made for one Idempotency Key, in whatever execution', async () => {
		const options = { idempotencyKey: 'row-7' };
		const [first] = jsonOf(await create({ download: [], options }));
		const [second] = jsonOf(await create({ download: [], options }));
		expect(second?.job_id).toBe(first?.job_id);
		expect([jobs(), sandbox().stats().jobsByReplay.backgroundRemoval]).toEqual([1, 1]);
	});

	it('is made by each execution otherwise', async () => {
		await create({ download: [] });
		await create({ download: [] });
		expect(jobs()).toBe(2);
	});

	it('has no name without Send Idempotency Key, and the one of the additional fields before any other', async () => {
		await create({ waitForCompletion: false, options: { sendIdempotencyKey: false } });
		await create({ waitForCompletion: false, options: { additionalFields: '{"request_id":"mine"}' } });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ video }, { video, request_id: 'mine' }]);
	});

	it('cannot have one name of the additional fields for two things, nor two names', async () => {
		const named = { additionalFields: '{"request_id":"mine"}' };
		const items = [{ json: { title: 'One' } }, { json: { title: 'Two' } }];
		const two = await create({ waitForCompletion: false, options: { ...named, title: '={{ $json.title }}' } }, { items });
		expect(errorOf(two).message).toContain('mine');
		const other = await create({ waitForCompletion: false, options: { ...named, idempotencyKey: 'yours' } });
		expect(errorOf(other).message).toMatch(/'Additional Fields \(JSON\)' has request_id "mine", but 'Idempotency Key' is "yours"/);
		expect(jobs()).toBe(0);
		const same = await create({ waitForCompletion: false, options: { ...named, title: 'One' } }, { items });
		expect(new Set(jsonOf(same).map(({ job_id }) => job_id)).size).toBe(1);
		expect(jobs()).toBe(1);
	});
});

describe('a job by its id', () => {
	it('is waited for, with the layers that there are', async () => {
		const jobId = await startJob(sandbox(), 'backgroundRemoval', { options: { layers: ['mask', 'background'] } });
		const result = await run('wait', { jobId });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ job_id: jobId, status: 'completed' })]);
		expect(itemAt(result).json.missing_files).toBeUndefined();
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['mask', 'background']);
		const named = await run('wait', { jobId, download: ['foreground', 'mask'] });
		expect(itemAt(named).json.missing_files).toEqual(['foreground']);
	});

	it('is read, listed and deleted', async () => {
		const ids: string[] = [];
		for (let count = 0; count < 3; count++) ids.unshift(await startJob(sandbox(), 'backgroundRemoval'));
		const [jobId = ''] = ids;
		expect(jsonOf(await run('get', { jobId }))).toEqual([expect.objectContaining({ job_id: jobId })]);
		expect(jsonOf(await run('getAll', { limit: 2 })).map(({ job_id: id }) => id)).toEqual(ids.slice(0, 2));
		expect(jsonOf(await run('getAll', { returnAll: true }))).toHaveLength(3);
		expect(requestsTo(sandbox(), LIST).map(({ query }) => query.limit)).toEqual(['2', '100']);
		expect(jsonOf(await run('delete', { jobId }))).toEqual([{ deleted: true, id: jobId }]);
		expect(jsonOf(await run('get', { jobId }))).toEqual([expect.objectContaining({ job_id: jobId, status: 'deleted' })]);
	});

	it('is not taken for deleted when HeyGen says that it is not', async () => {
		sandbox().addFault({ match: { ...GET, method: 'DELETE' }, kind: 'answer', body: { data: { id: 'r1', deleted: false } } });
		expect(errorOf(await run('delete', { jobId: 'r1' })).message).toContain('HeyGen says that it has not deleted the background removal r1');
	});

	it('puts out why it failed', async () => {
		answerWith({ status: 'failed', error: 'No people' });
		expect(jsonOf(await run('get', { jobId: 'r1' }))).toEqual([{ job_id: 'r1', status: 'failed', failure: 'No people' }]);
	});
});
