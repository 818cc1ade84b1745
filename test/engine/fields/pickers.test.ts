/** The lists behind the resource locators in the editor. */
import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { inspect } from 'node:util';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { loadOptionsContext } from '../support/harness';
import { sendJson, usePlainServer } from '../support/plainServer';
import { useSandbox, useTiming, videoRun, type VideoRunOptions } from '../support/support';

useTiming();
const sandbox = useSandbox();
const server = usePlainServer();

type Method = keyof HeyGenVideo['methods']['listSearch'];

/** Opens a list as the editor does. */
async function list(
	method: Method,
	parameters: INodeParameters = {},
	filter?: string,
	token?: unknown,
	options: VideoRunOptions = {},
): Promise<INodeListSearchResult> {
	const run = videoRun(sandbox(), 'createAvatar', parameters, options);
	return await new HeyGenVideo().methods.listSearch[method].call(loadOptionsContext(run), filter, token);
}

/** Scrolls a list to its end. @returns the ids of all entries, and how many pages they came in. */
async function listAll(
	method: Method,
	parameters: INodeParameters = {},
	filter?: string,
): Promise<{ ids: unknown[]; pages: number }> {
	const ids: unknown[] = [];
	let token: unknown;
	for (let pages = 1; ; pages++) {
		const page = await list(method, parameters, filter, token);
		ids.push(...page.results.map(({ value }) => value));
		token = page.paginationToken;
		if (token === undefined) return { ids, pages };
		if (pages > 100) throw new Error('The list does not end');
	}
}

const queries = () => sandbox().requests().map(({ query }) => query);

describe('avatar looks', () => {
	it('have a name that tells them apart, an id and a picture', async () => {
		const { results, paginationToken } = await list('searchAvatarLooks');
		expect(results).toHaveLength(50);
		expect(results[0]).toEqual({
			name: 'Ann in the office (digital twin)',
			value: 'look_ann_office_01',
			url: expect.stringMatching(/^http.*look_ann_office_01\.jpg/),
		});
		expect(paginationToken).toEqual(expect.any(String));
		expect(queries()).toEqual([{ limit: '50' }]);
	});

	it('can be scrolled to the end', async () => {
		const { ids, pages } = await listAll('searchAvatarLooks');
		expect(pages).toBe(3);
		expect(new Set(ids).size).toBe(120);
		expect(ids).toHaveLength(120);
	});

	it('are searched by name, on all pages', async () => {
		const { ids } = await listAll('searchAvatarLooks', {}, 'dmitri OFFICE');
		expect(ids).toEqual(['look_dmitri_office_01']);
	});

	it('are searched by id', async () => {
		const { ids } = await listAll('searchAvatarLooks', {}, 'look_zoltan_studio');
		expect(ids).toEqual(['look_zoltan_studio_02']);
	});

	it('may have no match', async () => {
		expect(await listAll('searchAvatarLooks', {}, 'nobody')).toEqual({ ids: [], pages: 1 });
	});

	it('say when they cannot be used yet', async () => {
		const { results } = await list('searchAvatarLooks', { avatarFilter: { ownership: 'private' } });
		expect(results.some(({ name }) => name.includes('processing'))).toBe(true);
		expect(results.some(({ name }) => name.includes('pending_consent'))).toBe(true);
	});

	it.each([
		['group', { groupId: { __rl: true, mode: 'list', value: 'group_bruno' } }, { group_id: 'group_bruno' }, 4],
		['ownership', { ownership: 'private' }, { ownership: 'private' }, 24],
		['type', { avatarType: 'studio_avatar' }, { avatar_type: 'studio_avatar' }, undefined],
	] as const)('are narrowed by %s', async (_name, avatarFilter, query, count) => {
		const { ids } = await listAll('searchAvatarLooks', { avatarFilter });
		expect(queries()[0]).toEqual({ ...query, limit: '50' });
		expect(ids.length).toBeGreaterThan(0);
		expect(ids.length).toBeLessThan(120);
		if (count !== undefined) expect(ids).toHaveLength(count);
	});

	it('are not narrowed by an expression, which the editor cannot evaluate', async () => {
		const groupId = { __rl: true, mode: 'id', value: '={{ $json.group }}' };
		const { ids } = await listAll('searchAvatarLooks', { avatarFilter: { groupId } });
		expect(ids).toHaveLength(120);
	});
});

describe('avatar groups', () => {
	it('say how many looks they have', async () => {
		const { results } = await list('searchAvatarGroups');
		expect(results).toHaveLength(30);
		expect(results[0]).toMatchObject({ name: 'Ann (4 looks)', value: 'group_ann' });
	});

	it('are searched and narrowed', async () => {
		expect((await listAll('searchAvatarGroups', {}, 'bru')).ids).toEqual(['group_bruno']);
		const own = await listAll('searchAvatarGroups', { avatarFilter: { ownership: 'private' } });
		expect(own.ids).toHaveLength(6);
		expect(own.ids).toContain('group_edda');
	});
});

describe('voices', () => {
	it('have language and gender, and a sample where there is one', async () => {
		const { results } = await list('searchVoices');
		expect(results[0]).toMatchObject({ name: 'Ann – Calm (English, female)', value: 'voice_ann_calm_001' });
		// The sandbox serves samples over http, the real one over https; only https goes into a link.
		expect(results.every(({ url }) => url === undefined)).toBe(true);
		expect(queries()[0]).toMatchObject({ limit: '100' });
	});

	it('can be scrolled to the end', async () => {
		const { ids, pages } = await listAll('searchVoices');
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.length).toBeGreaterThan(100);
		expect(pages).toBe(2);
	});

	it('are searched by name and language', async () => {
		const { ids } = await listAll('searchVoices', {}, 'bruno spanish');
		expect(ids.length).toBeGreaterThan(0);
		expect(ids.every((id) => String(id).startsWith('voice_bruno'))).toBe(true);
	});

	it.each([
		['language', { language: 'German' }, { language: 'German' }],
		['gender', { gender: 'male' }, { gender: 'male' }],
		['engine', { engine: 'fish' }, { engine: 'fish' }],
		['ownership', { type: 'private' }, { type: 'private' }],
		['all of them', { language: 'German', gender: 'female' }, { language: 'German', gender: 'female' }],
	] as const)('are narrowed by %s', async (_name, voiceFilter, query) => {
		const all = await listAll('searchVoices');
		const seen = queries().length;
		const { ids } = await listAll('searchVoices', { voiceFilter });
		expect(queries()[seen]).toMatchObject(query);
		expect(ids.length).toBeGreaterThan(0);
		expect(ids.length).toBeLessThan(all.ids.length);
	});
});

describe('a list that cannot be read', () => {
	it.each<Method>(['searchAvatarLooks', 'searchAvatarGroups', 'searchVoices'])(
		'says in %s that the key is bad',
		async (method) => {
			const thrown = await list(method, {}, undefined, undefined, { credentials: { apiKey: 'a-bad-key' } }).catch(
				(error: unknown) => error,
			);
			expect(thrown).toBeInstanceOf(Error);
			expect((thrown as Error).message).toMatch(/^Could not list the .*: The API key is missing or not valid/);
			expect(inspect(thrown, { depth: 20, showHidden: true })).not.toContain('a-bad-key');
			expect(sandbox().stats().requestsTotal).toBe(1);
		},
	);

	it('says that the base URL is not allowed', async () => {
		const credentials = { baseUrl: 'http://api.example.com' };
		await expect(list('searchVoices', {}, undefined, undefined, { credentials })).rejects.toThrow(
			"'Base URL' must start with https://",
		);
	});

	it('is read again after a passing failure', async () => {
		sandbox().addFault({ match: {}, kind: 'status', status: 500, times: 2 });
		expect((await list('searchVoices')).results.length).toBeGreaterThan(0);
		expect(sandbox().stats().requestsTotal).toBe(3);
	});
});

describe('records that say less, or in other words', () => {
	const listed = async (method: Method, data: unknown) => {
		server().answer = (_request, response) => sendJson(response, { data });
		const { apiKey, url: baseUrl } = server();
		return (await list(method, {}, undefined, undefined, { credentials: { apiKey, baseUrl } })).results;
	};

	it.each<[Method, unknown[]]>([
		['searchAvatarLooks', [{ look_id: 'x1', name: 'A' }, { id: 7 }, { name: 'nameless' }, { id: ' ' }]],
		['searchAvatarGroups', [{ group_id: 'x1', name: 'A' }, { id: 7, name: null }, { name: 'nameless' }]],
		['searchVoices', [{ id: 'x1', name: 'A' }, { voice_id: 7, name: '' }, { voice_id: '', name: 'nameless' }]],
		['searchBrandGlossaries', [{ id: 'x1', name: 'A' }, { brand_glossary_id: 7 }, {}]],
	])('are picked by their id in %s, or not offered', async (method, records) => {
		expect(await listed(method, records)).toEqual([{ name: 'A', value: 'x1' }, { name: '7', value: '7' }]);
	});
});
