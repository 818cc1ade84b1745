/** The lists behind the resource locators in the editor. */
import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { inspect } from 'node:util';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { loadOptionsContext } from '../support/harness';
import { timing } from '../../../nodes/engine/basics/timing';
import { sendJson, usePlainServer } from '../support/plainServer';
import { until, useSandbox, useTiming, videoRun, type VideoRunOptions } from '../support/support';

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
		const { results, paginationToken } = await list('searchAvatarLooks', { listFilters: { avatarOwnership: 'public' } });
		expect(results).toHaveLength(50);
		expect(results[0]).toEqual({
			name: 'Ann in the office (digital twin, female, landscape)',
			value: 'look_ann_office_01',
			url: expect.stringMatching(/^http.*look_ann_office_01\.jpg/),
		});
		expect(paginationToken).toEqual(expect.any(String));
		expect(queries()).toEqual([{ ownership: 'public', limit: '50' }]);
	});

	it('begin with the own ones, which say so', async () => {
		const { results, paginationToken } = await list('searchAvatarLooks');
		expect(results).toHaveLength(24);
		expect(results.every(({ name }) => /\((ready|training|needs consent), your own, /.test(name))).toBe(true);
		expect(queries()).toEqual([{ ownership: 'private', limit: '50' }]);
		const others = await list('searchAvatarLooks', {}, undefined, paginationToken);
		expect(others.results.some(({ name }) => name.includes('your own'))).toBe(false);
		expect(queries().at(-1)).toEqual({ ownership: 'public', limit: '50' });
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
		const { results } = await list('searchAvatarLooks', { listFilters: { avatarOwnership: 'private' } });
		expect(results.some(({ name }) => name.includes('training'))).toBe(true);
		expect(results.some(({ name }) => name.includes('needs consent'))).toBe(true);
	});

	const bruno = { __rl: true, mode: 'list', value: 'group_bruno' };

	it.each<[string, INodeParameters, object, number | undefined]>([
		['group', { listFilters: { avatarGroupId: bruno } }, { group_id: 'group_bruno' }, 4],
		['ownership', { listFilters: { avatarOwnership: 'private' } }, { ownership: 'private' }, 24],
		['type', { listFilters: { avatarType: 'studio_avatar' } }, { avatar_type: 'studio_avatar' }, undefined],
		['group, where filters stood before', { avatarFilter: { groupId: bruno } }, { group_id: 'group_bruno' }, 4],
		['ownership, where filters stood before', { avatarFilter: { ownership: 'private' } }, { ownership: 'private' }, 24],
		['type, where filters stood before', { avatarFilter: { avatarType: 'studio_avatar' } }, { avatar_type: 'studio_avatar' }, undefined],
		[
			'what List Filters hold, where both hold something',
			{ listFilters: { avatarOwnership: 'private' }, avatarFilter: { ownership: 'public', groupId: bruno } },
			{ ownership: 'private', group_id: 'group_bruno' },
			0,
		],
		['nothing when List Filters say All', { listFilters: { avatarOwnership: '' }, avatarFilter: { ownership: 'private' } }, {}, 120],
	])('are narrowed by %s', async (_name, filters, query, count) => {
		const { ids } = await listAll('searchAvatarLooks', filters);
		expect(queries()[0]).toEqual({ ownership: 'private', ...query, limit: '50' });
		if (count !== undefined) return expect(ids).toHaveLength(count);
		expect(ids.length).toBeGreaterThan(0);
		expect(ids.length).toBeLessThan(120);
	});

	it('are not narrowed by an expression, which the editor cannot evaluate', async () => {
		const avatarGroupId = { __rl: true, mode: 'id', value: '={{ $json.group }}' };
		const { ids } = await listAll('searchAvatarLooks', { listFilters: { avatarGroupId } });
		expect(ids).toHaveLength(120);
	});
});

describe('avatar groups', () => {
	it('say how many looks they have', async () => {
		const { results } = await list('searchAvatarGroups');
		expect(results).toHaveLength(30);
		expect(results[0]).toMatchObject({ name: 'Edda (ready, your own, female, 4 looks)', value: 'group_edda' });
		expect(results.find(({ value }) => value === 'group_ann')).toMatchObject({ name: 'Ann (female, 4 looks)' });
	});

	it('are searched and narrowed', async () => {
		expect((await listAll('searchAvatarGroups', {}, 'bru')).ids).toEqual(['group_bruno']);
		const own = await listAll('searchAvatarGroups', { listFilters: { avatarOwnership: 'private' } });
		expect(own.ids).toHaveLength(6);
		expect(own.ids).toContain('group_edda');
	});
});

describe('voices', () => {
	/** Ids of the account's own voices in the sandbox, and of all. */
	const OWN = 13;
	const ALL = 130;

	it('begin with the own ones, which say so, and have language, gender and a sample where there is one', async () => {
		const { results } = await list('searchVoices');
		expect(results.slice(0, OWN).every(({ name }) => name.includes('(your own, '))).toBe(true);
		expect(results.slice(OWN).some(({ name }) => name.includes('your own'))).toBe(false);
		expect(results[OWN]).toEqual({
			name: 'Ann – Calm (English, female)',
			value: 'voice_ann_calm_001',
			url: expect.stringMatching(/^http.*voice_ann_calm_001\.mp3/),
		});
		expect(queries()).toEqual([{ type: 'private', limit: '100' }, { type: 'public', limit: '100' }]);
	});

	it('can be scrolled to the end of both lists', async () => {
		const { ids, pages } = await listAll('searchVoices');
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toHaveLength(ALL);
		expect(pages).toBe(2);
	});

	it('go on where the screen was full, among the own ones, at their end and among the public ones', async () => {
		sandbox().configure({ voices: 1_200 });
		const tokens: unknown[] = [];
		const ids: unknown[] = [];
		for (let token: unknown, page = 0; page === 0 || token !== undefined; page++) {
			const { results, paginationToken } = await list('searchVoices', {}, undefined, token);
			ids.push(...results.map(({ value }) => value));
			tokens.push((token = paginationToken));
		}
		expect(new Set(ids).size).toBe(1_200);
		expect(ids).toHaveLength(1_200);
		// 120 own voices fill two pages, 1,080 public ones eleven.
		expect(queries().map(({ type }) => type)).toEqual([...Array<string>(2).fill('private'), ...Array<string>(11).fill('public')]);
		expect(tokens.slice(0, 3)).toEqual([expect.stringMatching(/^0:./), '1:', expect.stringMatching(/^1:./)]);
	});

	it('are searched by name and language in both lists', async () => {
		const { ids } = await listAll('searchVoices', {}, 'spanish bruno');
		expect(ids.length).toBeGreaterThan(0);
		expect(ids.every((id) => String(id).startsWith('voice_bruno'))).toBe(true);
		const { ids: own } = await listAll('searchVoices', {}, 'your own jonas');
		expect(own).toHaveLength(5);
	});

	it.each<[string, INodeParameters, object]>([
		['language', { listFilters: { voiceLanguage: 'German' } }, { language: 'German' }],
		['gender', { listFilters: { voiceGender: 'male' } }, { gender: 'male' }],
		['engine', { listFilters: { voiceEngine: 'fish' } }, { engine: 'fish' }],
		['several', { listFilters: { voiceLanguage: 'German', voiceGender: 'female' } }, { language: 'German', gender: 'female' }],
		['language, where filters stood before', { voiceFilter: { language: 'German' } }, { language: 'German' }],
		['gender, where filters stood before', { voiceFilter: { gender: 'male' } }, { gender: 'male' }],
		['engine, where filters stood before', { voiceFilter: { engine: 'fish' } }, { engine: 'fish' }],
		[
			'what List Filters hold, where both hold something',
			{ listFilters: { voiceLanguage: 'German' }, voiceFilter: { language: 'French', gender: 'female' } },
			{ language: 'German', gender: 'female' },
		],
	])('are narrowed by %s, in both lists', async (_name, filters, query) => {
		const { ids } = await listAll('searchVoices', filters);
		expect(queries()).toEqual([
			{ type: 'private', limit: '100', ...query },
			{ type: 'public', limit: '100', ...query },
		]);
		expect(ids.length).toBeGreaterThan(0);
		expect(ids.length).toBeLessThan(ALL);
	});

	it.each<[string, INodeParameters, string[]]>([
		['private', { listFilters: { voiceOwnership: 'private' } }, ['private']],
		['public', { listFilters: { voiceOwnership: 'public' } }, ['public', 'public']],
		['all', { listFilters: { voiceOwnership: '' } }, ['private', 'public', 'public']],
		['private, where filters stood before', { voiceFilter: { type: 'private' } }, ['private']],
		['public, where filters stood before', { voiceFilter: { type: 'public' } }, ['public', 'public']],
		['all, whatever stood there before', { listFilters: { voiceOwnership: '' }, voiceFilter: { type: 'public' } }, ['private', 'public', 'public']],
	])('are those of an ownership: %s', async (_name, filters, types) => {
		await listAll('searchVoices', filters);
		expect(queries().map(({ type }) => type)).toEqual(types);
	});

	it.each([
		['own', 0, "the account's own voices"],
		['public', 1, 'the public voices'],
	])('say when HeyGen does not list the %s ones', async (_which, skip, named) => {
		sandbox().addFault({ match: { path: '/v3/voices' }, kind: 'status', status: 403, skip });
		await expect(list('searchVoices')).rejects.toThrow(`Could not list ${named}: `);
	});
});

describe('a list that stands open in the editor', () => {
	beforeEach(() => {
		timing.readAhead = 0;
	});
	afterEach(() => {
		timing.readAhead = Infinity;
	});
	const publicPages = () => queries().filter(({ type }) => type === 'public').length;

	it('is read ahead, so that a search finds a name without asking for it', async () => {
		sandbox().configure({ voices: 1_500 });
		await list('searchVoices');
		// 1,350 voices of HeyGen's.
		await until(() => publicPages() === 14);
		const { results } = await list('searchVoices', {}, 'voice_zoltan49_');
		expect(results.map(({ name }) => name)).toEqual([expect.stringMatching(/^Zoltan 49 – /)]);
		expect(publicPages()).toBe(14);
	});

	it('is read once, however often it is opened in a minute, but for its beginning', async () => {
		sandbox().configure({ voices: 600 });
		const filters = { listFilters: { voiceOwnership: 'public', voiceGender: 'male' } };
		await list('searchVoices', filters);
		await until(() => publicPages() === 3);
		await list('searchVoices', filters);
		await until(() => publicPages() === 4);
	});

	it('is shown though the rest of it cannot be read', async () => {
		sandbox().configure({ voices: 700 });
		const filters = { listFilters: { voiceOwnership: 'public', voiceLanguage: 'German' } };
		sandbox().addFault({ match: { path: '/v3/voices' }, kind: 'status', status: 403, skip: 1 });
		expect((await list('searchVoices', filters)).results.length).toBeGreaterThan(0);
		await until(() => publicPages() === 2);
	});
});

describe('styles', () => {
	it('have a name that tells them apart, an id and a film, or else a picture', async () => {
		const { results, paginationToken } = await list('searchStyles');
		expect([results.length, paginationToken]).toEqual([45, undefined]);
		expect(results[0]).toEqual({
			name: 'Paper Cut (16:9, handmade, playful)',
			value: 'style_paper_cut_16x9',
			url: expect.stringMatching(/^http.*style_paper_cut_16x9\.mp4/),
		});
		const [withoutFilm] = results.filter(({ url }) => url?.includes('.jpg'));
		expect(withoutFilm).toMatchObject({ value: 'style_clay_16x9', name: 'Clay (16:9, handmade)' });
		expect(new Set(results.map(({ name }) => name)).size).toBeGreaterThan(40);
		expect(queries()).toEqual([{ limit: '100' }]);
	});

	it('are searched by name, shape and tag', async () => {
		expect((await listAll('searchStyles', {}, 'paper 9:16')).ids).toEqual(['style_paper_cut_9x16']);
		const { ids } = await listAll('searchStyles', {}, 'education 1:1');
		expect(ids).toEqual(['style_whiteboard_1x1', 'style_chalk_1x1', 'style_isometric_1x1']);
	});
});

describe('brand kits', () => {
	it('have a name and an id', async () => {
		const { results } = await list('searchBrandKits');
		expect(results).toContainEqual({ name: 'Acme', value: 'kit_acme' });
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
			// What n8n's editor shows besides, and that it links the credential.
			expect(thrown).toMatchObject({ httpCode: '401', description: expect.stringMatching(/API key in the credential/) });
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
		expect(sandbox().stats().requestsTotal).toBe(4);
	});
});

describe('records that say less, or in other words', () => {
	const listed = async (method: Method, data: unknown) => {
		const listFilters = { voiceOwnership: 'public', avatarOwnership: 'public' };
		server().answer = (_request, response) => sendJson(response, { data });
		const { apiKey, url: baseUrl } = server();
		return (await list(method, { listFilters }, undefined, undefined, { credentials: { apiKey, baseUrl } })).results;
	};

	it.each<[Method, unknown[]]>([
		['searchAvatarLooks', [{ look_id: 'x1', name: 'A' }, { id: 7 }, { name: 'nameless' }, { id: ' ' }]],
		['searchAvatarGroups', [{ group_id: 'x1', name: 'A' }, { id: 7, name: null }, { name: 'nameless' }]],
		['searchVoices', [{ id: 'x1', name: 'A' }, { voice_id: 7, name: '' }, { voice_id: '', name: 'nameless' }]],
		['searchBrandGlossaries', [{ id: 'x1', name: 'A' }, { brand_glossary_id: 7 }, {}]],
		['searchStyles', [{ style_id: 'x1', name: 'A', tags: 'none', preview_video_url: 's3://a' }, { id: 7, tags: [null, 3, {}], aspect_ratio: 1.5 }, {}]],
		['searchBrandKits', [{ brand_kit_id: 'x1', name: 'A' }, { id: 7, name: null }, { name: 'nameless' }]],
	])('are picked by their id in %s, or not offered', async (method, records) => {
		expect(await listed(method, records)).toEqual([{ name: 'A', value: 'x1' }, { name: '7', value: '7' }]);
	});
});
