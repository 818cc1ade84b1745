import { amount, numeral } from '../values/text';
import { type Exact, exact, over, plain, times } from './exact';
import { isPerCall, type PricedKind, type Quality, type Rate, type RateName, rateName, RATES, type RateUnit } from './rates';

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
	/** Length of what is made, or of the film that is worked on. What is charged by the call needs none. */
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
	/** Length of all that is made, also where more is charged; undefined for what is charged by the call. */
	readonly seconds?: number;
	/** Credits for each unit. */
	readonly rate: number;
	readonly unit: RateUnit;
	/** Where the rate is from. */
	readonly rateSource: string;
	/** Whether the rate is that of HeyGen's price list. */
	readonly isListed: boolean;
	/** "60 s × 0.1 credits a second = 6 credits", "20 s, charged as 60 s / 60 × 0.3 credits a minute = 0.3 credits". */
	readonly formula: string;
}

/** Seconds of a minute, as an amount. */
const MINUTE = exact(60);

/** The page that rates are from which name no other list. */
const ENTERPRISE_PRICING = "HeyGen's Enterprise Pricing";

/** The rate of an order, and where the rate is from. */
type OrderRate = Pick<Cost, 'rate' | 'rateSource' | 'isListed'>;

/** @returns undefined when HeyGen publishes no price and none is given */
function rateOf(order: Order, { rates }: Contract): OrderRate | undefined {
	const name = rateName(order.kind, order);
	const ofContract = rates[name];
	const listed: Rate = RATES[name];
	if (order.rate !== undefined) return { rate: order.rate, rateSource: 'given in the node', isListed: false };
	if (ofContract !== undefined) return { rate: ofContract, rateSource: 'given in the credential', isListed: false };
	if (listed.credits === undefined) return undefined;
	return { rate: listed.credits, rateSource: `${listed.list ?? ENTERPRISE_PRICING}, ${listed.source}`, isListed: true };
}

/** Something that a cost cannot be told without, and that is not known. */
export interface CostGap {
	readonly of: 'rate' | 'length';
	/** As formulas and messages say it: "HeyGen publishes no price for clippings". */
	readonly inWords: string;
}

/**
 * What is not known of an order and would have to be, to tell its cost.
 *
 * @param order what is ordered
 * @param contract what HeyGen charges for it
 * @returns nothing when `costOf` can tell the cost
 */
export function gapsIn(order: Order, contract: Contract = LISTED): CostGap[] {
	const { kind, seconds } = order;
	const rate = rateOf(order, contract)?.rate;
	const listed: Rate = RATES[rateName(kind, order)];
	const gaps: CostGap[] = [];
	if (rate === undefined && listed.credits === undefined) {
		gaps.push({ of: 'rate', inWords: `HeyGen publishes no price for ${listed.priceOf}` });
	}
	// At a rate of 0 the length does not count.
	const isLengthNeeded = !isPerCall(kind) && rate !== 0;
	if (isLengthNeeded && seconds === undefined) gaps.push({ of: 'length', inWords: 'the length of the video is not known' });
	return gaps;
}

/**
 * What an order costs.
 *
 * @param order what is ordered
 * @param contract what HeyGen charges for it
 * @returns undefined when the length is not known and counts, or HeyGen publishes no price and none is given
 */
export function costOf(order: Order, contract: Contract = LISTED): Cost | undefined {
	const { kind, count = 1, seconds } = order;
	const found = rateOf(order, contract);
	if (found === undefined || gapsIn(order, contract).length > 0) return undefined;
	const { unit, leastSeconds = 0 }: Rate = RATES[rateName(kind, order)];
	const charged = seconds === undefined ? undefined : Math.max(seconds, leastSeconds);
	const quantity = quantityOf(unit, charged);
	const credits = times(times(exact(found.rate), quantity.units), exact(count));
	const usd = contract.usdPerCredit === undefined ? undefined : times(credits, exact(contract.usdPerCredit));
	const parts = [
		...(count === 1 ? [] : [numeral(count)]),
		...quantity.words,
		`${amount(found.rate, 'credit')} a ${unit}`,
	];
	const inDollars =
		usd === undefined
			? ''
			: `; ${amount(plain(credits), 'credit')} × ${numeral(contract.usdPerCredit as number)} USD = ${numeral(plain(usd))} USD`;
	const real = seconds === charged ? '' : `${inSeconds(seconds as number)}, charged as `;
	return {
		credits,
		...(usd === undefined ? {} : { usd }),
		...(unit === 'call' || seconds === undefined ? {} : { seconds: secondsOfAll(seconds, count) }),
		...found,
		unit,
		formula: `${real}${parts.join(' × ')} = ${amount(plain(credits), 'credit')}${inDollars}`,
	};
}

function secondsOfAll(seconds: number, count: number): number {
	return plain(times(exact(seconds), exact(count)));
}

function inSeconds(seconds: number): string {
	return `${numeral(plain(exact(seconds)))} s`;
}

/** How many units a length comes to, and how that is written. A length that is not known does not count. */
function quantityOf(unit: RateUnit, seconds: number | undefined): { units: Exact; words: string[] } {
	if (unit === 'call' || seconds === undefined) return { units: exact(1), words: [] };
	const words = inSeconds(seconds);
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

/**
 * What an order costs, as items carry it. Where the cost is not known, the formula says what is missing.
 *
 * @param order what is ordered
 * @param contract what HeyGen charges for it
 */
export function orderRecord(order: Order, contract: Contract = LISTED): CostRecord {
	const cost = costOf(order, contract);
	if (cost !== undefined) return costRecord(cost);
	const { count = 1, seconds } = order;
	return {
		credits: null,
		seconds: seconds === undefined ? null : secondsOfAll(seconds, count),
		usd: null,
		formula: gapsIn(order, contract).map(({ inWords }) => inWords).join(' and '),
	};
}
