import { type Exact, exact, larger, over, plain, rounded, smaller, sum, times } from './exact';

/**
 * What a contract comes to, by the two ways in which HeyGen bills Enterprise accounts (HeyGen's page "Billing Models"). Dates
 * are milliseconds, which the caller has found in its own time zone; a day has 24 hours.
 */

/**
 * One tier of usage-based billing: a flat monthly commitment, the credit-seconds that it covers, and what each further one
 * costs.
 */
export interface Tier {
	/** US dollars a month, whatever is used. */
	readonly commitmentUsd: number;
	/** Credit-seconds that the commitment covers. */
	readonly includedSeconds: number;
	/**
	 * US dollars a credit-second, as the contract names the rate within the commitment. The commitment is flat, so that the
	 * rate adds nothing to a bill: 600,000 × 0.0075 is 4,500, and the bill still begins with 5,000.
	 */
	readonly rate: number;
	/** US dollars for each credit-second beyond. */
	readonly overageRate: number;
}

/**
 * HeyGen's tiers. The one of 5,000 USD is the example of the page "Billing Models"; the others are from an older state of
 * that page, so contracts may have other numbers (API reference, section 17.2).
 */
export const TIERS: readonly Tier[] = [
	{ commitmentUsd: 1_000, includedSeconds: 120_000, rate: 0.00833, overageRate: 0.01 },
	{ commitmentUsd: 5_000, includedSeconds: 600_000, rate: 0.0075, overageRate: 0.00833 },
	{ commitmentUsd: 20_000, includedSeconds: 2_400_000, rate: 0.00667, overageRate: 0.0075 },
];

/**
 * Credit-seconds of a credit, which HeyGen does not publish. With 60, a credit costs 0.50 USD by the rate of the smallest tier
 * (0.00833 × 60) and by what each commitment includes (5,000 USD for 600,000); that is what others report a credit costs (API
 * reference, section 17.2).
 */
export const CREDIT_SECONDS = 60;

/** The tier that the page works its example with. */
export const EXAMPLE_TIER = TIERS[1] as Tier;

/** Usage-based terms, in exact amounts. */
export interface UsageTerms {
	readonly commitmentUsd: Exact;
	readonly includedSeconds: Exact;
	/** US dollars a credit-second. */
	readonly overageRate: Exact;
}

/**
 * The terms of a tier.
 *
 * @param tier as contracts name it
 */
export function termsOf({ commitmentUsd, includedSeconds, overageRate }: Tier): UsageTerms {
	return {
		commitmentUsd: exact(commitmentUsd),
		includedSeconds: exact(includedSeconds),
		overageRate: exact(overageRate),
	};
}

/**
 * The credit-seconds that a commitment pays for at its rate, for contracts that do not name them.
 *
 * @param commitmentUsd US dollars
 * @param rate US dollars a credit-second, above 0
 */
export function secondsPaidFor(commitmentUsd: Exact, rate: Exact): Exact {
	return over(commitmentUsd, rate);
}

/** A stretch of time that is billed, in milliseconds since any moment. */
export interface Span {
	readonly start: number;
	/** After the start; not part of the span. */
	readonly end: number;
	/** The moment at which the use was counted, at the start or later. */
	readonly asOf: number;
}

/** What a number of credit-seconds comes to. */
export interface UsageBill {
	readonly remainingSeconds: Exact;
	readonly overageSeconds: Exact;
	readonly overageUsd: Exact;
	readonly totalUsd: Exact;
}

/**
 * The bill of a month.
 *
 * @param used credit-seconds
 * @param terms of the contract
 */
export function usageBill(used: Exact, { commitmentUsd, includedSeconds, overageRate }: UsageTerms): UsageBill {
	const overageSeconds = larger(used - includedSeconds, 0n);
	const overageUsd = times(overageSeconds, overageRate);
	return {
		remainingSeconds: larger(includedSeconds - used, 0n),
		overageSeconds,
		overageUsd,
		totalUsd: sum([commitmentUsd, overageUsd]),
	};
}

/** Decimals of projected amounts: thousandths of a second or a credit. What is foreseen is not known any better. */
const PROJECTED_DECIMALS = 3;

/**
 * What will have been used at the end of a span, at the pace so far.
 *
 * @param used so far
 * @param span with `asOf` in it; when it is over, or has only just begun, what is used is all that is foreseen
 * @returns rounded to thousandths
 */
export function projectedUse(used: Exact, { start, end, asOf }: Span): Exact {
	if (asOf >= end || asOf <= start) return used;
	return rounded(over(times(used, exact(end - start)), exact(asOf - start)), PROJECTED_DECIMALS);
}

/**
 * When a pool is used up, at the pace so far.
 *
 * @param pool what there is
 * @param used of it so far
 * @param span with `asOf` in it
 * @returns milliseconds as in the span, which are in the past when the pool is used up already; undefined when the pool lasts until the
 *   end of the span
 */
export function runsOutAt(pool: Exact, used: Exact, span: Span): number | undefined {
	if (projectedUse(used, span) <= pool) return undefined;
	const elapsed = Math.min(span.asOf, span.end) - span.start;
	if (elapsed <= 0) return span.start;
	return span.start + plain(rounded(over(times(exact(elapsed), pool), used), 0));
}

/** Credit-seconds of a minute, where a second of what is made counts for one. */
const MINUTE = exact(60);

/** What usage-based billing comes to. Amounts of time are credit-seconds. */
export interface UsageForecast extends UsageBill {
	/** What one more minute costs in US dollars: nothing within the pool. */
	readonly marginalUsdPerMinute: Exact;
	readonly projectedSeconds: Exact;
	readonly projectedOverageUsd: Exact;
	readonly projectedTotalUsd: Exact;
	/** Milliseconds as in the span; undefined when the pool lasts until the end. */
	readonly runsOutAt: number | undefined;
	/** The tier that is cheapest for the projected use; undefined when there are none to choose from. */
	readonly cheapestTier: { readonly commitmentUsd: number; readonly totalUsd: Exact } | undefined;
}

/**
 * The bill of a month of usage-based billing, now and at its end.
 *
 * @param used credit-seconds so far
 * @param terms of the contract
 * @param span the month
 * @param tiers to choose from
 * @param minute credit-seconds that one more minute of the job in question takes
 */
export function forecastUsage(
	used: Exact,
	terms: UsageTerms,
	span: Span,
	tiers: readonly Tier[] = TIERS,
	minute: Exact = MINUTE,
): UsageForecast {
	const bill = usageBill(used, terms);
	const projectedSeconds = projectedUse(used, span);
	const projected = usageBill(projectedSeconds, terms);
	return {
		...bill,
		marginalUsdPerMinute: usageBill(used + minute, terms).overageUsd - bill.overageUsd,
		projectedSeconds,
		projectedOverageUsd: projected.overageUsd,
		projectedTotalUsd: projected.totalUsd,
		runsOutAt: runsOutAt(terms.includedSeconds, used, span),
		cheapestTier: cheapestTier(projectedSeconds, tiers),
	};
}

/**
 * The tier with the lowest bill.
 *
 * @param used credit-seconds of a month
 * @param tiers to choose from
 * @returns of two that cost the same, the one with the lower commitment; undefined for no tiers
 */
export function cheapestTier(used: Exact, tiers: readonly Tier[]): { commitmentUsd: number; totalUsd: Exact } | undefined {
	const bills = tiers.map((tier) => ({
		commitmentUsd: tier.commitmentUsd,
		totalUsd: usageBill(used, termsOf(tier)).totalUsd,
	}));
	const isBetter = (one: (typeof bills)[number], other: (typeof bills)[number]) =>
		one.totalUsd < other.totalUsd || (one.totalUsd === other.totalUsd && one.commitmentUsd < other.commitmentUsd);
	const [first, ...others] = bills;
	return others.reduce((best, next) => (best !== undefined && isBetter(next, best) ? next : best), first);
}

/** Milliseconds of a day, as an amount. */
const DAY = exact(86_400_000);

/** A package of credits that was bought for a contract's term. */
export interface CreditPackage {
	/** Above 0. */
	readonly credits: Exact;
	/** What the package costs in US dollars; undefined when nobody says. */
	readonly usd?: Exact;
}

/** What a package of credits comes to. */
export interface PackageForecast {
	readonly remainingCredits: Exact;
	/** Undefined when the contract has only just begun. */
	readonly creditsPerDay: Exact | undefined;
	/** Milliseconds as in the span; undefined when the package lasts until the contract ends. */
	readonly runsOutAt: number | undefined;
	readonly unusedAtEnd: Exact;
	readonly marginalCreditsPerMinute: Exact;
	/** Undefined when nobody says what the package costs. */
	readonly marginalUsdPerMinute: Exact | undefined;
}

/**
 * How long a package of credits lasts at the pace so far.
 *
 * @param used credits so far
 * @param bought the package
 * @param span the contract's term
 * @param creditsPerMinute what a minute of the job in question costs
 */
export function forecastPackage(used: Exact, bought: CreditPackage, span: Span, creditsPerMinute: Exact): PackageForecast {
	const { credits, usd } = bought;
	const elapsed = Math.min(span.asOf, span.end) - span.start;
	return {
		remainingCredits: larger(credits - used, 0n),
		creditsPerDay: elapsed > 0 ? over(times(used, DAY), exact(elapsed)) : undefined,
		runsOutAt: runsOutAt(credits, used, span),
		unusedAtEnd: credits - smaller(projectedUse(used, span), credits),
		marginalCreditsPerMinute: creditsPerMinute,
		marginalUsdPerMinute: usd === undefined ? undefined : over(times(creditsPerMinute, usd), credits),
	};
}
