/** Delivers events to endpoints: signed, a limited number at once, again after a failure. */
import { createHmac } from 'node:crypto';
import type { SandboxConfig } from '../config';
import { type Courier, isTaken, type Outcome } from './webhook-courier';
import type { Endpoint } from './webhook-endpoints';
import type { WebhookEvent } from './webhook-events';

/** One event on its way to one endpoint. */
export interface Delivery {
	endpointId: string;
	/** Where the latest attempt went. */
	url: string;
	eventId: string;
	eventType: string;
	/** `at` is Unix milliseconds, `ms` the time until the answer. */
	attempts: Array<{ at: number; status: Outcome; ms: number }>;
	delivered: boolean;
}

interface Task {
	delivery: Delivery;
	event: WebhookEvent;
	endpoint: Endpoint;
}

const LOG_LENGTH = 5_000;
const COMPACT_AFTER = 1_024;

export class Deliverer {
	private log: Delivery[] = [];
	private readonly queue: Task[] = [];
	/** Index of the first task of `queue` that has not started; spares shifting a long array. */
	private next = 0;
	private inFlight = 0;
	private readonly retries = new Set<NodeJS.Timeout>();
	private waiters: Array<() => void> = [];
	private disposed = false;

	/** Deliveries that may still be attempted. */
	pending = 0;
	succeeded = 0;
	/** Attempts that failed. */
	failed = 0;

	/** @param config read at each use, so that changed settings apply at once. */
	constructor(
		private readonly config: () => SandboxConfig,
		private readonly courier: Courier,
	) {}

	/** Starts a delivery in the background. */
	enqueue(event: WebhookEvent, endpoint: Endpoint): void {
		const delivery: Delivery = {
			endpointId: endpoint.id,
			url: endpoint.url,
			eventId: event.id,
			eventType: event.type,
			attempts: [],
			delivered: false,
		};
		this.log.push(delivery);
		// Cutting only now and then keeps the cost per delivery constant.
		if (this.log.length >= 2 * LOG_LENGTH) this.log = this.log.slice(-LOG_LENGTH);
		this.pending += 1;
		this.queue.push({ delivery, event, endpoint });
		this.startNext();
	}

	/** The last 5,000 deliveries, oldest first. */
	deliveries(): Delivery[] {
		return this.log.slice(-LOG_LENGTH);
	}

	/** Resolves when no delivery is pending. */
	async settled(): Promise<void> {
		if (this.pending === 0) return;
		await new Promise<void>((resolve) => this.waiters.push(resolve));
	}

	/** Gives up all deliveries; what is in flight is to be cut by its courier. */
	dispose(): void {
		this.disposed = true;
		for (const timer of this.retries) clearTimeout(timer);
		this.retries.clear();
		this.queue.length = 0;
		this.next = 0;
		this.end(this.pending);
	}

	private startNext(): void {
		while (this.next < this.queue.length && this.inFlight < this.config().webhookParallel) {
			const task = this.queue[this.next] as Task;
			this.next += 1;
			void this.attempt(task);
		}
		if (this.next > COMPACT_AFTER) {
			this.queue.splice(0, this.next);
			this.next = 0;
		}
	}

	private async attempt(task: Task): Promise<void> {
		const { delivery, endpoint } = task;
		if (endpoint.deleted) {
			this.end(1);
			return;
		}
		const at = Date.now();
		delivery.url = endpoint.url;
		this.inFlight += 1;
		const status = await this.send(task, at);
		if (this.disposed) return;
		this.inFlight -= 1;
		delivery.attempts.push({ at, status, ms: Date.now() - at });
		delivery.delivered = isTaken(status);
		if (delivery.delivered) this.succeeded += 1;
		else this.failed += 1;
		const isOver = delivery.delivered || delivery.attempts.length >= this.config().webhookMaxAttempts;
		if (isOver) this.end(1);
		else this.retryLater(task);
		this.startNext();
	}

	private async send({ event, endpoint }: Task, at: number): Promise<Outcome> {
		const { webhookTimeoutMs: timeoutMs, webhookFreshTimestamp } = this.config();
		const firstAt = event.firstSentAt.get(endpoint.id) ?? at;
		event.firstSentAt.set(endpoint.id, firstAt);
		const { body } = event;
		return await this.courier.send({
			method: 'POST',
			url: endpoint.url,
			headers: {
				'Content-Type': 'application/json',
				'Heygen-Signature': createHmac('sha256', endpoint.secret).update(body).digest('hex'),
				'Heygen-Timestamp': String(Math.floor((webhookFreshTimestamp ? at : firstAt) / 1_000)),
				'Heygen-Event-Id': event.id,
			},
			body,
			timeoutMs,
		});
	}

	private retryLater(task: Task): void {
		const pause = this.config().webhookRetryBaseMs * 2 ** (task.delivery.attempts.length - 1);
		const timer = setTimeout(() => {
			this.retries.delete(timer);
			this.queue.push(task);
			this.startNext();
		}, pause);
		timer.unref();
		this.retries.add(timer);
	}

	private end(count: number): void {
		this.pending -= count;
		if (this.pending > 0) return;
		for (const resolve of this.waiters) resolve();
		this.waiters = [];
	}
}
