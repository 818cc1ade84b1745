/** Requests that may start a job meet a limit of their own. */
export type Lane = 'read' | 'create';
import { retryAfterMs } from '../../../../nodes/engine/request/retryPause';
import type { RateLimit } from '../../../sandbox/config';
import { RateLimiter } from '../../../sandbox/limits/rate-limiter';

/** Stand-ins for HeyGen's limits, as far as the gate can see them: a request is accepted, or refused with a wait. */

/** What a server answers; `retryAfter` in milliseconds. */
export type Answer = { accepted: true } | { accepted: false; retryAfter?: number };

/** Decides about a request at the moment it arrives. */
export interface Server {
	answer(lane: Lane, time: number): Answer;
}

const ACCEPTED: Answer = { accepted: true };

/** A limit on requests, as the sandbox keeps it; `Retry-After` goes the way it goes in the engine. */
export class Limited implements Server {
	private readonly limiter: RateLimiter;

	constructor(limit: RateLimit) {
		this.limiter = new RateLimiter(() => limit);
	}

	answer(lane: Lane, time: number): Answer {
		const request = { method: lane === 'create' ? 'POST' : 'GET', path: '/v3/videos' };
		const refusal = this.limiter.admit('key', request, time);
		if (refusal === null) return ACCEPTED;
		const retryAfter = retryAfterMs(refusal.retryAfter, new Date(time).toUTCString());
		return { accepted: false, retryAfter };
	}
}

/** So many requests in any span of so many seconds. */
export const sliding = (requests: number, perSeconds: number) => new Limited({ requests, perSeconds });

/** So many requests in every span that the clock begins anew (each full second, each full minute). */
export const fixed = (requests: number, perSeconds: number) => new Limited({ requests, perSeconds, kind: 'fixed' });

/** A bucket of tokens that fills steadily; every request takes one. */
export const bucket = (burst: number, perSecond: number) =>
	new Limited({ requests: perSecond, perSeconds: 1, kind: 'bucket', burst });

/** At most so many jobs at the same time; reads are free. */
export class JobLimit implements Server {
	private running: number[] = [];
	/** The most jobs that ever ran together. */
	peak = 0;

	/**
	 * @param places jobs at the same time
	 * @param jobMs how long a job runs
	 * @param retryAfter what refusals ask to wait; undefined when they name nothing
	 * @param vary by what part jobs may be longer or shorter
	 * @param chance a number from 0 to 1 that decides about it
	 */
	constructor(
		private readonly places: number,
		private readonly jobMs: number,
		private readonly retryAfter?: number,
		private readonly vary = 0,
		private readonly chance = () => 0.5,
	) {}

	answer(lane: Lane, time: number): Answer {
		if (lane === 'read') return ACCEPTED;
		this.running = this.running.filter((end) => end > time);
		if (this.running.length >= this.places) return { accepted: false, retryAfter: this.retryAfter };
		this.running.push(time + this.jobMs * (1 + this.vary * (2 * this.chance() - 1)));
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
