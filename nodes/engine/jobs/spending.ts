import type { IDataObject } from 'n8n-workflow';

import type { JobKind } from '../../heygen/jobs/kind';
import { EngineError } from '../basics/errors';
import type { PreparedBody } from '../files/preparedBody';
import type { Call } from '../item/call';
import { ItemCost } from './itemCost';
import { FailedJob } from './finishJob';
import { reserveCredits } from './outstanding';
import { SpendGuard } from './spendGuard';

/** What an item of a paid create costs, from the check of its body to the end of its job. */
export class Spending {
	private release: () => void = () => undefined;
	private isBegun = false;

	private constructor(
		private readonly call: Call,
		private readonly kind: JobKind,
		private readonly estimate: ItemCost,
	) {}

	/**
	 * Estimates an item's cost and counts it in. To be called when its body is checked, before the checkpoint.
	 *
	 * @param call the item
	 * @param kind the job that it starts
	 * @param body checked by its schema
	 * @param prepared its files
	 * @returns undefined for what costs nothing
	 * @throws EngineError when an option or the credential's rates cannot be read
	 */
	static of(call: Call, kind: JobKind, body: IDataObject, prepared: PreparedBody): Spending | undefined {
		if (call.cost === undefined) return undefined;
		const estimate = ItemCost.of(call, call.cost, body, prepared);
		SpendGuard.of(call).enter(call, estimate, isMade(call, kind));
		return new Spending(call, kind, estimate);
	}

	/**
	 * Makes sure that the item may be paid for. To be called behind the checkpoint, before anything is sent.
	 *
	 * @throws EngineError when it may not
	 */
	async approve(): Promise<void> {
		await SpendGuard.of(this.call).approve(this.call);
	}

	/** The item is about to be paid for: its cost is no longer there for others. */
	begin(): void {
		this.isBegun = true;
		this.release = reserveCredits(this.call.account.id, this.call.run, () => this.estimate.credits);
	}

	/**
	 * The item has ended in an error.
	 *
	 * @param error a job that has failed, or was never made, is not charged; any other goes on, or may exist
	 */
	failed(error: unknown): void {
		if (!(error instanceof EngineError)) return;
		const isOpen = error.details.mayExist === true || error.details[this.kind.idField] !== undefined;
		if (!this.isBegun || (isOpen && !(error instanceof FailedJob))) return;
		this.release();
		SpendGuard.of(this.call).giveBack(this.call);
	}

	/** What the item says of money before its job is made. */
	get expected(): IDataObject {
		return { estimate: this.estimate.record };
	}

	/**
	 * What the item says of money when its job is finished.
	 *
	 * @param record of the job
	 */
	finished(record: IDataObject): IDataObject {
		this.release();
		return { cost: this.estimate.realCost(record[this.kind.secondsField]), ...this.expected };
	}
}

/** Whether an earlier try has made the item's job: each failed one takes another. */
function isMade({ run, itemIndex }: Call, { noun }: JobKind): boolean {
	const made = run.started.jobsOf(itemIndex).filter(({ kind }) => kind === noun).length;
	return made > run.memory.failedJobs(itemIndex);
}
