/** Answers of the webhook operations. */
import { decodeCursor, encodeCursor } from '../server/cursor';
import { invalidParameter } from '../server/errors';
import { eventDescriptions } from './event-types';
import { type Call, type Handlers, isoTime, ok } from '../server/operation';
import { pageOfRecords } from '../server/records';
import { checkEndpointUrl, type Endpoint } from './webhook-endpoints';
import type { WebhookEvent } from './webhook-events';
import { ENDPOINT_STATUS } from './webhooks';

/** An endpoint as it is shown after its creation: without its secret. */
const presentEndpoint = ({ id, url, events, createdAt }: Endpoint): object => ({
	endpoint_id: id,
	url,
	events,
	status: ENDPOINT_STATUS,
	created_at: isoTime(createdAt),
	secret: null,
});

const endpointOf = ({ world, key, params }: Call): Endpoint =>
	world.webhooks.endpoints.get(params['endpoint_id'] ?? '', key.value);

const eventsIn = (value: unknown): string[] | null => (Array.isArray(value) ? value.map(String) : null);

export const webhookHandlers: Handlers = {
	'POST /v3/webhooks/endpoints': async ({ world, key, body }) => {
		// Kept, as a reset while the URL is asked replaces them.
		const { webhooks } = world;
		const url = String(body.url);
		checkEndpointUrl(url);
		if (!(await webhooks.isReachable(url))) {
			throw invalidParameter([{ param: 'url', message: 'url did not answer with a 2xx status' }]);
		}
		const entityId = typeof body.entity_id === 'string' ? body.entity_id : null;
		const draft = { url, events: eventsIn(body.events), entityId, owner: key.value };
		const endpoint = webhooks.endpoints.create(draft, Date.now());
		const shown = { [world.config.webhookSecretField]: endpoint.secret };
		return ok({ data: { ...presentEndpoint(endpoint), ...shown } });
	},

	'GET /v3/webhooks/endpoints': ({ world, key, query }) => {
		const isOwn = ({ owner }: Endpoint): boolean => owner === key.value;
		const { records } = world.webhooks.endpoints;
		return ok(pageOfRecords('webhook endpoints', records, query, isOwn, presentEndpoint));
	},

	'PATCH /v3/webhooks/endpoints/{endpoint_id}': (call) => {
		const endpoint = endpointOf(call);
		const { url, events } = call.body;
		if (typeof url === 'string') {
			checkEndpointUrl(url);
			endpoint.url = url;
		}
		if (events !== undefined) endpoint.events = eventsIn(events);
		return ok({ data: presentEndpoint(endpoint) });
	},

	'DELETE /v3/webhooks/endpoints/{endpoint_id}': (call) => {
		call.world.webhooks.endpoints.delete(endpointOf(call), call.now);
		return ok({ data: {} });
	},

	'POST /v3/webhooks/endpoints/{endpoint_id}/rotate-secret': (call) => {
		const endpoint = endpointOf(call);
		call.world.webhooks.endpoints.rotate(endpoint);
		return ok({ data: { endpoint_id: endpoint.id, secret: endpoint.secret } });
	},

	'GET /v3/webhooks/event-types': ({ world }) => {
		const types = world.config.eventTypes ?? Object.keys(eventDescriptions);
		const data = types.map((type) => ({
			event_type: type,
			description: eventDescriptions[type] ?? type,
		}));
		return ok({ data, has_more: false, next_token: null });
	},

	'GET /v3/webhooks/events': ({ world, key, query, now }) => {
		world.advance(now);
		const { event_type: type, entity_id: entity } = query;
		const matches = (event: WebhookEvent): boolean =>
			event.isOf(key.value) &&
			(type === undefined || event.type === type) &&
			(entity === undefined || event.isAbout(String(entity)));
		const after = decodeCursor('webhook events', query.token);
		const { eventsOrder } = world.config;
		const { events, next } = world.webhooks.events.page(
			matches,
			Number(query.limit),
			after,
			eventsOrder,
		);
		return ok({
			data: events.map((event) => event.view()),
			has_more: next !== null,
			next_token: next === null ? null : encodeCursor('webhook events', next),
		});
	},
};
