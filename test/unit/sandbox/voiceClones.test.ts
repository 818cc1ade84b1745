import { type Answer, cloneRequest } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

const { sandbox, client } = useOwnSandbox();

const NO_CREDIT = 'sandbox-key-no-credit';

const pathOf = (id: string): string => `/v3/voices/${id}`;
const post = (fields: Record<string, unknown> = {}, options = {}): Promise<Answer> =>
	client().post('/v3/voices/clone', cloneRequest(fields), options);
const read = async (id: string): Promise<Answer['body']> => (await client().get(pathOf(id))).body.data;

/** The private voices of the first page. */
const listed = async (): Promise<Array<Record<string, unknown>>> =>
	(await client().get('/v3/voices?type=private&limit=100')).body.data;
const isListed = async (id: string): Promise<boolean> => (await listed()).some((voice) => voice['voice_id'] === id);

describe('a clone', () => {
	it('is processed, and then a voice with a preview', async () => {
		sandbox().configure({ jobQueueSeconds: 0.1, jobSeconds: 0.1 });
		const before = Math.floor(Date.now() / 1_000);
		const id = await client().cloneVoice({ voice_name: 'Ada', language: 'de' });
		const early = await read(id);
		expect(early).toMatchObject({ voice_id: id, name: 'Ada', status: 'processing', failure_message: null });
		expect([early.gender, early.language, early.preview_audio_url]).toEqual([null, null, null]);
		expect(early.created_at).toBeGreaterThanOrEqual(before);
		const voice = await client().waitForRecord(pathOf(id), ({ status }) => status !== 'processing');
		expect(voice).toMatchObject({ status: 'complete', language: 'German', created_at: early.created_at });
		expect(['female', 'male']).toContain(voice.gender);
		const preview = await fetch(voice.preview_audio_url);
		expect([preview.status, preview.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
		expect(sandbox().stats().jobsCreated.voiceClone).toBe(1);
	});

	it('stays in its state as long as configured', async () => {
		sandbox().configure({ jobSeconds: 1_000 });
		const id = await client().cloneVoice();
		expect((await read(id)).status).toBe('processing');
	});

	it.each([
		[undefined, 'English'],
		[null, 'English'],
		['French', 'French'],
		['pt-BR', 'Portuguese'],
	])('of a recording in %s speaks %s', async (language, name) => {
		expect((await read(await client().cloneVoice({ language }))).language).toBe(name);
	});

	it('fails on demand', async () => {
		const plain = await read(await client().cloneVoice({ voice_name: 'Ada [fail]' }));
		expect(plain).toMatchObject({ status: 'failed', gender: null, preview_audio_url: null });
		expect(plain.failure_message).toContain('no_speech_found');
		const coded = await read(await client().cloneVoice({ voice_name: '[fail:too_noisy]' }));
		expect(coded.failure_message).toContain('too_noisy');
	});

	it('gets stuck, tells another word or has its preview late, on demand', async () => {
		const stuck = await read(await client().cloneVoice({ voice_name: '[stuck]' }));
		expect(stuck.status).toBe('processing');
		const late = await read(await client().cloneVoice({ voice_name: '[late-url]' }));
		expect([late.status, late.preview_audio_url]).toEqual(['complete', null]);
		const odd = await client().cloneVoice({ voice_name: '[stuck] [status:listening]' });
		expect((await client().get(pathOf(odd), { unchecked: true })).body.data.status).toBe('listening');
	});

	it('is listed from the beginning, or when it is complete', async () => {
		const done = await client().cloneVoice();
		sandbox().configure({ jobSeconds: 1_000 });
		const running = await client().cloneVoice();
		const [newest, next] = await listed();
		expect(newest).toMatchObject({ voice_id: running, gender: 'unknown', language: 'unknown', type: 'private' });
		expect(next).toMatchObject({ voice_id: done, language: 'English' });
		sandbox().configure({ cloneListed: 'whenComplete' });
		expect([await isListed(done), await isListed(running)]).toEqual([true, false]);
		expect((await client().get('/v3/voices?limit=1')).body.data[0].type).toBe('public');
	});

	it('speaks in speeches and videos when it is ready', async () => {
		const id = await client().cloneVoice();
		expect(await client().createSpeech({ voice_id: id })).toHaveProperty('audio_url');
		await client().createVideo({ voice_id: id });
		sandbox().configure({ jobSeconds: 1_000 });
		const early = await client().cloneVoice();
		await expect(client().createSpeech({ voice_id: early })).rejects.toThrow('voice_unavailable');
		await expect(client().createVideo({ voice_id: early })).rejects.toThrow('voice_unavailable');
	});

	it('is deleted once, at any time', async () => {
		sandbox().configure({ concurrentJobs: 1 });
		const id = await client().cloneVoice({ voice_name: '[stuck]' });
		expect((await post()).status).toBe(429);
		expect((await client().call('DELETE', pathOf(id))).body).toEqual({ data: { voice_id: id } });
		expect((await client().call('DELETE', pathOf(id))).body.error.code).toBe('voice_not_found');
		expect([(await client().get(pathOf(id))).status, await isListed(id)]).toEqual([404, false]);
		// Its place is free.
		expect((await post()).status).toBe(200);
	});

	it('is forgotten by a reset', async () => {
		const id = await client().cloneVoice();
		sandbox().reset();
		expect((await client().get(pathOf(id))).status).toBe(404);
		expect(sandbox().stats().jobsCreated.voiceClone).toBe(0);
	});
});

describe('slots', () => {
	it('are as many as configured, and failed or deleted clones take none', async () => {
		sandbox().configure({ voiceSlots: 2 });
		await client().cloneVoice({ voice_name: '[fail]' });
		await client().cloneVoice();
		const second = await client().cloneVoice({ voice_name: '[stuck]' });
		const { status, body } = await post();
		expect([status, body.error.code]).toEqual([400, 'resource_limit_reached']);
		await client().call('DELETE', pathOf(second));
		expect((await post()).status).toBe(200);
		expect(sandbox().stats().jobsCreated.voiceClone).toBe(4);
	});

	it('may be none', async () => {
		sandbox().configure({ voiceSlots: 0 });
		expect((await post()).status).toBe(400);
	});
});

describe('the recording', () => {
	const upload = async (bytes: string): Promise<string> =>
		(await client().upload('file', Buffer.from(bytes, 'latin1'))).body.data.asset_id;
	const clone = (assetId: string): Promise<Answer> => post({ audio: { type: 'asset_id', asset_id: assetId } });

	it('must be an asset that is audio, when assets are checked', async () => {
		const audio = await upload('ID3 sound');
		const picture = await upload('\xff\xd8\xff picture');
		expect((await clone('nobody')).status).toBe(200);
		sandbox().configure({ validateAssets: true });
		const missing = await clone('nobody');
		expect([missing.status, missing.body.error.code]).toEqual([404, 'asset_not_found']);
		const wrong = await clone(picture);
		expect([wrong.status, wrong.body.error.param]).toEqual([400, 'audio.asset_id']);
		expect((await clone(audio)).status).toBe(200);
	});

	it('may come within the body', async () => {
		const audio = { type: 'base64', media_type: 'audio/mpeg', data: 'AAAA' };
		expect((await post({ audio, remove_background_noise: false })).status).toBe(200);
	});

	it.each([
		[{ audio: undefined }, 'audio'],
		[{ audio: { type: 'tape' } }, 'audio.type'],
		[{ voice_name: undefined }, 'voice_name'],
		[{ colour: 'red' }, 'colour'],
	])('is refused with %j', async (fields, param) => {
		const { status, body } = await post(fields);
		expect([status, body.error.param]).toEqual([400, param]);
	});

	it('is not cloned without credit', async () => {
		expect((await post({}, { key: NO_CREDIT })).body.error.code).toBe('insufficient_credit');
		expect(sandbox().stats().jobsCreated.voiceClone).toBe(0);
	});
});
