import * as fc from 'fast-check';

import { bucketOf, fillRate, windowBounds, windowLength } from '../../../../nodes/engine/request/pacing/sample';

/** Whatever order requests and answers come in, what is learned from them can be kept: nobody waits for ever. */

const moment = fc.double({ min: 1_000_000, max: 1_010_000, noNaN: true });
const amount = fc.integer({ min: 1, max: 1_000 });
const wait = fc.option(fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.constantFrom(1_000, 2_000, 60_000)), { nil: undefined });

it('a window has a length, and a roundest one within its bounds', () => {
	fc.assert(
		fc.property(moment, moment, moment, moment, wait, (refusedAt, fullAt, until, oldest, named) => {
			const sample = { from: 1_000_000, refusedAt, fullAt, until, wait: named, seenAt: refusedAt, accepted: 5, refused: 2, paced: true };
			const bounds = windowBounds(sample, oldest);
			expect(bounds.least).toBeGreaterThanOrEqual(0);
			expect(bounds.most).toBeGreaterThan(bounds.least);
			const length = windowLength(bounds);
			expect(length).toBeGreaterThanOrEqual(50);
			expect(length).toBeLessThanOrEqual(bounds.most + 1e-6);
		}),
		{ numRuns: 2_000 },
	);
});

it('an interval that ends before its requests were sent is no rate', () => {
	fc.assert(
		fc.property(fc.array(moment, { maxLength: 40 }), moment, amount, amount, (sends, refusedAt, burst, roundTrip) => {
			const rate = fillRate([...sends].sort((a, b) => a - b), refusedAt, burst, roundTrip);
			expect(rate).toBeGreaterThanOrEqual(0);
			expect(Number.isFinite(rate)).toBe(true);
		}),
	);
});

describe('a bucket that is found from two samples', () => {
	/** When a bucket lets requests through that are sent at these moments. */
	function accepted(moments: number[], rate: number, burst: number): number[] {
		let tokens = burst;
		let last = moments[0] as number;
		return moments.filter((at) => {
			tokens = Math.min(burst, tokens + rate * (at - last));
			last = at;
			if (tokens < 1) return false;
			tokens--;
			return true;
		});
	}

	it.each([
		{ rate: 0.02, burst: 5 },
		{ rate: 0.04, burst: 5 },
		{ rate: 0.02, burst: 10 },
		{ rate: 0.01, burst: 4 },
	])('has the rate and the burst that the server counts with: $rate, $burst', ({ rate, burst }) => {
		// Rounds of 2, 1, 2, 5 and 14 requests, one each 50 ms; then some at once, and more ever faster.
		const rounds = [2, 1, 2, 5, 14].flatMap((size, round) => Array.from({ length: size }, () => 50 * round));
		const first = accepted(rounds, rate, burst);
		const second = Array.from({ length: burst - 2 }, () => 5_000);
		for (let pause = 1.5 / rate, at = 5_000 + pause; pause > 0.2 / rate; pause *= 0.93, at += pause) second.push(at);
		const sends = accepted(second, rate, burst);
		const refusedAt = second.find((at, index) => at !== sends[index]) as number;
		const before = sends.filter((at) => at < refusedAt);
		const found = bucketOf(first, before, refusedAt, 50);
		expect(found.rate).toBeGreaterThan(0.85 * rate);
		expect(found.rate).toBeLessThan(1.15 * rate);
		// What was refilled while the rounds went on is told from the burst.
		expect(Math.abs(found.burst - burst)).toBeLessThanOrEqual(1.2);
	});

	it('is never without a rate or a burst that can be kept', () => {
		fc.assert(
			fc.property(
				fc.array(moment, { minLength: 1, maxLength: 16 }),
				fc.array(moment, { maxLength: 40 }),
				moment,
				amount,
				(first, sends, refusedAt, roundTrip) => {
					const sorted = (moments: number[]) => [...moments].sort((a, b) => a - b);
					const { rate, burst } = bucketOf(sorted(first), sorted(sends), refusedAt, roundTrip);
					expect(Number.isFinite(rate)).toBe(true);
					expect(rate).toBeGreaterThanOrEqual(0);
					expect(burst).toBeGreaterThanOrEqual(1);
					expect(burst).toBeLessThanOrEqual(first.length);
				},
			),
		);
	});
});
