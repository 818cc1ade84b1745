/** Whether the balance pays for what the items are to cost: shared by the items of a run, and read once. */
import type { INodeParameters } from 'n8n-workflow';
import { OTHER_KEY } from '../../sandbox/server/keys';
import { countOf, errorOf, jsonOf, linksOf, useSandbox, useTiming } from '../support/support';
import { ME, metered, runCost, tellAccount, wallet } from '../support/usageSupport';

useTiming();
const sandbox = useSandbox();

const ofItem = (more: INodeParameters = {}): INodeParameters => ({ credits: '={{ $json.credits }}', ...more });
const jobs = (...credits: unknown[]) => credits.map((value) => ({ credits: value as number }));
const asked = () => countOf(sandbox(), ME);

describe('a balance in credits', () => {
	it('is shared by the items in their order, and read once', async () => {
		tellAccount(sandbox(), wallet(10));
		const result = await runCost(sandbox(), 'checkBudget', ofItem(), jobs(4, '4', 4, 2, 0));
		expect(linksOf(result)).toEqual([0, 1, 2, 3, 4]);
		expect(jsonOf(result)).toEqual([
			{ withinBudget: true, balance: 10, currency: 'credits', credits: 4, minimumBalance: 0, remainingAfter: 6 },
			{ withinBudget: true, balance: 10, currency: 'credits', credits: 4, minimumBalance: 0, remainingAfter: 2 },
			{ withinBudget: false, balance: 10, currency: 'credits', credits: 4, minimumBalance: 0, remainingAfter: -2 },
			{ withinBudget: true, balance: 10, currency: 'credits', credits: 2, minimumBalance: 0, remainingAfter: 0 },
			{ withinBudget: true, balance: 10, currency: 'credits', credits: 0, minimumBalance: 0, remainingAfter: 0 },
		]);
		expect(asked()).toBe(1);
	});

	it.each([undefined, { batch: { batchSize: 30, batchInterval: 5 } }])('does not pay for a hundred items that each fit, with Batching %j', async (batching) => {
		tellAccount(sandbox(), wallet(25));
		const requestOptions = batching === undefined ? {} : { requestOptions: { batching } };
		const result = await runCost(sandbox(), 'checkBudget', ofItem({ minimumBalance: 1, ...requestOptions }), jobs(...Array.from({ length: 100 }, () => 0.5)));
		expect(jsonOf(result).map(({ withinBudget }) => withinBudget)).toEqual(Array.from({ length: 100 }, (_, row) => row < 48));
		expect(asked()).toBe(1);
	});

	it('may have a floor of its own for each item', async () => {
		tellAccount(sandbox(), wallet(10));
		const items = [{ credits: 4, floor: 7 }, { credits: 4, floor: '6' }, { credits: 4, floor: '' }];
		const result = await runCost(sandbox(), 'checkBudget', ofItem({ minimumBalance: '={{ $json.floor }}' }), items);
		expect(jsonOf(result).map(({ withinBudget, minimumBalance }) => [withinBudget, minimumBalance])).toEqual([[false, 7], [true, 6], [true, 0]]);
	});

	it('is what remains of the included credits, of a metered account', async () => {
		tellAccount(sandbox(), metered(600_000, 5));
		expect(jsonOf(await runCost(sandbox(), 'checkBudget', ofItem(), jobs(5, 1)))).toMatchObject([
			{ withinBudget: true, balance: 5, currency: 'credits' },
			{ withinBudget: false },
		]);
	});

	it('is read anew in the next run', async () => {
		tellAccount(sandbox(), wallet(10));
		const result = await runCost(sandbox(), 'checkBudget', ofItem(), jobs(6), { times: 2 });
		expect(result.runData.map(({ data }) => data?.main?.[0]?.[0]?.json.withinBudget)).toEqual([true, true]);
		expect(asked()).toBe(2);
	});

	it('is that of the item\'s own key', async () => {
		tellAccount(sandbox(), wallet(10));
		const apiKey = `={{ $json.key }}`;
		const items = [sandbox().apiKey, OTHER_KEY, sandbox().apiKey].map((key) => ({ key, credits: 6 }));
		const result = await runCost(sandbox(), 'checkBudget', ofItem(), items, { credentials: { apiKey } });
		expect(jsonOf(result).map(({ withinBudget }) => withinBudget)).toEqual([true, true, false]);
		expect(asked()).toBe(2);
	});
});

describe('a balance in dollars', () => {
	const note = expect.stringMatching(/^Nobody says what a credit costs, so it is taken for 1 USD/) as unknown;

	it('takes a credit for a dollar when nobody says what it costs, and says so', async () => {
		tellAccount(sandbox(), wallet(10, 'USD'));
		expect(jsonOf(await runCost(sandbox(), 'checkBudget', ofItem(), jobs(6)))).toEqual([
			{ withinBudget: true, balance: 10, currency: 'usd', credits: 6, minimumBalance: 0, remainingAfter: 4, usd: 6, note },
		]);
	});

	it('takes the price of the node, or of the credential', async () => {
		tellAccount(sandbox(), wallet(10, 'usd'));
		const credentials = { rates: '{"usdPerCredit": 0.5}' };
		const [told] = jsonOf(await runCost(sandbox(), 'checkBudget', ofItem(), jobs(21), { credentials }));
		expect(told).toEqual({ withinBudget: false, balance: 10, currency: 'usd', credits: 21, minimumBalance: 0, remainingAfter: -0.5, usd: 10.5 });
		const options = { usdPerCredit: '0.4' };
		const [given] = jsonOf(await runCost(sandbox(), 'checkBudget', ofItem({ options }), jobs(21), { credentials }));
		expect(given).toMatchObject({ withinBudget: true, usd: 8.4, remainingAfter: 1.6 });
		expect(given).not.toHaveProperty('note');
	});
});

describe('what is over the budget', () => {
	const orError = ofItem({ onOverBudget: 'error', minimumBalance: 1_000 });

	it('ends in an error that says what is missing', async () => {
		tellAccount(sandbox(), wallet(5_000));
		const result = await runCost(sandbox(), 'checkBudget', orError, jobs(3_000, 1_500.5), { onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toMatchObject([{ withinBudget: true, remainingAfter: 2_000 }]);
		const [failed] = jsonOf(result, 1);
		expect(failed?.error).toBe(
			'The job is over the budget by 500.5 credits: it costs about 1,500.5 credits, the balance is 5,000 credits, of which items before this one leave 2,000 credits, and 1,000 credits must remain (item 2)',
		);
		expect(failed?.details).toMatchObject({ withinBudget: false, balance: 5_000, missing: 500.5, description: expect.stringContaining("'On Over Budget'") as unknown });
	});

	it('stops the node', async () => {
		tellAccount(sandbox(), wallet(5, 'usd'));
		const error = errorOf(await runCost(sandbox(), 'checkBudget', ofItem({ onOverBudget: 'Error' }), jobs(6)));
		expect(error.message).toBe('The job is over the budget by 1 USD: it costs about 6 USD, the balance is 5 USD (item 1)');
		expect(error.description).toContain('taken for 1 USD');
	});

	it('and what comes behind may still fit', async () => {
		tellAccount(sandbox(), wallet(5));
		const result = await runCost(sandbox(), 'checkBudget', ofItem({ onOverBudget: 'error' }), jobs(6, 5), { onError: 'continueRegularOutput' });
		expect(jsonOf(result)).toMatchObject([{ error: expect.stringContaining('over the budget by 1 credit:') as unknown }, { withinBudget: true }]);
	});
});

describe('a balance that HeyGen does not tell', () => {
	it.each<[string, object, RegExp]>([
		['null', wallet(null), /^Could not check the budget: HeyGen tells no balance of this account, whose billing type is 'wallet'/],
		['nothing at all', { billing_type: null }, /^Could not check the budget: HeyGen tells no balance of this account \(item 1\)/],
		['of a metered account', metered(600_000, null), /tells no balance of this account, whose billing type is 'usage_based'/],
		['without a currency', wallet(1_000, null), /^Could not check the budget: HeyGen tells the balance without a currency/],
		['in euros', wallet(1_000, 'eur'), /^Could not check the budget: HeyGen tells the balance in "eur"/],
	])('is an error: %s', async (_what, data, message) => {
		tellAccount(sandbox(), data as never);
		expect(errorOf(await runCost(sandbox(), 'checkBudget', ofItem(), jobs(0, 1))).message).toMatch(message);
	});

	it('is an error of each item', async () => {
		tellAccount(sandbox(), wallet(null));
		const result = await runCost(sandbox(), 'checkBudget', ofItem(), jobs(1, 2, 3), { onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toEqual([]);
		expect(jsonOf(result, 1)).toHaveLength(3);
		expect(asked()).toBe(1);
	});

	it('since the key may not read it', async () => {
		const credentials = { apiKey: 'sandbox-key-no-account-scope' };
		const result = await runCost(sandbox(), 'checkBudget', ofItem(), jobs(1, 2), { credentials, onError: 'continueErrorOutput' });
		expect(jsonOf(result)).toEqual([]);
		expect(jsonOf(result, 1).map(({ error }) => error)).toEqual([1, 2].map((item) => expect.stringMatching(new RegExp(`^Could not read the account's balance: .*\\(item ${item}\\)$`)) as unknown));
		expect(asked()).toBe(1);
	});

	it('at first, is asked for again', async () => {
		sandbox().addFault({ match: { path: '/v3/users/me' }, kind: 'status', status: 503, times: 2 });
		expect(jsonOf(await runCost(sandbox(), 'checkBudget', ofItem(), jobs(1, 2)))).toMatchObject([{ withinBudget: true }, { withinBudget: true }]);
	});
});

describe('what cannot be read is said before anything is asked for', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['credits with a comma', { credits: '={{ "1,000" }}' }, /^'Credits' must be a number of 0 or more, but it is "1,000"/],
		['negative credits', { credits: -1 }, /^'Credits' must be a number of 0 or more, but it is "-1"/],
		['no credits', { credits: '={{ $json.nothing }}' }, /^'Credits' is empty/],
		['credits that are null', { credits: '={{ null }}' }, /^'Credits' is empty/],
		['a negative floor', { credits: 1, minimumBalance: -1 }, /^'Minimum Balance' must be a number of 0 or more/],
		['a floor with a comma', { credits: 1, minimumBalance: '={{ "1,5" }}' }, /^'Minimum Balance' must be a number/],
		['a price with a comma', { credits: 1, options: { usdPerCredit: '0,5' } }, /^'USD per Credit' must be a number/],
		['something else to do', { credits: 1, onOverBudget: '={{ "ask" }}' }, /^'On Over Budget' must be one of continue, error/],
	])('%s', async (_what, parameters, message) => {
		expect(errorOf(await runCost(sandbox(), 'checkBudget', parameters)).message).toMatch(message);
		expect(asked()).toBe(0);
	});

	it('with a word on jobs whose price HeyGen does not publish', async () => {
		const error = errorOf(await runCost(sandbox(), 'checkBudget', { credits: '={{ null }}' }));
		expect(error.description).toContain("A job whose price HeyGen does not publish has no credits until a 'Rate' is filled in");
	});

	it('also in the last of many items', async () => {
		const result = await runCost(sandbox(), 'checkBudget', ofItem(), jobs(...Array.from({ length: 50 }, () => 1), 'x'));
		expect(errorOf(result).message).toMatch(/^'Credits' must be a number of 0 or more, but it is "x" \(item 51\)/);
		expect(asked()).toBe(0);
	});

	it('and takes nothing from the others when the node goes on', async () => {
		tellAccount(sandbox(), wallet(5));
		const result = await runCost(sandbox(), 'checkBudget', ofItem(), jobs(3, 'x', 2), { onError: 'continueRegularOutput' });
		expect(jsonOf(result)).toMatchObject([{ withinBudget: true }, { error: expect.stringContaining("'Credits'") as unknown }, { withinBudget: true, remainingAfter: 0 }]);
	});
});
