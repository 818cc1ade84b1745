import { type Exact, sum } from '../../heygen/prices/exact';
import { now } from '../basics/timing';

/**
 * What the jobs of this process will cost once they are finished. HeyGen charges for a job when it completes, so a
 * balance that is read while jobs run is more than what is left for others.
 */

/** Milliseconds after which a job that nobody waits for is taken to have ended (HeyGen's own clients wait as long). */
const JOB_MEMORY = 1_200_000;

/** One job's cost. */
interface Reserved {
	account: string;
	credits: () => Exact;
	/** Which try of which run it belongs to. */
	run: object;
	at: number;
}

const reserved = new Set<Reserved>();

/**
 * Notes what a job will cost.
 *
 * @param account id of the account that pays
 * @param run whose job it is; each try is another one
 * @param credits what it costs
 * @returns to be called when it has ended, or was never made
 */
export function reserveCredits(account: string, run: object, credits: () => Exact): () => void {
	const entry = { account, run, credits, at: now() };
	reserved.add(entry);
	return () => reserved.delete(entry);
}

/**
 * What jobs that still go on will cost an account.
 *
 * @param account id of the account that pays
 * @param run whose own jobs do not count; those of its earlier tries do
 */
export function outstandingCredits(account: string, run: object): Exact {
	for (const entry of reserved) {
		// In the order of their times.
		if (now() - entry.at < JOB_MEMORY) break;
		reserved.delete(entry);
	}
	return sum([...reserved].filter((entry) => entry.account === account && entry.run !== run).map(({ credits }) => credits()));
}
