import { jitter } from '../../basics/timing';
import { Latency } from './latency';
import { bucketOf, fillRate, windowBounds, windowLength, type Sample } from './sample';
import { SendLog, type Sent } from './sendLog';
import { StreamPace } from './streamPace';
import { WindowPace } from './windowPace';

/**
 * So few accepted requests and refusals teach nothing of a window that is longer than so many milliseconds, unless it
 * happens again within `SOON`: a wrong guess would hold up whoever comes next for as long.
 */
const LEAST_ACCEPTED = 4;
const LEAST_REFUSED = 3;
const LONG = 2_000;
const SOON = 10_000;
/** What counts for a limit whose window is not known: requests of so many milliseconds. */
const LOOK_BACK = 1_000;
/** Milliseconds until more is searched: at first, and at most; each search that finds nothing doubles them. */
const SEARCH_AFTER = 3_000;
const SEARCH_AT_LEAST_EVERY = 30_000;
/**
 * How soon more is searched while others use the limit, in milliseconds and in requests of the pace: what they leave when
 * they are done should not lie idle. But each search costs a refusal, and the more there are, the less each of them gets.
 * Those that know how many they are search sooner: what they send at a time is small anyway.
 */
const SEARCH_BESIDE_OTHERS = 1_000;
const SEARCH_AFTER_REQUESTS = 5.5;
const SEARCH_AFTER_REQUESTS_TOLD = 2.5;
/** A window of so many requests may be a burst and what was refilled while they came in small rounds. */
const FEW = 16;
/** Others that were noticed are taken to be there for so many milliseconds. */
const OTHERS_STAY = 30_000;
/** So many searches that find nothing do not make the next one later: whoever shares the limit may be done soon. */
const OFTEN = 4;
/** A limit that met no refusal for so many milliseconds is forgotten. */
const FORGET_AFTER = 300_000;
/** With this part of a window accepted the window was full. */
const FULL = 0.7;
/** Part of its pace that a gate gives up when others use the same limit. */
const YIELD = 0.85;
/** A rate that was found right so often in a row is not disturbed by others. */
const ALONE = 2;
/** By what factor the rate of a bucket may be above that of a window and still explain the same requests. */
const ALIKE = 1.45;
/**
 * A rate is only a guess that fewer requests beyond a burst showed, or that is below this part of a window's: somebody
 * else may have taken what it lacks, or the burst is smaller than it seems.
 */
const ENOUGH = 8;
const UNLIKE = 0.75;
/** A stream that was refused too soon is lowered by this factor. */
const LOWER = 0.9;
/** The least rate that is kept, in requests a millisecond: no wait is longer than a minute. */
const SLOWEST = 1 / 60_000;
/** A refusal that comes sooner, in milliseconds, tells less of a rate: it lowers it by less than to the part named. */
const TELLING = 2_000;
const LEAST_PART = 0.6;

interface Answer {
	readonly sample: Sample;
	/** When a request was accepted after the wait, and how many have been sent since then. */
	readonly time: number;
	readonly spent: number;
	/** When requests were sent that counted for the refused one, oldest first. */
	readonly counted: number[];
	/** When all accepted requests of the sample were sent. */
	readonly sends: number[];
	/** By how many requests more than the pace allows a search came through. */
	readonly beyond?: number;
}

/**
 * The pace of a family: none while no limit is known, a window after the first refusal, a stream when a search shows
 * that more than a window comes through. Times in milliseconds.
 */
export class Pace {
	readonly latency = new Latency();
	private readonly log = new SendLog();
	private kept?: WindowPace | StreamPace;
	/** The window that a stream was found from, to fall back on. */
	private limitWindow = { requests: 0, per: 0 };
	/** When the requests were sent that the window was taken from, if they were few. */
	private few: number[] = [];
	/** Searches in a row that found the window to be right, and refusals that found the stream to be right or wrong. */
	private confirmed = 0;
	private calm = 0;
	private strikes = 0;
	private proven = 0;
	/** Others use the same limit. */
	private shared = false;
	private contestedUntil = 0;
	/** When something was last refused that would have passed without others. */
	private othersAt = -Infinity;
	private refusedAt = -Infinity;
	private lastHold = LOOK_BACK;
	private concluded?: Omit<Answer, 'time' | 'spent'>;

	/** @param crowd how many processes use the limit */
	constructor(private readonly crowd = 1) {}

	/** Whether a limit is known. */
	get known(): boolean {
		return this.kept !== undefined;
	}

	/**
	 * The moment from which another request keeps the pace: 0 for now, Infinity for when one has been answered.
	 *
	 * @param time now
	 * @param waiting how many requests wait
	 */
	nextAt(time: number, waiting: number): number {
		const { kept } = this;
		if (kept === undefined) return 0;
		const disproved = kept instanceof StreamPace ? kept.disprovedAt(time) : kept.disproved;
		if (disproved || time - this.refusedAt > FORGET_AFTER) {
			this.forget();
			return 0;
		}
		return kept instanceof StreamPace ? kept.nextAt(time) : kept.nextAt(time, waiting, this.lastHold);
	}

	/** Nothing was sent for so many milliseconds. */
	rest(idle: number): void {
		this.kept?.rest(idle);
	}

	/** A request goes out. */
	sent(at: number): Sent {
		const extra = this.kept instanceof WindowPace && this.kept.sent(at);
		if (this.kept instanceof StreamPace) this.kept.sent();
		const sent = { at, late: 0, extra };
		this.log.add(sent);
		return sent;
	}

	/** A request was answered, and not refused. */
	passed({ extra }: Sent): void {
		if (extra && this.kept instanceof WindowPace) this.kept.extraPassed();
	}

	/** A request was accepted. */
	accepted(sent: Sent, time: number): void {
		this.latency.measured(time - sent.at);
		sent.late = this.latency.late(time - sent.at);
	}

	/** A request was refused, and so does not count. */
	refused(sent: Sent): void {
		this.log.drop(sent);
	}

	/** How long to wait when the server names no time: as long as the pace asks for, a second at most and without one. */
	ownWait(time: number): number {
		if (this.kept === undefined) return LOOK_BACK;
		return this.kept instanceof StreamPace ? Math.min(LOOK_BACK, 5 / this.kept.rateAt(time)) : Math.min(LOOK_BACK, this.kept.per);
	}

	/**
	 * A wait is over that followed a refusal, and what was sent before it has been answered.
	 *
	 * @param sample what was seen
	 * @param time now
	 */
	conclude(sample: Sample, time: number): void {
		const { refusedAt } = sample;
		this.lastHold = time - refusedAt;
		const sends = this.log.since(sample.from);
		const { kept } = this;
		if (kept === undefined) {
			const lookBack = Math.max(sample.wait ?? 0, LOOK_BACK);
			this.concluded = { sample, sends, counted: sends.filter((at) => at >= refusedAt - lookBack) };
		} else if (kept instanceof WindowPace) {
			this.concluded = { sample, sends, counted: kept.countedAt(refusedAt), beyond: kept.endSearch(sample.refused) };
		} else {
			this.concluded = { sample, sends, counted: sends };
		}
	}

	/**
	 * Learns from what was concluded, once a request was accepted after the wait.
	 *
	 * @param time when that request was sent
	 * @param spent requests sent since the wait
	 */
	learn(time: number, spent: number): void {
		if (this.concluded === undefined) return;
		const answer = { ...this.concluded, time, spent };
		this.concluded = undefined;
		const again = time - this.refusedAt < SOON;
		this.refusedAt = time;
		const { kept } = this;
		if (kept === undefined) this.begin(answer, again);
		// A refusal while the pace kept nobody waiting is not about the pace.
		else if (!answer.sample.paced && answer.beyond === undefined && !again) return;
		else if (kept instanceof WindowPace) this.afterWindow(kept, answer);
		else this.afterStream(kept, answer);
	}

	/** Forgets the limit. */
	forget(): void {
		this.kept = undefined;
		this.confirmed = this.calm = this.strikes = 0;
		this.shared = false;
	}

	/** The first refusals: all that was accepted in the time that counts is taken for the limit, and tested at once. */
	private begin({ sample, counted, time }: Answer, again: boolean): void {
		const [oldest] = counted;
		if (oldest === undefined) return;
		const per = windowLength(windowBounds(sample, oldest));
		const little = counted.length < LEAST_ACCEPTED && sample.refused < LEAST_REFUSED && !again;
		if (little && per > LONG) return;
		this.confirmed = 0;
		this.takeWindow(counted, per, time);
	}

	private afterWindow(kept: WindowPace, answer: Answer): void {
		const { sample, counted, sends, beyond, time, spent } = answer;
		const { requests } = kept;
		const found = beyond !== undefined && beyond >= Math.max(3, requests / 4);
		const few = this.few.length === requests ? this.few : [];
		const { rate, burst, sure } = found ? foundRate(kept, counted, sends, sample, this.latency.roundTrip, few) : NOTHING;
		if (rate > (1.1 * requests) / kept.per) {
			this.strikes = 1;
			this.proven = rate;
			this.keepStream(rate, burst, sure, time, spent);
			return;
		}
		const oldest = counted[Math.max(0, counted.length - requests)] ?? sample.from;
		const bounds = windowBounds(sample, oldest);
		const tellsMore = counted.length >= FULL * requests || (sample.wait ?? Infinity) > 1_000;
		const longer = tellsMore && bounds.least >= 1.25 * kept.per + 200;
		const fits = !longer && kept.per <= 1.05 * bounds.most + 50;
		const per = fits ? kept.per : windowLength(bounds);
		const soon = this.besideOthers(time) ? this.pauseBesideOthers(requests, kept.per) : SEARCH_AFTER;
		const next = time + Math.min(SEARCH_AT_LEAST_EVERY, soon * 2 ** Math.max(0, this.confirmed - OFTEN));
		if (beyond !== undefined && beyond >= -Math.max(2, requests / 5)) {
			const contested = time < this.contestedUntil;
			if (contested && beyond > 0) this.confirmed = Math.min(this.confirmed, 1);
			else this.confirmed++;
			const more = contested ? Math.max(0, beyond) : 0;
			this.keepWindow(requests + more, per, contested ? time + soon : next);
		} else if (counted.length > 0 && counted.length < FULL * requests) {
			this.takeWindow(counted, per, time);
		} else if (!fits) {
			this.keepWindow(requests, per, next);
		} else {
			this.yieldTo(kept, Math.max(1, counted.length), answer);
		}
	}

	/** Refused although the window was kept: others use the limit, or the way there took longer than ever. */
	private yieldTo({ requests, per }: WindowPace, accepted: number, { time, spent }: Answer): void {
		this.latency.widen();
		const contested = time < this.contestedUntil;
		this.contestedUntil = time + SOON;
		this.othersAt = time;
		this.confirmed = Math.min(this.confirmed, 1);
		if (!contested && accepted >= requests) {
			this.keepWindow(requests, per, time + this.pauseBesideOthers(requests, per));
			return;
		}
		if (contested) {
			this.shared = true;
			this.proven = 0;
			this.keepStream((LOWER * accepted) / per, requests / 4, false, time, spent);
			return;
		}
		const fewer = YIELD * Math.min(accepted, requests);
		// A window of a few requests cannot be lowered in whole requests; its length can.
		const [rest, longer] = requests < 5 && fewer < accepted ? [requests, per / 0.95] : [fewer, per];
		this.keepWindow(rest, longer, time + this.pauseBesideOthers(rest, longer));
	}

	private afterStream(kept: StreamPace, { sample, sends, time, spent }: Answer): void {
		const elapsed = Math.max(1, sample.refusedAt - sample.from);
		const rate = kept.rateAt(sample.refusedAt);
		const cycle = sample.accepted / Math.max(1, time - sample.from);
		// A bucket that was full refuses nothing before what came beyond its rate has emptied it.
		const right = sample.accepted - kept.burst >= 0.8 * this.proven * elapsed;
		if (right) {
			const filled = fillRate(sends, sample.seenAt, kept.burst, this.latency.roundTrip);
			this.strikes = 0;
			this.calm = Math.min(3, this.calm + 1);
			// Refused before it was raised: it had been too high from the start.
			const most = rate > 1.02 * kept.rate ? rate : 0.95 * kept.rate;
			const least = 1 - (1 - LEAST_PART) * Math.min(1, elapsed / TELLING);
			this.proven = Math.max(least * rate, Math.min(most, Math.max(cycle, filled)));
			if (this.shared && this.calm >= ALONE) this.keepAlone(time);
			else this.keepStream(0.97 * this.proven, kept.burst, !this.shared, time, spent);
			return;
		}
		this.calm = 0;
		this.othersAt = time;
		if (this.shared) {
			this.keepStream(Math.max(LOWER * rate, LOWER * cycle), kept.burst, false, time, spent);
		} else if (++this.strikes > 1) {
			this.confirmed = 1;
			const { requests, per } = this.limitWindow;
			const most = Math.max(requests, sends.filter((at) => at > sample.refusedAt - per).length);
			this.keepWindow(most, per, time + this.pauseBesideOthers(most, per));
		} else {
			const burst = FULL * Math.min(kept.burst, sample.accepted);
			this.keepStream(Math.max(LOWER * rate, cycle), burst, false, time, spent);
		}
	}

	private besideOthers(time: number): boolean {
		return time - this.othersAt < OTHERS_STAY;
	}

	/** How long a pace is kept beside others before more is searched; processes that were refused together search apart. */
	private pauseBesideOthers(requests: number, per: number): number {
		const after = this.crowd > 1 ? SEARCH_AFTER_REQUESTS_TOLD : SEARCH_AFTER_REQUESTS;
		return jitter(Math.min(SEARCH_AT_LEAST_EVERY, Math.max(SEARCH_BESIDE_OTHERS, (after * per) / requests)));
	}

	/** Nobody else seems to use the limit any more: what a window of it would hold is tested again. */
	private keepAlone(time: number): void {
		const { per } = this.limitWindow;
		this.shared = false;
		this.keepWindow(this.proven * per, per, time);
	}

	/** Takes what came through for the limit, to be tested from a moment on. */
	private takeWindow(counted: number[], per: number, searchAt: number): void {
		this.few = this.crowd === 1 && counted.length <= FEW ? counted : [];
		const { roundTrip } = this.latency;
		const together = this.few.map((from) => counted.filter((at) => at >= from && at <= from + roundTrip).length);
		this.keepWindow(counted.length, per, searchAt, together.length > 0 ? Math.max(...together) : undefined);
	}

	private keepWindow(requests: number, per: number, searchAt: number, together?: number): void {
		const kept = new WindowPace(this.log, this.latency, requests, per, searchAt, this.confirmed > 0, together);
		this.limitWindow = { requests: kept.requests, per };
		this.kept = kept;
	}

	private keepStream(rate: number, burst: number, sure: boolean, time: number, spent: number): void {
		this.kept = new StreamPace({ rate: Math.max(SLOWEST, rate), burst, sure: sure && !this.besideOthers(time) }, spent, time, { calm: this.calm, crowd: this.crowd });
	}
}

const NOTHING = { rate: 0, burst: 0, sure: false };

/** The rate that a search found: of a bucket, unless a window explains what came through. */
function foundRate(
	{ requests, per }: WindowPace,
	counted: number[],
	sends: number[],
	{ seenAt }: Sample,
	roundTrip: number,
	few: number[],
) {
	const ofWindow = counted.length / per;
	const { rate, burst } =
		few.length > 0
			? bucketOf(few, sends, seenAt, roundTrip)
			: { rate: fillRate(sends, seenAt, requests, roundTrip), burst: requests };
	if (rate <= ALIKE * ofWindow) {
		return { rate, burst, sure: counted.length - burst >= ENOUGH && rate >= UNLIKE * ofWindow };
	}
	return { rate: Math.sqrt(ofWindow * rate), burst, sure: false };
}
