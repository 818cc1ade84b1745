import type { IDataObject } from 'n8n-workflow';

import type { JobKind } from '../../heygen/jobs/kind';
import { EngineError } from '../basics/errors';
import type { PreparedBody } from '../files/preparedBody';
import type { Call } from '../item/call';
import { ItemCost } from './itemCost';
import { FailedJob } from './finishJob';
import { SpendGuard } from './spendGuard';

/** What an item of a paid create costs, from the check of its body to the end of its job. */
export class Spending {
	private isApproved = false;

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
		await this.guard.approve(this.call);
		this.isApproved = true;
	}

	/**
	 * The item has ended in an error.
	 *
	 * @param error a job that has failed, or was never made, is not charged; any other goes on, or may exist
	 */
	failed(error: unknown): void {
		if (this.isApproved && (error instanceof FailedJob || !this.mayGoOn(error))) this.guard.giveBack(this.call);
	}

	private mayGoOn(error: unknown): boolean {
		const { call, kind } = this;
		const { mayExist, batch_id: batch, [kind.idField]: id } = error instanceof EngineError ? error.details : {};
		if (mayExist === true || batch !== undefined || id !== undefined) return true;
		return isMade(call, kind) || call.run.started.doubtfulCallbacks(call.itemIndex).length > 0;
	}

	private get guard(): SpendGuard {
		return SpendGuard.of(this.call);
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
		this.guard.release(this.call);
		return { cost: this.estimate.realCost(record[this.kind.secondsField]), ...this.expected };
	}
}

/** Whether an earlier try has made the item's job: each failed one takes another. */
function isMade({ run, itemIndex }: Call, { noun }: JobKind): boolean {
	const made = run.started.jobsOf(itemIndex).filter(({ kind }) => kind === noun).length;
	return made > run.memory.failedJobs(itemIndex);
}
