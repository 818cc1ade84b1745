import { JobLimit } from './pacing/jobLimit';
import { Pace } from './pacing/pace';
import { SendWindow } from './pacing/window';
import { backoffMs } from './retry';
import { now, pause } from './timing';

/**
 * The gate: every request to HeyGen of one API key passes here, from all nodes and executions of this process.
 *
 * n8n sends all items of a node at once, HeyGen refuses what comes too fast (429), and one 429 says nothing about
 * which of two limits was met: requests per second, or jobs running at the same time. The gate tells them apart by
 * what happens after the wait that HeyGen asked for (`Retry-After`):
 *  - requests pass again: it was the pace. The gate keeps to the pace that was accepted, and probes upward rarely.
 *  - the first create is refused again: places for jobs are taken. Only creates wait, reads go on.
 */

/** Requests that may start a job wait in their own lane, since a limit on running jobs concerns only them. */
export type Lane = 'read' | 'create';

/** How a request that passed the gate ended, as far as pacing is concerned. */
export type Outcome = 'accepted' | 'limited' | 'failed';

/** Permission for one request. `done` must be called exactly once. */
export interface Ticket {
	/**
	 * @param outcome how the request ended
	 * @param retryAfter milliseconds HeyGen asked to wait, with outcome `limited`
	 */
	done(outcome: Outcome, retryAfter?: number): void;
}

/** Rejection of a request that waited in the gate until its deadline. */
export class GateTimeout extends Error {}

/**
 * A node's own bound on requests at a time. The gate keeps it, rather than a queue before it, since a create that waits
 * for HeyGen's limits must not take the place of a read.
 */
export interface Slots {
	inFlight: number;
}

interface Waiter {
	lane: Lane;
	slots: Slots;
	most: number;
	deadline: number;
	grant: (ticket: Ticket) => void;
	refuse: (error: Error) => void;
}

/** What has been seen since the last wait that HeyGen asked for. */
interface Epoch {
	number: number;
	startedAt: number;
	/** Whether any create was answered other than by a refusal. */
	createAccepted: boolean;
	/** The first refusal: when its request was sent, and the wait HeyGen asked for. */
	limited?: { sentAt: number; wait: number };
}

/** Milliseconds without any request after which the window starts small again, as TCP does. */
const IDLE_RESTART = 500;
/** A waiting create goes out after so many reads at the latest. */
const READS_PER_CREATE = 3;

/** One gate; see the head of this file. Times in milliseconds. */
export class Gate {
	private readonly queues: Record<Lane, Waiter[]> = { read: [], create: [] };
	private readonly window = new SendWindow();
	private readonly pace = new Pace();
	private readonly jobLimit = new JobLimit();
	private holdUntil = 0;
	private epoch: Epoch = { number: 0, startedAt: now(), createAccepted: false };
	private refusalsInARow = 0;
	private readsInARow = 0;
	private timer?: { at: number; stop: AbortController };
	/** Never later than the earliest deadline of those who wait. */
	private nextDeadline = Infinity;
	/** When the gate was last used, for whoever keeps the gates. */
	lastUsed = now();

	/**
	 * Waits for a place.
	 *
	 * @param lane `create` for requests that start jobs
	 * @param deadline moment after which waiting is given up
	 * @param signal the execution's cancel signal
	 * @param slots requests under way of the node's run
	 * @param most the node's own bound on them
	 * @throws GateTimeout at the deadline; the signal's reason on cancel
	 */
	async enter(
		lane: Lane,
		deadline: number,
		signal?: AbortSignal,
		slots: Slots = { inFlight: 0 },
		most = Infinity,
	): Promise<Ticket> {
		const time = now();
		if (this.idle && time - this.lastUsed > IDLE_RESTART) this.restart(time);
		this.lastUsed = time;
		signal?.throwIfAborted();
		return await new Promise<Ticket>((resolve, reject) => {
			const onAbort = () => {
				this.forget(waiter);
				reject(signal?.reason as Error);
			};
			const waiter: Waiter = {
				lane,
				slots,
				most,
				deadline,
				grant: (ticket) => {
					signal?.removeEventListener('abort', onAbort);
					resolve(ticket);
				},
				refuse: (error) => {
					signal?.removeEventListener('abort', onAbort);
					reject(error);
				},
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			this.queues[lane].push(waiter);
			this.nextDeadline = Math.min(this.nextDeadline, deadline);
			this.dispatch();
		});
	}

	/** Whether nothing waits and nothing is on its way. */
	get idle(): boolean {
		return this.window.empty && this.queues.read.length === 0 && this.queues.create.length === 0;
	}

	private restart(time: number): void {
		this.window.restart();
		if (this.epoch.limited === undefined) this.epoch.startedAt = time;
	}

	private forget(waiter: Waiter): void {
		const queue = this.queues[waiter.lane];
		const index = queue.indexOf(waiter);
		if (index >= 0) queue.splice(index, 1);
	}

	private dispatch(): void {
		for (;;) {
			const time = now();
			this.dropExpired(time);
			if (this.queues.read.length === 0 && this.queues.create.length === 0) {
				return this.sleep();
			}
			this.wake(this.nextDeadline);
			if (time < this.holdUntil) return this.wake(this.holdUntil);
			if (this.epoch.limited !== undefined) this.startEpoch(time);
			if (!this.window.open) return;
			if (this.pace.probe(time)) this.window.forgetLimit();
			const paced = this.pace.nextAt;
			if (time < paced) return this.wake(paced);
			const lane = this.nextLane(time);
			if (lane === undefined) return;
			this.readsInARow = lane === 'read' ? this.readsInARow + 1 : 0;
			const next = this.queues[lane].findIndex(hasSlot);
			const [waiter] = this.queues[lane].splice(next, 1) as [Waiter];
			waiter.grant(this.ticket(waiter, time));
		}
	}

	/** Reads first, since finished jobs make room for creates; but long lists must not keep creates out. */
	private nextLane(time: number): Lane | undefined {
		const reads = this.queues.read.some(hasSlot);
		const createAt = this.queues.create.some(hasSlot) ? this.jobLimit.nextAt(time) : Infinity;
		if (createAt <= time && (!reads || this.readsInARow >= READS_PER_CREATE)) return 'create';
		if (reads) return 'read';
		if (createAt !== Infinity) this.wake(createAt);
		return undefined;
	}

	private ticket({ lane, slots }: Waiter, sentAt: number): Ticket {
		slots.inFlight++;
		this.window.sent();
		const sent = this.pace.sent(sentAt);
		const round = lane === 'create' ? this.jobLimit.sent() : 0;
		const epochNumber = this.epoch.number;
		return {
			done: (outcome, retryAfter) => {
				this.lastUsed = now();
				slots.inFlight--;
				if (lane === 'create') this.jobLimit.answered();
				const current = epochNumber === this.epoch.number;
				if (outcome === 'limited') {
					this.pace.refused(sent, this.lastUsed);
					this.limited(lane, sentAt, current, round, retryAfter);
				} else {
					if (current && lane === 'create') this.epoch.createAccepted = true;
					if (outcome === 'failed') this.window.lost();
					else this.passed(lane);
				}
				this.dispatch();
			},
		};
	}

	private passed(lane: Lane): void {
		this.refusalsInARow = 0;
		this.window.passed();
		if (lane === 'create') this.jobLimit.passed();
	}

	private limited(
		lane: Lane,
		sentAt: number,
		current: boolean,
		round: number,
		retryAfter: number | undefined,
	): void {
		const time = now();
		// No wait at all is no answer: asking again at once would go on for ever.
		const wait = retryAfter !== undefined && retryAfter > 0 ? retryAfter : backoffMs(this.refusalsInARow);
		const firstAfterWait = current && this.epoch.number > 0 && !this.epoch.createAccepted;
		if (lane === 'create' && (this.jobLimit.reached || firstAfterWait)) {
			// What was taken for a pace was the number of free places.
			if (!this.jobLimit.reached) {
				this.pace.forget();
				this.window.forgetLimit();
			}
			this.window.refused(false);
			if (this.jobLimit.refused(round, time, wait)) this.refusalsInARow++;
			return;
		}
		const first = current && this.epoch.limited === undefined;
		this.window.refused(first);
		if (first) {
			this.refusalsInARow++;
			this.epoch.limited = { sentAt, wait };
		}
		this.holdUntil = Math.max(this.holdUntil, time + wait);
	}

	/** Learns from what was accepted before the wait, and starts counting anew. */
	private startEpoch(time: number): void {
		const { startedAt, limited } = this.epoch;
		if (limited !== undefined) this.pace.learn(startedAt, limited.sentAt, limited.wait, time);
		this.epoch = { number: this.epoch.number + 1, startedAt: time, createAccepted: false };
	}

	private dropExpired(time: number): void {
		if (time < this.nextDeadline) return;
		this.nextDeadline = Infinity;
		for (const lane of ['read', 'create'] as const) {
			this.queues[lane] = this.queues[lane].filter((waiter) => {
				if (waiter.deadline <= time) {
					waiter.refuse(new GateTimeout());
					return false;
				}
				this.nextDeadline = Math.min(this.nextDeadline, waiter.deadline);
				return true;
			});
		}
	}

	/** Nobody waits: a timer would only keep the process awake. Forgotten at once, since the next one may come at once. */
	private sleep(): void {
		this.nextDeadline = Infinity;
		this.timer?.stop.abort();
		this.timer = undefined;
	}

	/** Looks again at a moment; the earliest moment asked for counts. */
	private wake(at: number): void {
		if (at === Infinity || (this.timer !== undefined && this.timer.at <= at)) return;
		this.timer?.stop.abort();
		const timer = { at, stop: new AbortController() };
		this.timer = timer;
		const rung = () => {
			if (this.timer === timer) this.timer = undefined;
		};
		pause(Math.ceil(at - now()), timer.stop.signal).then(() => {
			rung();
			this.dispatch();
		}, rung);
	}
}

function hasSlot({ slots, most }: Waiter): boolean {
	return slots.inFlight < most;
}

const gates = new Map<string, Gate>();
/** A gate that nobody used for an hour has nothing left to remember. */
const GATE_MEMORY = 3_600_000;

/**
 * The gate of an account.
 *
 * @param key names API key and host; never the API key itself
 */
export function gateFor(key: string): Gate {
	const known = gates.get(key);
	if (known !== undefined) return known;
	for (const [other, gate] of gates) {
		if (gate.idle && now() - gate.lastUsed > GATE_MEMORY) gates.delete(other);
	}
	const gate = new Gate();
	gates.set(key, gate);
	return gate;
}
