import type { IDataObject } from 'n8n-workflow';

import type { JobKind } from '../../heygen/jobs/kind';
import { type Exact, exact } from '../../heygen/prices/exact';
import { idIn } from '../../heygen/records';
import { EngineError } from '../basics/errors';
import type { PreparedBody } from '../files/preparedBody';
import { askerOf, type Call, type Ordered, slotOf } from '../item/call';
import { isSameInput } from '../item/idempotency';
import { sharedIn } from '../item/run';
import { NotMade } from './createBatches';
import { FailedJob } from './failedJob';
import { ItemCost, pricesOf } from './itemCost';
import { jobLeads } from './outstanding';
import type { SpendEntry } from './spendEntries';
import { checkFilled, limitsOf, SpendGuard } from './spendGuard';

/** Why a job is not charged that an earlier item or execution has made. */
const MADE_BEFORE = 'made before, which is not charged again';

/**
 * Reads what the item says of money, where the check of its body asks HeyGen for something: a mistake is told before that.
 *
 * @param call an item of a paid create
 * @throws EngineError when an option or the credential's rates cannot be read
 */
export function checkMoneyOptions(call: Call): void {
	checkFilled(call, 'dryRun', 'Dry Run');
	pricesOf(call);
	limitsOf(call);
}

/** What is paid for: a job, or what is made while HeyGen answers. */
export type PaidKind = Pick<JobKind, 'noun' | 'idField' | 'secondsField' | 'freeBecause'>;

/** What an item of a paid create costs, from the check of its body to the end of its job. */
export class Spending {
	private isApproved = false;

	private constructor(
		private readonly call: Call,
		private readonly kind: PaidKind,
		private readonly estimate: ItemCost,
	) {}

	/**
	 * Estimates an item's cost and counts it in. To be called when its body is checked, before the checkpoint.
	 *
	 * @param call the item
	 * @param kind the job that it starts
	 * @param body checked by its schema
	 * @param prepared its files
	 * @param named its idempotency key, absent for a create that is another one each time, and the job that it is a message to
	 * @returns undefined for what costs nothing
	 * @throws EngineError when an option or the credential's rates cannot be read
	 */
	static of(call: Call, kind: PaidKind, body: IDataObject, prepared: Pick<PreparedBody, 'secondsOf'>, named: Pick<SpendEntry, 'key' | 'writesTo'>): Spending | undefined {
		if (call.cost === undefined) return undefined;
		checkFilled(call, 'dryRun', 'Dry Run');
		const estimate = ItemCost.of(call, call.cost, body, prepared);
		SpendGuard.of(call).enter(call, estimate, { ...named, isMade: isMade(call, kind) });
		return new Spending(call, kind, estimate);
	}

	/**
	 * What an item costs whose job was made before its execution slept.
	 *
	 * @param call the item
	 * @param kind the job that it has started
	 * @param ordered what `ordered` has said
	 */
	static again(call: Call, kind: PaidKind, ordered: Ordered): Spending {
		return new Spending(call, kind, ItemCost.again(call, ordered));
	}

	/** What is ordered, in plain data. */
	get ordered(): Ordered {
		return this.estimate.order;
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
	 * The item's job is there.
	 *
	 * @param id the job
	 * @param next the job that it leads to, if it is there as well
	 */
	made(id: string, next?: string): void {
		this.guard.made(this.call, id);
		if (next !== undefined) jobLeads(this.call.account.id, id, next);
	}

	/** The item has ended well. A job that nobody waits for may still go on. */
	ended(): void {
		this.guard.reservationOf(this.call)?.leave();
	}

	/** The item's job waits for an answer. HeyGen does not charge for a question; what comes of the answer is paid for then. */
	asks(): void {
		this.guard.giveBack(this.call);
	}

	/**
	 * The item has ended in an error.
	 *
	 * @param error a job that has failed, or was never made, is not charged; any other goes on, or may exist
	 */
	failed(error: unknown): void {
		if (!this.isApproved) return;
		if (error instanceof FailedJob || error instanceof NotMade || !this.mayGoOn(error)) this.guard.giveBack(this.call);
		else this.ended();
	}

	private mayGoOn(error: unknown): boolean {
		const { call, kind } = this;
		const { mayExist, batch_id: batch, [kind.idField]: id } = error instanceof EngineError ? error.details : {};
		if (mayExist === true || batch !== undefined || id !== undefined) return true;
		return isMade(call, kind) || call.run.started.doubtfulCallbacks(askerOf(call)).length > 0;
	}

	private get guard(): SpendGuard {
		return SpendGuard.of(this.call);
	}

	/** Credits that the item will cost; null when that is not known. */
	get credits(): Exact | null {
		return this.estimate.credits ?? null;
	}

	/** What the item says of money before its job is made. */
	get expected(): IDataObject {
		return { estimate: this.estimate.record };
	}

	/**
	 * What the item says of money when its job is finished.
	 *
	 * @param made the job
	 * @param ended its kind, or that of the job that it has led to
	 * @param record that job's
	 * @param isOld whether an earlier execution has made it
	 */
	finished(made: string, { idField, noun, secondsField, freeBecause }: PaidKind, record: IDataObject, isOld: boolean): IDataObject {
		this.guard.reservationOf(this.call)?.release();
		const { run, account, options } = this.call;
		// A job that is written to again leads to another one each time, and each is charged.
		const id = noun === this.kind.noun ? made : (idIn(record, [idField]) ?? made);
		// Several items may share a job, which is charged once.
		const paid = sharedIn(run, `charged ${account.id}`, () => new Set<string>());
		const isFree = paid.has(id) || (isOld && isSameInput(options));
		paid.add(id);
		const seconds = secondsField === undefined ? undefined : record[secondsField];
		const why = freeBecause?.(record) ?? (isFree ? MADE_BEFORE : undefined);
		const charged = () => (secondsField === undefined ? this.estimate.orderedCost : this.estimate.realCost(seconds));
		const cost = why === undefined ? charged() : this.estimate.free(seconds, why);
		if (cost.credits !== null) run.report.charged(noun, id, exact(cost.credits));
		return { cost, ...this.expected };
	}
}

/** Whether an earlier try has made the item's job: each failed one takes another. */
function isMade(call: Call, { noun }: PaidKind): boolean {
	const { run } = call;
	const made = run.started.jobsOf(askerOf(call)).filter(({ kind }) => kind === noun).length;
	return made > run.memory.failedJobs(slotOf(call));
}
