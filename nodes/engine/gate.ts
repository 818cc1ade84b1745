import { jitter, now, pause } from './timing';

/**
 * The gate: every request to HeyGen of one API key passes here, from all nodes and executions of this process.
 *
 * n8n sends all items of a node at once, HeyGen refuses what comes too fast (429), and one 429 says nothing about
 * which of two limits was met: requests per second, or jobs running at the same time. The gate tells them apart by
 * what happens after the wait that HeyGen asked for (`Retry-After`):
 *  - requests pass again: it was the pace. The gate keeps to the pace that was accepted, and probes upward rarely.
 *  - the first create is refused again: places for jobs are taken. Only creates wait, reads go on, and after each
 *    wait creates go out one by one, then two at a time, and so on.
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

interface Waiter {
	lane: Lane;
	deadline: number;
	grant: (ticket: Ticket) => void;
	refuse: (error: Error) => void;
}

/** What has been seen since the last wait that HeyGen asked for. */
interface Epoch {
	startedAt: number;
	sent: number;
	accepted: number;
	refused: number;
	/** When the first refused request was sent, and how long HeyGen asked to wait then. */
	limitedAt: number;
	retryAfter: number;
}

/** Requests in flight at first, and at most. */
const START_WINDOW = 32;
const MAX_WINDOW = 128;
const SMALLEST_WINDOW = 4;
/** Keeps a learned pace a little below what was accepted, so that jitter on the wire does not cross the limit. */
const PACE_MARGIN = 0.98;
/** How late a paced request may be and still be made up for, in ms; more would bunch requests together. */
const PACE_SLACK = 20;
/** A pace that met no refusal for this long is raised by this factor; one that was not needed so long is forgotten. */
const PROBE_AFTER = 30_000;
const PROBE_FACTOR = 1.05;
const FORGET_AFTER = 300_000;
/** After this time without a refused create, running jobs are no longer taken to be the limit. */
const JOB_LIMIT_MEMORY = 60_000;
const BACKOFF_FIRST = 1_000;
const BACKOFF_MAX = 30_000;

/** One gate; see the head of this file. Times in milliseconds. */
export class Gate {
	private readonly queues: Record<Lane, Waiter[]> = { read: [], create: [] };
	private inFlight = 0;
	private window = START_WINDOW;
	/** Requests accepted since the window last grew. */
	private acceptedInRound = 0;
	/** Whether a refusal has shown that there is a limit; until then the window doubles every round. */
	private limitKnown = false;
	private holdUntil = 0;
	private holding = false;
	/** Milliseconds between two requests once a pace was learned. */
	private interval = 0;
	private nextAt = 0;
	private lastLimit = 0;
	private lastProbe = 0;
	private refusalsInARow = 0;
	private epochNumber = 0;
	private epoch: Epoch = freshEpoch();
	private createHoldUntil = 0;
	private createsInFlight = 0;
	/** Creates in flight allowed while running jobs are the limit; 0 when they are not. */
	private createWindow = 0;
	private createRound = 0;
	private wakeAt = 0;
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
	 * @throws GateTimeout at the deadline; the signal's reason on cancel
	 */
	async enter(lane: Lane, deadline: number, signal?: AbortSignal): Promise<Ticket> {
		this.lastUsed = now();
		signal?.throwIfAborted();
		return await new Promise<Ticket>((resolve, reject) => {
			const waiter: Waiter = { lane, deadline, grant: resolve, refuse: reject };
			if (signal !== undefined) {
				const onAbort = () => {
					this.forget(waiter);
					reject(signal.reason as Error);
				};
				signal.addEventListener('abort', onAbort, { once: true });
				waiter.grant = (ticket) => {
					signal.removeEventListener('abort', onAbort);
					resolve(ticket);
				};
				waiter.refuse = (error) => {
					signal.removeEventListener('abort', onAbort);
					reject(error);
				};
			}
			this.queues[lane].push(waiter);
			this.nextDeadline = Math.min(this.nextDeadline, deadline);
			this.dispatch();
		});
	}

	/** Whether nothing waits and nothing runs. */
	get idle(): boolean {
		return this.inFlight === 0 && this.queues.read.length === 0 && this.queues.create.length === 0;
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
			if (this.queues.read.length === 0 && this.queues.create.length === 0) return;
			if (time < this.holdUntil) return this.wake(this.holdUntil);
			if (this.holding) this.endHold(time);
			if (this.inFlight >= this.window) return;
			this.probe(time);
			if (this.interval > 0 && time < this.nextAt) return this.wake(this.nextAt);
			const lane = this.nextLane(time);
			if (lane === undefined) return;
			const waiter = this.queues[lane].shift() as Waiter;
			if (this.interval > 0) {
				this.nextAt = Math.max(this.nextAt, time - PACE_SLACK) + this.interval;
			}
			waiter.grant(this.ticket(lane, time));
		}
	}

	/** Reads first: they are few, and finished jobs make room for creates. */
	private nextLane(time: number): Lane | undefined {
		if (this.queues.read.length > 0) return 'read';
		if (time < this.createHoldUntil) {
			this.wake(this.createHoldUntil);
			return undefined;
		}
		if (this.createWindow > 0) {
			if (time - this.lastLimit > JOB_LIMIT_MEMORY) this.createWindow = 0;
			else if (this.createsInFlight >= Math.floor(this.createWindow)) return undefined;
		}
		return 'create';
	}

	private ticket(lane: Lane, sentAt: number): Ticket {
		this.inFlight++;
		if (lane === 'create') this.createsInFlight++;
		const epochNumber = this.epochNumber;
		const round = this.createRound;
		if (this.epoch.sent++ === 0) this.epoch.startedAt = sentAt;
		return {
			done: (outcome, retryAfter) => {
				this.inFlight--;
				if (lane === 'create') this.createsInFlight--;
				const current = epochNumber === this.epochNumber;
				if (outcome === 'limited') this.limited(lane, sentAt, current, round, retryAfter);
				else this.passed(lane, current, outcome);
				this.dispatch();
			},
		};
	}

	private passed(lane: Lane, current: boolean, outcome: Outcome): void {
		if (current) this.epoch.accepted++;
		if (outcome === 'failed') return;
		this.refusalsInARow = 0;
		this.widen();
		// One more at a time for every full round that was accepted.
		if (lane === 'create' && this.createWindow > 0) this.createWindow += 1 / this.createWindow;
	}

	/** Grows once a full window was accepted, so that the first burst at a low limit stays small. */
	private widen(): void {
		if (++this.acceptedInRound < this.window || this.window >= MAX_WINDOW) return;
		this.acceptedInRound = 0;
		this.window = Math.min(MAX_WINDOW, this.limitKnown ? this.window + 1 : this.window * 2);
	}

	private limited(
		lane: Lane,
		sentAt: number,
		current: boolean,
		round: number,
		retryAfter: number | undefined,
	): void {
		const time = now();
		const wait = retryAfter ?? this.backoff();
		this.lastLimit = time;
		const firstAfterHold = this.epochNumber > 0 && this.epoch.accepted === 0;
		if (lane === 'create' && (this.createWindow > 0 || (current && firstAfterHold))) {
			if (this.createWindow === 0) this.interval = 0;
			if (this.createWindow === 0 || round === this.createRound) {
				this.createRound++;
				this.createWindow = 1;
				this.refusalsInARow++;
				this.createHoldUntil = time + wait;
			}
			return;
		}
		if (current) {
			if (this.epoch.refused++ === 0) {
				this.refusalsInARow++;
				this.epoch.limitedAt = sentAt;
				this.epoch.retryAfter = wait;
				this.window = Math.max(SMALLEST_WINDOW, Math.floor(this.window / 2));
				this.acceptedInRound = 0;
				this.limitKnown = true;
			}
		}
		this.holding = true;
		this.holdUntil = Math.max(this.holdUntil, time + wait);
	}

	/** The pause when HeyGen names none. */
	private backoff(): number {
		return jitter(Math.min(BACKOFF_MAX, BACKOFF_FIRST * 2 ** Math.min(this.refusalsInARow, 10)));
	}

	/** Learns from what was accepted before the wait, and starts counting anew. */
	private endHold(time: number): void {
		const { startedAt, limitedAt, retryAfter, sent, refused } = this.epoch;
		const accepted = sent - refused;
		if (refused > 0 && accepted > 0) {
			const elapsed = limitedAt - startedAt;
			const seen = (elapsed + retryAfter) / accepted / PACE_MARGIN;
			if (this.interval === 0) this.interval = seen;
			// A pace that held for long was nearly right.
			else if (elapsed > 3 * retryAfter) this.interval /= 0.95;
			else this.interval = Math.min(Math.max(seen, this.interval / 0.9), this.interval * 2);
		}
		this.holding = false;
		this.epochNumber++;
		this.epoch = freshEpoch();
		this.lastProbe = time;
		this.nextAt = time;
	}

	private probe(time: number): void {
		if (this.interval === 0) return;
		if (time - this.lastLimit > FORGET_AFTER) {
			this.interval = 0;
			this.window = START_WINDOW;
			this.limitKnown = false;
		} else if (time - this.lastProbe > PROBE_AFTER) {
			this.interval /= PROBE_FACTOR;
			this.lastProbe = time;
		}
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

	/** Looks again at a moment, or when the first waiter's deadline comes; one timer at a time is enough. */
	private wake(at: number): void {
		const first = Math.min(this.nextDeadline, at);
		const time = now();
		if (this.wakeAt > time && this.wakeAt <= first) return;
		this.wakeAt = first;
		void pause(Math.ceil(first - time)).then(() => {
			if (this.wakeAt === first) this.wakeAt = 0;
			this.dispatch();
		});
	}
}

function freshEpoch(): Epoch {
	return { startedAt: 0, sent: 0, accepted: 0, refused: 0, limitedAt: 0, retryAfter: 0 };
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
