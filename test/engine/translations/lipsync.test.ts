/** Lipsync → Create: what is sent, what is refused before, and what comes of it. */
import omit from 'lodash/omit';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sampleFile, validateAgainstContract } from '../../sandbox';
import { itemWith } from '../support/assetSupport';
import { readBinary } from '../support/harness';
import { GET_LIPSYNC, itemWithBoth, SPEECH_URL, spoken, spokenFromBinary } from '../support/lipsyncSupport';
import { FILM_URL } from '../support/postSupport';
import { srt } from '../support/sampleFiles';
import { bodiesOf, countOf, errorOf, expression, FAST_JOBS, itemAt, jsonOf, linksOf, requestsTo, useSandbox, useTiming } from '../support/support';
import { LIPSYNC, onlyOf, runTranslation } from '../support/translationSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const create = async (parameters: INodeParameters = {}, options: Parameters<typeof runTranslation>[4] = {}) =>
	await runTranslation(sandbox(), 'lipsync', 'create', spoken(parameters), options);
const titled = (title: string, more: INodeParameters = {}) => ({ options: { title }, ...more });

const video = { type: 'url', url: FILM_URL };
const audio = { type: 'url', url: SPEECH_URL };

/** Sends one create, without waiting, and returns its body, which must fit the contract. */
async function bodyFor(parameters: INodeParameters, options: Parameters<typeof runTranslation>[4] = {}): Promise<IDataObject> {
	const result = await create({ waitForCompletion: false, ...parameters }, options);
	expect(result.originalError).toBeUndefined();
	const [body = {}, ...others] = bodiesOf(sandbox(), LIPSYNC);
	expect(others).toEqual([]);
	expect(validateAgainstContract('POST', '/v3/lipsyncs', { body })).toEqual([]);
	return body;
}

describe('the request', () => {
	it('has nothing that the user did not ask for', async () => {
		expect(await bodyFor({})).toEqual({ video, audio, mode: 'speed' });
	});

	it('names the execution and the item, unless it is told not to', async () => {
		await create({ waitForCompletion: false }, { executionId: '81' });
		await create({ waitForCompletion: false, requestOptions: { sendCallbackId: false } });
		const ids = requestsTo(sandbox(), LIPSYNC).map(({ body }) => (body as IDataObject).callback_id);
		expect(ids).toEqual(['n8n-81-0', undefined]);
	});

	it('has every option in its place', async () => {
		const options = {
			title: 'Webinar',
			disableMusicTrack: true,
			enableSpeechEnhancement: true,
			enableCaption: true,
			enableDynamicDuration: false,
			enableWatermark: true,
			keepTheSameFormat: true,
			startTime: 1.5,
			endTime: 9,
			fpsMode: 'vfr',
			folderId: 'folder_1',
		};
		const requestOptions = { callbackId: 'row-7', callbackUrl: 'https://example.com/hook' };
		expect(await bodyFor({ mode: 'precision', options, requestOptions })).toEqual({
			video,
			audio,
			mode: 'precision',
			title: 'Webinar',
			disable_music_track: true,
			enable_speech_enhancement: true,
			enable_caption: true,
			enable_dynamic_duration: false,
			enable_watermark: true,
			keep_the_same_format: true,
			start_time: 1.5,
			end_time: 9,
			fps_mode: 'vfr',
			folder_id: 'folder_1',
			callback_id: 'row-7',
			callback_url: 'https://example.com/hook',
		});
	});

	it.each<[string, INodeParameters, IDataObject]>([
		['an asset for the film', { videoSource: 'assetId', videoAssetId: 'asset_1' }, { video: { type: 'asset_id', asset_id: 'asset_1' } }],
		['an asset for the recording', { audioSource: 'assetId', audioAssetId: ' asset_2\n' }, { audio: { type: 'asset_id', asset_id: 'asset_2' } }],
		['an asset that an earlier node put out', { audioSource: 'assetId', audioAssetId: expression({ asset_id: 'asset_2' }) }, { audio: { type: 'asset_id', asset_id: 'asset_2' } }],
		['a public page with the film', { videoUrl: 'https://youtu.be/abc' }, { video: { type: 'url', url: 'https://youtu.be/abc' } }],
		['a link of Dropbox to the film', { videoUrl: 'https://www.dropbox.com/s/a/b.mp4?raw=1' }, { video: { type: 'url', url: 'https://www.dropbox.com/s/a/b.mp4?raw=1' } }],
		['a link of Dropbox to the recording', { audioUrl: 'https://www.dropbox.com/s/a/b.wav?dl=1' }, { audio: { type: 'url', url: 'https://www.dropbox.com/s/a/b.wav?dl=1' } }],
		// HeyGen says of uploads alone which formats it takes.
		['a film of another format by URL', { videoUrl: 'https://example.com/a.mov' }, { video: { type: 'url', url: 'https://example.com/a.mov' } }],
		['a recording of another format by URL', { audioUrl: 'https://example.com/a.m4a' }, { audio: { type: 'url', url: 'https://example.com/a.m4a' } }],
	])('takes %s', async (_what, parameters, expected) => {
		expect(await bodyFor(parameters)).toEqual({ video, audio, mode: 'speed', ...expected });
	});

	it('has the assets that both binary fields became', async () => {
		const body = await bodyFor(spokenFromBinary(), { items: [await itemWithBoth()] });
		const idOf = (name: string) => sandbox().assets.find(({ filename }) => filename === name)?.id;
		expect(body).toEqual({
			video: { type: 'asset_id', asset_id: idOf('webinar.mp4') },
			audio: { type: 'asset_id', asset_id: idOf('speech.wav') },
			mode: 'speed',
		});
		expect(sandbox().assets).toHaveLength(2);
	});

	it.each<[string, INodeParameters, IDataObject]>([
		['modes and timings by name', { mode: 'byName', modeName: 'ultra', options: { fpsMode: 'byName', fpsModeName: 'ntsc' } }, { mode: 'ultra', fps_mode: 'ntsc' }],
		['those of an expression', { mode: expression('Ultra'), options: { fpsMode: expression(' NTSC ') } }, { mode: 'Ultra', fps_mode: 'NTSC' }],
		['fields', { options: { additionalFields: '{"lip_style":"soft"}' } }, { mode: 'speed', lip_style: 'soft' }],
	])('takes %s that HeyGen adds', async (_what, parameters, expected) => {
		sandbox().configure({ contract: 'open' });
		await create({ waitForCompletion: false, ...parameters });
		expect(bodiesOf(sandbox(), LIPSYNC)).toEqual([{ video, audio, ...expected }]);
	});

	it('reads a mode as sheets write it', async () => {
		expect(await bodyFor({ mode: expression(' PRECISION ') })).toMatchObject({ mode: 'precision' });
	});
});

const DRIVE = 'https://drive.google.com/file/d/abc/view?usp=sharing';
const WITH_N8N = "with n8n's HTTP Request node (Response Format: File) and hand it over as a binary file";
const FROM_DRIVE = "is a Google Drive page, which HeyGen cannot use as a file: fetch the file with n8n's Google Drive node (Download) and hand it over as a binary file";
const FROM_DROPBOX = "is a Dropbox page, which HeyGen cannot use as a file: end the address in ?raw=1, or fetch the file with n8n's Dropbox node (Download) and hand it over as a binary file";
const HOLDS_FILE = "holds the file itself, which HeyGen does not take here: make a file of it with n8n's Convert to File node and hand it over as a binary file";
const CAPTIONS_OFF = "'Download' asks for the file 'Subtitles', but 'Captions' is off";

describe('without a request is refused', () => {
	it.each<[INodeParameters, string]>([
		[{ videoUrl: '={{ $json.nothing }}' }, "'Video URL' is empty"],
		[{ videoSource: 'assetId', videoAssetId: '={{ $json.nothing }}' }, "'Video Asset ID' is empty"],
		[{ videoSource: 'binary', videoBinaryPropertyName: '={{ $json.nothing }}' }, "'Video Binary Field' is empty"],
		[{ audioUrl: '={{ $json.nothing }}' }, "'Audio URL' is empty"],
		[{ audioSource: 'assetId', audioAssetId: ' ' }, "'Audio Asset ID' is empty"],
		[{ audioSource: 'binary', audioBinaryPropertyName: '={{ null }}' }, "'Audio Binary Field' is empty"],
		[{ videoUrl: 'http://example.com/a.mp4' }, `'Video URL' must be an address that starts with https://, but it is "http://example.com/a.mp4"`],
		[{ videoUrl: 'https://192.168.1.2/a.mp4' }, `'Video URL' points into a private network, which HeyGen cannot reach: fetch the file ${WITH_N8N}`],
		[{ videoUrl: 'https://u:p@example.com/a.mp4' }, `'Video URL' carries a login, but HeyGen fetches files without one: fetch it ${WITH_N8N}`],
		[{ videoUrl: DRIVE }, `'Video URL' ${FROM_DRIVE}`],
		[{ videoUrl: 'https://www.dropbox.com/s/abc/a.mp4?dl=0' }, `'Video URL' ${FROM_DROPBOX}`],
		[{ videoUrl: 'https://example.com/a.mp3' }, "'Video URL' is an MP3 file, but HeyGen takes only MP4 or WebM here"],
		[{ videoUrl: 'https://example.com/a.html' }, "'Video URL' is a web page, which HeyGen cannot use as a file: give the address of an MP4 or WebM file"],
		[{ videoUrl: 'https://example.com/webinar' }, `'Video URL' does not say what file it is: the address must end in the extension of an MP4 or WebM file. Otherwise fetch the file ${WITH_N8N}`],
		[{ videoUrl: 'data:video/mp4;base64,AAAA' }, `'Video URL' ${HOLDS_FILE}`],
		[{ audioUrl: DRIVE }, `'Audio URL' ${FROM_DRIVE}`],
		[{ audioUrl: 'https://www.dropbox.com/s/abc/a.mp3' }, `'Audio URL' ${FROM_DROPBOX}`],
		[{ audioUrl: 'https://www.youtube.com/watch?v=abc' }, "'Audio URL' is a page rather than a file, which HeyGen cannot use as a file: export the file from there and hand it over as a binary file"],
		[{ audioUrl: 'https://example.com/a.mp4' }, "'Audio URL' is an MP4 video, but HeyGen takes only MP3 or WAV here"],
		[{ audioUrl: 'data:audio/mpeg;base64,AAAA' }, `'Audio URL' ${HOLDS_FILE}`],
		[{ videoSource: 'assetId', videoAssetId: 'a b' }, `'Video Asset ID' is not an ID: "a b" has a blank in it`],
		[{ audioSource: 'assetId', audioAssetId: 'a,b' }, `'Audio Asset ID' is not an ID: "a,b" has a comma in it`],
		[{ videoSource: 'binary', videoBinaryPropertyName: 'film' }, `'Video Binary Field': the item has no binary field "film"`],
		[{ videoSource: 'binary', videoBinaryPropertyName: 'speech' }, `'Video Binary Field': "speech.wav" is a WAV file, but HeyGen takes only MP4 or WebM here`],
		[{ audioSource: 'binary', audioBinaryPropertyName: 'data' }, `'Audio Binary Field': "webinar.mp4" is an MP4 video, but HeyGen takes only MP3 or WAV here`],
		[{ mode: expression({ a: 1 }) }, `'Mode' must be one word, such as speed, precision, but it is {"a":1}`],
		[{ mode: 'byName' }, "'Mode Name' is empty"],
		[{ options: { fpsMode: expression([1]) } }, "'Frame Timing' must be one word, such as cfr, passthrough, vfr, but it is [1]"],
		[{ options: { startTime: -1 } }, `'Start Time (Seconds)' must be a number of 0 or more, but it is "-1"`],
		[{ options: { startTime: 5, endTime: 5 } }, "'End Time (Seconds)' must be after the start, which is at 5 s, but is at 5 s"],
		[{ options: { endTime: 0 } }, "'End Time (Seconds)' must be more than 0"],
		[{ videoSource: 'binary', options: { startTime: 2.5 } }, "'Start Time (Seconds)' is 2.5, but the video is only 2 seconds long"],
		[{ videoSource: 'binary', options: { startTime: 2 } }, "'Start Time (Seconds)' is 2, but the video is only 2 seconds long"],
		[{ download: ['video', 'subtitles'] }, CAPTIONS_OFF],
		[{ download: ['subtitles'], options: { enableCaption: false } }, CAPTIONS_OFF],
		[{ download: ['webVtt'] }, `'Download' has an unknown value: "webVtt"`],
		[{ options: { enableDynamicDuration: 'perhaps' } }, `'Dynamic Duration' must be true or false (yes, no, on, off, 1 and 0 are taken too), but it is "perhaps"`],
		[{ options: { additionalFields: '{"audio":{"type":"asset_id"}}' } }, `'Additional Fields (JSON) → audio → type' is "asset_id", but the operation itself sends "url" there`],
		[{ requestOptions: { callbackUrl: 'http://example.com' } }, `'Callback URL' must be an address that starts with https://, but it is "http://example.com"`],
	])('%j', async (parameters, message) => {
		const error = errorOf(await create(parameters, { items: [await itemWithBoth()] }));
		expect(error.message).toBe(`${message} (item 1)`);
		expect(sandbox().requests()).toEqual([]);
	});

	it('a run of which the last item is not right, before a file goes up', async () => {
		const words = { fileName: 'words.srt', mimeType: 'text/plain', content: srt() };
		const bad = await itemWith({ data: { fileName: 'webinar.mp4', mimeType: 'video/mp4', content: sampleFile('mp4') }, speech: words });
		const items = [await itemWithBoth(), bad];
		expect(errorOf(await create(spokenFromBinary(), { items })).message).toContain('(item 2)');
		expect(sandbox().requests()).toEqual([]);
	});
});

describe('the result', () => {
	it('is the finished lipsync with its files, for each item in order', async () => {
		const items = [{ json: { row: 1 } }, { json: { row: 2 } }];
		const options = { enableCaption: true, title: '={{ "Row " + $json.row }}' };
		const result = await create({ download: ['video', 'subtitles'], options }, { items });
		expect(result.originalError).toBeUndefined();
		expect(linksOf(result)).toEqual([0, 1]);
		for (const [index, item] of (result.outputs[0] ?? []).entries()) {
			const id = String(item.json.lipsync_id);
			expect(item.json).toEqual({
				lipsync_id: expect.stringMatching(/^\w{32}$/),
				status: 'completed',
				title: `Row ${index + 1}`,
				video_url: expect.stringContaining(id),
				caption_url: expect.stringContaining(id),
				duration: 10,
				callback_id: expect.stringMatching(new RegExp(`^n8n-\\d+-${index}$`)),
				created_at: expect.stringMatching(/^\d{4}-.*Z$/),
				cost: expect.objectContaining({ credits: 0.5, seconds: 10 }),
				estimate: expect.objectContaining({ credits: null }),
			});
			expect(Object.keys(item.binary ?? {})).toEqual(['video', 'subtitles']);
			expect(item.binary?.video).toMatchObject({ fileName: `${id}.mp4`, mimeType: 'video/mp4' });
			expect(item.binary?.subtitles).toMatchObject({ fileName: `${id}.srt`, mimeType: 'application/x-subrip' });
			expect((await readBinary(item, 'subtitles')).toString()).toContain(' --> ');
		}
		expect(new Set(jsonOf(result).map(({ lipsync_id: id }) => id)).size).toBe(2);
	});

	it('has the video when Download is left alone', async () => {
		const result = await runTranslation(sandbox(), 'lipsync', 'create', omit(spoken(), 'download'));
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['video']);
	});

	it('is the id alone without waiting', async () => {
		expect(jsonOf(await create({ waitForCompletion: false }))).toEqual([{ lipsync_id: expect.any(String) }]);
		expect(countOf(sandbox(), GET_LIPSYNC)).toBe(0);
	});

	it('is the whole record when it is not simplified', async () => {
		const json = onlyOf(await create({ simplify: false }));
		expect(json).toMatchObject({ lipsync_id: json.id, caption_url: null, failure_message: null, created_at: expect.any(Number) });
	});

	it.each(['[late-url]', '[status:polishing]'])('is waited for when it goes with %s', async (title) => {
		sandbox().configure({ jobSeconds: 0.5 });
		const result = await create(titled(title, { download: ['video'] }));
		expect(onlyOf(result)).toMatchObject({ status: 'completed' });
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['video']);
	});

	it('is an error that names the job when HeyGen could not make it', async () => {
		const error = errorOf(await create(titled('[fail:no_face_found]')));
		expect(error.message).toMatch(/^HeyGen could not finish the lipsync \w{32}: Rendering ended with no_face_found \(item 1\)$/);
		expect(error.description).toContain('HeyGen does not charge for a lipsync that has failed.');
	});

	it('is the state of the job when the time is up, or an error with its id', async () => {
		const options = { title: '[stuck]', timeoutMinutes: 0.01 };
		expect(errorOf(await create({ options })).message).toMatch(/^The lipsync \w{32} was not finished within 0.01 minutes \(item 1\)$/);
		expect(onlyOf(await create({ options: { ...options, onTimeout: 'continue' } }))).toMatchObject({
			lipsync_id: expect.any(String),
			status: 'running',
			title: '[stuck]',
			video_url: null,
		});
	});

	it('is what would be sent in a dry run', async () => {
		const json = onlyOf(await create({ options: { dryRun: true, enableCaption: true } }));
		expect(json).toMatchObject({ dryRun: true, body: { video, audio, mode: 'speed', enable_caption: true }, estimate: { credits: null } });
		expect(sandbox().requests()).toEqual([]);
	});
});
