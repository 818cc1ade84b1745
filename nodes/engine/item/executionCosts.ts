import type { IExecutePaginationFunctions } from 'n8n-workflow';

import { type Exact, sum } from '../../heygen/prices/exact';

/** Field of the execution's context that holds what its runs have ordered. */
const FIELD = 'heyGenCosts';

/** Another one, for the parts that jobs have in it. */
const JOBS_FIELD = 'heyGenOrders';

/** A job's part of what a run has ordered. */
interface Part {
	run: string;
	credits: string;
}

/**
 * What the runs of an execution have ordered: those of a loop, of several nodes, and all calls of an AI agent, which n8n
 * starts within the execution of the agent. n8n saves it with the execution.
 */
export class ExecutionCosts {
	/**
	 * @param context any item of the run
	 * @param run names the run; the same in every try of it, which orders nothing anew
	 */
	constructor(
		private readonly context: IExecutePaginationFunctions,
		private readonly run: string,
	) {}

	/** What the other runs have ordered, in credits. */
	get ofOthers(): Exact {
		return sum(Object.entries(this.all).flatMap(([run, credits]) => (run === this.run ? [] : [BigInt(credits)])));
	}

	/**
	 * What this run has ordered before, but for some of its jobs.
	 *
	 * @param jobs names of jobs
	 */
	beside(jobs: readonly string[]): Exact {
		const parts = jobs.flatMap((job) => {
			const part = this.parts[job];
			return part?.run === this.run ? [BigInt(part.credits)] : [];
		});
		return BigInt(this.all[this.run] ?? 0) - sum(parts);
	}

	/**
	 * Notes what the run orders.
	 *
	 * @param credits all of it
	 */
	note(credits: Exact): void {
		// As text, since JSON has no such numbers.
		this.all[this.run] = String(credits);
	}

	/**
	 * Notes a job that is part of what the run orders. A job that is ordered again counts by its last order.
	 *
	 * @param job names the job
	 * @param credits what it costs
	 */
	noteJob(job: string, credits: Exact): void {
		this.parts[job] = { run: this.run, credits: String(credits) };
	}

	/**
	 * Takes a job back that HeyGen does not charge for, whichever run has ordered it.
	 *
	 * @param job names the job
	 */
	takeBack(job: string): void {
		const { [job]: part } = this.parts;
		if (part === undefined) return;
		delete this.parts[job];
		const ordered = this.all[part.run];
		if (ordered !== undefined) this.all[part.run] = String(BigInt(ordered) - BigInt(part.credits));
	}

	private get parts(): Record<string, Part> {
		return (this.context.getContext('flow')[JOBS_FIELD] ??= {}) as unknown as Record<string, Part>;
	}

	private get all(): Record<string, string> {
		return (this.context.getContext('flow')[FIELD] ??= {}) as Record<string, string>;
	}
}
