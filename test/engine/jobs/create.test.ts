/** Create Avatar Video: results, files, and how every parameter reaches HeyGen. */
import type { INodeParameters } from 'n8n-workflow';
import { avatarVideoOptions } from '../../../nodes/HeyGenVideo/video/avatarVideoOptions';
import { jobOptions } from '../../../nodes/fields/sending';
import { voiceSettingsField } from '../../../nodes/fields/voiceSettings';
import { pseudoRandomChunks, sampleFile, validateAgainstContract } from '../../sandbox';
import { namesValue } from '../../unit/support/walk';
import { readBinary } from '../support/harness';
import {
	avatar,
	bodiesOf,
	countOf,
	CREATE,
	FISH_VOICE,
	GET,
	itemAt,
	jsonOf,
	linksOf,
	locator,
	PHOTO_LOOK,
	requestsTo,
	runVideo,
	scripts,
	TWIN_LOOK,
	useSandbox,
	useTiming,
	VOICE,
	waitingAvatar,
} from '../support/support';

const FILE_BYTES = 150_000;

useTiming();
const sandbox = useSandbox({ jobSeconds: 0.2, jobQueueSeconds: 0.05, fileBytes: FILE_BYTES });

/** The bytes the file host serves for one of the two video files of a video. */
function fileOf(id: unknown, file: 'video' | 'captioned', extension = 'mp4'): Buffer {
	const path = `/files/videos/${String(id)}/${file}.${extension}`;
	return Buffer.concat([...pseudoRandomChunks(path, FILE_BYTES)]);
}

/** Sends one create and returns its body, which must fit the contract and be accepted by the sandbox. */
async function bodyFor(parameters: INodeParameters): Promise<unknown> {
	const result = await runVideo(sandbox(), 'createAvatar', avatar({ script: 'Hello', ...parameters }));
	expect(result.originalError).toBeUndefined();
	const [body] = bodiesOf(sandbox(), CREATE);
	expect(validateAgainstContract('POST', '/v3/videos', { body })).toEqual([]);
	return body;
}

describe('the result', () => {
	it('is the finished video with its file, for every item in order', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', waitingAvatar({ download: ['video'] }), {
			items: scripts('One', 'Two', 'Three'),
		});
		expect(result.status).toBe('success');
		expect(linksOf(result)).toEqual([0, 1, 2]);
		const bodies = requestsTo(sandbox(), CREATE);
		expect(bodies.map(({ body }) => (body as { script: string }).script)).toEqual(['One', 'Two', 'Three']);
		for (const [index, json] of jsonOf(result).entries()) {
			const item = itemAt(result, index);
			expect(json).toMatchObject({ video_id: expect.any(String), status: 'completed' });
			expect(sandbox().store.get(String(json.video_id))?.spoken).toBe(['One', 'Two', 'Three'][index]);
			expect((await readBinary(item, 'video')).equals(fileOf(json.video_id, 'video'))).toBe(true);
			expect(item.binary?.video).toMatchObject({
				mimeType: 'video/mp4',
				fileName: `${String(json.video_id)}.mp4`,
			});
		}
		expect(new Set(jsonOf(result).map(({ video_id: id }) => id)).size).toBe(3);
		expect(sandbox().stats()).toMatchObject({ videosCreated: 3, fileRequests: 3, keysSeenOnFileHost: 0 });
	});

	it('has the default download, the video, when the parameter is left alone', async () => {
		const { download: _, ...parameters } = waitingAvatar({ script: 'Hello' });
		const result = await runVideo(sandbox(), 'createAvatar', parameters);
		expect(Object.keys(itemAt(result).binary ?? {})).toEqual(['video']);
	});

	it('has every kind of file that was asked for', async () => {
		const download = ['video', 'captionedVideo', 'gif', 'subtitles', 'thumbnail'];
		const result = await runVideo(
			sandbox(),
			'createAvatar',
			waitingAvatar({ script: 'Words to read', download, options: { caption: 'burnedIn' } }),
		);
		const item = itemAt(result);
		const { video_id: id } = item.json;
		const read = async (name: string) => await readBinary(item, name);
		expect(Object.keys(item.binary ?? {})).toEqual(download);
		expect((await read('video')).equals(fileOf(id, 'video'))).toBe(true);
		expect((await read('captionedVideo')).equals(fileOf(id, 'captioned'))).toBe(true);
		expect((await read('gif')).equals(sampleFile('gif'))).toBe(true);
		expect((await read('thumbnail')).equals(sampleFile('jpg'))).toBe(true);
		expect((await read('subtitles')).toString()).toContain('Words to read');
		expect(Object.values(item.binary ?? {}).map(({ fileName, mimeType }) => [fileName, mimeType])).toEqual([
			[`${String(id)}.mp4`, 'video/mp4'],
			[`${String(id)}-captioned.mp4`, 'video/mp4'],
			[`${String(id)}.gif`, 'image/gif'],
			[`${String(id)}.srt`, 'application/x-subrip'],
			[`${String(id)}.jpg`, 'image/jpeg'],
		]);
		expect(item.json.missing_files).toBeUndefined();
		expect(sandbox().stats().keysSeenOnFileHost).toBe(0);
	});

	it('calls a WebM file by its name', async () => {
		const options = { outputFormat: 'webm' };
		const result = await runVideo(
			sandbox(),
			'createAvatar',
			waitingAvatar({ script: 'Hello', download: ['video'], options }),
		);
		const { binary, json } = itemAt(result);
		expect(binary?.video).toMatchObject({ fileName: `${String(json.video_id)}.webm`, mimeType: 'video/webm' });
		const bytes = await readBinary(itemAt(result), 'video');
		expect(bytes.equals(fileOf(json.video_id, 'video', 'webm'))).toBe(true);
	});

	it('streams files into n8n\'s file store', async () => {
		const result = await runVideo(
			sandbox(),
			'createAvatar',
			waitingAvatar({ script: 'Hello', download: ['video'] }),
			{ binaryMode: 'filesystem' },
		);
		const item = itemAt(result);
		expect(item.binary?.video?.id).toMatch(/^filesystem/);
		expect((await readBinary(item, 'video')).equals(fileOf(item.json.video_id, 'video'))).toBe(true);
	});

	it('is the id alone without waiting, after one request per item', async () => {
		const result = await runVideo(sandbox(), 'createAvatar', avatar(), { items: scripts('One', 'Two') });
		expect(jsonOf(result)).toEqual(
			[0, 1].map(() => ({ video_id: expect.any(String), status: 'waiting', output_format: 'mp4' })),
		);
		expect(linksOf(result)).toEqual([0, 1]);
		expect(sandbox().stats().requestsTotal).toBe(2);
		expect(countOf(sandbox(), GET)).toBe(0);
	});
});

describe('the request', () => {
	it('has nothing that the user did not ask for', async () => {
		expect(await bodyFor({})).toEqual({ type: 'avatar', avatar_id: PHOTO_LOOK, script: 'Hello' });
	});

	it('takes the avatar and voice from a list, by id and from an expression', async () => {
		const item = { json: { look: TWIN_LOOK } };
		const parameters = avatar({
			script: 'Hello',
			avatarId: locator('={{ $json.look }}'),
			voiceId: { __rl: true, mode: 'list', value: VOICE, cachedResultName: 'Ann – Calm' },
		});
		await runVideo(sandbox(), 'createAvatar', parameters, { items: [item] });
		expect(bodiesOf(sandbox(), CREATE)).toEqual([
			{ type: 'avatar', avatar_id: TWIN_LOOK, voice_id: VOICE, script: 'Hello' },
		]);
	});

	it.each([
		['url', { audioUrl: 'https://example.com/a.mp3' }, { audio_url: 'https://example.com/a.mp3' }],
		['assetId', { audioAssetId: 'asset_1' }, { audio_asset_id: 'asset_1' }],
	] as const)('speaks a recording given by %s', async (audioSource, parameters, expected) => {
		// A script that was typed before the source was changed stays in the node, and is not sent.
		const body = await bodyFor({ audioSource, script: 'Old', voiceId: locator(VOICE), ...parameters });
		expect(body).toEqual({ type: 'avatar', avatar_id: PHOTO_LOOK, ...expected });
	});

	// Every option with a value, and the body it makes; two sets, since some options exclude each other.
	const photoOptions = {
		aspectRatio: '9:16',
		background: { color: { value: '#1A2B3C' } },
		brandGlossaryId: 'glossary_1',
		caption: 'burnedIn',
		engine: 'avatar_iv',
		expressiveness: 'high',
		fit: 'contain',
		folderId: 'folder_1',
		motionPrompt: 'waves',
		outputFormat: 'mp4',
		removeBackground: true,
		resolution: '4k',
		title: 'My video',
		watermark: {
			settings: {
				imageUrl: 'https://example.com/logo.png',
				offsetX: 0.1,
				offsetY: 0.2,
				opacity: 0.5,
				position: 'top_left',
				scale: 1.5,
			},
		},
	};
	const twinOptions = {
		engine: 'avatar_v',
		motionPrompt: 'nods',
		outputFormat: 'webm',
		referenceLookId: 'look_ann_studio_02',
		watermark: { settings: { imageAssetId: 'asset_9', position: 'bottom_left' } },
	};

	const photoRequestOptions = {
		callbackId: 'row-7',
		callbackUrl: 'https://n8n.example.com/webhook/1',
		idempotencyKey: 'row-7',
		maxParallelRequests: 2,
		queueTimeoutMinutes: 5,
		sameInputSameVideo: true,
		sendCallbackId: false,
	};
	const twinRequestOptions = { sendAsBatch: false, sendIdempotencyKey: false };

	// Request options stood among the options before, and saved workflows have them there.
	it.each([
		['', { options: photoOptions, requestOptions: photoRequestOptions }],
		[', with all of them in one collection as before', { options: { ...photoOptions, ...photoRequestOptions } }],
	])('maps every option of a photo look%s', async (_where, parameters) => {
		expect(await bodyFor(parameters)).toEqual({
			type: 'avatar',
			avatar_id: PHOTO_LOOK,
			script: 'Hello',
			aspect_ratio: '9:16',
			background: { type: 'color', value: '#1A2B3C' },
			brand_glossary_id: 'glossary_1',
			callback_id: 'row-7',
			callback_url: 'https://n8n.example.com/webhook/1',
			caption: { file_format: 'srt', style: 'default' },
			engine: { type: 'avatar_iv' },
			expressiveness: 'high',
			fit: 'contain',
			folder_id: 'folder_1',
			motion_prompt: 'waves',
			output_format: 'mp4',
			remove_background: true,
			resolution: '4k',
			title: 'My video',
			watermark: {
				image: { type: 'url', url: 'https://example.com/logo.png' },
				opacity: 0.5,
				scale: 1.5,
				placement: { position: 'top_left', offset_x: 0.1, offset_y: 0.2 },
			},
		});
		expect(requestsTo(sandbox(), CREATE)[0]?.idempotencyKey).toBe('row-7');
	});

	it.each([
		['', { options: twinOptions, requestOptions: twinRequestOptions }],
		[', with all of them in one collection as before', { options: { ...twinOptions, ...twinRequestOptions } }],
	])('maps the options of a digital twin%s', async (_where, parameters) => {
		expect(await bodyFor({ avatarId: locator(TWIN_LOOK), ...parameters })).toEqual({
			type: 'avatar',
			avatar_id: TWIN_LOOK,
			script: 'Hello',
			engine: { type: 'avatar_v', reference_look_id: 'look_ann_studio_02' },
			motion_prompt: 'nods',
			output_format: 'webm',
			watermark: {
				image: { type: 'asset_id', asset_id: 'asset_9' },
				opacity: 1,
				scale: 1,
				placement: { position: 'bottom_left', offset_x: 0, offset_y: 0 },
			},
		});
		expect(requestsTo(sandbox(), CREATE)[0]?.idempotencyKey).toBeNull();
	});

	it('leaves no option untested', () => {
		// These have files of their own: additionalFields.test.ts, presets.test.ts, beforePaying.test.ts, and openChoices.test.ts for all '… Name'.
		const elsewhere = ['additionalFields', 'checkBeforePaying', 'preset'];
		const offered = [...avatarVideoOptions, ...jobOptions]
			.filter((option) => !namesValue(option) && !elsewhere.includes(option.name))
			.map(({ name }) => name);
		const tested = Object.keys({ ...photoOptions, ...twinOptions, ...photoRequestOptions, ...twinRequestOptions });
		expect(tested.sort()).toEqual([...offered].sort());
	});

	it.each([
		['color', { value: '#abcdef' }, { type: 'color', value: '#abcdef' }],
		['imageUrl', { url: 'https://example.com/b.jpg' }, { type: 'image', url: 'https://example.com/b.jpg' }],
		['imageAsset', { assetId: 'asset_2' }, { type: 'image', asset_id: 'asset_2' }],
	] as const)('takes a background given by %s', async (kind, value, expected) => {
		expect(await bodyFor({ options: { background: { [kind]: value } } })).toMatchObject({
			background: expected,
		});
	});

	it('asks for a subtitle file alone', async () => {
		const body = await bodyFor({ options: { caption: 'srt' } });
		expect(body).toMatchObject({ caption: { file_format: 'srt' } });
		expect((body as { caption: object }).caption).not.toHaveProperty('style');
	});

	it('keeps zero and false', async () => {
		const body = await bodyFor({
			voiceSettings: { pitch: 0, volume: 0 },
			options: { removeBackground: false },
		});
		expect(body).toMatchObject({ voice_settings: { pitch: 0, volume: 0 }, remove_background: false });
	});

	it('turns text from an expression into numbers', async () => {
		const body = await bodyFor({ voiceSettings: { speed: '={{ "1.25" }}', pitch: '={{ "-3" }}' } });
		expect(body).toMatchObject({ voice_settings: { speed: 1.25, pitch: -3 } });
	});
});

describe('voice settings', () => {
	it('are speed, pitch, volume and locale', async () => {
		const voiceSettings = { speed: 1.2, pitch: -10, volume: 0.8, locale: 'en-GB' };
		expect(Object.keys({ ...voiceSettings, engineSettings: {} }).sort()).toEqual(
			(voiceSettingsField.options ?? []).map(({ name }) => name).sort(),
		);
		expect(await bodyFor({ voiceSettings })).toMatchObject({ voice_settings: voiceSettings });
	});

	it.each([
		[
			'elevenlabs',
			VOICE,
			{ model: 'eleven_v3', similarityBoost: 0.1, stability: 0.2, style: 0.3, useSpeakerBoost: true },
			{ model: 'eleven_v3', similarity_boost: 0.1, stability: 0.2, style: 0.3, use_speaker_boost: true },
		],
		[
			'fish',
			FISH_VOICE,
			{ model: 's2-pro', similarity: 0.4, stability: 0.6 },
			{ model: 's2-pro', similarity: 0.4, stability: 0.6 },
		],
		['starfish', VOICE, {}, {}],
	] as const)('take the settings of the engine %s', async (engine, voice, settings, expected) => {
		const voiceSettings = { engineSettings: { [engine]: settings } };
		expect(await bodyFor({ voiceId: locator(voice), voiceSettings })).toMatchObject({
			voice_id: voice,
			voice_settings: { engine_settings: { engine_type: engine, ...expected } },
		});
	});
});
