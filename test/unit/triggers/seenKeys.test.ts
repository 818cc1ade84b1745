import fc from 'fast-check';

import { SeenKeys } from '../../../nodes/engine/triggers/seenKeys';

/** What has come in is remembered for a day, within bounds. */

const DAY = 24 * 3_600_000;
const START = 1_780_000_000_000;

describe('SeenKeys', () => {
	it('takes in what is new, once', () => {
		const seen = new SeenKeys();
		expect(seen.admit(['id 1', 'hash 1'], START)).toBe(true);
		expect(seen.admit(['id 1', 'hash 1'], START)).toBe(false);
		expect(seen.admit(['id 2', 'hash 2'], START)).toBe(true);
	});

	it.each([[['id 1', 'other']], [['other', 'hash 1']], [['hash 1']], [['other', 'another', 'id 1']]])(
		'knows a thing again by any of its keys: %j',
		(keys) => {
			const seen = new SeenKeys();
			seen.admit(['id 1', 'hash 1'], START);
			expect(seen.admit(keys, START + 1)).toBe(false);
		},
	);

	it('takes in none of the keys when one is known', () => {
		const seen = new SeenKeys();
		seen.admit(['a'], START);
		expect(seen.admit(['x', 'a', 'y'], START)).toBe(false);
		expect(seen.admit(['x'], START)).toBe(true);
		expect(seen.admit(['y'], START)).toBe(true);
	});

	it('does not take a key that is named twice for a known one', () => {
		const seen = new SeenKeys(2);
		expect(seen.admit(['a', 'a'], START)).toBe(true);
		expect(seen.admit(['b'], START)).toBe(true);
		expect(seen.admit(['a'], START)).toBe(false);
	});

	it('forgets after exactly 24 hours', () => {
		const seen = new SeenKeys();
		seen.admit(['a'], START);
		expect(seen.admit(['a'], START + DAY - 1)).toBe(false);
		expect(seen.admit(['a'], START + DAY)).toBe(true);
		expect(seen.admit(['a'], START + DAY + 1)).toBe(false);
	});

	it('counts the day from when a thing came in, not from when it was refused', () => {
		const seen = new SeenKeys();
		seen.admit(['a'], START);
		expect(seen.admit(['a'], START + DAY - 1)).toBe(false);
		expect(seen.admit(['a'], START + DAY)).toBe(true);
		expect(seen.admit(['a'], START + 2 * DAY - 1)).toBe(false);
	});

	it('lets the oldest go when there are too many', () => {
		const seen = new SeenKeys(4);
		for (const one of ['a', 'b', 'c']) seen.admit([`${one}1`, `${one}2`], START);
		expect(seen.admit(['c1', 'x'], START)).toBe(false);
		expect(seen.admit(['b2', 'x'], START)).toBe(false);
		expect(seen.admit(['a1', 'a2'], START)).toBe(true);
		expect(seen.admit(['b1'], START)).toBe(true);
	});

	it('keeps tens of thousands of keys, and no more than that', () => {
		const seen = new SeenKeys();
		for (let index = 0; index < 25_000; index++) seen.admit([`id ${index}`, `hash ${index}`], START);
		expect(seen.admit(['id 0', 'hash 0'], START)).toBe(false);
		expect(seen.admit(['id x', 'hash x'], START)).toBe(true);
		expect(seen.admit(['id 0', 'hash 0'], START)).toBe(true);
	});

	it('lets in again what it was told to forget, and nothing else', () => {
		const seen = new SeenKeys();
		seen.admit(['a', 'a2'], START);
		seen.admit(['b'], START);
		seen.forget(['a', 'a2', 'never seen']);
		expect(seen.admit(['b'], START)).toBe(false);
		expect(seen.admit(['a', 'a2'], START)).toBe(true);
		expect(seen.admit(['a2'], START)).toBe(false);
	});

	it('takes what comes in again after that for the youngest', () => {
		const seen = new SeenKeys(2);
		seen.admit(['a'], START);
		seen.admit(['b'], START);
		seen.forget(['a']);
		seen.admit(['a'], START + 1);
		seen.admit(['c'], START + 2);
		expect(seen.admit(['a'], START + DAY)).toBe(false);
		expect(seen.admit(['b'], START + DAY)).toBe(true);
	});
});

/** The same, in the plainest words: a list of what came in, searched from end to end. */
class Naive {
	private list: Array<{ key: string; time: number }> = [];

	constructor(
		private readonly most: number,
		private readonly ms: number,
	) {}

	admit(keys: readonly string[], now: number): boolean {
		this.list = this.list.filter(({ time }) => now - time < this.ms);
		if (this.list.some(({ key }) => keys.includes(key))) return false;
		this.list.push(...[...new Set(keys)].map((key) => ({ key, time: now })));
		this.list = this.list.slice(-this.most);
		return true;
	}

	forget(keys: readonly string[]): void {
		this.list = this.list.filter(({ key }) => !keys.includes(key));
	}
}

it('does the same as a naive model, whatever comes in', () => {
	const keys = fc.uniqueArray(fc.integer({ min: 0, max: 12 }).map((number) => `k${number}`), { minLength: 1, maxLength: 3 });
	const step = fc.record({ keys, wait: fc.nat({ max: 40 }), forget: fc.boolean() });
	let refused = 0;
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (steps, most) => {
			const [seen, naive] = [new SeenKeys(most, 100), new Naive(most, 100)];
			let now = START;
			for (const { keys: given, wait, forget } of steps) {
				now += wait;
				if (forget) {
					seen.forget(given);
					naive.forget(given);
					continue;
				}
				const expected = naive.admit(given, now);
				if (!expected) refused++;
				expect(seen.admit(given, now)).toBe(expected);
			}
		}),
		{ numRuns: 500 },
	);
	expect(refused).toBeGreaterThan(100);
});
