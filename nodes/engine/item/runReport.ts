import escape from 'lodash/escape';
import upperFirst from 'lodash/upperFirst';
import type { NodeExecutionHint } from 'n8n-workflow';

import { type Exact, plain, sum } from '../../heygen/prices/exact';
import { amount, listInWords, numeral, timeInWords } from '../../heygen/values/text';
import { itemsInWords } from '../basics/itemNumbers';
import { settle } from '../basics/settle';
import { Spans } from '../basics/spans';
import { now } from '../basics/timing';
import { Turns } from '../basics/turns';
import type { Tally } from '../request/client';
import type { Started } from './started';

/** A job that a run has made, has been handed by HeyGen, or has waited for. */
interface Job {
	/** "video". */
	noun: string;
	/** Absent for a job that the run has only waited for. */
	isMade?: boolean;
	isWaitedFor?: boolean;
	end?: 'finished' | 'failed' | 'asking' | 'held';
	/** Absent until the job has finished, and where HeyGen does not say what it depends on. */
	cost?: Exact;
	/** What it will cost; undefined for what costs nothing, null when that is not known. */
	estimate?: () => Exact | null | undefined;
}

/** What a dry run has found out about a job. */
interface Trial {
	noun: string;
	/** Undefined for what costs nothing, null when the cost is not known. */
	credits: Exact | null | undefined;
}

/** Remarks that a hint has room for, and items that one of them names. */
const MOST_REMARKS = 5;
const REMARKED_ITEMS = 5;

/** Milliseconds from which on it is worth telling that requests were held, though none was refused. */
const WORTH_TELLING = 1_000;

/**
 * What a run has done, for the hint in the output pane of n8n's editor: jobs, their cost, time that was waited, requests
 * that were repeated. It counts all tries of n8n's Retry On Fail, since n8n shows nothing of those that failed. n8n
 * renders hints as HTML, so no text of HeyGen's, of items or of users gets into them, but for the escaped one of remarks.
 */
export class RunReport implements Tally {
	/** By kind and id; one that leads to another has the names of both. */
	private readonly jobs = new Map<string, Job>();
	private readonly trials = new Map<string, Trial>();
	private readonly waits = new Spans();
	private readonly holds = new Spans();
	/** Sentences, and the items that they are about. */
	private readonly remarks = new Map<string, Set<number>>();
	private repeats = 0;
	private refusals = 0;
	private readonly earlier: ReadonlySet<string>;

	/** @param earlier what earlier executions have made for the run, which is not made again */
	constructor(earlier: ReadonlyArray<Pick<Started, 'kind' | 'id'>> = []) {
		this.earlier = new Set(earlier.map(({ kind, id }) => nameOf(kind, id)));
	}

	/** A request is sent again after a failure. */
	repeated(): void {
		this.repeats++;
	}

	/** HeyGen has refused a request because of its limits. */
	refusedByLimit(): void {
		this.refusals++;
	}

	/**
	 * HeyGen's limits have kept requests of the run waiting, or its plan's places for jobs have. Stretches may overlap.
	 *
	 * @param from by `now()`
	 * @param to likewise
	 */
	held(from: number, to: number): void {
		this.holds.add(from, to);
	}

	/**
	 * HeyGen has answered a create with a job. Told for a job again, nothing is counted twice.
	 *
	 * @param noun its kind's
	 * @param id the job, or what stands for one that has no id yet
	 * @param isOld whether an earlier execution has made it
	 * @param estimate credits that it will cost, worked out when somebody asks; undefined for what costs nothing, null when
	 *   the cost is not known
	 */
	made(noun: string, id: string, isOld: boolean, estimate: () => Exact | null | undefined): void {
		const job = this.job(noun, id);
		job.isMade ??= !isOld && !this.earlier.has(nameOf(noun, id));
		job.estimate ??= estimate;
	}

	/**
	 * A job that an earlier execution has made is of no use, since it has failed there: the item asks for another one.
	 *
	 * @param noun its kind's
	 * @param id the job
	 */
	steppedOver(noun: string, id: string): void {
		this.drop(this.job(noun, id));
	}

	/**
	 * Counts the time for which a job is waited for. Time in which several jobs are waited for counts once.
	 *
	 * @param noun its kind's
	 * @param id the job
	 * @param wait ends when nobody waits any more
	 * @param from since when it is waited for, by `now()`: the execution may have slept
	 * @returns what the wait comes to
	 * @throws what the wait throws
	 */
	async waiting<T>(noun: string, id: string, wait: Promise<T>, from = now()): Promise<T> {
		const job = this.job(noun, id);
		job.isWaitedFor = true;
		const ended = await settle(wait);
		this.waits.add(from, now());
		if (ended.ok) return ended.value;
		// There may be no such job.
		if (job.isMade === undefined && job.end === undefined) this.drop(job);
		throw ended.error;
	}

	/**
	 * A job leads to another one, which has the result. Both count as one, by the name of the other's kind.
	 *
	 * @param noun the first job's kind's
	 * @param id the first job
	 * @param next the other one
	 */
	leads(noun: string, id: string, next: { noun: string; id: string }): void {
		const job = this.job(noun, id);
		job.noun = next.noun;
		this.jobs.set(nameOf(next.noun, next.id), job);
	}

	/**
	 * A job has ended.
	 *
	 * @param noun its kind's
	 * @param id the job
	 * @param hasFailed whether HeyGen could not finish it
	 */
	ended(noun: string, id: string, hasFailed: boolean): void {
		this.job(noun, id).end = hasFailed ? 'failed' : 'finished';
	}

	/**
	 * A job asks, and goes on when it is answered.
	 *
	 * @param noun its kind's
	 * @param id the job
	 */
	asks(noun: string, id: string): void {
		this.job(noun, id).end = 'asking';
	}

	/**
	 * A job goes on when somebody else than HeyGen has done something.
	 *
	 * @param noun its kind's
	 * @param id the job
	 */
	waitsForSomebody(noun: string, id: string): void {
		this.job(noun, id).end = 'held';
	}

	/**
	 * A finished job has cost something. Of items that share a job the first one tells.
	 *
	 * @param noun its kind's
	 * @param id the job
	 * @param credits what it has cost
	 */
	charged(noun: string, id: string, credits: Exact): void {
		this.job(noun, id).cost ??= credits;
	}

	/**
	 * A dry run has checked an item.
	 *
	 * @param noun the kind of what would be made
	 * @param name the same for items that would share a job
	 * @param credits what it would cost; undefined for what costs nothing, null when the cost is not known
	 */
	triedOut(noun: string, name: string, credits: Exact | null | undefined): void {
		this.trials.set(name, { noun, credits });
	}

	/**
	 * Something about an item that is no error, and that its author may want to change.
	 *
	 * @param sentence without its full stop; what is the same for several items is told once
	 * @param item n8n's index
	 */
	remark(sentence: string, item: number): void {
		const items = this.remarks.get(sentence) ?? new Set();
		this.remarks.set(sentence, items.add(item));
	}

	/**
	 * The hint for the output pane. To be asked for when all items of the run have ended.
	 *
	 * @returns undefined when there is nothing to say, as after a run that only reads
	 */
	async hint(): Promise<NodeExecutionHint | undefined> {
		const sentences = [this.dryRun(), this.jobsInWords(), await this.costInWords(), this.requestsInWords(), ...this.remarksInWords()];
		const message = sentences.filter((sentence) => sentence !== undefined).join(' ');
		if (message === '') return undefined;
		const isWarning = this.remarks.size > 0 || this.counted.some(({ end }) => end === 'failed');
		return { message, type: isWarning ? 'warning' : 'info', location: 'outputPane' };
	}

	private job(noun: string, id: string): Job {
		const name = nameOf(noun, id);
		const job = this.jobs.get(name) ?? { noun };
		this.jobs.set(name, job);
		return job;
	}

	private drop(dropped: Job): void {
		for (const [name, job] of this.jobs) if (job === dropped) this.jobs.delete(name);
	}

	private get counted(): Job[] {
		return [...new Set(this.jobs.values())];
	}

	/** "Dry run: nothing was sent; 5 videos would cost about 12 credits." */
	private dryRun(): string | undefined {
		const trials = [...this.trials.values()];
		if (trials.length === 0) return undefined;
		const paid = trials.flatMap(({ credits }) => credits ?? []);
		const about = trials.some(({ credits }) => credits === null) ? 'at least' : 'about';
		const cost = paid.length === 0 ? 'be made' : `cost ${about} ${roundCredits(sum(paid))}`;
		// With an option that differs from item to item, others were sent.
		const nothing = this.jobs.size === 0 ? 'nothing was sent; ' : '';
		return `Dry run: ${nothing}${kindsInWords(trials)} would ${cost}.`;
	}

	/** "Made 5 videos in 2 min 14 s, 4 finished and 1 failed." */
	private jobsInWords(): string | undefined {
		const jobs = this.counted;
		const [first] = jobs;
		if (first === undefined) return undefined;
		const time = timeInWords(this.waits.total);
		if (jobs.every(({ isMade }) => isMade === undefined)) {
			return `Waited ${time} for ${kindsInWords(jobs)}, ${statesInWords(jobs)}.`;
		}
		const made = jobs.filter(({ isMade }) => isMade === true);
		const before = jobs.filter(({ isMade }) => isMade !== true);
		const parts = [
			...(made.length === 0 ? [] : [`made ${kindsInWords(made)}`]),
			...(before.length === 0 ? [] : [`took up ${kindsInWords(before)} made before`]),
		];
		const what = upperFirst(listInWords(parts));
		if (jobs.some(({ isWaitedFor }) => isWaitedFor)) return `${what} in ${time}, ${statesInWords(jobs)}.`;
		return `${what} without waiting for ${jobs.length === 1 ? 'it' : 'them'}.`;
	}

	/** "Cost about 12 credits." */
	private async costInWords(): Promise<string | undefined> {
		const known: Exact[] = [];
		const expected: Exact[] = [];
		let isAll = true;
		let isAllExpected = true;
		const turns = new Turns();
		for (const { isMade, end, cost, estimate } of this.counted) {
			if (cost !== undefined) known.push(cost);
			// Neither what has failed nor a question is charged.
			const isFree = end === 'failed' || end === 'asking';
			if (cost !== undefined || isFree || isMade !== true) continue;
			// To read a long script takes a millisecond.
			await turns.breathe();
			const credits = estimate?.();
			if (credits === undefined) continue;
			if (end === 'finished') isAll = false;
			else if (credits === null) isAllExpected = false;
			else expected.push(credits);
		}
		const spent = sum(known);
		const cost = spent === 0n ? 'nothing' : `${isAll ? 'about' : 'at least'} ${roundCredits(spent)}`;
		if (expected.length === 0) return known.length === 0 || (spent === 0n && !isAll) ? undefined : `Cost ${cost}.`;
		const rest = `${isAllExpected ? 'about' : 'at least'} ${roundCredits(sum(expected))}`;
		return spent === 0n ? `Will cost ${rest}.` : `Cost ${cost}, and will cost ${rest} more.`;
	}

	/** "Items 1 and 2: The avatar is upright, but the video is wide." */
	private remarksInWords(): string[] {
		const all = [...this.remarks].map(([sentence, items]) => {
			const about = upperFirst(itemsInWords([...items].sort((a, b) => a - b), REMARKED_ITEMS));
			return `${about}: ${escape(sentence)}.`;
		});
		if (all.length <= MOST_REMARKS) return all;
		return [...all.slice(0, MOST_REMARKS), `There ${all.length === MOST_REMARKS + 1 ? 'is' : 'are'} ${amount(all.length - MOST_REMARKS, 'more remark')}.`];
	}

	/** "HeyGen's limits held requests for 38 s; 2 requests were repeated after failures." */
	private requestsInWords(): string | undefined {
		const { refusals, repeats } = this;
		const held = this.holds.total;
		const parts = [
			...(refusals > 0 || held >= WORTH_TELLING ? [`HeyGen's limits held requests for ${timeInWords(held)}`] : []),
			...(repeats === 0
				? []
				: [`${amount(repeats, 'request')} ${repeats === 1 ? 'was repeated after a failure' : 'were repeated after failures'}`]),
		];
		return parts.length === 0 ? undefined : `${parts.join('; ')}.`;
	}
}

function nameOf(noun: string, id: string): string {
	return `${noun} ${id}`;
}

/** "3 videos and 1 clipping". */
function kindsInWords(what: ReadonlyArray<{ noun: string }>): string {
	const counts = new Map<string, number>();
	for (const { noun } of what) counts.set(noun, (counts.get(noun) ?? 0) + 1);
	return listInWords([...counts].map(([noun, count]) => amount(count, noun)));
}

/** "4 finished and 1 failed". */
function statesInWords(jobs: readonly Job[]): string {
	const states: Array<[state: string, holds: (job: Job) => boolean]> = [
		['finished', ({ end }) => end === 'finished'],
		['failed', ({ end }) => end === 'failed'],
		['waiting for an answer', ({ end }) => end === 'asking'],
		['waiting for consent', ({ end }) => end === 'held'],
		['not finished yet', ({ end, isWaitedFor }) => end === undefined && isWaitedFor === true],
		['not waited for', ({ end, isWaitedFor }) => end === undefined && isWaitedFor !== true],
	];
	const counted = states.map(([state, holds]) => [jobs.filter(holds).length, state] as const);
	return listInWords(counted.flatMap(([count, state]) => (count === 0 ? [] : [`${numeral(count)} ${state}`])));
}

/** Credits as far as somebody wants to know them in passing: "12.35 credits", "0.033 credits". */
function roundCredits(credits: Exact): string {
	const value = plain(credits);
	return amount(value >= 1 ? Math.round(value * 100) / 100 : Number(value.toPrecision(2)), 'credit');
}

/** By the records of a run, which its tries of Retry On Fail share. Retry execution gets a copy of them. */
const reports = new WeakMap<readonly Started[], RunReport>();

/**
 * The report of a run.
 *
 * @param started the run's record of what it has made
 * @param earlier what of it earlier executions have made
 * @returns the same in every try of n8n's Retry On Fail
 */
export function reportOf(started: readonly Started[], earlier = started): RunReport {
	const report = reports.get(started) ?? new RunReport(earlier);
	reports.set(started, report);
	return report;
}
