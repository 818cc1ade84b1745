/** Avatar groups and looks that are renamed or deleted: what is sent, what is put out, and what HeyGen refuses. */
import type { INodeParameters } from 'n8n-workflow';
import { validateAgainstContract } from '../../sandbox';
import type { RunResult } from '../support/harness';
import { countOf, errorOf, expression, FAST_JOBS, jsonOf, linksOf, locator, requestsTo, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { askedOf, avatarIn, DELETE_GROUP, detailsOf, look, onlyOf, OWN_GROUP, OWN_LOOK, OWN_LOOKS, PUBLIC_GROUP, PUBLIC_LOOK, recordIn, runAvatar, STUDIO_LOOK, UPDATE_GROUP, UPDATE_LOOK } from './avatarSupport';

useTiming();
const sandbox = useSandbox(FAST_JOBS);

const run = async (operation: string, parameters: INodeParameters, options: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), operation, parameters, options);

/** A thing that has a name. */
interface Named {
	what: string;
	endpoint: string;
	path: string;
	of: (more: INodeParameters) => INodeParameters;
	idField: string;
	id: string;
	name: string;
}

const things: readonly Named[] = [
	{ what: 'an avatar group', endpoint: UPDATE_GROUP, path: `/v3/avatars/${OWN_GROUP}`, of: (more) => ({ groupId: locator(OWN_GROUP), ...more }), idField: 'group_id', id: OWN_GROUP, name: 'Edda' },
	{ what: 'a look', endpoint: UPDATE_LOOK, path: `/v3/avatars/looks/${OWN_LOOK}`, of: (more) => look({ lookId: locator(OWN_LOOK), ...more }), idField: 'look_id', id: OWN_LOOK, name: 'Edda in the office' },
];

describe.each(things.map((thing) => [thing.what, thing] as const))('%s', (_what, { endpoint, path, of, idField, id, name }) => {
	const nameNow = async () => (await recordIn(sandbox(), path.replace('/v3/avatars/', ''))).name;
	const bodies = () => requestsTo(sandbox(), endpoint).map(({ body }) => body);

	it('is renamed', async () => {
		const changed = onlyOf(await run('update', of({ name: ' Edda in spring ' })));
		expect(bodies()).toEqual([{ name: 'Edda in spring' }]);
		expect(validateAgainstContract('PATCH', path, { body: bodies()[0] })).toEqual([]);
		expect(changed).toMatchObject({ [idField]: id, name: 'Edda in spring', status: 'completed' });
		expect(changed).not.toHaveProperty('id');
		expect(await nameNow()).toBe('Edda in spring');
	});

	it('is told whole', async () => {
		expect(onlyOf(await run('update', of({ name: 'Edda', simplify: false })))).toMatchObject({ id, [idField]: id, name: 'Edda' });
	});

	it('has its name cleared', async () => {
		const result = await run('update', of({ clearFields: ['name'] }));
		expect(bodies()).toEqual([{ name: null }]);
		expect(onlyOf(result).name).toBe('');
		expect(result.runData.at(-1)?.hints ?? []).toEqual([]);
	});

	it('keeps its name where HeyGen keeps it, which the hint says', async () => {
		sandbox().configure({ nullName: 'keeps' });
		const result = await run('update', of({ clearFields: ['name'] }));
		expect(onlyOf(result).name).toBe(name);
		const [hint] = result.runData.at(-1)?.hints ?? [];
		expect(hint).toMatchObject({ type: 'warning', message: expect.stringContaining('Item 1: HeyGen has taken the change, but has not cleared &#39;Name&#39;') });
	});

	it.each<[string, INodeParameters]>([
		['nothing', {}],
		['an empty name', { name: '' }],
		['a name of blanks', { name: '   ' }],
		['an expression that finds nothing', { name: '={{ $json.nobody }}' }],
	])('is not changed by %s', async (_by, parameters) => {
		const error = errorOf(await run('update', of(parameters)));
		expect(error.message).toBe('Nothing is to be changed: all fields that could be are empty (item 1)');
		expect(sandbox().requests()).toEqual([]);
	});

	it('is not given a name and cleared of it at once', async () => {
		const error = errorOf(await run('update', of({ name: 'Edda', clearFields: ['name'] })));
		expect(error.message).toBe("'Name' is \"Edda\", but 'Fields to Clear' has it cleared (item 1)");
		expect(sandbox().requests()).toEqual([]);
	});

	it('is not cleared of what cannot be', async () => {
		const error = errorOf(await run('update', of({ clearFields: expression(['gender']) })));
		expect(error.message).toBe('\'Fields to Clear\' has an unknown value: "gender" (item 1)');
		expect(sandbox().requests()).toEqual([]);
	});

	it('gets the fields that the user adds, beside a name or alone', async () => {
		sandbox().configure({ contract: 'open' });
		onlyOf(await run('update', of({ name: 'Edda', options: { additionalFields: '{"tags":["spring"]}' } })));
		await run('update', of({ options: { additionalFields: '{"tags":["summer"],"note":null}' } }));
		expect(bodies()).toEqual([{ name: 'Edda', tags: ['spring'] }, { tags: ['summer'], note: null }]);
	});

	it('is not given a name twice', async () => {
		const error = errorOf(await run('update', of({ name: 'Edda', options: { additionalFields: '{"name":"Ada"}' } })));
		expect(error.message).toBe("'Name' is \"Edda\", but 'Additional Fields (JSON) → name' is \"Ada\" (item 1)");
		expect(sandbox().requests()).toEqual([]);
	});

	it('is renamed once though the answer got lost', async () => {
		const template = endpoint.replace('PATCH ', '');
		sandbox().addFault({ match: { method: 'PATCH', path: template }, kind: 'drop_after', times: 2 });
		expect(onlyOf(await run('update', of({ name: 'Edda in spring' }))).name).toBe('Edda in spring');
		expect(countOf(sandbox(), endpoint)).toBe(3);
	});

	it('is renamed for every item', async () => {
		const items = ['One', 'Two'].map((word) => ({ json: { word } }));
		const result = await run('update', of({ name: '=Edda {{ $json.word }}' }), { items });
		expect(jsonOf(result).map((record) => record.name)).toEqual(['Edda One', 'Edda Two']);
		expect(linksOf(result)).toEqual([0, 1]);
	});
});

describe('what is not the account\'s own', () => {
	it.each<[string, INodeParameters, string]>([
		['a group of HeyGen\'s', { groupId: locator(PUBLIC_GROUP), name: 'Mine' }, 'Could not update the avatar group: Avatar group group_ann does not belong to the account (item 1)'],
		['a look of HeyGen\'s', look({ lookId: locator(PUBLIC_LOOK), name: 'Mine' }), 'Could not update the look: Avatar look_ann_office_01 does not belong to the account (item 1)'],
		['a look from a studio', look({ lookId: locator(STUDIO_LOOK), name: 'Mine' }), 'Could not update the look: Avatar look_chiara_office_01 is a studio avatar, which cannot be renamed (item 1)'],
		['a group that there is not', { groupId: locator('group_nobody'), name: 'Mine' }, 'Could not update the avatar group: Avatar group group_nobody not found (item 1)'],
		['a look that there is not', look({ lookId: locator('look_nobody'), name: 'Mine' }), 'Could not update the look: Avatar look_nobody not found (item 1)'],
	])('is not renamed: %s', async (_what, parameters, message) => {
		expect(errorOf(await run('update', parameters)).message).toBe(message);
	});

	it('is not deleted', async () => {
		const error = errorOf(await run('delete', { groupId: locator(PUBLIC_GROUP) }));
		expect(error.message).toBe('Could not delete the avatar group: Avatar group group_ann does not belong to the account (item 1)');
		expect(detailsOf(error)).toMatchObject({ httpCode: '403', code: 'resource_access_denied' });
	});
});

describe('an avatar group', () => {
	it('is deleted with all of its looks', async () => {
		expect(onlyOf(await run('delete', { groupId: locator(OWN_GROUP) }))).toEqual({ deleted: true, id: OWN_GROUP });
		expect(askedOf(sandbox())).toEqual([DELETE_GROUP]);
		for (const id of OWN_LOOKS) expect(await recordIn(sandbox(), `looks/${id}`)).toBeUndefined();
	});

	it('that has been deleted is not there', async () => {
		onlyOf(await run('delete', { groupId: locator(OWN_GROUP) }));
		const error = errorOf(await run('delete', { groupId: locator(OWN_GROUP) }));
		expect(detailsOf(error)).toMatchObject({ httpCode: '404', code: 'avatar_group_not_found' });
	});

	it('is deleted once though the answer got lost', async () => {
		sandbox().addFault({ match: { method: 'DELETE', path: '/v3/avatars/{group_id}' }, kind: 'drop_after' });
		expect(onlyOf(await run('delete', { groupId: locator(OWN_GROUP) }))).toMatchObject({ gone: true, id: OWN_GROUP });
	});

	it('in training is deleted by the output of its create', async () => {
		const { lookId, groupId } = await avatarIn(sandbox(), { name: '[stuck]' });
		const deleted = onlyOf(await run('delete', { groupId: expression({ look_id: lookId, group_id: groupId, status: 'processing' }) }));
		expect(deleted).toEqual({ deleted: true, id: groupId });
	});

	it('is not what a look\'s ID names', async () => {
		const error = errorOf(await run('delete', { groupId: locator(OWN_LOOK) }));
		expect(detailsOf(error).code).toBe('avatar_group_not_found');
		expect(await recordIn(sandbox(), `looks/${OWN_LOOK}`)).toMatchObject({ id: OWN_LOOK });
	});
});
