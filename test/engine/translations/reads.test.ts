/** What is read, renamed, fetched and deleted of translations and lipsyncs that there are, and of proofreads. */
import type { INodeParameters } from 'n8n-workflow';
import { readBinary, type RunResult } from '../support/harness';
import { spoken } from '../support/lipsyncSupport';
import { countOf, errorOf, expression, FAST_JOBS, itemAt, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';
import { into, onlyOf, proofreadInto, runTranslation } from '../support/translationSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

type Resource = 'translation' | 'lipsync';
type Options = Parameters<typeof runTranslation>[4];

/** What differs between the two: names, and what a finished record has, simplified and as HeyGen sends it. */
const OF = {
	translation: {
		path: '/v3/video-translations',
		id: 'video_translation_id',
		parameter: 'translationId',
		ids: 'video_translation_ids',
		idsParameter: 'videoTranslationIds',
		idLabel: 'Video Translation ID',
		short: ['status', 'title', 'output_language', 'input_language', 'video_url', 'audio_url', 'duration', 'callback_id', 'created_at'],
		whole: ['audio_url', 'input_language', 'output_language', 'srt_caption_url', 'translate_audio_only', 'vtt_caption_url'],
		reason: 'The speech could not be separated from the music',
		missing: 'Video translation',
	},
	lipsync: {
		path: '/v3/lipsyncs',
		id: 'lipsync_id',
		parameter: 'lipsyncId',
		ids: 'lipsync_ids',
		idsParameter: 'lipsyncIds',
		idLabel: 'Lipsync ID',
		short: ['status', 'title', 'video_url', 'duration', 'callback_id', 'created_at'],
		whole: ['caption_url'],
		reason: 'Rendering ended with rendering_failed',
		missing: 'Lip-sync',
	},
} as const;

const RESOURCES: Resource[] = ['translation', 'lipsync'];

/** Starts a job without waiting. @returns its ID */
async function started(resource: Resource, options: INodeParameters = {}): Promise<string> {
	const create = resource === 'translation' ? into('German') : spoken();
	const result = await runTranslation(sandbox(), resource, 'create', { ...create, waitForCompletion: false, options });
	return String(onlyOf(result)[OF[resource].id]);
}

describe.each(RESOURCES)('a %s', (resource) => {
	const { path, id, parameter, ids, idsParameter, idLabel, short, whole, reason, missing } = OF[resource];
	const one = `GET ${path}/{${id}}`;
	const run = async (operation: string, parameters: INodeParameters, options: Options = {}): Promise<RunResult> =>
		await runTranslation(sandbox(), resource, operation, parameters, options);
	const named = (value: unknown, more: INodeParameters = {}) => ({ [parameter]: value as string, ...more });

	/** @returns the ID of a job that has ended. */
	async function ended(options: INodeParameters = {}): Promise<string> {
		const name = await started(resource, options);
		await run('wait', named(name, { download: [] }), { onError: 'continueRegularOutput' });
		return name;
	}

	/** Starts jobs in a batch. @returns the IDs of the batch and of the jobs */
	async function batchOf(...titles: string[]): Promise<{ batchId: string; names: string[] }> {
		const create = resource === 'translation' ? into('German') : spoken();
		const parameters = { ...create, waitForCompletion: false, options: { title: '={{ $json.title }}' }, requestOptions: { sendAsBatch: true } };
		const result = await run('create', parameters, { items: titles.map((title) => ({ json: { title } })) });
		return { batchId: String(jsonOf(result)[0]?.batch_id), names: jsonOf(result).map((record) => String(record[id])) };
	}

	describe('that has ended', () => {
		it('is read with the fields that people use, in their order', async () => {
			const name = await ended({ title: 'Webinar' });
			const json = onlyOf(await run('get', named(name)));
			expect(Object.keys(json)).toEqual([id, ...short]);
			expect(json).toMatchObject({ [id]: name, status: 'completed', title: 'Webinar', duration: 10, created_at: expect.stringMatching(/^\d{4}-.*Z$/) });
		});

		it('is read whole, with the id that other operations take', async () => {
			const name = await ended();
			const json = onlyOf(await run('get', named(name, { simplify: false })));
			expect(Object.keys(json)[0]).toBe(id);
			const fields = ['callback_id', 'created_at', 'duration', 'failure_message', 'id', 'status', 'title', 'video_url', ...whole];
			expect(Object.keys(json).sort()).toEqual([id, ...fields].sort());
			expect(json).toMatchObject({ [id]: name, id: name, failure_message: null, created_at: expect.any(Number) });
		});

		it('is waited for at once, and fetched', async () => {
			const name = await ended();
			const result = await run('wait', named(name));
			expect(onlyOf(result)).toMatchObject({ [id]: name, status: 'completed' });
			expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['video']);
			expect(onlyOf(result)).not.toHaveProperty('cost');
		});

		it('is fetched with its subtitles, or without those that were not made', async () => {
			const [with_, without] = [await ended({ enableCaption: true }), await ended()];
			const download = ['video', 'subtitles'];
			const result = await run('download', named(with_, { download }));
			expect(Object.keys(itemAt(result).binary ?? {})).toEqual(download);
			expect((await readBinary(itemAt(result), 'subtitles')).toString()).toContain(' --> ');
			const bare = await run('download', named(without, { download }));
			expect(Object.keys(itemAt(bare).binary ?? {})).toEqual(['video']);
			expect(onlyOf(bare).missing_files).toEqual(['subtitles']);
		});

		it('has the video when Download is left alone', async () => {
			const result = await run('download', named(await ended()));
			expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['video']);
			expect(countOf(sandbox(), `GET ${path}/statuses`)).toBeGreaterThan(0);
		});

		it('gets another title', async () => {
			const name = await ended({ title: 'Old' });
			expect(onlyOf(await run('update', named(name, { title: ' New ' })))).toMatchObject({ [id]: name, title: 'New', status: 'completed' });
			expect(requestsTo(sandbox(), `PATCH ${path}/{${id}}`).map(({ body }) => body)).toEqual([{ title: 'New' }]);
			const whole = onlyOf(await run('update', named(name, { title: 'Newer', simplify: false })));
			expect(whole).toMatchObject({ id: name, title: 'Newer' });
		});

		it.each(['={{ $json.nothing }}', '={{ "  " }}'])('gets no empty title: %s', async (title) => {
			const name = await ended();
			expect(errorOf(await run('update', named(name, { title }))).message).toBe("'Title' is empty (item 1)");
			expect(countOf(sandbox(), `PATCH ${path}/{${id}}`)).toBe(0);
		});

		it('is deleted', async () => {
			const name = await ended();
			expect(jsonOf(await run('delete', named(name)))).toEqual([{ deleted: true, id: name }]);
			const error = errorOf(await run('get', named(name)));
			expect(error.message).toBe(`Could not get the ${resource}: ${missing} ${name} not found (item 1)`);
			expect(error.description).toContain('Check the ID, if one was given');
		});
	});

	describe('that is running', () => {
		it('is read as it is', async () => {
			const json = onlyOf(await run('get', named(await started(resource, { title: '[stuck]' }))));
			expect(json).toMatchObject({ status: 'running', video_url: null, duration: null });
		});

		it('is waited for', async () => {
			sandbox().configure({ jobSeconds: 0.6 });
			const name = await started(resource);
			const result = await run('wait', named(name));
			expect(onlyOf(result)).toMatchObject({ [id]: name, status: 'completed' });
			expect(requestsTo(sandbox(), `GET ${path}/statuses`)[0]?.query).toEqual({ [ids]: name });
		});

		it('is waited for together with others, with one request a look', async () => {
			sandbox().configure({ jobSeconds: 0.6 });
			const names = await Promise.all(['A', 'B', 'C'].map(async (title) => await started(resource, { title })));
			const result = await run('wait', named('={{ $json.id }}', { download: [] }), { items: names.map((name) => ({ json: { id: name } })) });
			expect(jsonOf(result).map(({ title }) => title)).toEqual(['A', 'B', 'C']);
			expect(requestsTo(sandbox(), `GET ${path}/statuses`).map(({ query }) => String(query[ids]).split(',').length)[0]).toBe(3);
		});

		it('has nothing to fetch yet', async () => {
			const name = await started(resource, { title: '[stuck]' });
			const error = errorOf(await run('download', named(name)));
			expect(error.message).toBe(`The ${resource} ${name} is not finished: its status is 'running' (item 1)`);
			expect(error.description).toContain(`Use the operation 'Wait Until Finished', which downloads as soon as the ${resource} is finished.`);
		});

		it('that takes too long is an error with its id, or its state', async () => {
			const name = await started(resource, { title: '[stuck]' });
			const options = { timeoutMinutes: 0.005 };
			const error = errorOf(await run('wait', named(name, { options })));
			expect(error.message).toBe(`The ${resource} ${name} was not finished within 0.005 minutes (item 1)`);
			expect(error.description).toContain(`Its status is 'running'. The ${resource} goes on in HeyGen and is not lost.`);
			const json = onlyOf(await run('wait', named(name, { options: { ...options, onTimeout: 'continue' } })));
			expect(json).toMatchObject({ [id]: name, status: 'running' });
		});
	});

	describe('that has failed', () => {
		it('is read with its reason', async () => {
			const json = onlyOf(await run('get', named(await ended({ title: '[fail]' }))));
			expect(json).toMatchObject({ status: 'failed', failure_message: reason });
			expect(Object.keys(json).at(-1)).toBe('failure_message');
		});

		it.each(['wait', 'download'])('is an error of %s', async (operation) => {
			const name = await ended({ title: '[fail]' });
			const error = errorOf(await run(operation, named(name)));
			expect(error.message).toBe(`HeyGen could not finish the ${resource} ${name}: ${reason} (item 1)`);
		});
	});

	describe('that there is not', () => {
		it.each([
			['get', `Could not get the ${resource}: `],
			['download', `Could not get the ${resource} nothing_1: `],
			['delete', `Could not delete the ${resource}: `],
			['update', `Could not update the ${resource}: `],
			['wait', `Could not get the ${resource} nothing_1: `],
		])('is an error of %s', async (operation, begin) => {
			const error = errorOf(await run(operation, named('nothing_1', operation === 'update' ? { title: 'x' } : {})));
			expect(error.message).toBe(`${begin}${missing} nothing_1 not found (item 1)`);
			expect(error).toMatchObject({ httpCode: '404' });
		});

		it.each(['get', 'download', 'delete', 'update', 'wait'])('is asked for by its name in %s', async (operation) => {
			const error = errorOf(await run(operation, named('={{ $json.nothing }}', operation === 'update' ? { title: 'x' } : {})));
			expect(error.message).toBe(`'${idLabel}' is empty (item 1)`);
			expect(sandbox().requests()).toEqual([]);
		});
	});

	it.each<[string, (name: string) => unknown]>([
		['a record', (name) => expression({ [id]: name, title: 'x' })],
		['its address in HeyGen', (name) => `https://app.heygen.com/${resource === 'translation' ? 'video-translation' : 'videos'}/${name}`],
	])('is named by %s', async (_what, given) => {
		const name = await started(resource);
		expect(onlyOf(await run('get', named(given(name))))).toMatchObject({ [id]: name });
		expect(countOf(sandbox(), one)).toBe(1);
	});

	it('is listed with others, in pages of 100, newest first', async () => {
		const titles = Array.from({ length: 120 }, (_, row) => `Row ${row}`);
		await batchOf(...titles.slice(0, 100));
		await batchOf(...titles.slice(100));
		const all = jsonOf(await run('getAll', { returnAll: true }));
		expect(all).toHaveLength(120);
		expect(new Set(all.map((record) => record[id])).size).toBe(120);
		expect(all.map(({ title }) => title).sort()).toEqual([...titles].sort());
		expect(requestsTo(sandbox(), `GET ${path}`).map(({ query }) => [query.limit, query.token === undefined])).toEqual([['100', true], ['100', false]]);
		const some = jsonOf(await run('getAll', { limit: 3 }));
		expect(some.map((record) => record[id])).toEqual(all.slice(0, 3).map((record) => record[id]));
		const [raw] = jsonOf(await run('getAll', { limit: 1, simplify: false }));
		expect(raw).toMatchObject({ [id]: some[0]?.[id], id: some[0]?.[id], failure_message: null });
	});

	describe('and others', () => {
		it.each<[string, (names: string[]) => unknown]>([
			['text with commas', (names) => names.join(', ')],
			['a list', (names) => expression(names)],
			['records', (names) => expression(names.map((name) => ({ [id]: name, status: 'pending' })))],
			['lines', (names) => names.join('\n')],
		])('have their states, by %s', async (_what, form) => {
			const names = [await ended(), await ended({ title: '[fail]' }), await started(resource, { title: '[stuck]' })];
			const result = await run('getStatuses', { [idsParameter]: form([...names, 'nothing_1']) as string });
			expect(jsonOf(result)).toEqual([
				{ [id]: names[0], batch_id: null, item_index: null, status: 'completed' },
				{ [id]: names[1], batch_id: null, item_index: null, status: 'failed', failure: expect.objectContaining({ message: reason }) },
				{ [id]: names[2], batch_id: null, item_index: null, status: 'processing' },
				{ [id]: 'nothing_1', batch_id: null, item_index: null, status: 'not_found' },
			]);
			expect(linksOf(result)).toEqual([0, 0, 0, 0]);
			expect(requestsTo(sandbox(), `GET ${path}/statuses`).at(-1)?.query).toEqual({ [ids]: [...names, 'nothing_1'].join(',') });
		});

		it('have their states by their batches', async () => {
			const batchIds = [(await batchOf('A', 'B')).batchId, (await batchOf('C')).batchId];
			const records = jsonOf(await run('getStatuses', { batchIds: batchIds.join(', ') }));
			expect(records.map(({ batch_id: batch, item_index: index }) => [batch, index])).toEqual([[batchIds[0], 0], [batchIds[0], 1], [batchIds[1], 0]]);
			expect(records.every((record) => typeof record[id] === 'string' && !('video_id' in record))).toBe(true);
		});

		it('have their states, 100 a request', async () => {
			await run('getStatuses', { [idsParameter]: Array.from({ length: 150 }, (_, row) => `id_${row}`).join(',') });
			expect(requestsTo(sandbox(), `GET ${path}/statuses`).map(({ query }) => String(query[ids]).split(',').length).sort()).toEqual([100, 50]);
		});

		it('have no states when none is named', async () => {
			const error = errorOf(await run('getStatuses', { [idsParameter]: '={{ $json.nothing }}' }));
			expect(error.message).toBe(`'${idLabel}s' and 'Batch IDs' are both empty (item 1)`);
			expect(sandbox().requests()).toEqual([]);
		});

		it('are read by their batch', async () => {
			const { batchId, names } = await batchOf('A', '[fail]', 'C');
			await run('wait', named('={{ $json.id }}', { download: [] }), { items: names.map((name) => ({ json: { id: name } })), onError: 'continueRegularOutput' });
			expect(jsonOf(await run('getBatch', { batchId }))).toEqual([
				{ [id]: names[0], batch_id: batchId, item_index: 0, status: 'completed' },
				{ [id]: names[1], batch_id: batchId, item_index: 1, status: 'failed', failure: expect.objectContaining({ message: reason }) },
				{ [id]: names[2], batch_id: batchId, item_index: 2, status: 'completed' },
			]);
			expect(jsonOf(await run('getBatch', { batchId, limit: 2 }))).toHaveLength(2);
			expect(errorOf(await run('getBatch', { batchId: 'batch_0' })).message).toBe('Could not list the items of the batch: Batch batch_0 not found (item 1)');
		});
	});
});

describe('a translation of the sound alone', () => {
	const AUDIO_ONLY = { translateAudioOnly: true };
	const SOUND_FILE = { ...AUDIO_ONLY, title: '[audio-file-only]' };
	const run = async (operation: string, parameters: INodeParameters) => await runTranslation(sandbox(), 'translation', operation, parameters);

	it.each(['wait', 'download'])('that is a sound file has ended with that file, for %s', async (operation) => {
		const translationId = await started('translation', SOUND_FILE);
		if (operation === 'download') await run('wait', { translationId, download: [] });
		const before = countOf(sandbox(), 'GET /v3/video-translations/{video_translation_id}');
		const result = await run(operation, { translationId });
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['audio']);
		expect(itemAt(result).binary?.audio).toMatchObject({ fileName: `${translationId}-german.mp3`, mimeType: 'audio/mpeg' });
		expect((await readBinary(itemAt(result), 'audio')).length).toBeGreaterThan(0);
		const json = onlyOf(result);
		expect(json).toMatchObject({ video_translation_id: translationId, status: 'completed', video_url: null, audio_url: expect.any(String) });
		expect(json).not.toHaveProperty('missing_files');
		// It is not looked at again and again for a film that never comes.
		expect(countOf(sandbox(), 'GET /v3/video-translations/{video_translation_id}') - before).toBe(1);
	});

	it('that is a sound file has it once when video and audio are wanted, and says what else is missing', async () => {
		const translationId = await started('translation', SOUND_FILE);
		const result = await run('wait', { translationId, download: ['video', 'audio', 'subtitles'] });
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['audio']);
		expect(onlyOf(result).missing_files).toEqual(['subtitles']);
		expect(sandbox().stats().fileRequests).toBe(1);
	});

	it('that comes as a film is that film', async () => {
		const translationId = await started('translation', AUDIO_ONLY);
		const result = await run('wait', { translationId });
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['video']);
		expect(itemAt(result).binary?.video?.fileName).toBe(`${translationId}-german.mp4`);
	});

	it('that comes late is waited for', async () => {
		const translationId = await started('translation', { ...AUDIO_ONLY, title: '[audio-file-only] [late-url]' });
		expect(Object.keys(itemAt(await run('wait', { translationId })).binary ?? {})).toEqual(['audio']);
	});
});

describe('a proofread', () => {
	const run = async (operation: string, parameters: INodeParameters) => await runTranslation(sandbox(), 'proofread', operation, parameters);
	const startedOne = async (title: string) => String(onlyOf(await run('create', proofreadInto('German', { title, waitForCompletion: false }))).proofread_id);
	const SHORT = ['proofread_id', 'status', 'title', 'output_language', 'input_language', 'submitted_for_review', 'created_at'];

	it.each(['get', 'wait'])('is put out by %s with the fields that people use, or whole', async (operation) => {
		const proofreadId = await startedOne('Webinar');
		await run('wait', { proofreadId });
		const json = onlyOf(await run(operation, { proofreadId }));
		expect(Object.keys(json)).toEqual(SHORT);
		expect(json).toMatchObject({ proofread_id: proofreadId, status: 'completed', title: 'Webinar', created_at: expect.stringMatching(/^\d{4}-.*Z$/) });
		const whole = onlyOf(await run(operation, { proofreadId, simplify: false }));
		expect(Object.keys(whole).sort()).toEqual([...SHORT, 'failure_message', 'id'].sort());
	});

	it('is read as it is while it is made', async () => {
		const json = onlyOf(await run('get', { proofreadId: await startedOne('[stuck]') }));
		expect(json).toMatchObject({ status: 'processing', title: '[stuck]' });
	});

	it('is waited for', async () => {
		sandbox().configure({ jobSeconds: 0.6 });
		expect(onlyOf(await run('wait', { proofreadId: await startedOne('Webinar') }))).toMatchObject({ status: 'completed' });
	});

	it('that has failed says why', async () => {
		const proofreadId = await startedOne('[fail]');
		expect(errorOf(await run('wait', { proofreadId })).message).toBe(
			`HeyGen could not finish the proofread ${proofreadId}: The speech could not be separated from the music (item 1)`,
		);
		expect(onlyOf(await run('get', { proofreadId }))).toMatchObject({ status: 'failed', failure_message: 'The speech could not be separated from the music' });
	});

	it('that takes too long is an error with its id', async () => {
		const proofreadId = await startedOne('[stuck]');
		const error = errorOf(await run('wait', { proofreadId, options: { timeoutMinutes: 0.005 } }));
		expect(error.message).toBe(`The proofread ${proofreadId} was not finished within 0.005 minutes (item 1)`);
	});

	it.each([
		['get', 'Could not get the proofread: '],
		['wait', 'Could not get the proofread nothing_1: '],
	])('that there is not is an error of %s', async (operation, begin) => {
		expect(errorOf(await run(operation, { proofreadId: 'nothing_1' })).message).toBe(`${begin}Proofread nothing_1 not found (item 1)`);
	});
});
