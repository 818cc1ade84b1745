/** How a rate is known: `sure` when it was measured well, otherwise it is raised sooner. */
export interface Measured {
	/** Requests a millisecond. */
	rate: number;
	/** How many may come at once. */
	burst: number;
	sure: boolean;
}

/** A rate is raised by this part after `SOON` or `LATE` milliseconds, and with the cube of the time from there. */
const RAISE = 0.05;
const SOON = 1_350;
const LATE = 10_000;
/** By how much later a rate is raised for each further process, since all of them raise theirs. */
const CROWDED = 1 / 16;
/** A rate that was raised by this factor without a refusal has shown that there is no limit. */
const DISPROVED = 20;

/**
 * Requests at an even rate, as a bucket of tokens lets them pass. The rate rises as CUBIC raises its window: hardly at
 * first, then ever faster.
 */
export class StreamPace {
	readonly burst: number;
	private readonly raiseAfter: number;
	private credit: number;
	private creditAt: number;

	/**
	 * @param measured what is known
	 * @param spent how many requests of the burst have been sent already
	 * @param since from when on it is kept
	 * @param known how often in a row the model was found to be right, and how many processes use the limit: the more often,
	 *   and the more, the later it is raised
	 */
	constructor(
		private readonly measured: Measured,
		spent: number,
		private since: number,
		{ calm, crowd }: { calm: number; crowd: number },
	) {
		this.burst = Math.max(1, measured.burst);
		this.raiseAfter = measured.sure ? LATE * (1 + calm) : SOON * (1 + CROWDED * (crowd - 1));
		// Half of a bucket is left for what comes too fast later.
		this.credit = this.burst / 2 - spent;
		this.creditAt = since;
	}

	/** The rate it began with, in requests a millisecond. */
	get rate(): number {
		return this.measured.rate;
	}

	/** The rate at a moment. */
	rateAt(time: number): number {
		return this.measured.rate * (1 + RAISE * (Math.max(0, time - this.since) / this.raiseAfter) ** 3);
	}

	/** The moment from which another request may go out. */
	nextAt(time: number): number {
		const rate = this.rateAt(time);
		this.credit = Math.min(this.burst, this.credit + (time - this.creditAt) * rate);
		this.creditAt = time;
		return this.credit >= 1 ? 0 : time + (1 - this.credit) / rate;
	}

	/** A request goes out. */
	sent(): void {
		this.credit--;
	}

	/** Nothing was sent for so long: a rate is raised by use only. */
	rest(idle: number): void {
		this.since += idle;
	}

	/** Whether the rate was raised so far that there can be no limit. */
	disprovedAt(time: number): boolean {
		return this.rateAt(time) > DISPROVED * this.measured.rate;
	}
}
