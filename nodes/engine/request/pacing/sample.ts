/** What happened from one wait that HeyGen asked for to the next. Times in milliseconds. */
export interface Sample {
	/** When its first request was sent. */
	readonly from: number;
	/** When the first refused request was sent, and the last one: then the limit was still reached. */
	refusedAt: number;
	fullAt: number;
	/** When HeyGen saw the first refused request, at the latest. */
	seenAt: number;
	/** Requests that were accepted, and that were refused. */
	accepted: number;
	refused: number;
	/** Whether requests had to wait for the pace; a refusal says nothing about a pace that was not used. */
	paced: boolean;
	/** The wait that HeyGen named; undefined when it named none. */
	wait?: number;
	/** When the first request was sent that was accepted after the wait. */
	until: number;
}

/** A window that a server counts in: longer than `least`, at most `most` milliseconds. */
interface Bounds {
	least: number;
	most: number;
}

/** Limits are round numbers: windows of a minute, of ten seconds, of seconds. */
const LENGTHS = [60_000, 10_000, 1_000];
/** Rates in requests a millisecond: 100, 50, 10, 5, 1 a second; 30, 10, 5, 1 a minute. */
const RATES = [0.1, 0.05, 0.01, 0.005, 0.001, 30 / 60_000, 10 / 60_000, 5 / 60_000, 1 / 60_000];
/** The part of one request by which a counted rate may be too high, and too low: what is in a bucket is not whole. */
const TOO_HIGH = 1.2;
const TOO_LOW = 0.8;
/** No server counts in windows that are shorter than so many milliseconds. */
const SHORTEST_WINDOW = 50;
/** A rate over a shorter time is only chance: than so many milliseconds, and than so many round trips. */
const SHORTEST = 200;
const SHORTEST_TRIPS = 2.5;
/** The rate of a bucket depends on its burst, and that on the rate: after so many steps both hardly change. */
const STEPS = 4;

/**
 * What a refusal tells about the length of the window, if it is one that the server counts in.
 *
 * @param sample what was seen
 * @param oldest when the request was sent that must leave the window before another may come
 */
export function windowBounds({ refusedAt, fullAt, wait, until }: Sample, oldest: number): Bounds {
	if (wait === undefined) {
		const most = Math.max(until - oldest, SHORTEST_WINDOW);
		return { least: Math.max(0, Math.min(most - 1, fullAt - oldest)), most };
	}
	// Requests that were sent after the refused one may have passed all the same.
	const named = Math.max(0, refusedAt - oldest) + wait;
	// A wait is rounded to whole seconds: upward when it is a number, either way when it is a date.
	const most = Math.max(named + (wait % 1_000 === 0 ? 0 : 1_000), SHORTEST_WINDOW);
	return { least: Math.max(0, Math.min(most - 1, named - 1_000)), most };
}

/** The roundest length of a window within its bounds. */
export function windowLength({ least, most }: Bounds): number {
	return roundest(least, most, LENGTHS) ?? most;
}

/**
 * The rate at which a bucket is filled, if the server has one: all that was accepted in an interval beyond a full bucket
 * must have come in meanwhile. That holds for each interval before the refusal, so the highest of them counts (as the
 * estimate of the bandwidth does in BBR).
 *
 * @param sends when the accepted requests were sent, oldest first
 * @param refusedAt when the first refused request was sent
 * @param burst what a full bucket holds
 * @param roundTrip how long requests take: they arrive closer together or further apart than they were sent
 * @returns requests a millisecond; 0 when nothing came in
 */
export function fillRate(sends: number[], refusedAt: number, burst: number, roundTrip: number): number {
	const shortest = Math.max(SHORTEST, SHORTEST_TRIPS * roundTrip);
	let best = 0;
	let doubt = 0;
	for (let index = sends.length - 1; index >= 0; index--) {
		const elapsed = refusedAt - (sends[index] as number);
		const beyond = sends.length - index - burst;
		if (elapsed <= shortest || beyond <= best * elapsed) continue;
		best = beyond / elapsed;
		doubt = 1 / elapsed;
	}
	if (best === 0) return 0;
	return roundest(Math.max(0, best - TOO_HIGH * doubt), best + TOO_LOW * doubt, RATES, best) ?? best;
}

/**
 * The rate and the burst of a bucket that explain two samples: all of the first was let through, and so were the sends of
 * the second. What was refilled during the first is no part of the burst, and how much that is follows from the rate.
 *
 * @param first when the requests of the first sample were sent, oldest first
 * @param sends when the accepted requests of the second were sent, oldest first
 * @param refusedAt when the first refused request of the second was sent
 * @param roundTrip how long requests take
 * @returns requests a millisecond, and how many a full bucket holds
 */
export function bucketOf(first: number[], sends: number[], refusedAt: number, roundTrip: number): { rate: number; burst: number } {
	let burst = first.length;
	let rate = fillRate(sends, refusedAt, burst, roundTrip);
	for (let step = 0; step < STEPS; step++) {
		burst = leastBurst(first, rate);
		rate = fillRate(sends, refusedAt, burst, roundTrip);
	}
	return { rate, burst };
}

/** The least burst of a bucket of a rate that lets all these through. */
function leastBurst(sends: number[], rate: number): number {
	const bursts = sends.flatMap((from, index) => sends.slice(index).map((to, more) => more + 1 - rate * (to - from)));
	return Math.max(1, ...bursts);
}

/**
 * The roundest number between two bounds, the upper one included: a multiple of the largest step that has one there.
 *
 * @param near of several multiples the one that is nearest to this
 */
function roundest(least: number, most: number, steps: number[], near = least): number | undefined {
	for (const step of steps) {
		const nearest = Math.round(near / step) * step;
		const lowest = (Math.floor(least / step + 1e-9) + 1) * step;
		const whole = nearest > least && nearest <= most ? nearest : lowest;
		if (whole <= most + 1e-9) return whole;
	}
	return undefined;
}
