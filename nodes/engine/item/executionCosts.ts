import type { IExecutePaginationFunctions } from 'n8n-workflow';

import { type Exact, sum } from '../../heygen/prices/exact';

/** Field of the execution's context that holds what its runs have ordered. */
const FIELD = 'heyGenCosts';

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
	 * Notes what the run orders.
	 *
	 * @param credits all of it
	 */
	note(credits: Exact): void {
		// As text, since JSON has no such numbers.
		this.all[this.run] = String(credits);
	}

	private get all(): Record<string, string> {
		return (this.context.getContext('flow')[FIELD] ??= {}) as Record<string, string>;
	}
}
