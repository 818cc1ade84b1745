/** Calculations with amounts as people write them: 0.3 - 0.1 is 0.2, and not 0.19999999999999998. */

/** Digits behind the point that are kept; more than HeyGen's prices and balances have. */
const DIGITS_MAX = 20;

/**
 * The sum of some numbers, exact in their own digits.
 *
 * @param amounts finite numbers; what is to be taken away has a minus
 * @returns 0 for none
 */
export function sumOf(amounts: readonly number[]): number {
	const digits = Math.min(DIGITS_MAX, Math.max(0, ...amounts.map(digitsOf)));
	const sum = Number(amounts.reduce((total, amount) => total + amount, 0).toFixed(digits));
	// What is left of rounding may be a zero with a minus.
	return sum === 0 ? 0 : sum;
}

/** Digits behind the point: "0.05" has 2, "1e-7" has 7. */
function digitsOf(amount: number): number {
	const [mantissa = '', exponent = '0'] = String(amount).split('e');
	const behind = mantissa.split('.')[1]?.length ?? 0;
	return Math.max(0, behind - Number(exponent));
}
