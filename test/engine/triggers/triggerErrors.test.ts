/** Registering at HeyGen when something is wrong: the error says what, static data stay true, and nothing is left over. */
import nock from 'nock';
import { timing } from '../../../nodes/engine/basics/timing';
import { countOf, FAST_JOBS, requestsTo, useSandbox, useTiming } from '../support/support';
import type { TriggerHost } from '../support/triggerHarness';
import {
	CREATE_ENDPOINT,
	ENDPOINT,
	ENDPOINTS,
	endpointsOf,
	expectNotIn,
	failureOf,
	onlyEndpoint,
	Rewriter,
	storedEndpoint,
	useHosts,
} from '../support/triggerSupport';

// It stands between every request and the network, in all test files of the process, until it is told to go.
afterAll(() => nock.restore());

useTiming({ readTimeout: 5_000, writeTimeout: 5_000 });
const sandbox = useSandbox(FAST_JOBS);
const startHost = useHosts(() => sandbox());

/** One request of a trigger, and the hook that sends it. */
const places = [
	{ name: 'list before', method: 'GET', path: ENDPOINTS, hook: 'checkExists', doing: 'list the webhook endpoints' },
	{ name: 'list', method: 'GET', path: ENDPOINTS, hook: 'create', doing: 'list the webhook endpoints' },
	{ name: 'create', method: 'POST', path: ENDPOINTS, hook: 'create', doing: 'register the webhook endpoint' },
	{ name: 'delete', method: 'DELETE', path: ENDPOINT, hook: 'delete', doing: 'delete the webhook endpoint' },
	{ name: 'delete before', method: 'DELETE', path: ENDPOINT, hook: 'create', doing: 'delete the webhook endpoint' },
	{ name: 'patch', method: 'PATCH', path: ENDPOINT, hook: 'checkExists', doing: 'change the events of the webhook endpoint' },
] as const;
type Place = (typeof places)[number];

const refusals = [
	{ status: 500, code: 'internal_error', advice: /./ },
	{ status: 401, code: 'unauthorized', advice: /API key/i },
	{ status: 403, code: 'forbidden', advice: /./ },
	{ status: 402, code: 'insufficient_credit', advice: /credit|balance|wallet/i },
	{ status: 429, code: 'quota_exceeded', advice: /./ },
] as const;

/** A trigger that is about to send the request of a place. */
async function before({ name }: Place): Promise<TriggerHost> {
	const host = await startHost({ events: ['avatar_video.success'] });
	if (name === 'create' || name === 'list') return host;
	await host.activate();
	if (name === 'patch') host.parameters = { ...host.parameters, events: ['avatar_video.fail'] };
	return host;
}

describe.each(places.map((place) => [place.name, place] as const))('the request "%s"', (_name, place) => {
	it.each(refusals)('refused with $status ends with an error that says what and why', async (refusal) => {
		const host = await before(place);
		const kept = structuredClone(host.nodeData());
		const secret = String(storedEndpoint(host)?.secret ?? 'whsec_');
		const endpoints = endpointsOf(sandbox());
		const { method, path } = place;
		sandbox().addFault({ match: { method, path }, kind: 'status', ...refusal, times: -1 });
		const error = await failureOf(host.hook(place.hook));
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toContain(`Could not ${place.doing}: Injected fault: ${refusal.code}`);
		// n8n shows the message alone, so the advice has to be in it.
		expect(error.message).toContain(String(error.description).replace(/\s+/g, ' '));
		expect(String(error.description)).toMatch(refusal.advice);
		expect(host.nodeData()).toEqual(kept);
		expect(endpointsOf(sandbox())).toEqual(endpoints);
		expectNotIn(error, sandbox().apiKey);
		expectNotIn(error, secret);
	});

	it.each(['drop_before', 'garbage', 'hang'] as const)('that %s spoils ends with an error, and static data stay', async (kind) => {
		const host = await before(place);
		const kept = structuredClone(host.nodeData());
		const { method, path } = place;
		sandbox().addFault({ match: { method, path }, kind, times: -1 });
		const patient = { ...timing };
		if (kind === 'hang') Object.assign(timing, { readTimeout: 100, writeTimeout: 100 });
		const error = await failureOf(host.hook(place.hook));
		Object.assign(timing, patient);
		expect(error.message).toContain(`Could not ${place.doing}: `);
		expect(host.nodeData()).toEqual(kept);
		expectNotIn(error, sandbox().apiKey);
	});
});

describe('creating the endpoint', () => {
	it.each([
		['drop_before', 2],
		['drop_after', 2],
		['garbage', 1],
		['status', 3],
	] as const)('is repeated with the same idempotency key after %s, and makes one endpoint', async (kind, times) => {
		const host = await startHost();
		sandbox().addFault({ match: { method: 'POST', path: ENDPOINTS }, kind, times });
		await host.activate();
		const requests = requestsTo(sandbox(), CREATE_ENDPOINT);
		expect(requests).toHaveLength(times + 1);
		// A fault that leaves the sandbox no time to look at the request leaves no key in its log either.
		const keys = requests.map(({ idempotencyKey }) => idempotencyKey).filter((key) => key !== null);
		expect(new Set(keys).size).toBe(1);
		expect(storedEndpoint(host)).toMatchObject({ secret: onlyEndpoint(sandbox()).secret });
	});

	it('leaves nothing behind when its answers are lost for good', async () => {
		const host = await startHost();
		sandbox().addFault({ match: { method: 'POST', path: ENDPOINTS }, kind: 'drop_after', times: -1 });
		const error = await failureOf(host.activate());
		expect(error.message).toContain('Could not register the webhook endpoint: the connection was lost');
		// n8n has cleaned up by the node's `delete`, which finds the endpoint by its address.
		expect(sandbox().webhooks().endpoints).toHaveLength(1);
		expect(endpointsOf(sandbox())).toEqual([]);
		expect([host.nodeData(), host.cleanUpErrors]).toEqual([{}, []]);
	});

	it('waits for a limit that passes', async () => {
		const host = await startHost();
		const fault = { kind: 'status', status: 429, retryAfter: 1, times: 1 } as const;
		sandbox().addFault({ match: { method: 'POST', path: ENDPOINTS }, ...fault });
		await host.activate();
		expect(storedEndpoint(host)).toMatchObject({ secret: onlyEndpoint(sandbox()).secret });
	});

	it('does not take the endpoint for there that was deleted before the new one was refused', async () => {
		const host = await startHost();
		await host.activate();
		host.parameters = { ...host.parameters, filters: { entityId: 'project_1' } };
		sandbox().addFault({ match: { method: 'POST', path: ENDPOINTS }, kind: 'status', status: 403 });
		await failureOf(host.hook('create'));
		expect(endpointsOf(sandbox())).toEqual([]);
		expect(host.nodeData()).toEqual({});
		await host.activate();
		expect(storedEndpoint(host)).toMatchObject({ secret: onlyEndpoint(sandbox()).secret });
	});

	it.each([
		['no secret', (data: object) => ({ ...data, secret: null }), 'create', 'secret to check its deliveries with'],
		['an empty secret', (data: object) => ({ ...data, secret: '' }), 'create', 'secret to check its deliveries with'],
		// Without its id the endpoint can be found only by its address, by the `delete` that n8n calls afterwards.
		['no id', (data: object) => ({ ...data, endpoint_id: undefined }), 'activate', 'ID of the endpoint'],
	] as const)('fails when the answer has %s, and leaves no endpoint', async (_what, spoil, step, missing) => {
		const rewriter = await Rewriter.start(sandbox());
		rewriter.rewrite = (answer, { method }) =>
			method === 'POST' ? { ...answer, data: spoil(answer.data as object) } : answer;
		const host = await startHost({}, { credentials: { apiKey: sandbox().apiKey, baseUrl: rewriter.url } });
		const error = await failureOf(step === 'create' ? host.hook('create') : host.activate());
		await rewriter.stop();
		expect(error.message).toContain(`HeyGen's answer names no ${missing}. Publish the workflow again.`);
		expect(countOf(sandbox(), CREATE_ENDPOINT)).toBe(1);
		expect(endpointsOf(sandbox())).toEqual([]);
		expect(host.nodeData()).toEqual({});
	});

	it('tells that the account may have no further endpoint', async () => {
		sandbox().configure({ webhookMaxEndpoints: 0 });
		const host = await startHost();
		const error = await failureOf(host.activate());
		expect(error.message).toContain('Could not register the webhook endpoint: There are 0 webhook endpoints already');
		expect(error.message).toContain('resource_limit_reached');
	});

	it('gets by where an address may be registered only once', async () => {
		sandbox().configure({ webhookConflictOnSameUrl: true });
		const host = await startHost();
		await host.activate();
		host.staticData = {};
		await host.activate();
		expect(storedEndpoint(host)).toMatchObject({ secret: onlyEndpoint(sandbox()).secret });
	});

	describe.each(['post', 'options'] as const)('when HeyGen tries the address by %s first', (webhookProbe) => {
		const [method, status] = webhookProbe === 'post' ? ['POST', 200] : ['OPTIONS', 204];

		it.each(['production', 'test'] as const)('answers at the %s address without starting anything', async (kind) => {
			sandbox().configure({ webhookProbe });
			const host = await startHost();
			await (kind === 'test' ? host.listen() : host.activate());
			expect(host.served).toEqual([{ method, path: new URL(host.url(kind)).pathname, status }]);
			expect(storedEndpoint(host, kind)).toMatchObject({ secret: onlyEndpoint(sandbox()).secret });
			expect(host.executions).toEqual([]);
		});

		it('answers although the secret of the endpoint before is still stored', async () => {
			const host = await startHost();
			await host.activate();
			sandbox().configure({ webhookProbe });
			host.parameters = { ...host.parameters, filters: { entityId: 'project_1' } };
			await host.activate();
			expect(host.served).toMatchObject([{ method, status }]);
			expect(countOf(sandbox(), CREATE_ENDPOINT)).toBe(2);
			expect(host.executions).toEqual([]);
		});
	});
});

describe('what can be told before any request', () => {
	afterEach(() => nock.cleanAll());

	/** HeyGen itself, which nothing must reach. */
	const heyGen = () => nock('https://api.heygen.com').persist();
	const credentials = { apiKey: 'sk_live_key', baseUrl: '' };

	it.each([
		['http://n8n.example.com/', 'does not start with https://'],
		['http://localhost:5678/', 'is known only to this machine or its network'],
		['https://127.0.0.1:5678/', 'is known only to this machine or its network'],
		['https://[::1]:5678/', 'is known only to this machine or its network'],
		['https://192.168.1.20/', 'is known only to this machine or its network'],
		['https://10.1.2.3/', 'is known only to this machine or its network'],
		['https://172.20.0.2/', 'is known only to this machine or its network'],
		['https://169.254.1.1/', 'is known only to this machine or its network'],
		['https://n8n/', 'is known only to this machine or its network'],
		['https://n8n.local/', 'is known only to this machine or its network'],
		['not an address/', 'is not an address'],
	])('is that HeyGen cannot reach %s', async (address, why) => {
		const scope = heyGen().get(/.*/).reply(500).post(/.*/).reply(500).delete(/.*/).reply(500);
		let requests = 0;
		scope.on('request', () => (requests += 1));
		const host = await startHost({}, { credentials });
		host.publicAddress = address;
		const error = await failureOf(host.activate());
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toContain(`its webhook address ${host.publicUrl()} ${why}`);
		expect(error.message).toContain('WEBHOOK_URL');
		expect(error.message).toContain('HeyGen Poll Trigger');
		expectNotIn(error, 'sk_live_key');
		expect([requests, host.nodeData(), host.cleanUpErrors]).toEqual([0, {}, []]);
	});

	it('is not said of a public address', async () => {
		const bodies: unknown[] = [];
		heyGen()
			.get(/^\/v3\/webhooks\/endpoints/)
			.reply(200, { data: [], has_more: false, next_token: null })
			.post('/v3/webhooks/endpoints', (body) => bodies.push(body) > 0)
			.reply(200, { data: { endpoint_id: 'ep_1', secret: 'whsec_1' } });
		const host = await startHost({}, { credentials });
		host.publicAddress = 'https://n8n.example.com/sub/';
		await host.activate();
		expect(bodies.at(-1)).toEqual({ url: host.publicUrl() });
		expect(storedEndpoint(host)).toMatchObject({ endpointId: 'ep_1', url: host.publicUrl() });
	});

	it.each([
		[{ download: ['nope'] }, "'Download' has an unknown value: \"nope\""],
		[{ fetchResource: 'abc' }, "'Fetch Full Resource' must be true or false"],
	])('is an option that only executions need: %j', async (options, words) => {
		const host = await startHost({ options });
		expect((await failureOf(host.hook('create'))).message).toContain(words);
	});

	it('is an event that there cannot be', async () => {
		const host = await startHost({ events: 'nonsense' });
		const error = await failureOf(host.hook('create'));
		expect(error.message).toContain("'Event Names or IDs' takes names of events, such as avatar_video.success, but was given \"nonsense\"");
	});

	it.each(['soon', true, '1,5', -5])("is that 'Timestamp Tolerance' is no number: %j", async (timestampTolerance) => {
		const host = await startHost({ options: { timestampTolerance } });
		const error = await failureOf(host.hook('create'));
		expect(error.message).toContain("'Timestamp Tolerance (Seconds)' must be a number of 0 or more, but it is");
	});

	it.each(['a,b', 'a b'])("is that 'Entity ID' is none: %j", async (entityId) => {
		const host = await startHost({ filters: { entityId } });
		expect((await failureOf(host.hook('create'))).message).toContain("'Entity ID' is not an ID");
	});

	it.each([[[]], [''], [['', ' ']], ['={{ [] }}']])("is that 'Event Names or IDs' is empty: %j", async (events) => {
		const host = await startHost({ events });
		const error = await failureOf(host.hook('create'));
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toContain("'Event Names or IDs' is empty");
		expect(sandbox().stats().requestsTotal).toBe(0);
	});
});

describe('secrets', () => {
	it('are in no log line and no error of a trigger that goes through all of this', async () => {
		const host = await startHost();
		const levels = ['debug', 'info', 'warn', 'error'] as const;
		const spies = levels.map((level) => jest.spyOn(host.logger, level));
		await host.activate();
		const { secret } = onlyEndpoint(sandbox());
		const body = '{"event_type":"avatar_video.success","event_data":{}}';
		await fetch(host.url(), { method: 'POST', body, headers: { 'heygen-signature': 'f'.repeat(64) } });
		await fetch(host.url(), { method: 'POST', body: '' });
		await fetch(host.url());
		sandbox().addFault({ match: { path: ENDPOINTS }, kind: 'status', status: 403, times: -1 });
		const error = await failureOf(host.activate());
		const lines = spies.map((spy) => spy.mock.calls);
		expect(spies[2]?.mock.calls.flat().join()).toMatch(/"HeyGen Trigger" of workflow \S+ has refused a request/);
		for (const key of [sandbox().apiKey, secret]) {
			expectNotIn(lines, key);
			expectNotIn(error, key);
			expectNotIn(host.cleanUpErrors, key);
		}
		jest.restoreAllMocks();
	});
});

it('an endpoint whose id is under another name is deleted like any other', async () => {
	const deleted: string[] = [];
	const host = await startHost({}, { credentials: { apiKey: 'sk_live_key', baseUrl: '' } });
	host.publicAddress = 'https://n8n.example.com/';
	nock('https://api.heygen.com')
		.persist()
		.get(/^\/v3\/webhooks\/endpoints/)
		.reply(200, () => ({ data: [{ id: 7, url: host.publicUrl() }, { url: host.publicUrl() }], has_more: false, next_token: null }))
		.delete(/^\/v3\/webhooks\/endpoints\/\w+$/, () => true)
		.reply(200, (uri: string) => (deleted.push(uri), { data: {} }))
		.post('/v3/webhooks/endpoints')
		.reply(200, { data: { id: 'ep_2', secret: 'whsec_1' } });
	await host.activate();
	expect(deleted).toEqual(['/v3/webhooks/endpoints/7']);
	expect(storedEndpoint(host)).toMatchObject({ endpointId: 'ep_2' });
	nock.cleanAll();
});
