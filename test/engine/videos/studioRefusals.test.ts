/** What is refused of a studio video before anything is sent, by the number of the scene and the field's name in the editor. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { itemWith } from '../support/assetSupport';
import { pngFile, wavFile } from '../support/sampleFiles';
import { errorOf, FAST_JOBS, jsonOf, locator, manyScripts, PHOTO_LOOK, runVideo, useSandbox, useTiming, VOICE } from '../support/support';
import { byJson, byRows, create, FILM, PICTURE, rows, sent } from './studioSupport';

useTiming();
const sandbox = useSandbox(FAST_JOBS);

const AUDIO = 'https://example.com/a.mp3';
const withSpeech = { audio_url: AUDIO };

async function messageOf(parameters: INodeParameters): Promise<string> {
	const items = [await itemWith({ face: pngFile('face.png'), speech: wavFile() })];
	const { message } = errorOf(await create(sandbox(), parameters, items));
	expect(sandbox().stats().requestsTotal).toBe(0);
	return message;
}

describe('rows', () => {
	it.each<[INodeParameters, RegExp]>([
		[rows.avatar({ avatarId: locator('={{ "" }}') }), /^Scene 2: 'Avatar' is empty/],
		[rows.avatar({ avatarId: locator('a b') }), /^Scene 2: 'Avatar' is not an ID/],
		[rows.avatar({ script: '={{ "" }}' }), /^Scene 2: 'Script' is empty/],
		[rows.avatar({ script: 'x'.repeat(5_001) }), /^Scene 2: 'Script' may have at most 5,000 characters, but has 5,001: split it over several scenes/],
		[rows.avatar({ script: 'cut \ud83d' }), /^Scene 2: 'Script' holds half a character/],
		[rows.avatar({ audioSource: 'url', audioUrl: '={{ null }}' }), /^Scene 2: 'Audio URL' is empty/],
		[rows.avatar({ audioSource: 'url', audioUrl: 'https://example.com/a.ogg' }), /^Scene 2: 'Audio URL' is an Ogg/i],
		[rows.avatar({ audioSource: 'assetId', audioAssetId: '={{ " " }}' }), /^Scene 2: 'Audio Asset ID' is empty/],
		[rows.avatar({ audioSource: 'binary', audioBinaryPropertyName: 'none' }), /^Scene 2: 'Audio Binary Field': the item has no binary field "none"/],
		[rows.avatar({ audioSource: 'binary', audioBinaryPropertyName: 'face' }), /^Scene 2: 'Audio Binary Field'.* (PNG|image)/],
		[rows.avatar({ audioSource: 'none' }), /^Scene 2: 'Script' is empty: give the avatar a script or a recording to speak/],
		[rows.avatar({ voiceSettings: { speed: 2 } }), /^Scene 2: 'Voice Settings → Speed' must be a number from 0.5 to 1.5/],
		[rows.avatar({ voiceSettings: { engineSettings: { fish: { engineType: 'fish', model: 'byName', modelName: '' } } } }), /^Scene 2: 'Model Name' is empty/],
		[rows.avatar({ options: { engine: 'byName', engineName: '={{ null }}' } }), /^Scene 2: 'Animation Engine Name' is empty/],
		[rows.avatar({ options: { engine: 'avatar_v', expressiveness: 'high' } }), /^Scene 2: 'Expressiveness' is only possible with the engine Avatar IV/],
		[rows.avatar({ options: { engine: 'avatar_iii', expressiveness: 'high' } }), /^Scene 2: 'Expressiveness' is only possible with the engine Avatar IV/],
		[rows.avatar({ options: { engine: 'avatar_iii', motionPrompt: 'waves' } }), /^Scene 2: 'Motion Prompt' is not possible with the engine Avatar III/],
		[rows.avatar({ options: { referenceLookId: 'look_2' } }), /^Scene 2: 'Motion Reference Look ID' is only possible with the engine Avatar V/],
		[rows.avatar({ options: { backgroundColor: 'red' } }), /^Scene 2: 'Background Color' must be a color such as #1A2B3C, but it is "red"/],
		[rows.speakingImage({ voiceId: locator('') }), /^Scene 2: 'Voice' is empty: a script needs a voice that speaks it/],
		[rows.speakingImage({ audioSource: 'none' }), /^Scene 2: 'Script' is empty: give the image a script or a recording to speak/],
		[rows.speakingImage({ imageUrl: '={{ "" }}' }), /^Scene 2: 'Image URL' is empty/],
		[rows.speakingImage({ imageUrl: 'https://example.com/a.gif' }), /^Scene 2: 'Image URL' is a GIF image, but HeyGen takes only/],
		[rows.speakingImage({ imageUrl: 'data:image/png;base64,AAAA' }), /^Scene 2: 'Image URL' is not a PNG image/],
		[rows.clip({ videoUrl: 'data:video/mp4;base64,AAAA' }), /^Scene 2: 'Video URL' is not an MP4/],
		[rows.speakingImage({ imageSource: 'binary', imageBinaryPropertyName: '={{ null }}' }), /^Scene 2: 'Image Binary Field' is empty/],
		[rows.speakingImage({ imageSource: 'binary', imageBinaryPropertyName: 'speech' }), /^Scene 2: 'Image Binary Field'/],
		[rows.speakingImage({ imageSource: 'assetId', imageAssetId: 'a b' }), /^Scene 2: 'Image Asset ID' is not an ID/],
		[rows.still({ duration: 0 }), /^Scene 2: 'Duration \(Seconds\)' must be a number above 0 and up to 300, but it is "0"/],
		[rows.still({ duration: 300.5 }), /^Scene 2: 'Duration \(Seconds\)' must be a number above 0 and up to 300/],
		[rows.still({ duration: '={{ "" }}' }), /^Scene 2: 'Duration \(Seconds\)' is empty: say how long the image is shown/],
		[rows.still({ audioSource: 'script', script: 'Look' }), /^Scene 2: 'Voice' is empty/],
		[rows.clip({ videoUrl: '={{ "" }}' }), /^Scene 2: 'Video URL' is empty/],
		[rows.clip({ videoUrl: 'https://youtu.be/abc' }), /^Scene 2: 'Video URL' is a page rather than a file/],
		[rows.clip({ videoUrl: PICTURE }), /^Scene 2: 'Video URL' is a PNG/],
		[rows.clip({ videoSource: 'binary', videoBinaryPropertyName: 'face' }), /^Scene 2: 'Video Binary Field'/],
		[rows.clip({ options: { volume: 1.5 } }), /^Scene 2: 'Volume' must be a number from 0 to 1/],
		[rows.clip({ options: { mute: '={{ "perhaps" }}' } }), /^Scene 2: 'Mute' must be true or false/],
		[rows.avatar({ type: '={{ "hologram" }}' }), /^Scene 2: 'Type' must be one of/],
		[rows.avatar({ audioSource: '={{ "song" }}', audioUrl: AUDIO, audioAssetId: 'a1' }), /^Scene 2: 'What Is Said' must be one of/],
	])('%j', async (row, message) => {
		expect(await messageOf(byRows([rows.still(), row]))).toMatch(message);
	});
});

const speaker = { type: 'avatar', avatar_id: PHOTO_LOOK };

describe('JSON', () => {
	it.each<[unknown, RegExp]>([
		[{ type: 'avatar', script: 'Hi' }, /^Scene 3: 'Avatar' is empty/],
		[{ ...speaker }, /^Scene 3: 'Script' is empty: give the avatar a script or a recording to speak/],
		[{ type: 'avatar_video', input: 'Hello' }, /^Scene 3: 'Avatar' is empty(?!.*meant)/],
		[{ ...speaker, skript: 'Hi' }, /^Scene 3: 'Script' is empty.*Is "skript" meant, which is no field/],
		[sent.avatar({ script: '', text: 'Hi', speech: 'Hi' }), /^Scene 3: 'Script' is empty.*Is "text" or "speech" meant, which are no fields/],
		[{ ...speaker, script: 'Hi', ...withSpeech }, /^Scene 3: 'Audio URL' cannot be combined with another source of speech/],
		[sent.avatar({ audio_asset_id: 'a1' }), /^Scene 3: 'Audio Asset ID' cannot be combined with another source of speech/],
		[{ ...speaker, ...withSpeech, audio_asset_id: 'a1' }, /^Scene 3: 'Audio Asset ID' cannot be combined with another source of speech/],
		[{ ...speaker, script: 'Hi', duration: 5 }, /^Scene 3: 'Duration \(Seconds\)' is not possible in a scene with an avatar, which lasts as long as what is said/],
		[{ ...speaker, script: 'Hi', image: PICTURE }, /^Scene 3: 'Image URL' is not possible in a scene with an avatar/],
		[{ ...speaker, script: 'Hi', playback: { mute: true } }, /^Scene 3: 'Mute' is not possible in a scene with an avatar/],
		[{ ...speaker, script: { text: 'Hi' } }, /^Scene 3: 'Script' must be text, but it is \{"text":"Hi"\}/],
		[{ ...speaker, script: 'Hi', voice_settings: 'fast' }, /^Scene 3: 'Voice Settings' must hold fields by their names, but it is "fast"/],
		[{ ...speaker, script: 'Hi', voice_settings: { pitch: 90 } }, /^Scene 3: 'Voice Settings → Pitch' must be a number from -50 to 50/],
		[{ ...speaker, script: 'Hi', voice_settings: { engine_settings: { engine_type: 'fish', style: 1 } } }, /^Scene 3: 'Voice Settings → Engine Settings' takes the settings of one engine only/],
		[{ ...speaker, script: 'Hi', engine: ['avatar_v'] }, /^Scene 3: '(Animation )?Engine' must hold fields by their names/],
		[{ ...speaker, script: 'Hi', engine: 'avatar_v', expressiveness: 'low' }, /^Scene 3: 'Expressiveness' is only possible with the engine Avatar IV/],
		[sent.avatar({ engine: { type: 'avatar_iii' }, motion_prompt: 'waves' }), /^Scene 3: 'Motion Prompt' is not possible with the engine Avatar III/],
		[{ ...speaker, script: 'Hi', reference_look_id: 'look_2' }, /^Scene 3: 'Motion Reference Look ID' is only possible with the engine Avatar V/],
		[{ ...speaker, script: 'Hi', background: { type: 'image', url: PICTURE } }, /^Scene 3: 'Background Color' must be a color such as #1A2B3C: in a scene/],
		[{ ...speaker, script: 'Hi', background: 'red' }, /^Scene 3: 'Background Color' must be a color such as #1A2B3C, but it is "red"/],
		[{ ...speaker, script: 'Hi', audio: 7 }, /^Scene 3: 'Audio URL'/],
		[{ ...speaker, audio: { type: 'base64', media_type: 'audio/mpeg', data: 'AAAA' } }, /^Scene 3: 'Audio URL' holds the file itself, which HeyGen does not take here/],
		[{ ...speaker, audio: { type: 'binary' } }, /^Scene 3 has in "audio" no name of a binary field/],
		[{ ...speaker, audio: { type: 'binary', name: 'none' } }, /^Scene 3: 'Audio': the item has no binary field "none"/],
		[{ ...speaker, audio_asset_id: { type: 'binary', name: 'face' } }, /^Scene 3: 'Audio'/],
		[{ type: 'speaking_image', image: PICTURE, script: 'Hi' }, /^Scene 3: 'Voice' is empty: a script needs a voice/],
		[{ type: 'speaking_image', script: 'Hi', voice_id: VOICE }, /^Scene 3: 'Image' is empty/],
		[sent.speakingImage({ engine: { type: 'avatar_v' } }), /^Scene 3: 'Animation Engine' is not possible in a scene with an image that speaks/],
		[sent.speakingImage({ background: '#fff' }), /^Scene 3: 'Background Color' is not possible in a scene with an image that speaks/],
		[sent.speakingImage({ avatar_id: PHOTO_LOOK }), /^Scene 3: 'Avatar' is not possible in a scene with an image that speaks/],
		[{ type: 'image', source: PICTURE }, /^Scene 3: 'Duration \(Seconds\)' is empty: say how long the image is shown, or give it a script or a recording/],
		[{ type: 'image', source: PICTURE, seconds: 5 }, /^Scene 3: 'Duration \(Seconds\)' is empty.*Is "seconds" meant/],
		[sent.still({ script: 'Hi', voice_id: VOICE }), /^Scene 3: 'Duration \(Seconds\)' cannot be combined with a script or a recording/],
		[sent.still({ audio_url: AUDIO }), /^Scene 3: 'Duration \(Seconds\)' cannot be combined with a script or a recording/],
		[{ type: 'image', source: PICTURE, script: 'Hi', voice_id: VOICE, audio_url: AUDIO }, /^Scene 3: 'Audio URL' cannot be combined with another source of speech/],
		[sent.still({ duration: 301 }), /^Scene 3: 'Duration \(Seconds\)' must be a number above 0 and up to 300, but it is "301"/],
		[sent.still({ duration: -1 }), /^Scene 3: 'Duration \(Seconds\)' must be a number above 0/],
		[sent.still({ expressiveness: 'high' }), /^Scene 3: 'Expressiveness' is not possible in a scene with a still image/],
		[{ type: 'image', source: { url: PICTURE }, source_asset_id: 'a1', duration: 5 }, /^Scene 3 has two values for "image"/],
		[{ type: 'image', source: PICTURE, image: 'https://example.com/b.png', duration: 5 }, /^Scene 3 has two values for "image"/],
		[{ type: 'image', source: 7, duration: 5 }, /^Scene 3: 'Image' must be the address of a file, an asset ID, or .*, but it is "7"/],
		[{ type: 'image', source: 'http://example.com/a.png', duration: 5 }, /^Scene 3: 'Image URL' must be an address that starts with https/],
		[{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' }, duration: 5 }, /^Scene 3: 'Image URL' is not a PNG image/],
		[{ type: 'image', source: { type: 'binary', name: 'speech' }, duration: 5 }, /^Scene 3: 'Image'/],
		[{ type: 'video' }, /^Scene 3: 'Video' is empty/],
		[sent.clip({ script: 'Hi' }), /^Scene 3: 'Script' is not possible in a scene with a clip/],
		[sent.clip({ voice_id: VOICE }), /^Scene 3: 'Voice' is not possible in a scene with a clip/],
		[sent.clip({ duration: 5 }), /^Scene 3: 'Duration \(Seconds\)' is not possible in a scene with a clip, which lasts as long as the clip/],
		[sent.clip({ playback: { volume: 2 } }), /^Scene 3: 'Volume' must be a number from 0 to 1/],
		[sent.clip({ playback: 'loud' }), /^Scene 3: 'Playback' must hold fields by their names/],
		[{ type: 'hologram', script: 'Hi' }, /^Scene 3: 'Type' must be one of avatar, speakingImage, image, video, but it is "hologram"/],
		[{ type: 'avatar_video', input: { type: 'robot' } }, /^Scene 3: 'Type' in "input" must be one of avatar, image, but it is "robot"/],
		[{ script: 'Hi' }, /^Scene 3: 'Type' is empty: it is one of avatar, speakingImage, image, video/],
		[{}, /^Scene 3: 'Type' is empty/],
		['Hello', /^Scene 3 must be a scene, such as .*, but it is "Hello"/],
		[null, /^Scene 3 must be a scene/],
		[[sent.clip()], /^Scene 3 must be a scene/],
	])('%j', async (scene, message) => {
		expect(await messageOf(byJson([sent.clip(), sent.still(), scene]))).toMatch(message);
	});

	it.each<[string, RegExp]>([
		['[]', /^'Scenes \(JSON\)' is empty/],
		['', /^'Scenes \(JSON\)' is empty/],
		['{"scenes": []}', /^'Scenes \(JSON\)' is empty/],
		['={{ null }}', /^'Scenes \(JSON\)' is empty/],
		['[{"type": "video",]', /^'Scenes \(JSON\)' is no valid JSON/],
		['{"aspect_ratio": "9:16", "resolution": "720p", "scenes": [{"type": "video"}]}', /^'Scenes \(JSON\)' holds a whole request.*give "aspect_ratio", "resolution" among the options/],
		['[{"output": {"caption": {"file_format": "srt"}, "scenes": [{"type": "video"}]}}]', /^'Scenes \(JSON\)' holds a whole request.*give "caption" among the options/],
		['Hello', /^'Scenes \(JSON\)' is no valid JSON/],
		['7', /^'Scenes \(JSON\)' must be a list of scenes/],
		['={{ ({ title: "x" }) }}', /^'Scenes \(JSON\)' must be a list of scenes, or a record with such a list in "scenes"/],
		['{"type": "studio", "title": "T", "scenes": [{"type": "video"}]}', /^'Scenes \(JSON\)' holds a whole request, of which only the scenes belong here: give "title" among the options/],
	])('%s', async (scenesJson, message) => {
		expect(await messageOf(byJson(scenesJson))).toMatch(message);
	});
});

describe('the video', () => {
	const one = byRows([rows.avatar()]);
	it.each<[string, INodeParameters, RegExp]>([
		['no rows', byRows([]), /^'Scenes' is empty/],
		['51 rows', byRows(Array.from({ length: 51 }, () => rows.still())), /^Scene 51 is one too many: a video has at most 50 scenes, but 51 were given/],
		['51 scenes as JSON', byJson(Array.from({ length: 51 }, () => sent.still())), /^Scene 51 is one too many: a video has at most 50 scenes, but 51 were given/],
		['2,000 scenes', byJson(Array.from({ length: 2_000 }, () => ({}))), /^Scene 51 is one too many: a video has at most 50 scenes, but 2,000 were given/],
		['an input that there is not', { ...one, scenesInput: 'csv' }, /^'Scenes Input' must be one of/],
		['a record for a resolution', { ...one, options: { resolution: '={{ ({ a: 1 }) }}' } }, /^'Resolution' must be one word/],
		['a preset that there is not', { ...one, options: { preset: 'cinema' } }, /^'Preset' must be one of/],
		['an address that HeyGen cannot call', { ...one, requestOptions: { callbackUrl: 'http://x.example.com' } }, /^'Callback URL' must be an address/],
		['a watermark without a file', { ...one, options: { watermark: { settings: { opacity: 0.5 } } } }, /^'Watermark → Image' is empty/],
		['captions that are not made', { ...one, download: ['subtitles'], waitForCompletion: true }, /^'Download' asks for the file 'Subtitles', but 'Caption' does not make one/],
		['scenes among the additional fields', { ...one, options: { additionalFields: '{"scenes": []}' } }, /'Additional Fields \(JSON\) → scenes' is \[\]/],
	])('%s', async (_name, parameters, message) => {
		expect(await messageOf(parameters)).toMatch(message);
	});
});

it('says how many other fields are wrong', async () => {
	const scenes = [{ type: 'video' }, { type: 'video' }, sent.still()];
	const { description } = errorOf(await create(sandbox(), byJson(scenes)));
	expect(description).toBe('1 more field is not right either.');
});

it('fails one item among others, and the others are made', async () => {
	const row = rows.avatar({ script: '={{ $json.row === 1 ? "" : $json.script }}' });
	const parameters = byRows([rows.still(), row]);
	const result = await runVideo(sandbox(), 'createStudio', parameters, { items: manyScripts(3), onError: 'continueErrorOutput' });
	expect([jsonOf(result).length, jsonOf(result, 1).map(({ error }) => error)]).toEqual([2, ["Scene 2: 'Script' is empty (item 2)"]]);
});

it('tells both fields of a clip by JSON and the file that is not there', async () => {
	const scene: IDataObject = { type: 'video', source: { type: 'url', url: FILM }, audio: { type: 'binary', name: 'gone' } };
	expect(await messageOf(byJson([scene]))).toMatch(/^Scene 1: 'Audio': the item has no binary field "gone"/);
});
