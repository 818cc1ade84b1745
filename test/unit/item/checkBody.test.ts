import type { IDataObject } from 'n8n-workflow';

import { sentFields } from '../../../nodes/declare/sentFields';
import { EngineError } from '../../../nodes/engine/basics/errors';
import { checkBody } from '../../../nodes/engine/item/checkBody';
import { avatarVideo } from '../../../nodes/heygen/schemas/avatarVideo';
import { createAvatar } from '../../../nodes/HeyGenVideo/video/createAvatar';
import { validateAgainstContract } from '../../sandbox/server/contract';

/** The least an avatar video needs. */
const least = { type: 'avatar', avatar_id: 'look_1', script: 'Hi' };

/** What the editor calls the places of the body. */
const { names } = sentFields(createAvatar.properties, 1.1);

/** Checks a body made of the least one and changes; `undefined` takes a field away. */
function check(changes: IDataObject): IDataObject {
	const body: IDataObject = { ...least, ...changes };
	for (const key of Object.keys(body)) if (body[key] === undefined) delete body[key];
	return checkBody(avatarVideo, body, names);
}

/** The error of a body that is not right. */
function refusal(changes: IDataObject): EngineError {
	try {
		check(changes);
	} catch (error) {
		expect(error).toBeInstanceOf(EngineError);
		return error as EngineError;
	}
	throw new Error(`accepted: ${JSON.stringify(changes)}`);
}

describe('a body that is right', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['the least', {}, {}],
		['numbers as text', { voice_settings: { speed: '1.2', pitch: '-5', volume: '0' } }, { voice_settings: { speed: 1.2, pitch: -5, volume: 0 } }],
		['text as a number', { title: 42, script: 2026 }, { title: '42', script: '2026' }],
		['flags as words', { remove_background: 'true' }, { remove_background: true }],
		['a flag that is off', { remove_background: 'false' }, { remove_background: false }],
		['captions in a file', { caption: 'srt' }, { caption: { file_format: 'srt' } }],
		['captions in the picture', { caption: 'burnedIn' }, { caption: { file_format: 'srt', style: 'default' } }],
		['a colour', { background: { value: '#1a2B3c' } }, { background: { type: 'color', value: '#1a2B3c' } }],
		['an image by URL', { background: { url: 'https://e.com/a.jpg' } }, { background: { type: 'image', url: 'https://e.com/a.jpg' } }],
		['an image by asset', { background: { asset_id: 'a1' } }, { background: { type: 'image', asset_id: 'a1' } }],
		[
			'a watermark by URL',
			{ watermark: { image: { url: 'https://e.com/a.png' }, opacity: '0.5', placement: { position: 'top_left', offset_x: 0 } } },
			{ watermark: { image: { type: 'url', url: 'https://e.com/a.png' }, opacity: 0.5, placement: { position: 'top_left', offset_x: 0 } } },
		],
		['a watermark by asset', { watermark: { image: { asset_id: 'a1' } } }, { watermark: { image: { type: 'asset_id', asset_id: 'a1' } } }],
		['a recording by URL', { script: undefined, audio_url: 'https://e.com/a.mp3' }, { script: undefined, audio_url: 'https://e.com/a.mp3' }],
		['a recording by asset', { script: undefined, audio_asset_id: 'a1' }, { script: undefined, audio_asset_id: 'a1' }],
		['a transparent video', { output_format: 'webm' }, { output_format: 'webm' }],
		['a lively photo avatar', { expressiveness: 'high' }, { expressiveness: 'high' }],
		['engine V', { engine: { type: 'avatar_v', reference_look_id: 'l2' }, motion_prompt: 'waves' }, { engine: { type: 'avatar_v', reference_look_id: 'l2' }, motion_prompt: 'waves' }],
		['ElevenLabs', { voice_settings: { engine_settings: { engine_type: 'elevenlabs', model: 'eleven_v3', stability: '0.3', use_speaker_boost: true } } }, { voice_settings: { engine_settings: { engine_type: 'elevenlabs', model: 'eleven_v3', stability: 0.3, use_speaker_boost: true } } }],
		['Starfish', { voice_settings: { engine_settings: { engine_type: 'starfish' } } }, { voice_settings: { engine_settings: { engine_type: 'starfish' } } }],
	])('%s, and fits the contract', (_name, changes, expected) => {
		const body = check(changes);
		const whole: IDataObject = { ...least, ...expected };
		expect(body).toEqual(JSON.parse(JSON.stringify(whole)));
		expect(validateAgainstContract('POST', '/v3/videos', { body })).toEqual([]);
	});

	it.each<[string, IDataObject, IDataObject]>([
		['an engine', { engine: { type: ' avatar_6_turbo\n' } }, { engine: { type: 'avatar_6_turbo' } }],
		['a resolution', { resolution: '2k' }, { resolution: '2k' }],
		['digits', { resolution: 1440 }, { resolution: '1440' }],
		['a ratio', { aspect_ratio: '21:9' }, { aspect_ratio: '21:9' }],
		['an expressiveness', { expressiveness: 'less' }, { expressiveness: 'less' }],
		['a fit', { fit: 'stretch' }, { fit: 'stretch' }],
		['a place', { watermark: { image: { asset_id: 'a' }, placement: { position: 'center' } } }, { watermark: { image: { type: 'asset_id', asset_id: 'a' }, placement: { position: 'center' } } }],
		['a model', { voice_settings: { engine_settings: { engine_type: 'fish', model: 's3' } } }, { voice_settings: { engine_settings: { engine_type: 'fish', model: 's3' } } }],
		[
			'all that goes with a new engine',
			{ engine: { type: 'avatar_6', reference_look_id: 'l2' }, expressiveness: 'default', motion_prompt: 'waves' },
			{ engine: { type: 'avatar_6', reference_look_id: 'l2' }, expressiveness: 'default', motion_prompt: 'waves' },
		],
	])('may have what HeyGen has added since: %s', (_name, changes, expected) => {
		expect(check(changes)).toEqual({ ...least, ...expected });
	});

	it('counts characters as HeyGen does', () => {
		expect(check({ script: 'x'.repeat(5_000) }).script).toHaveLength(5_000);
		expect(check({ script: '😀'.repeat(5_000) }).script).toHaveLength(10_000);
	});
});

describe('a body that is not right names the field', () => {
	it.each<[IDataObject, string]>([
		[{ avatar_id: undefined }, "'Avatar' is empty"],
		[{ script: undefined }, "'Script' is empty: give the avatar a script or a recording to speak"],
		[{ script: 'x'.repeat(5_001) }, "'Script' may have at most 5,000 characters, but has 5,001: split it over several items"],
		[{ script: '😀'.repeat(5_001) }, "'Script' may have at most 5,000 characters, but has 5,001: split it over several items"],
		[{ audio_url: 'https://e.com/a.mp3' }, "'Audio URL' cannot be combined with another source of speech: use either a script or a recording"],
		[{ audio_asset_id: 'a' }, "'Audio Asset ID' cannot be combined with another source of speech: use either a script or a recording"],
		[{ script: undefined, audio_url: 'http://e.com/a.mp3' }, "'Audio URL' must be an address that starts with https://, but it is \"http://e.com/a.mp3\""],
		[{ script: undefined, audio_url: 'https://' }, "'Audio URL' must be an address that starts with https://, but it is \"https://\""],
		[{ callback_url: 'ftp://e.com' }, "'Callback URL' must be an address that starts with https://, but it is \"ftp://e.com\""],
		[{ voice_settings: { speed: 2 } }, "'Voice Settings → Speed' must be a number from 0.5 to 1.5, but it is \"2\""],
		[{ voice_settings: { speed: 'fast' } }, "'Voice Settings → Speed' must be a number from 0.5 to 1.5, but it is \"fast\""],
		[{ voice_settings: { speed: 0.49 } }, "'Voice Settings → Speed' must be a number from 0.5 to 1.5, but it is \"0.49\""],
		[{ voice_settings: { pitch: -51 } }, "'Voice Settings → Pitch' must be a number from -50 to 50, but it is \"-51\""],
		[{ voice_settings: { pitch: 50.1 } }, "'Voice Settings → Pitch' must be a number from -50 to 50, but it is \"50.1\""],
		[{ voice_settings: { volume: 1.01 } }, "'Voice Settings → Volume' must be a number from 0 to 1, but it is \"1.01\""],
		// Blanks and ticks are no numbers, though JavaScript makes 0 and 1 of them.
		[{ voice_settings: { volume: ' ' } }, "'Voice Settings → Volume' is empty"],
		[{ voice_settings: { volume: true } }, "'Voice Settings → Volume' must be a number from 0 to 1, but it is \"true\""],
		[{ watermark: { image: { asset_id: 'a' }, scale: 2.1 } }, "'Watermark → Scale' must be a number from 0 to 2, but it is \"2.1\""],
		[{ aspect_ratio: { ratio: '3:2' } }, "'Aspect Ratio' must be one word, such as 16:9, 9:16, 4:5, 5:4, 1:1, auto, but it is {\"ratio\":\"3:2\"}"],
		[{ aspect_ratio: ' ' }, "'Aspect Ratio' is empty"],
		[{ resolution: ['4k', '720p'] }, "'Resolution' must be one word, such as 4k, 1080p, 720p, but it is [\"4k\",\"720p\"]"],
		[{ resolution: '#N/A' }, "'Resolution' holds \"#N/A\", which is what a sheet shows for a formula that has failed"],
		[{ fit: true }, "'Avatar Fit' must be one word, such as contain, cover, but it is \"true\""],
		[{ engine: { type: 'avatar\nsix' } }, "'Animation Engine' must be one word, but it holds a line end or another character that no one sees: \"avatar six\""],
		[{ engine: { type: 'x'.repeat(1_234) } }, `'Animation Engine' may have at most 100 characters, but has 1,234: "${'x'.repeat(60)}…"`],
		[{ output_format: 'gif' }, "'Output Format' must be one of mp4, webm, but it is \"gif\""],
		[{ caption: true }, "'Caption' must be one of srt, burnedIn, but it is \"true\""],
		[{ remove_background: 'perhaps' }, "'Remove Background' must be true or false (yes, no, on, off, 1 and 0 are taken too), but it is \"perhaps\""],
		[{ background: { value: 'red' } }, "'Background' must be a color such as #1A2B3C, but it is \"red\""],
		[{ background: { value: '#ffff' } }, "'Background' must be a color such as #1A2B3C, but it is \"#ffff\""],
		[{ background: { value: '#ffffff', asset_id: 'a' } }, "'Background' takes exactly one of a color, an image URL, an image asset and an image file"],
		[{ background: { url: 'http://e.com/a.jpg' } }, "'Background → URL' must be an address that starts with https://, but it is \"http://e.com/a.jpg\""],
		[{ output_format: 'webm', background: { value: '#ffffff' } }, "'Background' cannot be combined with the output format 'webm', which is transparent"],
		[{ watermark: { opacity: 1, image: {} } }, "'Watermark → Image' takes exactly one of a URL, an asset ID and a binary field"],
		[{ watermark: { image: { url: 'https://e.com/a', asset_id: 'a' } } }, "'Watermark → Image' takes exactly one of a URL, an asset ID and a binary field"],
		[{ watermark: { opacity: 1 } }, "'Watermark → Image' is empty"],
		[{ engine: { type: 'avatar_iii' }, expressiveness: 'low' }, "'Avatar Expressiveness' is only possible with the engine Avatar IV"],
		[{ engine: { type: 'avatar_v' }, expressiveness: 'low' }, "'Avatar Expressiveness' is only possible with the engine Avatar IV"],
		[{ engine: { type: 'avatar_iii' }, motion_prompt: 'waves' }, "'Motion Prompt' is not possible with the engine Avatar III"],
		[{ engine: { type: 'avatar_iv', reference_look_id: 'l' } }, "'Motion Reference Look ID' is only possible with the engine Avatar V"],
		[{ engine: { reference_look_id: 'l' } }, "'Motion Reference Look ID' is only possible with the engine Avatar V"],
		[{ voice_settings: { engine_settings: { engine_type: 'fish', similarity_boost: 1 } } }, "'Voice Settings → Engine Settings' takes the settings of one engine only"],
		[{ voice_settings: { engine_settings: { stability: 1 } } }, "'Voice Settings → Engine Settings → Engine Type' takes the settings of one engine only"],
		[{ nonsense: 1 }, "'Nonsense' is not a field of this request"],
	])('%j', (changes, message) => {
		const { message: actual, kind } = refusal(changes);
		expect([actual, kind]).toEqual([message, 'input']);
	});

	it('says how many others there are', () => {
		expect(refusal({ fit: ['x'] }).advice).toBe('');
		expect(refusal({ fit: ['x'], resolution: ['x'] }).advice).toBe('1 more field is not right either.');
		expect(refusal({ fit: ['x'], resolution: ['x'], aspect_ratio: ['x'] }).advice).toBe('2 more fields are not right either.');
	});
});
