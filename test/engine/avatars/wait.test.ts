/** Wait Until Finished of HeyGen Avatar: how a look may be named, and what comes of the wait. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../support/harness';
import { countOf, errorOf, expression, FAST_JOBS, jsonOf, linksOf, locator, requestsTo, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { askedOf, avatarIn, CONSENT, detailsOf, GET_GROUP, GET_LOOK, GROUP, LIST_LOOKS, LOOKS_OF, onlyOf, OWN_GROUP, OWN_LOOK, photo, PUBLIC_GROUP, PUBLIC_LOOK, runAvatar, twinFields } from './avatarSupport';

useTiming({ catchUpTime: 600 });
const sandbox = useSandbox(FAST_JOBS);

const wait = async (lookId: unknown, options: INodeParameters = {}, more: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), 'wait', { lookId: lookId as INodeParameters, options }, more);

describe('a look', () => {
	it.each<[string, (ids: { lookId: string; groupId: string }) => IDataObject | IDataObject[] | string]>([
		['by its ID', ({ lookId }) => lookId],
		['by its ID with blanks around it', ({ lookId }) => `  ${lookId}\n`],
		['by the output of a create', ({ lookId, groupId }) => ({ look_id: lookId, group_id: groupId, status: 'processing' })],
		['by its record', ({ lookId, groupId }) => ({ id: lookId, group_id: groupId, name: 'Ada' })],
		['by an item of n8n', ({ lookId }) => ({ json: { look_id: lookId } })],
		['by the answer of a read', ({ lookId }) => ({ data: { id: lookId, name: 'Ada' } })],
		['by a list of one', ({ lookId }) => [{ look_id: lookId }]],
		['by the address of its page', ({ lookId }) => `https://app.heygen.com/avatars/${lookId}`],
		['by the address of its page within that of its group', ({ lookId, groupId }) => `https://app.heygen.com/avatars/${groupId}/looks/${lookId}`],
		['by the address of the list that shows it', ({ lookId }) => `https://app.heygen.com/avatars?lookId=${lookId}`],
		['by an address without its beginning', ({ lookId }) => `app.heygen.com/looks/${lookId}`],
		['by the ID of its group, which has no other', ({ groupId }) => groupId],
		['by the record of its group, which has no other', ({ groupId }) => ({ id: groupId, name: 'Ada', looks_count: 1 })],
		['by the address of the page of its group', ({ groupId }) => `https://app.heygen.com/avatars/${groupId}`],
	])('is waited for %s', async (_what, naming) => {
		const ids = await avatarIn(sandbox());
		const finished = onlyOf(await wait('={{ $json.given }}', {}, { items: [{ json: { given: naming(ids) } }] }));
		expect(finished).toMatchObject({ look_id: ids.lookId, group_id: ids.groupId, status: 'completed', name: 'Ada' });
	});

	it('is waited for until it can be used', async () => {
		sandbox().configure({ jobSeconds: 1 });
		const { lookId } = await avatarIn(sandbox());
		expect(onlyOf(await wait(locator(lookId))).status).toBe('completed');
		expect(countOf(sandbox(), GET_LOOK)).toBeGreaterThan(1);
	});

	it('costs nothing to wait for', async () => {
		const { lookId } = await avatarIn(sandbox());
		const finished = onlyOf(await wait(locator(lookId)));
		expect(finished).not.toHaveProperty('cost');
		expect(finished).not.toHaveProperty('estimate');
	});

	it('of HeyGen has no status, and ends the wait at once', async () => {
		const finished = onlyOf(await wait(locator(PUBLIC_LOOK)));
		expect(finished).toMatchObject({ look_id: PUBLIC_LOOK, status: 'completed' });
		expect(askedOf(sandbox())).toEqual([GET_LOOK]);
	});

	it('is told whole', async () => {
		expect(onlyOf(await runAvatar(sandbox(), 'wait', { lookId: locator(OWN_LOOK), simplify: false }))).toMatchObject({ id: OWN_LOOK, look_id: OWN_LOOK, tags: expect.any(Array) });
	});

	it('that several items wait for is looked at once for all of them', async () => {
		const { lookId } = await avatarIn(sandbox());
		const items = Array.from({ length: 10 }, () => ({ json: { lookId } }));
		const result = await wait('={{ $json.lookId }}', {}, { items });
		expect(jsonOf(result)).toHaveLength(10);
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(countOf(sandbox(), GET_LOOK)).toBeLessThan(10);
	});

	it('needs the consent of somebody', async () => {
		const { lookId, groupId } = await avatarIn(sandbox(), twinFields);
		expect(onlyOf(await wait(locator(lookId)))).toMatchObject({ look_id: lookId, group_id: groupId, status: 'pending_consent', consent_url: expect.stringMatching(/^http/) });
		expect(countOf(sandbox(), CONSENT)).toBe(1);
	});

	it('could not be made', async () => {
		const { lookId, groupId } = await avatarIn(sandbox(), { name: '[fail:face_not_found]' });
		const error = errorOf(await wait(locator(lookId)));
		expect(error.message).toBe(`HeyGen could not finish the look ${lookId}: Training ended with face_not_found (item 1)`);
		expect(detailsOf(error)).toMatchObject({ look_id: lookId, group_id: groupId, code: 'face_not_found' });
	});

	it.each(['continue', 'error'])('takes longer than the wait (%s)', async (onTimeout) => {
		const { lookId, groupId } = await avatarIn(sandbox(), { name: 'Ada [stuck]' });
		const result = await wait(locator(lookId), { timeoutMinutes: 0.02, onTimeout });
		if (onTimeout === 'continue') expect(onlyOf(result)).toMatchObject({ look_id: lookId, group_id: groupId, status: 'processing' });
		else expect(detailsOf(errorOf(result))).toMatchObject({ look_id: lookId, group_id: groupId, status: 'processing' });
	});
});

describe('the ID of a group', () => {
	it('with several looks is an error that names some of them', async () => {
		const error = errorOf(await wait(locator(OWN_GROUP)));
		expect(error.message).toBe('\'Look\' is the ID of the avatar group "Edda", which has 4 looks (item 1)');
		expect(error.description).toContain('look_edda_office_01 ("Edda in the office")');
		expect(error.description).not.toContain('look_edda_kitchen_04');
		expect(detailsOf(error)).toMatchObject({ group_id: OWN_GROUP });
	});

	it('of HeyGen is one as well', async () => {
		expect(errorOf(await wait(locator(PUBLIC_GROUP))).message).toBe('\'Look\' is the ID of the avatar group "Ann", which has 4 looks (item 1)');
	});

	it('in the option as well stands for its only look', async () => {
		const { lookId, groupId } = await avatarIn(sandbox(), twinFields);
		expect(onlyOf(await wait(locator(groupId), { groupId }))).toMatchObject({ look_id: lookId, group_id: groupId, status: 'pending_consent' });
	});

	it('stands for a look that is hidden while it is in training', async () => {
		sandbox().configure({ trainingLookHidden: true, jobSeconds: 3 });
		const { lookId, groupId } = await avatarIn(sandbox());
		expect(onlyOf(await wait(locator(groupId)))).toMatchObject({ look_id: lookId, group_id: groupId, status: 'completed' });
	});

	it('does not matter to the other items', async () => {
		const items = [{ json: { id: OWN_LOOK } }, { json: { id: OWN_GROUP } }];
		const result = await wait('={{ $json.id }}', {}, { items, onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ look_id: OWN_LOOK })]);
		expect(linksOf(result, 1)).toEqual([1]);
	});

	it('is HeyGen\'s own error when its looks cannot be listed', async () => {
		const { groupId } = await avatarIn(sandbox());
		sandbox().addFault({ match: LOOKS_OF, kind: 'status', status: 403, code: 'forbidden', times: -1 });
		const error = errorOf(await wait(locator(groupId)));
		expect(error.message).toContain(groupId);
	});
});

describe('an ID that HeyGen does not know', () => {
	it('is told as such, after some looks', async () => {
		const error = errorOf(await wait(locator('look_nobody')));
		expect(error.message).toContain('Avatar look_nobody not found');
		expect(error.description).toContain('A look that is still in training is not found either');
		expect(error.description).toContain("'Avatar Group ID'");
		expect(detailsOf(error)).toMatchObject({ httpCode: '404', code: 'avatar_not_found', look_id: 'look_nobody' });
		expect(countOf(sandbox(), GET_LOOK)).toBe(3);
		expect(countOf(sandbox(), GET_GROUP)).toBe(1);
		expect(countOf(sandbox(), LIST_LOOKS)).toBe(0);
	});

	it('is told as such where its group cannot be asked about', async () => {
		sandbox().addFault({ match: GROUP, kind: 'status', status: 403, code: 'forbidden', times: -1 });
		expect(errorOf(await wait(locator('look_nobody'))).message).toContain('Avatar look_nobody not found');
	});

	it('is told as such beside the group that is named', async () => {
		const error = errorOf(await wait(locator('look_nobody'), { groupId: OWN_GROUP }));
		expect(error.message).toContain('Avatar look_nobody not found');
	});

	it('and a group that HeyGen does not know either', async () => {
		expect(errorOf(await wait(locator('look_nobody'), { groupId: 'group_nobody' })).message).toContain('Avatar look_nobody not found');
	});
});

describe('the group of a look that hides while it is in training', () => {
	beforeEach(() => sandbox().configure({ trainingLookHidden: true, jobSeconds: 2 }));

	it.each<[string, (groupId: string) => INodeParameters[string]]>([
		['its ID', (groupId) => groupId],
		['an expression that gives a record', (groupId) => expression({ group_id: groupId })],
		['the address of its page', (groupId) => `https://app.heygen.com/avatars/${groupId}`],
	])('says how far it is: %s', async (_what, naming) => {
		const { lookId, groupId } = await avatarIn(sandbox());
		expect(onlyOf(await wait(locator(lookId), { groupId: naming(groupId) }))).toMatchObject({ look_id: lookId, status: 'completed' });
		expect(requestsTo(sandbox(), GET_LOOK).some(({ status }) => status === 404)).toBe(true);
	});

	it('says that HeyGen could not make it', async () => {
		const { lookId, groupId } = await avatarIn(sandbox(), { name: '[fail:face_not_found]' });
		expect(detailsOf(errorOf(await wait(locator(lookId), { groupId })))).toMatchObject({ look_id: lookId, code: 'face_not_found' });
	});

	it('is not named: the error says so', async () => {
		sandbox().configure({ jobSeconds: 1_000 });
		const { lookId } = await avatarIn(sandbox());
		const error = errorOf(await wait(locator(lookId)));
		expect(error.message).toContain(`Avatar ${lookId} not found`);
		expect(error.description).toContain("'Avatar Group ID'");
	});

	it('may be that of other looks', async () => {
		const { lookId } = await avatarIn(sandbox(), { avatar_group_id: OWN_GROUP });
		const result = await wait(locator(lookId), { groupId: OWN_GROUP, timeoutMinutes: 1 });
		if (result.originalError === undefined) expect(onlyOf(result).look_id).toBe(lookId);
		else expect(detailsOf(errorOf(result))).toMatchObject({ look_id: lookId });
	});
});

it('takes what the create before has put out', async () => {
	const made = onlyOf(await runAvatar(sandbox(), 'createPhoto', photo({ waitForCompletion: false })));
	const items = [{ json: made }];
	const options = { groupId: '={{ $json.group_id }}' };
	const finished = onlyOf(await wait('={{ $json.look_id }}', options, { items })) as IDataObject;
	expect(finished).toMatchObject({ look_id: made.look_id, group_id: made.group_id, status: 'completed' });
});
