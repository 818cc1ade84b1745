/** Looks that are deleted: HeyGen deletes an avatar group with its last look, so items that delete looks count together. */
import type { INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../support/harness';
import { countOf, errorOf, FAST_JOBS, jsonOf, linksOf, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { askedOf, avatarIn, DELETE_LOOK, detailsOf, GET_GROUP, GET_LOOK, GROUP, LIST_LOOKS, LOOK, LOOKS_OF, look, onlyOf, OWN_GROUP, OWN_LOOK, OWN_LOOKS, PUBLIC_LOOK, recordIn, runAvatar, STUDIO_LOOK } from './avatarSupport';

useTiming({ catchUpTime: 1_500 });
const sandbox = useSandbox(FAST_JOBS);

const DELETES = { method: 'DELETE', path: '/v3/avatars/looks/{look_id}' };

const deleteLooks = async (ids: readonly string[], parameters: INodeParameters = {}, options: NodeRunOptions = {}): Promise<RunResult> => {
	const items = ids.map((id) => ({ json: { id } }));
	return await runAvatar(sandbox(), 'delete', look({ lookId: '={{ $json.id }}', ...parameters }), { items, ...options });
};
const deleteOne = async (id: string, parameters: INodeParameters = {}): Promise<RunResult> => await deleteLooks([id], parameters);

/** What is left of a group; nothing when it is gone. */
const looksLeft = async (groupId = OWN_GROUP) => (await recordIn(sandbox(), groupId))?.looks_count;
const hintOf = (result: RunResult) => result.runData.at(-1)?.hints?.[0];

describe('one look of several', () => {
	it.each(['delete', 'error'])('is deleted, and the group stays (%s)', async (onLastLook) => {
		const result = await deleteOne(OWN_LOOK, { onLastLook });
		expect(onlyOf(result)).toEqual({ deleted: true, id: OWN_LOOK, group_id: OWN_GROUP });
		expect(await looksLeft()).toBe(3);
		expect(hintOf(result)).toBeUndefined();
		expect(askedOf(sandbox()).slice(0, 3)).toEqual([GET_LOOK, GET_GROUP, DELETE_LOOK]);
	});

	it('is deleted by its page, or the output of an earlier node', async () => {
		const result = await deleteLooks([`https://app.heygen.com/avatars/looks/${OWN_LOOK}`]);
		expect(onlyOf(result)).toMatchObject({ deleted: true, id: OWN_LOOK });
	});

	it('that has been deleted is not there', async () => {
		onlyOf(await deleteOne(OWN_LOOK));
		const error = errorOf(await deleteOne(OWN_LOOK));
		expect(error.message).toBe(`Could not delete the look: Avatar ${OWN_LOOK} not found (item 1)`);
		expect(detailsOf(error)).toMatchObject({ httpCode: '404', code: 'avatar_not_found' });
	});

	it.each(['delete', 'error'])('that there never was is told in the same way (%s)', async (onLastLook) => {
		const error = errorOf(await deleteOne('look_nobody', { onLastLook }));
		expect(error.message).toBe('Could not delete the look: Avatar look_nobody not found (item 1)');
		expect(detailsOf(error)).toMatchObject({ httpCode: '404', code: 'avatar_not_found' });
	});

	it.each([PUBLIC_LOOK, STUDIO_LOOK])('of HeyGen\'s is not deleted: %s', async (id) => {
		const error = errorOf(await deleteOne(id));
		expect(error.message).toBe(`Could not delete the look: Avatar ${id} does not belong to the account (item 1)`);
		expect(detailsOf(error)).toMatchObject({ httpCode: '403', code: 'resource_access_denied' });
		expect(await recordIn(sandbox(), `looks/${id}`)).toMatchObject({ id });
	});

	it('is deleted once though the answer got lost', async () => {
		sandbox().addFault({ match: DELETES, kind: 'drop_after' });
		expect(onlyOf(await deleteOne(OWN_LOOK))).toMatchObject({ gone: true, id: OWN_LOOK, group_id: OWN_GROUP });
		expect(await looksLeft()).toBe(3);
	});
});

describe('the last look of a group', () => {
	it('takes the group with it, which output and hint say', async () => {
		const { lookId, groupId } = await avatarIn(sandbox());
		const result = await deleteOne(lookId);
		expect(onlyOf(result)).toEqual({
			deleted: true,
			id: lookId,
			group_id: groupId,
			group_deleted: true,
			note: 'It was the last look of the avatar group "Ada", which HeyGen has deleted with it.',
		});
		expect(hintOf(result)).toMatchObject({ type: 'warning', message: expect.stringContaining('Item 1: The look was the last one of its avatar group, and HeyGen has deleted the group with it') });
		expect(await looksLeft(groupId)).toBeUndefined();
	});

	it('stays where it is not to take the group with it', async () => {
		const { lookId, groupId } = await avatarIn(sandbox());
		const error = errorOf(await deleteOne(lookId, { onLastLook: 'error' }));
		expect(error.message).toBe(`The look ${lookId} is the last one of the avatar group "Ada", which HeyGen would delete with it (item 1)`);
		expect(error.description).toContain("choose 'Delete the Avatar Group as Well' in 'If It Is the Last Look'");
		expect(detailsOf(error)).toEqual({ look_id: lookId, group_id: groupId });
		expect(countOf(sandbox(), DELETE_LOOK)).toBe(0);
		expect(await looksLeft(groupId)).toBe(1);
	});

	it('is told though the answer got lost', async () => {
		const { lookId } = await avatarIn(sandbox());
		sandbox().addFault({ match: DELETES, kind: 'drop_after' });
		expect(onlyOf(await deleteOne(lookId))).toMatchObject({ gone: true, group_deleted: true });
	});

	it('may leave the group there, whatever HeyGen has promised', async () => {
		const { lookId, groupId } = await avatarIn(sandbox());
		sandbox().addFault({ match: GROUP, kind: 'answer', body: { data: { id: groupId, name: 'Ada', looks_count: 1 } }, times: -1 });
		const result = await deleteOne(lookId);
		expect(onlyOf(result)).toMatchObject({ group_deleted: false, note: expect.stringContaining('which HeyGen still has') });
		expect(hintOf(result)).toBeUndefined();
	});

	it('is told rightly when the group can still be read for a moment', async () => {
		const { lookId, groupId } = await avatarIn(sandbox());
		sandbox().addFault({ match: GROUP, kind: 'answer', body: { data: { id: groupId, name: 'Ada', looks_count: 1 } }, times: 3 });
		expect(onlyOf(await deleteOne(lookId)).group_deleted).toBe(true);
	});

	it('is not told to have taken the group with it when HeyGen does not say', async () => {
		const { lookId } = await avatarIn(sandbox());
		sandbox().addFault({ match: GROUP, kind: 'status', status: 500, skip: 1, times: -1 });
		const deleted = onlyOf(await deleteOne(lookId));
		expect(deleted).toMatchObject({ deleted: true, group_deleted: null });
		expect(deleted.note).toContain('has not told whether this one is gone');
	});

	it('stays when the delete fails, and the error is that of the delete', async () => {
		const { lookId, groupId } = await avatarIn(sandbox());
		sandbox().addFault({ match: DELETES, kind: 'status', status: 403, code: 'forbidden', times: -1 });
		expect(detailsOf(errorOf(await deleteOne(lookId))).httpCode).toBe('403');
		expect(await looksLeft(groupId)).toBe(1);
	});
});

describe.each<[string, NodeRunOptions]>([
	['stop the workflow', {}],
	['continue', { onError: 'continueRegularOutput' }],
	['an error output', { onError: 'continueErrorOutput' }],
])('all looks of a group in one run (on error: %s)', (onError, options) => {
	it('go, and one of them says that the group has gone with it', async () => {
		const result = await deleteLooks(OWN_LOOKS, {}, options);
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result).map(({ id, deleted }) => [id, deleted])).toEqual(OWN_LOOKS.map((id) => [id, true]));
		expect(linksOf(result)).toEqual([0, 1, 2, 3]);
		expect(jsonOf(result).map(({ group_deleted: gone }) => gone).filter((gone) => gone !== undefined)).toEqual([true]);
		expect(await looksLeft()).toBeUndefined();
	});

	it('go but for one, which keeps the group', async () => {
		const result = await deleteLooks(OWN_LOOKS, { onLastLook: 'error' }, options);
		expect(await looksLeft()).toBe(1);
		expect(countOf(sandbox(), DELETE_LOOK)).toBe(3);
		const message = /^The look look_edda_\w+ is the last one of the avatar group "Edda", which HeyGen would delete with it/;
		if (onError === 'stop the workflow') expect(errorOf(result).message).toMatch(message);
		else {
			const all = [...jsonOf(result), ...jsonOf(result, 1)];
			expect(all.filter(({ deleted }) => deleted === true)).toHaveLength(3);
			expect(all.filter(({ error }) => message.test(String(error)))).toHaveLength(1);
		}
	});
});

describe('looks of one group in one run', () => {
	it('count once, though one comes twice', async () => {
		const result = await deleteLooks([OWN_LOOKS[0], OWN_LOOKS[0], OWN_LOOKS[1], OWN_LOOKS[2]] as string[], { onLastLook: 'error' }, { onError: 'continueErrorOutput' });
		expect(jsonOf(result).map(({ id }) => id).sort()).toEqual(OWN_LOOKS.slice(0, 3).sort());
		expect(jsonOf(result, 1)).toEqual([expect.objectContaining({ error: expect.stringContaining('not found') })]);
		expect(await looksLeft()).toBe(1);
	});

	it('do not go with the last one when one of the others stays', async () => {
		// The first delete is refused for good.
		sandbox().addFault({ match: DELETES, kind: 'status', status: 403, code: 'forbidden' });
		const result = await deleteLooks(OWN_LOOKS, { onLastLook: 'error' }, { onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toHaveLength(3);
		expect(jsonOf(result, 1)).toEqual([expect.objectContaining({ error: expect.stringContaining('forbidden') })]);
		expect(await looksLeft()).toBe(1);
	});

	it('are told of the group by the one that went last, however long the others take', async () => {
		// The first delete is answered late, when the others would long be through.
		sandbox().addFault({ match: DELETES, kind: 'status', status: 500, times: 3 });
		const result = await deleteLooks(OWN_LOOKS);
		expect(jsonOf(result).filter(({ group_deleted: gone }) => gone === true)).toHaveLength(1);
		expect(jsonOf(result).filter(({ group_deleted: gone }) => gone === false)).toEqual([]);
		expect(await looksLeft()).toBeUndefined();
	});

	it('are counted for each group', async () => {
		const others = [await avatarIn(sandbox()), await avatarIn(sandbox())];
		const result = await deleteLooks([OWN_LOOK, ...others.map(({ lookId }) => lookId)]);
		expect(jsonOf(result).map(({ group_deleted: gone }) => gone)).toEqual([undefined, true, true]);
		expect(countOf(sandbox(), GET_GROUP)).toBe(3 + 2);
	});

	it('are counted anew in the next run', async () => {
		const result = await deleteLooks(['={{ 1 }}'], { lookId: `={{ ${JSON.stringify(OWN_LOOKS)}[$runIndex] }}`, onLastLook: 'error' }, { times: 4, onError: 'continueErrorOutput' });
		expect(jsonOf(result, 1)).toHaveLength(1);
		expect(await looksLeft()).toBe(1);
	});

	it('may be told differently what to do about the last one', async () => {
		const items = OWN_LOOKS.map((id, row) => ({ json: { id, what: row === 0 ? 'error' : 'delete' } }));
		const parameters = look({ lookId: '={{ $json.id }}', onLastLook: '={{ $json.what }}' });
		const result = await runAvatar(sandbox(), 'delete', parameters, { items, onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toHaveLength(4);
		expect(await looksLeft()).toBeUndefined();
	});
});

describe('where HeyGen does not say how many looks there are', () => {
	const group = { id: OWN_GROUP, name: 'Edda', looks_count: null };

	it('they are counted', async () => {
		const { lookId, groupId } = await avatarIn(sandbox());
		sandbox().addFault({ match: GROUP, kind: 'answer', body: { data: { ...group, id: groupId } } });
		expect(errorOf(await deleteOne(lookId, { onLastLook: 'error' })).message).toContain('is the last one of the avatar group "Edda"');
		expect(countOf(sandbox(), LIST_LOOKS)).toBe(1);
		expect(await looksLeft(groupId)).toBe(1);
	});

	it('nothing is deleted that might be the last one', async () => {
		sandbox().addFault({ match: GROUP, kind: 'answer', body: { data: group }, times: -1 });
		sandbox().addFault({ match: LOOKS_OF, kind: 'status', status: 403, code: 'forbidden', times: -1 });
		expect(errorOf(await deleteOne(OWN_LOOK, { onLastLook: 'error' })).message).toContain('forbidden');
		expect(countOf(sandbox(), DELETE_LOOK)).toBe(0);
	});

	it('nothing is deleted whose group is not known', async () => {
		sandbox().addFault({ match: LOOK, kind: 'answer', body: { data: { id: OWN_LOOK, name: 'Edda', group_id: null } }, times: -1 });
		const error = errorOf(await deleteOne(OWN_LOOK, { onLastLook: 'error' }));
		expect(error.message).toBe(`HeyGen does not say to which avatar group the look ${OWN_LOOK} belongs, so it may be the last one there (item 1)`);
		expect(countOf(sandbox(), DELETE_LOOK)).toBe(0);
	});

	it('nothing is deleted that is hidden while it is in training', async () => {
		sandbox().configure({ trainingLookHidden: true, jobSeconds: 1_000 });
		const { lookId, groupId } = await avatarIn(sandbox());
		expect(errorOf(await deleteOne(lookId, { onLastLook: 'error' })).message).toContain('not found');
		expect(countOf(sandbox(), DELETE_LOOK)).toBe(0);
		expect(await looksLeft(groupId)).toBe(1);
	});

	it.each<[string, () => void]>([
		['the look cannot be read', () => sandbox().addFault({ match: LOOK, kind: 'status', status: 403, code: 'forbidden', times: -1 })],
		['the group cannot be read', () => sandbox().addFault({ match: GROUP, kind: 'status', status: 403, code: 'forbidden', times: -1 })],
		['the look names no group', () => sandbox().addFault({ match: LOOK, kind: 'answer', body: { data: { id: OWN_LOOK, name: 'Edda' } }, times: -1 })],
	])('a look goes that may go with its group: %s', async (_what, arm) => {
		arm();
		expect(onlyOf(await deleteOne(OWN_LOOK))).toMatchObject({ deleted: true, id: OWN_LOOK });
		sandbox().clearFaults();
		expect(await looksLeft()).toBe(3);
	});
});
