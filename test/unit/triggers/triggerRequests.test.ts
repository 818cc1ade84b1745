import type { IDataObject, IHookFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { Connection } from '../../../nodes/engine/request/client';
import { Gate } from '../../../nodes/engine/request/pacing/gate';
import { clientWith } from '../../../nodes/engine/request/send';
import { latestEvent, newEvents } from '../../../nodes/engine/triggers/pollEvents';
import { isRegistered, register, storedRegistration, unregister } from '../../../nodes/engine/triggers/registration';
import { validateAgainstContract } from '../../sandbox/server/contract';

/** Every request that a webhook's life consists of fits the contract. Its behaviour is tested with n8n's engine. */

const URL_OF_WEBHOOK = 'https://n8n.example.com/webhook/7b1c/webhook';

/** HeyGen with one account's endpoints, and a trigger node of that account. */
function node(parameters: IDataObject) {
	const endpoints: IDataObject[] = [];
	const asked: IHttpRequestOptions[] = [];
	const staticData: IDataObject = {};
	const answer = ({ method, url, body }: IHttpRequestOptions): unknown => {
		const fields = (body ?? {}) as IDataObject;
		const place = endpoints.findIndex(({ endpoint_id }) => url.endsWith(`/${String(endpoint_id)}`));
		if (url.endsWith('/event-types')) return [{ event_type: 'a.fail' }, { event_type: 'a.success' }];
		if (method === 'GET') return endpoints.map((endpoint) => ({ ...endpoint, secret: null }));
		if (method === 'DELETE') endpoints.splice(place, 1);
		if (method === 'PATCH') Object.assign(endpoints[place] as IDataObject, fields);
		if (method !== 'POST') return {};
		const made: IDataObject = { endpoint_id: `ep_${asked.length}`, status: 'enabled', events: null, ...fields, secret: 'whsec_1' };
		endpoints.push(made);
		return made;
	};
	const hook = {
		getCredentials: async () => ({ apiKey: 'k', baseUrl: '' }),
		getNode: () => ({ id: 'n', name: 'HeyGen Trigger' }),
		getWorkflow: () => ({ id: 'w' }),
		getMode: () => 'trigger',
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getNodeWebhookUrl: () => URL_OF_WEBHOOK,
		getWorkflowStaticData: () => staticData,
		helpers: {
			httpRequestWithAuthentication: async (_name: string, options: IHttpRequestOptions) => {
				asked.push(options);
				const data = answer(options);
				const isSilent = parameters.isSilent === true && ['PATCH', 'DELETE'].includes(String(options.method));
				return isSilent ? { statusCode: 204, headers: {}, body: '' } : { statusCode: 200, headers: {}, body: { data } };
			},
		},
	} as unknown as IHookFunctions;
	/** Method, path and body of what was asked since the last time. */
	const requests = () => {
		const since = asked.splice(0);
		for (const { method, url, qs, body } of since) {
			expect(validateAgainstContract(String(method), url, { query: qs as IDataObject, body })).toEqual([]);
		}
		return since.map(({ method, url, body }) => [`${String(method)} ${url}`, ...(body === undefined ? [] : [body])]);
	};
	return { hook, endpoints, staticData, requests, parameters };
}

const LIST = ['GET /v3/webhooks/endpoints'];

it('an endpoint for all events of one thing is made, found and deleted', async () => {
	const { hook, endpoints, staticData, requests } = node({ events: ['*'], filters: { entityId: ' p1 ' } });
	expect(await isRegistered(hook)).toBe(false);
	expect(requests()).toEqual([]);
	expect(await register(hook)).toBe(true);
	expect(requests()).toEqual([LIST, ['POST /v3/webhooks/endpoints', { url: URL_OF_WEBHOOK, entity_id: 'p1' }]]);
	const made = String(endpoints[0]?.endpoint_id);
	expect(storedRegistration(staticData)).toEqual({ endpointId: made, secret: 'whsec_1', url: URL_OF_WEBHOOK, entityId: 'p1' });
	expect(await isRegistered(hook)).toBe(true);
	expect(requests()).toEqual([LIST]);
	expect(await unregister(hook)).toBe(true);
	expect(requests()).toEqual([LIST, [`DELETE /v3/webhooks/endpoints/${made}`]]);
	expect([endpoints, storedRegistration(staticData)]).toEqual([[], undefined]);
});

it('an endpoint for some events is changed when they change', async () => {
	const { hook, endpoints, requests, parameters } = node({ events: ['avatar_video.success'] });
	await register(hook);
	expect(requests().at(-1)).toEqual(['POST /v3/webhooks/endpoints', { url: URL_OF_WEBHOOK, events: ['avatar_video.success'] }]);
	parameters.events = ['video_agent.fail', 'avatar_video.fail'];
	expect(await isRegistered(hook)).toBe(true);
	const events = ['avatar_video.fail', 'video_agent.fail'];
	expect(requests()).toEqual([LIST, [`PATCH /v3/webhooks/endpoints/${String(endpoints[0]?.endpoint_id)}`, { events }]]);
	expect(endpoints[0]?.events).toEqual(events);
	expect(await isRegistered(hook)).toBe(true);
	expect(requests()).toEqual([LIST]);
});

it('an endpoint is changed and deleted without a word', async () => {
	const { hook, endpoints, requests, parameters } = node({ events: ['avatar_video.success'], isSilent: true });
	await register(hook);
	parameters.events = ['avatar_video.fail'];
	requests();
	expect(await isRegistered(hook)).toBe(true);
	expect(await unregister(hook)).toBe(true);
	expect(endpoints).toEqual([]);
	expect(requests().map(([request]) => String(request).split(' ')[0])).toEqual(['GET', 'PATCH', 'GET', 'DELETE']);
});

it('what is left of an earlier endpoint goes before a new one is made', async () => {
	const { hook, endpoints, staticData, requests } = node({ events: ['*'] });
	await register(hook);
	const left = String(endpoints[0]?.endpoint_id);
	endpoints.push({ endpoint_id: 'ep_foreign', url: 'https://other.example.com/hook', events: null });
	delete staticData.endpoint;
	requests();
	await register(hook);
	expect(requests()).toEqual([LIST, [`DELETE /v3/webhooks/endpoints/${left}`], ['POST /v3/webhooks/endpoints', { url: URL_OF_WEBHOOK }]]);
	expect(endpoints.map(({ url }) => url).sort()).toEqual([URL_OF_WEBHOOK, 'https://other.example.com/hook']);
});

it("groups of events are looked up in HeyGen's list", async () => {
	const { hook, endpoints } = node({ events: ['*.fail'] });
	await register(hook);
	expect(endpoints[0]?.events).toEqual(['a.fail']);
});

it('a poll of events asks for what the contract has', async () => {
	const asked: IHttpRequestOptions[] = [];
	const connection: Connection = {
		account: { baseUrl: 'https://api.heygen.com', gate: new Gate(), version: 0 },
		queueTimeout: 1_000,
		transport: {},
		request: async (options) => {
			asked.push(options);
			return { statusCode: 200, headers: {}, body: { data: [], has_more: asked.length === 1, next_token: asked.length === 1 ? 't' : null } };
		},
	};
	const settings = { events: ['*'], entityId: 'p1' };
	await newEvents(clientWith(connection), settings, undefined);
	await latestEvent(clientWith(connection), settings);
	expect(asked.map(({ method, url }) => `${String(method)} ${url}`)).toEqual(asked.map(() => 'GET /v3/webhooks/events'));
	for (const { method, url, qs } of asked) expect(validateAgainstContract(String(method), url, { query: qs as IDataObject })).toEqual([]);
	expect(asked.length).toBeGreaterThanOrEqual(2);
});
