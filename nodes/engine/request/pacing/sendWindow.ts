/**
 * So many are sent in the first rounds, all told; the next round waits until the part of them named was accepted. The
 * rounds begin small and grow slowly: processes that start at the same time share what the limit lets through, and each
 * of them finds out only by a refusal that its share is used up.
 */
const ROUNDS = [2, 3, 5, 10, 24];
/** The rounds of processes that know how many they are, which share them; and of one whose answers take long. */
const LARGE_ROUNDS = [6, 12, 24];
const PROOF = 0.9;
/** When nothing was answered for so many milliseconds, no round waits for its last answers: the first of the large rounds may be in flight. */
const UNANSWERED = 120;
/** Where answers take so many milliseconds small rounds would take seconds: they become large ones. */
const SLOW = 250;
/** Requests in flight after those rounds, and at most. */
const PROVEN = 16;
const MOST = 128;
/** By how much each accepted request widens the window from there. */
const GROWTH = 0.45;

/**
 * How many requests may be in flight, found as TCP finds it: ever more as they are accepted, few after a refusal.
 * The first rounds wait for their answers: at a low limit each answer that passes would pull refusals after it.
 */
export class SendWindow {
	private readonly large: readonly number[];
	private rounds: readonly number[];
	private readonly provenSize: number;
	private size: number;
	private flying = 0;
	/** When the first request of a burst was sent, and when something was last answered, or sent after a silence. */
	private since = 0;
	private heardAt = 0;
	/** The widest window since the last refusal. */
	private unrefused = 0;
	/** Accepted requests of the first rounds; undefined once those are over. */
	private proven?: number = 0;

	/** @param crowd how many processes use the limit, as far as somebody says so: together they send what one would */
	constructor(private readonly crowd = 1) {
		this.large = LARGE_ROUNDS.map((sent) => Math.max(1, Math.round(sent / crowd)));
		this.rounds = crowd > 1 ? this.large : ROUNDS;
		this.provenSize = Math.max(2, PROVEN / crowd);
		this.size = this.provenSize;
	}

	/**
	 * The moment from which another request may go out: 0 for now, Infinity for when another one has been answered.
	 *
	 * @param time now, in milliseconds
	 */
	opensAt(time: number): number {
		const { proven } = this;
		if (this.flying >= Math.floor(this.size)) return Infinity;
		if (proven === undefined) return 0;
		const round = this.rounds.find((sent) => proven < PROOF * sent);
		if (round === undefined || proven + this.flying < round) return 0;
		if (this.flying >= (this.large[0] as number)) return Infinity;
		const at = this.heardAt + UNANSWERED;
		return at > time ? at : 0;
	}

	/** Whether nothing is on its way. */
	get empty(): boolean {
		return this.flying === 0;
	}

	/** A request goes out at a moment. */
	sent(time: number): void {
		if (this.flying === 0) this.since = this.heardAt = time;
		this.flying++;
	}

	/** A request was answered at a moment, whatever the answer. */
	answered(time: number): void {
		this.flying--;
		this.heardAt = time;
	}

	/** A request was accepted at a moment. */
	grow(time: number): void {
		if (this.proven === undefined) {
			this.size = Math.min(MOST, this.size + GROWTH / this.crowd);
			this.unrefused = Math.max(this.unrefused, this.size);
			return;
		}
		if (this.proven === 0 && time - this.since > SLOW) this.rounds = this.large;
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
