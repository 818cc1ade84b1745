/** Requests in flight at first, and at most. */
const START = 16;
const MOST = 56;
/** So many may be sent in the first rounds before the part of them named is accepted. */
const ROUNDS = [START, 2 * START];
const PROOF = 0.75;

/**
 * How many requests may be in flight, found as TCP finds it: one more for each that was accepted, few after a refusal.
 * The first two rounds are as large as each other and wait for their answers: at a low limit each answer that passes
 * would pull refusals after it, and several processes may start at the same time.
 */
export class SendWindow {
	private size = START;
	private flying = 0;
	/** Accepted requests of the first rounds; undefined once those are over. */
	private proven?: number = 0;

	/** Whether another request may go out. */
	get open(): boolean {
		const { proven } = this;
		if (this.flying >= Math.floor(this.size)) return false;
		if (proven === undefined) return true;
		const round = ROUNDS.find((sent) => proven < PROOF * sent);
		return round === undefined || proven + this.flying < round;
	}

	/** Whether nothing is on its way. */
	get empty(): boolean {
		return this.flying === 0;
	}

	/** A request goes out. */
	sent(): void {
		this.flying++;
	}

	/** A request was answered, whatever the answer. */
	answered(): void {
		this.flying--;
	}

	/** A request was accepted. */
	grow(): void {
		if (this.proven === undefined) {
			this.size = Math.min(MOST, this.size + 1);
			return;
		}
		this.proven++;
		if (this.proven >= PROOF * 2 * START) this.proven = undefined;
	}

	/** After a refusal so many may go out at first. */
	shrink(size: number): void {
		this.size = Math.max(1, size);
		this.proven = undefined;
	}

	/** After a silence what was accepted at a time says nothing any more. */
	restart(): void {
		this.size = START;
		this.proven = 0;
	}
}
