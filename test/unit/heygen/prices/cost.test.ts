import fc from 'fast-check';

import { type Contract, costOf, costRecord, gapsIn, LISTED, type Order, orderRecord } from '../../../../nodes/heygen/prices/cost';
import { readContract } from '../../../../nodes/heygen/prices/contract';
import { sum } from '../../../../nodes/heygen/prices/exact';
import { isPerCall, JOB_KINDS, type PricedKind, type Rate, rateName, RATES } from '../../../../nodes/heygen/prices/rates';

/** HeyGen's page "Enterprise Pricing", line by line: what a minute costs, or a call. */
const PRICE_LIST: Array<[order: Order, credits: number, formula: string]> = [
	[{ kind: 'avatarVideo', seconds: 60 }, 6, '60 s × 0.1 credits a second = 6 credits'],
	[{ kind: 'avatarVideoIii', seconds: 60 }, 0.198, '60 s × 0.0033 credits a second = 0.198 credits'],
	[{ kind: 'cinematicVideo' }, 7, '7 credits a call = 7 credits'],
	[{ kind: 'videoAgent', seconds: 60 }, 4.002, '60 s × 0.0667 credits a second = 4.002 credits'],
	[{ kind: 'hyperframes', seconds: 60 }, 0.1, '60 s / 60 × 0.1 credits a minute = 0.1 credits'],
	[{ kind: 'hyperframes', seconds: 60, frameRate: 60 }, 0.2, '60 s / 60 × 0.2 credits a minute = 0.2 credits'],
	[{ kind: 'hyperframes', seconds: 60, resolution: '4k' }, 0.15, '60 s / 60 × 0.15 credits a minute = 0.15 credits'],
	[{ kind: 'hyperframes', seconds: 60, resolution: '4k', frameRate: 60 }, 0.3, '60 s / 60 × 0.3 credits a minute = 0.3 credits'],
	[{ kind: 'translationSpeed', seconds: 60 }, 3, '60 s × 0.05 credits a second = 3 credits'],
	[{ kind: 'translationPrecision', seconds: 60 }, 6, '60 s × 0.1 credits a second = 6 credits'],
	[{ kind: 'proofread', seconds: 60 }, 0.4998, '60 s × 0.00833 credits a second = 0.4998 credits'],
	[{ kind: 'lipsyncSpeed', seconds: 60 }, 3, '60 s × 0.05 credits a second = 3 credits'],
	[{ kind: 'lipsyncPrecision', seconds: 60 }, 6, '60 s × 0.1 credits a second = 6 credits'],
	[{ kind: 'speech', seconds: 60 }, 0.01998, '60 s × 0.000333 credits a second = 0.01998 credits'],
	[{ kind: 'digitalTwin' }, 1, '1 credit a call = 1 credit'],
	[{ kind: 'photoAvatar' }, 1, '1 credit a call = 1 credit'],
];

it.each(PRICE_LIST)('%j costs %d credits', (order, credits, formula) => {
	const cost = costOf(order);
	expect(cost && costRecord(cost)).toEqual({ credits, seconds: order.seconds ?? null, usd: null, formula });
	expect(cost?.rateSource).toContain("HeyGen's Enterprise Pricing");
});

/** Kinds whose price no list of HeyGen names, as messages call what they make. */
const UNPUBLISHED = { clipping: 'clippings', backgroundRemoval: 'background removals', modelVideo: 'videos from prompts' } as const;
const UNPUBLISHED_KINDS = Object.keys(UNPUBLISHED) as Array<keyof typeof UNPUBLISHED>;

it('has every line of the price list, that of filler words, and those that HeyGen does not publish', () => {
	const checked = PRICE_LIST.map(([order]) => rateName(order.kind, order));
	expect([...checked, 'fillerWordRemoval', ...UNPUBLISHED_KINDS].sort()).toEqual(Object.keys(RATES).sort());
	const kinds = PRICE_LIST.map(([{ kind }]) => kind);
	expect(new Set([...kinds, 'fillerWordRemoval', ...UNPUBLISHED_KINDS])).toEqual(new Set(Object.keys(JOB_KINDS)));
});

describe('a removal of filler words', () => {
	it.each<[seconds: number, count: number, credits: number, formula: string]>([
		[0, 1, 0.3, '0 s, charged as 60 s / 60 × 0.3 credits a minute = 0.3 credits'],
		[20, 1, 0.3, '20 s, charged as 60 s / 60 × 0.3 credits a minute = 0.3 credits'],
		[59.999, 1, 0.3, '59.999 s, charged as 60 s / 60 × 0.3 credits a minute = 0.3 credits'],
		[60, 1, 0.3, '60 s / 60 × 0.3 credits a minute = 0.3 credits'],
		[61, 1, 0.305, '61 s / 60 × 0.3 credits a minute = 0.305 credits'],
		[20, 3, 0.9, '20 s, charged as 3 × 60 s / 60 × 0.3 credits a minute = 0.9 credits'],
	])('of %d s, %d times, costs %d credits', (seconds, count, credits, formula) => {
		// What the record names is the real length, however much is charged.
		expect(orderRecord({ kind: 'fillerWordRemoval', seconds, count })).toEqual({ credits, seconds: seconds * count, usd: null, formula });
	});

	it('names the list that its price is from', () => {
		expect(costOf({ kind: 'fillerWordRemoval', seconds: 60 })).toMatchObject({
			rateSource: "HeyGen's self-serve prices of August 2026, Filler Word Removal",
			isListed: true,
		});
	});

	it('has its least charge at any price', () => {
		const contract = { rates: { fillerWordRemoval: 0.2 }, usdPerCredit: 0.5 };
		expect(orderRecord({ kind: 'fillerWordRemoval', seconds: 30 }, contract)).toEqual({
			...{ credits: 0.2, seconds: 30, usd: 0.1 },
			formula: '30 s, charged as 60 s / 60 × 0.2 credits a minute = 0.2 credits; 0.2 credits × 0.5 USD = 0.1 USD',
		});
		expect(costOf({ kind: 'fillerWordRemoval', seconds: 30, rate: 1 })).toMatchObject({ rate: 1, seconds: 30 });
	});
});

describe.each(UNPUBLISHED_KINDS)('%s, whose price HeyGen does not publish,', (kind) => {
	const noPrice = `HeyGen publishes no price for ${UNPUBLISHED[kind]}`;
	const noLength = 'the length of the video is not known';

	it('has no cost, and says why', () => {
		expect(costOf({ kind, seconds: 60 })).toBeUndefined();
		expect(orderRecord({ kind, seconds: 60, count: 2 })).toEqual({ credits: null, seconds: 120, usd: null, formula: noPrice });
		expect(orderRecord({ kind })).toEqual({ credits: null, seconds: null, usd: null, formula: `${noPrice} and ${noLength}` });
		expect(gapsIn({ kind }).map(({ of }) => of)).toEqual(['rate', 'length']);
	});

	it('costs what the contract or the node says', () => {
		const contract = { rates: { [kind]: 0.05 } };
		expect(costOf({ kind, seconds: 60 }, contract)).toMatchObject({ rate: 0.05, unit: 'second', rateSource: 'given in the credential', isListed: false });
		expect(orderRecord({ kind, seconds: 60, rate: 0.5 }, contract)).toMatchObject({ credits: 30, formula: '60 s × 0.5 credits a second = 30 credits' });
		expect(orderRecord({ kind, rate: 0.5 })).toEqual({ credits: null, seconds: null, usd: null, formula: noLength });
	});

	it('costs nothing at a price of 0, however long', () => {
		expect(gapsIn({ kind, rate: 0 })).toEqual([]);
		expect(orderRecord({ kind, rate: 0 })).toEqual({ credits: 0, seconds: null, usd: null, formula: '0 credits a second = 0 credits' });
	});
});

it.each([
	[24, 30],
	[30, 30],
	[31, 60],
	[50, 60],
	[240, 60],
])('takes %d frames a second for %d', (frameRate, expected) => {
	expect(rateName('hyperframes', { frameRate })).toBe(`hyperframes1080p${expected}`);
});

it('says nothing of a length that is not known', () => {
	expect(costOf({ kind: 'avatarVideo' })).toBeUndefined();
	expect(orderRecord({ kind: 'avatarVideo' })).toEqual({ credits: null, seconds: null, usd: null, formula: 'the length of the video is not known' });
	expect(orderRecord({ kind: 'cinematicVideo' })).toMatchObject({ credits: 7, seconds: null });
});

it('counts several, and dollars', () => {
	const cost = costOf({ kind: 'translationSpeed', seconds: 90.5, count: 3 }, { rates: {}, usdPerCredit: 0.5 });
	expect(cost && costRecord(cost)).toEqual({
		credits: 13.575,
		seconds: 271.5,
		usd: 6.7875,
		formula: '3 × 90.5 s × 0.05 credits a second = 13.575 credits; 13.575 credits × 0.5 USD = 6.7875 USD',
	});
});

describe('a rate', () => {
	const order: Order = { kind: 'avatarVideo', seconds: 10 };

	it("of the contract goes before HeyGen's list, and the node's before both", () => {
		const contract = { rates: { avatarVideo: 0.08 } };
		expect(costOf(order, contract)).toMatchObject({ rate: 0.08, rateSource: 'given in the credential' });
		expect(costOf({ ...order, rate: 0.05 }, contract)).toMatchObject({ rate: 0.05, rateSource: 'given in the node' });
		expect(costOf({ ...order, rate: 0 }, contract)?.credits).toBe(0n);
	});

	it.each(Object.keys(RATES))('%s can be that of a contract', (name) => {
		const contract = readContract({ [name]: 0.123 });
		expect(contract.value?.rates).toEqual({ [name]: 0.123 });
	});
});

describe('the JSON of a contract', () => {
	const every = { hyperframes1080p30: 0.4, hyperframes1080p60: 0.4, hyperframes4k30: 0.4, hyperframes4k60: 0.4 };

	it.each<[string, unknown, object]>([
		['nothing', undefined, {}],
		['a blank', ' \n', {}],
		['an empty record', '{}', {}],
		['text', '{"avatarVideo": 0.08}', { avatarVideo: 0.08 }],
		['a record', { avatarVideo: '0.08' }, { avatarVideo: 0.08 }],
		['a fenced block', '```json\n{"speech": 0.001}\n```', { speech: 0.001 }],
		['names in other writings', { avatar_video: 1, 'Video Agent': 2, 'LIPSYNC-SPEED': 3 }, { avatarVideo: 1, videoAgent: 2, lipsyncSpeed: 3 }],
		['names as the editor has them', { 'Avatar Video (Avatar III)': 0.5 }, { avatarVideoIii: 0.5 }],
		['one price of HyperFrames', { hyperframes: 0.4 }, every],
		['prices of HyperFrames', { hyperframes: { '4K60': 0.2, '1080p30': 0.1 } }, { hyperframes4k60: 0.2, hyperframes1080p30: 0.1 }],
		['an empty price', { avatarVideo: '', speech: null }, {}],
		['a price of 0', { speech: 0 }, { speech: 0 }],
	])('can be %s', (_what, given, rates) => {
		expect(readContract(given)).toEqual({ value: { rates } });
	});

	it('says what a credit costs', () => {
		expect(readContract('{"usdPerCredit": 0.5}').value).toEqual({ rates: {}, usdPerCredit: 0.5 });
	});

	it.each<[string, unknown, RegExp]>([
		['no JSON', 'avatarVideo: 0.08', /^must be JSON such as/],
		['a list', [0.1], /^must be JSON/],
		['a number', 5, /^must be JSON/],
		['an unknown name', { avatar: 1 }, /^has no price named "avatar": it can have avatarVideo, .*usdPerCredit$/],
		['an unknown line of HyperFrames', { hyperframes: { '8k30': 1 } }, /named "8k30": it can have 1080p30, 1080p60, 4k30, 4k60$/],
		['a negative price', { speech: -1 }, /^has for "speech" what must be a number of 0 or more, but it is "-1"$/],
		['a price with a comma', { speech: '0,1' }, /"speech".*"0,1"$/],
		['a record as a price', { speech: { a: 1 } }, /"speech"/],
	])('is refused when it is %s', (_what, given, problem) => {
		expect(readContract(given).problem).toMatch(problem);
	});
});

describe('for any order', () => {
	const kinds = fc.constantFrom(...(Object.keys(JOB_KINDS) as PricedKind[]));
	/** Milliseconds, up to a day. */
	const lengths = fc.integer({ min: 0, max: 86_400_000 }).map((milliseconds) => milliseconds / 1_000);
	/** Prices of a contract, for kinds that have no other. */
	const contract: Contract = { rates: { clipping: 0.07, backgroundRemoval: 0.013, modelVideo: 0.3 } };
	const creditsOf = (order: Order) => costOf(order, contract)?.credits ?? -1n;

	it('a longer one costs no less, and nothing costs less than 0', () => {
		fc.assert(
			fc.property(kinds, lengths, lengths, (kind, one, other) => {
				const [short, long] = [creditsOf({ kind, seconds: Math.min(one, other) }), creditsOf({ kind, seconds: Math.max(one, other) })];
				return 0n <= short && short <= long;
			}),
		);
	});

	it('several cost as much as each of them together', () => {
		fc.assert(
			fc.property(kinds, lengths, fc.integer({ min: 1, max: 200 }), (kind, seconds, count) => {
				const each = creditsOf({ kind, seconds });
				return creditsOf({ kind, seconds, count }) === sum(Array.from({ length: count }, () => each));
			}),
		);
	});

	it('the cost is told if and only if nothing is missing', () => {
		const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
		const orders = fc.record({ kind: kinds, seconds: optional(lengths), rate: optional(fc.constantFrom(0, 0.1, 2)) });
		fc.assert(
			fc.property(orders, fc.constantFrom(LISTED, contract), ({ kind, seconds, rate }, prices) => {
				const order = { kind, ...(seconds === undefined ? {} : { seconds }), ...(rate === undefined ? {} : { rate }) };
				const isKnown = costOf(order, prices) !== undefined;
				expect(gapsIn(order, prices).length === 0).toBe(isKnown);
				expect(orderRecord(order, prices).credits !== null).toBe(isKnown);
			}),
		);
	});

	it('what is charged by its length is exact: parts cost what the whole costs, unless there is a least charge', () => {
		const byLength = (Object.keys(JOB_KINDS) as PricedKind[]).filter((kind) => {
			const { leastSeconds }: Rate = RATES[rateName(kind)];
			return !isPerCall(kind) && leastSeconds === undefined;
		});
		fc.assert(
			fc.property(fc.constantFrom(...byLength), fc.array(fc.integer({ min: 0, max: 3_600_000 }), { maxLength: 20 }), (kind, parts) => {
				const whole = parts.reduce((total, part) => total + part, 0) / 1_000;
				return sum(parts.map((part) => creditsOf({ kind, seconds: part / 1_000 }))) === creditsOf({ kind, seconds: whole });
			}),
		);
	});
});
