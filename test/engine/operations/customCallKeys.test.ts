/** Keys of Custom API Call: what they count for, what is shared, and what is known of a request without one. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { timing } from '../../../nodes/engine/basics/timing';
import { HeyGenVideo } from '../../../nodes/HeyGenVideo/HeyGenVideo.node';
import { runAgent } from '../support/agentSupport';
import { apiRun, callApi } from '../support/apiSupport';
import { runNode } from '../support/harness';
import { answer, type RawRequest, useRawServer } from '../support/rawServer';
import { errorOf, jsonOf, retryByHand, useTiming } from '../support/support';

useTiming();
const server = useRawServer();

const RETRY = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } as const;
const rows = (...records: IDataObject[]) => records.map((json) => ({ json }));
const ONE_BY_ONE = { batching: { batch: { batchSize: 1, batchInterval: 1 } } };
const sent = () => server().log.map(({ method, path, body }) => `${method} ${path} ${body}`);
const conflict = { error: { code: 'conflict', message: 'Not now' } };

/** A call of the path and name of its item, with an own key. */
const keyed = (more: INodeParameters = {}): INodeParameters => ({
	method: 'POST',
	path: '={{ $json.path }}',
	body: '={"name": "{{ $json.name }}"}',
	requestOptions: { idempotencyKey: 'order-1', ...more },
});

/** Answers with a thing named after the request's place among those of its path; refuses the first to some path. */
function things(refusedPath = ''): void {
	const counts: Record<string, number> = {};
	server().handler = (request, response) => {
		const count = (counts[request.path] ?? 0) + 1;
		counts[request.path] = count;
		if (request.path === refusedPath && count === 1) setTimeout(() => answer(response, conflict, 409), 100);
		else setTimeout(() => answer(response, { data: { id: `${request.path} ${count}` } }), 30);
	};
}

describe('an own key at two paths', () => {
	const items = rows({ path: '/v3/folders', name: 'a' }, { path: '/v3/podcasts', name: 'a' });
	const both = [{ id: '/v3/folders 1' }, { id: '/v3/podcasts 1' }];

	it.each([{}, ONE_BY_ONE])('stands for two things (%j)', async (more) => {
		things();
		expect(jsonOf(await callApi(server(), keyed(more), { items }))).toEqual(both);
		expect(sent()).toHaveLength(2);
	});

	it('does not hand one on for the other in a later try', async () => {
		things('/v3/podcasts');
		const result = await callApi(server(), keyed(), { items, ...RETRY });
		expect(jsonOf(result)).toEqual([{ id: '/v3/folders 1' }, { id: '/v3/podcasts 2' }]);
		expect(sent().sort()).toEqual(['POST /v3/folders {"name":"a"}', 'POST /v3/podcasts {"name":"a"}', 'POST /v3/podcasts {"name":"a"}']);
	});

	it('does not do so either when the path was edited before a retry by hand', async () => {
		const parameters = { ...keyed(), path: '/v3/folders', requestOptions: { idempotencyKey: '={{ $json.name }}' } };
		server().handler = (request, response) => {
			if (request.body.includes('"b"') && request.path === '/v3/folders') setTimeout(() => answer(response, conflict, 409), 100);
			else answer(response, { data: { id: `${request.path} ${request.body}` } });
		};
		const run = apiRun(server(), 'call', parameters, { items: rows({ name: 'a' }, { name: 'b' }) });
		const failed = await runNode(run);
		expect(errorOf(failed).message).toContain('Not now');
		const edited = { ...run, parameters: { ...run.parameters, path: '/v3/brand-kits' } };
		expect(jsonOf(await retryByHand(failed, edited))).toEqual([{ id: '/v3/brand-kits {"name":"a"}' }, { id: '/v3/brand-kits {"name":"b"}' }]);
	});

	it('does not hand on the job of one session for another one, whose message is refused', async () => {
		server().handler = (request, response) => {
			if (request.path.endsWith('/s1')) answer(response, { data: { session_id: 's1', run_id: 'r1' } });
			else answer(response, { error: { code: 'invalid_parameter', message: 'Not so' } }, 400);
		};
		const parameters = { sessionId: '={{ $json.s }}', message: 'Yes', waitForCompletion: false, requestOptions: { idempotencyKey: 'k', ...ONE_BY_ONE } };
		const error = errorOf(await runAgent(server(), 'sendMessage', parameters, { items: rows({ s: 's1' }, { s: 's2' }) }));
		expect(error.message).toContain('Not so');
		expect(error.message).toContain('(item 2)');
	});
});

describe('an own key where HeyGen heeds none', () => {
	const items = rows({ path: '/v3/background-removals', name: 'a' }, { path: '/v3/background-removals', name: 'a' });

	it.each([{}, ONE_BY_ONE])('is sent once for items that ask for the same, which wait for one answer (%j)', async (more) => {
		server().handler = (_request, response, nth) => setTimeout(() => answer(response, { data: { id: `j${nth}` } }), 200);
		expect(jsonOf(await callApi(server(), keyed(more), { items }))).toEqual([{ id: 'j1' }, { id: 'j1' }]);
		expect(sent()).toHaveLength(1);
	});

	it('is sent once in a loop', async () => {
		things();
		const result = await callApi(server(), keyed(), { items: items.slice(1), times: 3 });
		expect(jsonOf(result)).toEqual([{ id: '/v3/background-removals 1' }]);
		expect(sent()).toHaveLength(1);
	});

	it('is sent once though the answer got lost', async () => {
		server().handler = (_request, response) => response.destroy();
		const result = await callApi(server(), keyed(), { items: items.slice(1), times: 2, onError: 'continueRegularOutput' });
		expect(jsonOf(result)[0]?.error).toContain('an earlier call with this Idempotency Key, whose answer did not arrive, may have done its work');
		expect(sent()).toHaveLength(1);
	});

	it('is sent again by the next item when it was clearly refused', async () => {
		server().handler = (_request, response, nth) => (nth === 1 ? answer(response, conflict, 409) : answer(response, { data: { id: 'j' } }));
		const result = await callApi(server(), keyed(), { items, onError: 'continueRegularOutput' });
		expect(jsonOf(result)).toEqual([expect.objectContaining({ error: expect.stringContaining('Not now') as unknown }), { id: 'j' }]);
	});
});

describe('a request without a key', () => {
	const without = (path: string): INodeParameters => ({ method: 'POST', path, body: '={"name": "{{ $json.name }}"}', requestOptions: { sendIdempotencyKey: false } });

	it.each(['/v3/background-removals', '/v3/folders'])('to %s whose answer got lost is not repeated by Retry On Fail', async (path) => {
		server().handler = (_request, response, nth) => (nth === 1 ? response.destroy() : answer(response, { data: { id: 'j' } }));
		const error = errorOf(await callApi(server(), without(path), { items: rows({ name: 'a' }), ...RETRY }));
		expect(error.message).toContain('an earlier try of this call, whose answer did not arrive, may have done its work');
		expect(error.description).toContain('The request carried no idempotency key');
		expect(error).toMatchObject({ context: { details: { mayExist: true } } });
		expect(sent()).toHaveLength(1);
	});

	it('that was answered is not repeated when another item fails', async () => {
		let refusals = 0;
		server().handler = (request, response) => {
			if (request.body.includes('"no"') && refusals++ === 0) setTimeout(() => answer(response, conflict, 409), 100);
			else answer(response, { data: { id: request.body } });
		};
		const result = await callApi(server(), without('/v3/videos'), { items: rows({ name: 'a' }, { name: 'no' }), ...RETRY });
		expect(jsonOf(result)).toEqual([{ id: '{"name":"a"}' }, { id: '{"name":"no"}' }]);
		expect(sent().sort()).toEqual(['POST /v3/videos {"name":"a"}', 'POST /v3/videos {"name":"no"}', 'POST /v3/videos {"name":"no"}']);
		for (const { headers } of server().log) expect(headers).not.toHaveProperty('idempotency-key');
	});

	it('is in doubt by itself when another item fails', async () => {
		const before = timing.writeTimeout;
		timing.writeTimeout = 400;
		server().handler = (request, response) => {
			if (request.body.includes('"no"')) setTimeout(() => answer(response, conflict, 409), 100);
		};
		const error = errorOf(await callApi(server(), without('/v3/videos'), { items: rows({ name: 'a' }, { name: 'no' }) }));
		timing.writeTimeout = before;
		expect(error.description).toContain('is not sent again, since it carried no idempotency key (look for it in HeyGen): what POST /v3/videos makes of item 1');
	});
});

describe('what was made before another item fails', () => {
	it.each<[string, string, (nth: number) => unknown, string]>([
		['a video, not its folder', '/v3/templates/t1', (nth) => ({ folder_id: 'FOLDER', id: `V${nth}` }), 'POST /v3/templates/t1: V1, V2'],
		['all of a list of IDs', '/v3/video-translations', (nth) => ({ video_translation_ids: [`T${nth}`, `U${nth}`] }), 'POST /v3/video-translations: T1, U1, T2, U2'],
		['what lies deeper', '/v3/avatars', (nth) => ({ avatar_item: { id: `L${nth}` }, avatar_group: { id: `G${nth}` } }), 'POST /v3/avatars: L1, G1, L2, G2'],
		['an answer without an ID', '/v3/voices/speech', () => ({ audio_url: 'https://example.com/a.mp3', request_id: 'r' }), 'answers without an ID: POST /v3/voices/speech (item 1), POST /v3/voices/speech (item 2)'],
		['an answer without anything', '/v3/things', () => null, 'answers without an ID: POST /v3/things (item 1), POST /v3/things (item 2)'],
	])('is named: %s', async (_what, path, data, named) => {
		let made = 0;
		server().handler = (request, response) => {
			if (request.body.includes('"no"')) setTimeout(() => answer(response, conflict, 409), 150);
			else answer(response, { data: data(++made) });
		};
		const parameters = { method: 'POST', path, body: '={"name": "{{ $json.name }}"}' };
		const error = errorOf(await callApi(server(), parameters, { items: rows({ name: 'a' }, { name: 'b' }, { name: 'no' }) }));
		expect(error.description?.split('\n').at(-1)).toBe(`Already started by this run and not lost (by Custom API Call): ${named}`);
	});
});

describe('a secret in an answer', () => {
	const SECRET = 'whsec_do_not_save';
	const endpoint = (request: RawRequest) => ({ data: { endpoint_id: request.body, url: 'https://example.com', secret: SECRET } });
	const parameters = { method: 'POST', path: '={{ $json.path }}', body: '={"name": "{{ $json.name }}"}', options: { fullResponse: '={{ $json.whole }}' } };
	const items = (path: string, whole = false) => rows({ path, whole, name: 'a' }, { path, whole, name: 'no' });
	let refusals = 0;
	beforeEach(() => {
		refusals = 0;
		server().handler = (request, response) => {
			if (request.body.includes('"no"') && refusals++ === 0) setTimeout(() => answer(response, conflict, 409), 100);
			else answer(response, endpoint(request));
		};
	});

	it.each([false, true])('is put out, also by a later try (whole answer: %j)', async (whole) => {
		const result = await callApi(server(), parameters, { items: items('/v3/webhooks/endpoints', whole), ...RETRY });
		const secrets = jsonOf(result).map((json) => (whole ? ((json.body as IDataObject).data as IDataObject) : json).secret);
		expect(secrets).toEqual([SECRET, SECRET]);
		expect(sent()).toHaveLength(3);
	});

	it.each([false, true])('is not saved with a run that has failed, but asked for again with the same key (whole answer: %j)', async (whole) => {
		const run = apiRun(server(), 'call', parameters, { items: items('/v3/webhooks/endpoints', whole) });
		const failed = await runNode(run);
		expect(JSON.stringify(failed.data.executionData?.contextData)).toContain('/v3/webhooks/endpoints');
		expect(JSON.stringify(failed.data)).not.toContain(SECRET);
		const retried = await retryByHand(failed, run);
		expect(JSON.stringify(jsonOf(retried)[0])).toContain(SECRET);
		const [first, ...others] = server().log.filter(({ body }) => body.includes('"a"')).map(({ headers }) => headers['idempotency-key']);
		expect(others).toEqual([first]);
	});

	it('is in a field that n8n is told of, whole answers included', () => {
		expect(new HeyGenVideo().description.sensitiveOutputFields).toEqual(['secret', 'body.data.secret', 'body.secret']);
	});

	it('is lost rather than paid for again where HeyGen heeds no keys', async () => {
		const run = apiRun(server(), 'call', parameters, { items: items('/v3/podcasts') });
		const failed = await runNode(run);
		expect(JSON.stringify(failed.data)).not.toContain(SECRET);
		expect(jsonOf(await retryByHand(failed, run))).toEqual([
			{ endpoint_id: '{"name":"a"}', url: 'https://example.com' },
			{ endpoint_id: '{"name":"no"}', url: 'https://example.com', secret: SECRET },
		]);
		expect(sent()).toHaveLength(3);
	});
});
