import { Gate, Line } from '../../../../nodes/engine/request/pacing/gate';
import type { RateLimit } from '../../../sandbox/config';
import { clock } from './clock';
import { idealSeconds } from './ideal';
import { Limited, type Server } from './servers';
import { random, Traffic } from './traffic';

/** Several processes, each with a gate of its own and some node runs, at one server. */

/** What is simulated. */
export interface Scenario {
	server: Server;
	/** Seconds that nobody could beat. */
	ideal: number;
	/** Creates of each run; n8n starts them all at once. */
	creates: number;
	/** Runs in each process, and processes. */
	runs?: number;
	processes?: number;
	/** Milliseconds there and back. */
	latency?: number;
	/** Milliseconds of computing that each request costs its process. */
	work?: number;
	seed?: number;
	/** A gate that has been used before, for a single process. */
	gate?: Gate;
	/** Whether the processes are told how many they are. */
	told?: boolean;
}

/** What came of it. */
export interface Outcome {
	/** Time as a multiple of the ideal. */
	factor: number;
	/** The part of all requests that was refused. */
	refused: number;
	accepted: number;
	/** By how much later the last process was done than the first. */
	unequal: number;
}

/** Processes start so many milliseconds apart, at most. */
const APART = 100;
/** An ideal of no time at all cannot be a measure. */
const LEAST_IDEAL = 0.5;

/** Runs a scenario to its end. */
export async function simulate(scenario: Scenario): Promise<Outcome> {
	const { server, ideal, creates, runs = 1, processes = 1, latency = 50, work = 0, seed = 1, gate, told = false } = scenario;
	const chance = random(seed);
	clock.jitter = (ms) => ms * (0.75 + chance() / 2);
	await clock.pass(Math.floor(60_000 * chance()));
	const begin = clock.time;
	const ends: number[] = [];
	const traffics: Traffic[] = [];
	const all = Array.from({ length: processes }, async (_, process) => {
		const traffic = new Traffic(gate ?? new Gate(told ? processes : 1), server, 1_000 * seed + process, latency, work);
		traffics.push(traffic);
		if (processes > 1) await clock.pause(APART * chance());
		await Promise.all(
			Array.from({ length: runs }, async () => await traffic.burst(creates, 'create', { line: new Line() })),
		);
		ends.push(clock.time - begin);
	});
	await clock.run(Promise.all(all), 24 * 3_600_000);
	const log = traffics.flatMap((traffic) => traffic.log);
	const refused = log.filter(({ accepted }) => !accepted).length;
	return {
		factor: (clock.time - begin) / 1_000 / Math.max(LEAST_IDEAL, ideal),
		refused: refused / log.length,
		accepted: log.length - refused,
		unequal: Math.max(...ends) / Math.min(...ends),
	};
}

/** A limiter, latency and number of processes by chance; the same seed gives the same. */
export function byChance(seed: number): Scenario & { limit: RateLimit } {
	const chance = random(7_919 * seed);
	const pick = <T>(...of: T[]) => of[Math.floor(chance() * of.length)] as T;
	const rate = Math.max(1, Math.round(100 ** chance()));
	const kind = pick('sliding', 'fixed', 'bucket');
	const perSeconds = kind === 'bucket' ? 1 : pick(1, 1, 1, 10, 60);
	const limit: RateLimit = {
		kind,
		perSeconds,
		requests: rate * perSeconds,
		retryAfter: pick('seconds', 'seconds', 'date', 'absent'),
		countRefused: chance() < 0.25,
		...(kind === 'bucket' ? { burst: Math.max(2, Math.round(rate * 4 ** (2 * chance() - 1))) } : {}),
	};
	const processes = pick(1, 1, 2, 3, 4);
	const wanted = Math.max(limit.requests * 2, rate * 20);
	const creates = Math.ceil(Math.min(400, wanted) / processes);
	return {
		limit,
		server: new Limited(limit),
		ideal: idealSeconds(limit, creates * processes),
		creates,
		processes,
		latency: pick(5, 50, 50, 200, 1_000),
		seed,
	};
}
