import fc from 'fast-check';

import { exact, larger, over, plain, rounded, smaller, sum, times } from '../../../../nodes/heygen/prices/exact';

/** Numbers as people and contracts write them: at most nine decimals. */
const written = fc.tuple(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.integer({ min: 0, max: 9 })).map(([digits, decimals]) => Number(`${digits}e-${decimals}`));

/** Amounts are counted in sixtieths of a billionth. */
const SIXTY = 60n;

describe('exact', () => {
	it.each<[number, bigint]>([
		[0, 0n],
		[-0, 0n],
		[0.1, 100_000_000n * SIXTY],
		[0.000333, 333_000n * SIXTY],
		[1e-7, 100n * SIXTY],
		[5e-10, 1n * SIXTY],
		[4e-10, 0n],
		[-5e-10, -1n * SIXTY],
		[1.5e21, 1_500_000_000_000_000_000_000_000_000_000n * SIXTY],
		[Number.MIN_VALUE, 0n],
	])('takes %d as it is written', (value, amount) => {
		expect(exact(value)).toBe(amount);
	});

	it.each([NaN, Infinity, -Infinity])('refuses %d', (value) => {
		expect(() => exact(value)).toThrow(RangeError);
	});

	it('gives back what was written', () => {
		fc.assert(fc.property(written, (value) => plain(exact(value)) === (value === 0 ? 0 : value)));
	});
});

it('adds without the errors of fractions', () => {
	expect(plain(exact(0.1) + exact(0.2))).toBe(0.3);
	expect(plain(sum(Array.from({ length: 1_000 }, () => exact(0.1))))).toBe(100);
	expect(sum([])).toBe(0n);
});

it('adds in any order', () => {
	fc.assert(
		fc.property(fc.array(written), (values) => {
			const amounts = values.map(exact);
			return sum(amounts) === sum([...amounts].reverse()) && sum(amounts) === sum(amounts.slice(0, 3)) + sum(amounts.slice(3));
		}),
	);
});

it('multiplies and divides to the nearest unit, halves away from zero', () => {
	expect(times(exact(1.5), exact(-2))).toBe(exact(-3));
	expect(over(exact(1), exact(3))).toBe(20_000_000_000n);
	expect(over(exact(-2), exact(3))).toBe(-40_000_000_000n);
	expect(over(exact(2), exact(-3))).toBe(-40_000_000_000n);
	fc.assert(
		fc.property(written, written.filter((value) => value !== 0), (value, by) => {
			const [amount, divisor] = [exact(value), exact(by)];
			if (divisor === 0n) return true;
			// What is lost is at most half of the last digit.
			const error = over(amount, divisor) * divisor - amount * exact(1);
			return 2n * (error < 0n ? -error : error) <= (divisor < 0n ? -divisor : divisor);
		}),
	);
});

it('rounds to cents, halves away from zero', () => {
	expect([0.005, 0.0049, -0.005, 833.0000001].map((value) => plain(rounded(exact(value), 2)))).toEqual([0.01, 0, -0.01, 833]);
});

it('divides by sixty without any loss', () => {
	expect(plain(sum(Array.from({ length: 60 }, () => over(exact(0.1), exact(60)))))).toBe(0.1);
	fc.assert(fc.property(written, (value) => over(exact(value), exact(60)) * SIXTY === exact(value)));
});

it('never lets rounding change an order', () => {
	fc.assert(
		fc.property(written, written, fc.integer({ min: 0, max: 9 }), (one, other, decimals) => {
			const [low, high] = [smaller(exact(one), exact(other)), larger(exact(one), exact(other))];
			return rounded(low, decimals) <= rounded(high, decimals);
		}),
	);
});
