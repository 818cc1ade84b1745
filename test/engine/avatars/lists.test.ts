/** Lists and reads of HeyGen Avatar: pages, filters, and what is put out of a record. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../support/harness';
import { countOf, errorOf, expression, jsonOf, linksOf, locator, requestsTo, useSandbox, useTiming, type NodeRunOptions } from '../support/support';
import { avatarIn, detailsOf, GET_GROUP, GET_LOOK, LIST_GROUPS, LIST_LOOKS, LOOKS_OF, look, onlyOf, OWN_GROUP, OWN_LOOK, OWN_LOOKS, PUBLIC_GROUP, PUBLIC_LOOK, runAvatar } from './avatarSupport';

useTiming();
const sandbox = useSandbox({ jobSeconds: 1_000, jobQueueSeconds: 0 });

const run = async (operation: string, parameters: INodeParameters = {}, options: NodeRunOptions = {}): Promise<RunResult> =>
	await runAvatar(sandbox(), operation, parameters, options);

/** The records of a list that must come to an end. */
async function listed(parameters: INodeParameters): Promise<IDataObject[]> {
	const result = await run('getAll', parameters);
	if (result.originalError !== undefined) throw result.originalError;
	return jsonOf(result);
}

describe('pages', () => {
	it('of all 120 looks are three requests of 50 at most', async () => {
		expect(await listed(look({ returnAll: true }))).toHaveLength(120);
		const queries = requestsTo(sandbox(), LIST_LOOKS).map(({ query }) => query);
		expect(queries).toHaveLength(3);
		expect(queries.map(({ limit }) => Number(limit))).toEqual([50, 50, 50]);
		expect(queries.map(({ token }) => token !== undefined)).toEqual([false, true, true]);
	});

	it.each([
		[1, [1]],
		[49, [49]],
		[50, [50]],
		[51, [50, 1]],
		[120, [50, 50, 20]],
		[500, [50, 50, 50]],
	])('of %p looks ask for no more than that', async (limit, limits) => {
		const records = await listed(look({ limit }));
		expect(records).toHaveLength(Math.min(limit, 120));
		expect(new Set(records.map(({ look_id: id }) => id)).size).toBe(records.length);
		expect(requestsTo(sandbox(), LIST_LOOKS).map(({ query }) => Number(query.limit))).toEqual(limits);
	});

	it('of avatar groups are of 50 as well', async () => {
		sandbox().configure({ groups: 120 });
		const records = await listed({ returnAll: true });
		expect(records).toHaveLength(120);
		expect(requestsTo(sandbox(), LIST_GROUPS).map(({ query }) => Number(query.limit))).toEqual([50, 50, 50]);
		expect(records[0]).toMatchObject({ group_id: expect.any(String), looks_count: 4 });
	});

	it('are 50 records when nothing else is said', async () => {
		expect(await listed(look())).toHaveLength(50);
		expect(countOf(sandbox(), LIST_LOOKS)).toBe(1);
	});

	it('without end are an error, and what came before is told', async () => {
		sandbox().addFault({ match: LOOKS_OF, kind: 'endless_cursor', times: -1 });
		const error = errorOf(await run('getAll', look({ returnAll: true })));
		expect(error.message).toBe('Could not list the looks: HeyGen sent the same page cursor twice, so the list would never end (item 1)');
	});

	it('are read for each item', async () => {
		const items = [{ json: { group: OWN_GROUP } }, { json: { group: PUBLIC_GROUP } }];
		const result = await run('getAll', look({ returnAll: true, filters: { groupId: '={{ $json.group }}' } }), { items });
		expect(linksOf(result)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
		expect(jsonOf(result).map(({ group_id: id }) => id)).toEqual([...Array<string>(4).fill(OWN_GROUP), ...Array<string>(4).fill(PUBLIC_GROUP)]);
	});
});

describe('filters', () => {
	it.each<[string, unknown]>([
		['from the list', { __rl: true, mode: 'list', value: OWN_GROUP, cachedResultName: 'Edda' }],
		['by its ID', locator(OWN_GROUP)],
		['by the address of its page', locator(`https://app.heygen.com/avatars/${OWN_GROUP}`)],
		['by a record', expression({ group_id: OWN_GROUP, name: 'Edda' })],
	])('keep the looks of a group %s', async (_what, groupId) => {
		const records = await listed(look({ returnAll: true, filters: { groupId: groupId as INodeParameters } }));
		expect(records.map(({ look_id: id }) => id)).toEqual(OWN_LOOKS);
		expect(requestsTo(sandbox(), LIST_LOOKS)[0]?.query).toEqual({ group_id: OWN_GROUP, limit: '50' });
	});

	it.each(['photo_avatar', 'digital_twin', 'studio_avatar'])('keep looks of the type %s', async (avatarType) => {
		const records = await listed(look({ returnAll: true, filters: { avatarType } }));
		expect(records.length).toBeGreaterThan(0);
		expect(new Set(records.map(({ avatar_type: type }) => type))).toEqual(new Set([avatarType]));
	});

	it.each([
		['private', 24],
		['public', 96],
	])('keep %s looks', async (ownership, count) => {
		expect(await listed(look({ returnAll: true, filters: { ownership } }))).toHaveLength(count);
	});

	it('keep private groups', async () => {
		const records = await listed({ returnAll: true, filters: { ownership: 'private' } });
		expect(records).toHaveLength(6);
		expect(requestsTo(sandbox(), LIST_GROUPS)[0]?.query).toEqual({ ownership: 'private', limit: '50' });
	});

	it('go together', async () => {
		const filters = { groupId: locator(OWN_GROUP), ownership: 'private', avatarType: 'photo_avatar' };
		await listed(look({ returnAll: true, filters }));
		expect(requestsTo(sandbox(), LIST_LOOKS)[0]?.query).toEqual({ group_id: OWN_GROUP, ownership: 'private', avatar_type: 'photo_avatar', limit: '50' });
	});

	it('that are empty are none', async () => {
		await listed(look({ filters: { groupId: locator(''), ownership: '={{ undefined }}' } }));
		expect(requestsTo(sandbox(), LIST_LOOKS)[0]?.query).toEqual({ limit: '50' });
	});

	it('of a group that there is not find nothing, and that is no error', async () => {
		expect(await listed(look({ filters: { groupId: locator('group_nobody') } }))).toEqual([]);
	});
});

describe('a record', () => {
	const LOOK_FIELDS = ['look_id', 'status', 'name', 'group_id', 'avatar_type', 'gender', 'default_voice_id', 'supported_api_engines', 'preferred_orientation', 'preview_image_url', 'preview_video_url'];
	const GROUP_FIELDS = ['group_id', 'name', 'status', 'consent_status', 'looks_count', 'gender', 'default_voice_id', 'preview_image_url', 'preview_video_url', 'created_at'];

	it('of a look has what people use', async () => {
		const record = onlyOf(await run('get', look({ lookId: locator(OWN_LOOK) })));
		expect(Object.keys(record).sort()).toEqual([...LOOK_FIELDS].sort());
		expect(record).toMatchObject({ look_id: OWN_LOOK, name: 'Edda in the office', group_id: OWN_GROUP, status: 'completed' });
	});

	it('of a group has what people use', async () => {
		const record = onlyOf(await run('get', { groupId: locator(OWN_GROUP) }));
		expect(Object.keys(record).sort()).toEqual([...GROUP_FIELDS].sort());
		expect(record).toMatchObject({ group_id: OWN_GROUP, name: 'Edda', looks_count: 4, status: 'completed' });
	});

	it.each<[string, INodeParameters, IDataObject]>([
		['of a look', look({ lookId: locator(OWN_LOOK), simplify: false }), { id: OWN_LOOK, look_id: OWN_LOOK, tags: expect.any(Array) as never, image_width: expect.any(Number) as never }],
		['of a group', { groupId: locator(OWN_GROUP), simplify: false }, { id: OWN_GROUP, group_id: OWN_GROUP, looks_count: 4 }],
	])('%s has all when it is not simplified', async (_what, parameters, all) => {
		expect(onlyOf(await run('get', parameters))).toMatchObject(all);
	});

	it('of a list is like that of a read', async () => {
		const [ofList] = await listed(look({ returnAll: true, filters: { groupId: locator(OWN_GROUP) } }));
		const read = onlyOf(await run('get', look({ lookId: locator(OWN_LOOK) })));
		const { preview_image_url: one, ...others } = read;
		expect(ofList).toMatchObject(others);
		expect(one).toEqual(expect.stringMatching(/^http/));
		const [group] = await listed({ limit: 1, filters: { ownership: 'private' } });
		expect(Object.keys(group ?? {}).sort()).toEqual([...GROUP_FIELDS].sort());
	});

	it('of a list has all when it is not simplified', async () => {
		expect((await listed(look({ limit: 1, simplify: false })))[0]).toMatchObject({ id: PUBLIC_LOOK, look_id: PUBLIC_LOOK, tags: expect.any(Array) });
		expect((await listed({ limit: 1, simplify: false }))[0]).toMatchObject({ id: PUBLIC_GROUP, group_id: PUBLIC_GROUP });
	});

	it('of a failure has its reason under a name that n8n does not take for one of its own', async () => {
		sandbox().configure({ jobSeconds: 0 });
		const { lookId, groupId } = await avatarIn(sandbox(), { name: '[fail:face_not_found]' });
		const failure = { code: 'face_not_found', message: expect.any(String) };
		for (const simplify of [true, false]) {
			const [read, ofList] = [onlyOf(await run('get', look({ lookId: locator(lookId), simplify }))), (await listed(look({ limit: 1, simplify })))[0]];
			for (const record of [read, ofList, onlyOf(await run('get', { groupId: locator(groupId), simplify }))]) {
				expect(record).toMatchObject({ status: 'failed', failure });
				expect(record).not.toHaveProperty('error');
			}
		}
	});

	it.each<[string, string, INodeParameters, string]>([
		['a look', GET_LOOK, look({ lookId: locator('look_nobody') }), 'avatar_not_found'],
		['a group', GET_GROUP, { groupId: locator('group_nobody') }, 'avatar_group_not_found'],
		['a look by the ID of a group', GET_LOOK, look({ lookId: locator(OWN_GROUP) }), 'avatar_not_found'],
	])('of %s that there is not is asked for once', async (_what, endpoint, parameters, code) => {
		const error = errorOf(await run('get', parameters));
		expect(detailsOf(error)).toMatchObject({ httpCode: '404', code });
		expect(error.message).toContain('not found');
		expect(countOf(sandbox(), endpoint)).toBe(1);
	});
});
