/** Webhooks as a whole: events are stored, and delivered to the endpoints that want them. */
import type { SandboxConfig } from '../config';
import { Courier, isTaken } from './webhook-courier';
import { Deliverer, type Delivery } from './webhook-delivery';
import { EndpointStore } from './webhook-endpoints';
import { type EventData, EventLog, type EventView, WebhookEvent } from './webhook-events';

/** What a test wants to happen. */
export interface EmitRequest {
	event_type: string;
	/** Gets a fresh `video_id` unless it has one. */
	event_data?: EventData;
	/** Fresh by default; only for a single event. */
	event_id?: string;
	/** ISO 8601, of the first of the events; by default now. Each further one is a millisecond younger. */
	created_at?: string;
	/** How many events (default 1). */
	count?: number;
	/** Whether the events are delivered, or else only listed (default true). */
	deliver?: boolean;
}

/** Endpoints and deliveries as tests see them, behind the API. */
export interface WebhooksView {
	/** The oldest first, deleted ones included. */
	endpoints: Array<{
		endpoint_id: string;
		url: string;
		events: string[] | null;
		entity_id: string | null;
		status: string;
		secret: string;
		/** Name of the API key that it belongs to. */
		owner: string;
		/** Unix milliseconds. */
		deletedAt: number | null;
	}>;
	/** The last 5,000, the oldest first. */
	deliveries: Delivery[];
	/** Deliveries that may still be attempted. */
	pending: number;
}

export const ENDPOINT_STATUS = 'enabled';
const MAX_EVENTS = 1_000_000;

/** @throws Error saying what makes no sense. */
function checkRequest(request: EmitRequest): void {
	const { event_type: type, event_data: data = {}, event_id: id, created_at: time, count = 1 } = request;
	if (typeof type !== 'string' || type === '') throw new Error('"event_type" must be a text');
	if (typeof data !== 'object' || data === null) throw new Error('"event_data" must be an object');
	if (!Number.isSafeInteger(count) || count < 1 || count > MAX_EVENTS) {
		throw new Error(`"count" must be a whole number from 1 to ${MAX_EVENTS}`);
	}
	if (id !== undefined && count > 1) throw new Error('"event_id" is for a single event');
	// It travels in a header.
	if (id !== undefined && !/^[\x21-\x7e]+$/.test(id)) throw new Error('"event_id" must be plain text');
	if (time !== undefined && Number.isNaN(Date.parse(time)))
		throw new Error('"created_at" must be a time');
}

export class Webhooks {
	readonly endpoints: EndpointStore;
	readonly events = new EventLog();
	readonly deliverer: Deliverer;
	private readonly courier = new Courier();
	/** Unix milliseconds of the youngest event that was emitted without a time of its own. */
	private lastEmitted = 0;
	private videosMadeUp = 0;

	/** @param config read at each use, so that changed settings apply at once. */
	constructor(private readonly config: () => SandboxConfig) {
		this.endpoints = new EndpointStore(config);
		this.deliverer = new Deliverer(config, this.courier);
	}

	/** Stores an event and delivers it in the background. */
	add(event: WebhookEvent): void {
		this.events.add(event);
		this.deliver(event);
	}

	/**
	 * Makes events happen, for all keys.
	 * @throws Error when the request makes no sense; nothing has happened then.
	 */
	emit(request: EmitRequest, now: number): EventView[] {
		checkRequest(request);
		const { event_type: type, event_id: id, created_at: time, count = 1, deliver = true } = request;
		const start = time === undefined ? Math.max(now, this.lastEmitted + 1) : Date.parse(time);
		if (time === undefined) this.lastEmitted = start + count - 1;
		const made = Array.from({ length: count }, (_, index) => {
			this.videosMadeUp += 1;
			const data = { video_id: `emitted_${this.videosMadeUp}`, ...request.event_data };
			return new WebhookEvent(type, start + index, null, () => data, id);
		});
		for (const event of made) {
			if (deliver) this.add(event);
			else this.events.add(event);
		}
		return made.map((event) => event.view());
	}

	/**
	 * Delivers an event once more, as a retry would.
	 * @returns to how many endpoints.
	 * @throws Error when there is no such event.
	 */
	redeliver(eventId: string): number {
		const event = this.events.get(eventId);
		if (!event) throw new Error(`there is no event "${eventId}"`);
		return this.deliver(event);
	}

	/** Asks an URL as `webhookProbe` says. @returns whether it may be registered. */
	async isReachable(url: string): Promise<boolean> {
		const { webhookProbe: probe, webhookTimeoutMs: timeoutMs } = this.config();
		if (probe === 'none') return true;
		const headers = { 'Content-Type': 'application/json' };
		const outcome = await this.courier.send(
			probe === 'options'
				? { method: 'OPTIONS', url, headers: {}, body: '', timeoutMs }
				: { method: 'POST', url, headers, body: '{}', timeoutMs },
		);
		return isTaken(outcome);
	}

	view(): WebhooksView {
		return {
			endpoints: this.endpoints.records.all().map((endpoint) => ({
				endpoint_id: endpoint.id,
				url: endpoint.url,
				events: endpoint.events,
				entity_id: endpoint.entityId,
				status: ENDPOINT_STATUS,
				secret: endpoint.secret,
				owner: endpoint.owner,
				deletedAt: endpoint.deletedAt,
			})),
			deliveries: this.deliverer.deliveries(),
			pending: this.deliverer.pending,
		};
	}

	/** Gives up all deliveries and cuts all connections. */
	dispose(): void {
		this.deliverer.dispose();
		this.courier.dispose();
	}

	private deliver(event: WebhookEvent): number {
		const receivers = this.endpoints.receiversOf(event);
		for (const endpoint of receivers) this.deliverer.enqueue(event, endpoint);
		return receivers.length;
	}
}
