/** Requests in flight at first, and at most. */
const START = 16;
const MOST = 60;
/** The part of the first round that must be accepted before more goes out, and the rounds that are not yet doubled. */
const PROOF = 0.75;
const CAREFUL_ROUNDS = 2;
const CAREFUL_GROWTH = 0.25;

/**
 * How many requests may be in flight, found as TCP finds it: one more for each that was accepted, few after a refusal.
 * The first two rounds grow less: at a low limit each answer that passes would pull two refusals after it, and several
 * processes may start at the same time.
 */
export class SendWindow {
	private size = START;
	private flying = 0;
	/** Accepted requests of the first rounds; undefined once those are over. */
	private proven?: number = 0;

	/** Whether another request may go out. */
	get open(): boolean {
		const proving = this.proven !== undefined && this.proven < PROOF * START;
		return this.flying < Math.floor(this.size) && !(proving && this.flying + (this.proven as number) >= START);
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
		if (this.proven > START) this.size += CAREFUL_GROWTH;
		if (this.proven >= CAREFUL_ROUNDS * START) this.proven = undefined;
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
