import { amount, numeral, timeInWords } from '../../../../nodes/heygen/values/text';

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

it.each([
	[0, 'less than a second'],
	[999, 'less than a second'],
	[1_000, '1 s'],
	[38_400, '38 s'],
	[59_600, '1 min'],
	[134_000, '2 min 14 s'],
	[3_599_400, '59 min 59 s'],
	[3_599_600, '1 h'],
	[3_900_000, '1 h 5 min'],
	[7_199_000, '2 h'],
	[3_600_000_000, '1,000 h'],
])('%d milliseconds are %s', (ms, expected) => {
	expect(timeInWords(ms)).toBe(expected);
});
