/** Counts the requests of each key and refuses those above the limit. */
import type { RateLimit } from '../config';

/** What one key has used of a limit. */
interface Usage {
	/** Sliding window: Unix milliseconds of the requests that count, oldest first, valid from `head` on. */
	times: number[];
	head: number;
	/** Fixed window: where it began, and the requests in it. */
	windowStart: number;
	count: number;
	/** Bucket: tokens in it, and when it was last filled. */
	tokens: number;
	filledAt: number;
}

/** What a limiter has to know of a request. */
export interface LimitedRequest {
	method: string;
	path: string;
}

/** A refusal, with what its `Retry-After` says; undefined when there is none. */
export interface Refusal {
	retryAfter?: number | string;
}

/** Dead entries in front of the array before it is cut; keeps the cost per request constant. */
const TRIM_AFTER = 1_024;

export class RateLimiter {
	private readonly usages = new Map<string, Usage>();

	/** @param limit read at each use; null means that all requests pass. */
	constructor(private readonly limit: () => RateLimit | null) {}

	/**
	 * Counts one request, in the way and under the conditions that the limit names.
	 * @param now Unix milliseconds.
	 * @returns null when the request may pass.
	 */
	admit(key: string, request: LimitedRequest, now: number): Refusal | null {
		const limit = this.limit();
		if (!limit || !concerns(limit, request)) return null;
		const usage = this.usageOf(key, limit, now);
		const freeAt = ADMIT[limit.kind ?? 'sliding'](usage, limit, now);
		return freeAt === null ? null : { retryAfter: retryAfterOf(limit, freeAt, now) };
	}

	private usageOf(key: string, limit: RateLimit, now: number): Usage {
		let usage = this.usages.get(key);
		if (!usage) {
			usage = { times: [], head: 0, windowStart: 0, count: 0, tokens: sizeOf(limit), filledAt: now };
			this.usages.set(key, usage);
		}
		return usage;
	}
}

function concerns({ path, method, exact = false }: RateLimit, request: LimitedRequest): boolean {
	return (path === undefined || (exact ? request.path === path : request.path.startsWith(path))) && (method === undefined || request.method === method);
}

function sizeOf({ requests, burst }: RateLimit): number {
	return burst ?? requests;
}

/** Whole seconds, one at least; or the next whole second as a date, since a date has no smaller parts. */
function retryAfterOf({ retryAfter }: RateLimit, freeAt: number, now: number): number | string | undefined {
	if (retryAfter === 'absent') return undefined;
	if (retryAfter === 'date') return new Date(Math.ceil(freeAt / 1_000) * 1_000).toUTCString();
	return Math.max(1, Math.ceil((freeAt - now) / 1_000));
}

/** Count a request; null when it may pass, otherwise when the next one may. */
const ADMIT = { fixed: admitFixed, sliding: admitSliding, bucket: admitToBucket };

function admitFixed(usage: Usage, { requests, perSeconds }: RateLimit, now: number): number | null {
	const windowMs = perSeconds * 1_000;
	const start = Math.floor(now / windowMs) * windowMs;
	if (usage.windowStart !== start) {
		usage.windowStart = start;
		usage.count = 0;
	}
	if (usage.count >= requests) return start + windowMs;
	usage.count += 1;
	return null;
}

function admitSliding(usage: Usage, { requests, perSeconds, countRefused }: RateLimit, now: number): number | null {
	const { times } = usage;
	const windowMs = perSeconds * 1_000;
	while (usage.head < times.length && (times[usage.head] as number) <= now - windowMs) {
		usage.head += 1;
	}
	if (usage.head > TRIM_AFTER) {
		times.splice(0, usage.head);
		usage.head = 0;
	}
	const used = times.length - usage.head;
	const isFull = used >= requests;
	// The place that becomes free is that of the request which keeps the window full.
	const freeAt = isFull ? (times[times.length - Math.max(requests, 1)] ?? now) + windowMs : null;
	if (!isFull || countRefused) times.push(now);
	return freeAt;
}

function admitToBucket(usage: Usage, limit: RateLimit, now: number): number | null {
	const perMs = limit.requests / (limit.perSeconds * 1_000);
	const size = sizeOf(limit);
	usage.tokens = Math.min(size, usage.tokens + (now - usage.filledAt) * perMs);
	usage.filledAt = now;
	const missing = 1 - usage.tokens;
	// Refused requests may take the bucket below empty, by as much as it holds.
	if (missing <= 0) usage.tokens -= 1;
	else if (limit.countRefused) usage.tokens = Math.max(-size, usage.tokens - 1);
	return missing <= 0 ? null : now + missing / perMs;
}
