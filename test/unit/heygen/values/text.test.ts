import { amount, numeral } from '../../../../nodes/heygen/values/text';

it.each([
	[0, '0'],
	[7, '7'],
	[999, '999'],
	[1_000, '1,000'],
	[5_000, '5,000'],
	[1_234_567, '1,234,567'],
	[-2_048, '-2,048'],
	[0.5, '0.5'],
	[0.0001, '0.0001'],
	[1_234.5, '1,234.5'],
])('%d is written %s', (value, expected) => {
	expect(numeral(value)).toBe(expected);
});

it.each([
	[0, '0 videos'],
	[1, '1 video'],
	[2, '2 videos'],
	[1_000, '1,000 videos'],
])('%d: %s', (count, expected) => {
	expect(amount(count, 'video')).toBe(expected);
});
