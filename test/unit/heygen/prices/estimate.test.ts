import fc from 'fast-check';

import { type Contract, costOf, costRecord, LISTED, type Order } from '../../../../nodes/heygen/prices/cost';
import { type Estimate, estimateRecord, totalRecord } from '../../../../nodes/heygen/prices/estimate';
import { exact, plain, sum } from '../../../../nodes/heygen/prices/exact';
import { CALL_KINDS, isPerCall, JOB_KINDS, LENGTH_KINDS, type PricedKind, type Rate, rateName, RATES } from '../../../../nodes/heygen/prices/rates';

/** What jobs cost, by every line of HeyGen's price list. */

const KINDS = Object.keys(JOB_KINDS) as PricedKind[];

/** What is charged for the shortest. */
const leastSecondsOf = (kind: PricedKind) => (RATES[rateName(kind)] as Rate).leastSeconds ?? 0;

/** Prices of a contract, for kinds that have no other. */
const UNPUBLISHED = { clipping: 0.07, backgroundRemoval: 0.013, modelVideo: 0.3 };

function estimated(order: Partial<Order> & Pick<Order, 'kind'>, contract: Contract = LISTED): Estimate {
	const { kind, count = 1 } = order;
	const cost = costOf(order, contract);
	if (cost === undefined) throw new Error('The length or the price is missing');
	return { kind, count, cost };
}

describe('every line of the price list', () => {
	it.each<[Order, number, string, string]>([
		[{ kind: 'avatarVideo', seconds: 60 }, 6, 'second', '60 s × 0.1 credits a second = 6 credits'],
		[{ kind: 'avatarVideoIii', seconds: 60 }, 0.198, 'second', '60 s × 0.0033 credits a second = 0.198 credits'],
		[{ kind: 'cinematicVideo' }, 7, 'call', '7 credits a call = 7 credits'],
		[{ kind: 'videoAgent', seconds: 60 }, 4.002, 'second', '60 s × 0.0667 credits a second = 4.002 credits'],
		[{ kind: 'hyperframes', seconds: 90 }, 0.15, 'minute', '90 s / 60 × 0.1 credits a minute = 0.15 credits'],
		[{ kind: 'hyperframes', seconds: 90, frameRate: 60 }, 0.3, 'minute', '90 s / 60 × 0.2 credits a minute = 0.3 credits'],
		[{ kind: 'hyperframes', seconds: 90, resolution: '4k' }, 0.225, 'minute', '90 s / 60 × 0.15 credits a minute = 0.225 credits'],
		[{ kind: 'hyperframes', seconds: 90, resolution: '4k', frameRate: 60 }, 0.45, 'minute', '90 s / 60 × 0.3 credits a minute = 0.45 credits'],
		[{ kind: 'translationSpeed', seconds: 60, count: 3 }, 9, 'second', '3 × 60 s × 0.05 credits a second = 9 credits'],
		[{ kind: 'translationPrecision', seconds: 60 }, 6, 'second', '60 s × 0.1 credits a second = 6 credits'],
		[{ kind: 'proofread', seconds: 60 }, 0.4998, 'second', '60 s × 0.00833 credits a second = 0.4998 credits'],
		[{ kind: 'lipsyncSpeed', seconds: 60 }, 3, 'second', '60 s × 0.05 credits a second = 3 credits'],
		[{ kind: 'lipsyncPrecision', seconds: 60 }, 6, 'second', '60 s × 0.1 credits a second = 6 credits'],
		[{ kind: 'speech', seconds: 60 }, 0.01998, 'second', '60 s × 0.000333 credits a second = 0.01998 credits'],
		[{ kind: 'digitalTwin', count: 2 }, 2, 'call', '2 × 1 credit a call = 2 credits'],
		[{ kind: 'photoAvatar' }, 1, 'call', '1 credit a call = 1 credit'],
	])('%j', (order, credits, rateUnit, formula) => {
		const { count = 1 } = order;
		const record = estimateRecord(estimated(order));
		expect(record).toEqual({
			...{ credits, seconds: order.seconds === undefined ? null : order.seconds * count, usd: null, formula },
			...{ jobKind: order.kind, rate: expect.any(Number) as unknown, rateUnit, count },
			rateSource: expect.stringMatching(/^HeyGen's Enterprise Pricing, /) as unknown,
		});
	});

	it('is one that a kind leads to', () => {
		const qualities = [{}, { frameRate: 60 }, { resolution: '4k' as const }, { resolution: '4k' as const, frameRate: 31 }];
		const reached = KINDS.flatMap((kind) => qualities.map((quality) => rateName(kind, quality)));
		expect(new Set(reached)).toEqual(new Set(Object.keys(RATES)));
	});

	it('is charged by the call or by a length', () => {
		expect(CALL_KINDS).toEqual(['cinematicVideo', 'digitalTwin', 'photoAvatar']);
		expect([...CALL_KINDS, ...LENGTH_KINDS].sort()).toEqual([...KINDS].sort());
		for (const kind of KINDS) expect(costOf({ kind }, { rates: UNPUBLISHED }) === undefined).toBe(!isPerCall(kind));
	});
});

describe('an estimate', () => {
	it('takes the rate of the order first, then that of the contract, and says which', () => {
		const contract = { rates: { avatarVideo: 0.08 }, usdPerCredit: 0.5 };
		const sources = [LISTED, contract].flatMap((one) =>
			[undefined, 0.02].map((rate) => estimateRecord(estimated({ kind: 'avatarVideo', seconds: 100, ...(rate === undefined ? {} : { rate }) }, one))),
		);
		expect(sources.map(({ credits, usd, rate, rateSource }) => [credits, usd, rate, rateSource])).toEqual([
			[10, null, 0.1, "HeyGen's Enterprise Pricing, Video Generation — Avatar IV & V"],
			[2, null, 0.02, 'given in the node'],
			[8, 4, 0.08, 'given in the credential'],
			[2, 1, 0.02, 'given in the node'],
		]);
	});

	it('says what a script came to', () => {
		const speech = { seconds: 60, language: 'en', unit: 'words', count: 150, perMinute: 150, pauseSeconds: 1.5, isGuessed: true, formula: '150 words = 60 s' } as const;
		expect(estimateRecord({ ...estimated({ kind: 'avatarVideo', seconds: 60 }), speech })).toMatchObject({
			formula: '150 words = 60 s; 60 s × 0.1 credits a second = 6 credits',
			...{ language: 'en', words: 150, perMinute: 150, pauseSeconds: 1.5 },
		});
		expect(estimateRecord({ ...estimated({ kind: 'avatarVideo', seconds: 60 }), speech: { ...speech, unit: 'characters' } })).toMatchObject({ characters: 150 });
	});

	it('grows with the length, and with the count in proportion', () => {
		const seconds = fc.integer({ min: 0, max: 10_000_000 }).map((milliseconds) => milliseconds / 1_000);
		fc.assert(
			fc.property(fc.constantFrom(...LENGTH_KINDS), seconds, seconds, fc.integer({ min: 1, max: 50 }), (kind, one, other, count) => {
				const credits = (length: number, times = 1) => estimated({ kind, seconds: length, count: times }, { rates: UNPUBLISHED }).cost.credits;
				expect(credits(Math.min(one, other)) <= credits(Math.max(one, other))).toBe(true);
				expect(credits(one, count)).toBe(credits(one) * BigInt(count));
				expect(credits(0)).toBe(credits(leastSecondsOf(kind)));
				expect(credits(0) === 0n).toBe(leastSecondsOf(kind) === 0);
			}),
		);
	});
});

describe('a total', () => {
	const orders = fc.array(
		fc.record({
			kind: fc.constantFrom(...KINDS),
			seconds: fc.integer({ min: 0, max: 3_600_000 }).map((milliseconds) => milliseconds / 1_000),
			count: fc.integer({ min: 1, max: 9 }),
		}),
		{ minLength: 1, maxLength: 60 },
	);
	const contract = { rates: UNPUBLISHED, usdPerCredit: 0.37 };
	const sumOf = (values: Array<number | null>) => plain(values.reduce((total, value) => total + exact(value ?? 0), 0n));

	it('is the sum of its parts, without an error of rounding', () => {
		fc.assert(
			fc.property(orders, (list) => {
				const parts = list.map((order) => estimated(order, contract));
				const records = parts.map(({ cost }) => costRecord(cost));
				const total = totalRecord(parts);
				expect(total.items).toBe(list.length);
				expect(total.credits).toBe(plain(sum(parts.map(({ cost }) => cost.credits))));
				expect(total.usd).toBe(plain(sum(parts.map(({ cost }) => cost.usd ?? 0n))));
				// Items show billionths.
				expect(Math.abs(total.credits - sumOf(records.map(({ credits }) => credits)))).toBeLessThan(1e-6);
				expect(total.seconds ?? 0).toBe(sumOf(records.map(({ seconds }) => seconds)));
				expect(sumOf(Object.values(total.byKind))).toBeCloseTo(total.credits, 6);
			}),
		);
	});

	it('is the same in any order', () => {
		const shuffled = orders.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
		fc.assert(
			fc.property(shuffled, ([list, other]) => {
				const [one, two] = [list, other].map((each) => totalRecord(each.map((order) => estimated(order, contract))));
				expect({ ...one, formula: '' }).toEqual({ ...two, formula: '' });
			}),
		);
	});

	it('has no length and no dollars where its parts have none', () => {
		expect(totalRecord([estimated({ kind: 'digitalTwin' }), estimated({ kind: 'cinematicVideo' })])).toEqual({
			...{ credits: 8, seconds: null, usd: null, items: 2, formula: '1 + 7 = 8 credits' },
			byKind: { digitalTwin: 1, cinematicVideo: 7 },
		});
		const mixed = [estimated({ kind: 'avatarVideo', seconds: 0.3 }, contract), estimated({ kind: 'avatarVideo', seconds: 0.6 })];
		expect(totalRecord(mixed)).toMatchObject({ credits: 0.09, seconds: 0.9, usd: null });
		expect(totalRecord([])).toEqual({ credits: 0, seconds: null, usd: 0, items: 0, formula: '0 = 0 credits', byKind: {} });
	});

	it('of many does not name each of them', () => {
		const many = Array.from({ length: 1_000 }, () => estimated({ kind: 'avatarVideo', seconds: 0.1 }));
		expect(totalRecord(many)).toMatchObject({ credits: 10, seconds: 100, formula: '1,000 estimates = 10 credits' });
	});
});
