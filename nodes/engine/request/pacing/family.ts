import { now, pause } from '../../basics/timing';
import { Flow, type Outcome } from './flow';
import { Heap } from './heap';
import { type Line, Queue, type Waiter } from './queue';

/** Permission for one request. `done` must be called exactly once. */
export interface Ticket {
	/**
	 * @param outcome how the request ended
	 * @param retryAfter milliseconds HeyGen asked to wait, with outcome `limited`
	 */
	done(outcome: Outcome, retryAfter?: number): void;
}

/** Rejection of a request whose family has let nothing through for as long as it was ready to wait. */
export class GateTimeout extends Error {}

/** A request that asks to go out. */
export interface Asking {
	line: Line;
	/** The most requests of the line at a time. */
	most: number;
	urgent: boolean;
	/** Milliseconds without anything accepted after which waiting is given up. */
	patience: number;
	/** Since when it waits. */
	since: number;
	/** Whether it was refused before. */
	again: boolean;
}

interface Waiting extends Waiter {
	readonly patience: number;
	readonly since: number;
	grant: (ticket: Ticket) => void;
	refuse: (error: Error) => void;
}

/** Milliseconds without any request after which the send window starts from its smallest size again, as in TCP. */
const IDLE_RESTART = 500;
/** The list of deadlines may hold so many who wait no longer. */
const STALE = 64;

/** Requests of one family: who waits, and when the next one goes out. */
export class Family {
	private readonly flow: Flow;
	private readonly queue = new Queue<Waiting>(
		() => this.dispatch(),
		() => this.tellHeld(now()),
	);
	/** Who gives up when, at the earliest. */
	private readonly deadlines = new Heap<Waiting>();
	private progressAt = -Infinity;
	private usedAt = -Infinity;
	private timer?: { at: number; stop: AbortController };
	private dispatching = false;
	/** Since when a limit keeps those waiting who wait now, as far as they have not been told; undefined while none does. */
	private heldSince?: number;

	/** @param crowd how many processes use the limit */
	constructor(crowd = 1) {
		this.flow = new Flow(crowd);
	}

	/** Whether nothing waits and nothing is on its way. */
	get idle(): boolean {
		return this.flow.empty && this.queue.size === 0;
	}

	/**
	 * Waits for permission.
	 *
	 * @param asking who asks
	 * @param signal the execution's cancel signal
	 * @throws GateTimeout when patience runs out; the signal's reason on cancel
	 */
	async enter(asking: Asking, signal?: AbortSignal): Promise<Ticket> {
		const time = now();
		if (this.idle && time - this.usedAt > IDLE_RESTART) this.flow.rest(time - this.usedAt);
		this.usedAt = time;
		return await new Promise<Ticket>((resolve, reject) => {
			const onAbort = () => {
				this.tellHeld(now());
				this.queue.leave(waiter);
				reject(signal?.reason as Error);
				if (this.queue.size === 0) this.sleep();
			};
			const waiter: Waiting = {
				...asking,
				gone: false,
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
			// Whoever comes now has not been held before.
			if (this.heldSince !== undefined && !this.queue.has(asking.line)) this.tellHeld(time);
			this.queue.add(waiter);
			this.deadlines.push(asking.since + asking.patience, waiter);
			if (this.deadlines.size > 2 * this.queue.size + STALE) this.deadlines.keep(({ gone }) => !gone);
			this.dispatch();
		});
	}

	/** A place for a job is known to be free. */
	placeFreed(): void {
		this.flow.placeFreed();
		this.dispatch();
	}

	/** Lets out whoever may go now, and looks again when the next one may. */
	private dispatch(): void {
		// A line that ends a request calls back from within.
		if (this.dispatching) return;
		this.dispatching = true;
		for (;;) {
			const time = now();
			this.expire(time);
			if (this.queue.size === 0) {
				this.letGo(time);
				this.sleep();
				break;
			}
			this.wake(this.deadlines.least);
			const waiter = this.queue.next();
			const at = waiter === undefined ? Infinity : this.flow.opensAt(time, this.queue.size);
			// A limit names the moment when the next may go. A slow start, or a run at its own bound, is none.
			if (this.flow.ramping || at === Infinity || at <= time) this.letGo(time);
			else this.heldSince ??= time;
			if (waiter === undefined || at > time) {
				this.wake(at);
				break;
			}
			this.queue.take(waiter);
			waiter.grant(this.ticket(waiter, time));
		}
		this.dispatching = false;
	}

	private ticket({ line }: Waiting, sentAt: number): Ticket {
		line.sent();
		const passage = this.flow.send(sentAt);
		return {
			done: (outcome, retryAfter) => {
				const time = now();
				this.usedAt = time;
				if (outcome === 'accepted') this.progressAt = time;
				this.flow.answered(passage, outcome, retryAfter, time);
				line.ended();
				this.dispatch();
			},
		};
	}

	/** Tells those who wait that a limit has kept them waiting until now. */
	private tellHeld(time: number): void {
		if (this.heldSince === undefined || this.heldSince >= time) return;
		this.queue.held(this.heldSince, time);
		this.heldSince = time;
	}

	/** No limit keeps anyone waiting any more. */
	private letGo(time: number): void {
		this.tellHeld(time);
		this.heldSince = undefined;
	}

	/** Those whose patience has run out since anything was accepted give up. */
	private expire(time: number): void {
		while (this.deadlines.least <= time) {
			const waiter = this.deadlines.pop() as Waiting;
			if (waiter.gone) continue;
			const deadline = Math.max(waiter.since, this.progressAt) + waiter.patience;
			if (deadline > time) {
				this.deadlines.push(deadline, waiter);
				continue;
			}
			this.tellHeld(time);
			this.queue.leave(waiter);
			waiter.refuse(new GateTimeout());
		}
	}

	/** Nobody waits: a timer would only keep the process awake. */
	private sleep(): void {
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
