/** What a contract comes to: by numbers, by the account and by jobs, in both of HeyGen's billing models. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { countOf, errorOf, itemAt, jsonOf, linksOf, useSandbox, useTiming } from '../support/support';
import { ME, metered, runCost, tellAccount, wallet } from '../support/usageSupport';

useTiming();
const sandbox = useSandbox();
const asked = () => countOf(sandbox(), ME);

/** Ten of the thirty days of a month have passed. */
const NOVEMBER = { periodStart: '2026-11-01', periodEnd: '2026-12-01', asOf: '2026-11-11' };
const usage = (more: INodeParameters = {}, options: INodeParameters = {}): INodeParameters => ({ ...more, options: { ...NOVEMBER, ...options } });
const bought = (more: INodeParameters = {}, options: INodeParameters = {}): INodeParameters => ({
	...{ billingModel: 'creditPackage', packageCredits: 10_000, contractStart: '2026-01-01T00:00:00', ...more },
	options: { asOf: '2026-03-15', ...options },
});

async function forecast(parameters: INodeParameters, items?: IDataObject[], options = {}): Promise<IDataObject> {
	const result = await runCost(sandbox(), 'forecast', parameters, items, options);
	expect(result.originalError).toBeUndefined();
	expect(result.outputs[0]).toHaveLength(1);
	return jsonOf(result)[0] as IDataObject;
}

describe('a usage-based bill', () => {
	it("comes to what HeyGen's example says", async () => {
		expect(await forecast(usage({ usedSeconds: 700_000 }, { asOf: '2026-12-01' }))).toEqual({
			...{ usedSeconds: 700_000, includedSeconds: 600_000, remainingSeconds: 0, overageSeconds: 100_000, overageUsd: 833 },
			...{ commitmentUsd: 5_000, totalUsd: 5_833, marginalUsdPerMinute: 2.9988 },
			...{ projectedSeconds: 700_000, projectedOverageUsd: 833, projectedTotalUsd: 5_833, runsOutOn: '2026-11-26' },
			cheapestTier: { commitmentUsd: 5_000, totalUsd: 5_833 },
			formula: '700,000 s - 600,000 s included = 100,000 s; 100,000 s × 0.00833 USD = 833 USD; 5,000 USD + 833 USD = 5,833 USD',
		});
		expect(asked()).toBe(0);
	});

	it('goes on at the pace so far', async () => {
		expect(await forecast(usage({ usedSeconds: '300000' }))).toMatchObject({
			...{ remainingSeconds: 300_000, overageUsd: 0, totalUsd: 5_000, marginalUsdPerMinute: 0 },
			...{ projectedSeconds: 900_000, projectedOverageUsd: 2_499, projectedTotalUsd: 7_499, runsOutOn: '2026-11-21' },
			formula: '300,000 s of 600,000 s included: 5,000 USD',
		});
		expect(await forecast(usage({ usedSeconds: 100_000 }))).toMatchObject({ projectedSeconds: 300_000, runsOutOn: null });
	});

	it('has its own terms, blank ones as the example has them', async () => {
		const terms = { usedSeconds: 900_000, commitmentUsd: 6_000, includedSeconds: 0, rate: 0.0075, overageRate: '0.01' };
		expect(await forecast(usage(terms))).toMatchObject({ includedSeconds: 800_000, overageUsd: 1_000, totalUsd: 7_000 });
		const blank = { usedSeconds: ' ', commitmentUsd: '', rate: '', overageRate: '={{ null }}', includedSeconds: 600_000 };
		expect(await forecast(usage(blank))).toMatchObject({ usedSeconds: 0, commitmentUsd: 5_000, totalUsd: 5_000, cheapestTier: { commitmentUsd: 1_000 } });
		expect(await forecast(usage({ usedSeconds: 0, includedSeconds: '' }))).toMatchObject({ includedSeconds: 666_666.666666667 });
	});

	it('takes the cheapest of the tiers that are given', async () => {
		const tiers = '[{"commitmentUsd": 10, "includedSeconds": 1000000, "overageRate": 0.01}]';
		expect(await forecast(usage({ usedSeconds: 300_000 }, { tiers }))).toMatchObject({ cheapestTier: { commitmentUsd: 10, totalUsd: 10 } });
	});

	it('is of this month until now, unless dates say otherwise', async () => {
		const now = new Date();
		const { runsOutOn, usedSeconds, projectedSeconds } = await forecast({ usedSeconds: 600_001 });
		// On the first moment of a month there is no pace yet.
		expect(Number(projectedSeconds)).toBeGreaterThanOrEqual(Number(usedSeconds));
		if (runsOutOn !== null) expect(String(runsOutOn).slice(0, 4)).toMatch(new RegExp(`^${now.getFullYear()}|${now.getFullYear() - 1}$`));
		expect(await forecast({ usedSeconds: 300_000, options: { asOf: '2026-11-11T00:00:00' } })).toMatchObject({ projectedSeconds: 900_000 });
		expect(await forecast({ usedSeconds: 300_000, options: { asOf: '2026-11-25', periodStart: '2026-11-15' } })).toMatchObject({ projectedSeconds: 900_000 });
		expect(await forecast({ usedSeconds: 300_000, options: { asOf: '2026-11-25', periodEnd: '2026-12-15' } })).toMatchObject({ projectedSeconds: 900_000 });
	});

	it('counts days as they are given, whatever the clocks of the workflow do', async () => {
		// Clocks of the tests' time zone are set back on 1 November and forward on 8 March.
		const zoned = { periodStart: '2026-11-01T00:00:00.000Z', periodEnd: '2026-12-01T00:00:00.000Z', asOf: '2026-11-11T00:00:00.000Z' };
		const unix = { periodStart: Date.UTC(2026, 10, 1) / 1_000, periodEnd: Date.UTC(2026, 11, 1), asOf: String(Date.UTC(2026, 10, 11) / 1_000) };
		for (const options of [NOVEMBER, zoned, unix, { asOf: '2026-11-11 00:00:00' }, { periodStart: '2026-02-22', periodEnd: '2026-03-24', asOf: '2026-03-04' }]) {
			expect(await forecast({ usedSeconds: 300_000, options })).toMatchObject({ projectedSeconds: 900_000 });
		}
	});

	it('is made for every item', async () => {
		const items = [1, 2, 3].map((row) => ({ used: row * 400_000 }));
		const result = await runCost(sandbox(), 'forecast', usage({ usedSeconds: '={{ $json.used }}' }), items);
		expect(linksOf(result)).toEqual([0, 1, 2]);
		expect(jsonOf(result).map(({ overageSeconds }) => overageSeconds)).toEqual([0, 200_000, 600_000]);
	});
});

describe('a package of credits', () => {
	it('lasts until its contract ends, or not', async () => {
		// 73 of 365 days.
		expect(await forecast(bought({ usedCredits: 1_000, packageUsd: 5_000 }))).toEqual({
			...{ packageCredits: 10_000, usedCredits: 1_000, remainingCredits: 9_000, creditsPerDay: expect.closeTo(1_000 / 73, 6) as unknown },
			...{ runsOutOn: null, lastsUntilEnd: true, unusedAtEnd: 5_000, marginalCreditsPerMinute: 6, marginalUsdPerMinute: 3 },
			formula: '1,000 of 10,000 credits used, 9,000 left; at this pace 5,000 are unused when the contract ends on 2027-01-01',
		});
		expect(await forecast(bought({ usedCredits: 4_000 }))).toMatchObject({
			...{ runsOutOn: '2026-07-02', lastsUntilEnd: false, unusedAtEnd: 0, marginalUsdPerMinute: null },
			formula: '4,000 of 10,000 credits used, 6,000 left; at this pace used up on 2026-07-02, before the contract ends on 2027-01-01',
		});
		expect(asked()).toBe(0);
	});

	it('has a contract of its own length, and a job of its own kind', async () => {
		const parameters = bought({ usedCredits: 4_000, contractEnd: '2026-05-27' }, { jobKind: 'translationSpeed' });
		expect(await forecast(parameters)).toMatchObject({ runsOutOn: null, lastsUntilEnd: true, unusedAtEnd: 2_000, marginalCreditsPerMinute: 3 });
		const credentials = { rates: '{"avatarVideo": 0.08}' };
		expect(await forecast(bought({ usedCredits: 1 }), undefined, { credentials })).toMatchObject({ marginalCreditsPerMinute: 4.8 });
		expect(await forecast(bought({ usedCredits: 1 }, { jobKind: 'fillerWordRemoval' }))).toMatchObject({ marginalCreditsPerMinute: 0.3 });
	});

	it('has the price of its job from the credential, where HeyGen publishes none', async () => {
		const credentials = { rates: '{"clipping": 0.05}' };
		expect(await forecast(bought({ usedCredits: 1 }, { jobKind: 'clipping' }), undefined, { credentials })).toMatchObject({ marginalCreditsPerMinute: 3 });
	});
});

describe('what the account says', () => {
	it('is read once for all items of a metered account', async () => {
		tellAccount(sandbox(), metered(500_000, 200_000));
		const result = await runCost(sandbox(), 'forecast', usage({ usageSource: 'account', commitmentUsd: 4_000 }), [{}, {}, {}]);
		const expected = { usedSeconds: 300_000, includedSeconds: 500_000, remainingSeconds: 200_000, totalUsd: 4_000, projectedSeconds: 900_000, runsOutOn: '2026-11-17' };
		expect(jsonOf(result)).toMatchObject([expected, expected, expected]);
		expect(jsonOf(result)[0]?.note).toMatch(/^HeyGen does not say whether the account counts in credits or in credit-seconds/);
		expect(asked()).toBe(1);
	});

	it.each([
		['credits', metered(10_000, 4_000)],
		['credit-seconds', metered(600_000, 240_000)],
	])('may be in %s, which the contract tells', async (_unit, account) => {
		tellAccount(sandbox(), account);
		const bill = await forecast(usage({ usageSource: 'account' }));
		expect(bill).toMatchObject({ usedSeconds: 360_000, includedSeconds: 600_000 });
		expect(bill).not.toHaveProperty('note');
	});

	it('does not say what was used beyond the included credits', async () => {
		tellAccount(sandbox(), metered(500_000, 0));
		expect(await forecast(usage({ usageSource: 'account' }))).toMatchObject({ usedSeconds: 500_000, overageUsd: 0, note: expect.stringMatching(/beyond the included/) as unknown });
	});

	it('is what a wallet in credits has left', async () => {
		tellAccount(sandbox(), wallet(9_000));
		expect(await forecast(bought({ usageSource: 'account' }))).toMatchObject({ usedCredits: 1_000, remainingCredits: 9_000, unusedAtEnd: 5_000 });
	});

	it.each<[string, INodeParameters, IDataObject, RegExp]>([
		['a wallet for usage-based billing', usage(), wallet(10), /^'Billing Model' is 'Usage-Based', but the account's billing type is 'wallet'/],
		['a metered account for a package', bought(), metered(10, 5), /^'Billing Model' is 'Credit Package', but the account's billing type is 'usage_based'/],
		['no billing type', usage(), { billing_type: null }, /but the account's billing type is not told by HeyGen/],
		['no credits that remain', usage(), metered(10, null), /^Could not read the account's use: HeyGen does not tell how many credits are included and remain/],
		['no included credits', usage(), metered(null, 10), /^Could not read the account's use/],
		['more that remains than is included', usage(), metered(10, 11), /of 10 included credits, 11 remain/],
		['no balance', bought(), wallet(null), /HeyGen does not tell the wallet's balance/],
		['a wallet in dollars', bought(), wallet(10, 'usd'), /the account's wallet is not in credits but in usd/],
		['more than was bought', bought(), wallet(12_000), /the wallet holds 12,000 credits, more than 'Package Credits' \(10,000\)/],
	])('may not fit: %s', async (_what, parameters, data, message) => {
		tellAccount(sandbox(), data);
		expect(errorOf(await runCost(sandbox(), 'forecast', { ...parameters, usageSource: 'account' })).message).toMatch(message);
	});

	it('may be a secret', async () => {
		const credentials = { apiKey: 'sandbox-key-no-account-scope' };
		const result = await runCost(sandbox(), 'forecast', usage({ usageSource: 'account' }), [{}, {}], { credentials, onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toEqual([]);
		expect(jsonOf(result, 1).map(({ error }) => error)).toEqual([1, 2].map((item) => expect.stringMatching(new RegExp(`^Could not read the account's balance: .*\\(item ${item}\\)$`)) as unknown));
		expect(asked()).toBe(1);
	});

	it('is not asked for when the contract cannot be read', async () => {
		const result = await runCost(sandbox(), 'forecast', usage({ usageSource: 'account', overageRate: -1 }));
		expect(errorOf(result).message).toMatch(/^'Overage Rate \(USD\)' must be a number of 0 or more/);
		expect(asked()).toBe(0);
	});
});

describe('jobs', () => {
	const ofJobs = (more: INodeParameters = {}) => usage({ usageSource: 'jobs', ...more });

	it('are added up to one item that is linked to all', async () => {
		const items = [{ cost: { credits: 0.1 }, duration: 60 }, { credits: '0.2' }, { cost: { credits: null }, duration: 12.5 }, { seconds: 30 }, { status: 'failed', duration: null }];
		const result = await runCost(sandbox(), 'forecast', ofJobs(), items);
		expect(result.outputs[0]).toHaveLength(1);
		expect(itemAt(result)).toMatchObject({ json: { usedSeconds: 273, remainingSeconds: 599_727 }, pairedItem: [0, 1, 2, 3, 4].map((item) => ({ item })) });
		expect(asked()).toBe(0);
	});

	it('count when they are finished', async () => {
		const items = [{ status: 'completed', duration: 10 }, ...['failed', 'FAILED', 'cancelled', 'error', 'processing', 'waiting'].map((status) => ({ status, duration: 60 })), { status: 'pending', duration: null }];
		expect(await forecast(ofJobs(), items)).toMatchObject({ usedSeconds: 60 });
	});

	it('of a package turn their seconds into credits', async () => {
		const items = [{ credits: 940 }, { duration: 600 }];
		expect(await forecast(bought({ usageSource: 'jobs' }), items)).toMatchObject({ usedCredits: 1_000, unusedAtEnd: 5_000 });
		expect(await forecast(bought({ usageSource: 'jobs' }, { jobKind: 'lipsyncSpeed' }), items)).toMatchObject({ usedCredits: 970 });
		// Each removal of filler words is charged a minute at least.
		const short = [{ duration: 20 }, { duration: 40 }];
		expect(await forecast(bought({ usageSource: 'jobs' }, { jobKind: 'fillerWordRemoval' }), short)).toMatchObject({ usedCredits: 0.6 });
	});

	it('of any number are added without an error of rounding', async () => {
		const items = Array.from({ length: 700 }, () => ({ credits: 0.1 }));
		expect(await forecast(ofJobs(), items)).toMatchObject({ usedSeconds: 4_200 });
		const options = { secondsPerCredit: 1 };
		expect(await forecast(usage({ usageSource: 'jobs' }, options), items)).toMatchObject({ usedSeconds: 70 });
	});

	it('that say nothing are named', async () => {
		const items = [{ duration: 60 }, { video_id: 'v1' }, { duration: '1,000' }, { seconds: -1 }, { duration: 30 }];
		const stopped = errorOf(await runCost(sandbox(), 'forecast', ofJobs(), items));
		expect(stopped.message).toBe('The job has none of the fields cost.credits, credits, duration and seconds (item 2)');
		const result = await runCost(sandbox(), 'forecast', ofJobs(), items, { onError: 'continueRegularOutput' });
		expect(jsonOf(result)).toMatchObject([
			{ usedSeconds: 540 },
			{ error: expect.stringContaining('(item 2)') as unknown },
			{ error: `'duration' must be a number of 0 or more, but it is "1,000" (item 3)` },
			{ error: `'seconds' must be a number of 0 or more, but it is "-1" (item 4)` },
		]);
		expect(itemAt(result).pairedItem).toEqual([{ item: 0 }, { item: 4 }]);
	});
});

describe('what cannot be read is said with the name of its field', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['a use with a comma', usage({ usedSeconds: '={{ "1,000" }}' }), /^'Used Credit-Seconds' must be a number of 0 or more, but it is "1,000"/],
		['a negative use', usage({ usedSeconds: -1 }), /^'Used Credit-Seconds' must be a number of 0 or more, but it is "-1"/],
		['a negative commitment', usage({ commitmentUsd: -1 }), /^'Commitment \(USD\)' must be a number of 0 or more/],
		['a negative pool', usage({ includedSeconds: -1 }), /^'Included Credit-Seconds' must be a number of 0 or more/],
		['a rate of nothing for nothing', usage({ rate: 0, includedSeconds: 0 }), /^'Rate \(USD\)' and 'Included Credit-Seconds' are both 0/],
		['a model that there is not', usage({ billingModel: '={{ "free" }}' }), /^'Billing Model' must be one of/],
		['a source that there is not', usage({ usageSource: '={{ "guess" }}' }), /^'Usage Source' must be one of/],
		['tiers that are none', usage({}, { tiers: '5' }), /^'Tiers \(JSON\)' must be JSON such as/],
		['a date that is none', usage({}, { asOf: 'today' }), /^'As Of' must be a date such as 2026-11-30, but it is "today"/],
		['a period that ends before it begins', usage({}, { periodEnd: '2026-10-01' }), /^'Period End' \(2026-10-01\) is not after 'Period Start' \(2026-11-01\)/],
		['a period of no length', usage({}, { periodEnd: '2026-11-01' }), /^'Period End' \(2026-11-01\) is not after 'Period Start'/],
		['a period that has not begun', usage({}, { asOf: '2026-10-31' }), /^'Period Start' \(2026-11-01\) is after 'As Of' \(2026-10-31\)/],
		['an empty package', bought({ packageCredits: 0 }), /^'Package Credits' must be a number above 0/],
		['a package that nobody names', bought({ packageCredits: '={{ $json.nothing }}' }), /^'Package Credits' is empty/],
		['a negative use of a package', bought({ usedCredits: -1 }), /^'Used Credits' must be a number of 0 or more/],
		['a negative price', bought({ packageUsd: -1 }), /^'Package Price \(USD\)' must be a number of 0 or more/],
		['a contract without a start', bought({ contractStart: '' }), /^'Contract Start' is empty/],
		['a contract that ends before it begins', bought({ contractEnd: '2025-12-31' }), /^'Contract End' \(2025-12-31\) is not after 'Contract Start' \(2026-01-01\)/],
		['a contract that has not begun', bought({ contractStart: '2026-06-01' }), /^'Contract Start' \(2026-06-01\) is after 'As Of' \(2026-03-15\)/],
		['a kind without a price', bought({}, { jobKind: 'clipping' }), /^'Job Kind' is 'Clipping', but HeyGen publishes no price for clippings/],
		['a kind without a price, usage-based', usage({}, { jobKind: 'modelVideo' }), /^'Job Kind' is 'Video From Prompt', but HeyGen publishes no price for videos from prompts/],
		['a kind that has no length', bought({}, { jobKind: 'cinematicVideo' }), /^'Job Kind' must be one of/],
	])('%s', async (_what, parameters, message) => {
		expect(errorOf(await runCost(sandbox(), 'forecast', parameters)).message).toMatch(message);
		expect(asked()).toBe(0);
	});
});
