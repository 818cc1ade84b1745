/** Until something was measured, in milliseconds. */
const GUESS = 50;
const GUESSED_DEVIATION = 5;

/** The shortest time is forgotten by this part of the difference with each longer one. */
const FADES = 256;

/** So many milliseconds a busy process is late, at most, as far as is known: more may be HeyGen's own work on the request. */
const BUSY = 100;

/** How long requests take and by how much that differs, as TCP measures it. Times in milliseconds. */
export class Latency {
	/** Smoothed time from sending a request to its answer. */
	roundTrip = GUESS;
	/** The shortest of the last ones. */
	private least = Infinity;
	private deviation = GUESSED_DEVIATION;
	private slack = 1;

	/** A request took so long. */
	measured(ms: number): void {
		this.least = ms < this.least ? ms : this.least + (ms - this.least) / FADES;
		this.deviation += (Math.abs(ms - this.roundTrip) - this.deviation) / 16;
		this.roundTrip += (ms - this.roundTrip) / 8;
	}

	/**
	 * By how much longer a request took than it takes at best. A busy process sends late and reads answers late: by so much
	 * later than usual HeyGen may have seen the request.
	 *
	 * @param ms how long it took
	 */
	late(ms: number): number {
		return Math.min(this.slack * BUSY, Math.max(0, ms - this.least));
	}

	/** By how much a window must be longer than HeyGen's besides the delays that are known. */
	get margin(): number {
		return 5 + (this.slack - 1) * 1.5 * this.deviation;
	}

	/** The margin was too small. */
	widen(): void {
		this.slack = Math.min(10, 1.5 * this.slack);
	}
}
