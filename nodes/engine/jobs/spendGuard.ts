import groupBy from 'lodash/groupBy';
import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject } from 'n8n-workflow';

import { type Exact, exact, larger } from '../../heygen/prices/exact';
import { readNumber } from '../../heygen/values/plain';
import { isNothing } from '../../heygen/values/reading';
import { type EngineError, inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import { accountOf } from '../item/accountRecord';
import { askerOf, type Call, slotOf } from '../item/call';
import { ExecutionCosts } from '../item/executionCosts';
import { taken } from '../item/given';
import { sharedIn } from '../item/run';
import { balanceProblem } from './balance';
import type { ItemCost } from './itemCost';
import { jobName, outstandingCredits, type Reservation, reserveCredits } from './outstanding';
import {
	costOfAll,
	costOfEntry,
	costsByItem,
	countedEntries,
	isTriedOut,
	leastLimit,
	LIMIT_LABELS,
	paidOnce,
	type SpendEntry,
	type SpendLimits,
	unknownByLimit,
} from './spendEntries';
import { Verdicts } from './verdicts';
import { costsInWords, costUnknown, creditsInWords, ofItemAlone, spendRefusal, tooDear } from './spendErrors';

/** The options by their names. */
const OPTIONS: Record<keyof SpendLimits, string> = {
	perItem: 'maximumCostPerItem',
	perRun: 'maximumCostPerRun',
	perExecution: 'maximumCostPerExecution',
	floor: 'minimumBalance',
};

/**
 * Reads the limits of an item.
 *
 * @param call the item
 * @throws EngineError naming the option
 */
export function limitsOf(call: Call): SpendLimits {
	const read = (limit: keyof SpendLimits) => {
		const label = LIMIT_LABELS[limit];
		const found = taken(label, readNumber(call.options[OPTIONS[limit]], { min: 0 }));
		if (found === undefined) checkFilled(call, OPTIONS[limit], label);
		return found === undefined ? undefined : exact(found);
	};
	return { perItem: read('perItem'), perRun: read('perRun'), perExecution: read('perExecution'), floor: read('floor') };
}

/**
 * Makes sure that a safeguard was not added and left empty: an expression that finds nothing must not switch it off.
 *
 * @param call the item
 * @param option its name
 * @param label what the editor calls it
 * @throws EngineError when it is there, and empty
 */
export function checkFilled(call: Call, option: string, label: string): void {
	if (!isNothing(call.options[option])) return;
	const isThere = Object.hasOwn(call.options, option) || addedOptions(call).has(option);
	if (!isThere) return;
	throw inputError(`'${label}' is empty`, 'Fill it in, or remove the option. An expression that finds nothing gives an empty field.');
}

/** The options that somebody has added to the node. Asked once, since n8n copies the whole node for each question. */
function addedOptions({ context, run }: Call): ReadonlySet<string> {
	return sharedIn(run, 'added options', () => {
		const { options, requestOptions } = context.getNode().parameters;
		return new Set([options, requestOptions].flatMap((collection) => (isPlainObject(collection) ? Object.keys(collection as IDataObject) : [])));
	});
}

/**
 * Keeps a run within what its items may cost. All items are counted together, since n8n starts them at once: alone, each
 * of a hundred would pass a check that all of them do not.
 */
export class SpendGuard {
	private readonly entries = new Map<string, SpendEntry>();
	private readonly verdicts = new Verdicts();
	private readonly reservations = new Map<string, Reservation>();
	/** What the run counts for in its execution, where that has a limit. */
	private ordered?: { execution: ExecutionCosts; credits: Exact; slots: Set<string> };

	/**
	 * The run's own.
	 *
	 * @param call one of its items
	 */
	static of(call: Call): SpendGuard {
		return sharedIn(call.run, 'spend guard', () => new SpendGuard());
	}

	/**
	 * Counts an item in. To be called before the checkpoint, behind which all items of the run are counted.
	 *
	 * @param call the item
	 * @param estimate what it costs
	 * @param known whether an earlier try has made it, its idempotency key, and the job that it is a message to
	 * @throws EngineError for an option that is no amount
	 */
	enter(call: Call, estimate: ItemCost, known: Pick<SpendEntry, 'isMade' | 'key' | 'writesTo'>): void {
		const key = known.key === undefined ? undefined : `${call.account.id} ${known.key}`;
		this.entries.set(slotOf(call), { ...known, call, estimate, limits: limitsOf(call), key });
	}

	/**
	 * Makes sure that an item may be paid for, with all that were counted in. To be called behind the checkpoint.
	 *
	 * @param call the item
	 * @throws EngineError when it may not; then none of the run's items goes on, unless the node continues on errors
	 */
	async approve(call: Call): Promise<void> {
		const refusals = await this.verdicts.among(this.entries.size, async () => await this.judge());
		const refusal = refusals.get(slotOf(call));
		// Each of a thousand error items need not list all of them.
		if (refusal !== undefined) throw call.context.continueOnFail() ? ofItemAlone(refusal, call) : refusal;
	}

	/**
	 * An item's job is there.
	 *
	 * @param call the item
	 * @param id the job
	 */
	made(call: Call, id: string): void {
		this.reservationOf(call)?.named(id);
		const entry = this.entries.get(slotOf(call));
		if (entry === undefined || this.ordered?.slots.has(slotOf(call)) !== true) return;
		this.ordered.execution.noteJob(jobName(call.account.id, id), costOfEntry(entry));
	}

	/**
	 * What is kept of the balance for an item's job.
	 *
	 * @param call the item
	 * @returns undefined for an item that shares its job with another, and before the item is approved
	 */
	reservationOf(call: Call): Reservation | undefined {
		return this.reservations.get(slotOf(call));
	}

	/**
	 * Takes an item back that HeyGen does not charge for.
	 *
	 * @param call the item
	 */
	giveBack(call: Call): void {
		this.reservationOf(call)?.release();
		const entry = this.entries.get(slotOf(call));
		if (entry === undefined || this.ordered?.slots.delete(slotOf(call)) !== true) return;
		this.ordered.credits -= costOfEntry(entry);
		this.ordered.execution.note(this.ordered.credits);
	}

	private async judge(): Promise<ReadonlyMap<string, EngineError>> {
		const refusals = new Map<string, EngineError>();
		const all = [...this.entries.values()].sort((a, b) => a.call.itemIndex - b.call.itemIndex);
		const refuse = (entries: readonly SpendEntry[], error: EngineError) => {
			for (const { call } of entries) {
				if (!refusals.has(slotOf(call))) refusals.set(slotOf(call), error);
				this.reservationOf(call)?.release();
			}
		};
		const left = () => all.filter(({ call }) => !refusals.has(slotOf(call)));
		const check = async (entries: readonly SpendEntry[], work: () => void | Promise<void>) => {
			// Without an error output, what stops one item has stopped the run.
			const isOver = refusals.size > 0 && entries.some(({ call }) => !call.context.continueOnFail());
			const passed = await settle((async () => (isOver ? undefined : await work()))());
			if (!passed.ok) refuse(entries, passed.error as EngineError);
		};
		const costs = costsByItem(all);
		const dear = all.filter(({ call, limits }) => limits.perItem !== undefined && (costs.get(call.itemIndex) ?? 0n) > limits.perItem);
		if (dear.length > 0) refuse(dear, tooDear(dear));
		for (const [limit, unknown] of unknownByLimit(left())) {
			await check(unknown, () => {
				throw costUnknown(unknown, LIMIT_LABELS[limit]);
			});
		}
		await check(left(), () => checkRun(countedEntries(left())));
		for (const ofAccount of Object.values(groupBy(countedEntries(left()), ({ call }) => call.account.id))) {
			await check(ofAccount, async () => await this.checkAccount(ofAccount));
		}
		await check(left(), () => this.checkExecution(countedEntries(left())));
		const [first] = refusals.values();
		if (first !== undefined) refuse(left().filter(({ call }) => !call.context.continueOnFail()), first);
		return refusals;
	}

	/**
	 * Makes sure that an account's balance pays for its items, and takes from it what they cost.
	 *
	 * @throws EngineError when they would leave too little in it, or HeyGen tells no balance
	 */
	private async checkAccount(entries: readonly SpendEntry[]): Promise<void> {
		const floors = entries.flatMap(({ limits }) => limits.floor ?? []);
		const [{ call, estimate } = {}] = entries;
		if (call === undefined || estimate === undefined) return;
		if (floors.length > 0) {
			const state = await accountOf(call);
			// From here to the reservation nothing else runs: two executions that have read the same balance do not both get it.
			const due = entries.filter(({ isMade }) => !isMade);
			if (due.length === 0) return;
			const cost = costOfAll(due);
			const paidNow = {
				slots: new Set(due.map((entry) => slotOf(entry.call))),
				jobs: due.flatMap(({ writesTo }) => writesTo ?? []),
			};
			const problem = balanceProblem(state, {
				due: cost,
				running: outstandingCredits(call, paidNow),
				floor: floors.reduce(larger),
				usdPerCredit: estimate.contract.usdPerCredit,
			});
			if (problem !== undefined) throw spendRefusal(due, LIMIT_LABELS.floor, `${costsInWords(due)}${problem}`, 'Top up the balance in HeyGen, ');
		}
		for (const entry of paidOnce(entries)) this.reserve(entry);
	}

	private reserve({ call, estimate }: SpendEntry): void {
		if (isTriedOut(call) || this.reservations.has(slotOf(call))) return;
		this.reservations.set(slotOf(call), reserveCredits(call, () => estimate.credits));
	}

	/** @throws RunRefusal when the run would cost more than is left of what the execution may */
	private checkExecution(entries: readonly SpendEntry[]): void {
		const [first] = entries;
		const perExecution = leastLimit(entries, 'perExecution');
		if (first === undefined || perExecution === undefined) return;
		const execution = new ExecutionCosts(first.call.context, first.call.run.id);
		const before = execution.ofOthers + keptBySleep(execution, entries);
		const cost = costOfAll(entries);
		if (before + cost > perExecution) {
			const spent = `other runs of this execution have ordered ${creditsInWords(before)}, and '${LIMIT_LABELS.perExecution}' is ${creditsInWords(perExecution)}`;
			throw spendRefusal(entries, LIMIT_LABELS.perExecution, `${costsInWords(entries)}; ${spent}`);
		}
		// What is tried out orders nothing.
		if (entries.every(({ call }) => isTriedOut(call))) return;
		const credits = cost + keptBySleep(execution, entries);
		this.ordered = { execution, credits, slots: new Set(paidOnce(entries).map(({ call }) => slotOf(call))) };
		execution.note(credits);
	}
}

/** What a run has ordered that has slept, for jobs that it does not ask for again. */
function keptBySleep(execution: ExecutionCosts, entries: readonly SpendEntry[]): Exact {
	const [first] = entries;
	if (first === undefined || first.call.run.parking.sleepers.isEmpty) return 0n;
	const asked = entries.flatMap(({ call }) => call.run.started.jobsOf(askerOf(call)).map(({ id }) => jobName(call.account.id, id)));
	return execution.beside(asked);
}

/** @throws RunRefusal when the run would cost more than it may */
function checkRun(entries: readonly SpendEntry[]): void {
	const perRun = leastLimit(entries, 'perRun');
	if (perRun === undefined || costOfAll(entries) <= perRun) return;
	throw spendRefusal(entries, LIMIT_LABELS.perRun, `${costsInWords(entries)}, and '${LIMIT_LABELS.perRun}' is ${creditsInWords(perRun)}`);
}
