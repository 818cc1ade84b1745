/** Resources of a video agent's session: one with its files, and many, listed or one by one. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sampleFile } from '../../sandbox';
import { SandboxClient } from '../../sandbox/client';
import { ISO_SECONDS as ISO, limitsAskedOf, runAgent } from '../support/agentSupport';
import { readBinary, type RunResult } from '../support/harness';
import { sendAsIs, sendJson, usePlainServer } from '../support/plainServer';
import { countOf, errorOf, expression, itemAt, jsonOf, linksOf, startVideo, until, useSandbox, useTiming, type NodeRunOptions } from '../support/support';

useTiming();
const sandbox = useSandbox({ jobSeconds: 0, jobQueueSeconds: 0 });
const server = usePlainServer();

const client = () => new SandboxClient(sandbox().url);
const SESSION = 'GET /v3/video-agents/{session_id}';
const RESOURCES = 'GET /v3/video-agents/sessions/{session_id}/resources';
const RESOURCE = 'GET /v3/video-agents/{session_id}/resources/{resource_id}';

type Rest = [operation: string, parameters?: INodeParameters, options?: NodeRunOptions];
const run = async (...rest: Rest) => await runAgent(sandbox(), ...rest);
const ask = async (...rest: Rest) => await runAgent(server(), ...rest);

const limitsAsked = (endpoint: string) => limitsAskedOf(sandbox(), endpoint);
const pictures = (count: number) => Array.from({ length: count }, (_, index) => ({ type: 'url', url: `https://example.com/${index}.png` }));

describe('Get Resource', () => {
	const resourcesOf = async (sessionId: string) =>
		(await client().get(`/v3/video-agents/sessions/${sessionId}/resources?limit=100`)).body.data as IDataObject[];
	const idOf = (resources: IDataObject[], type: string) => String(resources.find(({ resource_type: own }) => own === type)?.resource_id);

	it('has fresh addresses and its session, in short or whole', async () => {
		const sessionId = await client().createSession();
		const resourceId = idOf(await resourcesOf(sessionId), 'image');
		const short = jsonOf(await run('getResource', { sessionId, resourceId }))[0] as IDataObject;
		expect(short).toEqual({
			session_id: sessionId,
			resource_id: resourceId,
			resource_type: 'image',
			source_type: 'generated',
			url: expect.stringContaining('.jpg?'),
			preview_url: expect.stringContaining('.jpg?'),
			thumbnail_url: expect.stringContaining('.jpg?'),
			created_at: expect.stringMatching(ISO),
		});
		expect(itemAt(await run('getResource', { sessionId, resourceId })).binary).toBeUndefined();
		const whole = jsonOf(await run('getResource', { sessionId, resourceId, simplify: false }))[0];
		expect(whole).toMatchObject({ session_id: sessionId, resource_id: resourceId, metadata: { width: 1920, height: 1080 } });
		expect(sandbox().stats().fileRequests).toBe(0);
	});

	it('fetches its files, each under a name of its own', async () => {
		const sessionId = await client().createSession();
		const resourceId = idOf(await resourcesOf(sessionId), 'video');
		const item = itemAt(await run('getResource', { sessionId, resourceId, download: ['all'] }));
		const files = Object.entries(item.binary ?? {}).map(([name, { fileName, mimeType }]) => [name, fileName, mimeType]);
		expect(files).toEqual([
			['file', `${resourceId}.mp4`, 'video/mp4'],
			['preview', `${resourceId}-preview.gif`, 'image/gif'],
			['thumbnail', `${resourceId}-thumbnail.jpg`, 'image/jpeg'],
		]);
		expect((await readBinary(item, 'file')).equals(sampleFile('mp4'))).toBe(true);
		expect(item.json.missing_files).toBeUndefined();
		expect(sandbox().stats().keysSeenOnFileHost).toBe(0);
	});

	it.each([
		[['file', 'preview', 'thumbnail'], ['preview'], ['file', 'thumbnail']],
		[['file'], [], ['file']],
		[['all'], ['preview'], undefined],
	])('goes on without files that it does not have: %j', async (download, fetched, missing) => {
		const sessionId = await client().createSession();
		const resourceId = idOf(await resourcesOf(sessionId), 'draft');
		const item = itemAt(await run('getResource', { sessionId, resourceId, download }));
		expect([Object.keys(item.binary ?? {}), item.json.missing_files]).toEqual([fetched, missing]);
	});

	it('asks for a fresh address when one has expired, and hands that on', async () => {
		const sessionId = await client().createSession();
		const resourceId = idOf(await resourcesOf(sessionId), 'image');
		sandbox().addFault({ match: { path: '/files' }, kind: 'expired_url' });
		const item = itemAt(await run('getResource', { sessionId, resourceId, download: ['file'] }));
		expect((await readBinary(item, 'file')).equals(sampleFile('jpg'))).toBe(true);
		expect(countOf(sandbox(), RESOURCE)).toBe(2);
		expect((await fetch(String(item.json.url))).status).toBe(200);
	});

	it('fetches a file of the user that lies elsewhere', async () => {
		const jpg = sampleFile('jpg');
		server().answer = (_request, response) => response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(jpg);
		const sessionId = await client().createSession({ files: [{ type: 'url', url: `${server().url}/logo.jpg` }] });
		const uploaded = (await resourcesOf(sessionId)).find(({ source_type: source }) => source === 'user_uploaded');
		const item = itemAt(await run('getResource', { sessionId, resourceId: String(uploaded?.resource_id), download: ['file'] }));
		expect((await readBinary(item, 'file')).equals(jpg)).toBe(true);
		expect(server().requests[0]?.headers['x-api-key']).toBeUndefined();
	});

	it.each([
		[{ resourceId: expression(' ') }, "'Resource ID' is empty"],
		[{ resourceId: 'a,b' }, "'Resource ID' is not an ID"],
		[{ resourceId: 'r1', download: ['poster'] }, "'Download' has an unknown value: \"poster\""],
		[{ resourceId: 'r1', simplify: '={{ "maybe" }}' }, "'Simplify'"],
	])('refuses %j before it asks', async (parameters, message) => {
		expect(errorOf(await run('getResource', { sessionId: 's1', ...parameters })).message).toContain(message);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});

	it('says which resource is not there', async () => {
		const sessionId = await client().createSession();
		const error = errorOf(await run('getResource', { sessionId, resourceId: 'r9' }));
		expect(error.message).toMatch(/^Could not get the resource r9: Resource r9 not found/);
	});
});

describe('Get Many Resources', () => {
	it('reads pages of 100', async () => {
		for (let session = 0; session < 2; session += 1) await client().createSession();
		const sessionId = await client().createSession({ mode: 'chat', prompt: 'Tea [no-question]', files: pictures(20) });
		for (let round = 0; round < 4; round += 1) await client().sendMessage(sessionId, 'More', { files: pictures(20) });
		const result = await run('getResources', { sessionId, returnAll: true });
		expect(jsonOf(result)).toHaveLength(115);
		expect(new Set(jsonOf(result).map(({ resource_id: id }) => id)).size).toBe(115);
		expect(new Set(jsonOf(result).map(({ session_id: id }) => id))).toEqual(new Set([sessionId]));
		expect(Object.keys(jsonOf(result)[0] as IDataObject).slice(0, 3)).toEqual(['session_id', 'resource_id', 'resource_type']);
		expect(limitsAsked(RESOURCES)).toEqual([100, 100]);
		expect(jsonOf(await run('getResources', { sessionId, limit: 7 }))).toHaveLength(7);
		expect(limitsAsked(RESOURCES)).toEqual([100, 100, 7]);
		expect(countOf(sandbox(), SESSION)).toBe(0);
	});

	it('reads one by one what the messages name, where there is no list', async () => {
		const sessionId = await client().createSession({ files: pictures(3) });
		const listed = jsonOf(await run('getResources', { sessionId, returnAll: true, simplify: false }));
		sandbox().configure({ agentResourcesList: false });
		const result = await run('getResources', { sessionId, returnAll: true, simplify: false });
		const sorted = (records: IDataObject[]) => records.map(({ resource_id: id, resource_type: type }) => `${String(id)} ${String(type)}`).sort();
		expect(sorted(jsonOf(result))).toEqual(sorted(listed));
		expect(jsonOf(result)[0]).toMatchObject({ session_id: sessionId, resource_type: 'video', created_at: expect.any(Number) });
		expect(linksOf(result)).toEqual([0, 0, 0, 0, 0, 0]);
		expect([countOf(sandbox(), SESSION), countOf(sandbox(), RESOURCE)]).toEqual([1, 6]);
	});

	it('reads no more of them than are asked for', async () => {
		sandbox().configure({ agentResourcesList: false });
		const sessionId = await client().createSession({ files: pictures(3) });
		const result = await run('getResources', { sessionId, limit: 2 });
		expect(jsonOf(result).map(({ resource_type: type }) => type)).toEqual(['video', 'image']);
		expect(countOf(sandbox(), RESOURCE)).toBe(2);
	});

	it('says that the session is not there, rather than its list', async () => {
		for (const agentResourcesList of [true, false]) {
			sandbox().configure({ agentResourcesList });
			const error = errorOf(await run('getResources', { sessionId: 'nothing' }));
			expect(error.message).toMatch(/^Could not get the session nothing: Session nothing not found/);
		}
	});

	it.each(['={{ 0 }}', '={{ "many" }}', '={{ 1.5 }}'])('refuses the limit %s before it asks', async (limit) => {
		expect(errorOf(await run('getResources', { sessionId: 's1', limit })).message).toMatch(/^'Limit' must be a whole number/);
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('Get Many Resources of a HeyGen that answers oddly', () => {
	/** Answers as one whose list is missing, with these messages, and a record for each resource unless told otherwise. */
	function withMessages(messages: unknown, resource: (id: string) => { status?: number; body: unknown } = (id) => ({ body: { data: { resource_id: id, resource_type: 'image' } } })): void {
		server().answer = ({ path }, response) => {
			const [, , , session, kind, id = ''] = path.split('/');
			if (session === 'sessions') return sendJson(response, { error: { code: 'not_found', message: 'no such path' } }, 404);
			if (kind !== 'resources') return sendJson(response, { data: { session_id: 's1', status: 'completed', ...(messages === undefined ? {} : { messages }) } });
			const { status = 200, body } = resource(decodeURIComponent(id));
			return sendJson(response, body, status);
		};
	}
	const all = async (options: NodeRunOptions = {}, more: INodeParameters = {}) =>
		await ask('getResources', { sessionId: 's1', returnAll: true, ...more }, options);
	const idsOf = (result: RunResult) => jsonOf(result).map(({ resource_id: id }) => id);
	const asked = () => server().requests.filter(({ path }) => path.startsWith('/v3/video-agents/s1/resources/')).length;

	it.each([
		['no messages', undefined, []],
		['messages that are null', null, []],
		['messages that are a text', 'none', []],
		['messages that are none', ['hello', null, 7, ['r1']], []],
		['resource_ids that are null, or missing', [{ resource_ids: null }, {}, { resource_ids: [] }], []],
		['doubles', [{ resource_ids: ['r2', 'r1'] }, { resource_ids: ['r1', 'r2', 'r3'] }], ['r2', 'r1', 'r3']],
		['numbers, blanks and records', [{ resource_ids: [7, ' r1 ', '', null, { resource_id: 'r2' }, { id: 'r3' }, true] }], ['7', 'r1', 'r2', 'r3']],
		['one ID without a list', [{ resource_ids: 'r1' }], ['r1']],
		['IDs that need to be written otherwise in a path', [{ resource_ids: ['a/b?c', 'draft_ä'] }], ['a/b?c', 'draft_ä']],
	])('knows what is meant by %s', async (_name, messages, ids) => {
		withMessages(messages);
		const result = await all();
		expect([result.originalError, idsOf(result)]).toEqual([undefined, ids]);
	});

	it('reads 300, ten at a time, in their order', async () => {
		const ids = Array.from({ length: 300 }, (_, index) => `r${index}`);
		withMessages([{ resource_ids: ids.slice(0, 150) }, { resource_ids: ids.slice(100) }]);
		const { answer } = server();
		let [now, most] = [0, 0];
		server().answer = (request, response) => {
			now += 1;
			most = Math.max(most, now);
			response.on('close', () => (now -= 1));
			// Each is held back until others could have come.
			setTimeout(() => answer(request, response), 2);
		};
		const result = await all();
		expect([idsOf(result), asked()]).toEqual([ids, 300]);
		expect(most).toBe(10);
	});

	it('leaves out what is not there any more, and reads others in its place', async () => {
		const gone = { status: 404, body: { error: { code: 'not_found', message: 'gone' } } };
		withMessages([{ resource_ids: ['r1', 'r2', 'r3', 'r4', 'r5'] }], (id) => (['r1', 'r3'].includes(id) ? gone : { body: { data: { resource_id: id } } }));
		expect(idsOf(await all())).toEqual(['r2', 'r4', 'r5']);
		const before = asked();
		expect(idsOf(await all({}, { returnAll: false, limit: 2 }))).toEqual(['r2', 'r4']);
		expect(asked() - before).toBe(4);
	});

	it('loses only what cannot be read, where errors have an output of their own', async () => {
		const refused = { status: 403, body: { error: { code: 'resource_access_denied', message: 'not yours' } } };
		withMessages([{ resource_ids: ['r1', 'r2', 'r3'] }], (id) => (id === 'r2' ? refused : { body: { data: { resource_id: id } } }));
		const result = await all({ onError: 'continueErrorOutput' });
		expect(idsOf(result)).toEqual(['r1', 'r3']);
		expect(jsonOf(result, 1)).toEqual([
			expect.objectContaining({
				error: expect.stringMatching(/^Could not get the resource r2: not yours/),
				details: expect.objectContaining({ session_id: 's1', resource_id: 'r2', httpCode: '403' }),
			}),
		]);
		expect(errorOf(await all()).message).toMatch(/^Could not get the resource r2: not yours/);
	});

	it('takes a page for what it is when the path is not there', async () => {
		withMessages([{ resource_ids: ['r1'] }]);
		const { answer } = server();
		server().answer = (request, response) =>
			request.path.includes('/sessions/') ? sendAsIs(response, '<html>Cannot GET</html>', 404, 'text/html') : answer(request, response);
		expect(idsOf(await all())).toEqual(['r1']);
	});

	it('names a resource that does not name itself', async () => {
		withMessages([{ resource_ids: ['r1'] }], () => ({ body: { data: { resource_type: 'voice', url: null } } }));
		expect(jsonOf(await all())).toEqual([{ session_id: 's1', resource_id: 'r1', resource_type: 'voice', url: null }]);
	});

	it.each([
		['a session that is no record', { data: [] }],
		['a session that is nothing', { data: null }],
	])('says so of %s', async (_name, body) => {
		server().answer = ({ path }, response) => (path.includes('/sessions/') ? sendJson(response, {}, 404) : sendJson(response, body));
		expect(errorOf(await all()).message).toMatch(/^Could not get the session s1: HeyGen's answer holds/);
	});

	it('does not go on when another error than 404 meets the list', async () => {
		withMessages([{ resource_ids: ['r1'] }]);
		const { answer } = server();
		const body = { error: { code: 'insufficient_api_key_scope', message: 'no scope' } };
		server().answer = (request, response) => (request.path.includes('/sessions/') ? sendJson(response, body, 403) : answer(request, response));
		expect(errorOf(await all()).message).toMatch(/^Could not list the resources of the session: no scope/);
		expect(server().requests).toHaveLength(1);
	});
});

it('is cancelled while resources are read one by one', async () => {
	const sessionId = await client().createSession({ files: pictures(20) });
	sandbox().configure({ agentResourcesList: false });
	sandbox().addFault({ match: { path: '/v3/video-agents/{session_id}/resources/{resource_id}' }, kind: 'hang', times: -1 });
	const running = startVideo(sandbox(), 'getResources', { resource: 'videoAgent', sessionId, returnAll: true });
	await until(() => countOf(sandbox(), RESOURCE) > 0);
	running.cancel();
	const result = await running.promise;
	expect(jsonOf(result)).toEqual([]);
	expect(countOf(sandbox(), RESOURCE)).toBeLessThan(20);
});
