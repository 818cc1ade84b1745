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
interface Entry {
	account: string;
	/** Worked out when somebody asks; undefined when the cost is not known. */
	credits: () => Exact | undefined;
	/** The try of the run that it belongs to, the run's name, and the item. */
	run: object;
	runId: string;
	item: number;
	/** Its ID, once there is one. */
	job?: string;
}

/** By account, run and item. */
const reserved = new Map<string, Entry>();
/** Names of entries, by account and job. */
const byJob = new Map<string, string>();
/** Entries whose job nobody waits for, in the order in which they were left. */
const left: Array<{ name: string; entry: Entry; at: number }> = [];

/** What is kept of a balance for one job. */
export interface Reservation {
	/** The job has an ID. */
	named(id: string): void;
	/** Nobody waits for the job any more. */
	leave(): void;
	/** The job has ended, or is not made. */
	release(): void;
}

/**
 * Keeps of an account's balance what an item's job will cost. What an earlier try of the run has kept for the item is
 * replaced: it is the same job.
 *
 * @param call the item
 * @param credits what it costs; undefined when that is not known
 */
export function reserveCredits({ account, run, itemIndex }: Call, credits: () => Exact | undefined): Reservation {
	const name = JSON.stringify([account.id, run.id, itemIndex]);
	const entry: Entry = { account: account.id, run, runId: run.id, item: itemIndex, credits };
	drop(name);
	reserved.set(name, entry);
	const isThere = () => reserved.get(name) === entry;
	return {
		named: (id) => {
			if (!isThere()) return;
			entry.job = id;
			byJob.set(jobName(account.id, id), name);
		},
		leave: () => {
			forgetOld();
			if (isThere()) left.push({ name, entry, at: now() });
		},
		release: () => {
			if (isThere()) drop(name);
		},
	};
}

function jobName(account: string, id: string): string {
	return `${account} ${id}`;
}

function drop(name: string): void {
	const entry = reserved.get(name);
	if (entry?.job !== undefined) byJob.delete(jobName(entry.account, entry.job));
	reserved.delete(name);
}

function forgetOld(): void {
	for (let [oldest] = left; oldest !== undefined && now() - oldest.at >= JOB_MEMORY; [oldest] = left) {
		left.shift();
		if (reserved.get(oldest.name) === oldest.entry) drop(oldest.name);
	}
}

/**
 * A job has ended, whoever has found out: its cost is in the balance, or is not charged.
 *
 * @param account id of the account
 * @param id the job
 */
export function jobEnded(account: string, id: string): void {
	const name = byJob.get(jobName(account, id));
	if (name !== undefined) drop(name);
}

/**
 * What jobs that may still go on will cost an account. A job whose cost is not known counts for nothing.
 *
 * @param call any item of a run, whose own jobs do not count; those of its earlier tries do
 * @param isDue which items of the run are paid for now: what earlier tries have kept for them is for the same jobs
 */
export function outstandingCredits({ account, run }: Call, isDue: (item: number) => boolean): Exact {
	forgetOld();
	const counts = (entry: Entry) =>
		entry.account === account.id && entry.run !== run && !(entry.runId === run.id && isDue(entry.item));
	return sum([...reserved.values()].filter(counts).flatMap(({ credits }) => credits() ?? []));
}
