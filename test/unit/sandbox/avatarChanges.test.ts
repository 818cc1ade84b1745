import { uploadSamples } from '../../sandbox/assets/upload-client';
import type { Answer } from '../../sandbox/client';
import { useOwnSandbox } from '../support/ownSandbox';

/** Names, deletion and consent of avatars. */

const { sandbox, client } = useOwnSandbox();

const PATH = '/v3/avatars';
/** Groups of the catalogue: a public one, one of the account, and one of the account without consent. */
const PUBLIC_GROUP = 'group_ann';
const OWN_GROUP = 'group_edda';
const UNCONSENTED_GROUP = 'group_dmitri';
const PUBLIC_LOOK = 'look_ann_office_01';
const STUDIO_LOOK = 'look_chiara_office_01';
const OWN_LOOK = 'look_edda_office_01';

const twin = { type: 'digital_twin', file: { type: 'url', url: 'https://example.com/ada.mp4' } };
const recording = { type: 'url', url: 'https://example.com/consent.mp4' };

const problemOf = ({ status, body }: Answer): unknown[] => [status, body.error?.code, body.error?.param];
const patch = (path: string, body: object): Promise<Answer> => client().call('PATCH', `${PATH}/${path}`, { body });
const remove = (path: string): Promise<Answer> => client().call('DELETE', `${PATH}/${path}`);
const read = async (path: string): Promise<Answer['body']> => (await client().get(`${PATH}/${path}`)).body.data;
const ask = (groupId: string, body: object = {}, options = {}): Promise<Answer> =>
	client().post(`${PATH}/${groupId}/consent`, body, options);

/** Creates an avatar. @returns the ids of the look and of its group. */
async function create(fields: Record<string, unknown> = {}): Promise<{ lookId: string; groupId: string }> {
	const { avatar_item: look, avatar_group: group } = await client().createAvatar(fields);
	return { lookId: look.id, groupId: group.id };
}

describe('the name of an avatar', () => {
	it('can be changed, and that of its group', async () => {
		const { lookId, groupId } = await create();
		for (const [look, group] of [
			[lookId, groupId],
			[OWN_LOOK, OWN_GROUP],
		] as const) {
			expect((await patch(`looks/${look}`, { name: 'Eve' })).body.data).toMatchObject({ id: look, name: 'Eve' });
			expect((await patch(group, { name: 'Family' })).body.data).toMatchObject({ id: group, name: 'Family' });
			// A change of settings makes the catalogue anew.
			sandbox().configure({ voices: 5 });
			expect([(await read(`looks/${look}`)).name, (await read(group)).name]).toEqual(['Eve', 'Family']);
		}
		expect((await client().get(`${PATH}/looks?limit=1`)).body.data[0].name).toBe('Eve');
		expect((await client().get(`${PATH}?limit=1`)).body.data[0].name).toBe('Family');
	});

	it.each([
		['clears', ['', '']],
		['keeps', ['Ada', 'Ada']],
	] as const)('is what a HeyGen makes of null that %s', async (nullName, names) => {
		sandbox().configure({ nullName });
		const { lookId, groupId } = await create();
		await patch(`looks/${lookId}`, { name: null });
		await patch(groupId, { name: null });
		expect([(await read(`looks/${lookId}`)).name, (await read(groupId)).name]).toEqual(names);
	});

	it.each([
		[`looks/${PUBLIC_LOOK}`, { name: 'Eve' }, [403, 'resource_access_denied', undefined]],
		[PUBLIC_GROUP, { name: 'Eve' }, [403, 'resource_access_denied', undefined]],
		[`looks/${STUDIO_LOOK}`, { name: 'Eve' }, [400, 'invalid_parameter', undefined]],
		['looks/look_nobody', { name: 'Eve' }, [404, 'avatar_not_found', undefined]],
		['group_nobody', { name: 'Eve' }, [404, 'avatar_group_not_found', undefined]],
		[`looks/${OWN_LOOK}`, {}, [400, 'invalid_parameter', 'name']],
		[OWN_GROUP, {}, [400, 'invalid_parameter', 'name']],
		[OWN_GROUP, { name: 7 }, [400, 'invalid_parameter', 'name']],
		[OWN_GROUP, { title: 'Eve' }, [400, 'invalid_parameter', 'title']],
	])('of %s does not become %j', async (path, body, problem) => {
		expect(problemOf(await patch(path, body))).toEqual(problem);
	});
});

describe('deletion', () => {
	it('takes looks, and with the last of them their group', async () => {
		const { lookId, groupId } = await create();
		const { lookId: second } = await create({ avatar_group_id: groupId });
		expect((await remove(`looks/${lookId}`)).body).toEqual({ data: { id: lookId } });
		expect((await read(groupId)).looks_count).toBe(1);
		expect(problemOf(await remove(`looks/${lookId}`))).toEqual([404, 'avatar_not_found', undefined]);
		await remove(`looks/${second}`);
		expect(problemOf(await client().get(`${PATH}/${groupId}`))).toEqual([404, 'avatar_group_not_found', undefined]);
		expect((await client().get(`${PATH}?limit=1`)).body.data[0].id).toBe(PUBLIC_GROUP);
	});

	it('takes what is in the catalogue, for good', async () => {
		const { body } = await client().get(`${PATH}/looks?group_id=${OWN_GROUP}`);
		const [last, ...ids] = (body.data as Array<{ id: string }>).map(({ id }) => id);
		for (const id of ids) expect((await remove(`looks/${id}`)).status).toBe(200);
		sandbox().configure({ voices: 5 });
		expect((await read(OWN_GROUP)).looks_count).toBe(1);
		await remove(`looks/${last}`);
		expect((await client().get(`${PATH}/${OWN_GROUP}`)).status).toBe(404);
		expect((await client().get(`${PATH}/looks?group_id=${OWN_GROUP}`)).body.data).toEqual([]);
	});

	it('takes a group with all its looks', async () => {
		const { lookId, groupId } = await create();
		for (const [look, group] of [
			[lookId, groupId],
			[OWN_LOOK, OWN_GROUP],
		] as const) {
			expect((await remove(group)).body).toEqual({ data: { id: group } });
			expect(problemOf(await remove(group))).toEqual([404, 'avatar_group_not_found', undefined]);
			expect(problemOf(await client().get(`${PATH}/looks/${look}`))).toEqual([404, 'avatar_not_found', undefined]);
			expect(problemOf(await client().post(PATH, { ...twin, name: 'A', avatar_group_id: group }))[1]).toBe('avatar_group_not_found');
		}
	});

	it.each([`looks/${PUBLIC_LOOK}`, `looks/${STUDIO_LOOK}`, PUBLIC_GROUP])('spares %s', async (path) => {
		expect(problemOf(await remove(path))).toEqual([403, 'resource_access_denied', undefined]);
		expect(await read(path)).toBeTruthy();
	});

	it('frees the place of a training', async () => {
		sandbox().configure({ concurrentJobs: 1, jobSeconds: 1_000 });
		await remove(`looks/${(await create()).lookId}`);
		expect((await create()).lookId).toBeTruthy();
	});
});

describe('consent', () => {
	const statesOf = async (lookId: string, groupId: string): Promise<unknown[]> => {
		const group = await read(groupId);
		return [(await read(`looks/${lookId}`)).status, group.status, group.consent_status];
	};
	const waiting = ['pending_consent', 'pending_consent', 'pending'];
	const given = ['completed', 'completed', 'completed'];

	it('is given on the page that a request names', async () => {
		const { lookId, groupId } = await create(twin);
		expect(await statesOf(lookId, groupId)).toEqual(waiting);
		expect((await read(`looks/${lookId}`)).supported_api_engines).toEqual([]);
		const { body } = await ask(groupId, { reroute_url: 'https://example.com/back', consent_text: 'I agree' });
		expect(body.data).toEqual({
			avatar_group: expect.objectContaining({ id: groupId, status: 'pending_consent' }),
			url: expect.stringMatching(/^https:\/\/app\.heygen\.example\/consent\/[\w-]+$/),
		});
		expect(await statesOf(lookId, groupId)).toEqual(waiting);
		sandbox().giveConsent(groupId);
		expect(await statesOf(lookId, groupId)).toEqual(given);
		expect(await client().createVideo({ avatar_id: lookId })).toBeTruthy();
	});

	it('is given by a recording', async () => {
		const { lookId, groupId } = await create(twin);
		const { body } = await ask(groupId, { consent_video: recording });
		expect(body.data).toMatchObject({ avatar_group: { status: 'completed' }, url: null });
		expect(await statesOf(lookId, groupId)).toEqual(given);
	});

	it('can be given while the twin is trained', async () => {
		sandbox().configure({ jobSeconds: 1_000 });
		const { lookId, groupId } = await create(twin);
		expect(await statesOf(lookId, groupId)).toEqual(['processing', 'processing', 'pending']);
		await client().giveConsent(groupId);
		expect(await statesOf(lookId, groupId)).toEqual(['processing', 'processing', 'completed']);
	});

	it('holds for all twins of a group, and frees those of the catalogue', async () => {
		await client().giveConsent(UNCONSENTED_GROUP);
		const { body } = await client().get(`${PATH}/looks?group_id=${UNCONSENTED_GROUP}`);
		const looks = body.data as Array<{ status: string }>;
		expect(looks.map(({ status }) => status)).toEqual(looks.map(() => 'completed'));
		const { lookId } = await create({ ...twin, avatar_group_id: UNCONSENTED_GROUP });
		expect(await statesOf(lookId, UNCONSENTED_GROUP)).toEqual(given);
		const { lookId: ready } = await create({ ...twin, avatar_group_id: OWN_GROUP });
		expect(await statesOf(ready, OWN_GROUP)).toEqual(['completed', 'completed', null]);
	});

	it('is not needed for a photo', async () => {
		const { lookId, groupId } = await create();
		expect(await statesOf(lookId, groupId)).toEqual(['completed', 'completed', null]);
	});

	it.each([
		['group_nobody', {}, [404, 'avatar_group_not_found', undefined]],
		[PUBLIC_GROUP, {}, [403, 'resource_access_denied', undefined]],
		[UNCONSENTED_GROUP, { consent_text: 'I <b>agree</b>' }, [400, 'invalid_parameter', 'consent_text']],
		[UNCONSENTED_GROUP, { consent_video: recording, consent_text: 'I agree' }, [400, 'invalid_parameter', 'consent_video']],
		[UNCONSENTED_GROUP, { consent_video: recording, reroute_url: 'u' }, [400, 'invalid_parameter', 'consent_video']],
	])('of %s is not asked for by %j', async (group, body, problem) => {
		expect(problemOf(await ask(group, body))).toEqual(problem);
	});

	it('takes a recording that is a film', async () => {
		sandbox().configure({ validateAssets: true });
		const uploaded = async (type: string): Promise<object> => {
			const { body } = await client().upload('file', uploadSamples[type] as Buffer);
			return { consent_video: { type: 'asset_id', asset_id: body.data.asset_id } };
		};
		const picture = await ask(UNCONSENTED_GROUP, await uploaded('image/png'));
		expect(problemOf(picture)).toEqual([400, 'invalid_parameter', 'consent_video.asset_id']);
		expect((await ask(UNCONSENTED_GROUP, await uploaded('video/mp4'))).status).toBe(200);
	});

	it('is asked for once or again, as configured', async () => {
		await client().giveConsent(UNCONSENTED_GROUP);
		expect((await ask(UNCONSENTED_GROUP)).status).toBe(200);
		sandbox().configure({ consentOnce: true });
		expect(problemOf(await ask(UNCONSENTED_GROUP))).toEqual([409, 'conflict', undefined]);
		const { groupId } = await create(twin);
		expect([(await ask(groupId)).status, (await ask(groupId)).status]).toEqual([200, 200]);
	});

	it('is asked for once under one idempotency key', async () => {
		const { groupId } = await create(twin);
		const options = { idempotencyKey: 'a' };
		const [first, second] = [await ask(groupId, {}, options), await ask(groupId, {}, options)];
		expect(second.body).toEqual(first.body);
		expect((await ask(groupId)).body.data.url).not.toBe(first.body.data.url);
	});

	it.each([PUBLIC_GROUP, 'group_nobody'])('cannot be given to %s', async (group) => {
		expect(() => sandbox().giveConsent(group)).toThrow('there is no private avatar group');
		expect((await client().post('/_sandbox/consent', { group_id: group })).status).toBe(400);
		expect((await client().call('POST', '/_sandbox/consent')).status).toBe(400);
	});
});

it.each([
	['twinNeedsConsent', 1],
	['consentOnce', 'yes'],
	['avatarAnswer', 'all'],
	['trainingLookHidden', null],
	['nullName', 'drops'],
])('has no setting %s: %j', (name, value) => {
	expect(() => sandbox().configure({ [name]: value })).toThrow(`setting "${name}" cannot be`);
});
