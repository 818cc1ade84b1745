/** Until something was measured, in milliseconds. */
const GUESS = 50;
const GUESSED_DEVIATION = 5;

/** How long requests take and by how much that differs, as TCP measures it. Times in milliseconds. */
export class Latency {
	/** Smoothed time from sending a request to its answer. */
	roundTrip = GUESS;
	private deviation = GUESSED_DEVIATION;
	private slack = 1;

	/** A request took so long. */
	measured(ms: number): void {
		this.deviation += (Math.abs(ms - this.roundTrip) - this.deviation) / 16;
		this.roundTrip += (ms - this.roundTrip) / 8;
	}

	/** By how much a window must be longer than HeyGen's, so that delays on the way do not cross it. */
	get margin(): number {
		return 5 + this.slack * 1.5 * this.deviation;
	}

	/** The margin was too small. */
	widen(): void {
		this.slack = Math.min(10, 1.5 * this.slack);
	}
}
