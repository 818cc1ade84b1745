/** Webhook endpoints and events: every operation, and a secret that goes to the output and nowhere else. */
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { HeyGenUsage } from '../../../nodes/HeyGenUsage/HeyGenUsage.node';
import { timing } from '../../../nodes/engine/basics/timing';
import { EVENT_TYPES, eventOutcome } from '../../../nodes/heygen/events';
import { SandboxClient } from '../../sandbox/client';
import { loadOptionsContext } from '../support/harness';
import { sendJson, usePlainServer } from '../support/plainServer';
import {
	bodiesOf,
	countOf,
	errorOf,
	expectNoKey,
	itemAt,
	jsonOf,
	linksOf,
	requestsTo,
	useSandbox,
	useTiming,
	type NodeRunOptions,
} from '../support/support';
import { runUsage, usageRun } from '../support/usageSupport';

useTiming();
const sandbox = useSandbox();
const server = usePlainServer();

const ENDPOINTS = '/v3/webhooks/endpoints';
const ENDPOINT = '/v3/webhooks/endpoints/{endpoint_id}';
const ROTATE = `${ENDPOINT}/rotate-secret`;
const TYPES = 'GET /v3/webhooks/event-types';
const EVENTS = 'GET /v3/webhooks/events';
const URL = 'https://shop.example.com/heygen';
const SECRET = expect.stringMatching(/^whsec_\w{48}$/) as unknown;

const attempt = async (operation: string, parameters: INodeParameters, items?: INodeExecutionData[], options: NodeRunOptions = {}) =>
	await runUsage(sandbox(), 'webhookEndpoint', operation, parameters, items, options);

/** Runs an operation that must end well. */
async function run(...args: Parameters<typeof attempt>) {
	const result = await attempt(...args);
	expect(result.originalError).toBeUndefined();
	return result;
}

const rows = (count: number) => Array.from({ length: count }, (_, row) => ({ json: { row } }));

/** Registers an endpoint without the node. @returns its id */
async function registered(fields: object = {}): Promise<string> {
	const { body } = await new SandboxClient(sandbox().url).post(ENDPOINTS, { url: URL, ...fields });
	return String((body as { data: { endpoint_id: string } }).data.endpoint_id);
}

/** The endpoints there are. */
const endpoints = () => sandbox().webhooks().endpoints.filter(({ deletedAt }) => deletedAt === null);

describe('an endpoint', () => {
	it('is made for all events, with its secret', async () => {
		const result = await run('create', { url: URL });
		expect(bodiesOf(sandbox(), `POST ${ENDPOINTS}`)).toEqual([{ url: URL }]);
		expect(jsonOf(result)).toEqual([
			{ endpoint_id: expect.stringMatching(/^ep_/), url: URL, events: null, status: 'enabled', created_at: expect.any(String), secret: SECRET },
		]);
		expect(jsonOf(result)[0]?.secret).toBe(endpoints()[0]?.secret);
	});

	it.each<[string, INodeParameters, object]>([
		['no events chosen', { events: [] }, {}],
		['some events', { events: ['batch.finished', 'avatar_video.success'] }, { events: ['avatar_video.success', 'batch.finished'] }],
		['events as a model writes them', { events: '={{ "Avatar Video Succeeded, avatar_video.fail" }}' }, { events: ['avatar_video.fail', 'avatar_video.success'] }],
		['one thing', { options: { entityId: ' project_1 ' } }, { entity_id: 'project_1' }],
	])('is made with %s', async (_what, parameters, sent) => {
		await run('create', { url: ` ${URL} `, ...parameters });
		expect(bodiesOf(sandbox(), `POST ${ENDPOINTS}`)).toEqual([{ url: URL, ...sent }]);
		expect(countOf(sandbox(), TYPES)).toBe(0);
	});

	it('is made for all failures that HeyGen has', async () => {
		await run('create', { url: URL, events: ['*.fail', 'batch.finished'] });
		const failures = EVENT_TYPES.filter((type) => eventOutcome(type) === 'failure');
		expect(endpoints()[0]?.events).toEqual([...failures, 'batch.finished'].sort());
		expect(countOf(sandbox(), TYPES)).toBe(1);
	});

	it('is made for every item', async () => {
		const result = await run('create', { url: '=https://shop-{{ $json.row }}.example.com' }, rows(3));
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(new Set(jsonOf(result).map(({ secret }) => secret)).size).toBe(3);
	});

	it('has its secret under one name', async () => {
		sandbox().configure({ webhookSecretField: 'signing_secret' });
		const [endpoint = {}] = jsonOf(await run('create', { url: URL }));
		expect(endpoint).toMatchObject({ secret: SECRET });
		expect(endpoint).not.toHaveProperty('signing_secret');
	});

	it('whose answer has no secret is named in the error, with what to do', async () => {
		server().answer = (_request, response) => sendJson(response, { data: { id: 'ep_1', url: URL, secret: '' } });
		const error = errorOf(await runUsage(server(), 'webhookEndpoint', 'create', { url: URL }));
		expect(error.message).toBe("HeyGen's answer about the webhook endpoint ep_1 has no secret (item 1)");
		expect(error.description).toMatch(/'Rotate Secret' makes another secret/);
	});

	it.each(['drop_after', 'garbage', 'drop_before', 'status'] as const)('is made once although %s', async (kind) => {
		sandbox().addFault({ match: { path: ENDPOINTS, method: 'POST' }, kind, times: 2 });
		await run('create', { url: URL });
		expect(countOf(sandbox(), `POST ${ENDPOINTS}`)).toBe(3);
		expect(endpoints()).toHaveLength(1);
	});

	it('is made once although the node is tried again', async () => {
		sandbox().addFault({ match: { path: ENDPOINTS, method: 'POST' }, kind: 'drop_after', times: timing.retryCount + 1 });
		await run('create', { url: URL }, rows(1), { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect(endpoints()).toHaveLength(1);
	});

	it.each([
		['its address', { url: 'https://other.example.com/' }, { url: 'https://other.example.com/' }],
		['its events', { events: ['batch.finished'] }, { events: ['batch.finished'] }],
		['its events, back to all', { events: ['*'] }, { events: null }],
		['both', { url: URL, events: ['All Events'] }, { url: URL, events: null }],
	])('is changed: %s', async (_what, parameters, sent) => {
		const endpointId = await registered({ events: ['avatar_video.success'] });
		const result = await run('update', { endpointId, ...parameters });
		expect(bodiesOf(sandbox(), `PATCH ${ENDPOINT}`)).toEqual([sent]);
		expect(jsonOf(result)).toEqual([
			expect.objectContaining({ endpoint_id: endpointId, url: URL, events: ['avatar_video.success'], secret: null, ...sent }),
		]);
	});

	it('keeps its secret in a change, and gets another one when that is rotated', async () => {
		const endpointId = await registered();
		const [before] = endpoints();
		await run('update', { endpointId, events: ['batch.finished'] });
		expect(endpoints()[0]?.secret).toBe(before?.secret);
		const result = await run('rotateSecret', { endpointId });
		expect(jsonOf(result)).toEqual([{ endpoint_id: endpointId, secret: SECRET }]);
		expect(jsonOf(result)[0]?.secret).toBe(endpoints()[0]?.secret);
		expect(endpoints()[0]?.secret).not.toBe(before?.secret);
	});

	it('gets one new secret although the answer gets lost, and another in each run', async () => {
		const endpointId = await registered();
		sandbox().addFault({ match: { path: ROTATE, method: 'POST' }, kind: 'drop_after', times: 2 });
		const first = jsonOf(await run('rotateSecret', { endpointId }))[0]?.secret;
		expect(first).toBe(endpoints()[0]?.secret);
		const requests = requestsTo(sandbox(), `POST ${ROTATE}`);
		expect(requests.map(({ replayed, body }) => [replayed, body])).toEqual([[false, null], [true, null], [true, null]]);
		const second = jsonOf(await run('rotateSecret', { endpointId }))[0]?.secret;
		expect(second).toBe(endpoints()[0]?.secret);
		expect(second).not.toBe(first);
	});

	it('is deleted', async () => {
		const endpointId = await registered();
		expect(jsonOf(await run('delete', { endpointId }))).toEqual([{ deleted: true, id: endpointId }]);
		expect(endpoints()).toEqual([]);
	});

	it.each(['delete', 'rotateSecret', 'update'])('that is not there ends %s in an error', async (operation) => {
		const error = errorOf(await attempt(operation, { endpointId: 'ep_gone', events: ['batch.finished'] }));
		expect(error.message).toMatch(/^Could not .* the webhook endpoint: Webhook endpoint ep_gone not found \(item 1\)$/);
		expect(error.httpCode).toBe('404');
	});

	it('is listed in pages of 100, without secrets', async () => {
		await Promise.all(Array.from({ length: 120 }, async () => await registered()));
		const all = jsonOf(await run('getAll', { returnAll: true }));
		expect(new Set(all.map(({ endpoint_id: id }) => id)).size).toBe(120);
		expect(all.filter(({ secret }) => secret !== null)).toEqual([]);
		expect(requestsTo(sandbox(), `GET ${ENDPOINTS}`).map(({ query }) => query.limit)).toEqual(['100', '100']);
		expect(jsonOf(await run('getAll', { limit: 5 }))).toHaveLength(5);
	});
});

describe('what cannot be sent', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['create', { url: '={{ "" }}' }, /^'URL' is empty \(item 1\)$/],
		['create', { url: 'http://shop.example.com' }, /^'URL' must be an address that starts with https:\/\//],
		['create', { url: 'https://localhost/hook' }, /^'URL' points to this machine or into a private network/],
		['create', { url: 'https://192.168.1.7/hook' }, /^'URL' points to this machine or into a private network/],
		['create', { url: 'https://ann:secret@shop.example.com' }, /^'URL' carries a login/],
		['create', { url: URL, events: ['finished'] }, /^'Event Names or IDs' takes names of events, such as avatar_video\.success, but was given "finished"/],
		['create', { url: URL, options: { entityId: 'a b' } }, /^'Entity ID' is not an ID/],
		['update', { endpointId: 'ep_1' }, /^'URL' and 'Event Names or IDs' are both empty: there is nothing to change \(item 1\)$/],
		['update', { endpointId: '={{ undefined }}', url: URL }, /^'Endpoint ID' is empty/],
		['update', { endpointId: 'ep_1', url: 'ftp://shop.example.com' }, /^'URL' must be an address/],
		['rotateSecret', { endpointId: ' ' }, /^'Endpoint ID' is empty/],
		['delete', { endpointId: 'a/b c' }, /^'Endpoint ID' is not an ID/],
		['getAll', { limit: 0 }, /^'Limit' must be a whole number of 1 or more/],
	])('is found before %s asks for anything: %j', async (operation, parameters, message) => {
		const result = await attempt(operation, parameters);
		expect(errorOf(result).message).toMatch(message);
		expect(errorOf(result).message).not.toContain('ann:secret');
		expect(sandbox().requests()).toEqual([]);
	});

	it('is found in all items before the first endpoint is made', async () => {
		const result = await attempt('create', { url: '={{ $json.row === 2 ? "nowhere" : "https://shop.example.com/" }}' }, rows(3));
		expect(errorOf(result).message).toMatch(/^'URL' must be an address .*\(item 3\)$/);
		expect(sandbox().requests()).toEqual([]);
	});
});

describe('a secret', () => {
	let lines: string[];

	beforeEach(() => {
		lines = [];
		const { logger } = loadOptionsContext(usageRun(sandbox(), 'webhookEndpoint', 'create'));
		for (const level of ['debug', 'info', 'warn', 'error'] as const) {
			jest.spyOn(logger, level).mockImplementation((...args) => void lines.push(JSON.stringify(args)));
		}
	});

	afterEach(() => jest.restoreAllMocks());

	it('is in the output, and in no line of the log', async () => {
		const { endpoint_id: id, secret: first } = itemAt(await run('create', { url: URL })).json;
		const { secret: second } = itemAt(await run('rotateSecret', { endpointId: String(id) })).json;
		for (const secret of [first, second]) expect(lines.filter((line) => line.includes(String(secret)))).toEqual([]);
		expect(new HeyGenUsage().description.sensitiveOutputFields).toEqual(['secret']);
	});

	it.each(['create', 'rotateSecret'])('of %s is in no error about a broken answer', async (operation) => {
		const secret = 'whsec_of_the_broken_answer';
		const bodies = [{ data: [{ secret }] }, { secret }, { data: { secret: { value: secret } } }, { data: `secret ${secret}` }];
		for (const body of bodies) {
			server().answer = (_request, response) => sendJson(response, body);
			const result = await runUsage(server(), 'webhookEndpoint', operation, { url: URL, endpointId: 'ep_1' });
			expectNoKey(result, secret);
			expect(errorOf(result).message).toMatch(/webhook endpoint/);
		}
		expect(lines.filter((line) => line.includes(secret))).toEqual([]);
	});
});

describe('the list of events', () => {
	const list = async (parameters: INodeParameters) => await runUsage(sandbox(), 'webhookEvent', 'getAll', parameters);

	it('is read in pages of 100', async () => {
		const events = sandbox().emit({ event_type: 'avatar_video.success', count: 250, deliver: false });
		const listed = jsonOf(await list({ returnAll: true }));
		expect(listed).toEqual(events.reverse());
		expect(requestsTo(sandbox(), EVENTS).map(({ query }) => query.limit)).toEqual(['100', '100', '100']);
		expect(jsonOf(await list({ limit: 120 }))).toEqual(events.slice(0, 120));
		expect(requestsTo(sandbox(), EVENTS).slice(3).map(({ query }) => query.limit)).toEqual(['100', '20']);
	});

	it.each<[INodeParameters, object]>([
		[{ eventType: 'batch.finished' }, { event_type: 'batch.finished' }],
		[{ eventType: 'Batch Finished' }, { event_type: 'batch.finished' }],
		[{ eventType: '*' }, {}],
		[{ eventType: '', entityId: '' }, {}],
		[{ eventType: 'avatar_video.fail', entityId: ' v1 ' }, { event_type: 'avatar_video.fail', entity_id: 'v1' }],
	])('is narrowed by %j', async (filters, query) => {
		sandbox().emit({ event_type: 'batch.finished', event_data: { batch_id: 'b1' }, deliver: false });
		sandbox().emit({ event_type: 'avatar_video.fail', event_data: { video_id: 'v1' }, deliver: false });
		const listed = jsonOf(await list({ filters }));
		expect(requestsTo(sandbox(), EVENTS).map((request) => request.query)).toEqual([{ ...query, limit: '50' }]);
		const type = (query as { event_type?: string }).event_type;
		expect(listed.map(({ event_type }) => event_type)).toEqual(type === undefined ? ['avatar_video.fail', 'batch.finished'] : [type]);
	});

	it.each<[INodeParameters, RegExp]>([
		[{ eventType: '*.fail' }, /^'Event Type Name or ID' takes one event, or none for all/],
		[{ eventType: 'finished' }, /^'Event Type Name or ID' takes names of events/],
		[{ entityId: 'a b' }, /^'Entity ID' is not an ID/],
	])('asks for nothing with %j', async (filters, message) => {
		expect(errorOf(await list({ filters })).message).toMatch(message);
		expect(sandbox().requests()).toEqual([]);
	});
});

describe('the event types', () => {
	it('are listed, one item each', async () => {
		const result = await runUsage(sandbox(), 'webhookEvent', 'getTypes');
		const types = jsonOf(result);
		expect(types.map(({ event_type }) => String(event_type)).sort()).toEqual(EVENT_TYPES);
		expect(types[0]).toEqual({ event_type: expect.any(String), description: expect.any(String) });
		expect(requestsTo(sandbox(), TYPES).map(({ query }) => query)).toEqual([{}]);
	});

	it('are all listed, however many pages HeyGen makes of them', async () => {
		const page = (count: number) => Array.from({ length: 40 }, (_, index) => ({ event_type: `new_${count}_${index}.success`, description: 'New' }));
		server().answer = ({ count }, response) => sendJson(response, { data: page(count), has_more: count < 3, next_token: count < 3 ? `page${count}` : null });
		expect(jsonOf(await runUsage(server(), 'webhookEvent', 'getTypes'))).toHaveLength(120);
		expect(server().requests.map(({ query }) => [...query.entries()])).toEqual([[], [['token', 'page1']], [['token', 'page2']]]);
	});
});
