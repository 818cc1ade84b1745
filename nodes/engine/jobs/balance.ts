import type { AccountState } from '../../heygen/account';
import { Budget, inCurrency, isKnownCurrency } from '../../heygen/prices/budget';
import { type Exact, exact, plain } from '../../heygen/prices/exact';
import { numeral } from '../../heygen/values/text';
import { RunRefusal } from '../basics/errors';

/** What is to be paid from an account's balance. */
interface Bill {
	/** Credits that the run's items will cost. */
	due: Exact;
	/** Credits that jobs will cost that still go on. */
	running: Exact;
	/** What must be left, in the balance's currency. */
	floor: Exact;
	/** US dollars; undefined when the contract does not say what a credit costs. */
	usdPerCredit: number | undefined;
}

/**
 * Whether an account's balance pays for a run.
 *
 * @param account what HeyGen says of it
 * @param bill what is to be paid
 * @returns what stands against it, in words: "the balance is 130 credits, …"; undefined when nothing does
 * @throws RunRefusal when HeyGen tells no balance, or one in a currency that prices cannot be compared with
 */
export function balanceProblem({ balance, currency }: AccountState, { due, running, floor, usdPerCredit }: Bill): string | undefined {
	if (balance === null || !isKnownCurrency(currency)) {
		const what = balance === null ? 'tells no balance of this account' : `tells the balance in ${currency ?? 'no currency'}`;
		throw new RunRefusal(
			`HeyGen ${what}, so 'Minimum Balance' cannot be kept`,
			"Nothing was sent. Remove the option 'Minimum Balance', or use 'Maximum Cost per Run' instead.",
		);
	}
	const inBalance = (credits: Exact) => inCurrency(credits, currency, usdPerCredit);
	const { withinBudget, isAssumed } = new Budget({ balance, currency }).take(due + running, {
		minimumBalance: plain(floor),
		...(usdPerCredit === undefined ? {} : { usdPerCredit }),
	});
	if (withinBudget) return undefined;
	const unit = currency === 'usd' ? 'USD' : 'credits';
	const shown = (amount: Exact) => `${numeral(plain(amount))} ${unit}`;
	return [
		`the balance is ${shown(exact(balance))}`,
		...(running === 0n ? [] : [`jobs that still go on will take ${shown(inBalance(running))}`]),
		...(currency === 'usd' ? [`this run would take ${shown(inBalance(due))}`] : []),
		...(isAssumed ? ['with 1 USD for a credit, since the credential does not say what it costs'] : []),
		`'Minimum Balance' is ${shown(floor)}`,
	].join(', ');
}
