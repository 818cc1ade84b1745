import * as fc from 'fast-check';

import { fillRate, windowBounds, windowLength } from '../../../../nodes/engine/request/pacing/sample';

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
