import fc from 'fast-check';

import {
	cheapestTier,
	type CreditPackage,
	EXAMPLE_TIER,
	forecastPackage,
	forecastUsage,
	projectedUse,
	runsOutAt,
	secondsPaidFor,
	type Span,
	termsOf,
	TIERS,
	usageBill,
} from '../../../../nodes/heygen/prices/billing';
import { type Exact, exact, plain } from '../../../../nodes/heygen/prices/exact';

/** HeyGen's two billing models. */

const DAY = 86_400_000;
/** Thirty days, seen from a day of them. */
const june = (day: number): Span => ({ start: 0, end: 30 * DAY, asOf: day * DAY });
const terms = termsOf(EXAMPLE_TIER);

/** Amounts as numbers. */
function numbers(record: object): Record<string, unknown> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, typeof value === 'bigint' ? plain(value) : (value as unknown)]));
}

describe('usage-based billing', () => {
	it("comes to what HeyGen's example says", () => {
		expect(numbers(forecastUsage(exact(700_000), terms, june(30)))).toEqual({
			...{ remainingSeconds: 0, overageSeconds: 100_000, overageUsd: 833, totalUsd: 5_833, marginalUsdPerMinute: 0.4998 },
			...{ projectedSeconds: 700_000, projectedOverageUsd: 833, projectedTotalUsd: 5_833 },
			// Six sevenths of the thirty days.
			runsOutAt: Math.round((30 * DAY * 6) / 7),
			cheapestTier: { commitmentUsd: 5_000, totalUsd: exact(5_833) },
		});
	});

	it.each<[used: number, remaining: number, overage: number, usd: number, total: number, marginal: number]>([
		[0, 600_000, 0, 0, 5_000, 0],
		[599_940, 60, 0, 0, 5_000, 0],
		// The next minute is partly in the pool.
		[599_970, 30, 0, 0, 5_000, 0.2499],
		[600_000, 0, 0, 0, 5_000, 0.4998],
		[600_001, 0, 1, 0.00833, 5_000.00833, 0.4998],
		[612_345.5, 0, 12_345.5, 102.838015, 5_102.838015, 0.4998],
	])('of %d credit-seconds', (used, remaining, overage, usd, total, marginal) => {
		expect(numbers(forecastUsage(exact(used), terms, june(30)))).toMatchObject({
			...{ remainingSeconds: remaining, overageSeconds: overage, overageUsd: usd, totalUsd: total, marginalUsdPerMinute: marginal },
		});
	});

	it('begins with a flat commitment, whatever the rate', () => {
		expect(plain(exact(EXAMPLE_TIER.rate) * BigInt(EXAMPLE_TIER.includedSeconds))).toBe(4_500);
		expect(plain(usageBill(exact(600_000), terms).totalUsd)).toBe(5_000);
		expect(plain(secondsPaidFor(exact(5_000), exact(0.0075)))).toBe(666_666.666666667);
		expect(plain(secondsPaidFor(exact(6_000), exact(0.0075)))).toBe(800_000);
	});

	it.each<[day: number, used: number, projected: number, runsOut: number | undefined]>([
		[10, 200_000, 600_000, undefined],
		[10, 300_000, 900_000, 20],
		[15, 600_000, 1_200_000, 15],
		[15, 900_000, 1_800_000, 10],
		[0, 900_000, 900_000, 0],
		[0, 0, 0, undefined],
		[10, 0, 0, undefined],
		[45, 700_000, 700_000, (30 * 6) / 7],
		[45, 600_000, 600_000, undefined],
	])('on day %d with %d used goes on at the pace so far', (day, used, projected, runsOut) => {
		const forecast = forecastUsage(exact(used), terms, june(day));
		expect(plain(forecast.projectedSeconds)).toBe(projected);
		expect(plain(forecast.projectedTotalUsd)).toBeCloseTo(5_000 + Math.max(0, projected - 600_000) * 0.00833, 6);
		expect(forecast.runsOutAt).toBe(runsOut === undefined ? undefined : Math.round(runsOut * DAY));
	});
});

describe('the cheapest tier', () => {
	it.each<[used: number, commitment: number, total: number]>([
		[0, 1_000, 1_000],
		[120_000, 1_000, 1_000],
		[519_999, 1_000, 4_999.99],
		// Of two that cost the same, the one with the lower commitment.
		[520_000, 1_000, 5_000],
		[520_001, 5_000, 5_000],
		[600_000, 5_000, 5_000],
		[2_400_000, 5_000, 19_994],
		[2_400_700, 5_000, 19_999.831],
		[2_407_228, 5_000, 20_054.20924],
		[2_407_229, 20_000, 20_054.2175],
		[10_000_000, 20_000, 77_000],
	])('for %d credit-seconds', (used, commitmentUsd, totalUsd) => {
		const cheapest = cheapestTier(exact(used), TIERS);
		expect([cheapest?.commitmentUsd, plain(cheapest?.totalUsd ?? 0n)]).toEqual([commitmentUsd, totalUsd]);
	});

	it.each(TIERS.map((tier) => [tier.commitmentUsd, tier] as const))('of %d USD is one of three, each with its own edge', (_name, tier) => {
		const own = termsOf(tier);
		expect(plain(usageBill(own.includedSeconds, own).totalUsd)).toBe(tier.commitmentUsd);
		expect(usageBill(own.includedSeconds + exact(1), own).overageUsd).toBe(exact(tier.overageRate));
	});

	it('is whatever there is to choose from', () => {
		const own = { commitmentUsd: 10, includedSeconds: 100, rate: 0.1, overageRate: 0.2 };
		expect(cheapestTier(exact(150), [own])).toEqual({ commitmentUsd: 10, totalUsd: exact(20) });
		expect(cheapestTier(exact(150), [])).toBeUndefined();
	});
});

describe('a package of credits', () => {
	const bought: CreditPackage = { credits: exact(10_000), usd: exact(5_000) };
	const year = (day: number): Span => ({ start: 0, end: 365 * DAY, asOf: day * DAY });

	it.each<[day: number, used: number, expected: object]>([
		[73, 2_000, { remainingCredits: 8_000, creditsPerDay: 2_000 / 73, runsOutAt: undefined, unusedAtEnd: 0 }],
		[73, 1_000, { remainingCredits: 9_000, creditsPerDay: 1_000 / 73, runsOutAt: undefined, unusedAtEnd: 5_000 }],
		[73, 4_000, { remainingCredits: 6_000, creditsPerDay: 4_000 / 73, runsOutAt: 182.5 * DAY, unusedAtEnd: 0 }],
		[73, 10_000, { remainingCredits: 0, runsOutAt: 73 * DAY, unusedAtEnd: 0 }],
		[73, 12_000, { remainingCredits: 0, runsOutAt: Math.round((73 * DAY * 10) / 12), unusedAtEnd: 0 }],
		[0, 0, { remainingCredits: 10_000, creditsPerDay: undefined, runsOutAt: undefined, unusedAtEnd: 10_000 }],
		[100, 0, { remainingCredits: 10_000, creditsPerDay: 0, runsOutAt: undefined, unusedAtEnd: 10_000 }],
		[365, 10_000, { remainingCredits: 0, runsOutAt: undefined, unusedAtEnd: 0 }],
		[400, 9_000, { remainingCredits: 1_000, runsOutAt: undefined, unusedAtEnd: 1_000 }],
	])('on day %d with %d used', (day, used, expected) => {
		const told = numbers(forecastPackage(exact(used), bought, year(day), exact(6)));
		const { creditsPerDay } = expected as { creditsPerDay?: number };
		expect(told).toMatchObject({ ...expected, ...(creditsPerDay === undefined ? {} : { creditsPerDay: expect.closeTo(creditsPerDay, 6) as unknown }) });
		expect(told).toMatchObject({ marginalCreditsPerMinute: 6, marginalUsdPerMinute: 3 });
	});

	it('has no price a minute when nobody says what it costs', () => {
		expect(forecastPackage(0n, { credits: exact(10_000) }, year(1), exact(6)).marginalUsdPerMinute).toBeUndefined();
	});
});

describe('a forecast', () => {
	const amount = fc.integer({ min: 0, max: 5_000_000_000 }).map((thousandths) => exact(thousandths / 1_000));
	const tier = fc.constantFrom(...TIERS);
	const moment = fc.integer({ min: 1, max: 30 * DAY });

	it('never falls when more is used, and costs no more than the overage rate', () => {
		fc.assert(
			fc.property(amount, amount, tier, (one, more, of) => {
				const own = termsOf(of);
				const grown = usageBill(one + more, own).totalUsd - usageBill(one, own).totalUsd;
				expect(grown >= 0n).toBe(true);
				// Each of the two sides is rounded by itself.
				expect(grown <= usageBill(more, { ...own, includedSeconds: 0n }).overageUsd + 1n).toBe(true);
			}),
		);
	});

	it('has no step at the edge of the pool', () => {
		fc.assert(
			fc.property(tier, fc.integer({ min: 1, max: 1_000_000 }), (of, billionths) => {
				const own = termsOf(of);
				const [below, at, above] = [-1n, 0n, 1n].map((side) => usageBill(own.includedSeconds + side * BigInt(billionths), own));
				expect(below?.totalUsd).toBe(at?.totalUsd);
				expect((above?.totalUsd ?? 0n) - (at?.totalUsd ?? 0n) <= BigInt(billionths)).toBe(true);
			}),
		);
	});

	it('adds up: what remains, what is included and what is beyond', () => {
		fc.assert(
			fc.property(amount, tier, (used, of) => {
				const own = termsOf(of);
				const { remainingSeconds, overageSeconds, overageUsd, totalUsd } = usageBill(used, own);
				expect(used).toBe(own.includedSeconds - remainingSeconds + overageSeconds);
				expect(remainingSeconds === 0n || overageSeconds === 0n).toBe(true);
				expect(totalUsd).toBe(own.commitmentUsd + overageUsd);
			}),
		);
	});

	it('foresees no less than what is used, more for more, and runs out exactly when more is foreseen than there is', () => {
		fc.assert(
			fc.property(amount, amount, moment, amount, (one, more, asOf, pool) => {
				const span = { start: 0, end: 30 * DAY, asOf };
				const projected = projectedUse(one, span);
				// Rounded to thousandths.
				expect(projected >= one - exact(0.0005)).toBe(true);
				expect(projectedUse(one + more, span) >= projected).toBe(true);
				const at = runsOutAt(pool, one, span);
				expect(at === undefined).toBe(projected <= pool);
				if (at !== undefined) expect(at >= 0 && at <= span.end).toBe(true);
			}),
		);
	});

	it('takes the cheapest of the tiers', () => {
		fc.assert(
			fc.property(amount, (used) => {
				const bills = TIERS.map((of): Exact => usageBill(used, termsOf(of)).totalUsd);
				const least = bills.reduce((one, other) => (other < one ? other : one));
				expect(cheapestTier(used, TIERS)?.totalUsd).toBe(least);
			}),
		);
	});

	it('of a package leaves unused what is not foreseen to be used', () => {
		fc.assert(
			fc.property(amount, moment, fc.integer({ min: 1, max: 1_000_000 }), (used, asOf, credits) => {
				const span = { start: 0, end: 30 * DAY, asOf };
				const { unusedAtEnd, remainingCredits, runsOutAt: at } = forecastPackage(used, { credits: exact(credits) }, span, 0n);
				expect(unusedAtEnd >= 0n && unusedAtEnd <= exact(credits)).toBe(true);
				expect(remainingCredits + exact(0.001) >= unusedAtEnd).toBe(true);
				if (at !== undefined) expect(unusedAtEnd).toBe(0n);
			}),
		);
	});
});
