/** Scenes become one video: what of them reaches HeyGen, whether they are rows or JSON. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { assetIdOf, itemWith, UPLOAD } from '../support/assetSupport';
import { sampleFile } from '../../sandbox';
import { png, pngFile, wavFile } from '../support/sampleFiles';
import {
	bodiesOf,
	countOf,
	CREATE,
	CREATE_BATCH,
	errorOf,
	FAST_JOBS,
	jsonOf,
	linksOf,
	locator,
	manyScripts,
	PHOTO_LOOK,
	TWIN_LOOK,
	useSandbox,
	useTiming,
	VOICE,
} from '../support/support';
import { bodiesFor, byJson, byRows, create, FILM, PICTURE, rows, sent } from './studioSupport';

useTiming();
const sandbox = useSandbox({ ...FAST_JOBS, validateAssets: true });

const film = { fileName: 'film.mp4', mimeType: 'video/mp4', content: sampleFile('mp4') };
const idOf = (name: string) => assetIdOf(sandbox(), name);
const scenesOf = ([body]: IDataObject[]) => (body as IDataObject).scenes as IDataObject[];

/** A row, the same scene in the API's form, and what both become. */
const scenes: ReadonlyArray<readonly [string, INodeParameters, IDataObject]> = [
	['an avatar', rows.avatar(), sent.avatar()],
	['an avatar with a voice', rows.avatar({ voiceId: locator(VOICE) }), sent.avatar({ voice_id: VOICE })],
	[
		'an avatar with settings of its voice',
		rows.avatar({ voiceSettings: { speed: 1.2, pitch: -3, volume: 0.8, locale: 'en-GB', engineSettings: { elevenlabs: { engineType: 'elevenlabs', model: 'eleven_v3', stability: 0.4 } } } }),
		sent.avatar({ voice_settings: { speed: 1.2, pitch: -3, volume: 0.8, locale: 'en-GB', engine_settings: { engine_type: 'elevenlabs', model: 'eleven_v3', similarity_boost: 0.5, stability: 0.4, style: 0.5, use_speaker_boost: false } } }),
	],
	['an avatar with a color', rows.avatar({ options: { backgroundColor: '#abc' } }), sent.avatar({ background: { type: 'color', color: '#aabbcc' } })],
	['a lively avatar', rows.avatar({ options: { expressiveness: 'high', motionPrompt: 'waves' } }), sent.avatar({ expressiveness: 'high', motion_prompt: 'waves' })],
	[
		'an avatar with an engine',
		rows.avatar({ avatarId: locator(TWIN_LOOK), options: { engine: 'avatar_v', referenceLookId: 'look_2' } }),
		{ type: 'avatar_video', input: { type: 'avatar', avatar_id: TWIN_LOOK, script: 'Hello', engine: { type: 'avatar_v', reference_look_id: 'look_2' } } },
	],
	[
		'an avatar with a recording by URL',
		rows.avatar({ audioSource: 'url', audioUrl: 'https://example.com/a.mp3', script: 'kept by n8n' }),
		{ type: 'avatar_video', input: { type: 'avatar', avatar_id: PHOTO_LOOK, audio_url: 'https://example.com/a.mp3' } },
	],
	['an image that speaks', rows.speakingImage(), sent.speakingImage()],
	[
		'a lively image',
		rows.speakingImage({ options: { expressiveness: 'medium', motionPrompt: 'nods' } }),
		sent.speakingImage({ expressiveness: 'medium', motion_prompt: 'nods' }),
	],
	['a still image', rows.still(), sent.still()],
	['a still image for part of a second', rows.still({ duration: '0.25' }), sent.still({ duration: 0.25 })],
	['a still image for the longest time', rows.still({ duration: 300 }), sent.still({ duration: 300 })],
	[
		'a still image with a voice over it',
		rows.still({ audioSource: 'script', script: 'Look', voiceId: locator(VOICE), voiceSettings: { speed: 0.9 } }),
		{ type: 'image', source: { type: 'url', url: PICTURE }, script: 'Look', voice_id: VOICE, voice_settings: { speed: 0.9 } },
	],
	[
		'a still image with a recording',
		rows.still({ audioSource: 'url', audioUrl: 'https://example.com/a.wav' }),
		{ type: 'image', source: { type: 'url', url: PICTURE }, audio_url: 'https://example.com/a.wav' },
	],
	['a clip', rows.clip(), sent.clip()],
	['a muted clip', rows.clip({ options: { mute: true } }), sent.clip({ playback: { mute: true } })],
	['a quiet clip', rows.clip({ options: { mute: 'no', volume: '0.3' } }), sent.clip({ playback: { mute: false, volume: 0.3 } })],
];

describe.each(scenes)('%s', (_name, row, scene) => {
	it('is made of a row', async () => {
		expect(await bodiesFor(sandbox(), byRows([row]))).toEqual([{ type: 'studio', scenes: [scene] }]);
	});

	it('is the same by JSON in the form of the API', async () => {
		expect(await bodiesFor(sandbox(), byJson([scene]))).toEqual([{ type: 'studio', scenes: [scene] }]);
	});
});

describe('flat records', () => {
	const avatarScene = { type: 'avatar', avatar_id: PHOTO_LOOK, script: 'Hello' };
	it.each<[IDataObject, IDataObject]>([
		[avatarScene, sent.avatar()],
		[{ avatar_id: PHOTO_LOOK, script: 'Hello' }, sent.avatar()],
		[{ type: 'Avatar', avatarId: PHOTO_LOOK, script: 'Hello' }, sent.avatar()],
		[{ type: 'avatar_video', avatar_id: PHOTO_LOOK, script: 'Hello' }, sent.avatar()],
		[{ input: { type: 'avatar', avatar_id: PHOTO_LOOK, script: 'Hello' } }, sent.avatar()],
		[{ ...avatarScene, audio_url: null, voice_id: '', voice_settings: {}, engine: { type: null } }, sent.avatar()],
		[{ ...avatarScene, engine: 'avatar_iv' }, sent.avatar({ engine: { type: 'avatar_iv' } })],
		[{ ...avatarScene, background: '#123456' }, sent.avatar({ background: { type: 'color', color: '#123456' } })],
		[{ ...avatarScene, background: { type: 'color', value: '#123456' } }, sent.avatar({ background: { type: 'color', color: '#123456' } })],
		[{ ...avatarScene, background_color: '123456' }, sent.avatar({ background: { type: 'color', color: '#123456' } })],
		[{ ...avatarScene, voice_settings: '{"speed": "1.1"}' }, sent.avatar({ voice_settings: { speed: 1.1 } })],
		[{ type: 'speaking_image', image: PICTURE, script: 'Hello', voice_id: VOICE }, sent.speakingImage()],
		[{ type: 'Image That Speaks', image_url: PICTURE, script: 'Hello', voiceId: VOICE }, sent.speakingImage()],
		[{ type: 'avatar_video', image: { url: PICTURE }, script: 'Hello', voice_id: VOICE }, sent.speakingImage()],
		[{ type: 'image', source: PICTURE, duration: '4' }, sent.still()],
		[{ type: 'Still Image', image: ` ${PICTURE} `, duration: 4 }, sent.still()],
		[{ type: 'image', source_url: PICTURE, duration: 4, script: null }, sent.still()],
		[{ type: 'video', source: FILM }, sent.clip()],
		[{ type: 'clip', video_url: FILM, mute: 'yes' }, sent.clip({ playback: { mute: true } })],
		[{ video: { type: 'url', url: FILM }, volume: 0.5 }, sent.clip({ playback: { volume: 0.5 } })],
		[{ type: 'video', url: FILM }, sent.clip()],
		[{ type: 'video', source: { type: 'url', url: FILM, asset_id: null } }, sent.clip()],
		[{ type: 'image', url: PICTURE, duration: 4 }, sent.still()],
		[{ avatar: PHOTO_LOOK, text: 'Hello' }, sent.avatar()],
		[{ type: 'avatar', lookId: PHOTO_LOOK, input_text: 'Hello', voice: VOICE }, sent.avatar({ voice_id: VOICE })],
		[
			{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png().toString('base64') }, duration: 4 },
			{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png().toString('base64') }, duration: 4 },
		],
	])('%j', async (given, expected) => {
		expect(scenesOf(await bodiesFor(sandbox(), byJson([given])))).toEqual([expected]);
	});

	it('name assets by their IDs, also in their records', async () => {
		sandbox().configure({ validateAssets: false });
		const given = [
			{ type: 'image', image_asset_id: 'a1', duration: 4 },
			{ type: 'video', source: 'a2' },
			{ type: 'speaking_image', image: { asset_id: 'a3', url: PICTURE, mime_type: 'image/png' }, audio: { type: 'asset_id', asset_id: 'a4' } },
			{ type: 'avatar', avatar_id: PHOTO_LOOK, audio_asset_id: 'a5' },
			{ type: 'image', asset_id: 'a6', duration: 4 },
		];
		expect(scenesOf(await bodiesFor(sandbox(), byJson(given)))).toEqual([
			{ type: 'image', source: { type: 'asset_id', asset_id: 'a1' }, duration: 4 },
			{ type: 'video', source: { type: 'asset_id', asset_id: 'a2' } },
			{ type: 'avatar_video', input: { type: 'image', image: { type: 'asset_id', asset_id: 'a3' }, audio_asset_id: 'a4' } },
			{ type: 'avatar_video', input: { type: 'avatar', avatar_id: PHOTO_LOOK, audio_asset_id: 'a5' } },
			{ type: 'image', source: { type: 'asset_id', asset_id: 'a6' }, duration: 4 },
		]);
	});
});

describe('the list', () => {
	const list = [sent.avatar(), sent.still()];
	const text = JSON.stringify(list);
	it.each<[string, string]>([
		['JSON text', text],
		['fenced JSON', `\`\`\`json\n${text}\n\`\`\``],
		['a record', JSON.stringify({ scenes: list })],
		['JSON text in a record', JSON.stringify({ scenes: text })],
		['JSON text in JSON text', JSON.stringify(text)],
		['a whole request without more', JSON.stringify({ type: 'studio', scenes: list })],
		['what an AI agent puts out', JSON.stringify({ output: { scenes: list } })],
		['JSON texts of scenes', JSON.stringify(list.map((scene) => JSON.stringify(scene)))],
		['items', JSON.stringify(list.map((json) => ({ json })))],
		['a list of lists', JSON.stringify([list])],
		['a list of what an AI agent puts out', JSON.stringify([{ output: { scenes: list } }])],
		['a list of an item with scenes', JSON.stringify([{ json: { scenes: list } }])],
		['a record with a word of the model beside it', JSON.stringify({ reasoning: 'short', caption: 'Buy!', aspect_ratio: null, scenes: list })],
		['scenes with JSON in JSON', JSON.stringify(list.map((scene) => ({ ...scene, ...('input' in scene ? { input: JSON.stringify(scene.input) } : {}) })))],
	])('may be %s', async (_form, scenesJson) => {
		expect(await bodiesFor(sandbox(), byJson(scenesJson))).toEqual([{ type: 'studio', scenes: list }]);
	});

	it.each<[string, unknown]>([
		['a list', list],
		['a record', { row: 7, title: 'x', scenes: list }],
		['JSON text', text],
	])('may be an expression that gives %s', async (_form, given) => {
		const items = [{ json: { given } as IDataObject }];
		expect(await bodiesFor(sandbox(), byJson('={{ $json.given }}'), items)).toEqual([{ type: 'studio', scenes: list }]);
	});

	it.each([sent.clip(), { avatar_id: PHOTO_LOOK, script: 'Hello' }])('may be one scene: %j', async (scene) => {
		const [made] = scenesOf(await bodiesFor(sandbox(), byJson(scene)));
		expect(made).toEqual('source' in scene ? sent.clip() : sent.avatar());
	});

	it('drops what models fill in for scenes that cannot have it', async () => {
		const given = [{ ...sent.still(), mute: false, playback: { mute: false } }, { ...sent.clip(), duration: 0, script: '' }];
		expect(scenesOf(await bodiesFor(sandbox(), byJson(given)))).toEqual([sent.still(), sent.clip()]);
	});

	it('keeps its order, whatever kinds follow one another', async () => {
		const mixed = [rows.clip(), rows.avatar(), rows.still(), rows.avatar({ script: 'Bye' }), rows.speakingImage(), rows.clip()];
		expect(scenesOf(await bodiesFor(sandbox(), byRows(mixed)))).toEqual([
			sent.clip(),
			sent.avatar(),
			sent.still(),
			sent.avatar({ script: 'Bye' }),
			sent.speakingImage(),
			sent.clip(),
		]);
	});

	it.each([
		['rows', byRows(Array.from({ length: 50 }, () => rows.still()))],
		['JSON', byJson(Array.from({ length: 50 }, () => sent.still()))],
	])('may have 50 scenes, as %s', async (_form, parameters) => {
		expect(scenesOf(await bodiesFor(sandbox(), parameters))).toHaveLength(50);
	});
});

it('reads expressions in rows for each item, and fields that an expression shows count by what it gives', async () => {
	const row = {
		type: '={{ $json.script === "Script 0" ? "avatar" : "Clip" }}',
		avatarId: locator(PHOTO_LOOK),
		script: '={{ $json.script }}',
		videoSource: 'url',
		videoUrl: FILM,
		audioSource: 'script',
	};
	const bodies = await bodiesFor(sandbox(), byRows([row]), manyScripts(2));
	expect(bodies.map(({ scenes: list }) => list)).toEqual([[sent.avatar({ script: 'Script 0' })], [sent.clip()]]);
});

describe('files of the item', () => {
	it('go up from rows, each once, however many scenes share it', async () => {
		const items = [await itemWith({ face: pngFile('face.png'), speech: wavFile(), film })];
		const face = { imageSource: 'binary', imageBinaryPropertyName: 'face' };
		const speech = { audioSource: 'binary', audioBinaryPropertyName: 'speech' };
		const list = [rows.speakingImage(face), rows.still(face), rows.clip({ videoSource: 'binary', videoBinaryPropertyName: 'film' }), rows.avatar(speech)];
		expect(scenesOf(await bodiesFor(sandbox(), byRows(list), items))).toEqual([
			sent.speakingImage({ image: { type: 'asset_id', asset_id: idOf('face.png') } }),
			sent.still({ source: { type: 'asset_id', asset_id: idOf('face.png') } }),
			{ type: 'video', source: { type: 'asset_id', asset_id: idOf('film.mp4') } },
			{ type: 'avatar_video', input: { type: 'avatar', avatar_id: PHOTO_LOOK, audio_asset_id: idOf('speech.wav') } },
		]);
		expect(countOf(sandbox(), UPLOAD)).toBe(3);
	});

	it('go up from JSON', async () => {
		const items = [await itemWith({ face: pngFile('face.png'), speech: wavFile(), film })];
		const binary = (name: string) => ({ type: 'binary', name });
		const list = [
			{ type: 'avatar_video', input: { type: 'image', image: binary('face'), audio_asset_id: binary('speech') } },
			{ type: 'image', source: binary('face'), audio: binary('speech') },
			{ type: 'video', source: binary('film') },
			{ type: 'avatar', avatar_id: PHOTO_LOOK, audio_url: binary('speech') },
		];
		const [face, speech] = [() => ({ type: 'asset_id', asset_id: idOf('face.png') }), () => idOf('speech.wav')];
		expect(scenesOf(await bodiesFor(sandbox(), byJson(list), items))).toEqual([
			{ type: 'avatar_video', input: { type: 'image', image: face(), audio_asset_id: speech() } },
			{ type: 'image', source: face(), audio_asset_id: speech() },
			{ type: 'video', source: { type: 'asset_id', asset_id: idOf('film.mp4') } },
			{ type: 'avatar_video', input: { type: 'avatar', avatar_id: PHOTO_LOOK, audio_asset_id: speech() } },
		]);
		expect(countOf(sandbox(), UPLOAD)).toBe(3);
	});

	it('go up from JSON by the names of their fields alone', async () => {
		const items = [await itemWith({ face: pngFile('face.png'), speech: wavFile(), film })];
		const list = [{ type: 'image', image: 'face', audio: ' speech ' }, { type: 'video', video: 'film' }, { type: 'video', video: 'asset_2' }];
		sandbox().configure({ validateAssets: false });
		expect(scenesOf(await bodiesFor(sandbox(), byJson(list), items))).toEqual([
			{ type: 'image', source: { type: 'asset_id', asset_id: idOf('face.png') }, audio_asset_id: idOf('speech.wav') },
			{ type: 'video', source: { type: 'asset_id', asset_id: idOf('film.mp4') } },
			{ type: 'video', source: { type: 'asset_id', asset_id: 'asset_2' } },
		]);
	});
});

it('sends every option', async () => {
	const options: INodeParameters = {
		additionalFields: '{"callback_id": "order-7"}',
		aspectRatio: '4:5',
		caption: 'burnedIn',
		resolution: '720p',
		title: 'T',
		watermark: { settings: { imageUrl: PICTURE, offsetX: 0.1, offsetY: 0.2, opacity: 0.5, position: 'top_left', scale: 1.5 } },
	};
	const requestOptions = { callbackUrl: 'https://n8n.example.com/webhook/1' };
	expect(await bodiesFor(sandbox(), byRows([rows.avatar()], { options, requestOptions }))).toEqual([
		{
			type: 'studio',
			scenes: [sent.avatar()],
			aspect_ratio: '4:5',
			caption: { file_format: 'srt', style: 'default' },
			resolution: '720p',
			title: 'T',
			watermark: {
				image: { type: 'url', url: PICTURE },
				opacity: 0.5,
				scale: 1.5,
				placement: { position: 'top_left', offset_x: 0.1, offset_y: 0.2 },
			},
			callback_id: 'order-7',
			callback_url: 'https://n8n.example.com/webhook/1',
		},
	]);
});

it.each<[INodeParameters, IDataObject]>([
	[{ options: { title: 'T' } }, { title: 'T' }],
	[{ options: { aspectRatio: '9:16' } }, { aspect_ratio: '9:16' }],
	[{ options: { resolution: '4k' } }, { resolution: '4k' }],
	[{ options: { caption: 'srt' } }, { caption: { file_format: 'srt' } }],
	[{ options: { preset: 'shorts' } }, { aspect_ratio: '9:16', caption: { file_format: 'srt', style: 'default' } }],
	[{ options: { watermark: { settings: { imageUrl: PICTURE } } } }, { watermark: { image: { type: 'url', url: PICTURE }, opacity: 1, scale: 1, placement: { position: 'bottom_right', offset_x: 0, offset_y: 0 } } }],
	[{ options: { additionalFields: '{"title": "X"}' } }, { title: 'X' }],
	[{ requestOptions: { callbackId: 'c-1' } }, { callback_id: 'c-1' }],
])('%j becomes %j', async (more, fields) => {
	expect(await bodiesFor(sandbox(), byRows([rows.avatar()], more))).toEqual([{ type: 'studio', scenes: [sent.avatar()], ...fields }]);
});

describe('what HeyGen has added since', () => {
	it.each<[IDataObject, IDataObject]>([
		[{ type: 'video', source: FILM, playback: { mode: 'freeze' }, audio_asset_id: 'a1' }, sent.clip({ playback: { mode: 'freeze' }, audio_asset_id: 'a1' })],
		[{ type: 'avatar', avatar_id: PHOTO_LOOK, script: 'Hello', gaze: { to: 'left', keep: null } }, sent.avatar({ gaze: { to: 'left', keep: null } })],
		[{ ...sent.avatar({ gaze: 1 }), transition: 'fade' }, { ...sent.avatar({ gaze: 1 }), transition: 'fade' }],
		[{ ...sent.avatar(), transition: 'fade' }, { ...sent.avatar(), transition: 'fade' }],
		[{ ...sent.still(), zoom: 2 }, { ...sent.still(), zoom: 2 }],
		[sent.avatar({ voice_settings: { mood: 'glad', engine_settings: { engine_type: 'nova', depth: 3 } } }), sent.avatar({ voice_settings: { mood: 'glad', engine_settings: { engine_type: 'nova', depth: 3 } } })],
		[sent.avatar({ engine: { type: 'avatar_6', depth: 1 } }), sent.avatar({ engine: { type: 'avatar_6', depth: 1 } })],
	])('goes through: %j', async (given, expected) => {
		sandbox().configure({ contract: 'open', validateAssets: false });
		expect(scenesOf(await bodiesFor(sandbox(), byJson([given])))).toEqual([expected]);
	});
});

it('is waited for, with the captioned video of a preset', async () => {
	const result = await create(sandbox(), byRows([rows.avatar()], { waitForCompletion: true, download: ['video'], options: { preset: 'shorts' } }));
	expect(result.originalError).toBeUndefined();
	expect(jsonOf(result)).toEqual([expect.objectContaining({ status: 'completed', cost: expect.objectContaining({ credits: expect.any(Number) as number }) as object })]);
	expect(Object.keys(result.outputs[0]?.[0]?.binary ?? {}).sort()).toEqual(['captionedVideo', 'video']);
});

it('goes in batches, each item with its own result', async () => {
	const parameters = byRows([rows.avatar({ script: '={{ $json.script }}' }), rows.clip()], { requestOptions: { sendAsBatch: true } });
	const result = await create(sandbox(), parameters, manyScripts(3));
	expect(linksOf(result)).toEqual([0, 1, 2]);
	expect([countOf(sandbox(), CREATE_BATCH), countOf(sandbox(), CREATE)]).toEqual([1, 0]);
	const videos = [0, 1, 2].map((row) => ({ type: 'studio', scenes: [sent.avatar({ script: `Script ${row}` }), sent.clip()] }));
	expect(bodiesOf(sandbox(), CREATE_BATCH)).toEqual([expect.objectContaining({ videos })]);
});

describe('a refusal of HeyGen names scene and field in the same words', () => {
	const silent = { type: 'avatar', avatar_id: 'look_nobody_knows', script: 'Hello' };

	it('of a scene among others', async () => {
		// The look cannot do what is asked of it, which only HeyGen knows.
		const list = [sent.still(), sent.still(), sent.avatar({ avatar_id: TWIN_LOOK, expressiveness: 'high' })];
		for (const parameters of [byJson(list), byRows([rows.still(), rows.still(), rows.avatar({ avatarId: locator(TWIN_LOOK), options: { expressiveness: 'high' } })])]) {
			expect(errorOf(await create(sandbox(), parameters)).message).toMatch(/^Could not create the video: .* \(Scene 3: 'Expressiveness'\)( \(item \d+\))?$/);
		}
	});

	it('of a record in a scene', async () => {
		const error = errorOf(await create(sandbox(), byJson([sent.clip(), silent])));
		expect(error.message).toMatch(/Avatar look_nobody_knows not found.*\(Scene 2: 'Avatar'\)/);
	});

	it('of a field that no parameter fills', async () => {
		const error = errorOf(await create(sandbox(), byJson([{ ...sent.still(), source: 'asset_gone' }])));
		expect(error.message).toMatch(/\(Scene 1: 'source(\.asset_id)?'\)/);
	});

	it('of one item in a batch', async () => {
		const parameters = byJson([sent.still(), sent.avatar({ avatar_id: TWIN_LOOK, motion_prompt: 'waves' })], { requestOptions: { sendAsBatch: true } });
		expect(errorOf(await create(sandbox(), parameters)).message).toMatch(/\(Scene 2: 'Motion Prompt'\)/);
	});
});
