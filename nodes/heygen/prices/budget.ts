import { amount, numeral } from '../values/text';
import { type Exact, exact, times } from './exact';

/** Whether a balance pays for what is to be made. */

/**
 * US dollars that a credit is taken for when nobody says what it costs. HeyGen's pay-as-you-go prices in dollars were the
 * same numbers as those in credits, or lower (API reference, section 17.3: 0.1 USD and later 0.05 a second of Avatar IV, 7 a
 * cinematic video). So a balance that pays at this price pays at the real one.
 */
export const ASSUMED_USD_PER_CREDIT = 1;

/** Currencies of balances that prices in credits can be compared with. */
export type PurseCurrency = 'usd' | 'credits';

/** What can be spent. */
export interface Purse {
	readonly balance: number;
	readonly currency: PurseCurrency;
}

/** What has to be kept to. */
export interface Floor {
	/** What must stay in the purse, in its currency. */
	readonly minimumBalance?: number;
	/** US dollars; undefined when nobody says what a credit costs. */
	readonly usdPerCredit?: number;
}

/** Whether the purse pays for one thing. Amounts are in the purse's currency. */
export interface Verdict {
	readonly withinBudget: boolean;
	/** What the thing costs. */
	readonly price: Exact;
	/** What stays, or would stay, in the purse: below the floor when the thing is not within the budget. */
	readonly remainingAfter: Exact;
	/** What the purse lacks; 0 when the thing is within the budget. */
	readonly missing: Exact;
	/** Whether the price rests on `ASSUMED_USD_PER_CREDIT`. */
	readonly isAssumed: boolean;
}

/**
 * Whether prices in credits can be compared with a balance.
 *
 * @param currency the balance's, in small letters
 */
export function isKnownCurrency(currency: string | null): currency is PurseCurrency {
	return currency === 'usd' || currency === 'credits';
}

/**
 * What a number of credits is in a purse's currency.
 *
 * @param credits any amount
 * @param currency the purse's
 * @param usdPerCredit US dollars; undefined when nobody says
 */
export function inCurrency(credits: Exact, currency: PurseCurrency, usdPerCredit: number = ASSUMED_USD_PER_CREDIT): Exact {
	return currency === 'usd' ? times(credits, exact(usdPerCredit)) : credits;
}

/**
 * An amount of a purse's currency as people write it.
 *
 * @param value any amount
 * @param currency the purse's
 * @returns "12.5 USD", "1 credit"
 */
export function inWords(value: number, currency: PurseCurrency): string {
	return currency === 'usd' ? `${numeral(value)} USD` : amount(value, 'credit');
}

/** A purse from which one thing after the other is paid. What does not fit takes nothing, so that less may still fit. */
export class Budget {
	private left: Exact;

	/** @param purse what there is */
	constructor(private readonly purse: Purse) {
		this.left = exact(purse.balance);
	}

	/**
	 * Takes what one thing costs, if the purse has it.
	 *
	 * @param credits what the thing costs, 0 or more
	 * @param floor what has to be kept to
	 */
	take(credits: Exact, { minimumBalance = 0, usdPerCredit }: Floor = {}): Verdict {
		const price = inCurrency(credits, this.purse.currency, usdPerCredit);
		const remainingAfter = this.left - price;
		const short = exact(minimumBalance) - remainingAfter;
		const withinBudget = short <= 0n;
		if (withinBudget) this.left = remainingAfter;
		return {
			withinBudget,
			price,
			remainingAfter,
			missing: withinBudget ? 0n : short,
			isAssumed: this.purse.currency === 'usd' && usdPerCredit === undefined,
		};
	}
}
