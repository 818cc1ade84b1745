import fc from 'fast-check';

import { ASSUMED_USD_PER_CREDIT, Budget, isKnownCurrency, type Purse, type Verdict } from '../../../../nodes/heygen/prices/budget';
import { type Exact, exact, plain, sum } from '../../../../nodes/heygen/prices/exact';

/** Whether a purse pays for several things, in their order. */
function affordable(purse: Purse, costs: readonly Exact[], minimumBalance = 0, usdPerCredit?: number): Verdict[] {
	const budget = new Budget(purse);
	return costs.map((credits) => budget.take(credits, { minimumBalance, ...(usdPerCredit === undefined ? {} : { usdPerCredit }) }));
}

/** Whether a balance pays for what is to be made. */

const credits = (balance: number): Purse => ({ balance, currency: 'credits' });
const usd = (balance: number): Purse => ({ balance, currency: 'usd' });
const fits = (verdicts: Array<{ withinBudget: boolean }>) => verdicts.map(({ withinBudget }) => withinBudget);

describe('a purse', () => {
	it('pays for one thing after the other', () => {
		const verdicts = affordable(credits(10), [4, 4, 4, 2, 0].map(exact));
		expect(fits(verdicts)).toEqual([true, true, false, true, true]);
		// What does not fit takes nothing.
		expect(verdicts.map(({ remainingAfter }) => plain(remainingAfter))).toEqual([6, 2, -2, 0, 0]);
		expect(verdicts.map(({ missing }) => plain(missing))).toEqual([0, 0, 2, 0, 0]);
	});

	it('keeps what must remain', () => {
		const verdicts = affordable(credits(10), [5, 1, 0].map(exact), 5);
		expect(verdicts.map(({ withinBudget, missing }) => [withinBudget, plain(missing)])).toEqual([[true, 0], [false, 1], [true, 0]]);
		expect(fits(affordable(credits(4), [exact(0)], 5))).toEqual([false]);
	});

	it.each<[number | undefined, number, boolean, boolean]>([
		[undefined, ASSUMED_USD_PER_CREDIT, true, false],
		[0.5, 0.5, false, true],
		[0, 0, false, true],
	])('in dollars takes a credit for %s USD', (usdPerCredit, each, isAssumed, isEnough) => {
		const [verdict] = affordable(usd(5), [exact(6)], 0, usdPerCredit);
		expect(verdict).toMatchObject({ price: exact(6 * each), isAssumed, withinBudget: isEnough });
	});

	it('in credits needs no price of a credit', () => {
		expect(affordable(credits(5), [exact(6)], 0, 0.1)).toMatchObject([{ price: exact(6), isAssumed: false, withinBudget: false }]);
	});

	it('compares without an error of rounding', () => {
		expect(fits(affordable(credits(0.3), [0.1, 0.1, 0.1].map(exact)))).toEqual([true, true, true]);
		expect(fits(affordable(credits(0.3), [0.1, 0.2, 0.000000001].map(exact)))).toEqual([true, true, false]);
	});

	it('may have another floor for each thing', () => {
		const budget = new Budget(credits(10));
		expect(budget.take(exact(4), { minimumBalance: 8 }).withinBudget).toBe(false);
		expect(budget.take(exact(4), { minimumBalance: 6 }).withinBudget).toBe(true);
		expect(budget.take(exact(6)).withinBudget).toBe(true);
	});

	it('that is in debt pays for nothing, not even for what costs nothing', () => {
		expect(affordable(credits(-1), [exact(0)])).toMatchObject([{ withinBudget: false, missing: exact(1) }]);
	});

	it('is in a currency that prices are known in', () => {
		expect(['usd', 'credits', 'eur', '', null].map(isKnownCurrency)).toEqual([true, true, false, false, false]);
	});
});

describe('whatever the numbers are', () => {
	const amount = fc.integer({ min: 0, max: 1_000_000 }).map((thousandths) => thousandths / 1_000);
	const given = fc.tuple(amount, amount, fc.array(amount, { maxLength: 40 }), fc.boolean(), fc.option(amount, { nil: undefined }));

	it('what fits never takes more than there is above the floor', () => {
		fc.assert(
			fc.property(given, ([balance, minimum, costs, inDollars, price]) => {
				const verdicts = affordable(inDollars ? usd(balance) : credits(balance), costs.map(exact), minimum, price);
				const taken = sum(verdicts.filter(({ withinBudget }) => withinBudget).map((one) => one.price));
				expect(taken <= (exact(balance) > exact(minimum) ? exact(balance) - exact(minimum) : 0n)).toBe(true);
				for (const { withinBudget, missing } of verdicts) expect(missing > 0n).toBe(!withinBudget);
			}),
		);
	});

	it('a cheaper thing fits wherever a dearer one does', () => {
		fc.assert(
			fc.property(given, amount, amount, ([balance, minimum, costs], one, other) => {
				const last = (cost: number) => affordable(credits(balance), [...costs, cost].map(exact), minimum).at(-1);
				if (last(Math.max(one, other))?.withinBudget === true) expect(last(Math.min(one, other))?.withinBudget).toBe(true);
			}),
		);
	});

	it('more balance, or a lower floor, refuses nothing that comes first', () => {
		fc.assert(
			fc.property(amount, amount, amount, amount, (balance, more, minimum, cost) => {
				const [first] = affordable(credits(balance), [exact(cost)], minimum);
				const [richer] = affordable(credits(balance + more), [exact(cost)], minimum);
				if (first?.withinBudget === true) expect(richer?.withinBudget).toBe(true);
				const [lower] = affordable(credits(balance), [exact(cost)], Math.max(0, minimum - more));
				if (first?.withinBudget === true) expect(lower?.withinBudget).toBe(true);
			}),
		);
	});
});
