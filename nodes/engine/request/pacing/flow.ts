import { jitter } from '../../basics/timing';
import { JobLimit } from './jobLimit';
import { Pace } from './pace';
import type { Sample } from './sample';
import type { Sent } from './sendLog';
import { SendWindow } from './sendWindow';

/** How a request that passed the gate ended, as far as pacing is concerned. */
export type Outcome = 'accepted' | 'limited' | 'failed';

/** A request under way. */
export interface Passage {
	readonly sent: Sent;
	/** The number of the wait it was sent after; undefined when it was sent during one, for a place known to be free. */
	readonly epoch?: number;
}

/** The longest wait, whatever a server asks for: then one request asks again. */
const LONGEST_HOLD = 60_000;
/** The least pause between two requests that ask whether the limit still holds; and as a part of the time it has held. */
const LEAST_PAUSE = 1_000;
const LEAST_PAUSE_NAMED = 500;
const PAUSE_PART = 0.2;
/** Gates of other processes are held until the same moment: they come back up to so many milliseconds apart. */
const APART = 20;
/** Requests at a time right after a wait. */
const AFTER_WAIT = 4;
/** Places known to be free that are remembered. */
const MOST_FREED = 100;

/** When requests of one family may go out. Times in milliseconds. */
export class Flow {
	/** Whether the slow start alone keeps requests waiting, as of the last look: that is no limit. */
	ramping = false;
	private readonly pace: Pace;
	private readonly sendWindow: SendWindow;
	private readonly jobs = new JobLimit();
	private holdUntil = 0;
	private epoch = 0;
	/** What has been seen since the last wait, and whether it has ended in a refusal. */
	private sample?: Sample;
	private ended = false;
	private named = false;
	/** Requests sent since the last wait. */
	private spent = 0;
	/** Refusals in a row, each right after a wait, and when the first of them was sent. */
	private stuck = 0;
	private stuckSince = 0;
	/** What is to be learned from once requests pass again. */
	private pending?: Sample;
	/** Whether waits that are named are long enough. */
	private trusted = true;
	/** Whether the pace keeps requests waiting. */
	private paced = false;
	private freed = 0;

	/** @param crowd how many processes use the limit */
	constructor(crowd = 1) {
		this.sendWindow = new SendWindow(crowd);
		this.pace = new Pace(crowd);
	}

	/** Whether nothing is on its way. */
	get empty(): boolean {
		return this.sendWindow.empty;
	}

	/**
	 * The moment from which another request may go out: 0 for now, Infinity for when another one has been answered.
	 *
	 * @param time now
	 * @param waiting how many wait
	 */
	opensAt(time: number, waiting: number): number {
		this.ramping = false;
		if (time < this.holdUntil) return this.freed > 0 ? 0 : this.holdUntil;
		if (this.ended) this.resume(time);
		const opensAt = this.sendWindow.opensAt(time);
		if (opensAt > time) {
			this.ramping = true;
			return opensAt;
		}
		const at = this.pace.nextAt(time, waiting);
		if (at <= time) return 0;
		this.paced = true;
		return at;
	}

	/** A request goes out. */
	send(time: number): Passage {
		this.sendWindow.sent(time);
		this.spent++;
		if (time < this.holdUntil) {
			this.freed--;
			return { sent: this.pace.sent(time) };
		}
		this.sample ??= {
			from: time,
			refusedAt: Infinity,
			seenAt: Infinity,
			fullAt: time,
			accepted: 0,
			refused: 0,
			paced: false,
			until: time,
		};
		if (this.paced) this.sample.paced = true;
		return { sent: this.pace.sent(time), epoch: this.epoch };
	}

	/**
	 * A request was answered.
	 *
	 * @param passage what `send` gave for it
	 * @param outcome how it ended
	 * @param retryAfter the wait that HeyGen named
	 * @param time now
	 */
	answered({ sent, epoch }: Passage, outcome: Outcome, retryAfter: number | undefined, time: number): void {
		this.sendWindow.answered(time);
		const current = epoch === this.epoch;
		if (outcome === 'limited') {
			this.pace.refused(sent);
			this.refused(sent.at, current, retryAfter, time);
			return;
		}
		this.pace.passed(sent);
		if (outcome === 'failed') return;
		this.pace.accepted(sent, time);
		this.jobs.accepted(time);
		if (!current || this.sample === undefined) return;
		this.sample.accepted++;
		this.stuck = 0;
		this.learn(sent.at);
		if (!this.ended) this.sendWindow.grow(time);
	}

	/** A place for a job is known to be free: one request may ask for it although a wait is not over. */
	placeFreed(): void {
		if (this.jobs.reached || this.stuck > 0) this.freed = Math.min(MOST_FREED, this.freed + 1);
	}

	/** Nothing was sent for so many milliseconds: what comes now is a burst of its own. */
	rest(idle: number): void {
		this.pace.rest(idle);
		if (this.ended || this.pending !== undefined || this.stuck > 0) return;
		this.sample = undefined;
		this.paced = false;
		if (!this.pace.known) this.sendWindow.restart();
	}

	private refused(sentAt: number, current: boolean, retryAfter: number | undefined, time: number): void {
		// No wait at all is no answer: asking again at once would go on for ever.
		const named = retryAfter !== undefined && retryAfter > 0 ? retryAfter : undefined;
		const wait = Math.min(LONGEST_HOLD, Math.max(named ?? 0, this.ownWait(named, time)));
		this.freed = 0;
		this.holdUntil = Math.max(this.holdUntil, time + wait + APART / 2 + 2 * (jitter(APART) - APART));
		const { sample } = this;
		if (!current || sample === undefined) return;
		sample.refused++;
		sample.refusedAt = Math.min(sample.refusedAt, sentAt);
		sample.seenAt = Math.min(sample.seenAt, sentAt + this.pace.latency.late(time - sentAt));
		sample.fullAt = Math.max(sample.fullAt, sentAt);
		if (this.ended) return;
		this.ended = true;
		this.named = named !== undefined;
		sample.wait = named;
	}

	/** How long to wait besides what HeyGen asks for. */
	private ownWait(named: number | undefined, time: number): number {
		const ofPlaces = this.jobs.wait(time);
		if (ofPlaces > 0) return Math.max(LEAST_PAUSE, ofPlaces);
		if (this.stuck > 0) {
			return Math.max(this.named ? LEAST_PAUSE_NAMED : LEAST_PAUSE, PAUSE_PART * (time - this.stuckSince));
		}
		return named === undefined ? this.pace.ownWait(time) : 0;
	}

	/** A wait is over. When something had been accepted before it, the limit was met; otherwise it still holds. */
	private resume(time: number): void {
		const sample = this.sample as Sample;
		this.sample = undefined;
		this.ended = false;
		this.epoch++;
		this.spent = 0;
		this.paced = false;
		this.freed = 0;
		if (sample.accepted > 0) {
			this.pace.conclude(sample, time);
			this.pending = sample;
			const trusted = this.trusted && sample.wait !== undefined && sample.wait <= LONGEST_HOLD;
			this.sendWindow.shrink(trusted ? Math.min(AFTER_WAIT, sample.accepted / 2) : 1);
			return;
		}
		if (this.stuck === 0) {
			this.stuckSince = sample.from;
			if (this.pending !== undefined) this.trusted = false;
		}
		this.stuck++;
		if (this.named) this.jobs.refused(this.stuck, this.stuckSince);
		if (this.pending !== undefined) {
			this.pending.fullAt = sample.fullAt;
			this.pending.refused += sample.refused;
		}
		this.sendWindow.shrink(1);
	}

	private learn(sentAt: number): void {
		const sample = this.pending;
		this.pending = undefined;
		if (sample === undefined) return;
		sample.until = sentAt;
		this.pace.learn(sentAt, this.spent);
	}
}
