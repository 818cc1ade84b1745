import type { Lane } from '../../../nodes/engine/gate';

/** Stand-ins for HeyGen's limits, as far as the gate can see them: a request is accepted, or refused with a wait. */

/** What a server answers; `retryAfter` in milliseconds. */
export type Answer = { accepted: true } | { accepted: false; retryAfter?: number };

/** Decides about a request at the moment it arrives. */
export interface Server {
	answer(lane: Lane, time: number): Answer;
}

const ACCEPTED: Answer = { accepted: true };

/** `Retry-After` holds whole seconds, one at least. */
function refusedUntil(freeAt: number, time: number): Answer {
	return { accepted: false, retryAfter: Math.max(1, Math.ceil((freeAt - time) / 1_000)) * 1_000 };
}

/** At most so many accepted requests in any span of so many milliseconds. */
export class SlidingWindow implements Server {
	private readonly accepted: number[] = [];

	constructor(
		private readonly requests: number,
		private readonly windowMs: number,
	) {}

	answer(_lane: Lane, time: number): Answer {
		const blocking = this.accepted[this.accepted.length - this.requests];
		if (blocking !== undefined && blocking + this.windowMs > time) {
			return refusedUntil(blocking + this.windowMs, time);
		}
		this.accepted.push(time);
		return ACCEPTED;
	}
}

/** So many accepted requests in every span that the clock begins anew (each full second, each full minute). */
export class FixedWindow implements Server {
	private window = -1;
	private count = 0;

	constructor(
		private readonly requests: number,
		private readonly windowMs: number,
	) {}

	answer(_lane: Lane, time: number): Answer {
		const window = Math.floor(time / this.windowMs);
		if (window !== this.window) {
			this.window = window;
			this.count = 0;
		}
		if (this.count >= this.requests) return refusedUntil((window + 1) * this.windowMs, time);
		this.count++;
		return ACCEPTED;
	}
}

/** A bucket of tokens that fills steadily; every request takes one. */
export class TokenBucket implements Server {
	private tokens: number;
	private filledAt: number | undefined;

	constructor(
		private readonly size: number,
		private readonly perSecond: number,
	) {
		this.tokens = size;
	}

	answer(_lane: Lane, time: number): Answer {
		const elapsed = time - (this.filledAt ?? time);
		this.filledAt = time;
		this.tokens = Math.min(this.size, this.tokens + (elapsed / 1_000) * this.perSecond);
		if (this.tokens < 1) return refusedUntil(time, time);
		this.tokens--;
		return ACCEPTED;
	}
}

/** At most so many jobs at the same time; reads are free. */
export class JobLimit implements Server {
	private running: number[] = [];
	/** The most jobs that ever ran together. */
	peak = 0;

	/**
	 * @param places jobs at the same time
	 * @param jobMs how long a job runs
	 * @param retryAfter what refusals ask to wait; undefined when they name nothing
	 */
	constructor(
		private readonly places: number,
		private readonly jobMs: number,
		private readonly retryAfter?: number,
	) {}

	answer(lane: Lane, time: number): Answer {
		if (lane === 'read') return ACCEPTED;
		this.running = this.running.filter((end) => end > time);
		if (this.running.length >= this.places) return { accepted: false, retryAfter: this.retryAfter };
		this.running.push(time + this.jobMs);
		this.peak = Math.max(this.peak, this.running.length);
		return ACCEPTED;
	}
}

/** Requests must pass every one of several limits, as with HeyGen's pace and its limit on running jobs. */
export class Both implements Server {
	constructor(private readonly servers: Server[]) {}

	answer(lane: Lane, time: number): Answer {
		for (const server of this.servers) {
			const answer = server.answer(lane, time);
			if (!answer.accepted) return answer;
		}
		return ACCEPTED;
	}
}
