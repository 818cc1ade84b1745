import fc from 'fast-check';

import { sumOf } from '../../../../nodes/heygen/values/decimals';

it.each<[number[], number]>([
	[[], 0],
	[[0.3, -0.1], 0.2],
	[[0.1, 0.2], 0.3],
	[[1_000.1, -0.05], 1_000.05],
	[[1_000, -999.7], 0.3],
	[[0.3, -0.1, -0.2], 0],
	[[1e-7, 2e-7], 3e-7],
	[[1e21, 1], 1e21],
	[[5, -5], 0],
	[[-1.5], -1.5],
])('the sum of %j is %d', (amounts, sum) => {
	expect(Object.is(sumOf(amounts), sum)).toBe(true);
});

it('is that of whole cents', () => {
	const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
	fc.assert(
		fc.property(fc.array(cents, { maxLength: 20 }), (given) => {
			const whole = given.reduce((total, cent) => total + cent, 0);
			expect(sumOf(given.map((cent) => cent / 100))).toBe(whole === 0 ? 0 : whole / 100);
		}),
	);
});
