import { uploadSamples } from '../../sandbox/assets/upload-client';
import { type Answer, avatarRequest, avatarVideo } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

/** Avatars that the account makes: what it asks for, what becomes of it, and what can be done with it. */

const { sandbox, client } = useOwnSandbox();

const PATH = '/v3/avatars';
const NO_CREDIT = 'sandbox-key-no-credit';
const VOICE = 'voice_ann_calm_001';
/** Groups of the catalogue: a public one, and two of the account. */
const PUBLIC_GROUP = 'group_ann';
const OWN_GROUP = 'group_edda';
const OTHER_OWN_GROUP = 'group_jonas';
const PUBLIC_LOOK = 'look_ann_office_01';
const OWN_LOOK = 'look_edda_office_01';

type Fields = Record<string, unknown>;

const twin: Fields = { type: 'digital_twin', file: { type: 'url', url: 'https://example.com/ada.mp4' } };
const prompted: Fields = { type: 'prompt', file: undefined, prompt: 'A woman with red hair' };
const link = { type: 'url', url: 'https://example.com/a.png' };

const post = (fields: Fields, options = {}): Promise<Answer> => client().post(PATH, avatarRequest(fields), options);
const problemOf = ({ status, body }: Answer): unknown[] => [status, body.error?.code, body.error?.param];
// A marker may make the state of a record break the contract.
const read = async (path: string): Promise<Answer['body']> =>
	(await client().get(`${PATH}/${path}`, { unchecked: true })).body.data;

/** Creates an avatar. @returns the ids of the look and of its group. */
async function create(fields: Fields = {}): Promise<{ lookId: string; groupId: string }> {
	const { avatar_item: look, avatar_group: group } = await client().createAvatar(fields);
	return { lookId: look.id, groupId: group.id };
}

const lookOf = async (fields: Fields): Promise<Answer['body']> => read(`looks/${(await create(fields)).lookId}`);

async function uploaded(type: string): Promise<object> {
	const { body } = await client().upload('file', uploadSamples[type] as Buffer);
	return { type: 'asset_id', asset_id: body.data.asset_id };
}

/** Lets trainings that begin from now on last. */
const trainLong = (): void => sandbox().configure({ jobSeconds: 1_000 });

describe('a new avatar', () => {
	it.each([
		['photo', {}, 'photo_avatar'],
		['prompt', { ...prompted, reference_images: [link, link, link] }, 'photo_avatar'],
		['digital_twin', twin, 'digital_twin'],
	])('of the type %s is being trained', async (_, fields, type) => {
		const { avatar_item: look, avatar_group: group } = await client().createAvatar(fields);
		expect(look).toMatchObject({
			name: 'Ada',
			avatar_type: type,
			group_id: group.id,
			status: 'processing',
			supported_api_engines: [],
			preview_image_url: null,
			default_voice_id: null,
			error: null,
		});
		expect(group).toMatchObject({ name: 'Ada', looks_count: 1, status: 'processing', preview_image_url: null, error: null });
		expect(sandbox().stats().jobsCreated).toMatchObject({ avatar: 1, video: 0 });
	});

	it('is in training for as long as is configured', async () => {
		trainLong();
		const { lookId, groupId } = await create();
		expect([(await read(`looks/${lookId}`)).status, (await read(groupId)).status]).toEqual(['processing', 'processing']);
	});

	it.each([{}, prompted])('is usable in the end (%#)', async (fields) => {
		const { lookId, groupId } = await create(fields);
		const look = await read(`looks/${lookId}`);
		expect(look).toMatchObject({ status: 'completed', default_voice_id: null, error: null });
		expect(look.supported_api_engines).toContain('avatar_iv');
		expect(await read(groupId)).toMatchObject({ status: 'completed', consent_status: null, error: null });
		expect((await fetch(look.preview_image_url)).status).toBe(200);
		expect((await fetch((await read(groupId)).preview_image_url)).status).toBe(200);
		expect(await client().createVideo({ avatar_id: lookId, voice_id: VOICE })).toBeTruthy();
	});

	it('is a twin with a voice', async () => {
		sandbox().configure({ twinNeedsConsent: false });
		const { lookId, groupId } = await create(twin);
		const look = await read(`looks/${lookId}`);
		expect(look.supported_api_engines).toContain('avatar_v');
		expect(look).toMatchObject({ status: 'completed', default_voice_id: expect.any(String) });
		expect(await read(groupId)).toMatchObject({ status: 'completed', default_voice_id: look.default_voice_id });
		expect(await client().createVideo({ avatar_id: lookId })).toBeTruthy();
	});

	it.each([
		[{ name: 'Ada [fail]' }, 'training_failed'],
		[{ ...prompted, prompt: 'x [fail:content_policy_violation] y' }, 'content_policy_violation'],
	])('fails on demand (%#)', async (fields, code) => {
		const { lookId, groupId } = await create(fields);
		const error = { code, message: expect.stringContaining(code) };
		const failed = { status: 'failed', preview_image_url: null, error };
		expect(await read(`looks/${lookId}`)).toMatchObject({ ...failed, supported_api_engines: [] });
		expect(await read(groupId)).toMatchObject(failed);
	});

	it('leaves a group with another look as it is when it fails', async () => {
		const { lookId } = await create({ name: '[fail]', avatar_group_id: OWN_GROUP });
		expect((await read(`looks/${lookId}`)).status).toBe('failed');
		expect(await read(OWN_GROUP)).toMatchObject({ status: 'completed', looks_count: 5, error: null });
	});

	it('has the state and the late picture that its name asks for', async () => {
		expect(await lookOf({ name: '[late-url]' })).toMatchObject({ status: 'completed', preview_image_url: null });
		trainLong();
		const { lookId, groupId } = await create({ name: '[status:reviewing]' });
		expect([(await read(`looks/${lookId}`)).status, (await read(groupId)).status]).toEqual(['reviewing', 'reviewing']);
	});

	it.each([
		['both', true, true],
		['item', true, false],
		['group', false, true],
		['none', false, false],
	] as const)('is told of by %s', async (avatarAnswer, hasItem, hasGroup) => {
		sandbox().configure({ avatarAnswer });
		const { avatar_item: look, avatar_group: group } = await client().createAvatar();
		expect([look !== null, group !== null]).toEqual([hasItem, hasGroup]);
		expect((await client().get(`${PATH}?ownership=private`)).body.data[0].name).toBe('Ada');
	});

	it('may be hidden while it is trained', async () => {
		sandbox().configure({ jobSeconds: 1_000, trainingLookHidden: true });
		const { lookId, groupId } = await create();
		expect(problemOf(await client().get(`${PATH}/looks/${lookId}`))).toEqual([404, 'avatar_not_found', undefined]);
		expect((await read(groupId)).status).toBe('processing');
		sandbox().configure({ jobSeconds: 0 });
		expect((await lookOf({})).status).toBe('completed');
	});
});

describe('the group of a new avatar', () => {
	it('can be one of the account, made or not', async () => {
		const { groupId } = await create();
		expect((await create({ name: 'Eve', avatar_group_id: groupId })).groupId).toBe(groupId);
		expect(await read(groupId)).toMatchObject({ name: 'Ada', looks_count: 2 });
		await create({ avatar_group_id: OWN_GROUP });
		expect((await read(OWN_GROUP)).looks_count).toBe(5);
	});

	it.each([
		['group_nobody', [404, 'avatar_group_not_found', 'avatar_group_id']],
		[PUBLIC_GROUP, [403, 'resource_access_denied', 'avatar_group_id']],
	])('cannot be %s', async (group, problem) => {
		expect(problemOf(await post({ avatar_group_id: group }))).toEqual(problem);
		expect(sandbox().stats().jobsCreated.avatar).toBe(0);
	});

	it.each([
		[{ avatar_id: 'look_nobody' }, [404, 'avatar_not_found', 'avatar_id']],
		[{ avatar_id: OWN_LOOK, avatar_group_id: OTHER_OWN_GROUP }, [400, 'invalid_parameter', 'avatar_group_id']],
	])('has to be that of the look which serves as a model: %j', async (fields, problem) => {
		expect(problemOf(await post({ ...prompted, ...fields }))).toEqual(problem);
	});

	it.each([
		{ avatar_id: OWN_LOOK, avatar_group_id: OWN_GROUP },
		{ avatar_id: PUBLIC_LOOK, avatar_group_id: null },
		{ avatar_id: null },
	])('fits the model in %j', async (fields) => {
		expect((await post({ ...prompted, ...fields })).status).toBe(200);
	});

	it('is not asked for an unknown model when ids are not checked', async () => {
		sandbox().configure({ validateIds: false });
		expect((await post({ ...prompted, avatar_id: 'look_nobody' })).status).toBe(200);
	});
});

describe('a request for an avatar', () => {
	it.each([
		[{ ...prompted, reference_images: [link, link, link, link] }, 'reference_images'],
		[{ file: undefined }, 'file'],
		[{ ...prompted, prompt: undefined }, 'prompt'],
		[{ name: undefined }, 'name'],
		[{ type: 'statue' }, 'type'],
	])('is refused that breaks the contract: %j', async (fields, param) => {
		expect(problemOf(await post(fields))).toEqual([400, 'invalid_parameter', param]);
	});

	it('has to name files that are there and fit', async () => {
		sandbox().configure({ validateAssets: true });
		const [png, mp4] = [await uploaded('image/png'), await uploaded('video/mp4')];
		const lost = { type: 'asset_id', asset_id: 'lost' };
		expect(problemOf(await post({ file: lost }))).toEqual([404, 'asset_not_found', 'file.asset_id']);
		expect(problemOf(await post({ file: mp4 }))).toEqual([400, 'invalid_parameter', 'file.asset_id']);
		expect(problemOf(await post({ ...twin, file: png }))).toEqual([400, 'invalid_parameter', 'file.asset_id']);
		const references = { ...prompted, reference_images: [png, mp4] };
		expect(problemOf(await post(references))).toEqual([400, 'invalid_parameter', 'reference_images[1].asset_id']);
		expect((await post({ file: png })).status).toBe(200);
		expect((await post({ ...twin, file: mp4 })).status).toBe(200);
	});

	it('needs credit, and makes no group without', async () => {
		expect(problemOf(await post({}, { key: NO_CREDIT }))).toEqual([402, 'insufficient_credit', undefined]);
		expect((await client().get(`${PATH}?limit=1`)).body.data[0].id).toBe(PUBLIC_GROUP);
	});

	it('is answered with the first answer when it comes again', async () => {
		const [first, second] = [await post({}, { idempotencyKey: 'a' }), await post({ name: 'B' }, { idempotencyKey: 'a' })];
		expect(second.body).toEqual(first.body);
		const { jobsCreated, jobsByReplay } = sandbox().stats();
		expect([jobsCreated.avatar, jobsByReplay.avatar]).toEqual([1, 1]);
	});

	it('has a limit of its own', async () => {
		sandbox().configure({ concurrentJobs: 1, jobSeconds: 1_000 });
		await client().createVideo();
		await create();
		expect((await post({})).status).toBe(429);
	});
});

describe('lists of avatars', () => {
	const idsAt = async (path: string): Promise<string[]> =>
		((await client().get(`${PATH}${path}`)).body.data as Array<{ id: string }>).map(({ id }) => id);

	it('begin with the newest of the account', async () => {
		const [first, second] = [await create(), await create(twin)];
		expect(await idsAt('?limit=3')).toEqual([second.groupId, first.groupId, PUBLIC_GROUP]);
		expect(await idsAt('/looks?limit=3')).toEqual([second.lookId, first.lookId, PUBLIC_LOOK]);
		expect(await idsAt('?ownership=private&limit=3')).toEqual([second.groupId, first.groupId, OWN_GROUP]);
		expect(await idsAt('?ownership=public&limit=1')).toEqual([PUBLIC_GROUP]);
		expect((await idsAt('/looks?avatar_type=digital_twin&ownership=private'))[0]).toBe(second.lookId);
		expect(await idsAt(`/looks?group_id=${first.groupId}`)).toEqual([first.lookId]);
	});

	it('keep what was made through a change of settings, and forget it with a reset', async () => {
		const { lookId, groupId } = await create();
		sandbox().configure({ groups: 20 });
		expect(await read(groupId)).toMatchObject({ looks_count: 1 });
		sandbox().reset();
		expect(problemOf(await client().get(`${PATH}/${groupId}`))).toEqual([404, 'avatar_group_not_found', undefined]);
		expect(problemOf(await client().get(`${PATH}/looks/${lookId}`))).toEqual([404, 'avatar_not_found', undefined]);
	});
});

describe('a video or a session of the agent', () => {
	const video = (fields: Fields): Promise<Answer> => client().post('/v3/videos', avatarVideo(fields));
	const codeFor = async (avatar: Fields): Promise<unknown[]> => {
		const { lookId } = await create(avatar);
		const { body } = await client().post('/v3/video-agents', { prompt: 'A film on tea', avatar_id: lookId });
		return [...problemOf(await video({ avatar_id: lookId })), body.error.code];
	};

	it('cannot have a look that was deleted', async () => {
		const { lookId } = await create();
		await client().call('DELETE', `${PATH}/looks/${lookId}`);
		expect(problemOf(await video({ avatar_id: lookId }))).toEqual([404, 'avatar_not_found', 'avatar_id']);
		await client().call('DELETE', `${PATH}/looks/${OWN_LOOK}`);
		expect(problemOf(await video({ avatar_id: OWN_LOOK }))).toEqual([404, 'avatar_not_found', 'avatar_id']);
	});

	it('cannot have a look without consent', async () => {
		expect(await codeFor(twin)).toEqual([400, 'avatar_consent_required', 'avatar_id', 'avatar_consent_required']);
	});

	it('cannot have a look that failed', async () => {
		expect(await codeFor({ name: '[fail]' })).toEqual([400, 'avatar_not_usable', 'avatar_id', 'avatar_not_usable']);
	});

	it('cannot have a look in training', async () => {
		trainLong();
		expect(await codeFor({})).toEqual([404, 'avatar_not_found', 'avatar_id', 'avatar_not_found']);
	});

	it('needs a voice for a photo, and an engine that the look runs on', async () => {
		const { lookId } = await create();
		expect(problemOf(await video({ avatar_id: lookId }))).toEqual([400, 'invalid_parameter', 'voice_id']);
		const fields = { avatar_id: lookId, voice_id: VOICE, engine: { type: 'avatar_v' } };
		expect(problemOf(await video(fields))).toEqual([400, 'invalid_parameter', 'engine.type']);
	});
});
