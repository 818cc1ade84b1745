import fc from 'fast-check';

import { DURATION_TYPES, readDurationTypes } from '../../../../nodes/heygen/values/durationTypes';

/** Lengths of clips, as people and models write them. */

const KNOWN = Object.entries(DURATION_TYPES).map(([value, name]) => ({ value, name }));

it.each<[unknown, string[]]>([
	[30, ['30']],
	['60s', ['60']],
	['1 min', ['60']],
	['1m, 3 MINUTES', ['60', '180']],
	['- 30\n- long', ['30', 'long']],
	[['Long', ['30 sec']], ['long', '30']],
	['LONG long', ['long']],
	['Up to 3 Minutes', ['180']],
	['90', ['90']],
	['2 minutes', ['2 minutes']],
	['extra long', ['extra long']],
])('%j reads as %j', (given, expected) => {
	expect(readDurationTypes(given)).toEqual({ value: expected });
});

it.each([undefined, null, '', ' , ', [], [[]]])('%j holds nothing', (given) => {
	expect(readDurationTypes(given)).toEqual({ value: undefined });
});

it.each<[unknown, RegExp]>([
	[{ seconds: 30 }, /^must be one word, such as 30, 60, 180, long, but it is \{"seconds":30\}/],
	[[30, true], /^must be one word/],
	['x'.repeat(101), /^may have at most 100 characters/],
	['[object Object]', /^holds "\[object Object\]"/],
])('%j is refused', (given, problem) => {
	expect(readDurationTypes(given).problem).toMatch(problem);
});

it('reads every known length by its value and its name, in any order and number', () => {
	const entry = fc.constantFrom(...KNOWN).chain(({ value, name }) => fc.constantFrom(value, name, ` ${name.toUpperCase()} `).map((given) => ({ given, value })));
	fc.assert(
		fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), (entries) => {
			const wanted = [...new Set(entries.map(({ value }) => value))];
			expect(readDurationTypes(entries.map(({ given }) => given))).toEqual({ value: wanted });
			expect(readDurationTypes(entries.map(({ given }) => given).join(', '))).toEqual({ value: wanted });
		}),
	);
});
