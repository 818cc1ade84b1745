/** Counts the requests of each key and refuses those above the limit. */
import type { RateLimit } from './config';

/** Request times of one key in a sliding window, or the count of the current fixed window. */
interface Usage {
	/** Unix milliseconds of accepted requests, oldest first, valid from `head` on. */
	times: number[];
	head: number;
	windowStart: number;
	count: number;
}

/** Dead entries in front of the array before it is cut; keeps the cost per request constant. */
const TRIM_AFTER = 1_024;

export class RateLimiter {
	private readonly usages = new Map<string, Usage>();

	/** @param limit read at each use; null means that all requests pass. */
	constructor(private readonly limit: () => RateLimit | null) {}

	/**
	 * Counts one request. Refused ones do not count.
	 * @param now Unix milliseconds.
	 * @returns null when the request may pass, otherwise the whole seconds (≥ 1) until one may.
	 */
	admit(key: string, now: number): number | null {
		const limit = this.limit();
		if (!limit) return null;
		const windowMs = limit.perSeconds * 1_000;
		const usage = this.usageOf(key);
		const freeAt =
			limit.kind === 'fixed'
				? admitFixed(usage, limit.requests, windowMs, now)
				: admitSliding(usage, limit.requests, windowMs, now);
		return freeAt === null ? null : Math.max(1, Math.ceil((freeAt - now) / 1_000));
	}

	private usageOf(key: string): Usage {
		let usage = this.usages.get(key);
		if (!usage) {
			usage = { times: [], head: 0, windowStart: 0, count: 0 };
			this.usages.set(key, usage);
		}
		return usage;
	}
}

function admitFixed(usage: Usage, requests: number, windowMs: number, now: number): number | null {
	const start = Math.floor(now / windowMs) * windowMs;
	if (usage.windowStart !== start) {
		usage.windowStart = start;
		usage.count = 0;
	}
	if (usage.count >= requests) return start + windowMs;
	usage.count += 1;
	return null;
}

function admitSliding(usage: Usage, requests: number, windowMs: number, now: number): number | null {
	const { times } = usage;
	while (usage.head < times.length && (times[usage.head] as number) <= now - windowMs) {
		usage.head += 1;
	}
	if (usage.head > TRIM_AFTER) {
		times.splice(0, usage.head);
		usage.head = 0;
	}
	const used = times.length - usage.head;
	// The place that becomes free is that of the request which keeps the window full.
	if (used >= requests) return (times[times.length - Math.max(requests, 1)] ?? now) + windowMs;
	times.push(now);
	return null;
}
