import { amount, numeral } from '../values/text';
import { type Exact, exact, over, plain, times } from './exact';
import { type PricedKind, type Quality, type Rate, type RateName, rateName, RATES, type RateUnit } from './rates';

/** What one job costs. */

/** Prices of a contract. */
export interface Contract {
	/** Its own rates, in credits for each unit, by the lines of the price list that they replace. */
	readonly rates: Readonly<Partial<Record<RateName, number>>>;
	/** What a credit costs; undefined when the contract does not say. */
	readonly usdPerCredit?: number;
}

/** The contract of those who have told none. */
export const LISTED: Contract = { rates: {} };

/** What is ordered. */
export interface Order extends Quality {
	kind: PricedKind;
	/** Length of what is made. What is charged by the call needs none. */
	seconds?: number;
	/** How many: languages of a translation, for one. Default 1. */
	count?: number;
	/** Credits for each unit, in place of the contract's and HeyGen's. */
	rate?: number;
}

/** What an order costs, and how that comes about. */
export interface Cost {
	readonly credits: Exact;
	/** Undefined when the contract does not say what a credit costs. */
	readonly usd?: Exact;
	/** Length of all that is made; undefined for what is charged by the call. */
	readonly seconds?: number;
	/** Credits for each unit. */
	readonly rate: number;
	readonly unit: RateUnit;
	/** Where the rate is from. */
	readonly rateSource: string;
	/** Whether the rate is that of HeyGen's price list. */
	readonly isListed: boolean;
	/** "60 s × 0.1 credits a second = 6 credits". */
	readonly formula: string;
}

/** Seconds of a minute, as an amount. */
const MINUTE = exact(60);

/**
 * What an order costs.
 *
 * @param order what is ordered
 * @param contract what HeyGen charges for it
 * @returns undefined when the length is not known and counts, or HeyGen publishes no price and none is given
 */
export function costOf(order: Order, contract: Contract = LISTED): Cost | undefined {
	const { kind, count = 1 } = order;
	const name = rateName(kind, order);
	const { unit, source, credits: listed, leastSeconds = 0 }: Rate = RATES[name];
	const ofContract = contract.rates[name];
	const rate = order.rate ?? ofContract ?? listed;
	if (rate === undefined) return undefined;
	const rateSource =
		order.rate !== undefined
			? 'given in the node'
			: ofContract !== undefined
				? 'given in the credential'
				: `HeyGen's Enterprise Pricing, ${source}`;
	const length = order.seconds === undefined ? undefined : Math.max(order.seconds, leastSeconds);
	const quantity = quantityOf(unit, length);
	if (quantity === undefined) return undefined;
	const credits = times(times(exact(rate), quantity.units), exact(count));
	const usd = contract.usdPerCredit === undefined ? undefined : times(credits, exact(contract.usdPerCredit));
	const parts = [
		...(count === 1 ? [] : [numeral(count)]),
		...quantity.words,
		`${amount(rate, 'credit')} a ${unit}`,
	];
	const inDollars =
		usd === undefined
			? ''
			: `; ${amount(plain(credits), 'credit')} × ${numeral(contract.usdPerCredit as number)} USD = ${numeral(plain(usd))} USD`;
	return {
		credits,
		...(usd === undefined ? {} : { usd }),
		...(unit === 'call' ? {} : { seconds: plain(times(exact(length as number), exact(count))) }),
		rate,
		unit,
		rateSource,
		isListed: order.rate === undefined && ofContract === undefined,
		formula: `${parts.join(' × ')} = ${amount(plain(credits), 'credit')}${inDollars}`,
	};
}

/** How many units a length comes to, and how that is written. */
function quantityOf(unit: RateUnit, seconds: number | undefined): { units: Exact; words: string[] } | undefined {
	if (unit === 'call') return { units: exact(1), words: [] };
	if (seconds === undefined) return undefined;
	const words = `${numeral(plain(exact(seconds)))} s`;
	if (unit === 'second') return { units: exact(seconds), words: [words] };
	return { units: over(exact(seconds), MINUTE), words: [`${words} / 60`] };
}

/** A cost as items carry it: plain numbers, and null for what is not known. */
export interface CostRecord {
	[field: string]: number | string | null;
	credits: number | null;
	seconds: number | null;
	usd: number | null;
	formula: string;
}

/**
 * A cost as items carry it.
 *
 * @param cost what `costOf` has found
 */
export function costRecord({ credits, seconds, usd, formula }: Cost): CostRecord {
	return {
		credits: plain(credits),
		seconds: seconds ?? null,
		usd: usd === undefined ? null : plain(usd),
		formula,
	};
}
