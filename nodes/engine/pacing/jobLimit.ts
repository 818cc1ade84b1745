/** So many milliseconds after the last wait, running jobs are no longer taken to be the limit. */
const MEMORY = 60_000;

/**
 * The limit on jobs that run at the same time. While it is what HeyGen refuses creates for, they wait as HeyGen asks,
 * then go out one at a time, two at a time and so on until the next refusal: as many as jobs have ended meanwhile.
 */
export class JobLimit {
	private holdUntil = 0;
	private inFlight = 0;
	/** Creates at a time; 0 while running jobs are not the limit. */
	private size = 0;
	private round = 0;

	/** Whether running jobs are what creates are refused for. */
	get reached(): boolean {
		return this.size > 0;
	}

	/**
	 * The moment from which a create may go out: 0 for now, Infinity for when another one has been answered.
	 *
	 * @param time now
	 */
	nextAt(time: number): number {
		if (this.size === 0) return 0;
		if (time < this.holdUntil) return this.holdUntil;
		if (time - this.holdUntil > MEMORY) {
			this.size = 0;
			return 0;
		}
		return this.inFlight < Math.floor(this.size) ? 0 : Infinity;
	}

	/**
	 * A create goes out.
	 *
	 * @returns the round it belongs to
	 */
	sent(): number {
		this.inFlight++;
		return this.round;
	}

	/** A create was answered, whatever the answer. */
	answered(): void {
		this.inFlight--;
	}

	/** A create was accepted: after a full round, one more may go out at a time. */
	passed(): void {
		if (this.size > 0) this.size += 1 / this.size;
	}

	/**
	 * A create was refused for running jobs.
	 *
	 * @param round what `sent` gave for it; those of earlier rounds tell nothing new
	 * @param time now
	 * @param wait what HeyGen asked for
	 * @returns whether it was news
	 */
	refused(round: number, time: number, wait: number): boolean {
		if (this.size > 0 && round !== this.round) return false;
		this.round++;
		this.size = 1;
		this.holdUntil = time + wait;
		return true;
	}
}
