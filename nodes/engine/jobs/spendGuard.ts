import groupBy from 'lodash/groupBy';
import isPlainObject from 'lodash/isPlainObject';
import uniqBy from 'lodash/uniqBy';
import type { IDataObject } from 'n8n-workflow';

import { type Exact, exact, larger, plain, smaller, sum } from '../../heygen/prices/exact';
import { readNumber } from '../../heygen/values/plain';
import { isNothing } from '../../heygen/values/reading';
import { amount } from '../../heygen/values/text';
import { EngineError, inputError, RunRefusal } from '../basics/errors';
import { itemsInWords } from '../basics/itemNumbers';
import { settle } from '../basics/settle';
import { accountOf } from '../item/accountRecord';
import type { Call } from '../item/call';
import { ExecutionCosts } from '../item/executionCosts';
import { taken } from '../item/given';
import { sharedIn } from '../item/run';
import { balanceProblem, FLOOR } from './balance';
import type { ItemCost } from './itemCost';
import { outstandingCredits, type Reservation, reserveCredits } from './outstanding';

/** What an item may cost, in credits; absent where nothing is said. */
interface Limits {
	perItem?: Exact;
	perRun?: Exact;
	perExecution?: Exact;
	/** What must be left in the account, in its own currency. */
	floor?: Exact;
}

/** An item that is about to be paid for. */
interface Entry {
	call: Call;
	estimate: ItemCost;
	limits: Limits;
	/** Whether an earlier try has made what the item orders, so that it costs nothing more. */
	isMade: boolean;
	/** Names what HeyGen makes once, however often it is asked for. */
	key: string | undefined;
}

/** What the editor calls the options. */
const LABELS = {
	perItem: 'Maximum Cost per Item',
	perRun: 'Maximum Cost per Run',
	perExecution: 'Maximum Cost per Execution',
	floor: FLOOR,
} as const;

/** The options by their names. */
const OPTIONS: Record<keyof Limits, string> = {
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
function limitsOf(call: Call): Limits {
	const read = (limit: keyof Limits) => {
		const label = LABELS[limit];
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
	private readonly entries = new Map<number, Entry>();
	private judged = 0;
	private verdict: Promise<ReadonlyMap<number, EngineError>> = Promise.resolve(new Map());
	private readonly reservations = new Map<number, Reservation>();
	/** What the run counts for in its execution, where that has a limit. */
	private ordered?: { execution: ExecutionCosts; credits: Exact; items: Set<number> };

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
	 * @param isMade whether an earlier try has made it
	 * @param key its idempotency key: what items with one key ask for, HeyGen makes once
	 * @throws EngineError for an option that is no amount
	 */
	enter(call: Call, estimate: ItemCost, isMade: boolean, key: string | undefined): void {
		const name = key === undefined ? undefined : `${call.account.id} ${key}`;
		this.entries.set(call.itemIndex, { call, estimate, limits: limitsOf(call), isMade, key: name });
	}

	/**
	 * Makes sure that an item may be paid for, with all that were counted in. To be called behind the checkpoint.
	 *
	 * @param call the item
	 * @throws EngineError when it may not; then none of the run's items goes on, unless the node continues on errors
	 */
	async approve(call: Call): Promise<void> {
		if (this.judged < this.entries.size) {
			this.judged = this.entries.size;
			// One after the other: what one judgement lets through counts in the next.
			this.verdict = this.verdict.then(async () => await this.judge());
		}
		const refusal = (await this.verdict).get(call.itemIndex);
		if (refusal !== undefined) throw refusal;
	}

	/**
	 * What is kept of the balance for an item's job.
	 *
	 * @param call the item
	 * @returns undefined for an item that shares its job with another, and before the item is approved
	 */
	reservationOf(call: Call): Reservation | undefined {
		return this.reservations.get(call.itemIndex);
	}

	/**
	 * Takes an item back that HeyGen does not charge for.
	 *
	 * @param call the item
	 */
	giveBack(call: Call): void {
		this.reservationOf(call)?.release();
		const entry = this.entries.get(call.itemIndex);
		if (entry === undefined || this.ordered?.items.delete(call.itemIndex) !== true) return;
		this.ordered.credits -= entry.estimate.credits;
		this.ordered.execution.note(this.ordered.credits);
	}

	private async judge(): Promise<ReadonlyMap<number, EngineError>> {
		const refusals = new Map<number, EngineError>();
		const all = [...this.entries.values()].sort((a, b) => a.call.itemIndex - b.call.itemIndex);
		const refuse = (entries: readonly Entry[], error: EngineError) => {
			for (const { call } of entries) {
				if (!refusals.has(call.itemIndex)) refusals.set(call.itemIndex, error);
				this.reservationOf(call)?.release();
			}
		};
		const left = () => all.filter(({ call }) => !refusals.has(call.itemIndex));
		const check = async (entries: readonly Entry[], work: () => void | Promise<void>) => {
			// Without an error output, what stops one item has stopped the run.
			const isOver = refusals.size > 0 && entries.some(({ call }) => !call.context.continueOnFail());
			const passed = await settle((async () => (isOver ? undefined : await work()))());
			if (!passed.ok) refuse(entries, passed.error as EngineError);
		};
		const dear = all.filter(({ estimate, limits }) => limits.perItem !== undefined && estimate.credits > limits.perItem);
		if (dear.length > 0) refuse(dear, tooDear(dear));
		await check(left(), () => checkRun(spending(left())));
		for (const ofAccount of Object.values(groupBy(spending(left()), ({ call }) => call.account.id))) {
			await check(ofAccount, async () => await this.checkAccount(ofAccount));
		}
		await check(left(), () => this.checkExecution(spending(left())));
		const [first] = refusals.values();
		if (first !== undefined) refuse(left().filter(({ call }) => !call.context.continueOnFail()), first);
		return refusals;
	}

	/**
	 * Makes sure that an account's balance pays for its items, and takes from it what they cost.
	 *
	 * @throws EngineError when they would leave too little in it, or HeyGen tells no balance
	 */
	private async checkAccount(entries: readonly Entry[]): Promise<void> {
		const floors = entries.flatMap(({ limits }) => limits.floor ?? []);
		const [{ call, estimate } = {}] = entries;
		if (call === undefined || estimate === undefined) return;
		if (floors.length > 0) {
			const state = await accountOf(call);
			// From here to the reservation nothing else runs: two executions that have read the same balance do not both get it.
			const due = entries.filter(({ isMade }) => !isMade);
			if (due.length === 0) return;
			const dueItems = new Set(due.map((entry) => entry.call.itemIndex));
			const cost = costOfAll(due);
			const problem = balanceProblem(state, {
				due: cost,
				running: outstandingCredits(call, (item) => dueItems.has(item)),
				floor: floors.reduce(larger),
				usdPerCredit: estimate.contract.usdPerCredit,
			});
			if (problem !== undefined) throw refusal(due, LABELS.floor, `${costs(due)}${problem}`, 'Top up the balance in HeyGen, ');
		}
		for (const entry of paidOnce(entries)) this.reserve(entry);
	}

	private reserve({ call, estimate }: Entry): void {
		if (isTriedOut(call) || this.reservations.has(call.itemIndex)) return;
		this.reservations.set(call.itemIndex, reserveCredits(call, () => estimate.credits));
	}

	/** @throws RunRefusal when the run would cost more than is left of what the execution may */
	private checkExecution(entries: readonly Entry[]): void {
		const [first] = entries;
		const perExecution = least(entries, 'perExecution');
		if (first === undefined || perExecution === undefined) return;
		const execution = new ExecutionCosts(first.call.context, first.call.run.id);
		const before = execution.ofOthers;
		const cost = costOfAll(entries);
		if (before + cost > perExecution) {
			const spent = `other runs of this execution have ordered ${credits(before)}, and '${LABELS.perExecution}' is ${credits(perExecution)}`;
			throw refusal(entries, LABELS.perExecution, `${costs(entries)}; ${spent}`);
		}
		// What is tried out orders nothing.
		if (entries.every(({ call }) => isTriedOut(call))) return;
		this.ordered = { execution, credits: cost, items: new Set(paidOnce(entries).map(({ call }) => call.itemIndex)) };
		execution.note(cost);
	}
}

function isTriedOut(call: Call): boolean {
	return call.options.dryRun === true;
}

/** What counts: the items that are sent; all of a run that is only tried out. */
function spending(entries: readonly Entry[]): readonly Entry[] {
	const sent = entries.filter(({ call }) => !isTriedOut(call));
	return sent.length > 0 ? sent : entries;
}

/** One item for each thing that HeyGen makes. */
function paidOnce(entries: readonly Entry[]): Entry[] {
	return uniqBy(entries, ({ key, call }) => key ?? call.itemIndex);
}

/** @throws RunRefusal when the run would cost more than it may */
function checkRun(entries: readonly Entry[]): void {
	const perRun = least(entries, 'perRun');
	if (perRun === undefined || costOfAll(entries) <= perRun) return;
	throw refusal(entries, LABELS.perRun, `${costs(entries)}, and '${LABELS.perRun}' is ${credits(perRun)}`);
}

function least(entries: readonly Entry[], limit: keyof Limits): Exact | undefined {
	const given = entries.flatMap(({ limits }) => limits[limit] ?? []);
	return given.length === 0 ? undefined : given.reduce(smaller);
}

function costOfAll(entries: readonly Entry[]): Exact {
	return sum(paidOnce(entries).map(({ estimate }) => estimate.credits));
}

function tooDear(entries: readonly Entry[]): EngineError {
	const limit = least(entries, 'perItem') as Exact;
	const which = itemsInWords(entries.map(({ call }) => call.itemIndex), SHOWN_ITEMS);
	const subject = `${which.charAt(0).toUpperCase()}${which.slice(1)} would cost more than '${LABELS.perItem}' allows`;
	return refusal(entries, LABELS.perItem, `${subject}: ${credits(limit)}`);
}

/** Items that an error lists at most; all are in its details. */
const SHOWN_ITEMS = 100;

/**
 * An error that lists the items and their costs.
 *
 * @param entries the items
 * @param option what could be changed
 * @param message what is wrong
 * @param first what else can be done, to continue with "shorten"
 */
function refusal(entries: readonly Entry[], option: string, message: string, first = ''): EngineError {
	const items = entries.map(({ call, estimate }) => ({ item: call.itemIndex + 1, ...estimate.record }));
	// A map, since a record would put numbers in another order.
	const byCost = new Map<Exact, number[]>();
	for (const { call, estimate } of entries.slice(0, SHOWN_ITEMS)) {
		byCost.set(estimate.credits, [...(byCost.get(estimate.credits) ?? []), call.itemIndex]);
	}
	const lines = [...byCost].map(([cost, same]) => `${itemsInWords(same)} ${credits(cost)}${same.length === 1 ? '' : ' each'}`);
	if (entries.length > SHOWN_ITEMS) lines.push(amount(entries.length - SHOWN_ITEMS, 'more item'));
	// An earlier try may have sent something, which the error names.
	const started = entries.some(({ call }) => call.run.started.jobs().length > 0 || call.run.started.doubtsInWords().length > 0);
	const listed = entries.every(({ estimate }) => estimate.isListed) ? " by HeyGen's price list; your contract's prices go into the credential" : '';
	const todo = `${first}${first === '' ? 'Shorten' : 'shorten'} the scripts, send fewer items, or change '${option}'.`;
	const advice = `${started ? 'This try has sent nothing' : 'Nothing was sent'}. The costs are: ${lines.join('; ')}. ${todo} These are estimates${listed}.`;
	return new RunRefusal(message, advice, { credits: plain(costOfAll(entries)), items });
}

/** "The 50 items of this run would cost 62.5 credits". */
function costs(entries: readonly Entry[]): string {
	const count = entries.length === 1 ? 'The item of this run' : `The ${amount(entries.length, 'item')} of this run`;
	return `${count} would cost ${credits(costOfAll(entries))}`;
}

function credits(value: Exact): string {
	return amount(plain(value), 'credit');
}
