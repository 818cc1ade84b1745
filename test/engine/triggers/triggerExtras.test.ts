/** What the HeyGen Trigger adds to its events when asked to: the full resource, and its files. */
import nock from 'nock';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { SandboxClient } from '../../sandbox/client';
import { deduplicator } from '../support/deduplication';
import { sampleFile } from '../../sandbox/files/file-content';
import { readBinary, runNode, type RunOptions, type RunResult } from '../support/harness';
import { countOf, expectNoKey, GET, until, useSandbox, useTiming } from '../support/support';
import { eventBody, Rewriter, triggerOptions, useHosts } from '../support/triggerSupport';

// It stands between every request and the network, in all test files of the process, until it is told to go.
afterAll(() => nock.restore());

const FILE_BYTES = 100_000;

useTiming({ readTimeout: 5_000, fileTimeout: 5_000 });
const sandbox = useSandbox({ jobSeconds: 0.1, jobQueueSeconds: 0, fileBytes: FILE_BYTES });
const startHost = useHosts(() => sandbox());

beforeEach(() => deduplicator.rows.clear());
afterEach(() => expect(sandbox().stats().keysSeenOnFileHost).toBe(0));

/** Runs the workflow of a trigger by the events that something at HeyGen causes. @returns the first execution */
async function runBy(cause: () => Promise<unknown> | unknown, options: INodeParameters): Promise<RunResult> {
	const host = await startHost({ options }, { run: {} });
	await host.activate();
	await cause();
	await until(() => host.executions.length > 0);
	const [result] = await host.results();
	if (result === undefined) throw new Error('No event came');
	return result;
}

const createVideo = (fields: IDataObject = {}) => async () => await new SandboxClient(sandbox().url).createVideo(fields);

/** An item as `webhook()` makes it of an event. */
function item(eventType: string, eventData: IDataObject, more: IDataObject = {}): INodeExecutionData {
	const rawBody = eventBody(eventType, eventData).toString();
	return { json: { eventId: `evt_${rawBody.length}`, eventType, outcome: 'success', eventData, rawBody, ...more } };
}

/** Runs the trigger's execution with an event. */
async function execute(
	items: INodeExecutionData[],
	options: INodeParameters,
	run: Partial<RunOptions> = {},
): Promise<RunResult> {
	return await runNode({ ...triggerOptions(sandbox(), { options }), asTrigger: true, mode: 'webhook', ...run, items });
}

const seeded = (): string => {
	sandbox().seed(1);
	return sandbox().store.page({}, 1, undefined).videos[0]?.id ?? '';
};

const only = (result: RunResult): INodeExecutionData => {
	expect(result.error).toBeUndefined();
	const [first, ...others] = result.outputs[0] ?? [];
	if (first === undefined || others.length > 0) throw new Error('There is not exactly one item');
	return first;
};

const sizes = async ({ binary = {}, ...rest }: INodeExecutionData): Promise<Record<string, number>> => {
	const names = Object.keys(binary);
	const contents = await Promise.all(names.map(async (name) => (await readBinary({ ...rest, binary }, name)).length));
	return Object.fromEntries(names.map((name, index) => [name, contents[index] ?? 0]));
};

describe('a video', () => {
	it('comes with all of its files and the full resource', async () => {
		const cause = createVideo({ caption: { file_format: 'srt', style: 'default' }, callback_id: 'order 7' });
		const download = ['video', 'captionedVideo', 'gif', 'subtitles', 'thumbnail'];
		const result = only(await runBy(cause, { fetchResource: true, download }));
		const { resource, ...json } = result.json as { resource: IDataObject; id: string };
		expect(json).toMatchObject({ eventType: 'avatar_video.success', callbackId: 'order 7' });
		expect(json).not.toHaveProperty('missingFiles');
		expect(resource).toMatchObject({ id: json.id, status: 'completed', duration: expect.any(Number) });
		const found = await sizes(result);
		expect(Object.keys(found).sort()).toEqual([...download].sort());
		expect(found).toMatchObject({ video: FILE_BYTES, captionedVideo: FILE_BYTES });
		expect(result.binary?.video).toMatchObject({ fileName: `${json.id}.mp4`, mimeType: 'video/mp4' });
	});

	it('has its resource alone, or its files alone', async () => {
		const id = seeded();
		const event = [item('avatar_video.success', { video_id: id })];
		const resource = only(await execute(event, { fetchResource: true }));
		expect(resource.json.resource).toMatchObject({ id });
		expect(resource.binary).toBeUndefined();
		deduplicator.rows.clear();
		const files = only(await execute(event, { download: ['thumbnail'] }));
		expect(files.json).not.toHaveProperty('resource');
		expect(Object.keys(files.binary ?? {})).toEqual(['thumbnail']);
	});

	it.each<[unknown, boolean]>([['TRUE', true], ['yes', true], [1, true], ['false', false], [' No ', false], ['', false]])(
		'has its resource when that is asked for in words: %j',
		async (fetchResource, expected) => {
			const event = [item('avatar_video.success', { video_id: seeded() })];
			const { json } = only(await execute(event, { fetchResource: fetchResource as string }));
			expect('resource' in json).toBe(expected);
		},
	);

	it('has the files that a list in text names', async () => {
		const event = [item('avatar_video.success', { video_id: seeded() })];
		const { binary } = only(await execute(event, { download: 'Video, thumbnail' }));
		expect(Object.keys(binary ?? {}).sort()).toEqual(['thumbnail', 'video']);
	});

	it('costs no request when nothing is asked for', async () => {
		only(await execute([item('avatar_video.success', { video_id: seeded() })], {}));
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('names the files that it does not have', async () => {
		const id = seeded();
		const result = only(await execute([item('avatar_video.success', { video_id: id })], { download: ['video', 'captionedVideo', 'audio'] }));
		expect(result.json.missingFiles).toEqual(['audio', 'captionedVideo']);
		expect(await sizes(result)).toEqual({ video: FILE_BYTES });
	});

	it.each([null, ''])('is waited for while the address of its file is %j', async (video_url) => {
		const id = seeded();
		const body = { data: { id, status: 'completed', video_url } };
		sandbox().addFault({ match: { method: 'GET', path: '/v3/videos/{video_id}' }, kind: 'answer', body, times: 2 });
		const result = only(await execute([item('avatar_video.success', { video_id: id })], { download: ['video'] }));
		expect(await sizes(result)).toEqual({ video: FILE_BYTES });
		expect(countOf(sandbox(), GET)).toBe(3);
	});

	it('of the video agent has its files too', async () => {
		const eventData = { session_id: 's1', video_id: seeded() };
		const result = only(await execute([item('video_agent.success', eventData)], { download: ['video'] }));
		expect(await sizes(result)).toEqual({ video: FILE_BYTES });
	});

	it('that failed has its resource and no files', async () => {
		const result = only(await runBy(createVideo({ title: '[fail:moderation]' }), { fetchResource: true, download: ['video'] }));
		expect(result.json).toMatchObject({ eventType: 'avatar_video.fail', resource: { status: 'failed', failure_code: 'moderation' } });
		expect(result.json).not.toHaveProperty('missingFiles');
		expect(result.binary).toBeUndefined();
		expect(sandbox().stats().fileRequests).toBe(0);
	});

	it('that was deleted since is an event still', async () => {
		const result = only(await execute([item('avatar_video.success', { video_id: 'gone' })], { fetchResource: true, download: ['video', 'gif'] }));
		expect(result.json).toMatchObject({ resource: null, missingFiles: ['video', 'gif'] });
		expect(result.binary).toBeUndefined();
	});

	it('whose URL comes late is waited for', async () => {
		const result = only(await runBy(createVideo({ title: '[late-url]' }), { fetchResource: true, download: ['video'] }));
		expect(result.json.resource).toMatchObject({ video_url: expect.stringContaining('http') });
		expect(await sizes(result)).toEqual({ video: FILE_BYTES });
		expect(countOf(sandbox(), GET)).toBeGreaterThan(2);
	});

	it('whose URL has expired gets a new one, which is in the resource then', async () => {
		sandbox().addFault({ match: { path: '/files' }, kind: 'expired_url' });
		const result = only(await execute([item('avatar_video.success', { video_id: seeded() })], { fetchResource: true, download: ['video'] }));
		expect(await sizes(result)).toEqual({ video: FILE_BYTES });
		expect(countOf(sandbox(), GET)).toBe(2);
		const { video_url: url } = result.json.resource as { video_url: string };
		expect((await fetch(url)).status).toBe(200);
	});

	it.each([
		['/v3/videos/{video_id}', 'status'],
		['/v3/videos/{video_id}', 'drop_before'],
		['/v3/videos/{video_id}', 'garbage'],
		['/files', 'status'],
		['/files', 'drop_before'],
		['/files', 'truncate'],
	] as const)('is fetched although %s fails three times with %s', async (path, kind) => {
		sandbox().addFault({ match: { path }, kind, status: 503, times: 3 });
		const result = only(await execute([item('avatar_video.success', { video_id: seeded() })], { fetchResource: true, download: ['video'] }));
		expect(result.json.resource).toMatchObject({ status: 'completed' });
		expect(await sizes(result)).toEqual({ video: FILE_BYTES });
	});
});

describe('a translation', () => {
	const download = ['video', 'audio', 'subtitles', 'webVtt'];

	it('comes with all of its files and the full resource', async () => {
		const cause = () => sandbox().seed({ translations: { count: 1, runSeconds: 0.05 } });
		const result = only(await runBy(cause, { fetchResource: true, download }));
		expect(result.json).toMatchObject({ kind: 'translation', resource: { id: result.json.id, status: 'completed' } });
		expect(Object.keys(await sizes(result)).sort()).toEqual([...download].sort());
	});

	it('that failed has its resource and no files', async () => {
		const cause = () => sandbox().seed({ translations: { count: 1, runSeconds: 0.05, failed: true } });
		const result = only(await runBy(cause, { fetchResource: true, download }));
		expect(result.json).toMatchObject({ outcome: 'failure', resource: { status: 'failed' } });
		expect(result.binary).toBeUndefined();
	});

	it('of the sound alone has no video, and is not waited for', async () => {
		const rewriter = await Rewriter.start(sandbox());
		rewriter.rewrite = (answer) => ({ ...answer, data: { ...(answer.data as object), translate_audio_only: true, video_url: null } });
		sandbox().seed({ translations: 1 });
		const { body } = await new SandboxClient(sandbox().url).get('/v3/video-translations');
		const event = item('video_translate.success', { video_translate_id: String(body.data[0].id) });
		const credentials = { apiKey: sandbox().apiKey, baseUrl: rewriter.url };
		const result = only(await execute([event], { fetchResource: true, download: ['video', 'audio'] }, { credentials }));
		await rewriter.stop();
		expect(result.json.missingFiles).toEqual(['video']);
		expect(Object.keys(result.binary ?? {})).toEqual(['audio']);
		expect(countOf(sandbox(), 'GET /v3/video-translations/{video_translation_id}')).toBe(1);
	});
});

describe('something else', () => {
	afterEach(() => nock.cleanAll());

	it.each([
		['batch.finished', { batch_id: 'b1' }],
		['personalized_video', { project_id: 'p1', video_id: 'v1' }],
		['instant_avatar.success', { avatar_id: 'a1' }],
		['photo_avatar_train.fail', { group_id: 'g1' }],
		['live_avatar.success', { session_id: 's1' }],
		['video_agent.fail', { session_id: 's1' }],
		['avatar_video.success', {}],
		['lipsync.success', { video_id: 'v1' }],
	])('that cannot be read says so: %s with %j', async (type, data) => {
		const event = item(type, data);
		const result = only(await execute([event], { fetchResource: true, download: ['video'] }));
		expect(result.json).toEqual({ ...event.json, resource: null, missingFiles: ['video'] });
		expect(result.binary).toBeUndefined();
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each([
		['hyperframes_video.success', { render_id: 'r/1' }, '/v3/hyperframes/renders/r%2F1', ['video']],
		['filler_word_removal.success', { id: 'f1' }, '/v3/filler-word-removals/f1', ['video']],
		['ai_clipping.success', { id: 'c1' }, '/v3/ai-clipping/c1', []],
		['proofread_creation.success', { proofread_id: 'p1' }, '/v3/video-translations/proofreads/p1', []],
	])('is read where it is: %s', async (type, data, path, files) => {
		const resource = { status: 'completed', video_url: 'https://files.heygen.ai/x.mp4' };
		const api = nock('https://api.heygen.com').get(path).matchHeader('x-api-key', 'k1').reply(200, { data: resource });
		nock('https://files.heygen.ai', { badheaders: ['x-api-key'] }).get('/x.mp4').reply(200, sampleFile('mp4'), { 'content-type': 'video/mp4' });
		const credentials = { apiKey: 'k1', baseUrl: '' };
		const result = only(await execute([item(type, data)], { fetchResource: true, download: ['video'] }, { credentials }));
		expect(api.isDone()).toBe(true);
		expect(result.json.resource).toEqual(resource);
		expect(Object.keys(result.binary ?? {})).toEqual(files);
	});
});

it('an event that tells of neither success nor failure has no files to fetch', async () => {
	const event = item('video_translate.paused', { video_translate_id: 't1' }, { outcome: 'finished' });
	const result = only(await execute([event], { download: ['video'] }));
	expect(result.json).toEqual(event.json);
	expect(sandbox().stats().requestsTotal).toBe(0);
});

describe('an event that tells of a failure', () => {
	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'goes to the regular output, and is fetched once though n8n takes it for a failed try, with On Error "%s"',
		async (onError) => {
			let tries = 0;
			const run = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onError, onTry: (attempt: number) => (tries = attempt) } as const;
			const id = seeded();
			const event = item('avatar_video.fail', { video_id: id }, { error: 'Moderation', outcome: 'failure' });
			const result = await execute([event], { fetchResource: true }, run);
			expect(result.outputs.map((items) => items.length)).toEqual(onError === 'continueErrorOutput' ? [1, 0] : [1]);
			expect(result.outputs[0]?.[0]?.json).toMatchObject({ error: 'Moderation', resource: { id } });
			expect(tries).toBe(2);
			expect(sandbox().requests().filter(({ path }) => path === `/v3/videos/${id}`)).toHaveLength(1);
		},
	);

	it.each([null, undefined])('is told from one that has no such thing, when the node is tried again on failure (error %p)', async (error) => {
		let tries = 0;
		const run = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onTry: (attempt: number) => (tries = attempt) };
		const result = await execute([item('batch.finished', { batch_id: 'b1' }, { error })], {}, run);
		expect(only(result).json.eventType).toBe('batch.finished');
		expect(tries).toBe(1);
	});
});

describe('what cannot be fetched', () => {
	const both = { fetchResource: true, download: ['video'] };
	const event = () => item('avatar_video.success', { video_id: seeded() });
	const refuse = (times: number) => sandbox().addFault({ match: { path: '/v3/videos/{video_id}' }, kind: 'status', status: 401, times });

	it('fails the execution, and the execution run again is no duplicate', async () => {
		const items = [event()];
		refuse(1);
		const failed = await execute(items, both);
		expect(failed.status).toBe('error');
		expect(failed.originalError?.message).toMatch(/^Could not get the video \w+: Injected fault/);
		expectNoKey(failed, sandbox().apiKey);
		const again = only(await execute(items, both, { mode: 'retry' }));
		expect(again.json.resource).toMatchObject({ status: 'completed' });
		expect(await sizes(again)).toEqual({ video: FILE_BYTES });
		// HeyGen's own repetition still is.
		expect((await execute(items, both)).outputs).toEqual([[]]);
	});

	it('is tried again by Retry On Fail, without being taken for a duplicate', async () => {
		refuse(2);
		let tries = 0;
		const run = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, onTry: (attempt: number) => (tries = attempt) };
		const result = only(await execute([event()], both, run));
		expect(tries).toBe(3);
		expect(await sizes(result)).toEqual({ video: FILE_BYTES });
	});

	it('is said by the item when errors let the workflow go on', async () => {
		const [broken, fine] = [event(), item('batch.finished', { batch_id: 'b1' }, { eventId: 'evt_other' })];
		refuse(-1);
		const result = await execute([broken, fine], both, { onError: 'continueRegularOutput' });
		expect(result.error).toBeUndefined();
		const [first, second] = result.outputs[0] ?? [];
		expect(first?.json).toMatchObject({ ...broken.json, error: expect.stringMatching(/^Could not get the video .*\(item 1\)$/) });
		expect(second?.json).toEqual({ ...fine.json, resource: null, missingFiles: ['video'] });
		expectNoKey(result, sandbox().apiKey);
	});

	it('goes to the error output when there is one', async () => {
		refuse(-1);
		const result = await execute([event()], both, { onError: 'continueErrorOutput' });
		expect(result.outputs.map((items) => items.length)).toEqual([0, 1]);
		// n8n moves only items with these keys, and to items of a trigger it adds nothing.
		const json = { error: expect.stringContaining('Could not get'), details: expect.objectContaining({ eventType: 'avatar_video.success' }) };
		expect(result.outputs[1]?.[0]?.json).toEqual(json);
	});

	it('is the file when the file host keeps refusing it', async () => {
		sandbox().addFault({ match: { path: '/files' }, kind: 'expired_url', times: -1 });
		const failed = await execute([event()], both);
		expect(failed.originalError?.message).toMatch(/^Could not download the video of video \w+: the file host answered with HTTP status 403/);
		expectNoKey(failed, sandbox().apiKey);
	});
});
