/** Answers about looks that HeyGen may give and does not promise: parts that are null, looks that hide, states of other words. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../support/harness';
import { countOf, errorOf, expression, FAST_JOBS, jsonOf, locator, requestsTo, until, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { avatarIn, CONSENT, CREATE_AVATAR, CREATES, detailsOf, GET_LOOK, GROUP, LIST_LOOKS, LOOK, LOOKS_OF, madeIn, onlyOf, OWN_GROUP, photo, recordIn, runAvatar, startAvatar, twin } from './avatarSupport';

useTiming({ catchUpTime: 600 });
const sandbox = useSandbox(FAST_JOBS);

const run = async (operation: string, parameters: INodeParameters, options: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), operation, parameters, options);

const intoOwn = (more: INodeParameters = {}, options: INodeParameters = {}): INodeParameters => photo({ options: { avatarGroupId: locator(OWN_GROUP), ...options }, ...more });

/** A look as HeyGen sends it. */
const lookAnswer = (more: IDataObject = {}): IDataObject => ({
	id: 'look_x',
	name: 'Ada',
	group_id: 'group_x',
	avatar_type: 'photo_avatar',
	supported_api_engines: [],
	preview_image_url: null,
	tags: [],
	...more,
});

describe.each(['item', 'group'] as const)('a create whose answer has the %s alone', (avatarAnswer) => {
	// What is listed by the group's ID must still be in training then.
	beforeEach(() => sandbox().configure({ avatarAnswer, jobSeconds: 2 }));

	it('makes a look that is waited for', async () => {
		const made = onlyOf(await run('createPhoto', photo()));
		expect(made).toMatchObject({ look_id: expect.stringMatching(/^\w+$/), group_id: expect.stringMatching(/^group_/), status: 'completed' });
		expect(await recordIn(sandbox(), `looks/${String(made.look_id)}`)).toMatchObject({ name: 'Ada' });
		expect(countOf(sandbox(), CREATE_AVATAR)).toBe(1);
	});

	it('makes a look whose ID goes on at once', async () => {
		const made = onlyOf(await run('createPhoto', photo({ waitForCompletion: false })));
		expect(made).toMatchObject({ look_id: expect.stringMatching(/^\w+$/), group_id: expect.stringMatching(/^group_/), status: 'processing', name: 'Ada' });
		expect((await recordIn(sandbox(), `looks/${String(made.look_id)}`)).group_id).toBe(made.group_id);
	});

	it('makes a look in a group with others', async () => {
		const made = onlyOf(await run('createPhoto', intoOwn({ name: '  Edda on the phone ' })));
		expect(made).toMatchObject({ name: 'Edda on the phone', group_id: OWN_GROUP, status: 'completed' });
		expect(madeIn(sandbox())).toBe(1);
	});

	it('makes a twin whose person has to consent', async () => {
		const made = onlyOf(await run('createDigitalTwin', twin()));
		expect(made).toMatchObject({ status: 'pending_consent', consent_url: expect.stringMatching(/^http/) });
	});

	it('makes looks for several items, each of its own', async () => {
		const items = ['Ada', 'Bea', 'Cleo'].map((name) => ({ json: { name } }));
		const result = await run('createPhoto', intoOwn({ name: '={{ $json.name }}' }), { items });
		expect(jsonOf(result).map(({ name }) => name)).toEqual(['Ada', 'Bea', 'Cleo']);
		expect(new Set(jsonOf(result).map(({ look_id: id }) => id)).size).toBe(3);
		expect(madeIn(sandbox())).toBe(3);
	});
});

describe('a create whose answer has the group alone', () => {
	beforeEach(() => sandbox().configure({ avatarAnswer: 'group', jobSeconds: 2 }));

	it('is not taken for the look that the group had before', async () => {
		const { lookId: old, groupId } = await avatarIn(sandbox(), { name: 'Bea' });
		// For a moment the list does not have what is in training.
		sandbox().addFault({ match: LOOKS_OF, kind: 'answer', body: { data: [lookAnswer({ id: old, group_id: groupId, status: 'completed' })], has_more: false, next_token: null } });
		const made = onlyOf(await run('createPhoto', photo({ options: { avatarGroupId: locator(groupId) } })));
		expect(made.look_id).not.toBe(old);
		expect(made).toMatchObject({ group_id: groupId, status: 'completed' });
		expect(madeIn(sandbox())).toBe(2);
	});

	it('finds the look among many, on all pages', async () => {
		sandbox().configure({ looksPerGroup: 70 });
		expect(onlyOf(await run('createPhoto', intoOwn())).group_id).toBe(OWN_GROUP);
		const limits = requestsTo(sandbox(), LIST_LOOKS).map(({ query }) => Number(query.limit));
		expect(Math.max(...limits)).toBe(50);
		expect(madeIn(sandbox())).toBe(1);
	});

	it('is told with the group when nobody can say which look it is', async () => {
		const looks = [1, 2].map((number) => lookAnswer({ id: `look_${number}`, group_id: OWN_GROUP, status: 'processing' }));
		sandbox().addFault({ match: LOOKS_OF, kind: 'answer', body: { data: looks, has_more: false, next_token: null }, times: -1 });
		const error = errorOf(await run('createPhoto', intoOwn()));
		expect(error.message).toContain("Could not create the avatar: HeyGen's answer names no look ID");
		expect(JSON.stringify(detailsOf(error))).toContain(OWN_GROUP);
		expect(detailsOf(error).mayExist).toBe(true);
		expect(madeIn(sandbox())).toBe(1);
	});

	it('is told with the group when the list cannot be read', async () => {
		sandbox().addFault({ match: LOOKS_OF, kind: 'status', status: 403, code: 'forbidden', times: -1 });
		const error = errorOf(await run('createPhoto', photo()));
		expect(detailsOf(error).mayExist).toBe(true);
		expect(JSON.stringify(detailsOf(error))).toContain('group_');
		expect(madeIn(sandbox())).toBe(1);
	});

	it('gets over a list that cannot be read for a moment', async () => {
		sandbox().addFault({ match: LOOKS_OF, kind: 'status', status: 500, times: 6 });
		expect(onlyOf(await run('createPhoto', photo())).status).toBe('completed');
		expect(madeIn(sandbox())).toBe(1);
	});
});

describe('a look that the answer does not name, and an earlier try has found', () => {
	beforeEach(() => sandbox().configure({ avatarAnswer: 'group' }));

	it.each([
		['a group of its own', photo({ options: { timeoutMinutes: 0.02 } })],
		['another group', intoOwn({ name: 'Ada [stuck]' }, { timeoutMinutes: 0.02, onTimeout: 'error' })],
	])('is attached to by Retry On Fail, in %s', async (_what, parameters) => {
		sandbox().addFault({ match: LOOK, kind: 'status', status: 500, times: -1 });
		const seen: number[] = [];
		const onTry = () => {
			seen.push(countOf(sandbox(), CREATE_AVATAR));
		};
		const error = errorOf(await run('createPhoto', parameters, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, onTry }));
		expect(detailsOf(error).look_id).toEqual(expect.any(String));
		expect(madeIn(sandbox())).toBe(1);
		// The second try asks once, and knows the look.
		expect(countOf(sandbox(), CREATE_AVATAR) - (seen[1] as number)).toBe(1);
	});
});

describe('a create whose answer has neither', () => {
	beforeEach(() => sandbox().configure({ avatarAnswer: 'none', jobSeconds: 2 }));

	it('is found in the group that it was made for', async () => {
		const made = onlyOf(await run('createPhoto', intoOwn()));
		expect(made).toMatchObject({ name: 'Ada', group_id: OWN_GROUP, status: 'completed' });
		expect(madeIn(sandbox())).toBe(1);
	});

	it('is an error that says what may exist, and is made once', async () => {
		const error = errorOf(await run('createPhoto', photo(), { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }));
		expect(error.message).toContain("HeyGen's answer names no look ID");
		expect(error.description).toContain('HeyGen may have taken the request all the same');
		expect(detailsOf(error).mayExist).toBe(true);
		expect(madeIn(sandbox())).toBe(1);
		expect(new Set(requestsTo(sandbox(), CREATE_AVATAR).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
	});
});

describe('a look that HeyGen does not show while it is in training', () => {
	beforeEach(() => sandbox().configure({ trainingLookHidden: true, jobSeconds: 1 }));

	it.each<[string, INodeParameters]>([
		['a group of its own', photo()],
		['another group', intoOwn()],
	])('is waited for by %s', async (_what, parameters) => {
		const made = onlyOf(await run('createPhoto', parameters));
		expect(made).toMatchObject({ look_id: expect.any(String), status: 'completed', avatar_type: 'photo_avatar' });
		expect(requestsTo(sandbox(), GET_LOOK).some(({ status }) => status === 404)).toBe(true);
		expect(madeIn(sandbox())).toBe(1);
	});

	it('is waited for by its group alone where the answer has no more', async () => {
		sandbox().configure({ avatarAnswer: 'group' });
		expect(onlyOf(await run('createPhoto', photo())).status).toBe('completed');
	});

	it('is a failure in the end', async () => {
		const error = errorOf(await run('createPhoto', photo({ name: 'Ada [fail:face_not_found]' })));
		expect(error.message).toContain('Training ended with face_not_found');
		expect(detailsOf(error)).toMatchObject({ look_id: expect.any(String), code: 'face_not_found' });
	});

	it('waits for consent in the end', async () => {
		expect(onlyOf(await run('createDigitalTwin', twin()))).toMatchObject({ status: 'pending_consent', consent_url: expect.any(String) });
	});

	it('goes on with its ID and its group when the time is up', async () => {
		const made = onlyOf(await run('createPhoto', photo({ name: '[stuck]', options: { timeoutMinutes: 0.02, onTimeout: 'continue' } })));
		expect(made).toMatchObject({ look_id: expect.any(String), group_id: expect.stringMatching(/^group_/), status: 'processing' });
		expect(made.look_id).not.toBe(made.group_id);
	});
});

describe('what the group says of a look that is not shown', () => {
	const hidden = { match: LOOK, kind: 'status', status: 404, code: 'avatar_not_found', times: -1 } as const;
	const group = (more: IDataObject): IDataObject => ({ id: 'group_x', name: 'Ada', created_at: 1, looks_count: 1, ...more });
	const failed = group({ status: 'failed', error: { code: 'face_not_found', message: 'No face' } });

	it('is why it could not be made', async () => {
		sandbox().addFault(hidden);
		sandbox().addFault({ match: GROUP, kind: 'answer', body: { data: failed }, times: -1 });
		const error = errorOf(await run('createPhoto', photo()));
		expect(error.message).toMatch(/^HeyGen could not finish the look \w+: No face/);
		expect(detailsOf(error)).toMatchObject({ code: 'face_not_found', look_id: expect.any(String) });
	});

	it('is not about a look that was added to it: an earlier one may have failed', async () => {
		sandbox().addFault({ ...hidden, times: 4 });
		sandbox().addFault({ match: GROUP, kind: 'answer', body: { data: group({ id: OWN_GROUP, looks_count: 5, status: 'failed', error: failed.error }) }, times: -1 });
		const made = onlyOf(await run('createPhoto', intoOwn(), { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }));
		expect(made.status).toBe('completed');
		expect(madeIn(sandbox())).toBe(1);
	});

	it('is that the person has to consent', async () => {
		sandbox().addFault(hidden);
		const made = onlyOf(await run('createDigitalTwin', twin()));
		expect(made).toMatchObject({ look_id: expect.any(String), status: 'pending_consent', consent_url: expect.any(String) });
		expect(made.look_id).not.toBe(made.group_id);
	});
});

describe('a look that vanishes', () => {
	beforeEach(() => sandbox().configure({ jobSeconds: 1_000 }));

	it('with its group ends the wait with its ID', async () => {
		const running = startAvatar(sandbox(), 'createPhoto', photo());
		await until(() => countOf(sandbox(), GET_LOOK) > 0);
		const lookId = String(requestsTo(sandbox(), GET_LOOK)[0]?.path.split('/').at(-1));
		await deleteIn(`/v3/avatars/looks/${lookId}`);
		const error = errorOf(await running.promise);
		expect(error.message).toContain(lookId);
		expect(detailsOf(error)).toMatchObject({ look_id: lookId, httpCode: '404' });
		expect(madeIn(sandbox())).toBe(1);
	});

	it('from a group that stays ends the wait with its ID as well', async () => {
		const running = startAvatar(sandbox(), 'createPhoto', intoOwn({}, { timeoutMinutes: 0.05 }));
		await until(() => countOf(sandbox(), GET_LOOK) > 0);
		const lookId = String(requestsTo(sandbox(), GET_LOOK)[0]?.path.split('/').at(-1));
		await deleteIn(`/v3/avatars/looks/${lookId}`);
		const error = errorOf(await running.promise);
		expect(error.message).toContain(lookId);
		expect(detailsOf(error).look_id).toBe(lookId);
		expect(madeIn(sandbox())).toBe(1);
	});
});

describe('the state of a look', () => {
	const answered = (times: number, more: IDataObject) => sandbox().addFault({ match: LOOK, kind: 'answer', body: { data: lookAnswer(more) }, times });
	const wait = async (options: INodeParameters = {}, more: NodeRunOptions = {}) => await run('wait', { lookId: locator('look_x'), options }, more);

	it.each<[string, IDataObject]>([
		['that is null', { status: null }],
		['that is not there', {}],
		['that is empty', { status: '' }],
		['in another word', { status: 'reviewing' }],
		['in capitals', { status: 'PROCESSING' }],
		['that is a number', { status: 3 }],
	])('%s means that it is not finished', async (_what, more) => {
		answered(3, more);
		answered(-1, { status: 'completed', supported_api_engines: ['avatar_iv'] });
		expect(onlyOf(await wait())).toMatchObject({ look_id: expect.any(String), status: 'completed' });
		expect(countOf(sandbox(), GET_LOOK)).toBe(4);
	});

	it.each(['Completed', 'success', ' completed '])('%p means that it is', async (status) => {
		answered(-1, { status });
		expect(onlyOf(await wait()).status).toBe(status);
	});

	it.each(['ready', 'trained', 'active'])('%p means that it is, once engines can move it for a while', async (status) => {
		answered(-1, { status, supported_api_engines: ['avatar_iv'], preview_image_url: 'https://example.com/a.png' });
		expect(onlyOf(await wait({ timeoutMinutes: 1 }))).toMatchObject({ status, supported_api_engines: ['avatar_iv'] });
	});

	it('"reviewing" with the picture that it is made of is no end', async () => {
		answered(-1, { status: 'reviewing', preview_image_url: 'https://example.com/a.png' });
		expect(errorOf(await wait({ timeoutMinutes: 0.03 })).message).toMatch(/^The look look_x was not finished/);
	});

	it.each(['failed', 'FAILED', 'error', 'cancelled', 'deleted'])('%p means that HeyGen could not make it', async (status) => {
		answered(-1, { status });
		expect(errorOf(await wait()).message).toMatch(new RegExp(`^HeyGen could not finish the look look_x: its status is '${status}'`));
	});

	it.each<[string, unknown, string, string | undefined]>([
		['a record', { code: 'face_not_found', message: 'No face in it' }, 'No face in it', 'face_not_found'],
		['text', 'No face in it', 'No face in it', undefined],
		['a message alone', { message: 'No face in it' }, 'No face in it', undefined],
		['a code alone', { code: 'face_not_found' }, 'face_not_found', 'face_not_found'],
		['a list', [{ message: 'No face' }, { message: 'too dark' }], 'No face; too dark', undefined],
		['nothing', null, "its status is 'failed'", undefined],
		['an empty record', {}, "its status is 'failed'", undefined],
		['a number', 42, '42', '42'],
	])('says why it failed as %s', async (_what, error, words, code) => {
		answered(-1, { status: 'failed', error: error as IDataObject });
		const thrown = errorOf(await wait());
		expect(thrown.message).toBe(`HeyGen could not finish the look look_x: ${words} (item 1)`);
		expect(detailsOf(thrown)).toMatchObject({ look_id: 'look_x', ...(code === undefined ? {} : { code }) });
	});

	it('of a failure is in an unknown word', async () => {
		answered(-1, { status: 'rejected', error: { code: 'face_not_found', message: 'No face' } });
		expect(errorOf(await wait({ timeoutMinutes: 1 })).message).toContain('could not finish the look look_x: No face');
	});

	it('is beside an error that is none of the item\'s', async () => {
		answered(-1, { status: 'completed', error: { code: 'minor', message: 'Low light' } });
		expect(onlyOf(await wait({}, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }))).toMatchObject({ status: 'completed', failure: { code: 'minor' } });
		expect(countOf(sandbox(), GET_LOOK)).toBe(1);
	});

	it.each(['PENDING_CONSENT', ' pending_consent '])('%p waits for consent', async (status) => {
		answered(-1, { status, group_id: OWN_GROUP });
		expect(onlyOf(await wait())).toMatchObject({ status, consent_url: expect.stringMatching(/^http/) });
	});

	it('waits for consent without naming its group, which the create has', async () => {
		const made = startAvatar(sandbox(), 'createDigitalTwin', twin());
		sandbox().addFault({ match: LOOK, kind: 'answer', body: { data: lookAnswer({ group_id: null, status: 'pending_consent' }) }, times: -1 });
		expect(onlyOf(await made.promise)).toMatchObject({ consent_url: expect.stringMatching(/^http/) });
	});

	it('waits for consent without naming its group, which the option has', async () => {
		answered(-1, { group_id: null, status: 'pending_consent' });
		expect(onlyOf(await wait({ groupId: OWN_GROUP }))).toMatchObject({ consent_url: expect.stringMatching(/^http/) });
	});

	it('waits for consent, and nobody says for whose', async () => {
		answered(-1, { group_id: null, status: 'pending_consent' });
		expect(onlyOf(await wait())).toMatchObject({ look_id: 'look_x', consent_url: null, note: expect.stringContaining("'Request Consent'") });
		expect(countOf(sandbox(), CONSENT)).toBe(0);
	});
});

describe('an answer to a create that is none', () => {
	it.each<[string, unknown]>([
		['data that is null', { data: null }],
		['data that is a list', { data: [] }],
		['a look without an ID', { data: { avatar_item: { name: 'Ada' }, avatar_group: null } }],
	])('%s: the create is asked for again', async (_what, body) => {
		sandbox().addFault({ match: CREATES, kind: 'answer', body, times: 1 });
		expect(onlyOf(await run('createPhoto', photo())).status).toBe('completed');
		expect(countOf(sandbox(), CREATE_AVATAR)).toBe(2);
		expect(madeIn(sandbox())).toBe(1);
	});

	it('the look itself is one all the same', async () => {
		const { lookId } = await avatarIn(sandbox());
		sandbox().addFault({ match: CREATES, kind: 'answer', body: { data: lookAnswer({ id: lookId, status: 'processing' }) } });
		expect(onlyOf(await run('createPhoto', photo({ name: expression('Ada') })))).toMatchObject({ look_id: lookId, status: 'completed' });
	});
});

async function deleteIn(path: string): Promise<void> {
	await fetch(`${sandbox().url}${path}`, { method: 'DELETE', headers: { 'x-api-key': sandbox().apiKey } });
}
