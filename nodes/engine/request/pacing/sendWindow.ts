/** So many are sent in the first rounds, all told; the next round waits until the part of them named was accepted. */
const ROUNDS = [6, 12, 24];
const PROOF = 0.9;
/** Requests in flight after those rounds, and at most. */
const PROVEN = 20;
const MOST = 128;
/** By how much each accepted request widens the window from there. */
const GROWTH = 0.45;

/**
 * How many requests may be in flight, found as TCP finds it: ever more as they are accepted, few after a refusal.
 * The first rounds wait for their answers: at a low limit each answer that passes would pull refusals after it. They are
 * small, since processes that start at the same time share what the limit lets through: whoever comes a moment
 * later would get next to nothing, and be at a loss when the others are done.
 */
export class SendWindow {
	private readonly rounds: readonly number[];
	private readonly provenSize: number;
	private size: number;
	private flying = 0;
	/** The widest window since the last refusal. */
	private unrefused = 0;
	/** Accepted requests of the first rounds; undefined once those are over. */
	private proven?: number = 0;

	/** @param crowd how many processes use the limit, as far as somebody says so: together they send what one would */
	constructor(private readonly crowd = 1) {
		this.rounds = ROUNDS.map((sent) => Math.max(1, Math.round(sent / crowd)));
		this.provenSize = Math.max(2, PROVEN / crowd);
		this.size = this.provenSize;
	}

	/** Whether another request may go out. */
	get open(): boolean {
		const { proven } = this;
		if (this.flying >= Math.floor(this.size)) return false;
		if (proven === undefined) return true;
		const round = this.rounds.find((sent) => proven < PROOF * sent);
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
			this.size = Math.min(MOST, this.size + GROWTH / this.crowd);
			this.unrefused = Math.max(this.unrefused, this.size);
			return;
		}
		this.proven++;
		if (this.proven >= PROOF * (this.rounds.at(-1) as number)) this.proven = undefined;
	}

	/** After a refusal so many may go out at first. */
	shrink(size: number): void {
		this.size = Math.max(1, size);
		this.unrefused = 0;
		this.proven = undefined;
	}

	/**
	 * After a silence: half of what was accepted at a time without a refusal is known to pass, as TCP remembers of a path. It
	 * need not be proven again.
	 */
	restart(): void {
		this.size = Math.max(this.provenSize, this.unrefused / 2);
		this.proven = this.size > this.provenSize ? undefined : 0;
	}
}
