import { amount, numeral } from '../values/text';
import { type Cost, costRecord } from './cost';
import { type Exact, exact, plain, sum } from './exact';
import type { PricedKind, RateUnit } from './rates';
import type { SpeechEstimate } from './speech';

/** Estimates as items carry them. */

/** What is known of one estimate. */
export interface Estimate {
	readonly kind: PricedKind;
	/** How many are made. */
	readonly count: number;
	readonly cost: Cost;
	/** How the length was found, when it is that of a script. */
	readonly speech?: SpeechEstimate;
}

/** One estimate as an item carries it. Null stands for what is not known, or does not count. */
export interface EstimateRecord {
	[field: string]: string | number | null;
	credits: number | null;
	seconds: number | null;
	usd: number | null;
	formula: string;
	jobKind: PricedKind;
	/** Credits for each unit. */
	rate: number;
	rateUnit: RateUnit;
	rateSource: string;
	count: number;
}

/**
 * An estimate as an item carries it: the cost, and all that it was made from.
 *
 * @param estimate what is known
 */
export function estimateRecord({ kind, count, cost, speech }: Estimate): EstimateRecord {
	const { credits, seconds, usd, formula } = costRecord(cost);
	const given = { jobKind: kind, rate: cost.rate, rateUnit: cost.unit, rateSource: cost.rateSource, count };
	if (speech === undefined) return { credits, seconds, usd, formula, ...given };
	const { language, unit, perMinute, pauseSeconds } = speech;
	return {
		...{ credits, seconds, usd, formula: `${speech.formula}; ${formula}`, ...given },
		...{ language, [unit]: speech.count, perMinute, pauseSeconds },
	};
}

/** The sum of several estimates, as an item carries it. */
export interface TotalRecord {
	credits: number;
	/** Of those that last; null when none does. */
	seconds: number | null;
	/** Null when one of them has no price in dollars. */
	usd: number | null;
	/** How many estimates it is the sum of. */
	items: number;
	formula: string;
	/** Credits of each kind. */
	byKind: Record<string, number>;
}

/** Estimates that a formula names one by one. */
const NAMED_MAX = 5;

/**
 * The sum of estimates, without an error of rounding.
 *
 * @param estimates any number of them
 */
export function totalRecord(estimates: readonly Estimate[]): TotalRecord {
	const costs = estimates.map(({ cost }) => cost);
	const credits = sum(costs.map((cost) => cost.credits));
	const lengths = costs.flatMap(({ seconds }) => (seconds === undefined ? [] : [exact(seconds)]));
	const dollars = costs.flatMap(({ usd }) => (usd === undefined ? [] : [usd]));
	const kinds = new Map<PricedKind, Exact>();
	for (const { kind, cost } of estimates) kinds.set(kind, (kinds.get(kind) ?? 0n) + cost.credits);
	const named =
		estimates.length > NAMED_MAX
			? amount(estimates.length, 'estimate')
			: costs.map((cost) => numeral(plain(cost.credits))).join(' + ') || '0';
	return {
		credits: plain(credits),
		seconds: lengths.length === 0 ? null : plain(sum(lengths)),
		usd: dollars.length < costs.length ? null : plain(sum(dollars)),
		items: estimates.length,
		formula: `${named} = ${numeral(plain(credits))} credits`,
		byKind: Object.fromEntries([...kinds].map(([kind, one]) => [kind, plain(one)])),
	};
}
