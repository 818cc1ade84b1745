/** Custom API Call: what goes out, and what comes of the answer. That nothing is done twice is in customCallOnce.test.ts. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { callApi } from '../support/apiSupport';
import { answer, useRawServer, type RawRequest } from '../support/rawServer';
import { errorOf, expectNoKey, expression, jsonOf, linksOf, useTiming } from '../support/support';

useTiming();

/** Items with these fields, one for each row. */
const rows = (...records: IDataObject[]) => records.map((json) => ({ json }));

describe('the request', () => {
	const server = useRawServer();
	const sent = (): RawRequest => server().log[0] as RawRequest;
	beforeEach(() => {
		server().handler = (_request, response) => answer(response, { data: { ok: true } });
	});

	/** Runs a call that must end well. */
	async function call(parameters: INodeParameters): Promise<IDataObject[]> {
		const result = await callApi(server(), parameters);
		expect(result.originalError).toBeUndefined();
		return jsonOf(result);
	}

	it.each<[string, string]>([
		['/v3/videos', '/v3/videos'],
		['v3/videos/abc', '/v3/videos/abc'],
		['https://api.heygen.com/v3/videos', '/v3/videos'],
		['/v3/videos/a b/ü', '/v3/videos/a%20b/%C3%BC'],
		['/v3/videos/a%20b', '/v3/videos/a%20b'],
		['/v3/videos/a:b;c', '/v3/videos/a%3Ab%3Bc'],
		['/v3/videos?limit=5', '/v3/videos?limit=5'],
		['/v3/videos/50%25?title=50%25', '/v3/videos/50%25?title=50%25'],
	])('goes for %j to %s', async (path, target) => {
		await call({ path });
		expect(server().log.map((request) => request.target)).toEqual([target]);
		expect(sent()).toMatchObject({ method: 'GET', body: '', headers: { 'x-api-key': server().apiKey } });
	});

	it("goes to a path below the credential's own base URL", async () => {
		const baseUrl = `${server().url}/heygen`;
		for (const path of ['/v3/videos', `${baseUrl}/v3/videos`]) await callApi(server(), { path }, { credentials: { baseUrl } });
		expect(server().log.map(({ target }) => target)).toEqual(['/heygen/v3/videos', '/heygen/v3/videos']);
	});

	it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('has the method %s', async (method) => {
		await call({ method, path: '/v3/podcasts/p1' });
		expect(sent().method).toBe(method);
	});

	it.each(['=post', '={{ "Post " }}', '={{ "POST" }}'])('takes the method %j of an expression', async (method) => {
		await call({ method, path: '/v3/podcasts', body: '{"topic": "Tea"}' });
		expect(sent()).toMatchObject({ method: 'POST', body: '{"topic":"Tea"}' });
	});

	it.each<[string, INodeParameters, string]>([
		['a record', { query: expression({ limit: 5, ids: ['a', 'b'], mine: true, empty: '' }) }, 'limit=5&ids=a%2Cb&mine=true'],
		['JSON text', { query: '{"limit": 5, "ids": ["a", "b"], "none": null}' }, 'limit=5&ids=a%2Cb'],
		['text as in an address', { query: '=limit=5&title=a+b' }, 'limit=5&title=a%20b'],
		['text with blanks and quotes', { query: '=folder_id = "abc" & limit = 10' }, 'folder_id=abc&limit=10'],
		['text in lines', { query: '=limit=5\nstatus=completed' }, 'limit=5&status=completed'],
		['text of a page', { query: '=`limit=5&amp;status=x`' }, 'limit=5&status=x'],
		['a record with blanks in its names', { query: expression({ ' limit ': 5 }) }, 'limit=5'],
		['JSON of JSON text', { query: '="{\\"limit\\": 5}"' }, 'limit=5'],
		['the path', { path: '/v3/videos?limit=5&title=a%26b' }, 'limit=5&title=a%26b'],
		['both', { path: '/v3/videos?limit=5', query: '{"title": "a", "limit": 5}' }, 'limit=5&title=a'],
	])('has a query that is given as %s', async (_what, parameters, query) => {
		await call({ path: '/v3/videos', ...parameters });
		expect(sent().target).toBe(`/v3/videos?${query}`);
	});

	it.each<[string, string, string]>([
		['JSON text', '{"topic": "Tea", "empty": "", "none": null, "list": [], "deep": {"a": {}}}', '{"topic":"Tea","empty":"","none":null,"list":[],"deep":{"a":{}}}'],
		['a record', expression({ topic: 'Tea', n: 0, no: false, blank: ' ' }), '{"topic":"Tea","n":0,"no":false,"blank":" "}'],
		['JSON in a fence', '=```json\n{"topic": "Tea"}\n```', '{"topic":"Tea"}'],
		['JSON of JSON text', '="{\\"topic\\": \\"Tea\\"}"', '{"topic":"Tea"}'],
		['a record with nothing in it', '{}', '{}'],
	])('has a body that is given as %s, as it is', async (_what, body, text) => {
		await call({ method: 'POST', path: '/v3/podcasts', body });
		expect(sent().body).toBe(text);
		expect(sent().headers['content-type']).toMatch(/^application\/json/);
	});

	it.each<[string, string]>([
		['POST', ''],
		['PATCH', '=   '],
		['DELETE', '{}'],
		['GET', '{}'],
	])('of %s has no body for %j', async (method, body) => {
		await call({ method, path: '/v3/podcasts', body });
		expect(sent().body).toBe('');
	});

	it('of DELETE has the body that is given', async () => {
		await call({ method: 'DELETE', path: '/v3/podcasts', body: '{"ids": ["a"]}' });
		expect(sent()).toMatchObject({ method: 'DELETE', body: '{"ids":["a"]}' });
	});

	it.each<[string, boolean]>([
		['GET', false],
		['DELETE', false],
		['POST', true],
		['PUT', true],
		['PATCH', true],
	])('of %s carries an idempotency key: %j', async (method, carries) => {
		await call({ method, path: '/v3/podcasts/p1' });
		expect(sent().headers['idempotency-key']).toEqual(carries ? expect.stringMatching(/^n8n-[0-9a-f]{64}$/) : undefined);
	});

	it("carries the user's own key, or none", async () => {
		const post = { method: 'POST', path: '/v3/podcasts' };
		await call({ ...post, requestOptions: { idempotencyKey: ' order-1 ' } });
		await call({ ...post, requestOptions: { sendIdempotencyKey: false } });
		expect(server().log.map(({ headers }) => headers['idempotency-key'])).toEqual(['order-1', undefined]);
	});

	it('is refused before anything is sent', async () => {
		const table: Array<[INodeParameters, string]> = [
			[{ path: '={{ " " }}' }, "'Path' is empty"],
			[{ path: '={{ undefined }}' }, "'Path' is empty"],
			[{ path: 'https://evil.example/v3/videos' }, "'Path' must be a path of HeyGen's API, such as /v3/videos, but it is an address elsewhere"],
			[{ path: '//evil.example/v3/videos' }, "'Path' must be a path of HeyGen's API, such as /v3/videos, but it is an address elsewhere"],
			[{ path: '/v3/../v1/videos' }, "'Path' leads somewhere else by its dots"],
			[{ path: '/v2/videos' }, "'Path' is one of HeyGen's API before version 3, which HeyGen has ended on 31 October 2026"],
			[{ path: '/v3/videos/{video_id}' }, "'Path' has a placeholder in it"],
			[{ path: '=/v3/videos/{{ $json.nothing }}' }, "'Path' has a part with nothing in it"],
			[{ path: '=/v3/videos/{{ $json }}' }, '\'Path\' holds "[object Object]"'],
			[{ path: '/v3/videos', query: '{"a": ' }, "'Query (JSON)' is no valid JSON"],
			[{ path: '/v3/videos', query: '={{ ({ a: { b: 1 } }) }}' }, '\'Query (JSON)\' has in "a"'],
			[{ path: '/v3/videos?limit=5', query: '{"limit": 6}' }, '\'Path\' has limit="5", but \'Query (JSON)\' has "6" for it'],
			[{ path: '/v3/videos', query: '=limit=5, status=completed' }, '\'Query (JSON)\' has in "limit" "5, status=completed", which looks like several parameters'],
			[{ path: '/v3/videos', query: '=https://api.heygen.com/v3/videos?limit=5' }, "'Query (JSON)' has an address or a path in it"],
			[{ path: '/v3/videos', query: '=```json\n{"a": "b=c",}\n```' }, "'Query (JSON)' is no valid JSON: it breaks in line 1, column 13"],
			[{ path: '/v3/videos?constructor=1' }, '\'Path\' must have no parameter named "constructor"'],
			[{ path: '/v3/videos?prototype=1' }, '\'Path\' must have no parameter named "prototype"'],
			[{ path: '/v3/videos/..%3Fx' }, "'Path' leads somewhere else by its dots"],
			[{ path: '/v3/videos', method: 'POST', body: '{"seed": 9007199254740993}' }, '\'Body (JSON)\' has in "seed" the number 9007199254740993, which is too large'],
			[{ path: '/v3/videos', method: '={{ "HEAD" }}' }, "'Method' must be one of DELETE, GET, PATCH, POST, PUT"],
			[{ path: '/v3/videos', method: 'POST', body: '{"a": ' }, "'Body (JSON)' is no valid JSON"],
			[{ path: '/v3/videos', method: 'POST', body: expression(['a']) }, "'Body (JSON)' must be JSON of a record"],
			[{ path: '/v3/videos', method: 'POST', body: '={"a": "{{ $json }}"}' }, '\'Body (JSON)\' has in "a" what holds "[object Object]"'],
			[{ path: '/v3/videos', method: 'POST', body: expression({ a: '\uD83D' }) }, '\'Body (JSON)\' has in "a" what holds half a character'],
			[{ path: '/v3/videos', method: 'POST', body: '{"__proto__": {"a": 1}}' }, '\'Body (JSON)\' must have no field named "__proto__"'],
			[{ path: '/v3/videos', method: 'POST', body: '{"prototype": 1}' }, '\'Body (JSON)\' must have no field named "prototype"'],
			[{ path: '/v3/videos', method: '={{ "GET" }}', body: '{"a": 1}' }, '\'Body (JSON)\' is {"a":1}, but a GET has no body'],
			[{ path: '/v3/videos', options: { download: 'a b..c' } }, "'Download' takes names of fields of the answer"],
			[{ path: '/v3/videos', options: { download: expression([{ a: 1 }]) } }, "'Download' takes names of fields of the answer"],
			[{ path: '/v3/videos', options: { fullResponse: '=maybe' } }, "'Include Response Headers and Status' must be true or false"],
			[{ path: '/v3/videos', method: 'POST', requestOptions: { idempotencyKey: 'a b' } }, "'Idempotency Key' may hold only letters"],
		];
		for (const [parameters, message] of table) {
			const error = errorOf(await callApi(server(), parameters));
			expect(error.message.slice(0, message.length)).toBe(message);
			expect(error.message).toMatch(/\(item 1\)$/);
		}
		expect(server().log).toEqual([]);
	});

	it('is checked for all items before the first one is sent', async () => {
		const parameters = { method: '={{ $json.method }}', path: '={{ $json.path }}' };
		const items = rows({ method: 'POST', path: '/v3/podcasts' }, { method: 'GET', path: '/v3/podcasts' }, { method: 'DELETE', path: '/v2/podcasts' });
		expect(errorOf(await callApi(server(), parameters, { items })).message).toMatch(/^'Path' is one of .*\(item 3\)$/);
		expect(server().log).toEqual([]);
	});

	it('may share a key of their own only when items ask for the same', async () => {
		const parameters = { method: 'POST', path: '/v3/podcasts', body: '={"topic": "{{ $json.topic }}"}', requestOptions: { idempotencyKey: 'k' } };
		const error = errorOf(await callApi(server(), parameters, { items: rows({ topic: 'a' }, { topic: 'b' }) }));
		expect(error.message).toContain('\'Idempotency Key\' is "k" for items 1 and 2, which ask for different things');
		expect(server().log).toEqual([]);
	});

	it('reads $fromAI-like values: method in lower case, JSON text, and an item of its own each', async () => {
		const parameters = { method: '={{ $json.m }}', path: '={{ $json.p }}', body: '={{ $json.b }}' };
		const items = rows({ m: 'patch', p: 'v3/folders/f1', b: '{"name":"A"}' }, { m: 'get', p: 'api.heygen.com/v3/folders/f1', b: '' });
		const result = await callApi(server(), parameters, { items });
		expect(result.originalError).toBeUndefined();
		expect(linksOf(result)).toEqual([0, 1]);
		expect(server().log.map(({ method, target, body }) => `${method} ${target} ${body}`).sort()).toEqual(['GET /v3/folders/f1 ', 'PATCH /v3/folders/f1 {"name":"A"}']);
	});

	it("runs through n8n's declarative engine, as old agents call it", async () => {
		const result = await callApi(server(), { method: 'POST', path: '/v3/podcasts', body: '{"topic": "Tea"}' }, { byRouting: true });
		expect(result.originalError).toBeUndefined();
		expect(sent()).toMatchObject({ method: 'POST', target: '/v3/podcasts', body: '{"topic":"Tea"}' });
	});
});

describe('the answer', () => {
	const server = useRawServer();

	/** What the operation puts out for an answer. */
	async function output(body: unknown, parameters: INodeParameters = {}, status = 200): Promise<IDataObject[]> {
		server().handler = (_request, response) => answer(response, body, status);
		const result = await callApi(server(), { path: '/v3/podcasts/p1', ...parameters });
		expect(result.originalError).toBeUndefined();
		expect(new Set(linksOf(result))).toEqual(new Set(jsonOf(result).length === 0 ? [] : [0]));
		return jsonOf(result);
	}

	it.each<[string, unknown, IDataObject[]]>([
		['a record', { data: { podcast_id: 'p1', error: { code: 'x' } } }, [{ podcast_id: 'p1', failure: { code: 'x' } }]],
		['a list', { data: [{ id: 1 }, { id: 2 }] }, [{ id: 1 }, { id: 2 }]],
		['a list of texts', { data: ['a', 'b'] }, [{ value: 'a' }, { value: 'b' }]],
		['an empty list', { data: [] }, []],
		['a text', { data: 'abc' }, [{ value: 'abc' }]],
		['a number', { data: 0 }, [{ value: 0 }]],
		['false', { data: false }, [{ value: false }]],
		['a record without an envelope', { podcast_id: 'p1' }, [{ podcast_id: 'p1' }]],
		['a list without an envelope', [{ id: 1 }], [{ id: 1 }]],
		['nothing', { data: null }, [{ success: true }]],
		['an empty record', { data: {} }, [{ success: true }]],
		['an empty envelope', {}, [{ success: true }]],
		['an error that says nothing', { data: { id: 1 }, error: null }, [{ id: 1 }]],
		['an envelope of the former API', { code: 100, message: 'Success', data: { id: 1 } }, [{ id: 1 }]],
		['its success', { code: 100, message: 'Success', data: null }, [{ success: true }]],
		['an ID beside no data', { video_id: 'v1', data: null }, [{ video_id: 'v1', data: null }]],
		['an ID beside empty data', { data: {}, video_id: 'v1' }, [{ data: {}, video_id: 'v1' }]],
		['an ID beside data', { id: 'p1', status: 'ok', data: { a: 1 } }, [{ id: 'p1', status: 'ok', data: { a: 1 } }]],
		['words beside no data', { data: null, message: 'Your turn comes' }, [{ data: null, message: 'Your turn comes' }]],
		['an error beside data', { data: { id: 1 }, error: { code: 'x' } }, [{ data: { id: 1 }, failure: { code: 'x' } }]],
		['a bare text', '"job_1"', [{ value: 'job_1' }]],
		['a bare number', 42, [{ value: 42 }]],
		['a bare true', true, [{ value: true }]],
		['a bare null', 'null', [{ success: true }]],
	])('of %s becomes items', async (_what, body, items) => {
		expect(await output(body)).toEqual(items);
	});

	it.each([
		['POST', { success: true }],
		['PUT', { success: true }],
		['DELETE', { deleted: true, id: 'p1' }],
	])('without content, to %s, becomes %j', async (method, item) => {
		expect(await output('', { method }, 204)).toEqual([item]);
		expect(await output({ data: {} }, { method })).toEqual([item]);
	});

	it.each([200, 201, 202, 205])('without a word, with status %d, is a success of a write', async (status) => {
		for (const method of ['POST', 'PUT', 'PATCH']) expect(await output('', { method }, status)).toEqual([{ success: true }]);
		expect(await output('', { method: 'DELETE' }, status)).toEqual([{ deleted: true, id: 'p1' }]);
	});

	it('is JSON under the media type of a file as well, and nothing is no file', async () => {
		const type = { 'Content-Type': 'binary/octet-stream' };
		server().handler = (_request, response) => answer(response, { data: { id: 1 } }, 200, type);
		expect(jsonOf(await callApi(server(), { path: '/v3/podcasts/p1', method: 'POST' }))).toEqual([{ id: 1 }]);
		server().handler = (_request, response) => answer(response, '', 204, type);
		expect(jsonOf(await callApi(server(), { path: '/v3/podcasts/p1', method: 'PUT' }))).toEqual([{ success: true }]);
	});

	it('of a DELETE is put out when it says something', async () => {
		expect(await output({ data: { id: 'p1', deleted: true, left: 3 } }, { method: 'DELETE' })).toEqual([{ id: 'p1', deleted: true, left: 3 }]);
	});

	it.each<[string, string, IDataObject]>([
		['/v3/podcasts', '{"ids": ["a"]}', { deleted: true }],
		['/v3/podcasts', '', { deleted: true }],
		['/v3/podcasts/p1', '{"ids": ["a"]}', { deleted: true }],
		['/v3/webhooks/endpoints', '', { deleted: true }],
		['/v3/podcasts/a%20b', '', { deleted: true, id: 'a b' }],
	])('without content, to a DELETE of %s with %j, makes no ID up', async (path, body, item) => {
		const [json, ...others] = await output('', { method: 'DELETE', path, body }, 204);
		expect(others).toEqual([]);
		expect(JSON.parse(JSON.stringify(json))).toEqual(item);
		expect('id' in (json ?? {})).toBe('id' in item);
	});

	it('of a DELETE that finds nothing has its parts as a whole answer too', async () => {
		server().handler = (_request, response, nth) => (nth === 1 ? response.destroy() : answer(response, { error: { code: 'not_found', message: 'x' } }, 404));
		const result = await callApi(server(), { method: 'DELETE', path: '/v3/podcasts/p1', options: { fullResponse: true } });
		expect(jsonOf(result)).toEqual([{ body: { data: {} }, headers: {}, statusCode: 404, gone: true, id: 'p1', note: expect.any(String) as unknown }]);
	});

	it('comes as a whole when that is wanted', async () => {
		server().handler = (_request, response) => answer(response, { data: [{ id: 1 }], error: null }, 202, { 'X-Request-Id': 'r1', 'Set-Cookie': 'a=b' });
		const [item, ...others] = jsonOf(await callApi(server(), { path: '/v3/podcasts', options: { fullResponse: true } }));
		expect(others).toEqual([]);
		expect(item).toMatchObject({ body: { data: [{ id: 1 }], error: null }, statusCode: 202, headers: { 'x-request-id': 'r1' } });
		expect(item?.headers).not.toHaveProperty('set-cookie');
		expect(await output({ podcast_id: 'p1' }, { options: { fullResponse: true } })).toMatchObject([{ body: { podcast_id: 'p1' } }]);
	});

	it.each<[string, unknown, number, RegExp, string]>([
		['an error', { error: { code: 'invalid_parameter', message: 'No topic', param: 'topic' } }, 400, /^Could not call POST \/v3\/podcasts\/p1: No topic \(field 'topic'\) \(item 1\)$/, 'Check the field named above.'],
		['an error with a status of success', { error: { code: 'insufficient_credit', message: 'No money' } }, 200, /: No money/, "The HeyGen account's balance is too low for this."],
		['a code of the former API', { code: 400, message: 'Bad thing', data: null }, 200, /: Bad thing \(item 1\)$/, 'HeyGen does not say which field it objects to'],
		['a code beside no data', { code: 'insufficient_credit', message: 'No money', data: null }, 200, /: No money/, "The HeyGen account's balance is too low for this."],
		['a no without a code', { success: false, message: 'No money' }, 200, /: No money/, ''],
		['a missing path', { error: { code: 'not_found', message: 'No such thing' } }, 404, /: No such thing/, "Check 'Path': HeyGen has nothing at /v3/podcasts/p1 for POST"],
		['a method that is not there', {}, 405, /HTTP status 405/, "Check 'Path': HeyGen has nothing at /v3/podcasts/p1 for POST"],
		['a page', '<html>Hello</html>', 200, /the answer is not in HeyGen's format/, 'A proxy or firewall'],
		['a scope that is missing', { error: { code: 'insufficient_api_key_scope', message: 'Scope podcasts:write is missing' } }, 403, /podcasts:write/, 'The API key lacks the scope podcasts:write'],
	])('of %s is an error', async (_what, body, status, message, advice) => {
		server().handler = (_request, response) => answer(response, body, status, { 'X-Request-Id': 'r1' });
		const error = errorOf(await callApi(server(), { method: 'POST', path: '/v3/podcasts/p1' }));
		expect(error.message).toMatch(message);
		expect(error.description).toContain(advice);
		if (status >= 400) expect(error.description).toContain('Request ID: r1');
		expect(server().log).toHaveLength(1);
	});

	it('of an error beside an ID names the ID, and is not asked for again', async () => {
		server().handler = (_request, response) => answer(response, { podcast_id: 'p1', error: { message: 'Audio comes late' } });
		const post = { method: 'POST', path: '/v3/podcasts' };
		const error = errorOf(await callApi(server(), post));
		expect(error.message).toBe('Could not call POST /v3/podcasts: Audio comes late (item 1)');
		expect(error.description).toContain('The answer names the ID p1.');
		expect(error).toMatchObject({ context: { details: { ids: ['p1'], mayExist: true } } });
		server().log.length = 0;
		const again = errorOf(await callApi(server(), post, { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 }));
		expect(again.description).toMatch(/not lost .*: p1/);
		expect(server().log).toHaveLength(1);
	});

	it.each<[string, string, string]>([
		['text/event-stream', 'data: {"a":1}\n\n', 'HeyGen answered with a file (text/event-stream) instead of JSON'],
		['binary/octet-stream', '\u0000\u0001', 'HeyGen answered with a file (binary/octet-stream) instead of JSON'],
		['text/plain', 'OK', "the answer is not in HeyGen's format"],
	])('of %s to a POST is not asked for again, even where keys are heeded', async (type, body, words) => {
		server().handler = (_request, response) => {
			response.writeHead(200, { 'Content-Type': type });
			response.end(body);
		};
		for (const path of ['/v3/models/audio/tts/stream', '/v3/models/audio/tts']) {
			server().log.length = 0;
			const error = errorOf(await callApi(server(), { method: 'POST', path, body: '{"text": "Hi"}' }));
			expect(error.message).toBe(`Could not call POST ${path}: ${words} (item 1)`);
			expect(error).toMatchObject({ context: { details: { mayExist: true } } });
			expect(server().log).toHaveLength(1);
		}
	});

	it.each<[string, string, IDataObject, boolean]>([
		['POST', '/v3/videos', { code: 'avatar_not_found', param: 'avatar_id' }, false],
		['POST', '/v3/videos', { code: 'avatar_not_found' }, false],
		['POST', '/v3/voices/speech', { code: 'voice_not_found' }, false],
		['POST', '/v3/templates/t1', { code: 'asset_not_found' }, false],
		['POST', '/v3/templates/t1', { code: 'not_found', param: 'voice_id' }, false],
		['GET', '/v3/videos/v1', { code: 'video_not_found' }, true],
		['GET', '/v3/avatars/looks/l1', { code: 'avatar_not_found' }, true],
		['GET', '/v3/hyperframes/renders/r1', { code: 'hyperframes_render_not_found' }, true],
		['GET', '/v3/video-translations/t1', { code: 'video_translation_not_found' }, true],
		['POST', '/v3/nowhere', { code: 'resource_not_found' }, true],
		['POST', '/v3/nowhere', { code: 'invalid' }, true],
	])('of a 404 to %s %s with %j is about the path: %p', async (method, path, refusal, isAboutPath) => {
		server().handler = (_request, response) => answer(response, { error: { message: 'Not there', ...refusal } }, 404);
		const { description } = errorOf(await callApi(server(), { method, path }));
		expect(String(description).startsWith("Check 'Path'")).toBe(isAboutPath);
	});

	it('that is a file itself is an error at once, which says so', async () => {
		server().handler = (_request, response) => {
			response.writeHead(200, { 'Content-Type': 'audio/mpeg; charset=binary' });
			response.end(Buffer.from([0x49, 0x44, 0x33, 0xff, 0xfb]));
		};
		const error = errorOf(await callApi(server(), { method: 'POST', path: '/v3/models/audio/tts/stream', body: '{"text": "Hi"}' }));
		expect(error.message).toBe('Could not call POST /v3/models/audio/tts/stream: HeyGen answered with a file (audio/mpeg) instead of JSON (item 1)');
		expect(error.description).toContain("n8n's HTTP Request node");
		expect(error).toMatchObject({ context: { details: { mayExist: true } } });
		expect(server().log).toHaveLength(1);
	});

	it('of an empty body says nothing of what was read', async () => {
		server().handler = (_request, response) => answer(response, '');
		expect(errorOf(await callApi(server(), { path: '/v3/podcasts/p1' })).message).toContain("not in HeyGen's format");
	});
});

describe('a redirect', () => {
	const server = useRawServer();
	const other = useRawServer();

	it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('of %s is not followed, and nobody else gets the key', async (method) => {
		server().handler = (_request, response) => answer(response, {}, 307, { Location: `${other().url}/v3/videos` });
		const result = await callApi(server(), { method, path: '/v3/videos' });
		expect(errorOf(result).message).toContain('HTTP status 307');
		expect(errorOf(result).description).toContain('never redirects');
		expect(other().log).toEqual([]);
		expectNoKey(result, server().apiKey);
	});
});
