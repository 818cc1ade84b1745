/** A request that was sent. */
export interface Sent {
	readonly at: number;
}

/** So many requests in so many milliseconds. */
interface Limit {
	requests: number;
	per: number;
}

/** Requests remembered; a limit that counts more is taken for one that counts these. */
const MEMORY = 1_000;
/** Make the window a little longer than HeyGen's, so that delays on the wire (in ms) do not cross the limit. */
const MARGIN = 1.02;
const DELAY = 30;
/** How much later than others a request may arrive, in ms. */
const SLACK = 100;
/** The part of a limit that must have been accepted for it to count as nearly right. */
const KEPT = 0.7;
/** A limit that was refused although it was kept is lowered by this factor. */
const LOWER = 0.95;
/** A limit that met no refusal for `RAISE_AFTER` is raised by this factor, one for `FORGET_AFTER` is forgotten. */
const RAISE = 1.05;
const RAISE_AFTER = 30_000;
const FORGET_AFTER = 300_000;

/**
 * The learned pace: never more than what HeyGen accepted in the window it counts in. Counting over a sliding window of
 * our own fits all ways a server may count (sliding, fixed, bucket) and uses the limit fully. Times in milliseconds.
 */
export class Pace {
	private limit?: Limit;
	/** Requests that were not refused, oldest first. */
	private history: Sent[] = [];
	private raisedAt = 0;
	private refusedAt = 0;

	/** The moment from which another request keeps the pace; 0 when none is known. */
	get nextAt(): number {
		if (this.limit === undefined) return 0;
		const oldest = this.history[this.history.length - this.limit.requests];
		return oldest === undefined ? 0 : oldest.at + this.limit.per * MARGIN + DELAY;
	}

	/** A request goes out. */
	sent(at: number): Sent {
		const sent = { at };
		this.history.push(sent);
		if (this.history.length > 2 * MEMORY) this.history = this.history.slice(-MEMORY);
		return sent;
	}

	/** A request was refused, and so does not count. */
	refused(sent: Sent, time: number): void {
		this.refusedAt = time;
		const index = this.history.lastIndexOf(sent);
		if (index >= 0) this.history.splice(index, 1);
	}

	/**
	 * Learns from a refusal, when all answers from before it are there. The length of HeyGen's window follows from the
	 * time until the refusal and the wait, which is rounded up to whole seconds, as is the window itself: 20 requests
	 * in no time and a wait of 1 s are 20 a second, as are 20 in 0.7 s and a wait of 1 s.
	 *
	 * @param since when the requests that count began
	 * @param refusedAt when the first refused request was sent
	 * @param retryAfter the wait HeyGen asked for
	 * @param time now
	 */
	learn(since: number, refusedAt: number, retryAfter: number, time: number): void {
		// A known window is looked back on with some slack: the requests that filled it may have arrived late.
		const memory =
			this.limit === undefined
				? Math.max(retryAfter, 1_000)
				: this.limit.per * MARGIN + DELAY + SLACK;
		const from = Math.max(since, refusedAt - memory);
		const accepted = this.history.filter(({ at }) => at >= from && at <= refusedAt);
		const first = accepted[0];
		this.raisedAt = time;
		if (first === undefined) return;
		const elapsed = refusedAt - first.at;
		const seen = {
			requests: Math.min(accepted.length, MEMORY),
			per: Math.max(1, Math.ceil((elapsed + retryAfter) / 1_000 - 1)) * 1_000,
		};
		this.limit = this.limit === undefined ? seen : corrected(this.limit, seen, retryAfter);
	}

	/**
	 * Raises a pace that was kept for long, and forgets one that was not needed for long.
	 *
	 * @returns whether it was forgotten
	 */
	probe(time: number): boolean {
		if (this.limit === undefined) return false;
		if (time - this.refusedAt > FORGET_AFTER) {
			this.forget();
			return true;
		}
		if (time - this.raisedAt > RAISE_AFTER) {
			this.limit = scaled(this.limit, RAISE);
			this.raisedAt = time;
		}
		return false;
	}

	/** Forgets the pace. */
	forget(): void {
		this.limit = undefined;
	}
}

/**
 * What to make of a refusal although the pace was kept. A wait of a second is the shortest HeyGen can name: when most
 * of the limit had been accepted, the pace was nearly right. A longer wait, or much less accepted, tells of another one.
 */
function corrected(limit: Limit, seen: Limit, retryAfter: number): Limit {
	const kept = seen.requests > KEPT * limit.requests;
	const lowered = scaled(limit, LOWER);
	if (kept && retryAfter <= 1_000) return lowered;
	return seen.requests / seen.per < lowered.requests / lowered.per ? seen : lowered;
}

function scaled({ requests, per }: Limit, factor: number): Limit {
	const whole = factor < 1 ? Math.floor(requests * factor) : Math.ceil(requests * factor);
	// A limit of a few requests cannot be scaled in whole requests; its window can.
	return whole < 1 || whole > MEMORY || whole === requests
		? { requests, per: per / factor }
		: { requests: whole, per };
}
