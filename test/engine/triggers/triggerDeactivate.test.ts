/** The end of the HeyGen Trigger's webhook endpoint, and the one that a test in the editor has beside it. */
import { SandboxClient } from '../../sandbox/client';
import { FAST_JOBS, requestsTo, useSandbox, useTiming } from '../support/support';
import {
	DELETE_ENDPOINT,
	ENDPOINT,
	ENDPOINTS,
	endpointsOf,
	failureOf,
	onlyEndpoint,
	storedEndpoint,
	useHosts,
} from '../support/triggerSupport';

useTiming({ readTimeout: 5_000, writeTimeout: 5_000 });
const sandbox = useSandbox(FAST_JOBS);
const startHost = useHosts(() => sandbox());

describe('a test in the editor', () => {
	it('has an endpoint and a secret of its own, and its end leaves production alone', async () => {
		const host = await startHost();
		await host.activate();
		const production = onlyEndpoint(sandbox());
		await host.listen();
		const [, test] = endpointsOf(sandbox());
		expect(test).toMatchObject({ url: host.url('test') });
		expect(test?.secret).not.toBe(production.secret);
		expect(storedEndpoint(host, 'test')).toMatchObject({ secret: test?.secret });
		expect(storedEndpoint(host)).toMatchObject({ secret: production.secret });
		await host.stopListening();
		expect(onlyEndpoint(sandbox())).toEqual(production);
		expect(storedEndpoint(host)).toMatchObject({ secret: production.secret });
	});

	it('goes on when production is deactivated', async () => {
		const host = await startHost();
		await host.listen();
		const test = onlyEndpoint(sandbox());
		await host.activate();
		await host.deactivate();
		expect(onlyEndpoint(sandbox())).toEqual(test);
	});

	it('clears away the endpoint of an earlier test that n8n has forgotten', async () => {
		const host = await startHost();
		await host.listen();
		await host.listen();
		expect(onlyEndpoint(sandbox())).toMatchObject({ url: host.url('test') });
	});
});

describe('deactivating', () => {
	it('deletes the endpoint and forgets its secret', async () => {
		const host = await startHost();
		await host.activate();
		await host.deactivate();
		expect(endpointsOf(sandbox())).toEqual([]);
		expect(host.nodeData()).toEqual({});
	});

	it('is content with an endpoint that is gone already', async () => {
		const host = await startHost();
		await host.activate();
		const { endpoint_id: id } = onlyEndpoint(sandbox());
		await new SandboxClient(sandbox().url).call('DELETE', `${ENDPOINTS}/${id}`);
		await host.deactivate();
		expect(requestsTo(sandbox(), DELETE_ENDPOINT).map(({ status }) => status)).toEqual([200, 404]);
		expect(host.nodeData()).toEqual({});
	});

	it('deletes the endpoint of its address when static data are lost', async () => {
		const host = await startHost();
		await host.activate();
		host.staticData = {};
		await host.deactivate();
		expect(endpointsOf(sandbox())).toEqual([]);
	});

	it('leaves the endpoint alone that has another address: it may be that of the n8n whose database was copied', async () => {
		const host = await startHost();
		await host.activate();
		const kept = endpointsOf(sandbox());
		host.publicAddress = 'https://staging.example.com/';
		await host.deactivate();
		expect(endpointsOf(sandbox())).toEqual(kept);
		expect(host.nodeData()).toEqual({});
	});

	it('deletes every endpoint of its address, also those it does not know', async () => {
		const host = await startHost();
		await host.activate();
		await new SandboxClient(sandbox().url).post(ENDPOINTS, { url: host.url() });
		await host.deactivate();
		expect(endpointsOf(sandbox())).toEqual([]);
	});

	it('counts a delete as done whose answer was lost', async () => {
		const host = await startHost();
		await host.activate();
		sandbox().addFault({ match: { method: 'DELETE', path: ENDPOINT }, kind: 'drop_after' });
		await host.deactivate();
		expect(endpointsOf(sandbox())).toEqual([]);
		expect(host.nodeData()).toEqual({});
	});

	it('asks HeyGen nothing when HeyGen could not have reached this n8n', async () => {
		const host = await startHost({}, { credentials: { apiKey: 'any', baseUrl: 'https://api.heygen.invalid' } });
		await expect(host.deactivate()).resolves.toBeUndefined();
		expect(await failureOf(host.hook('create'))).toMatchObject({ name: 'NodeOperationError' });
	});
});
