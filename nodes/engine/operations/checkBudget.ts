import memoize from 'lodash/memoize';
import type { IDataObject } from 'n8n-workflow';

import type { AccountState } from '../../heygen/account';
import { ASSUMED_USD_PER_CREDIT, Budget, inWords, isKnownCurrency, type Purse, type Verdict } from '../../heygen/prices/budget';
import { type Exact, exact, plain } from '../../heygen/prices/exact';
import { readNumber } from '../../heygen/values/plain';
import { numeral, shown } from '../../heygen/values/text';
import { EngineError, inputError } from '../basics/errors';
import { accountOf } from '../item/accountRecord';
import type { Call, Handler } from '../item/call';
import { contractOf } from '../item/contractOf';
import { taken } from '../item/given';
import { outputItem } from '../item/outputItem';
import { sharedIn } from '../item/run';
import { type Joined, joined } from '../item/together';

/** Whether the account's balance pays for what the items are to cost. */

/** Display names of the parameters that messages point to. */
export const BUDGET_LABELS = {
	credits: 'Credits',
	minimumBalance: 'Minimum Balance',
	usdPerCredit: 'USD per Credit',
} as const;

/** What one item asks for. */
interface Demand {
	credits: Exact;
	minimumBalance: number;
	usdPerCredit: number | undefined;
	endsInError: boolean;
}

/** What the items of a run and of one account come to, in their order. */
type Verdicts = ReadonlyMap<Call, Verdict>;

/**
 * An operation that compares the item's cost with the account's balance. The balance is read once for each account of the
 * run, and the items share it in their order: what an item takes is not there for those behind it. Reads the parameters
 * `credits`, `minimumBalance` and `onOverBudget`, and the option `usdPerCredit`.
 */
export function checkBudget(): Handler {
	return async (call) => {
		const demand = demandOf(call);
		// Nothing is asked for before all items have been read.
		const all = await joined(call, `demands ${call.account.id}`, demand);
		const purse = purseOf(await accountOf(call));
		const verdictsOf = sharedIn(call.run, `budget ${call.account.id}`, () =>
			memoize((members: ReadonlyArray<Joined<Demand>>) => verdictsIn(purse, members)),
		);
		const verdict = verdictsOf(all).get(call) as Verdict;
		if (!verdict.withinBudget && demand.endsInError) throw overBudget(purse, demand, verdict);
		return [outputItem(recordOf(purse, demand, verdict), call.itemIndex)];
	};
}

function demandOf(call: Call): Demand {
	const { credits: label } = BUDGET_LABELS;
	const credits = taken(label, readNumber(call.parameter<unknown>('credits', ''), { min: 0 }));
	if (credits === undefined) {
		throw inputError(
			`'${label}' is empty`,
			"Give what the job costs, as 'Estimate' puts it out in credits. An expression that finds nothing gives an empty field. A job whose price HeyGen does not publish has no credits until a 'Rate' is filled in there.",
		);
	}
	const minimum = readNumber(call.parameter<unknown>('minimumBalance', ''), { min: 0 });
	const usdPerCredit = taken(BUDGET_LABELS.usdPerCredit, readNumber(call.options.usdPerCredit, { above: 0 }));
	return {
		credits: exact(credits),
		minimumBalance: taken(BUDGET_LABELS.minimumBalance, minimum) ?? 0,
		usdPerCredit: usdPerCredit ?? contractOf(call.account).usdPerCredit,
		endsInError: call.parameter<string>('onOverBudget', 'continue') === 'error',
	};
}

/** @throws EngineError when HeyGen tells no balance that could be compared: then nothing is within it */
function purseOf({ balance, currency, billingType }: AccountState): Purse {
	if (balance === null) {
		throw new EngineError(
			`Could not check the budget: HeyGen tells no balance of this account${billingType === null ? '' : `, whose billing type is '${billingType}'`}`,
			"See what HeyGen says with the operation 'Get' of the resource Account. Without a balance nothing is taken to be within the budget.",
		);
	}
	if (isKnownCurrency(currency)) return { balance, currency };
	throw new EngineError(
		`Could not check the budget: HeyGen tells the balance ${currency === null ? 'without a currency' : `in ${shown(currency)}`}`,
		'Prices in credits can be compared with balances in credits and in US dollars.',
	);
}

function verdictsIn(purse: Purse, members: ReadonlyArray<Joined<Demand>>): Verdicts {
	const budget = new Budget(purse);
	return new Map(
		members.map(({ call, content: { credits, minimumBalance, usdPerCredit } }) => {
			const floor = { minimumBalance, ...(usdPerCredit === undefined ? {} : { usdPerCredit }) };
			return [call, budget.take(credits, floor)];
		}),
	);
}

const ASSUMED_NOTE = `Nobody says what a credit costs, so it is taken for ${numeral(ASSUMED_USD_PER_CREDIT)} USD. The option 'USD per Credit' and the credential's 'Rates (JSON)' can say it.`;

function recordOf({ balance, currency }: Purse, { credits, minimumBalance }: Demand, verdict: Verdict): IDataObject {
	const { withinBudget, price, remainingAfter, isAssumed } = verdict;
	return {
		...{ withinBudget, balance, currency, credits: plain(credits), minimumBalance, remainingAfter: plain(remainingAfter) },
		...(currency === 'usd' ? { usd: plain(price) } : {}),
		...(isAssumed ? { note: ASSUMED_NOTE } : {}),
	};
}

function overBudget(purse: Purse, demand: Demand, verdict: Verdict): EngineError {
	const told = (value: number) => inWords(value, purse.currency);
	const { price, remainingAfter, missing, isAssumed } = verdict;
	const left = plain(remainingAfter + price);
	const before = left === purse.balance ? '' : `, of which items before this one leave ${told(left)}`;
	const floor = demand.minimumBalance === 0 ? '' : `, and ${told(demand.minimumBalance)} must remain`;
	return new EngineError(
		`The job is over the budget by ${told(plain(missing))}: it costs about ${told(plain(price))}, the balance is ${told(purse.balance)}${before}${floor}`,
		`Add to the balance in HeyGen, or set 'On Over Budget' to 'Continue' to go on with withinBudget false.${isAssumed ? ` ${ASSUMED_NOTE}` : ''}`,
		{ ...recordOf(purse, demand, verdict), missing: plain(missing) },
	);
}
