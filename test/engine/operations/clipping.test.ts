/** Clipping: what is sent, and an item for each clip. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { validateAgainstContract } from '../../sandbox';
import { readBinary } from '../support/harness';
import { FILM_URL, itemWithFilm, ofFilm, runPost, startJob } from '../support/postSupport';
import { bodiesOf, countOf, errorOf, FAST_JOBS, itemAt, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const CREATE = 'POST /v3/ai-clipping';
const GET = 'GET /v3/ai-clipping/{job_id}';
const LIST = 'GET /v3/ai-clipping';

const create = async (parameters: INodeParameters, options: Parameters<typeof runPost>[4] = {}) =>
	await runPost(sandbox(), 'clipping', 'create', ofFilm(parameters), options);
const titled = (title: string, more: INodeParameters = {}) => ({ options: { title }, ...more });

/** Sends one create and returns its body, which must fit the contract. */
async function bodyFor(parameters: INodeParameters): Promise<IDataObject> {
	const result = await create({ waitForCompletion: false, ...parameters });
	expect(result.originalError).toBeUndefined();
	const [body = {}] = bodiesOf(sandbox(), CREATE);
	expect(validateAgainstContract('POST', '/v3/ai-clipping', { body })).toEqual([]);
	return body;
}

const video = { type: 'url', url: FILM_URL };

describe('the request', () => {
	it('has nothing that the user did not ask for', async () => {
		expect(await bodyFor({})).toEqual({ video });
	});

	it('has every option in its place', async () => {
		const options = {
			title: 'Webinar',
			inputLanguage: 'German',
			durationTypes: ['30', 'long'],
			aspectRatio: 'square',
			captions: false,
			captionStyle: 'bold',
			prompt: 'Jokes',
			callbackId: 'c-1',
			callbackUrl: 'https://example.com/hook',
		};
		expect(await bodyFor({ options })).toEqual({
			video,
			title: 'Webinar',
			input_language: 'de',
			output_settings: {
				duration_types: ['30', 'long'],
				aspect_ratio: 'square',
				captions: false,
				caption_style: 'bold',
				prompt: 'Jokes',
			},
			callback_id: 'c-1',
			callback_url: 'https://example.com/hook',
		});
	});

	it.each<[string, INodeParameters, IDataObject]>([
		['a page', { videoUrl: 'https://www.youtube.com/watch?v=abc' }, { type: 'url', url: 'https://www.youtube.com/watch?v=abc' }],
		['an asset', { videoSource: 'assetId', videoAssetId: 'asset_1' }, { type: 'asset_id', asset_id: 'asset_1' }],
	])('takes %s', async (_what, parameters, expected) => {
		sandbox().configure({ validateAssets: false });
		expect((await bodyFor(parameters)).video).toEqual(expected);
	});

	it('has the asset that a binary field became', async () => {
		const result = await create({ videoSource: 'binary', download: [] }, { items: [await itemWithFilm()] });
		expect(result.originalError).toBeUndefined();
		const [asset] = sandbox().assets;
		expect(bodiesOf(sandbox(), CREATE)).toEqual([{ video: { type: 'asset_id', asset_id: asset?.id } }]);
	});

	it.each<[unknown, string[]]>([
		[[30, '60'], ['30', '60']],
		['30, Long', ['30', 'long']],
		['30 60', ['30', '60']],
		['["180"]', ['180']],
		['up to 3 minutes\n30 s', ['180', '30']],
		['Up to 1 Minute', ['60']],
	])('reads the lengths %j', async (given, expected) => {
		const body = await bodyFor({ options: { durationTypes: `={{ ${JSON.stringify(given)} }}` } });
		expect(body.output_settings).toEqual({ duration_types: expected });
	});

	it.each<[string, string | undefined]>([['pt-BR', 'pt'], ['NO', 'no'], ['Filipino', 'tl'], ['English (US)', 'en'], ['auto', undefined]])(
		'reads the language %s',
		async (inputLanguage, expected) => {
			expect((await bodyFor({ options: { inputLanguage } })).input_language).toBe(expected);
		},
	);

	it.each<[string, INodeParameters, IDataObject]>([
		['for vertical films', { preset: 'shorts' }, { aspect_ratio: 'portrait', captions: true }],
		['beside what is set', { preset: 'shorts', captions: false, prompt: 'x' }, { aspect_ratio: 'portrait', captions: false, prompt: 'x' }],
		['for wide films', { preset: 'landscape' }, { aspect_ratio: 'landscape' }],
		['for square films', { preset: 'square' }, { aspect_ratio: 'square' }],
		['less than a ratio', { preset: 'square', aspectRatio: '9:16' }, { aspect_ratio: 'portrait' }],
		['less than additional fields', { preset: 'square', additionalFields: '{"output_settings":{"aspect_ratio":"landscape"}}' }, { aspect_ratio: 'landscape' }],
	])('takes a preset %s', async (_what, options, expected) => {
		expect((await bodyFor({ options })).output_settings).toEqual(expected);
	});

	it('takes what HeyGen adds', async () => {
		sandbox().configure({ contract: 'open' });
		const options = {
			aspectRatio: 'byName',
			aspectRatioName: 'ultrawide',
			durationTypes: '={{ ["90"] }}',
			additionalFields: '{"output_settings":{"music":"calm"}}',
		};
		await create({ waitForCompletion: false, options });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			{ video, output_settings: { aspect_ratio: 'ultrawide', duration_types: ['90'], music: 'calm' } },
		]);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ videoUrl: '={{ $json.nothing }}' }, /^'Video URL' is empty/],
		[{ videoSource: 'assetId', videoAssetId: '={{ $json.nothing }}' }, /^'Video Asset ID' is empty/],
		[{ videoSource: 'binary', videoBinaryPropertyName: '={{ $json.nothing }}' }, /^'Video Binary Field' is empty/],
		[{ videoUrl: 'http://localhost/a.mp4' }, /^'Video URL'/],
		[{ videoUrl: 'https://example.com/a.mp3' }, /^'Video URL' is an MP3/],
		[{ videoUrl: 'data:video/mp4;base64,AAAA' }, /^'Video URL' holds the file itself/],
		[{ videoSource: 'binary' }, /^'Video Binary Field'/],
		[{ videoSource: 'assetId', videoAssetId: 'a b' }, /^'Video Asset ID'/],
		[{ options: { durationTypes: '={{ [{ a: 1 }] }}' } }, /^'Duration Types' must be one word/],
		[{ options: { aspectRatio: 'a\nb' } }, /^'Aspect Ratio'/],
		[{ options: { captions: 'perhaps' } }, /^'Captions' must be true or false/],
		[{ options: { captionStyle: '={{ { a: 1 } }}' } }, /^'Caption Style' must be text/],
		[{ options: { prompt: 'x'.repeat(501) } }, /^'Prompt' may have at most 500 characters, but has 501/],
		[{ options: { inputLanguage: 'Klingonish' } }, /^'Input Language' must be a language/],
		[{ options: { inputLanguage: '42' } }, /^'Input Language' must be a language/],
		[{ options: { preset: 'portrait' } }, /^'Preset'/],
		[{ options: { callbackUrl: 'http://example.com' } }, /^'Callback URL'/],
		[{ options: { additionalFields: '{"video":{"type":"asset_id"}}' } }, /^'Additional Fields \(JSON\) → video → type' is/],
		[{ download: ['gif'] }, /^'Download' has an unknown value: "gif"/],
	])('is refused before it is sent when it has %j', async (parameters, message) => {
		expect(errorOf(await create(parameters)).message).toMatch(message);
		expect(countOf(sandbox(), CREATE)).toBe(0);
	});
});

describe('the result', () => {
	it('is an item for each clip with its files, linked to the input, and the cost once', async () => {
		const items = [{ json: { row: 1 } }, { json: { row: 2 } }];
		const options = { rate: 0.01, title: 'Webinar' };
		const result = await create({ download: ['video', 'thumbnail'], options }, { items });
		expect(linksOf(result)).toEqual([0, 0, 0, 1, 1, 1]);
		const [first = {}, second = {}] = jsonOf(result);
		const jobId = recordOf(first.job).job_id;
		expect(first).toEqual({
			job_id: jobId,
			clip_id: `${String(jobId)}_1`,
			status: 'completed',
			title: 'Clip 1',
			video_url: expect.any(String),
			thumbnail_url: expect.any(String),
			duration_seconds: 57.25,
			aspect_ratio: 'portrait',
			virality_score: 95,
			job: {
				job_id: jobId,
				status: 'completed',
				title: 'Webinar',
				progress: 100,
				source_duration: 600,
				callback_id: expect.any(String),
				created_at: expect.stringMatching(/^\d{4}-.*Z$/),
				cost: expect.objectContaining({ credits: 6, seconds: 600 }),
				estimate: expect.objectContaining({ credits: null }),
			},
		});
		expect(Object.keys(recordOf(second.job))).not.toContain('cost');
		expect(jsonOf(result).filter(({ job }) => 'cost' in recordOf(job))).toHaveLength(2);
		for (const [index, { binary = {}, json }] of (result.outputs[0] ?? []).entries()) {
			expect(Object.keys(binary)).toEqual(['video', 'thumbnail']);
			expect(binary.video?.fileName).toBe(`${String(json.clip_id)}.mp4`);
			expect((await readBinary(itemAt(result, index), 'video')).length).toBeGreaterThan(100);
		}
	});

	it('has clips without a file, named as such, and clips that failed, with their own reason', async () => {
		const result = await create(titled('[clips:5] [clip-without-file:2] [clip-failed:4]', { download: ['video', 'thumbnail'] }));
		expect(jsonOf(result).map(({ missing_files: missing }) => missing)).toEqual([
			undefined,
			['video'],
			undefined,
			['video', 'thumbnail'],
			undefined,
		]);
		expect((result.outputs[0] ?? []).map(({ binary = {} }) => Object.keys(binary).length)).toEqual([2, 1, 2, 0, 2]);
		expect(jsonOf(result)[3]).toMatchObject({ status: 'failed', failure_message: 'The clip could not be rendered' });
		expect(jsonOf(result).map(({ job }) => 'cost' in recordOf(job))).toEqual([true, false, false, false, false]);
	});

	it('is one item when there is no clip', async () => {
		const result = await create(titled('[clips:0]'));
		expect(jsonOf(result)).toEqual([expect.objectContaining({ status: 'completed', clips: [], cost: expect.anything() })]);
	});

	it('has an error for a clip whose file cannot be fetched, beside the others', async () => {
		sandbox().addFault({ match: { path: '/files' }, kind: 'status', status: 404, times: 20, skip: 2 });
		const result = await create(titled('[clips:3]'), { onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toHaveLength(2);
		expect(linksOf(result, 1)).toEqual([0]);
		const [failed] = jsonOf(result, 1);
		expect(String(failed?.error)).toMatch(/^Could not download the video of clip /);
		expect(failed?.details).toMatchObject({ job_id: jsonOf(result)[0]?.job_id, clip_id: expect.any(String) });
	});

	it('waits for addresses that come late', async () => {
		const result = await create(titled('[late-url]'));
		expect((result.outputs[0] ?? []).map(({ binary = {} }) => Object.keys(binary))).toEqual([['video'], ['video'], ['video']]);
	});

	it('is the id alone without waiting', async () => {
		const result = await create({ waitForCompletion: false });
		expect(jsonOf(result)).toEqual([{ ai_clipping_id: expect.any(String), job_id: expect.any(String) }]);
		expect(countOf(sandbox(), GET)).toBe(0);
	});

	it('is the whole record when it is not simplified', async () => {
		const [json = {}] = jsonOf(await create({ simplify: false, download: [] }));
		expect(json).toMatchObject({ clip_id: expect.any(String), id: json.clip_id });
		expect(recordOf(json.job)).toMatchObject({ output_settings: null, failure_message: null });
	});

	it.each(['[fail:source_too_short]', '[cancelled]'])('is an error that names the job when it ends with %s', async (marker) => {
		const error = errorOf(await create(titled(marker)));
		expect(error.message).toMatch(/^HeyGen could not finish the clipping \S+: /);
	});

	it('says after the wait timeout how far the job is', async () => {
		const options = { title: '[stuck]', timeoutMinutes: 0.01 };
		expect(errorOf(await create({ options })).message).toMatch(/^The clipping \S+ was not finished within/);
		const [json] = jsonOf(await create({ options: { ...options, onTimeout: 'continue' } }));
		expect(json).toMatchObject({ job_id: expect.any(String), status: 'running', progress: expect.any(Number), clips: [] });
	});

	it('is what would be sent in a dry run', async () => {
		const [json] = jsonOf(await create({ options: { dryRun: true, prompt: 'Jokes', callbackId: 'c-1' } }));
		expect(json).toMatchObject({ dryRun: true, body: { video, output_settings: { prompt: 'Jokes' }, callback_id: 'c-1' } });
		expect(json?.estimate).toMatchObject({ credits: null });
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('costs by the length of the file, which a limit keeps to', async () => {
		const items = [await itemWithFilm()];
		const parameters = { videoSource: 'binary', options: { rate: 1, maximumCostPerItem: 0.5 } };
		expect(errorOf(await create(parameters, { items })).message).toContain("'Maximum Cost per Item'");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('a create whose answer got lost', () => {
	it('makes one job', async () => {
		sandbox().addFault({ match: { path: '/v3/ai-clipping', method: 'POST' }, kind: 'drop_after' });
		const result = await create({ download: [] });
		expect(result.originalError).toBeUndefined();
		expect(sandbox().stats().jobsCreated.clipping).toBe(1);
	});
});

describe('a job by its id', () => {
	it('is waited for, with its clips and files', async () => {
		const jobId = await startJob(sandbox(), 'clipping', titled('[clips:2]'));
		const result = await runPost(sandbox(), 'clipping', 'wait', { jobId });
		expect(jsonOf(result).map(({ job_id: id, clip_id: clip }) => [id, clip])).toEqual([
			[jobId, `${jobId}_1`],
			[jobId, `${jobId}_2`],
		]);
		expect((result.outputs[0] ?? []).map(({ binary = {} }) => Object.keys(binary))).toEqual([['video'], ['video']]);
	});

	it('is read with its clips', async () => {
		const jobId = await startJob(sandbox(), 'clipping', titled('[clips:2]'));
		await runPost(sandbox(), 'clipping', 'wait', { jobId, download: [] });
		const [json] = jsonOf(await runPost(sandbox(), 'clipping', 'get', { jobId }));
		expect(json).toMatchObject({ job_id: jobId, status: 'completed', progress: 100 });
		expect((json?.clips as IDataObject[]).map(({ clip_id: id }) => id)).toEqual([`${jobId}_1`, `${jobId}_2`]);
		const [raw] = jsonOf(await runPost(sandbox(), 'clipping', 'get', { jobId, simplify: false }));
		expect(raw).toMatchObject({ job_id: jobId, id: jobId, output_settings: null });
	});

	it('is read while it runs, with its progress', async () => {
		const jobId = await startJob(sandbox(), 'clipping', titled('[stuck]'));
		const [json] = jsonOf(await runPost(sandbox(), 'clipping', 'get', { jobId }));
		expect(json).toMatchObject({ job_id: jobId, progress: expect.any(Number), clips: [] });
	});

	it('is listed with others, page by page', async () => {
		const ids = [];
		for (const title of ['a', 'b', 'c']) ids.push(await startJob(sandbox(), 'clipping', titled(title)));
		const limited = await runPost(sandbox(), 'clipping', 'getAll', { limit: 2 });
		expect(jsonOf(limited).map(({ job_id: id }) => id)).toEqual(ids.reverse().slice(0, 2));
		expect(jsonOf(limited).map((record) => 'progress' in record)).toEqual([false, false]);
		expect(jsonOf(await runPost(sandbox(), 'clipping', 'getAll', { returnAll: true }))).toHaveLength(3);
		expect(requestsTo(sandbox(), LIST).map(({ query }) => query.limit)).toEqual(['2', '100']);
	});

	it('is deleted', async () => {
		const jobId = await startJob(sandbox(), 'clipping');
		expect(jsonOf(await runPost(sandbox(), 'clipping', 'delete', { jobId }))).toEqual([{ deleted: true, id: jobId }]);
		expect(errorOf(await runPost(sandbox(), 'clipping', 'get', { jobId })).message).toContain(jobId);
	});

	it.each(['get', 'wait', 'delete'])('of %s is asked for by its name', async (operation) => {
		expect(errorOf(await runPost(sandbox(), 'clipping', operation, { jobId: '={{ $json.nothing }}' })).message).toBe("'Job ID' is empty (item 1)");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

/** A record within an item. */
function recordOf(value: unknown): IDataObject {
	return (value ?? {}) as IDataObject;
}
