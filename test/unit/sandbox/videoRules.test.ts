import { sampleFile } from '../../sandbox';
import { uploadSamples } from '../../sandbox/assets/upload-client';
import { type Answer, avatarVideo } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

/** What HeyGen refuses of videos beyond the contract, what a newer HeyGen takes, and the scenes of videos. */

const { sandbox, client } = useOwnSandbox();

const post = (body: object): Promise<Answer> => client().post('/v3/videos', body);

const cinematic = (fields: object = {}): object => ({
	type: 'cinematic_avatar',
	prompt: 'A walk at the sea',
	avatar_id: ['look_ann_office_01'],
	...fields,
});
const image = (fields: object = {}): object => ({
	type: 'image',
	image: { type: 'url', url: 'https://example.com/a.jpg' },
	audio_url: 'https://example.com/a.mp3',
	...fields,
});
const looks = ['look_ann_office_01', 'look_ann_studio_02', 'look_bruno_office_01'];
const picture = { type: 'url', url: 'https://example.com/a.png?size=1' };
const film = { type: 'url', url: 'https://example.com/a.MP4?size=1' };
const inlineFilm = { type: 'base64', media_type: 'video/webm', data: 'AAAA' };
const unknown = { type: 'asset_id', asset_id: 'unknown' };
const times = (count: number, thing: object): object[] => Array.from({ length: count }, () => thing);

async function uploaded(type: string): Promise<object> {
	const { body } = await client().upload('file', uploadSamples[type] as Buffer);
	return { type: 'asset_id', asset_id: body.data.asset_id };
}

describe('cinematic videos', () => {
	it.each([
		[{ aspect_ratio: '4:5' }, 'aspect_ratio'],
		[{ resolution: '4k' }, 'resolution'],
		[{ duration: 3 }, 'duration'],
		[{ duration: 16 }, 'duration'],
		[{ duration: 5, auto_duration: true }, 'duration'],
		[{ prompt: '' }, 'prompt'],
		[{ prompt: 'x'.repeat(10_001) }, 'prompt'],
		[{ avatar_id: [] }, 'avatar_id'],
		[{ avatar_id: times(4, {}).map(() => looks[0]) }, 'avatar_id'],
		[{ avatar_id: ['look_nobody'] }, 'avatar_id[0]'],
		[{ script: 'Hello' }, 'script'],
		[{ references: times(9, picture) }, 'references'],
		[{ avatar_id: looks, references: times(7, picture) }, 'references'],
		[{ references: times(4, film) }, 'references'],
		[{ references: [...times(2, film), ...times(2, inlineFilm)] }, 'references'],
		[{ references: times(12, unknown) }, 'references'],
	])('of %j are refused', async (fields, param) => {
		const { body } = await post(cinematic(fields));
		expect(body.error?.param).toBe(param);
	});

	it.each([
		{ duration: 15, aspect_ratio: '1:1', resolution: '1080p', enhance_prompt: true },
		{ auto_duration: true, duration: null },
		{ avatar_id: looks, references: [...times(6, picture), ...times(2, film), inlineFilm] },
		{ references: times(11, unknown) },
	])('of %j are made', async (fields) => {
		expect((await post(cinematic(fields))).status).toBe(200);
	});

	it('know films among uploaded references', async () => {
		const upload = await uploaded('video/mp4');
		expect((await post(cinematic({ references: times(3, upload) }))).status).toBe(200);
		expect((await post(cinematic({ references: times(4, upload) }))).body.error.param).toBe('references');
	});
});

describe('image videos', () => {
	it.each([
		[{ audio_url: undefined, script: 'Hello' }, 'voice_id'],
		[{ audio_url: undefined }, 'script'],
		[{ script: 'Hello', voice_id: 'voice_ann_calm_001' }, 'audio_url'],
		[{ engine: { type: 'avatar_iii' } }, 'engine'],
		[{ avatar_id: 'look_ann_office_01' }, 'avatar_id'],
		[{ output_format: 'webm', background: { type: 'color', value: '#112233' } }, 'background'],
	])('of %j are refused', async (fields, param) => {
		const { body } = await post(image(fields));
		expect(body.error?.param).toBe(param);
	});

	it('are made, also into a folder and with a glossary', async () => {
		const speech = { audio_url: undefined, script: 'Hello', voice_id: 'voice_ann_calm_001' };
		const { body } = await post(image({ ...speech, folder_id: 'f1', brand_glossary_id: 'g1' }));
		expect((await client().get(`/v3/videos/${body.data.video_id}`)).body.data).toMatchObject({ folder_id: 'f1' });
	});
});

describe('assets that are checked', () => {
	beforeEach(() => sandbox().configure({ validateAssets: true }));

	it.each([
		['an image', (asset: object) => image({ image: asset }), 'image.asset_id'],
		['a reference', (asset: object) => cinematic({ references: [picture, asset] }), 'references[1].asset_id'],
		[
			'the source of a scene',
			(asset: object) => ({ type: 'studio', scenes: [{ type: 'image', source: asset, duration: 3 }] }),
			'scenes[0].source.asset_id',
		],
		[
			'the image of a scene',
			(asset: object) => ({ type: 'studio', scenes: [{ type: 'avatar_video', input: image({ image: asset }) }] }),
			'scenes[0].input.image.asset_id',
		],
	] as const)('may be %s', async (_what, bodyWith, param) => {
		const missing = await post(bodyWith(unknown));
		expect([missing.status, missing.body.error]).toMatchObject([404, { code: 'asset_not_found', param }]);
		const sound = await post(bodyWith(await uploaded('audio/mpeg')));
		expect([sound.status, sound.body.error]).toMatchObject([400, { code: 'invalid_parameter', param }]);
		expect((await post(bodyWith(await uploaded('image/png')))).status).toBe(200);
	});

	it('may be the film of a scene', async () => {
		const studio = (source: object) => ({ type: 'studio', scenes: [{ type: 'video', source }] });
		expect((await post(studio(await uploaded('video/mp4')))).status).toBe(200);
		expect((await post(studio(await uploaded('image/png')))).status).toBe(400);
	});
});

/** Settings for a voice engine. */
const voiceOn = (engine: string): object => ({
	voice_id: 'voice_ann_calm_001',
	voice_settings: { engine_settings: { engine_type: engine } },
});

describe('an open contract', () => {
	beforeEach(() => sandbox().configure({ contract: 'open' }));

	it.each([
		avatarVideo({ engine: { type: 'avatar_6', mood: 'calm' }, motion_prompt: 'wave', expressiveness: 'less' }),
		avatarVideo({ engine: { type: 'avatar_6' }, resolution: '2k' }),
		avatarVideo({ avatar_id: 'look_ann_office_01', engine: { type: 'avatar_iv' }, motion_prompt: 'wave' }),
		avatarVideo({ gesture: { wave: true }, aspect_ratio: '21:9', title: null }),
		avatarVideo({ ...voiceOn('whale') }),
		avatarVideo({ script: 'x'.repeat(9_000) }),
		cinematic({ aspect_ratio: '4:5', resolution: '2k', duration: 30 }),
		{ type: 'avatar_6', avatar_id: 'look_ann_office_01', script: 'Hello' },
	])('takes what the contract does not know (%#)', async (body) => {
		expect((await post(body)).status).toBe(200);
	});

	it.each([
		[avatarVideo({ audio_url: 'https://example.com/a.mp3' }), 400, 'audio_url'],
		[avatarVideo({ avatar_id: 'look_nobody' }), 404, 'avatar_id'],
		[avatarVideo({ ...voiceOn('fish') }), 400, 'voice_settings.engine_settings.engine_type'],
		[cinematic({ duration: 5, auto_duration: true }), 400, 'duration'],
		[cinematic({ references: times(4, film) }), 400, 'references'],
	])('still has the other rules (%#)', async (body, status, param) => {
		const answer = await post(body);
		expect([answer.status, answer.body.error.param]).toEqual([status, param]);
	});

	it('finds markers in a kind of video that is not known', async () => {
		const { body } = await post({ type: 'avatar_6', script: '[fail:new_reason]' });
		expect((await client().get(`/v3/videos/${body.data.video_id}`)).body.data.failure_code).toBe('new_reason');
	});

	it.each([[undefined], ['"text"'], ['[]'], ['null'], ['{']])('needs an object as the body, not %p', async (body) => {
		const { status } = await client().call('POST', '/v3/videos', body === undefined ? {} : { body });
		expect(status).toBe(400);
	});

	it.each([{}, { videos: 'x' }, { videos: [null] }])('needs a list of bodies in a batch, not %j', async (body) => {
		expect((await client().post('/v3/videos/batches', body)).body.error.param).toBe('videos');
	});

	it('is strict again when told so, and knows no other way', async () => {
		sandbox().configure({ contract: 'strict' });
		expect((await post(avatarVideo({ gesture: 1 }))).body.error.param).toBe('gesture');
		expect(() => sandbox().configure({ contract: 'loose' } as never)).toThrow('setting "contract" cannot be');
	});

	it('checks uploads all the same', async () => {
		const form = new FormData();
		form.append('document', new Blob([new Uint8Array(sampleFile('jpg'))]), 'a.jpg');
		expect((await client().post('/v3/assets', form)).status).toBe(400);
	});
});

describe('scenes', () => {
	const scenesOf = async (id: string): Promise<Answer> => await client().get(`/v3/videos/${id}/scenes`);

	it('of a video are what was asked for', async () => {
		const background = { type: 'color', value: '#112233' };
		const one = await client().createVideo({ script: 'Hello', background });
		expect((await scenesOf(one)).body.data).toEqual({
			edit_version: expect.any(String),
			scenes: [{ id: expect.any(String), script: 'Hello', avatar_id: 'look_bruno_office_01', background, elements: [] }],
		});
		const studio = await client().createVideo({
			type: 'studio',
			avatar_id: undefined,
			script: undefined,
			scenes: [
				{ type: 'avatar_video', input: avatarVideo({ script: 'First' }) },
				{ type: 'image', source: { type: 'url', url: 'u' }, script: 'Second', voice_id: 'voice_ann_calm_001' },
				{ type: 'video', source: { type: 'url', url: 'u' } },
			],
		});
		const { scenes } = (await scenesOf(studio)).body.data;
		expect(scenes.map(({ script }: { script: string | null }) => script)).toEqual(['First', 'Second', null]);
		expect(new Set(scenes.map(({ id }: { id: string }) => id)).size).toBe(3);
	});

	it('of no video are not found', async () => {
		const { status, body } = await scenesOf('nobody');
		expect([status, body.error.code]).toEqual([404, 'video_not_found']);
		const id = await client().createVideo();
		await client().call('DELETE', `/v3/videos/${id}`);
		expect((await scenesOf(id)).status).toBe(404);
	});
});
