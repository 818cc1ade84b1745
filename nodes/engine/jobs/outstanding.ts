import { type Exact, sum } from '../../heygen/prices/exact';
import { now } from '../basics/timing';
import type { Call } from '../item/call';

/**
 * What the jobs of this process will cost once they are finished. HeyGen charges for a job when it completes, so a
 * balance that is read while jobs run is more than what is left for others.
 */

/** Milliseconds after which a job that nobody waits for is taken to have ended (HeyGen's own clients wait as long). */
const JOB_MEMORY = 1_200_000;

/** One job's cost. */
interface Reserved {
	account: string;
	/** Worked out when somebody asks. */
	credits: () => Exact;
	/** Which try of which run it belongs to. */
	run: object;
	at: number;
}

/** In the order of their times, by account, run and item. */
const reserved = new Map<string, Reserved>();

/**
 * Notes what an item's job will cost. What an earlier try of the run has noted for the item is replaced: it is the same job.
 *
 * @param call the item
 * @param credits what it costs
 * @returns to be called when the job has ended, or was never made
 */
export function reserveCredits({ account, run, itemIndex }: Call, credits: () => Exact): () => void {
	const name = JSON.stringify([account.id, run.id, itemIndex]);
	const entry: Reserved = { account: account.id, run, credits, at: now() };
	reserved.delete(name);
	reserved.set(name, entry);
	return () => {
		if (reserved.get(name) === entry) reserved.delete(name);
	};
}

/**
 * What jobs that still go on will cost an account.
 *
 * @param call any item of a run, whose own jobs do not count; those of its earlier tries do
 */
export function outstandingCredits({ account, run }: Call): Exact {
	for (const [name, entry] of reserved) {
		if (now() - entry.at < JOB_MEMORY) break;
		reserved.delete(name);
	}
	const others = [...reserved.values()].filter((entry) => entry.account === account.id && entry.run !== run);
	return sum(others.map(({ credits }) => credits()));
}
