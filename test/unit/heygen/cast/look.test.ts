import { findingsOfLook, findingsOfReference } from '../../../../nodes/heygen/cast/look';
import { appearancesIn, castNamedIn } from '../../../../nodes/heygen/cast/parts';

type Fields = Record<string, unknown>;

const photo: Fields = {
	id: 'l1',
	name: 'Bruno',
	avatar_type: 'photo_avatar',
	status: 'completed',
	supported_api_engines: ['avatar_iv', 'avatar_iii'],
	preferred_orientation: 'landscape',
	default_voice_id: 'v1',
	group_id: 'g1',
};
const twin: Fields = { ...photo, name: 'Ann', avatar_type: 'digital_twin', supported_api_engines: ['avatar_v', 'avatar_iv', 'avatar_iii'] };

/** What is found about a look in an avatar video. */
function found(look: Fields, body: Fields = {}) {
	const [appearance] = appearancesIn({ type: 'avatar', avatar_id: 'l1', script: 'Hi', ...body });
	if (appearance === undefined) throw new Error('Nobody appears');
	const { refusal, hints } = findingsOfLook(look, appearance);
	return { refused: refusal === undefined ? undefined : `${refusal.field} ${refusal.problem}`, hints };
}

it.each<[string, Fields, Fields, string]>([
	['is still made', { ...photo, status: 'processing' }, {}, 'avatar_id is "Bruno", which HeyGen is still making'],
	['is still made, in capitals', { ...photo, status: ' PROCESSING ' }, {}, 'avatar_id is "Bruno", which HeyGen is still making'],
	['waits for consent', { ...twin, status: 'pending_consent' }, {}, 'avatar_id is "Ann", which waits for the consent of the person it shows'],
	['has failed', { ...photo, status: 'failed', error: { code: 'bad_photo', message: 'No face' } }, {}, 'avatar_id is "Bruno", which HeyGen could not make: No face'],
	['has failed without a word', { ...photo, status: 'failed', error: null }, {}, 'avatar_id is "Bruno", which HeyGen could not make'],
	[
		'does not have the engine',
		photo,
		{ engine: { type: 'avatar_v' } },
		'engine.type is Avatar V, but "Bruno" can only be moved by Avatar IV and Avatar III',
	],
	[
		"does not have HeyGen's default engine",
		{ ...photo, supported_api_engines: ['avatar_iii'] },
		{},
		'engine.type is not set, which means Avatar IV, but "Bruno" can only be moved by Avatar III',
	],
	[
		'a motion prompt with a video look',
		twin,
		{ motion_prompt: 'waves' },
		'motion_prompt is only possible with a photo avatar where Avatar IV moves it, but "Ann" was made from a video',
	],
	[
		'expressiveness with a studio look',
		{ ...twin, avatar_type: 'studio_avatar' },
		{ expressiveness: 'high', engine: { type: 'avatar_iv' } },
		'expressiveness is only possible with a photo avatar where Avatar IV moves it, but "Ann" was made from a video',
	],
	[
		'4K of a photo by Avatar III',
		photo,
		{ resolution: '4k', engine: { type: 'avatar_iii' } },
		'resolution is 4K, which Avatar III does not make of a photo avatar such as "Bruno"',
	],
	[
		'webm of a video look that cannot be cut out',
		{ ...twin, support_matting: false },
		{ output_format: 'webm' },
		'output_format needs an avatar that can be cut out of its background, which "Ann" cannot',
	],
	[
		'a removed background of such a one',
		{ ...twin, matting: false },
		{ remove_background: true },
		'remove_background needs an avatar that can be cut out of its background, which "Ann" cannot',
	],
	['no voice at all', { ...photo, default_voice_id: null }, {}, 'voice_id is empty, and "Bruno" has no voice of its own'],
	['a look without a name', { id: 'l9', status: 'processing' }, {}, 'avatar_id is "l9", which HeyGen is still making'],
])('refuses a look that: %s', (_what, look, body, refused) => {
	expect(found(look, body)).toEqual({ refused, hints: [] });
});

it.each<[string, Fields, Fields]>([
	['fits', photo, {}],
	["is one of HeyGen's, which have no status", { ...photo, status: null }, {}],
	['is in a state that nobody knows', { ...photo, status: 'archived' }, {}],
	['has no list of engines', { ...photo, supported_api_engines: null }, { engine: { type: 'avatar_v' } }],
	['has an empty list of engines', { ...photo, supported_api_engines: [] }, { engine: { type: 'avatar_v' } }],
	['is to be moved by an engine that came later', photo, { engine: { type: 'avatar_6' } }],
	['has an engine that came later, which HeyGen may choose itself', { ...photo, supported_api_engines: ['avatar_6'] }, {}],
	[
		'is a twin that HeyGen may move by an engine that came later',
		{ ...twin, supported_api_engines: ['avatar_vi'] },
		{ motion_prompt: 'waves', expressiveness: 'high' },
	],
	['writes its engines in capitals', { ...photo, supported_api_engines: ['AVATAR_V'] }, { engine: { type: 'avatar_v' } }],
	['is a photo that moves', photo, { motion_prompt: 'waves', expressiveness: 'high' }],
	['is a twin that Avatar V moves by a prompt', twin, { motion_prompt: 'waves', engine: { type: 'avatar_v' } }],
	['is a photo of a type that nobody knows', { ...photo, avatar_type: 'hologram' }, { motion_prompt: 'waves' }],
	['is a twin in 4K by Avatar III', twin, { resolution: '4k', engine: { type: 'avatar_iii' } }],
	['has a voice beside it', { ...photo, default_voice_id: null }, { voice_id: 'v2' }],
	['speaks a recording', { ...photo, default_voice_id: null }, { script: undefined, audio_url: 'https://example.com/a.mp3' }],
	['does not say whether it has a voice', { id: 'l1', name: 'Bruno' }, {}],
	['can be cut out', { ...twin, support_matting: true }, { output_format: 'webm' }],
])('has nothing against a look that %s', (_what, look, body) => {
	expect(found(look, body)).toEqual({ refused: undefined, hints: [] });
});

it.each<[string, Fields, Fields, string[]]>([
	[
		'upright in a wide video',
		{ ...photo, preferred_orientation: 'portrait' },
		{},
		['The avatar "Bruno" is upright, but the video is wide (16:9), so it is cropped or gets edges'],
	],
	[
		'wide in an upright video',
		photo,
		{ aspect_ratio: '9:16' },
		['The avatar "Bruno" is wide, but the video is upright (9:16), so it is cropped or gets edges'],
	],
	['square', { ...photo, preferred_orientation: 'square' }, {}, []],
	['in a square video', { ...photo, preferred_orientation: 'portrait' }, { aspect_ratio: '1:1' }, []],
	["in a video of the avatar's own shape", { ...photo, preferred_orientation: 'portrait' }, { aspect_ratio: 'auto' }, []],
	['in a shape that came later', { ...photo, preferred_orientation: 'portrait' }, { aspect_ratio: 'ultrawide' }, []],
	[
		'to be cut out, and HeyGen does not say whether it can',
		twin,
		{ output_format: 'webm' },
		['A video with a transparent background needs an avatar that can be cut out, and HeyGen does not say whether "Ann" can'],
	],
])('hints at a look that is %s', (_what, look, body, hints) => {
	expect(found(look, body)).toEqual({ refused: undefined, hints });
});

it.each<[string, Fields, string | undefined]>([
	['another look of the same twin', { ...twin, name: 'Ann outside' }, undefined],
	['a photo', { ...photo, group_id: 'g1' }, 'engine.reference_look_id is "Bruno", which is no digital twin'],
	['a twin of somebody else', { ...twin, name: 'Eve', group_id: 'g2' }, 'engine.reference_look_id is "Eve", which is another person than the avatar'],
	['what does not say what it is', { id: 'l2' }, undefined],
])('takes the movements of %s', (_what, reference, refused) => {
	const { refusal } = findingsOfReference(reference, twin);
	expect(refusal === undefined ? undefined : `${refusal.field} ${refusal.problem}`).toBe(refused);
	expect(findingsOfReference({ ...twin, group_id: 'g7' }, undefined).refusal).toBeUndefined();
	// What an engine that came later takes is not known.
	expect(findingsOfReference(reference, twin, 'avatar_6').refusal).toBeUndefined();
});

describe('appearances', () => {
	it('of a studio video are its scenes', () => {
		const scenes = [
			{ type: 'avatar_video', input: { type: 'avatar', avatar_id: 'l1', script: 'Hi', voice_id: 'v1', engine: { type: 'avatar_v', reference_look_id: 'l2' } } },
			{ type: 'image', source: {}, script: 'A picture', voice_id: 'v2' },
			{ type: 'video', source: {} },
		];
		const [first, second, third] = appearancesIn({ type: 'studio', resolution: '4k', scenes });
		expect(first).toMatchObject({ place: ['scenes', 0], lookIds: ['l1'], voiceId: 'v1', engine: 'avatar_v', referenceLookId: 'l2', resolution: '4k' });
		expect(second).toMatchObject({ place: ['scenes', 1], lookIds: [], voiceId: 'v2', script: 'A picture' });
		expect(third).toMatchObject({ place: ['scenes', 2], lookIds: [] });
	});

	it('of a cinematic video are all of its looks', () => {
		expect(appearancesIn({ avatar_id: ['l1', 'l2'], prompt: 'A walk' })).toMatchObject([{ lookIds: ['l1', 'l2'], place: [] }]);
		expect(castNamedIn({ avatar_id: ['l1', 'l2'], prompt: 'A walk' })).toMatchObject([{ lookIds: ['l1', 'l2'], place: [], isAlone: true }]);
	});

	it.each<[Fields]>([[{}], [{ avatar_id: null, scenes: null }], [{ avatar_id: [1, {}], engine: 'avatar_v', voice_settings: [] }], [{ scenes: [null, 1, 'x'] }]])(
		'of %j are nobody',
		(body) => {
			for (const { lookIds, voiceId, engine } of appearancesIn(body)) expect([lookIds, voiceId, engine]).toEqual([[], undefined, undefined]);
		},
	);
});
