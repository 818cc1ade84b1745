/** Requests in flight at first, and at most. */
const START = 16;
const MOST = 128;
/** By how much each accepted request widens the window. */
const GROWTH = 0.7;
/** So many may be sent in the first rounds before the part of them named is accepted. */
const ROUNDS = [START, 2 * START];
const PROOF = 0.75;

/**
 * How many requests may be in flight, found as TCP finds it: ever more as they are accepted, few after a refusal.
 * The first two rounds are as large as each other and wait for their answers: at a low limit each answer that passes
 * would pull refusals after it, and several processes may start at the same time.
 */
export class SendWindow {
	private size = START;
	private flying = 0;
	/** The widest window since the last refusal. */
	private unrefused = START;
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
			this.size = Math.min(MOST, this.size + GROWTH);
			this.unrefused = Math.max(this.unrefused, this.size);
			return;
		}
		this.proven++;
		if (this.proven >= PROOF * 2 * START) this.proven = undefined;
	}

	/** After a refusal so many may go out at first. */
	shrink(size: number): void {
		this.size = Math.max(1, size);
		this.unrefused = START;
		this.proven = undefined;
	}

	/**
	 * After a silence: half of what was accepted at a time without a refusal is known to pass, as TCP remembers of a path. It
	 * need not be proven again.
	 */
	restart(): void {
		this.size = Math.max(START, this.unrefused / 2);
		this.proven = this.size > START ? undefined : 0;
	}
}
