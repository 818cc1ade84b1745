/** Control of webhooks: tests make events happen and look at what was delivered. */
import type { EventView } from './webhook-events';
import type { EmitRequest } from './webhooks';
import type { World } from '../server/world';

/**
 * Makes events happen, behind all that should have happened before.
 * @throws Error when the request makes no sense.
 */
export function emitEvents(world: World, request: EmitRequest): EventView[] {
	const now = Date.now();
	world.advance(now);
	return world.webhooks.emit(request, now);
}

const asObject = (body: unknown): object => {
	if (typeof body !== 'object' || body === null) throw new Error('the body must be an object');
	return body;
};

/** What `POST /_sandbox/events` answers; deliveries go on in the background. */
export function emitOverControl(world: World, body: unknown): { event_ids: string[] } {
	const events = emitEvents(world, asObject(body) as EmitRequest);
	return { event_ids: events.map(({ event_id: id }) => id) };
}

/** What `POST /_sandbox/redeliver` answers. */
export function redeliverOverControl(world: World, body: unknown): { deliveries: number } {
	const { event_id: id } = asObject(body) as { event_id?: unknown };
	return { deliveries: world.webhooks.redeliver(String(id)) };
}
