/** Filler Word Removal: what is sent, what it saves, and what it costs. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { validateAgainstContract } from '../../sandbox';
import { FILM_URL, itemWithFilm, ofFilm, runPost, startJob } from '../support/postSupport';
import { bodiesOf, countOf, errorOf, FAST_JOBS, itemAt, jsonOf, linksOf, useSandbox, useTiming } from '../support/support';

useTiming();
const sandbox = useSandbox(FAST_JOBS);

const PATH = '/v3/filler-word-removals';
const CREATE = `POST ${PATH}`;
const GET = { path: `${PATH}/{id}`, method: 'GET' };

const run = async (operation: string, parameters: INodeParameters = {}, options: Parameters<typeof runPost>[4] = {}) =>
	await runPost(sandbox(), 'fillerWordRemoval', operation, parameters, options);
const create = async (parameters: INodeParameters = {}, options: Parameters<typeof runPost>[4] = {}) =>
	await run('create', ofFilm(parameters), options);
const video = { type: 'url', url: FILM_URL };
/** Answers looks at a job as a HeyGen would that found other things in the film. */
const answerWith = (record: IDataObject) =>
	sandbox().addFault({ match: GET, kind: 'answer', times: -1, body: { data: { id: 'f1', status: 'completed', video_url: 'x', ...record } } });

describe('the request', () => {
	it('has nothing that the user did not ask for', async () => {
		await create({ waitForCompletion: false });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ video }]);
	});

	it('has every option in its place', async () => {
		const options = { title: 'Talk', callbackId: 'c-1', callbackUrl: 'https://example.com/hook' };
		await create({ waitForCompletion: false, options });
		const [body] = bodiesOf(sandbox(), CREATE);
		expect(body).toEqual({ video, title: 'Talk', callback_id: 'c-1', callback_url: 'https://example.com/hook' });
		expect(validateAgainstContract('POST', PATH, { body })).toEqual([]);
	});

	it('has the asset that a binary field became', async () => {
		const result = await create({ videoSource: 'binary', waitForCompletion: false }, { items: [await itemWithFilm()] });
		expect(result.originalError).toBeUndefined();
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ video: { type: 'asset_id', asset_id: sandbox().assets[0]?.id } }]);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ videoUrl: '={{ $json.nothing }}' }, /^'Video URL' is empty/],
		[{ videoSource: 'assetId', videoAssetId: '={{ $json.nothing }}' }, /^'Video Asset ID' is empty/],
		[{ videoSource: 'binary', videoBinaryPropertyName: '={{ $json.nothing }}' }, /^'Video Binary Field' is empty/],
		[{ videoUrl: 'data:video/mp4;base64,AAAA' }, /^'Video URL' holds the file itself/],
		[{ videoSource: 'binary' }, /^'Video Binary Field'/],
		[{ options: { title: '={{ [1] }}' } }, /^'Title' must be text/],
		[{ options: { callbackUrl: 'ftp://example.com' } }, /^'Callback URL'/],
		[{ options: { additionalFields: '[1]' } }, /^'Additional Fields \(JSON\)'/],
		[{ download: ['mask'] }, /^'Download' has an unknown value: "mask"/],
	])('is refused before it is sent when it has %j', async (parameters, message) => {
		expect(errorOf(await create(parameters)).message).toMatch(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('the result', () => {
	it('is the new video with its files, and what was saved', async () => {
		const result = await create({ download: ['video', 'thumbnail'], options: { title: 'Talk' } }, { items: [{ json: {} }, { json: {} }] });
		expect(linksOf(result)).toEqual([0, 1]);
		expect(jsonOf(result)[0]).toEqual({
			job_id: expect.any(String),
			status: 'completed',
			title: 'Talk',
			progress: 100,
			video_url: expect.any(String),
			thumbnail_url: expect.any(String),
			num_cuts: 4,
			reduction_pct: 12.5,
			original_duration: 60,
			output_duration: 52.5,
			seconds_saved: 7.5,
			percent_saved: 12.5,
			callback_id: expect.any(String),
			created_at: expect.any(String),
			cost: expect.objectContaining({ credits: 0.3, seconds: 60 }),
			estimate: expect.objectContaining({ credits: null }),
		});
		expect(Object.keys(itemAt(result, 1).binary ?? {})).toEqual(['video', 'thumbnail']);
	});

	it.each<[IDataObject, number | null, number | null]>([
		[{ original_duration: 100, output_duration: 66.66, reduction_pct: 33 }, 33.34, 33],
		[{ original_duration: 30.3, output_duration: 30.2, reduction_pct: null }, 0.1, 0.33],
		[{ original_duration: '12.5', output_duration: '10' }, 2.5, 20],
		[{ original_duration: 10, output_duration: 10, reduction_pct: 0 }, 0, 0],
		[{ original_duration: 10, output_duration: 10.001 }, 0, -0.01],
		[{ original_duration: 0, output_duration: 0 }, 0, null],
		[{ original_duration: 10, output_duration: null }, null, null],
		[{ reduction_pct: 7.5 }, null, 7.5],
	])('of %j says what was saved', async (record, seconds, percent) => {
		answerWith(record);
		for (const operation of ['get', 'wait']) {
			const [json] = jsonOf(await run(operation, { jobId: 'f1', download: [] }));
			expect(json).toMatchObject({ job_id: 'f1', seconds_saved: seconds, percent_saved: percent });
		}
		const [raw] = jsonOf(await run('get', { jobId: 'f1', simplify: false }));
		expect(raw).toMatchObject({ id: 'f1', ...record, seconds_saved: seconds });
	});

	it.each([0, '0'])('costs nothing when HeyGen found nothing to cut (%j), whatever is known of its length', async (cuts) => {
		answerWith({ num_cuts: cuts, original_duration: 90, output_duration: 90 });
		const [json] = jsonOf(await create({ download: [] }));
		expect(json?.cost).toMatchObject({ credits: 0, seconds: 90, formula: expect.stringMatching(/refunds/) });
		sandbox().clearFaults();
		answerWith({ num_cuts: cuts });
		expect(jsonOf(await create({ download: [] }))[0]?.cost).toMatchObject({ credits: 0, seconds: null });
	});

	it('costs by the length of the source when there were cuts, or nobody says', async () => {
		answerWith({ num_cuts: null, original_duration: 120, output_duration: 100 });
		expect(jsonOf(await create({ download: [] }))[0]?.cost).toMatchObject({ credits: 0.6, seconds: 120 });
	});

	it('costs at least a minute, by the length of the file', async () => {
		const options = { dryRun: true };
		const [json] = jsonOf(await create({ videoSource: 'binary', options }, { items: [await itemWithFilm()] }));
		expect(json?.estimate).toMatchObject({ credits: 0.3, formula: expect.stringMatching(/^the length of the video; /) });
		expect(json).toMatchObject({ dryRun: true, body: { video: { type: 'asset_id', asset_id: '(upload of webinar.mp4)' } } });
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('is the id alone without waiting', async () => {
		expect(jsonOf(await create({ waitForCompletion: false }))).toEqual([
			{ filler_word_removal_id: expect.any(String), job_id: expect.any(String) },
		]);
		expect(countOf(sandbox(), `GET ${PATH}/{id}`)).toBe(0);
	});

	it('is an error with HeyGen’s reason when the job fails', async () => {
		const error = errorOf(await create({ options: { title: '[fail:no_speech]' } }));
		expect(error.message).toMatch(/^HeyGen could not finish the filler word removal \S+: .*no_speech/);
	});

	it('names the job after the wait timeout, or goes on with its progress', async () => {
		const options = { title: '[stuck]', timeoutMinutes: 0.01 };
		expect(errorOf(await create({ options })).message).toMatch(/^The filler word removal \S+ was not finished within/);
		const [json] = jsonOf(await create({ options: { ...options, onTimeout: 'continue' } }));
		expect(json).toMatchObject({ job_id: expect.any(String), status: 'running', progress: expect.any(Number), seconds_saved: null });
	});

	it('is one job although an answer got lost', async () => {
		sandbox().addFault({ match: { path: PATH, method: 'POST' }, kind: 'drop_after' });
		expect((await create({ download: [] })).originalError).toBeUndefined();
		expect(sandbox().stats().jobsCreated.fillerWordRemoval).toBe(1);
	});
});

describe('a job by its id', () => {
	it.each<[string, (id: string) => unknown]>([
		['itself', (id) => id],
		['what a create puts out', (id) => ({ job_id: id, status: 'completed' })],
		['what HeyGen calls it', (id) => ({ id, status: 'running' })],
	])('is waited for and read, given as %s', async (_what, form) => {
		const id = await startJob(sandbox(), 'fillerWordRemoval');
		const given = { jobId: `={{ ${JSON.stringify(form(id))} }}` };
		const result = await run('wait', given);
		expect(jsonOf(result)).toEqual([expect.objectContaining({ job_id: id, status: 'completed', seconds_saved: 7.5 })]);
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['video']);
		expect(jsonOf(await run('get', given))).toEqual([expect.objectContaining({ job_id: id })]);
	});

	it.each(['get', 'wait'])('of %s is asked for by its name', async (operation) => {
		expect(errorOf(await run(operation, { jobId: '={{ $json.nothing }}' })).message).toBe("'Job ID' is empty (item 1)");
		expect(errorOf(await run(operation, { jobId: 'a b' })).message).toMatch(/^'Job ID' is not an ID/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('that HeyGen does not know is an error', async () => {
		expect(errorOf(await run('get', { jobId: 'nobody' })).message).toMatch(/nobody|not found/);
	});
});
