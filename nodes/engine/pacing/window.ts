/** Requests in flight at first, and at most. */
const START = 32;
const MOST = 128;
const LEAST = 4;
/** The part of the first round that must be accepted before more goes out. */
const PROOF = 0.75;

/**
 * How many requests may be in flight, found as TCP finds it: doubling while all is accepted, half after a refusal,
 * then one more per round. Unlike TCP it sends no second request for an answered one before most of the first round
 * was accepted: at a low limit the answers that pass come first, and each would pull another refusal after it.
 */
export class SendWindow {
	private size = START;
	private inFlight = 0;
	private accepted = 0;
	private proving = true;
	private provingSent = 0;
	private limited = false;

	/** Whether another request may go out. */
	get open(): boolean {
		return this.inFlight < this.size && !(this.proving && this.provingSent >= this.size);
	}

	/** Whether nothing is on its way. */
	get empty(): boolean {
		return this.inFlight === 0;
	}

	/** A request goes out. */
	sent(): void {
		this.inFlight++;
		if (this.proving) this.provingSent++;
	}

	/** A request was accepted. */
	passed(): void {
		this.inFlight--;
		this.accepted++;
		if (this.accepted >= PROOF * this.size) this.proving = false;
		if (this.accepted < this.size) return;
		this.accepted = 0;
		this.size = Math.min(MOST, this.limited ? this.size + 1 : this.size * 2);
	}

	/** A request got no answer that says anything about limits. */
	lost(): void {
		this.inFlight--;
		if (this.proving) this.provingSent--;
	}

	/**
	 * A request was refused.
	 *
	 * @param first the first refusal since the last wait
	 */
	refused(first: boolean): void {
		this.inFlight--;
		this.proving = false;
		if (!first) return;
		this.limited = true;
		this.accepted = 0;
		this.size = Math.max(LEAST, Math.floor(this.size / 2));
	}

	/** After a silence what was accepted at a time says nothing any more. */
	restart(): void {
		this.size = Math.min(this.size, START);
		this.accepted = 0;
		this.proving = !this.limited;
		this.provingSent = 0;
	}

	/** Forgets that there was a limit. */
	forgetLimit(): void {
		this.limited = false;
		this.size = Math.max(this.size, START);
	}
}
