/** What can be read of the video agent: sessions, their videos, and styles; and stopping it. Resources are in videoAgentResources.test.ts. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SandboxClient } from '../../sandbox/client';
import { ISO_SECONDS as ISO, limitsAskedOf, runAgent } from '../support/agentSupport';
import { type PlainRequest, sendAsIs, sendJson, usePlainServer } from '../support/plainServer';
import { errorOf, expression, jsonOf, linksOf, requestsTo, useSandbox, useTiming, type NodeRunOptions } from '../support/support';

useTiming();
const sandbox = useSandbox({ jobSeconds: 0, jobQueueSeconds: 0 });
const server = usePlainServer();

const client = () => new SandboxClient(sandbox().url);
const SESSIONS = 'GET /v3/video-agents';
const STYLES = 'GET /v3/video-agents/styles';
const STOP = 'POST /v3/video-agents/{session_id}/stop';

type Rest = [operation: string, parameters?: INodeParameters, options?: NodeRunOptions];
const run = async (...rest: Rest) => await runAgent(sandbox(), ...rest);
const ask = async (...rest: Rest) => await runAgent(server(), ...rest);

const limitsAsked = (endpoint: string) => limitsAskedOf(sandbox(), endpoint);

describe('Get Session', () => {
	it('says how far it is, in short or whole', async () => {
		const sessionId = await client().createSession({ prompt: 'A film on tea' });
		const short = jsonOf(await run('get', { sessionId }))[0] as IDataObject;
		expect(short).toEqual({
			session_id: sessionId,
			status: 'completed',
			title: 'A film on tea',
			progress: 100,
			video_id: expect.stringMatching(/^\w{32}$/),
			created_at: expect.stringMatching(ISO),
			question: null,
			last_message: expect.any(String),
		});
		const whole = jsonOf(await run('get', { sessionId, simplify: false }))[0] as IDataObject;
		expect(whole).toEqual({ ...short, created_at: expect.any(Number), messages: expect.any(Array) });
	});

	it('takes the address of its page', async () => {
		const id = await client().createSession();
		const [record] = jsonOf(await run('get', { sessionId: `https://app.heygen.com/agent/${id}` }));
		expect(record).toMatchObject({ session_id: id });
	});

	it('names the session that is not there', async () => {
		const error = errorOf(await run('get', { sessionId: 'nothing' }));
		expect(error.message).toMatch(/^Could not get the session: Session nothing not found/);
	});

	it.each(['get', 'getVideos', 'getResources', 'stop'])('refuses an ID that is none, in %s', async (operation) => {
		for (const [sessionId, message] of [
			[expression(''), "'Session ID' is empty"],
			[expression(null), "'Session ID' is empty"],
			['two words', "'Session ID' is not an ID: \"two words\" has a blank in it"],
			[expression({ name: 'x' }), "'Session ID' must be an ID, but it is a record without session_id or id"],
			[expression(['a', 'b']), "'Session ID' takes one ID, but 2 were given"],
		] as const) {
			expect(errorOf(await run(operation, { sessionId })).message).toContain(message);
		}
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it.each([
		['a record', (id: string) => expression({ session_id: id, id: 'other' })],
		['an item', (id: string) => `={{ [{ json: { session_id: "${id}" } } ] }}`],
		['blanks around it', (id: string) => ` ${id}\n`],
	])('takes %s', async (_name, given) => {
		const id = await client().createSession();
		expect(jsonOf(await run('get', { sessionId: given(id) }))[0]).toMatchObject({ session_id: id });
	});
});

describe('Get Many', () => {
	it('reads pages of 100, newest first', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 130; index += 1) ids.push(await client().createSession({ prompt: `Film ${index}` }));
		const result = await run('getAll', { returnAll: true });
		expect(jsonOf(result).map(({ session_id: id }) => id)).toEqual(ids.reverse());
		expect(jsonOf(result)[0]).toEqual({ session_id: ids[0], title: 'Film 129', created_at: expect.any(Number) });
		expect(limitsAsked(SESSIONS)).toEqual([100, 100]);
		expect(jsonOf(await run('getAll', { limit: 3 }))).toHaveLength(3);
		expect(limitsAsked(SESSIONS)).toEqual([100, 100, 3]);
	});

	it('gives no items for an empty list', async () => {
		const result = await run('getAll');
		expect([result.originalError, jsonOf(result)]).toEqual([undefined, []]);
	});
});

describe('Stop', () => {
	it('sends an empty object, which n8n would leave out, with an idempotency key', async () => {
		const sessionId = await client().createSession({ prompt: '[stuck]' });
		expect(jsonOf(await run('stop', { sessionId }))).toEqual([{ session_id: sessionId }]);
		expect(await client().getSession(sessionId)).toMatchObject({ status: 'completed', video_id: null });
		const [{ body, idempotencyKey } = {}] = requestsTo(sandbox(), STOP);
		expect([body, idempotencyKey]).toEqual([{}, expect.stringMatching(/^[\w:.-]{16,255}$/)]);
		// The sandbox refuses a stop without a body.
		expect((await client().call('POST', `/v3/video-agents/${sessionId}/stop`)).status).toBe(400);
	});

	it('says that the body is JSON', async () => {
		server().answer = (_request, response) => sendJson(response, { data: { session_id: 's1', state: 'stopping' } });
		expect(jsonOf(await ask('stop', { sessionId: 's1' }))).toEqual([{ session_id: 's1', state: 'stopping' }]);
		const [{ method, path, headers } = {} as PlainRequest] = server().requests;
		expect([method, path]).toEqual(['POST', '/v3/video-agents/s1/stop']);
		expect([headers['content-type'], headers['content-length']]).toEqual(['application/json', '2']);
	});

	it.each([
		['an empty record', '{"data":{}}'],
		['no record', '{"data":null}'],
		['a text for a record', '{"data":"ok"}'],
		['an empty envelope', '{}'],
		['nothing at all', ''],
	])('has stopped when HeyGen answers with %s', async (_name, body) => {
		server().answer = (_request, response) => sendAsIs(response, body, 200, 'application/json');
		expect(jsonOf(await ask('stop', { sessionId: 's1' }))).toEqual([{ session_id: 's1' }]);
		expect(server().requests).toHaveLength(1);
	});

	it('is sent again with the same key when its answer got lost', async () => {
		const sessionId = await client().createSession({ prompt: '[stuck]' });
		sandbox().addFault({ match: { method: 'POST', path: '/v3/video-agents/{session_id}/stop' }, kind: 'drop_after' });
		expect(jsonOf(await run('stop', { sessionId }))).toEqual([{ session_id: sessionId }]);
		const keys = requestsTo(sandbox(), STOP).map(({ idempotencyKey }) => idempotencyKey);
		expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
	});

	it('says which session is not there', async () => {
		expect(errorOf(await run('stop', { sessionId: 'gone' })).message).toMatch(/^Could not stop the session: Session gone not found/);
	});
});

describe('Get Videos', () => {
	it('has an item for each video, with its session', async () => {
		const sessionId = await client().createSession({ mode: 'chat', prompt: 'A film on tea [no-question]' });
		await client().sendMessage(sessionId, 'Shorter');
		const result = await run('getVideos', { sessionId });
		const { video_id: newest } = await client().getSession(sessionId);
		expect(jsonOf(result)).toHaveLength(2);
		expect(jsonOf(result)[0]).toMatchObject({ session_id: sessionId, video_id: newest, status: 'completed', title: 'A film on tea' });
		expect(String(jsonOf(result)[0]?.video_url)).toContain('/video.mp4?');
		expect(Object.keys(jsonOf(result)[0] as IDataObject).slice(0, 3)).toEqual(['session_id', 'video_id', 'status']);
		expect(linksOf(result)).toEqual([0, 0]);
		expect(requestsTo(sandbox(), 'GET /v3/video-agents/{session_id}/videos')[0]?.query).toEqual({});
	});

	it('are there when the session itself is not', async () => {
		const sessionId = await client().createSession({ prompt: '[session-gone]' });
		expect(errorOf(await run('get', { sessionId })).message).toContain('not found');
		expect(jsonOf(await run('getVideos', { sessionId }))).toHaveLength(1);
	});

	it('are none before there is one', async () => {
		const sessionId = await client().createSession({ mode: 'chat' });
		expect(jsonOf(await run('getVideos', { sessionId }))).toEqual([]);
	});

	it('go on to a next page, should HeyGen name one', async () => {
		server().answer = ({ query }, response) => {
			const isFirst = query.get('token') === null;
			sendJson(response, { data: [{ id: isFirst ? 'v2' : 'v1', status: 'completed' }], has_more: isFirst, next_token: isFirst ? 't' : null });
		};
		const result = await ask('getVideos', { sessionId: 's1' });
		expect(jsonOf(result)).toEqual(['v2', 'v1'].map((id) => ({ session_id: 's1', video_id: id, status: 'completed' })));
	});

	it('say what to do when HeyGen names no next page, as there is no limit to lower', async () => {
		server().answer = (_request, response) => sendJson(response, { data: [{ id: 'v1', status: 'completed' }], has_more: true });
		const error = errorOf(await ask('getVideos', { sessionId: 's1' }));
		expect(error.message).toMatch(/^Could not list the videos of the session: HeyGen says that the list goes on/);
		expect(error.description).toContain("operation 'Get' of the resource Video");
		expect(error.description).not.toContain('Limit');
	});
});

describe('Get Many Styles', () => {
	it('has films that show them', async () => {
		const [style] = jsonOf(await run('getStyles', { limit: 1 }));
		expect(style).toEqual({
			style_id: 'style_paper_cut_16x9',
			name: 'Paper Cut',
			aspect_ratio: '16:9',
			tags: ['handmade', 'playful'],
			preview_video_url: expect.stringContaining('.mp4?'),
			thumbnail_url: expect.stringContaining('.jpg?'),
		});
		expect((await fetch(String(style?.preview_video_url))).status).toBe(200);
	});

	it('reads pages of 100, narrowed by a tag', async () => {
		expect(jsonOf(await run('getStyles', { returnAll: true }))).toHaveLength(45);
		const result = await run('getStyles', { returnAll: true, filters: { tag: ' tech ' } });
		expect(new Set(jsonOf(result).map(({ name }) => name))).toEqual(new Set(['Blueprint', 'Neon Night', 'Isometric']));
		expect(requestsTo(sandbox(), STYLES).map(({ query }) => query)).toEqual([{ limit: '100' }, { limit: '100', tag: 'tech' }]);
		await run('getStyles', { filters: { tag: expression('') } });
		expect(requestsTo(sandbox(), STYLES).at(-1)?.query).toEqual({ limit: '50' });
	});

	it('hands on what HeyGen says of them, whatever that is', async () => {
		server().answer = (_request, response) => sendJson(response, { data: [{ style_id: 's1', name: 'A', tags: null, aspect_ratio: null }, { id: 7, name: 'B' }] });
		expect(jsonOf(await ask('getStyles'))).toEqual([{ style_id: 's1', name: 'A', tags: null, aspect_ratio: null }, { style_id: '7', name: 'B' }]);
	});
});
