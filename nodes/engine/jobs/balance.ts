import type { AccountState } from '../../heygen/account';
import { ASSUMED_USD_PER_CREDIT, Budget, inCurrency, inWords, isKnownCurrency } from '../../heygen/prices/budget';
import { type Exact, exact, plain } from '../../heygen/prices/exact';
import { numeral } from '../../heygen/values/text';
import { RunRefusal } from '../basics/errors';

/** What the editor calls the option. */
export const FLOOR = 'Minimum Balance';

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
 * @returns what stands against it, to continue "would cost 6 credits"; undefined when nothing does
 * @throws RunRefusal when HeyGen tells no balance, or one in a currency that prices cannot be compared with
 */
export function balanceProblem({ balance, currency }: AccountState, { due, running, floor, usdPerCredit }: Bill): string | undefined {
	if (balance === null || !isKnownCurrency(currency)) {
		const what = balance === null ? 'tells no balance of this account' : `tells the balance in ${currency ?? 'no currency'}`;
		throw new RunRefusal(
			`HeyGen ${what}, so '${FLOOR}' cannot be kept`,
			`Nothing was sent. Remove the option '${FLOOR}', or use 'Maximum Cost per Run' instead.`,
		);
	}
	const inBalance = (credits: Exact) => inCurrency(credits, currency, usdPerCredit);
	const { withinBudget, isAssumed } = new Budget({ balance, currency }).take(due + running, {
		minimumBalance: plain(floor),
		...(usdPerCredit === undefined ? {} : { usdPerCredit }),
	});
	if (withinBudget) return undefined;
	const shown = (value: Exact) => inWords(plain(value), currency);
	const price = isAssumed ? `${shown(inBalance(due))} if a credit costs ${numeral(ASSUMED_USD_PER_CREDIT)} USD, which the credential's rates do not say` : shown(inBalance(due));
	return [
		...(currency === 'usd' ? [` (${price})`] : []),
		`, but the balance is ${shown(exact(balance))}`,
		...(running === 0n ? [] : [`, jobs that may still go on will take ${shown(inBalance(running))}`]),
		` and '${FLOOR}' is ${shown(floor)}`,
	].join('');
}
