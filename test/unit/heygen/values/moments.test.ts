import { DateTime } from 'luxon';

import { readMoment, readSeconds } from '../../../../nodes/heygen/values/moments';

/** Dates and lengths of time as people, nodes and players write them. */

const BERLIN = 'Europe/Berlin';
const utc = (text: string) => Date.parse(text);

describe('a moment', () => {
	it.each<[unknown, string, boolean?]>([
		['2026-11-30', '2026-11-29T23:00:00Z'],
		[' 2026-11-30 ', '2026-11-29T23:00:00Z'],
		['2026-07-01', '2026-06-30T22:00:00Z'],
		['2026-11-30T12:00:00', '2026-11-30T11:00:00Z'],
		['2026-11-30 12:00:00', '2026-11-30T11:00:00Z'],
		['2026-11-30T12:00:00Z', '2026-11-30T12:00:00Z', true],
		['2026-11-30T12:00:00.000+05:00', '2026-11-30T07:00:00Z', true],
		['20261130', '2026-11-29T23:00:00Z'],
		['2026-11', '2026-10-31T23:00:00Z'],
		[new Date('2026-11-30T12:00:00Z'), '2026-11-30T12:00:00Z', true],
		[DateTime.fromISO('2026-11-30T12:00:00', { zone: 'Asia/Tokyo' }), '2026-11-30T03:00:00Z', true],
		[1_796_040_000, '2026-11-30T12:00:00Z', true],
		['1796040000', '2026-11-30T12:00:00Z', true],
		[1_796_040_000_000, '2026-11-30T12:00:00Z', true],
		['2026-11-30T12:00-0500', '2026-11-30T17:00:00Z', true],
		['2026-11-30 12:00:00 -05:00', '2026-11-30T17:00:00Z', true],
	])('%s', (given, moment, isZoned = false) => {
		expect(readMoment(given, BERLIN)).toEqual({ value: { at: utc(moment), isZoned } });
	});

	it('may be none', () => {
		for (const given of ['', ' ', null, undefined]) expect(readMoment(given, BERLIN)).toEqual({ value: undefined });
	});

	it.each<[unknown]>([['soon'], ['30.11.2026'], ['11/30/2026'], ['12:30'], ['20'], [2026], [0], [-1], [NaN], [true], [{}], [[]], ['2026-13-01'], ['2026-02-30'], [new Date(NaN)], ['=now']])(
		'is not %j',
		(given) => {
			expect(readMoment(given, BERLIN).problem).toMatch(/^must be a date such as 2026-11-30, but it is /);
		},
	);
});

describe('a length', () => {
	it.each<[unknown, number]>([
		[90, 90],
		['90', 90],
		['12.5', 12.5],
		[' 12.5 ', 12.5],
		[0, 0],
		['1:30', 90],
		['01:30', 90],
		['0:02.5', 2.5],
		['100:00', 6_000],
		['01:02:03', 3_723],
		['1:00:00.125', 3_600.125],
	])('%j', (given, seconds) => {
		expect(readSeconds(given)).toEqual({ value: seconds });
	});

	it('may be none', () => {
		for (const given of ['', ' ', null, undefined]) expect(readSeconds(given)).toEqual({ value: undefined });
	});

	it.each<[unknown]>([['1,000'], ['1,5'], [-1], ['-1:30'], ['1:75'], ['1:3'], ['1:2:3'], ['1m30s'], [Infinity], [NaN], ['a'], [[]], [true]])('is not %j', (given) => {
		expect(readSeconds(given).problem).toMatch(/^must be a number of seconds of 0 or more, or a time such as 1:30, but it is /);
	});
});
