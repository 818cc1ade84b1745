/** The HeyGen Trigger's webhook endpoint while the workflow is active: made once, kept as it should be, and no other's. */
import { EVENT_TYPES, eventOutcome } from '../../../nodes/heygen/events';
import { SandboxClient } from '../../sandbox/client';
import { bodiesOf, countOf, FAST_JOBS, useSandbox, useTiming } from '../support/support';
import {
	CREATE_ENDPOINT,
	DELETE_ENDPOINT,
	ENDPOINTS,
	endpointsOf,
	LIST_ENDPOINTS,
	onlyEndpoint,
	PATCH_ENDPOINT,
	Rewriter,
	storedEndpoint,
	useHosts,
} from '../support/triggerSupport';

useTiming({ readTimeout: 5_000, writeTimeout: 5_000 });
const sandbox = useSandbox(FAST_JOBS);
const startHost = useHosts(() => sandbox());
const GROUPS = { '*.success': 'success', '*.fail': 'failure' } as const;

describe('activating', () => {
	it('registers one endpoint for all events at the production address', async () => {
		const host = await startHost();
		await host.activate();
		const endpoint = onlyEndpoint(sandbox());
		expect(endpoint).toMatchObject({ url: host.url(), events: null, entity_id: null });
		expect(host.url()).toMatch(/\/webhook\/[-0-9a-f]+\/webhook$/);
		expect(storedEndpoint(host)).toEqual({
			endpointId: endpoint.endpoint_id,
			secret: endpoint.secret,
			url: host.url(),
		});
	});

	it('registers chosen events, sorted and each once', async () => {
		const host = await startHost({ events: ['video_translate.fail', 'avatar_video.success', 'video_translate.fail'] });
		await host.activate();
		expect(onlyEndpoint(sandbox()).events).toEqual(['avatar_video.success', 'video_translate.fail']);
	});

	it('takes a single event that an expression gives', async () => {
		const host = await startHost({ events: '={{ "avatar_video.fail" }}' });
		await host.activate();
		expect(onlyEndpoint(sandbox()).events).toEqual(['avatar_video.fail']);
	});

	it('takes "all" beside chosen events for all', async () => {
		const host = await startHost({ events: ['avatar_video.success', '*'] });
		await host.activate();
		expect(onlyEndpoint(sandbox()).events).toBeNull();
	});

	it.each(['*.success', '*.fail'] as const)("makes of %s what HeyGen's own list has", async (group) => {
		const eventTypes = ['avatar_video.success', 'video_agent.success', 'avatar_video.fail', 'batch.finished'];
		sandbox().configure({ eventTypes });
		const host = await startHost({ events: [group] });
		await host.activate();
		const expected = eventTypes.filter((type) => eventOutcome(type) === GROUPS[group]);
		expect(onlyEndpoint(sandbox()).events).toEqual(expected);
	});

	it.each(['*.success', '*.fail'] as const)('makes of %s what it knows itself when the list is not there', async (group) => {
		const path = '/v3/webhooks/event-types';
		sandbox().addFault({ match: { path }, kind: 'status', status: 500, times: -1 });
		const host = await startHost({ events: [group] });
		await host.activate();
		const expected = EVENT_TYPES.filter((type) => eventOutcome(type) === GROUPS[group]).sort();
		expect(onlyEndpoint(sandbox()).events).toEqual(expected);
		expect(expected.length).toBeGreaterThan(13);
	});

	it('adds a single event to a group', async () => {
		sandbox().configure({ eventTypes: ['avatar_video.success', 'avatar_video.fail', 'batch.finished'] });
		const host = await startHost({ events: ['batch.finished', '*.fail'] });
		await host.activate();
		expect(onlyEndpoint(sandbox()).events).toEqual(['avatar_video.fail', 'batch.finished']);
	});

	it('limits the endpoint to an entity, without the spaces around its id', async () => {
		const host = await startHost({ filters: { entityId: ' project_1 ' } });
		await host.activate();
		expect(onlyEndpoint(sandbox()).entity_id).toBe('project_1');
	});

	it('reads a secret that has the other name', async () => {
		sandbox().configure({ webhookSecretField: 'signing_secret' });
		const host = await startHost();
		await host.activate();
		expect(storedEndpoint(host)).toMatchObject({ secret: onlyEndpoint(sandbox()).secret });
	});
});

describe('activating again', () => {
	it('makes no second endpoint when static data and HeyGen agree', async () => {
		const host = await startHost();
		await host.activate();
		await host.activate();
		expect(countOf(sandbox(), CREATE_ENDPOINT)).toBe(1);
		expect(countOf(sandbox(), DELETE_ENDPOINT)).toBe(0);
	});

	it('makes no second endpoint for events in another order', async () => {
		const host = await startHost({ events: ['avatar_video.success', 'avatar_video.fail'] });
		await host.activate();
		host.parameters = { ...host.parameters, events: ['avatar_video.fail', 'avatar_video.success'] };
		await host.activate();
		expect([countOf(sandbox(), CREATE_ENDPOINT), countOf(sandbox(), PATCH_ENDPOINT)]).toEqual([1, 0]);
	});

	it('makes an endpoint anew that was deleted by hand', async () => {
		const host = await startHost();
		await host.activate();
		const { endpoint_id: old, secret } = onlyEndpoint(sandbox());
		await new SandboxClient(sandbox().url).call('DELETE', `${ENDPOINTS}/${old}`);
		await host.activate();
		const endpoint = onlyEndpoint(sandbox());
		expect(endpoint.secret).not.toBe(secret);
		expect(storedEndpoint(host)).toMatchObject({ endpointId: endpoint.endpoint_id, secret: endpoint.secret });
	});

	it('makes an endpoint anew whose address was changed at HeyGen, and leaves that one alone', async () => {
		const host = await startHost();
		await host.activate();
		const { endpoint_id: old } = onlyEndpoint(sandbox());
		const body = { url: 'https://elsewhere.example.com/hook' };
		await new SandboxClient(sandbox().url).call('PATCH', `${ENDPOINTS}/${old}`, { body });
		await host.activate();
		expect(endpointsOf(sandbox()).map(({ url }) => url)).toEqual([body.url, host.url()]);
		expect(storedEndpoint(host)).toMatchObject({ endpointId: endpointsOf(sandbox())[1]?.endpoint_id });
	});

	it('knows its endpoint when HeyGen writes the address in another way', async () => {
		const rewriter = await Rewriter.start(sandbox());
		const given = 'https://N8N.Example.com:443/';
		rewriter.rewrite = (answer) => JSON.parse(JSON.stringify(answer).replaceAll(given, 'https://n8n.example.com/'));
		const host = await startHost({}, { credentials: { apiKey: sandbox().apiKey, baseUrl: rewriter.url } });
		host.publicAddress = given;
		await host.activate();
		await host.activate();
		expect(countOf(sandbox(), CREATE_ENDPOINT)).toBe(1);
		host.staticData = {};
		await host.activate();
		expect(onlyEndpoint(sandbox()).endpoint_id).toBe(storedEndpoint(host)?.endpointId);
		await host.deactivate();
		await rewriter.stop();
		expect(endpointsOf(sandbox())).toEqual([]);
	});

	it('makes an endpoint anew that HeyGen has disabled', async () => {
		const rewriter = await Rewriter.start(sandbox());
		const host = await startHost({}, { credentials: { apiKey: sandbox().apiKey, baseUrl: rewriter.url } });
		await host.activate();
		const { endpoint_id: old } = onlyEndpoint(sandbox());
		rewriter.rewrite = (answer) => JSON.parse(JSON.stringify(answer).replace('"enabled"', '"disabled"'));
		await host.activate();
		await rewriter.stop();
		expect(onlyEndpoint(sandbox()).endpoint_id).not.toBe(old);
		expect(storedEndpoint(host)).toMatchObject({ endpointId: onlyEndpoint(sandbox()).endpoint_id });
	});

	it.each([{}, { endpoint: { endpointId: 'ep_1', url: 'x' } }, { endpoint: 'nonsense' }])(
		'deletes the endpoint whose secret is lost, and makes a new one (static data %j)',
		async (nodeData) => {
			const host = await startHost();
			await host.activate();
			const { endpoint_id: old } = onlyEndpoint(sandbox());
			host.staticData = { 'node:HeyGen Trigger': nodeData };
			await host.activate();
			expect(onlyEndpoint(sandbox()).endpoint_id).not.toBe(old);
			expect(storedEndpoint(host)).toMatchObject({ secret: onlyEndpoint(sandbox()).secret });
		},
	);

	it('changes the events at HeyGen and keeps the secret', async () => {
		const host = await startHost({ events: ['avatar_video.success'] });
		await host.activate();
		const { secret } = onlyEndpoint(sandbox());
		host.parameters = { ...host.parameters, events: ['avatar_video.fail', 'avatar_video.success'] };
		await host.activate();
		const events = ['avatar_video.fail', 'avatar_video.success'];
		expect(onlyEndpoint(sandbox())).toMatchObject({ secret, events });
		expect(bodiesOf(sandbox(), PATCH_ENDPOINT)).toEqual([{ events }]);
		expect(storedEndpoint(host)).toMatchObject({ secret });
	});

	it('restricts an endpoint for all events without making it anew', async () => {
		const host = await startHost();
		await host.activate();
		host.parameters = { ...host.parameters, events: ['avatar_video.fail'] };
		await host.activate();
		expect(onlyEndpoint(sandbox()).events).toEqual(['avatar_video.fail']);
		expect(countOf(sandbox(), CREATE_ENDPOINT)).toBe(1);
	});

	it('makes the endpoint anew for a change to all events', async () => {
		const host = await startHost({ events: ['avatar_video.success'] });
		await host.activate();
		const { endpoint_id: old } = onlyEndpoint(sandbox());
		host.parameters = { ...host.parameters, events: ['*'] };
		await host.activate();
		expect(onlyEndpoint(sandbox()).events).toBeNull();
		expect(onlyEndpoint(sandbox()).endpoint_id).not.toBe(old);
		expect(countOf(sandbox(), PATCH_ENDPOINT)).toBe(0);
	});

	it.each([
		['', 'project_1'],
		['project_1', 'project_2'],
		['project_1', ''],
	])('makes the endpoint anew when the entity changes from "%s" to "%s"', async (before, after) => {
		const host = await startHost({ filters: { entityId: before } });
		await host.activate();
		host.parameters = { ...host.parameters, filters: { entityId: after } };
		await host.activate();
		expect(onlyEndpoint(sandbox()).entity_id).toBe(after === '' ? null : after);
		expect(countOf(sandbox(), CREATE_ENDPOINT)).toBe(2);
	});

	it('makes another endpoint when n8n has another address, and leaves that of the old one alone', async () => {
		const host = await startHost();
		await host.activate();
		const [old] = endpointsOf(sandbox());
		host.publicAddress = host.publicAddress.replace('127.0.0.1', 'localhost');
		await host.activate();
		expect(endpointsOf(sandbox())).toMatchObject([old ?? {}, { url: host.publicUrl() }]);
	});

	it('makes a first endpoint for another account', async () => {
		const host = await startHost();
		await host.activate();
		host.credentials = { apiKey: 'sandbox-key-no-account-scope', baseUrl: sandbox().url };
		await host.activate();
		const owners = endpointsOf(sandbox()).map(({ owner }) => owner);
		expect(owners).toEqual([sandbox().apiKey, 'sandbox-key-no-account-scope']);
		expect(storedEndpoint(host)).toMatchObject({ secret: endpointsOf(sandbox())[1]?.secret });
	});

	it('finds its endpoint behind the first page of 151', async () => {
		const host = await startHost();
		await host.activate();
		await addForeign(150);
		await host.activate();
		expect(countOf(sandbox(), CREATE_ENDPOINT)).toBe(151);
		expect(countOf(sandbox(), LIST_ENDPOINTS)).toBeGreaterThanOrEqual(3);
		expect(endpointsOf(sandbox())).toHaveLength(151);
	});

	it('finds the endpoint whose secret is lost behind the first page of 151', async () => {
		const host = await startHost();
		await host.activate();
		await addForeign(150);
		host.staticData = {};
		await host.activate();
		const own = endpointsOf(sandbox()).filter(({ url }) => url === host.url());
		expect(own).toHaveLength(1);
		expect(storedEndpoint(host)).toMatchObject({ endpointId: own[0]?.endpoint_id });
		expect(endpointsOf(sandbox())).toHaveLength(151);
	});
});

/** Registers endpoints that are not of this n8n. */
async function addForeign(count: number): Promise<void> {
	const client = new SandboxClient(sandbox().url);
	for (let index = 0; index < count; index++) {
		await client.post(ENDPOINTS, { url: `https://example.com/webhook/${index}` });
	}
}

describe('endpoints of others', () => {
	it('are never touched, not even one with the same path on another host', async () => {
		const host = await startHost();
		await addForeign(3);
		const url = host.url().replace('http://127.0.0.1', 'https://other.example.com');
		await new SandboxClient(sandbox().url).post(ENDPOINTS, { url });
		const before = endpointsOf(sandbox());
		await host.activate();
		host.staticData = {};
		await host.activate();
		await host.deactivate();
		expect(endpointsOf(sandbox())).toEqual(before);
	});
});
