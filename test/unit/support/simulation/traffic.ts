import type { Entry, Gate } from '../../../../nodes/engine/request/pacing/gate';
import { clock } from './clock';
import type { Lane, Server } from './servers';

/** A request as it went over the wire, in virtual milliseconds. */
export interface Sent {
	lane: Lane;
	sentAt: number;
	answeredAt: number;
	accepted: boolean;
	retryAfter?: number;
}

/** Figures of a simulation. */
export interface Figures {
	sent: number;
	refused: number;
	/** From the first request until the last answer, in seconds. */
	seconds: number;
}

/** A small generator of pseudo-random numbers from 0 to 1 (mulberry32): the same seed gives the same latencies. */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** How often a busy process does something else in between, and how many times as long as a request that takes. */
const OFTEN = 0.05;
const BETWEEN = 10;

/** Whose requests they are, and what they may ask for. */
export type Manner = Partial<Omit<Entry, 'lane' | 'since'>>;

/** Sends requests through a gate to a server; there and back takes 50 ms or another latency, give or take 40 %. */
export class Traffic {
	readonly log: Sent[] = [];
	private readonly random: () => number;
	/** Until when the process works on something else. */
	private busyUntil = 0;

	/**
	 * @param gate what the requests pass
	 * @param server what answers them
	 * @param seed of the latencies
	 * @param latency milliseconds there and back
	 * @param work milliseconds of computing that a request costs before it is sent, and half as much when it is answered; the
	 * process does one thing at a time
	 */
	constructor(
		private readonly gate: Gate,
		private readonly server: Server,
		seed = 1,
		private readonly latency = 50,
		private readonly work = 0,
	) {
		this.random = random(seed);
	}

	/**
	 * One request, again and again until it is accepted, as the engine's `send` does it.
	 *
	 * @param lane `create` for a request that starts a job
	 * @param manner for whom; unless it says otherwise each request stands alone and waits for ever
	 * @param signal cancels the waiting
	 * @returns when the answer came that accepted it
	 */
	async request(lane: Lane, manner: Manner = {}, signal?: AbortSignal): Promise<number> {
		const family = lane === 'create' ? 'POST /v3/videos' : 'GET /v3/videos';
		const entry = { lane, family, patience: Infinity, ...manner };
		let since: number | undefined;
		for (;;) {
			const askedAt = clock.time;
			const ticket = await this.gate.enter({ ...entry, since }, signal);
			const sentAt = clock.time;
			await this.compute(this.work);
			const wayThere = this.latency * (0.3 + 0.4 * this.random());
			const wayBack = this.latency * (0.3 + 0.4 * this.random());
			await clock.pause(wayThere);
			const answer = this.server.answer(lane, clock.time);
			await clock.pause(wayBack);
			await this.compute(this.work / 2);
			const retryAfter = answer.accepted ? undefined : answer.retryAfter;
			this.log.push({ lane, sentAt, answeredAt: clock.time, accepted: answer.accepted, retryAfter });
			ticket.done(answer.accepted ? 'accepted' : 'limited', retryAfter);
			if (answer.accepted) return clock.time;
			since ??= askedAt;
		}
	}

	/** Waits until the process is free, and computes. */
	private async compute(work: number): Promise<void> {
		if (work === 0) return;
		const between = this.random() < OFTEN ? 2 * BETWEEN * work * this.random() : 0;
		this.busyUntil = Math.max(this.busyUntil, clock.time) + between + work * (0.5 + this.random());
		await clock.pause(this.busyUntil - clock.time);
	}

	/** So many requests at once, as n8n fires all items of a node. */
	async burst(count: number, lane: Lane, manner: Manner = {}): Promise<void> {
		await Promise.all(Array.from({ length: count }, async () => await this.request(lane, manner)));
	}

	/** What happened so far. */
	figures(): Figures {
		const refused = this.log.filter((entry) => !entry.accepted).length;
		const from = this.log.reduce((first, entry) => Math.min(first, entry.sentAt), Infinity);
		const to = this.log[this.log.length - 1]?.answeredAt ?? from;
		return {
			sent: this.log.length,
			refused,
			seconds: (to - from) / 1_000,
		};
	}
}
