import { readColor } from '../../../../nodes/heygen/values/colors';

it.each([
	['#1A2B3c', '#1A2B3c'],
	[' #1a2b3c\n', '#1a2b3c'],
	['1a2b3c', '#1a2b3c'],
	['#abc', '#aabbcc'],
	['', undefined],
	[null, undefined],
])('%j is %j', (given, value) => {
	expect(readColor(given)).toEqual({ value });
});

it.each(['red', '#ffff', '#12345g', 'rgb(0, 0, 0)', 123456, {}, ['#fff']])('%j is no color', (given) => {
	expect(readColor(given).problem).toMatch(/^must be a color such as #1A2B3C, but it is /);
});
