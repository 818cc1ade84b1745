/** Simplify: what new nodes put out, and that nodes of workflows saved before put out what they did. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SandboxClient } from '../../sandbox/client';
import { runAsset } from '../support/assetSupport';
import { srt } from '../support/sampleFiles';
import {
	createVideos,
	jsonOf,
	runVideo,
	seedVideos,
	TWIN_LOOK,
	useSandbox,
	useTiming,
	type VideoRunOptions,
	waitingAvatar,
} from '../support/support';

useTiming();
const sandbox = useSandbox();

/** A node of a workflow that was saved before there was version 1.1. */
const SAVED: VideoRunOptions = { version: 1 };

/** The one item that an operation puts out. */
async function only(operation: string, parameters: INodeParameters, options?: VideoRunOptions): Promise<IDataObject> {
	const [json, ...others] = jsonOf(await runVideo(sandbox(), operation, parameters, options));
	expect(others).toEqual([]);
	return json as IDataObject;
}

/** The record as HeyGen has it; addresses of files are new in every answer. */
async function recordOf(id: string): Promise<IDataObject> {
	const { body } = await new SandboxClient(sandbox().url).get(`/v3/videos/${id}`);
	return (body as { data: IDataObject }).data;
}

const WHOLE = [
	'captioned_video_url',
	'completed_at',
	'created_at',
	'duration',
	'failure_code',
	'failure_message',
	'folder_id',
	'gif_url',
	'id',
	'output_language',
	'status',
	'subtitle_url',
	'thumbnail_url',
	'title',
	'video_page_url',
	'video_url',
];

/** What a new node puts out of a finished video without captions, in this order. */
const SHORT = [
	'video_id',
	'status',
	'title',
	'video_url',
	'gif_url',
	'thumbnail_url',
	'video_page_url',
	'duration',
	'created_at',
	'completed_at',
];

/** What a video says besides that was made just now. */
const MONEY = ['cost', 'estimate'];

const readers: Array<[string, INodeParameters]> = [
	['wait', { download: [] }],
	['download', { download: [] }],
	['get', {}],
	['getAll', {}],
];

/** Get Many takes no id; there is one video. */
const readOf = (operation: string, id: string, more: INodeParameters): INodeParameters =>
	operation === 'getAll' ? more : { videoId: id, ...more };

const iso = (seconds: unknown) => new Date(Number(seconds) * 1_000).toISOString();

describe('a new node', () => {
	it('puts out a new video with one id, the fields that people use, and dates as ISO 8601', async () => {
		const video = await only('createAvatar', waitingAvatar({ script: 'Hello', options: { title: 'Hi' } }));
		expect(Object.keys(video)).toEqual([...SHORT, ...MONEY]);
		const record = await recordOf(String(video.video_id));
		expect(video).toMatchObject({
			video_id: record.id,
			status: 'completed',
			title: 'Hi',
			duration: record.duration,
			created_at: iso(record.created_at),
			completed_at: iso(record.completed_at),
		});
	});

	it.each(readers)('puts out the same of a video with %s', async (operation, more) => {
		const [id = ''] = seedVideos(sandbox(), 1);
		const video = await only(operation, readOf(operation, id, more));
		expect(Object.keys(video)).toEqual(SHORT);
		expect(video).toMatchObject({ video_id: id, created_at: iso((await recordOf(id)).created_at) });
	});

	it.each(readers)('puts out the whole record with %s when Simplify is off, with the id that other operations take', async (operation, more) => {
		const [id = ''] = seedVideos(sandbox(), 1);
		const video = await only(operation, readOf(operation, id, { ...more, simplify: false }));
		expect(Object.keys(video)[0]).toBe('video_id');
		expect(Object.keys(video).sort()).toEqual([...WHOLE, 'video_id'].sort());
		const { created_at: createdAt } = await recordOf(id);
		expect(video).toMatchObject({ video_id: id, id, created_at: createdAt, failure_code: null });
	});

	it('keeps what HeyGen made besides, and what it could not make', async () => {
		const options = { caption: 'srt' };
		const download = ['video', 'subtitles', 'gif'];
		const video = await only('createAvatar', waitingAvatar({ script: 'Hello', options, download }));
		expect(Object.keys(video)).toEqual([...SHORT.slice(0, 4), 'subtitle_url', ...SHORT.slice(4), ...MONEY]);
		const [id = ''] = await createVideos(sandbox(), 1);
		const without = await only('wait', { videoId: id, download: ['video', 'subtitles'] });
		expect(Object.keys(without)).toEqual([...SHORT, 'missing_files']);
		expect(without.missing_files).toEqual(['subtitles']);
	});

	it('says why a video failed', async () => {
		const [id = ''] = await createVideos(sandbox(), 1, { title: '[fail:rendering_failed]', avatar_id: TWIN_LOOK });
		await runVideo(sandbox(), 'wait', { videoId: id }, { onError: 'continueRegularOutput' });
		const failed = await only('get', { videoId: id });
		expect(failed).toMatchObject({ video_id: id, status: 'failed', failure_code: 'rendering_failed', failure_message: expect.any(String) });
		expect(Object.keys(failed).slice(-2)).toEqual(['failure_code', 'failure_message']);
	});

	it('is short about a video that goes on when the time is up', async () => {
		const [id = ''] = await createVideos(sandbox(), 1, { title: '[stuck]' });
		const waitOptions = { timeoutMinutes: 0.005, onTimeout: 'continue' };
		const running = await only('wait', { videoId: id, waitOptions });
		expect(running).toMatchObject({ video_id: id, title: '[stuck]' });
		expect(running).not.toHaveProperty('id');
	});

	it('has nothing to simplify in the answer to a create that does not wait', async () => {
		const created = await only('createAvatar', waitingAvatar({ script: 'Hello', waitForCompletion: false }));
		expect(Object.keys(created).sort()).toEqual(['output_format', 'status', 'video_id']);
	});
});

describe('a node that was saved in version 1', () => {
	it('puts out a new video as it did: the whole record and its id twice', async () => {
		const video = await only('createAvatar', waitingAvatar({ script: 'Hello' }), SAVED);
		expect(Object.keys(video).sort()).toEqual([...WHOLE, 'video_id', ...MONEY].sort());
		expect(video).toMatchObject({ video_id: video.id, created_at: expect.any(Number), failure_code: null });
	});

	it.each(['wait', 'download'])('puts out the whole record with %s', async (operation) => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		const video = await only(operation, { videoId, download: [] }, SAVED);
		expect(Object.keys(video).sort()).toEqual([...WHOLE, 'video_id'].sort());
	});

	it.each(['get', 'getAll'])('puts out ten fields with %s, or the record alone', async (operation) => {
		const [id = ''] = seedVideos(sandbox(), 1);
		const short = await only(operation, readOf(operation, id, {}), SAVED);
		expect(Object.keys(short)).toEqual([
			'id',
			'title',
			'status',
			'duration',
			'video_url',
			'captioned_video_url',
			'subtitle_url',
			'thumbnail_url',
			'created_at',
			'failure_message',
		]);
		const record = await recordOf(id);
		expect(short).toMatchObject({ id, created_at: record.created_at, captioned_video_url: null, failure_message: null });
		const whole = await only(operation, readOf(operation, id, { simplify: false }), SAVED);
		expect(Object.keys(whole)).toEqual(Object.keys(record));
	});

	it.each([
		['yes', SHORT],
		['', ['video_id', ...WHOLE]],
	])('simplifies when it is told to: %j', async (simplify, fields) => {
		const [videoId = ''] = seedVideos(sandbox(), 1);
		const video = await only('wait', { videoId, download: [], simplify: `={{ "${simplify}" }}` }, SAVED);
		expect(Object.keys(video).sort()).toEqual([...fields].sort());
	});
});

describe('an asset', () => {
	const SHORT_ASSET = ['asset_id', 'name', 'type', 'url', 'uploaded_at', 'owner'];
	const WHOLE_ASSET = ['id', 'name', 'owner', 'space_id', 'type', 'uploaded_at', 'folder_id', 'url'];

	async function assetWith(operation: string, more: INodeParameters = {}, options: VideoRunOptions = {}): Promise<[string, IDataObject]> {
		const { body } = await new SandboxClient(sandbox().url).upload('a.srt', srt('Words'), { unchecked: true });
		const id = String(body.data.asset_id);
		const where = operation === 'getAll' ? {} : { assetId: id };
		const [json = {}] = jsonOf(await runAsset(sandbox(), operation, { ...where, ...more }, undefined, options));
		return [id, json];
	}

	it.each(['get', 'getAll', 'download'])('is short in a new node with %s, and has one id', async (operation) => {
		const [id, json] = await assetWith(operation);
		expect(Object.keys(json)).toEqual(SHORT_ASSET);
		expect(json).toMatchObject({ asset_id: id, name: 'a.srt', uploaded_at: expect.stringMatching(/^\d{4}-.+Z$/) });
	});

	it.each(['get', 'getAll', 'download'])('is whole with %s when Simplify is off, with the id that other operations take', async (operation) => {
		const [id, json] = await assetWith(operation, { simplify: false });
		expect(Object.keys(json)).toEqual(['asset_id', ...WHOLE_ASSET]);
		expect(json).toMatchObject({ asset_id: id, id, uploaded_at: expect.any(Number) });
	});

	it.each([
		['get', WHOLE_ASSET],
		['getAll', WHOLE_ASSET],
		['download', ['asset_id', ...WHOLE_ASSET]],
	])('is what it was with %s in a node that was saved in version 1', async (operation, fields) => {
		const [id, json] = await assetWith(operation, {}, SAVED);
		expect(Object.keys(json)).toEqual(fields);
		expect(json).toMatchObject({ id, uploaded_at: expect.any(Number) });
	});
});
