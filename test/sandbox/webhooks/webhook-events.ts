/** Webhook events: what has happened, kept in the order of time. */
import { randomUUID } from 'node:crypto';
import type { ListOrder } from '../config';
import { isoTime } from '../server/operation';

export type EventData = Record<string, unknown>;

/** An event as the API lists it and as endpoints get it. */
export interface EventView {
	event_type: string;
	event_data: EventData;
	event_id: string;
	/** ISO 8601 with milliseconds. */
	created_at: string;
}

export class WebhookEvent {
	/** Unix milliseconds of the first attempt at each endpoint, by its id. */
	readonly firstSentAt = new Map<string, number>();
	/** Place in the order of arrival. */
	sequence = 0;
	private known: EventData | undefined;
	private text: string | undefined;

	/**
	 * @param createdAt Unix milliseconds.
	 * @param owner name of the API key it belongs to; null: all keys.
	 * @param makeData called once, when the data are first needed, as most events are never looked at.
	 */
	constructor(
		readonly type: string,
		readonly createdAt: number,
		readonly owner: string | null,
		private readonly makeData: () => EventData,
		readonly id = `evt_${randomUUID().replace(/-/g, '')}`,
	) {}

	get data(): EventData {
		this.known ??= this.makeData();
		return this.known;
	}

	/** The body of every delivery, always the same text. */
	get body(): string {
		this.text ??= JSON.stringify(this.view());
		return this.text;
	}

	view(): EventView {
		return {
			event_type: this.type,
			event_data: this.data,
			event_id: this.id,
			created_at: isoTime(this.createdAt),
		};
	}

	/** Whether any id in its data is the one given. */
	isAbout(entityId: string): boolean {
		return mentions(this.data, entityId);
	}

	isOf(owner: string): boolean {
		return this.owner === null || this.owner === owner;
	}
}

function mentions(value: unknown, id: string): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return Object.entries(value).some(
		([name, field]) => (field === id && /(^|_)id$/.test(name)) || mentions(field, id),
	);
}

export class EventLog {
	private readonly arrivals: WebhookEvent[] = [];
	/** By time; the video that ended first may be noticed last. */
	private readonly ordered: WebhookEvent[] = [];
	private readonly byId = new Map<string, WebhookEvent>();

	get count(): number {
		return this.arrivals.length;
	}

	add(event: WebhookEvent): void {
		event.sequence = this.arrivals.length;
		this.arrivals.push(event);
		this.ordered.splice(this.positionOf(event), 0, event);
		this.byId.set(event.id, event);
	}

	/** The event of that id, the latest of them if there are several. */
	get(id: string): WebhookEvent | undefined {
		return this.byId.get(id);
	}

	/**
	 * One page. It goes on right behind the last event of the page before, whatever has arrived in between.
	 * @param after `next` of an earlier page; undefined for the first page.
	 * @returns `next` is null on the last page.
	 */
	page(
		matches: (event: WebhookEvent) => boolean,
		limit: number,
		after: number | undefined,
		order: ListOrder,
	): { events: WebhookEvent[]; next: number | null } {
		const events: WebhookEvent[] = [];
		const step = order === 'newest' ? -1 : 1;
		const last = after === undefined ? undefined : this.arrivals[after];
		const first = step < 0 ? this.ordered.length - 1 : 0;
		const start = last ? this.positionOf(last) + step : first;
		for (let index = start; index >= 0 && index < this.ordered.length; index += step) {
			const event = this.ordered[index] as WebhookEvent;
			if (!matches(event)) continue;
			// One match beyond the page proves that there is a next page.
			if (events.length === limit) return { events, next: events.at(-1)?.sequence ?? null };
			events.push(event);
		}
		return { events, next: null };
	}

	/** How many events come before this one: by time, and of the same time by arrival. */
	private positionOf({ createdAt, sequence }: WebhookEvent): number {
		let low = 0;
		let high = this.ordered.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = this.ordered[middle] as WebhookEvent;
			const isBefore =
				other.createdAt < createdAt || (other.createdAt === createdAt && other.sequence < sequence);
			if (isBefore) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
