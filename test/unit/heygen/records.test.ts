import { idIn, timeMs } from '../../../nodes/heygen/records';

describe('timeMs', () => {
	const MS = Date.parse('2026-05-28T20:26:40Z');

	it.each<[unknown, number]>([
		[1_780_000_000, MS],
		[1_780_000_000.123, MS + 123],
		[1_780_000_000_123, MS + 123],
		[1_780_000_000_123_000, MS + 123],
		[1_780_000_000_123_000_000, MS + 123],
		['1780000000', MS],
		[' 1780000000.123 ', MS + 123],
		['1780000000123', MS + 123],
		['1780000000123000', MS + 123],
		['2026-05-28T20:26:40Z', MS],
		['2026-05-28T20:26:40.123Z', MS + 123],
		['2026-05-28T22:26:40+02:00', MS],
		['2026-05-28T20:26:40.123000+00:00', MS + 123],
		['2026-05-28T20:26:40', MS],
		['2026-05-28 20:26:40.123', MS + 123],
		['2026-05-28', MS - 73_600_000],
	])('reads %j', (value, expected) => {
		expect(Math.round(timeMs(value) ?? 0)).toBe(expected);
	});

	it.each([[null], [undefined], [''], ['soon'], [Number.NaN], [Infinity], [{}], [[1]], [true], [0], [-1], ['0'], ['-5'], [1e300], ['9'.repeat(400)]])(
		'finds no time in %j',
		(value) => {
			expect(timeMs(value)).toBeUndefined();
		},
	);

	it('gives what a date can be made of', () => {
		for (const value of [1, 1e11, 1e14 - 1, 1e17 - 1, 9e19]) {
			expect(new Date(timeMs(value) ?? Number.NaN).toISOString()).toMatch(/Z$/);
		}
	});
});

describe('idIn', () => {
	it.each<[Record<string, unknown>, string | undefined]>([
		[{ id: 'a', video_id: 'b' }, 'a'],
		[{ id: null, video_id: 'b' }, 'b'],
		[{ id: ' ', video_id: 7 }, '7'],
		[{ id: 0 }, '0'],
		[{ id: { id: 'a' } }, undefined],
		[{ id: Number.NaN }, undefined],
		[{}, undefined],
	])('reads %j', (record, expected) => {
		expect(idIn(record, ['id', 'video_id'])).toBe(expected);
	});
});
