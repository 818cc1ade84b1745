import type { IDataObject } from 'n8n-workflow';

import { type Exact, sum } from '../../heygen/prices/exact';
import { now } from '../basics/timing';
import { type Call, slotOf } from '../item/call';
import { ExecutionCosts } from '../item/executionCosts';

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
	/** Stands for the try of the run that it belongs to; the run's name, and the item or variant. */
	run: object;
	runId: string;
	slot: string;
	/** Its ID, once there is one, and those of jobs that it has led to; by account. */
	jobs: string[];
}

/** By account, run and slot. */
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
export function reserveCredits(call: Call, credits: () => Exact | undefined): Reservation {
	const { account, run } = call;
	const slot = slotOf(call);
	const name = JSON.stringify([account.id, run.id, slot]);
	const entry: Entry = { account: account.id, run: run.token, runId: run.id, slot, credits, jobs: [] };
	drop(name);
	reserved.set(name, entry);
	const isThere = () => reserved.get(name) === entry;
	let isReleased = false;
	return {
		named: (id) => {
			const isReplaced = reserved.has(name) && !isThere();
			if (isReleased || isReplaced) return;
			// Of a job that is written to again, or that executions share, no more is kept than what it costs once.
			if (!entry.jobs.includes(jobName(account.id, id))) jobEnded(account.id, id);
			// The job that the item had before may have failed: this one is in its place.
			reserved.set(name, entry);
			addJob(name, jobName(account.id, id));
		},
		leave: () => {
			forgetOld();
			if (!isThere()) return;
			// Whatever works it out keeps the item, and with it all of its execution.
			const known = credits();
			entry.credits = () => known;
			left.push({ name, entry, at: now() });
		},
		release: () => {
			isReleased = true;
			if (isThere()) drop(name);
		},
	};
}

/**
 * A job's name.
 *
 * @param account id of the account
 * @param id the job
 */
export function jobName(account: string, id: string): string {
	return `${account} ${id}`;
}

function drop(name: string): void {
	for (const job of reserved.get(name)?.jobs ?? []) byJob.delete(job);
	reserved.delete(name);
}

function addJob(name: string, job: string): void {
	const { jobs } = reserved.get(name) as Entry;
	if (!jobs.includes(job)) jobs.push(job);
	byJob.set(job, name);
}

function forgetOld(): void {
	for (let [oldest] = left; oldest !== undefined && now() - oldest.at >= JOB_MEMORY; [oldest] = left) {
		left.shift();
		if (reserved.get(oldest.name) === oldest.entry) drop(oldest.name);
	}
}

/**
 * A job leads to another one. What is kept for it is kept until the other one has ended.
 *
 * @param account id of the account
 * @param id the job
 * @param next the other one
 */
export function jobLeads(account: string, id: string, next: string): void {
	const name = byJob.get(jobName(account, id));
	const job = jobName(account, next);
	if (name !== undefined && !byJob.has(job)) addJob(name, job);
}

/**
 * A job is not charged, as it has failed, or waits for an answer: nothing is kept for it, and the execution has not ordered it.
 *
 * @param call the item that has found out, in whatever run of the execution
 * @param id the job
 * @param before the ids of the jobs that have led to it
 */
export function jobNotCharged({ account, context, run }: Call, id: string, before: IDataObject): void {
	const costs = new ExecutionCosts(context, run.id);
	for (const job of [id, ...Object.values(before).map(String)]) costs.takeBack(jobName(account.id, job));
	jobEnded(account.id, id);
}

/**
 * A job has ended, whoever has found out: its cost is in the balance.
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
 * @param due what is paid for now: items and variants of the run, by their slots, as what earlier tries have kept for them
 *   is for the same jobs, and jobs that they are messages to
 */
export function outstandingCredits({ account, run }: Call, due: { slots: ReadonlySet<string>; jobs: readonly string[] }): Exact {
	forgetOld();
	const writtenTo = new Set(due.jobs.map((id) => byJob.get(jobName(account.id, id))));
	const isDue = (entry: Entry) => entry.runId === run.id && due.slots.has(entry.slot);
	const counts = ([name, entry]: [string, Entry]) =>
		entry.account === account.id && entry.run !== run.token && !isDue(entry) && !writtenTo.has(name);
	return sum([...reserved].filter(counts).flatMap(([, { credits }]) => credits() ?? []));
}
