/** Custom API Call does nothing twice: a lost answer, a later try, a loop. */
import { timing } from '../../../nodes/engine/basics/timing';
import { apiRun, callApi } from '../support/apiSupport';
import { runNode } from '../support/harness';
import { answer, useRawServer } from '../support/rawServer';
import { countOf, errorOf, jsonOf, requestsTo, retryByHand, useSandbox, useTiming } from '../support/support';

useTiming();

const FOLDERS = 'POST /v3/folders';
const REMOVALS = 'POST /v3/background-removals';
const folder = { method: 'POST', path: '/v3/folders', body: '={"name": "{{ $json.name ?? "Spring" }}"}' };
const removal = { method: 'POST', path: '/v3/background-removals', body: '{"video": {"type": "url", "url": "https://example.com/a.mp4"}}' };
const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } as const;

describe('an answer that got lost', () => {
	const sandbox = useSandbox();

	it.each(['drop_after', 'garbage'] as const)('is asked for again with the same key where HeyGen heeds it (%s)', async (kind) => {
		sandbox().addFault({ match: { path: '/v3/folders' }, kind, times: 2 });
		const result = await callApi(sandbox(), folder);
		expect(jsonOf(result)).toEqual([expect.objectContaining({ name: 'Spring' })]);
		const requests = requestsTo(sandbox(), FOLDERS);
		expect(requests).toHaveLength(3);
		expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
		// The first one made it, and the others were told of that.
		expect(requests.map(({ replayed }) => replayed)).toEqual([false, true, true]);
	});

	it.each(['drop_after', 'garbage'] as const)('is an error where HeyGen does not heed keys (%s)', async (kind) => {
		sandbox().addFault({ match: { path: '/v3/background-removals' }, kind, times: 1 });
		const error = errorOf(await callApi(sandbox(), removal)) as Error & { context?: { details?: object }; description?: string };
		expect(error.message).toMatch(/^Could not call POST \/v3\/background-removals: .* \(item 1\)$/);
		expect(error.context?.details).toMatchObject({ mayExist: true });
		expect(error.description).toContain('HeyGen is not known to recognize a request at this path that it gets twice');
		expect(error.description).toContain('for example with GET /v3/background-removals');
		expect(countOf(sandbox(), REMOVALS)).toBe(1);
		expect(sandbox().stats().jobsCreated.backgroundRemoval).toBe(1);
	});

	it('is not asked for again by Retry On Fail either', async () => {
		sandbox().addFault({ match: { path: '/v3/background-removals' }, kind: 'drop_after', times: 1 });
		const error = errorOf(await callApi(sandbox(), removal, RETRY));
		expect(error.message).toBe(
			'Could not call POST /v3/background-removals: an earlier try of this call, whose answer did not arrive, may have done its work (item 1)',
		);
		expect(error).toMatchObject({ context: { details: { mayExist: true } } });
		expect(countOf(sandbox(), REMOVALS)).toBe(1);
	});

	it('is not asked for again by a retry by hand, but by a new execution', async () => {
		sandbox().addFault({ match: { path: '/v3/background-removals' }, kind: 'drop_after', times: 1 });
		const run = apiRun(sandbox(), 'call', removal);
		const failed = await runNode(run);
		expect(errorOf(await retryByHand(failed, run)).message).toContain('an earlier try of this call');
		expect(countOf(sandbox(), REMOVALS)).toBe(1);
		expect((await runNode(run)).originalError).toBeUndefined();
		expect(countOf(sandbox(), REMOVALS)).toBe(2);
	});

	it('without a key is an error wherever it was', async () => {
		sandbox().addFault({ match: { path: '/v3/folders' }, kind: 'drop_after', times: 1 });
		const error = errorOf(await callApi(sandbox(), { ...folder, requestOptions: { sendIdempotencyKey: false } }));
		expect(error.description).toContain('The request carried no idempotency key');
		expect(error).toMatchObject({ context: { details: { mayExist: true } } });
		expect(countOf(sandbox(), FOLDERS)).toBe(1);
	});

	it('of the request that never went out is no doubt', async () => {
		sandbox().addFault({ match: { path: '/v3/background-removals' }, kind: 'status', status: 400, times: 1 });
		const error = errorOf(await callApi(sandbox(), removal));
		expect(error).not.toMatchObject({ context: { details: { mayExist: true } } });
		// It has clearly made nothing, so it is sent again.
		sandbox().addFault({ match: { path: '/v3/background-removals' }, kind: 'status', status: 400, times: 1 });
		expect((await callApi(sandbox(), removal, RETRY)).originalError).toBeUndefined();
	});

	it.each(['GET', 'PATCH', 'DELETE'])('to %s is asked for again: that does its work once', async (method) => {
		const id = 'kit_acme';
		const path = `/v3/brand-kits/${id}`;
		sandbox().addFault({ match: { path: '/v3/brand-kits/{brand_kit_id}' }, kind: 'drop_after', times: 1 });
		const result = await callApi(sandbox(), { method, path, ...(method === 'PATCH' ? { body: '{"name": "New"}' } : {}) });
		expect(result.originalError).toBeUndefined();
		expect(countOf(sandbox(), `${method} /v3/brand-kits/{brand_kit_id}`)).toBe(2);
		if (method !== 'DELETE') return;
		expect(jsonOf(result)).toEqual([{ gone: true, id, note: expect.stringContaining(`HeyGen has nothing at ${path}`) as unknown }]);
	});
});

describe('a limit', () => {
	const sandbox = useSandbox();

	it.each([folder, removal])('holds the request back, whatever heeds keys (%j)', async (parameters) => {
		sandbox().addFault({ match: { path: parameters.path }, kind: 'status', status: 429, retryAfter: 1, times: 1 });
		expect((await callApi(sandbox(), parameters)).originalError).toBeUndefined();
		expect(countOf(sandbox(), `POST ${parameters.path}`)).toBe(2);
	});
});

describe('a later try of a run', () => {
	const server = useRawServer();
	const keys = () => server().log.map(({ headers }) => headers['idempotency-key']);
	/** Refuses the topic "no" until it has been asked for so often. */
	function refuseOnce(): void {
		let refusals = 0;
		server().handler = (request, response, nth) => {
			const isRefused = request.body.includes('"no"') && refusals++ === 0;
			if (isRefused) setTimeout(() => answer(response, { error: { code: 'conflict', message: 'Not now' } }, 409), 100);
			else answer(response, { data: { podcast_id: `p${nth}`, audio_url: null } });
		};
	}
	const post = { method: 'POST', path: '/v3/podcasts', body: '={"topic": "{{ $json.topic }}"}' };
	const items = [{ json: { topic: 'a' } }, { json: { topic: 'no' } }];

	it('sends only what has failed, and has the answers to the rest', async () => {
		refuseOnce();
		const result = await callApi(server(), post, { items, ...RETRY });
		expect(result.originalError).toBeUndefined();
		expect(jsonOf(result)).toEqual([{ podcast_id: expect.any(String), audio_url: null }, { podcast_id: expect.any(String), audio_url: null }]);
		expect(server().log.map(({ body }) => body).sort()).toEqual(['{"topic":"a"}', '{"topic":"no"}', '{"topic":"no"}']);
	});

	it('does so by hand as well', async () => {
		refuseOnce();
		const run = apiRun(server(), 'call', post, { items });
		const failed = await runNode(run);
		expect(errorOf(failed).description).toMatch(/Already started by this run and not lost .*: p\d/);
		const retried = await retryByHand(failed, run);
		expect(retried.originalError).toBeUndefined();
		expect(jsonOf(retried)).toHaveLength(2);
		expect(server().log.map(({ body }) => body).slice(2)).toEqual(['{"topic":"no"}']);
	});

	it('sends all of it when the call was changed in between', async () => {
		refuseOnce();
		const run = apiRun(server(), 'call', post, { items });
		const failed = await runNode(run);
		const changed = { ...run, parameters: { ...run.parameters, body: '={"topic": "{{ $json.topic }}", "long": true}' } };
		expect((await retryByHand(failed, changed)).originalError).toBeUndefined();
		expect(server().log.map(({ body }) => body).slice(2).sort()).toEqual(['{"topic":"a","long":true}', '{"topic":"no","long":true}']);
		expect(new Set(keys()).size).toBe(4);
	});

	it.each(['PUT', 'PATCH'])('of %s goes out again with the same key', async (method) => {
		server().handler = (_request, response, nth) => (nth === 1 ? response.destroy() : answer(response, { data: { id: 1 } }));
		const result = await callApi(server(), { method, path: '/v3/workflows/w1', body: '{"name": "A"}' });
		expect(jsonOf(result)).toEqual([{ id: 1 }]);
		expect(keys()).toEqual([expect.any(String), keys()[0]]);
	});

	it('has a key of its own for each item', async () => {
		server().handler = (_request, response) => answer(response, { data: { podcast_id: 'p' } });
		await callApi(server(), post, { items: [{ json: { topic: 'a' } }, { json: { topic: 'a' } }] });
		expect(new Set(keys()).size).toBe(2);
	});
});

describe('a loop', () => {
	const server = useRawServer();

	it('that sends the same again makes another one', async () => {
		server().handler = (_request, response, nth) => answer(response, { data: { folder_id: `f${nth}` } });
		const result = await callApi(server(), folder, { times: 2 });
		expect(result.originalError).toBeUndefined();
		expect(new Set(server().log.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
	});

	it('refuses an own key that has made something else in it', async () => {
		server().handler = (_request, response, nth) => answer(response, { data: { folder_id: `f${nth}` } });
		const parameters = { ...folder, body: '={"name": "{{ $runIndex }}"}', requestOptions: { idempotencyKey: 'k' } };
		const result = await callApi(server(), parameters, { times: 2 });
		expect(errorOf(result).message).toContain('with which an earlier run of this node in this execution has made something else');
		expect(server().log).toHaveLength(1);
	});
});

describe('an item that fails', () => {
	const server = useRawServer();

	it('names what the others have made or may have made, and leaves the rest unsent', async () => {
		const before = timing.writeTimeout;
		timing.writeTimeout = 400;
		server().handler = (request, response) => {
			if (request.body.includes('bad')) setTimeout(() => answer(response, { error: { code: 'invalid_parameter', message: 'Bad' } }, 400), 200);
			else if (!request.body.includes('lost')) answer(response, { data: { podcast_id: 'p_made' } });
		};
		const items = ['made', 'lost', 'bad'].map((topic) => ({ json: { topic } }));
		const parameters = { method: 'POST', path: '/v3/podcasts', body: '={"topic": "{{ $json.topic }}"}' };
		const error = errorOf(await callApi(server(), parameters, { items }));
		timing.writeTimeout = before;
		expect(error.message).toContain('Bad');
		expect(error.description).toContain('p_made');
		expect(error.description).toContain(
			'May have been done as well, and is not sent again, since HeyGen may not heed its idempotency key (look for it in HeyGen): what POST /v3/podcasts makes of item 2',
		);
	});
});
