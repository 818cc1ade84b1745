import type { Latency } from './latency';
import { MEMORY, type SendLog } from './sendLog';

/** Make the window a little longer than HeyGen's: clocks differ. */
const MARGIN = 1.01;
/** Shortest time in which a search doubles its rate. */
const DOUBLING = 350;
/**
 * A search begins at so many times the pace. It begins slower where the pace was taken from a few requests that came in
 * rounds: what was refilled meanwhile looks like a part of the burst, and a longer search tells the two apart. At very low
 * paces it would take too long: so many requests a millisecond are few enough for anyone.
 */
const HEAD_START = 3;
const HEAD_START_OF_FEW = 1.5;
const FEW_A_MILLISECOND = 0.006;
/** The part of a pace that goes out at once while it was not yet tested; the search sends the rest. */
const AT_ONCE = 0.9;
/**
 * A search that went this far beyond the pace without a refusal has shown that there is no limit. A small pace needs
 * more: where others have just left a limit, many times one or two requests pass.
 */
const BEYOND = 10;
const BEYOND_AT_LEAST = 20;
/** A search is worth it while what waits takes this many times what the refusal at its end costs. */
const WORTH = 15;
/** The least that a refusal costs, in milliseconds; a pace that was found right by a search is searched again for more only. */
const COST = 100;
const COST_TESTED = 300;
/** A search begins at most so long after the window was filled and at least so long before it opens, in parts of it. */
const JUST_FILLED = 0.2;
const GAP = 0.4;

/**
 * At most so many requests in any span of so many milliseconds; and a search for more, while it is worth it. A search
 * sends single requests beyond the pace, ever faster, but never more at a time than one, and one for each that came through.
 */
export class WindowPace {
	readonly requests: number;
	/** How many of them go out at once; a pace that was not yet tested leaves some to the search. */
	private atOnce: number;
	private search?: { from: number; sent: number; inFlight: number; passed: number };

	/**
	 * @param log all that was sent
	 * @param latency of the requests
	 * @param requests how many
	 * @param per in how many milliseconds
	 * @param searchAt from when on more is searched
	 * @param tested whether it was tested by a search
	 * @param together how many were accepted within one round trip, if it was taken from a few requests that came in rounds
	 */
	constructor(
		private readonly log: SendLog,
		private readonly latency: Latency,
		requests: number,
		readonly per: number,
		private searchAt: number,
		private readonly tested: boolean,
		private readonly together?: number,
	) {
		this.requests = Math.max(1, Math.min(Math.round(requests), MEMORY));
		this.atOnce = this.requests;
	}

	/**
	 * The moment from which another request may go out.
	 *
	 * @param time now
	 * @param waiting how many wait
	 * @param lastHold how long the last wait was that HeyGen asked for
	 * @returns Infinity for when another one has been answered
	 */
	nextAt(time: number, waiting: number, lastHold: number): number {
		const cost = (this.tested ? COST_TESTED : COST) + Math.max(0, lastHold - this.per - COST);
		const worth = (waiting * this.per) / this.requests >= WORTH * cost;
		this.atOnce = worth && !this.tested ? this.untested : this.requests;
		const regular = this.regularAt;
		if (regular <= time) return 0;
		if (this.search === undefined) {
			if (!worth || time < this.searchAt || !this.justFilled(time, regular)) return regular;
			this.search = { from: time, sent: 0, inFlight: 0, passed: 0 };
		}
		return Math.min(regular, this.extraAt);
	}

	/** How many go out at once as long as the pace was not tested. */
	private get untested(): number {
		return Math.max(1, Math.min(this.together ?? Infinity, Math.ceil(AT_ONCE * this.requests - 1)));
	}

	/**
	 * Whether the window has just been filled, and stays so for long: the wait after a refusal is needed anyway then, and
	 * what the search sends takes no place of those whose turn is next. Evenly spread requests leave no such gap.
	 */
	private justFilled(time: number, regular: number): boolean {
		if (time - (this.log.newest ?? time) > JUST_FILLED * this.per) return false;
		return regular - time > GAP * this.per || time > this.searchAt + 2 * this.per;
	}

	/** When the next request of the search may go out: their rate doubles every so often. */
	private get extraAt(): number {
		const { from, sent, inFlight, passed } = this.search as NonNullable<typeof this.search>;
		const spared = this.requests - this.atOnce;
		if (sent >= spared && inFlight > Math.max(0, passed - spared)) return Infinity;
		const doubling = Math.max(DOUBLING, 2 * this.latency.roundTrip);
		return from + doubling * Math.log2(1 + ((sent + 1) * Math.LN2) / (this.headStart * doubling));
	}

	/** The rate that a search begins with. */
	private get headStart(): number {
		const pace = this.requests / this.per;
		if (this.together === undefined) return HEAD_START * pace;
		return Math.max(HEAD_START_OF_FEW * pace, Math.min(FEW_A_MILLISECOND, HEAD_START * pace));
	}

	private get regularAt(): number {
		const oldest = this.log.newestBut(this.atOnce);
		return oldest === undefined ? 0 : oldest.at + oldest.late + this.per * MARGIN + this.latency.margin;
	}

	/**
	 * A request goes out.
	 *
	 * @returns whether it is one of the search
	 */
	sent(time: number): boolean {
		if (this.search === undefined || this.regularAt <= time) return false;
		this.search.sent++;
		this.search.inFlight++;
		return true;
	}

	/** A request of the search was answered, and not refused. */
	extraPassed(): void {
		if (this.search === undefined) return;
		this.search.inFlight--;
		this.search.passed++;
	}

	/** Nothing was sent for so long: more is searched after use only. */
	rest(idle: number): void {
		this.searchAt += idle;
	}

	/** Whether a search has shown that there is no limit any more. */
	get disproved(): boolean {
		return (this.search?.passed ?? 0) > Math.max(BEYOND * this.requests, BEYOND_AT_LEAST);
	}

	/** When requests were sent that count for one that is sent at a moment; oldest first. */
	countedAt(moment: number): number[] {
		return this.log.since(moment - this.per * MARGIN - this.latency.margin);
	}

	/**
	 * Ends the search, since a request was refused.
	 *
	 * @param refused how many were
	 * @returns by how many requests more than the pace allows came through (negative for fewer); undefined when none was sent
	 */
	endSearch(refused: number): number | undefined {
		const sent = this.search?.sent ?? 0;
		const spared = this.requests - this.atOnce;
		this.search = undefined;
		this.searchAt = Infinity;
		return sent === 0 ? undefined : sent - refused - spared;
	}
}
