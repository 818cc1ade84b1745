/** How the wait for an avatar ends: it can be used, HeyGen could not make it, somebody has to consent, or the time is up. */
import type { INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../support/harness';
import { countOf, errorOf, FAST_JOBS, itemAt, jsonOf, linksOf, locator, requestsTo, until, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { avatarIn, CONSENT, CONSENTS, CREATE_AVATAR, detailsOf, madeIn, onlyOf, OWN_GROUP, photo, prompted, runAvatar, startAvatar, twin, twinFields } from './avatarSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const run = async (operation: string, parameters: INodeParameters, options: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), operation, parameters, options);

describe('a look that HeyGen could not make', () => {
	it.each<[string, string, INodeParameters]>([
		['photo', 'createPhoto', photo({ name: 'Ada [fail:face_not_found]' })],
		['footage', 'createDigitalTwin', twin({ name: 'Ada [fail:face_not_found]' })],
		['prompt', 'createFromPrompt', prompted({ prompt: 'Ada [fail:face_not_found]' })],
	])('of a %s is an error with HeyGen\'s code and words, and the look', async (_what, operation, parameters) => {
		const error = errorOf(await run(operation, parameters));
		expect(error.message).toMatch(/^HeyGen could not finish the look \w+: Training ended with face_not_found \(item 1\)$/);
		expect(error.description).toContain('HeyGen does not charge for a look that has failed');
		expect(detailsOf(error)).toMatchObject({
			look_id: expect.stringMatching(/^\w+$/),
			group_id: expect.stringMatching(/^group_/),
			status: 'failed',
			code: 'face_not_found',
			heyGenMessage: 'Training ended with face_not_found',
		});
		expect(error.message).toContain(String(detailsOf(error).look_id));
		expect(countOf(sandbox(), CONSENT)).toBe(0);
	});

	it('does not lose the others at an error output', async () => {
		const items = ['Ada', 'Bea [fail]', 'Cleo'].map((name) => ({ json: { name } }));
		const result = await run('createPhoto', photo({ name: '={{ $json.name }}' }), { items, onError: 'continueErrorOutput' });
		expect(jsonOf(result).map(({ name }) => name)).toEqual(['Ada', 'Cleo']);
		expect(linksOf(result)).toEqual([0, 2]);
		expect(linksOf(result, 1)).toEqual([1]);
		expect(itemAt(result, 0, 1).json).toMatchObject({ error: expect.stringContaining('training_failed'), details: { look_id: expect.any(String) } });
	});

	it('is made anew by Retry On Fail, and costs nothing itself', async () => {
		const error = errorOf(await run('createPhoto', photo({ name: 'Ada [fail]' }), { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }));
		expect(error.message).toContain('training_failed');
		expect(new Set(requestsTo(sandbox(), CREATE_AVATAR).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
	});
});

describe('a look whose person has to consent', () => {
	it('is an item with the page for the consent, and no error', async () => {
		const result = await run('createDigitalTwin', twin());
		const made = onlyOf(result);
		expect(made).toMatchObject({
			look_id: expect.stringMatching(/^\w+$/),
			group_id: expect.stringMatching(/^group_/),
			status: 'pending_consent',
			consent_url: expect.stringMatching(/^https?:\/\//),
			note: expect.stringContaining("Let that person open the page in consent_url; then 'Wait Until Finished' hands the look on"),
			estimate: { credits: 1 },
		});
		expect(made).not.toHaveProperty('cost');
		expect(made).not.toHaveProperty('error');
		expect(made).not.toHaveProperty('failure');
		const [request, ...others] = requestsTo(sandbox(), CONSENT);
		expect(others).toEqual([]);
		expect(request).toMatchObject({ path: `/v3/avatars/${String(made.group_id)}/consent`, body: {}, status: 200 });
		expect(request?.idempotencyKey).toMatch(/^n8n-/);
		expect(itemAt(result).pairedItem).toEqual({ item: 0 });
	});

	it('is told in the hint of the run', async () => {
		const result = await run('createDigitalTwin', twin());
		const [hint] = result.runData.at(-1)?.hints ?? [];
		expect(hint?.message).toContain('1 waiting for consent');
	});

	it('asks once for each look, and tells the page of each', async () => {
		const items = ['Ada', 'Bea', 'Cleo'].map((name) => ({ json: { name } }));
		const result = await run('createDigitalTwin', twin({ name: '={{ $json.name }}' }), { items });
		const groups = jsonOf(result).map(({ group_id: id }) => `/v3/avatars/${String(id)}/consent`);
		expect(requestsTo(sandbox(), CONSENT).map(({ path }) => path).sort()).toEqual([...groups].sort());
		expect(new Set(jsonOf(result).map(({ consent_url: url }) => url)).size).toBe(3);
		expect(linksOf(result)).toEqual([0, 1, 2]);
	});

	it('asks once where several items wait for one person', async () => {
		const { lookId, groupId } = await avatarIn(sandbox(), twinFields);
		const second = await avatarIn(sandbox(), { ...twinFields, avatar_group_id: groupId });
		const items = [lookId, lookId, second.lookId].map((id) => ({ json: { id } }));
		const result = await run('wait', { lookId: '={{ $json.id }}' }, { items });
		expect(jsonOf(result).map(({ status }) => status)).toEqual(Array(3).fill('pending_consent'));
		expect(new Set(jsonOf(result).map(({ consent_url: url }) => url)).size).toBe(1);
		expect(countOf(sandbox(), CONSENT)).toBe(1);
	});

	it.each<[string, number, string | undefined]>([
		['is refused', 403, 'forbidden'],
		['is refused, as the plan has none', 402, 'plan_upgrade_required'],
		['meets a failure that lasts', 500, undefined],
	])('is not lost when the request for the page %s', async (_what, status, code) => {
		sandbox().addFault({ match: CONSENTS, kind: 'status', status, times: -1, ...(code === undefined ? {} : { code }) });
		const made = onlyOf(await run('createDigitalTwin', twin()));
		expect(made).toMatchObject({ look_id: expect.any(String), group_id: expect.any(String), status: 'pending_consent', consent_url: null });
		expect(made.note).toContain('Could not request the consent');
		expect(made.note).toContain("'Request Consent'");
		expect(madeIn(sandbox())).toBe(1);
	});

	it.each<[string, unknown]>([
		['without an address', { data: { avatar_group: null, url: null } }],
		['with an empty address', { data: { url: '' } }],
		['with something else for data', { data: 'later' }],
		['with a list', { data: [] }],
	])('is not lost when the answer comes %s', async (_what, body) => {
		sandbox().addFault({ match: CONSENTS, kind: 'answer', body, times: -1 });
		const made = onlyOf(await run('createDigitalTwin', twin()));
		expect(made).toMatchObject({ look_id: expect.any(String), status: 'pending_consent', consent_url: null });
		expect(made.note).toBe("HeyGen needs the consent of the person it shows, and has not given the page for it. Ask for it with the operation 'Request Consent'.");
	});

	it('gets over a failure of a moment, with the same key', async () => {
		sandbox().addFault({ match: CONSENTS, kind: 'drop_after', times: 2 });
		expect(onlyOf(await run('createDigitalTwin', twin())).consent_url).toEqual(expect.stringMatching(/^http/));
		const keys = requestsTo(sandbox(), CONSENT).map(({ idempotencyKey }) => idempotencyKey);
		expect(keys).toHaveLength(3);
		expect(new Set(keys).size).toBe(1);
	});

	it('has been added to the group of a person who has consented', async () => {
		const made = onlyOf(await run('createDigitalTwin', twin({ options: { avatarGroupId: locator(OWN_GROUP) } })));
		expect(made).toMatchObject({ status: 'completed', group_id: OWN_GROUP });
		expect(countOf(sandbox(), CONSENT)).toBe(0);
	});

	it('goes on to Wait Until Finished when the consent is given', async () => {
		const made = onlyOf(await run('createDigitalTwin', twin()));
		sandbox().giveConsent(String(made.group_id));
		const finished = onlyOf(await run('wait', { lookId: locator(String(made.look_id)) }));
		expect(finished).toMatchObject({ look_id: made.look_id, status: 'completed' });
		expect(finished).not.toHaveProperty('consent_url');
	});
});

describe('waiting for the consent', () => {
	const patient = (more: INodeParameters = {}): INodeParameters => twin({ options: { waitForConsent: true, ...more } });

	it('goes on until it is given', async () => {
		const running = startAvatar(sandbox(), 'createDigitalTwin', patient());
		await until(() => sandbox().requests().some(({ template }) => template === '/v3/avatars/looks/{look_id}'));
		const { groupId } = await lastAvatar();
		sandbox().giveConsent(groupId);
		const made = onlyOf(await running.promise);
		expect(made).toMatchObject({ status: 'completed', group_id: groupId, cost: { credits: 1 } });
		expect(made).not.toHaveProperty('consent_url');
	});

	it('ends with the page when the time is up, if the item is to go on', async () => {
		const made = onlyOf(await run('createDigitalTwin', patient({ timeoutMinutes: 0.02, onTimeout: 'continue' })));
		expect(made).toMatchObject({ look_id: expect.any(String), status: 'pending_consent', consent_url: expect.stringMatching(/^http/) });
		expect(made.note).toContain('consent_url');
		expect(countOf(sandbox(), CONSENT)).toBe(1);
	});

	it('ends in an error that says who is waited for, if it is to stop', async () => {
		const error = errorOf(await run('createDigitalTwin', patient({ timeoutMinutes: 0.02 })));
		expect(error.message).toMatch(/^The look \w+ was not finished within 0\.02 minutes \(item 1\)$/);
		expect(error.description).toContain("Its status is 'pending_consent'");
		expect(error.description).toContain("with 'On Wait Timeout' set to 'Return Current State' the item says what");
		expect(detailsOf(error)).toMatchObject({ look_id: expect.any(String), status: 'pending_consent' });
		expect(madeIn(sandbox())).toBe(1);
	});

	it('is no concern of a look that needs none', async () => {
		expect(onlyOf(await run('createPhoto', photo({ options: { waitForConsent: true } }))).status).toBe('completed');
	});

	it('may be what one item does and another one not', async () => {
		const { lookId } = await avatarIn(sandbox(), twinFields);
		const items = [true, false].map((patience) => ({ json: { patience } }));
		const parameters = { lookId: locator(lookId), options: { waitForConsent: '={{ $json.patience }}', timeoutMinutes: 0.02 } };
		const result = await run('wait', parameters, { items, onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ look_id: lookId, status: 'pending_consent', consent_url: expect.any(String) })]);
		expect(linksOf(result)).toEqual([1]);
		expect(linksOf(result, 1)).toEqual([0]);
	});
});

describe('the time', () => {
	const stuck = (options: INodeParameters = {}): INodeParameters => photo({ name: 'Ada [stuck]', options: { timeoutMinutes: 0.02, ...options } });

	it('is up: the item goes on with the state it has', async () => {
		const made = onlyOf(await run('createPhoto', stuck({ onTimeout: 'continue' })));
		expect(made).toMatchObject({ look_id: expect.any(String), group_id: expect.any(String), status: 'processing' });
		expect(made).not.toHaveProperty('consent_url');
	});

	it('is up: the error names the look', async () => {
		const error = errorOf(await run('createPhoto', stuck()));
		expect(error.message).toMatch(/^The look \w+ was not finished within 0\.02 minutes/);
		expect(error.description).toContain("Attach to it with the operation 'Wait Until Finished' and this ID");
		expect(detailsOf(error)).toMatchObject({ look_id: expect.any(String), group_id: expect.stringMatching(/^group_/), status: 'processing' });
	});

	it('is up again with Retry On Fail, for the same look', async () => {
		const error = errorOf(await run('createPhoto', stuck(), { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }));
		expect(detailsOf(error).look_id).toEqual(expect.any(String));
		expect(madeIn(sandbox())).toBe(1);
	});
});

/** The avatar that was made last. */
async function lastAvatar(): Promise<{ lookId: string; groupId: string }> {
	const response = await fetch(`${sandbox().url}/v3/avatars/looks?limit=1`, { headers: { 'x-api-key': sandbox().apiKey } });
	const { data } = (await response.json()) as { data: Array<{ id: string; group_id: string }> };
	const [made] = data;
	return { lookId: String(made?.id), groupId: String(made?.group_id) };
}
