import { avatarVideo } from '../../sandbox/client';
import { handlers } from '../../sandbox/server/api-server';
import { operations, validateAgainstContract } from '../../sandbox/server/contract';
import { useOwnSandbox } from '../support/ownSandbox';

/** English, speaks on starfish and elevenlabs. */
const FIRST_VOICE = 'voice_ann_calm_001';

const { sandbox, client } = useOwnSandbox();

/** All items of a list, page by page; fails when pages never end. */
async function allPages(path: string, limit: number): Promise<Array<Record<string, unknown>>> {
	const items: Array<Record<string, unknown>> = [];
	const join = path.includes('?') ? '&' : '?';
	let token: string | null = '';
	for (let page = 0; token !== null && page < 1_000; page += 1) {
		const tail: string = token === '' ? '' : `&token=${token}`;
		const { status, body } = await client().get(`${path}${join}limit=${limit}${tail}`);
		expect(status).toBe(200);
		expect(body.data.length).toBeLessThanOrEqual(limit);
		expect(body.has_more).toBe(body.next_token !== null);
		items.push(...body.data);
		token = body.next_token;
	}
	return items;
}

describe('keys', () => {
	it.each([null, 'wrong'])('refuses the key %p', async (key) => {
		const { status, body, headers } = await client().get('/v3/voices', { key });
		expect(status).toBe(401);
		expect(body.error.code).toBe('unauthorized');
		expect(headers.get('x-request-id')).toBeTruthy();
	});

	it('does not take a bearer token', async () => {
		const headers = { Authorization: `Bearer ${sandbox().apiKey}` };
		expect((await client().get('/v3/voices', { key: null, headers })).status).toBe(401);
	});

	it('names the missing scope', async () => {
		const key = 'sandbox-key-no-account-scope';
		const { status, body } = await client().get('/v3/users/me', { key });
		expect([status, body.error.code]).toEqual([403, 'insufficient_api_key_scope']);
		expect(body.error.message).toContain('account:read');
		expect((await client().get('/v3/voices', { key })).status).toBe(200);
	});

	it('refuses creations without credit', async () => {
		const key = 'sandbox-key-no-credit';
		const { status, body } = await client().post('/v3/videos', avatarVideo(), { key });
		expect([status, body.error.code]).toEqual([402, 'insufficient_credit']);
	});

	it('shows a wallet account', async () => {
		const { body } = await client().get('/v3/users/me');
		expect(body.data).toMatchObject({ billing_type: 'wallet', wallet: { currency: 'usd' } });
	});

	it.each([
		{ billing_type: 'subscription', wallet: null, subscription: { plan: 'pro', credits: { premium_credits: { remaining: 5, resets_at: null } } } },
		{ billing_type: 'usage_based', wallet: null, usage_based: { remaining_credits: 5 } },
	])('shows whatever account is configured: %j', async (account) => {
		sandbox().configure({ account });
		const { body } = await client().get('/v3/users/me');
		expect(body.data).toMatchObject({ username: 'sandbox', ...account });
	});

	it.each(['all', [], 7])('has no account %j', (account) => {
		expect(() => sandbox().configure({ account } as never)).toThrow('setting "account" cannot be');
	});

	it('tells of a key, unless it is configured not to know the path', async () => {
		const path = '/v3/api_keys/self';
		const scopesOf = async (key: string) => (await client().get(path, { key })).body.data.scopes as string[];
		expect(await scopesOf(sandbox().apiKey)).toContain('account:read');
		expect(await scopesOf('sandbox-key-no-account-scope')).not.toContain('account:read');
		sandbox().configure({ apiKeysSelf: false });
		const { status, body } = await client().get(path);
		expect([status, body.error.code]).toEqual([404, 'not_found']);
	});
});

describe('contract', () => {
	it('can compile the schemas of all operations', () => {
		for (const { method, template } of operations) {
			expect(() => validateAgainstContract(method, template, { query: {}, body: {} })).not.toThrow();
		}
	});

	it.each([
		[{ ...avatarVideo(), voice_settings: { speed: 9 } }, 'voice_settings.speed'],
		[{ ...avatarVideo(), bogus: 1 }, 'bogus'],
		[{ ...avatarVideo(), script: 'x'.repeat(5_001) }, 'script'],
		[{ ...avatarVideo(), resolution: '8k' }, 'resolution'],
		[{ ...avatarVideo(), title: 7 }, 'title'],
		[{ type: 'avatar', script: 'x' }, 'avatar_id'],
		[{ type: 'opera' }, 'type'],
		[{ type: 'studio', scenes: [{ type: 'video', source: { type: 'url' } }] }, 'scenes[0].source.url'],
		[avatarVideo({ audio_url: 'https://example.com/a.mp3' }), 'audio_url'],
		[avatarVideo({ script: undefined }), 'script'],
		[avatarVideo({ avatar_id: 'look_dario_office_01' }), 'voice_id'],
		[avatarVideo({ output_format: 'webm', background: { type: 'color', value: '#112233' } }), 'background'],
		[avatarVideo({ background: { type: 'color', value: 'red' } }), 'background.value'],
		[avatarVideo({ background: { type: 'image' } }), 'background.url'],
		[avatarVideo({ engine: { type: 'avatar_v' } }), 'engine.type'],
		[avatarVideo({ engine: { type: 'avatar_iii' }, motion_prompt: 'wave' }), 'motion_prompt'],
		[
			avatarVideo({ avatar_id: 'look_ann_office_01', engine: { type: 'avatar_v' }, expressiveness: 'low' }),
			'expressiveness',
		],
		[avatarVideo({ avatar_id: 'look_ann_office_01', motion_prompt: 'wave' }), 'motion_prompt'],
		[
			{ type: 'cinematic_avatar', prompt: 'p', avatar_id: ['look_ann_office_01'], duration: 5, auto_duration: true },
			'duration',
		],
		[
			{ type: 'studio', scenes: [{ type: 'image', source: { type: 'url', url: 'u' }, duration: 3, script: 's' }] },
			'scenes[0].script',
		],
	])('refuses a body and names the field (%#)', async (body, param) => {
		const answer = await client().post('/v3/videos', body);
		expect(answer.status).toBe(400);
		expect(answer.body.error).toMatchObject({
			code: 'invalid_parameter',
			param,
			doc_url: 'https://developers.heygen.com/docs/error-codes#invalid-parameter',
		});
		expect(sandbox().stats().videosCreated).toBe(0);
	});

	it.each([
		avatarVideo({ motion_prompt: 'wave', expressiveness: 'high', caption: { style: 'default' } }),
		avatarVideo({ avatar_id: 'look_ann_office_01', engine: { type: 'avatar_v' }, motion_prompt: 'wave' }),
		{ type: 'image', image: { type: 'url', url: 'https://example.com/a.jpg' }, audio_asset_id: 'a' },
		{ type: 'cinematic_avatar', prompt: 'A walk', avatar_id: ['look_ann_office_01'], duration: 5 },
		{
			type: 'studio',
			scenes: [
				{ type: 'avatar_video', input: avatarVideo() },
				{ type: 'image', source: { type: 'asset_id', asset_id: 'a' }, duration: 3 },
			],
		},
	])('takes all four types of video (%#)', async (body) => {
		const answer = await client().post('/v3/videos', body);
		expect(answer.body).toMatchObject({ data: { status: 'waiting', output_format: 'mp4' } });
	});

	it('finds the branch of an item of a batch', async () => {
		const videos = [avatarVideo(), avatarVideo(), avatarVideo(), avatarVideo({ script: '' })];
		const { status, body } = await client().post('/v3/videos/batches', { videos });
		expect([status, body.error.param]).toEqual([400, 'videos[3].script']);
	});

	it.each([
		['/v3/videos?limit=0', 'limit'],
		['/v3/videos?limit=ten', 'limit'],
		['/v3/avatars?limit=51', 'limit'],
		['/v3/videos?page=2', 'page'],
		['/v3/voices?type=shared', 'type'],
		['/v3/voices?type=public&type=private', 'type'],
		['/v3/voices?token=nonsense', 'token'],
	])('refuses the query of %s', async (path, param) => {
		const { status, body } = await client().get(path);
		expect([status, body.error.param]).toEqual([400, param]);
	});

	it('refuses a body that is no JSON, and a missing one', async () => {
		expect((await client().post('/v3/videos', '{"type":')).status).toBe(400);
		expect((await client().call('POST', '/v3/videos')).status).toBe(400);
	});

	it('refuses a malformed idempotency key', async () => {
		const { status, body } = await client().post('/v3/videos', avatarVideo(), { idempotencyKey: 'a b' });
		expect([status, body.error.param]).toEqual([400, 'Idempotency-Key']);
	});

	it('tells unknown paths from operations that are not served', async () => {
		expect((await client().get('/v3/nothing')).body.error.code).toBe('not_found');
		const name = 'GET /v3/audio/sounds';
		const { [name]: handler } = handlers;
		delete handlers[name];
		try {
			const sounds = '/v3/audio/sounds?query=rain';
			const { status, body } = await client().get(sounds);
			expect([status, body.error.code]).toEqual([501, 'not_in_sandbox']);
			expect((await client().get(`${sounds}&limit=0`)).status).toBe(400);
		} finally {
			Object.assign(handlers, { [name]: handler });
		}
	});

	it('checks requests without HTTP', () => {
		const body = avatarVideo({ voice_settings: { speed: 2 } });
		const violations = validateAgainstContract('POST', '/v3/videos', { body });
		expect(violations.map(({ param }) => param)).toEqual(['voice_settings.speed']);
		expect(validateAgainstContract('GET', '/v3/videos/x', {})).toEqual([]);
		expect(validateAgainstContract('GET', '/v3/nothing', {})).toHaveLength(1);
	});
});

describe('ids', () => {
	it.each([
		[avatarVideo({ avatar_id: 'look_nobody', voice_id: 'v' }), 404, 'avatar_not_found'],
		[avatarVideo({ voice_id: 'voice_nobody' }), 404, 'voice_not_found'],
		[avatarVideo({ avatar_id: 'look_cosima_office_01' }), 404, 'avatar_not_found'],
	])('refuses an id it does not know (%#)', async (body, status, code) => {
		sandbox().configure({ groups: 20 });
		const answer = await client().post('/v3/videos', body);
		expect([answer.status, answer.body.error.code]).toEqual([status, code]);
	});

	it('refuses looks without consent', async () => {
		const { body } = await client().get('/v3/avatars/looks?ownership=private&limit=50');
		const looks = body.data as Array<{ id: string; status: string }>;
		const look = looks.find(({ status }) => status === 'pending_consent');
		const fields = { avatar_id: look?.id, voice_id: FIRST_VOICE };
		const answer = await client().post('/v3/videos', avatarVideo(fields));
		expect(answer.body.error.code).toBe('avatar_consent_required');
	});

	it('takes any id when told so', async () => {
		sandbox().configure({ validateIds: false });
		expect(await client().createVideo({ avatar_id: 'anyone', voice_id: 'any' })).toBeTruthy();
	});
});


describe('catalogue', () => {
	it('pages through groups, looks and voices without gaps or repeats', async () => {
		for (const [path, limit, count] of [
			['/v3/avatars', 7, 30],
			['/v3/avatars/looks', 50, 120],
			['/v3/voices', 100, 117],
			['/v3/voices?type=private', 5, 13],
		] as const) {
			const items = await allPages(path, limit);
			const ids = new Set(items.map((item) => item['id'] ?? item['voice_id']));
			expect(items).toHaveLength(count);
			expect(ids.size).toBe(count);
		}
	});

	it('filters', async () => {
		const own = await allPages('/v3/avatars?ownership=private', 50);
		expect(own.length).toBeGreaterThan(0);
		expect(own.every(({ status }) => status !== null)).toBe(true);
		const photos = await allPages('/v3/avatars/looks?avatar_type=photo_avatar', 50);
		expect(new Set(photos.map((look) => look['avatar_type']))).toEqual(new Set(['photo_avatar']));
		expect(await allPages('/v3/avatars/looks?group_id=group_ann', 50)).toHaveLength(4);
		const voices = await allPages('/v3/voices?language=German&gender=female&engine=starfish', 100);
		expect(voices.length).toBeGreaterThan(0);
		expect(new Set(voices.map((voice) => voice['language']))).toEqual(new Set(['German']));
	});

	it('gives one group, look or voice, or a fitting 404', async () => {
		expect((await client().get('/v3/avatars/group_ann')).body.data.looks_count).toBe(4);
		expect((await client().get('/v3/avatars/looks/look_ann_office_01')).body.data.name).toContain('Ann');
		expect((await client().get(`/v3/voices/${FIRST_VOICE}`)).body.data.language).toBe('English');
		const codes = await Promise.all(
			['avatars/x', 'avatars/looks/x', 'voices/x'].map(async (path) => {
				const { body } = await client().get(`/v3/${path}`);
				return String(body.error.code);
			}),
		);
		expect(codes).toEqual(['avatar_group_not_found', 'avatar_not_found', 'voice_not_found']);
	});

	it('lists thousands of videos, newest first', async () => {
		sandbox().seed(2_500);
		await client().createVideo({ title: 'The newest' });
		const videos = await allPages('/v3/videos', 100);
		expect(videos).toHaveLength(2_501);
		expect(videos[0]?.['title']).toBe('The newest');
		expect(new Set(videos.map(({ id }) => id)).size).toBe(2_501);
		expect(await allPages('/v3/videos?title=NEWEST', 10)).toHaveLength(1);
		expect(await allPages('/v3/videos?folder_id=f', 10)).toHaveLength(0);
	});
});

describe('control endpoint', () => {
	it('configures, seeds, reports and resets', async () => {
		expect((await client().post('/_sandbox/config', { jobSeconds: 9 })).body.jobSeconds).toBe(9);
		await client().post('/_sandbox/seed', { videos: 3 });
		await client().get('/v3/videos');
		const { body: stats } = await client().get('/_sandbox/stats', { key: null });
		expect(stats).toMatchObject({ requests: { 'GET /v3/videos': { '200': 1 } }, videosCreated: 0 });
		const { body: log } = await client().get('/_sandbox/requests');
		expect(log).toMatchObject([{ method: 'GET', path: '/v3/videos', status: 200 }]);
		await client().call('POST', '/_sandbox/reset');
		expect(sandbox().config.jobSeconds).toBe(0);
		expect((await client().get('/v3/videos')).body.data).toEqual([]);
	});

	it('adds and clears faults', async () => {
		const fault = { match: { path: '/v3/voices' }, kind: 'status', status: 503, times: -1 };
		await client().post('/_sandbox/faults', [fault]);
		expect((await client().get('/v3/voices')).status).toBe(503);
		await client().call('DELETE', '/_sandbox/faults');
		expect((await client().get('/v3/voices')).status).toBe(200);
	});

	it('refuses what makes no sense', async () => {
		expect((await client().post('/_sandbox/config', { latencyMs: -1 })).status).toBe(400);
		expect((await client().post('/_sandbox/config', { colour: 1 })).status).toBe(400);
		for (const name of ['assetMaxBytes', 'uploadVisibleMs', 'uploadUrlTtlSeconds', 'ingestSeconds']) {
			expect((await client().post('/_sandbox/config', { [name]: -1 })).status).toBe(400);
		}
		expect((await client().post('/_sandbox/config', { validateAssets: 'yes' })).status).toBe(400);
		const faults = { match: { path: '/v3/vidos' }, kind: 'status' };
		expect((await client().post('/_sandbox/faults', faults)).status).toBe(400);
		expect((await client().post('/_sandbox/seed', { videos: 'x' })).status).toBe(400);
		expect((await client().get('/_sandbox/nothing')).status).toBe(404);
	});
});
