import { type Answer, cloneRequest, speechRequest } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

/** English, public, speaks on starfish and elevenlabs. */
const PUBLIC_VOICE = 'voice_ann_calm_001';
/** The first voice of the catalogue that belongs to the account. */
const OWN_VOICE = 'voice_jonas_bright_010';

const { sandbox, client } = useOwnSandbox();

const remove = (id: string): Promise<Answer> => client().call('DELETE', `/v3/voices/${id}`);
const codeOf = ({ status, body }: Answer): unknown => [status, body.error?.code];

/** The voices of one page of a list, as ids. */
async function idsIn(query: string): Promise<string[]> {
	const { body } = await client().get(`/v3/voices?limit=100&${query}`);
	return body.data.map((voice: { voice_id: string }) => voice.voice_id);
}

describe('deleting a voice', () => {
	it('takes it out of lists and out of videos, once', async () => {
		expect(await idsIn('type=private')).toContain(OWN_VOICE);
		expect((await remove(OWN_VOICE)).body).toEqual({ data: { voice_id: OWN_VOICE } });
		expect(await idsIn('type=private')).not.toContain(OWN_VOICE);
		expect(codeOf(await remove(OWN_VOICE))).toEqual([404, 'voice_not_found']);
		expect(codeOf(await client().get(`/v3/voices/${OWN_VOICE}`))).toEqual([404, 'voice_not_found']);
		await expect(client().createVideo({ voice_id: OWN_VOICE })).rejects.toThrow('voice_not_found');
		await expect(client().createSpeech({ voice_id: OWN_VOICE })).rejects.toThrow('voice_not_found');
	});

	it('lasts over a change of settings, until a reset', async () => {
		await remove(OWN_VOICE);
		sandbox().configure({ voices: 100 });
		expect(codeOf(await remove(OWN_VOICE))).toEqual([404, 'voice_not_found']);
		sandbox().reset();
		expect((await remove(OWN_VOICE)).status).toBe(200);
	});

	it('is refused for public voices and unknown ones', async () => {
		expect(codeOf(await remove(PUBLIC_VOICE))).toEqual([403, 'resource_access_denied']);
		expect(codeOf(await remove('nobody'))).toEqual([404, 'voice_not_found']);
		expect(await idsIn('type=public')).toContain(PUBLIC_VOICE);
	});
});

describe('designing a voice', () => {
	const design = (fields: Record<string, unknown> = {}): Promise<Answer> =>
		client().post('/v3/voices', { prompt: 'A calm narrator', ...fields });
	const designed = async (fields: Record<string, unknown> = {}): Promise<string[]> => {
		const { body } = await design(fields);
		return body.data.voices.map((voice: { voice_id: string }) => voice.voice_id);
	};

	it('finds three public voices, the same for the same request', async () => {
		const { body } = await design();
		expect(body.data).toMatchObject({ seed: 0, voices: [{ type: 'public' }, { type: 'public' }, { type: 'public' }] });
		expect(await designed()).toEqual(await designed({ seed: 0, gender: null, locale: null }));
		expect(await designed({ prompt: 'A loud one' })).not.toEqual(await designed());
	});

	it('gives all that fit, three for each seed, and then none', async () => {
		const wanted = { gender: 'female', locale: 'de-DE' };
		const fitting = await idsIn('language=German&gender=female');
		const found: string[] = [];
		const last = Math.ceil(fitting.length / 3);
		for (let seed = 0; seed < last; seed += 1) found.push(...(await designed({ ...wanted, seed })));
		expect(found.sort()).toEqual(fitting.sort());
		expect((await design({ ...wanted, seed: last })).body.data).toEqual({ seed: last, voices: [] });
	});

	it.each([
		['pt_BR', 'Portuguese'],
		['ja', 'Japanese'],
		['German', 'German'],
	])('knows the language of %s', async (locale, language) => {
		const { voices } = (await design({ locale })).body.data;
		expect(voices.map((voice: { language: string }) => voice.language)).toEqual([language, language, language]);
	});

	it('finds nothing in a language without voices', async () => {
		expect(await designed({ locale: 'sw-KE' })).toEqual([]);
		expect(await designed({ locale: 'xx' })).toEqual([]);
	});

	it.each([
		[{ prompt: '' }, 'prompt'],
		[{ prompt: ' \n' }, 'prompt'],
		[{ seed: -1 }, 'seed'],
		[{ prompt: undefined }, 'prompt'],
		[{ seed: 0.5 }, 'seed'],
	])('refuses %j', async (fields, param) => {
		const { status, body } = await design(fields);
		expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_parameter', param]);
	});
});

describe('idempotency keys', () => {
	const requests = [
		['/v3/voices', { prompt: 'A calm narrator' }],
		['/v3/voices/clone', cloneRequest()],
		['/v3/voices/speech', speechRequest()],
	] as const;
	/** Sends every request twice under one key. */
	async function twice(): Promise<Array<[Answer, Answer]>> {
		const send = (path: string, body: object) => client().post(path, body, { idempotencyKey: 'k' });
		const pairs: Array<[Answer, Answer]> = [];
		for (const [path, body] of requests) pairs.push([await send(path, body), await send(path, body)]);
		return pairs;
	}

	it('are not looked at', async () => {
		for (const [first, second] of await twice()) expect(second.body).not.toEqual(first.body);
		expect((await client().post('/v3/voices/clone', cloneRequest(), { idempotencyKey: 'a b' })).status).toBe(200);
		expect(sandbox().stats()).toMatchObject({
			jobsCreated: { voiceClone: 3, speech: 2 },
			jobsByReplay: { voiceClone: 0, speech: 0 },
		});
	});

	it('replay the first answer when told so', async () => {
		sandbox().configure({ speechIdempotency: true });
		for (const [first, second] of await twice()) expect([second.status, second.body]).toEqual([200, first.body]);
		expect((await client().post('/v3/voices/clone', cloneRequest(), { idempotencyKey: 'a b' })).status).toBe(400);
		expect(sandbox().stats()).toMatchObject({
			jobsCreated: { voiceClone: 1, speech: 1 },
			jobsByReplay: { voiceClone: 1, speech: 1 },
		});
	});
});

it.each([
	{ cloneListed: 'never' },
	{ voiceSlots: -1 },
	{ speechWords: 'all' },
	{ speechFormat: 'ogg' },
	{ speechIdempotency: 'yes' },
	{ soundsShape: 'map' },
])('has no setting %j', (settings) => {
	expect(() => sandbox().configure(settings as never)).toThrow('cannot be');
});
