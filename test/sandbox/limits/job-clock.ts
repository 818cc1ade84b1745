/** Lets jobs end at their time even when nobody asks about them, for those who wait for the event. */

/** Jobs whose state is a function of the clock. */
export interface TimedStore {
	/** Does what was due until then (Unix milliseconds). */
	advance(now: number): void;
	/** Unix milliseconds at which something will be due; Infinity when nothing will. */
	nextDue(): number;
}

/** The longest time a timer can be set to. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export class JobClock {
	private timer: NodeJS.Timeout | undefined;
	private setTo = Infinity;

	/** @param isWatched whether anybody would notice; without, no timer runs. */
	constructor(
		private readonly stores: readonly TimedStore[],
		private readonly isWatched: () => boolean,
	) {}

	/** Does what was due until then (Unix milliseconds). */
	advance(now: number): void {
		for (const store of this.stores) store.advance(now);
	}

	/** Sets the alarm anew; to be called after anything that may have started or watched a job. */
	reset(): void {
		const due = this.isWatched() ? Math.min(...this.stores.map((store) => store.nextDue())) : Infinity;
		if (due === this.setTo) return;
		this.stop();
		if (due === Infinity) return;
		this.setTo = due;
		this.timer = setTimeout(() => this.ring(), Math.min(Math.max(due - Date.now(), 0), MAX_DELAY_MS));
		this.timer.unref();
	}

	/** Takes the alarm back. */
	stop(): void {
		clearTimeout(this.timer);
		this.setTo = Infinity;
	}

	private ring(): void {
		this.setTo = Infinity;
		this.advance(Date.now());
		this.reset();
	}
}
