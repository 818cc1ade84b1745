import { numeral } from '../values/text';

/**
 * Arithmetic with money, in whole numbers: with fractions, 0.1 + 0.2 is not 0.3. Amounts of credits, of dollars and of
 * seconds are counted in sixtieths of a billionth. Billionths hold every rate (at most six decimals) times every duration
 * (milliseconds); the sixtieth part holds what a second costs of a rate for minutes.
 */

/** Sixtieths of a billionth of a credit, a dollar or a second. */
export type Exact = bigint;

const DECIMALS = 9;
const BILLION = 10n ** BigInt(DECIMALS);
const ONE = 60n * BILLION;

/** A number in the forms that JavaScript writes it in: "0.1", "-5", "1e-7", "1.5e+21". */
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/**
 * A number as an exact amount: what it is written as counts, not the binary fraction next to it.
 *
 * @param value a finite number
 * @returns rounded where it has more decimals than nine, halves away from zero
 * @throws RangeError when it is not finite
 */
export function exact(value: number): Exact {
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(String(value)) ?? [];
	if (whole === '') throw new RangeError(`${numeral(value)} is no amount`);
	const digits = BigInt(whole + fraction);
	const shift = Number(exponent) - fraction.length + DECIMALS;
	const billionths = shift >= 0 ? digits * 10n ** BigInt(shift) : divided(digits, 10n ** BigInt(-shift));
	return (sign === '-' ? -billionths : billionths) * 60n;
}

/**
 * A product of two amounts.
 *
 * @returns rounded to sixtieths of a billionth, halves away from zero
 */
export function times(one: Exact, other: Exact): Exact {
	return divided(one * other, ONE);
}

/**
 * A quotient of two amounts.
 *
 * @param divisor not zero
 * @returns rounded to sixtieths of a billionth, halves away from zero
 */
export function over(dividend: Exact, divisor: Exact): Exact {
	return divided(dividend * ONE, divisor);
}

function divided(dividend: bigint, divisor: bigint): bigint {
	const [top, bottom] = divisor < 0n ? [-dividend, -divisor] : [dividend, divisor];
	const half = top < 0n ? -bottom : bottom;
	return (2n * top + half) / (2n * bottom);
}

/** The sum of amounts; 0 for none. */
export function sum(amounts: readonly Exact[]): Exact {
	return amounts.reduce((total, one) => total + one, 0n);
}

/** The larger of two amounts. */
export function larger(one: Exact, other: Exact): Exact {
	return one > other ? one : other;
}

/** The smaller of two amounts. */
export function smaller(one: Exact, other: Exact): Exact {
	return one < other ? one : other;
}

/**
 * An amount as a number, for output: the number that is written like it.
 *
 * @param amount any amount
 */
export function plain(amount: Exact): number {
	return Number(digitsOf(amount));
}

/**
 * An amount rounded to fewer decimals, such as the cents of a bill.
 *
 * @param amount any amount
 * @param decimals 0 to 9
 * @returns halves are rounded away from zero
 */
export function rounded(amount: Exact, decimals: number): Exact {
	const unit = ONE / 10n ** BigInt(decimals);
	return divided(amount, unit) * unit;
}

/** "-12.5", to the billionth. */
function digitsOf(amount: Exact): string {
	const billionths = divided(amount, 60n);
	const digits = String(billionths < 0n ? -billionths : billionths).padStart(DECIMALS + 1, '0');
	return `${billionths < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}
