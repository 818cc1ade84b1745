/** Custom API List: pages of any list, wherever the answer has its records and its cursor. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SandboxClient } from '../../sandbox/client';
import { listApi } from '../support/apiSupport';
import { answer, type RawRequest, useRawServer } from '../support/rawServer';
import { errorOf, expression, jsonOf, linksOf, PHOTO_LOOK, requestsTo, seedVideos, useSandbox, useTiming } from '../support/support';

useTiming();

const VOICES = 'GET /v3/voices';
const LOOKS = 'GET /v3/avatars/looks';

describe('a list of HeyGen', () => {
	// A tenth of the voices is the account's own, and not listed unless that is asked for.
	const sandbox = useSandbox({ voices: 2_777, groups: 30, looksPerGroup: 4 });
	const voiceIds = (records: IDataObject[]) => records.map(({ voice_id: id }) => id);
	const limitsOf = (endpoint: string) => requestsTo(sandbox(), endpoint).map(({ query }) => query.limit);

	it('of 2,500 voices is read with 25 requests', async () => {
		const result = await listApi(sandbox(), { path: '/v3/voices', returnAll: true });
		expect(result.originalError).toBeUndefined();
		expect(new Set(voiceIds(jsonOf(result))).size).toBe(2_500);
		expect(limitsOf(VOICES)).toEqual(Array(25).fill('100'));
		expect(new Set(linksOf(result))).toEqual(new Set([0]));
	});

	it('of 120 looks is read in pages of 50, which is the most it serves', async () => {
		const result = await listApi(sandbox(), { path: '/v3/avatars/looks', returnAll: true });
		expect(new Set(jsonOf(result).map(({ id }) => id)).size).toBe(120);
		expect(limitsOf(LOOKS)).toEqual(['50', '50', '50']);
	});

	it('up to a limit of 7 is one request for 7', async () => {
		const result = await listApi(sandbox(), { path: '/v3/avatars/looks', limit: 7 });
		expect(jsonOf(result)).toHaveLength(7);
		expect(limitsOf(LOOKS)).toEqual(['7']);
	});

	it('has 50 as its limit when the user sets none', async () => {
		expect(jsonOf(await listApi(sandbox(), { path: '/v3/voices' }))).toHaveLength(50);
		expect(limitsOf(VOICES)).toEqual(['50']);
	});

	it.each<[string, INodeParameters]>([
		['the option', { path: '/v3/voices', options: { pageSize: 30 } }],
		['the option, as text', { path: '/v3/voices', options: { pageSize: '={{ "30" }}' } }],
		['the path', { path: '/v3/voices?limit=30' }],
		['the query', { path: '/v3/voices', query: '{"limit": 30}' }],
		['all of them', { path: '/v3/voices?limit=30', query: '{"limit": "30"}', options: { pageSize: 30 } }],
	])('comes in pages of the size that %s says', async (_what, parameters) => {
		expect(jsonOf(await listApi(sandbox(), { ...parameters, limit: 70 }))).toHaveLength(70);
		expect(limitsOf(VOICES)).toEqual(['30', '30', '10']);
	});

	it('takes filters, on every page, and a cursor to begin with', async () => {
		const filtered = await listApi(sandbox(), { path: '/v3/voices?gender=female', returnAll: true });
		expect(jsonOf(filtered).length).toBeGreaterThan(100);
		expect(new Set(requestsTo(sandbox(), VOICES).map(({ query }) => query.gender))).toEqual(new Set(['female']));
		const { token } = requestsTo(sandbox(), VOICES)[1]?.query ?? {};
		const rest = await listApi(sandbox(), { path: '/v3/voices?gender=female', query: expression({ token }), returnAll: true });
		expect(voiceIds(jsonOf(rest))).toEqual(voiceIds(jsonOf(filtered)).slice(100));
	});

	it('has its cursor inside data, for batches', async () => {
		const videos = Array.from({ length: 60 }, (_, index) => ({ type: 'avatar', avatar_id: PHOTO_LOOK, script: `Script ${index}` }));
		const { body } = await new SandboxClient(sandbox().url).post('/v3/videos/batches', { videos });
		const { batch_id: id } = (body as { data: IDataObject }).data;
		const result = await listApi(sandbox(), { path: `/v3/videos/batches/${String(id)}`, returnAll: true, options: { pageSize: 25 } });
		expect(jsonOf(result).map(({ item_index: index }) => index)).toEqual([...Array(60).keys()]);
		expect(requestsTo(sandbox(), 'GET /v3/videos/batches/{batch_id}').map(({ query }) => query.limit)).toEqual(['25', '25', '25']);
	});

	it('that takes no size of a page is read without one', async () => {
		const result = await listApi(sandbox(), { path: '/v3/webhooks/event-types' });
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result).length).toBeGreaterThan(10);
		expect(requestsTo(sandbox(), 'GET /v3/webhooks/event-types').at(-1)?.query).toEqual({});
	});

	it('that never ends is an error', async () => {
		seedVideos(sandbox(), 250);
		sandbox().addFault({ match: { path: '/v3/videos' }, kind: 'endless_cursor', times: -1 });
		const error = errorOf(await listApi(sandbox(), { path: '/v3/videos', returnAll: true }));
		expect(error.message).toBe('Could not list /v3/videos: HeyGen sent the same page cursor twice, so the list would never end (item 1)');
	});

	it('gets over lost answers', async () => {
		sandbox().addFault({ match: { path: '/v3/voices' }, kind: 'drop_after', times: 2 });
		expect(jsonOf(await listApi(sandbox(), { path: '/v3/voices', limit: 120 }))).toHaveLength(120);
	});

	it('that is not there says so', async () => {
		const error = errorOf(await listApi(sandbox(), { path: '/v3/nowhere' }));
		expect(error.message).toMatch(/^Could not list \/v3\/nowhere: /);
		expect(error.description).toContain("Check 'Path': HeyGen has nothing at /v3/nowhere for GET");
	});
});

describe('a list that nobody knows', () => {
	const server = useRawServer();
	const asked = () => server().log.map(({ query }) => Object.fromEntries(query));

	/** Reads a list that is answered with these bodies, page by page. */
	async function read(bodies: unknown[], parameters: INodeParameters = {}) {
		server().handler = (_request, response, nth) => answer(response, bodies[nth - 1] ?? { error: { message: 'No more pages' } });
		return await listApi(server(), { path: '/v3/things', returnAll: true, ...parameters });
	}

	it.each<[string, unknown[]]>([
		['data', [{ data: [{ id: 1 }], has_more: true, next_token: 'b' }, { data: [{ id: 2 }], has_more: false, next_token: null }]],
		['data.items, cursor inside', [{ data: { items: [{ id: 1 }], has_more: true, next_token: 'b' } }, { data: { items: [{ id: 2 }], has_more: false } }]],
		['data.items, cursor at the top', [{ data: { items: [{ id: 1 }] }, has_more: true, next_token: 'b' }, { data: { items: [{ id: 2 }] } }]],
		['data.items beside another list', [{ data: { tags: ['x'], items: [{ id: 1 }], next_token: 'b' } }, { data: { tags: [], items: [{ id: 2 }] } }]],
		['the one list in data', [{ data: { total: 2, things: [{ id: 1 }], next_token: 'b' } }, { data: { total: 2, things: [{ id: 2 }] } }]],
		['the body, without an envelope', [{ things: [{ id: 1 }], next_token: 'b' }, { things: [{ id: 2 }] }]],
		['data, cursor in meta', [{ data: [{ id: 1 }], meta: { has_more: true, next_token: 'b' } }, { data: [{ id: 2 }], meta: { has_more: false } }]],
		['data, cursor in paging, beside a field of its own', [{ data: [{ id: 1 }], kind: 'x', paging: { next_cursor: 'b' } }, { data: [{ id: 2 }], kind: 'x' }]],
		['data.items, cursor in data.pagination', [{ data: { items: [{ id: 1 }], pagination: { has_more: true, next_token: 'b' } } }, { data: { items: [{ id: 2 }] } }]],
		['data, cursor called next_cursor', [{ data: [{ id: 1 }], next_cursor: 'b' }, { data: [{ id: 2 }], next_cursor: null }]],
		['data, cursor called next_page_token', [{ data: [{ id: 1 }], next_page_token: 'b' }, { data: [{ id: 2 }] }]],
		['data, cursor called cursor', [{ data: [{ id: 1 }], has_more: true, cursor: 'b' }, { data: [{ id: 2 }], cursor: null }]],
		['data.items, no cursor inside, but at the top', [{ data: { items: [{ id: 1 }], next_token: null }, has_more: true, next_token: 'b' }, { data: { items: [{ id: 2 }] } }]],
		['data.items, an end inside, but more at the top', [{ data: { items: [{ id: 1 }], has_more: false }, has_more: true, next_token: 'b' }, { data: { items: [{ id: 2 }], has_more: false } }]],
		['data.data', [{ data: { data: [{ id: 1 }], next_token: 'b' } }, { data: { data: [{ id: 2 }] } }]],
		['data.data.items', [{ data: { data: { items: [{ id: 1 }] }, has_more: 'true', next_token: 'b' } }, { data: { data: { items: [{ id: 2 }] } } }]],
	])('has its records in %s', async (_what, bodies) => {
		const result = await read(bodies);
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toEqual([{ id: 1 }, { id: 2 }]);
		expect(asked()).toEqual([{ limit: '100' }, { limit: '100', token: 'b' }]);
	});

	it.each<[string, unknown, IDataObject[]]>([
		['texts', { data: { languages: ['de', 'en'] } }, [{ value: 'de' }, { value: 'en' }]],
		['nothing', { data: [] }, []],
		['nothing, in data', { data: { items: [] } }, []],
		['a record with places for keys', { data: { 0: { id: 1 }, 1: { id: 2 } } }, [{ id: 1 }, { id: 2 }]],
		['a list as the body', [{ id: 1 }], [{ id: 1 }]],
		['records with an error', { data: [{ id: 1, error: 'x' }] }, [{ id: 1, failure: 'x' }]],
	])('of %s is put out', async (_what, body, items) => {
		const result = await read([body]);
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toEqual(items);
	});

	it.each<[string, unknown, string]>([
		['a record without a list', { data: { id: 1 } }, "Could not list /v3/things: HeyGen's answer holds a record instead of a list (item 1)"],
		['nothing', { data: null }, "Could not list /v3/things: HeyGen's answer holds nothing instead of a list (item 1)"],
		['several lists', { data: { a: [], b: [] } }, "Could not list /v3/things: HeyGen's answer holds several lists: a, b (item 1)"],
		['a record with tags', { data: { id: 'v1', status: 'completed', tags: ['a', 'b'] } }, "Could not list /v3/things: HeyGen's answer holds one record, with tags in it, instead of a list (item 1)"],
		['no items, beside tags', { data: { items: null, tags: ['x'] } }, "Could not list /v3/things: HeyGen's answer holds nothing instead of a list (item 1)"],
		['a list that breaks off inside', { data: { items: [{ id: 1 }], pagination: { has_more: true } } }, 'Could not list /v3/things: HeyGen says that the list goes on, but does not name its next page (item 1)'],
		['a list that goes on in another way', { data: [{ id: 1 }], meta: { next_page: 2 } }, 'Could not list /v3/things: HeyGen says that the list goes on, but does not name its next page (item 1)'],
		['a list that breaks off', { data: [{ id: 1 }], has_more: true }, 'Could not list /v3/things: HeyGen says that the list goes on, but does not name its next page (item 1)'],
	])('that is %s is an error', async (_what, body, message) => {
		expect(errorOf(await read([body])).message).toBe(message);
	});

	it.each(['cursor', 'page_token'])('is asked for its next page by %s, where the first was asked for by that', async (name) => {
		const result = await read([{ data: [1], next_cursor: 'b' }, { data: [2] }], { query: expression({ [name]: 'a' }) });
		expect(jsonOf(result)).toEqual([{ value: 1 }, { value: 2 }]);
		expect(asked()).toEqual([{ limit: '100', [name]: 'a' }, { limit: '100', [name]: 'b' }]);
	});

	it.each<[string, unknown]>([
		['false, whatever the cursor', { data: [1], has_more: false, next_token: 'b' }],
		['false as text', { data: [1], has_more: 'false', next_token: 'b' }],
		['a cursor of 0', { data: [1], next_token: 0 }],
	])('ends at %s', async (_what, body) => {
		expect(jsonOf(await read([body]))).toEqual([{ value: 1 }]);
		expect(server().log).toHaveLength(1);
	});

	describe('and refuses a size of pages without naming it', () => {
		const refusal = { error: { code: 'invalid_parameter', message: "Unknown query parameter 'limit'" } };
		beforeEach(() => {
			server().handler = ({ query }, response) => (query.has('limit') ? answer(response, refusal, 400) : answer(response, { data: [1] }));
		});

		it('is read without one', async () => {
			expect(jsonOf(await listApi(server(), { path: '/v3/things' }))).toEqual([{ value: 1 }]);
			expect(asked()).toEqual([{ limit: '50' }, {}]);
		});

		it.each<INodeParameters>([{ options: { pageSize: 20 } }, { query: '{"limit": 20}' }])('is an error where the user has given one (%j)', async (parameters) => {
			const error = errorOf(await listApi(server(), { path: '/v3/things', ...parameters }));
			expect(error.message).toBe("Could not list /v3/things: Unknown query parameter 'limit' (item 1)");
			expect(server().log).toHaveLength(1);
		});

		it('is an error when it refuses the rest as well, or a later page', async () => {
			server().handler = (_request, response) => answer(response, refusal, 400);
			expect(errorOf(await listApi(server(), { path: '/v3/things' })).message).toContain('Unknown query parameter');
			expect(server().log).toHaveLength(2);
			server().log.length = 0;
			server().handler = ({ query }, response) => (query.has('token') ? answer(response, refusal, 400) : answer(response, { data: [1], next_token: 'b' }));
			expect(errorOf(await listApi(server(), { path: '/v3/things' })).message).toContain('Unknown query parameter');
			expect(server().log).toHaveLength(2);
		});
	});

	describe('and serves smaller pages', () => {
		const refused = (most: number) => ({ error: { code: 'invalid_parameter', message: `At most ${most}`, param: 'limit' } });
		/** Answers as a list that serves pages of so many. */
		const serving = (most: number) => {
			server().handler = ({ query }: RawRequest, response) => {
				const limit = Number(query.get('limit') ?? most);
				if (limit > most) return answer(response, refused(most), 400);
				const from = Number(query.get('token') ?? 0);
				const data = Array.from({ length: Math.min(limit, 60 - from) }, (_, at) => ({ id: from + at }));
				const next = from + data.length;
				answer(response, { data, has_more: next < 60, next_token: next < 60 ? String(next) : null });
			};
		};

		it('is read in those', async () => {
			serving(20);
			const result = await listApi(server(), { path: '/v3/things', returnAll: true });
			expect(jsonOf(result).map(({ id }) => id)).toEqual([...Array(60).keys()]);
			expect(asked().map(({ limit }) => limit)).toEqual(['100', '50', '20', '20', '20']);
		});

		it('is read as HeyGen has it, when it serves hardly any', async () => {
			serving(6);
			const result = await listApi(server(), { path: '/v3/things', limit: 9 });
			expect(jsonOf(result).map(({ id }) => id)).toEqual([...Array(9).keys()]);
			expect(asked().map(({ limit }) => limit)).toEqual(['9', undefined, undefined]);
		});

		it('is an error where the user has said how large they are', async () => {
			serving(20);
			const error = errorOf(await listApi(server(), { path: '/v3/things', options: { pageSize: 40 } }));
			expect(error.message).toBe("Could not list /v3/things: At most 20 (field 'limit') (item 1)");
			expect(server().log).toHaveLength(1);
		});
	});

	it('is refused before anything is sent', async () => {
		const table: Array<[INodeParameters, string]> = [
			[{ path: '={{ " " }}' }, "'Path' is empty"],
			[{ path: 'https://evil.example/v3/videos' }, "'Path' must be a path of HeyGen's API"],
			[{ path: '/v3/things/{id}' }, "'Path' has a placeholder in it"],
			[{ path: '/v3/things', query: '{"limit": "many"}' }, "'Query (JSON) → limit' must be a whole number of 1 or more"],
			[{ path: '/v3/things?limit=5', query: '{"limit": 6}' }, '\'Path\' has limit="5", but \'Query (JSON)\' has "6" for it'],
			[{ path: '/v3/things?limit=5', options: { pageSize: 6 } }, "'Page Size' is 6, but the query has 5 for limit"],
			[{ path: '/v3/things', options: { pageSize: 0 } }, "'Page Size' must be a whole number of 1 or more"],
			[{ path: '/v3/things', limit: '={{ 0 }}' }, "'Limit' must be a whole number of 1 or more"],
			[{ path: '/v3/things', query: expression(['a']) }, "'Query (JSON)' must be JSON of a record"],
		];
		for (const [parameters, message] of table) {
			const error = errorOf(await listApi(server(), parameters));
			expect(error.message.slice(0, message.length)).toBe(message);
			expect(error.message).toMatch(/\(item 1\)$/);
		}
		expect(server().log).toEqual([]);
	});
});
