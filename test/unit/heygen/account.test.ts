import fc from 'fast-check';

import { accountState, type AccountState } from '../../../nodes/heygen/account';

/** Whatever HeyGen says of an account comes out in the same fields, and what it does not say is null. */

const NOTHING: AccountState = {
	billingType: null,
	username: null,
	email: null,
	firstName: null,
	lastName: null,
	balance: null,
	currency: null,
	included: null,
	used: null,
	remaining: null,
	cap: null,
	plan: null,
	autoReload: null,
	autoReloadThresholdUsd: null,
	autoReloadAmountUsd: null,
	resetsAt: null,
	spendingCurrentUsd: null,
	premiumCredits: null,
	addOnCredits: null,
};

const state = (more: Partial<AccountState>): AccountState => ({ ...NOTHING, ...more });

const wallet = (part: unknown, more: object = {}) => ({ billing_type: 'wallet', wallet: part, ...more });
const subscription = (credits: unknown, more: object = {}) => ({ billing_type: 'subscription', subscription: { plan: 'pro', credits, ...more } });
const usage = (part: unknown) => ({ billing_type: 'usage_based', usage_based: part });

const CASES: Array<[what: string, data: Record<string, unknown>, expected: Partial<AccountState>]> = [
	['nothing', {}, {}],
	[
		'who it is',
		{ username: ' ann ', email: 'ann@example.com', first_name: 'Ann', last_name: '' },
		{ username: 'ann', email: 'ann@example.com', firstName: 'Ann' },
	],
	[
		'a wallet',
		wallet({ currency: 'USD', remaining_balance: 12.5, auto_reload: { enabled: true, threshold_usd: 5, amount_usd: 20 } }),
		{ billingType: 'wallet', balance: 12.5, currency: 'usd', autoReload: true, autoReloadThresholdUsd: 5, autoReloadAmountUsd: 20 },
	],
	['an empty wallet', wallet({ currency: 'credits', remaining_balance: 0 }), { billingType: 'wallet', balance: 0, currency: 'credits' }],
	[
		'a wallet that is not topped up',
		wallet({ currency: 'usd', remaining_balance: null, auto_reload: { enabled: false, threshold_usd: null, amount_usd: null } }),
		{ billingType: 'wallet', currency: 'usd', autoReload: false },
	],
	['a wallet of which only the balance is told', wallet({ remaining_balance: '12.5', auto_reload: null }), { billingType: 'wallet', balance: 12.5 }],
	['a wallet that is not there', wallet(null), { billingType: 'wallet' }],
	[
		'a subscription',
		subscription({
			premium_credits: { remaining: 90, resets_at: '2026-08-01T00:00:00Z' },
			add_on_credits: { remaining: 10, resets_at: '2027-01-01T00:00:00Z' },
		}),
		{
			billingType: 'subscription',
			balance: 100,
			currency: 'credits',
			remaining: 100,
			plan: 'pro',
			resetsAt: '2026-08-01T00:00:00.000Z',
			premiumCredits: 90,
			addOnCredits: 10,
		},
	],
	[
		'a subscription with add-on credits alone',
		subscription({ premium_credits: null, add_on_credits: { remaining: '7', resets_at: 1_782_864_000 } }),
		{ billingType: 'subscription', balance: 7, currency: 'credits', remaining: 7, plan: 'pro', resetsAt: '2026-07-01T00:00:00.000Z', addOnCredits: 7 },
	],
	[
		'a subscription without credits left',
		subscription({ premium_credits: { remaining: 0 }, add_on_credits: { remaining: null } }),
		{ billingType: 'subscription', balance: 0, currency: 'credits', remaining: 0, plan: 'pro', premiumCredits: 0 },
	],
	['a subscription whose credits are not told', subscription({}), { billingType: 'subscription', currency: 'credits', plan: 'pro' }],
	['a subscription without credits at all', subscription(null, { plan: null }), { billingType: 'subscription', currency: 'credits' }],
	['an odd time of renewal', subscription({ premium_credits: { resets_at: 'soon' } }), { billingType: 'subscription', currency: 'credits', plan: 'pro', resetsAt: 'soon' }],
	[
		'usage',
		usage({ included_credits: 1_000, remaining_credits: 999.7, spending_cap_usd: 500, spending_current_usd: 12.25 }),
		{
			billingType: 'usage_based',
			balance: 999.7,
			currency: 'credits',
			included: 1_000,
			used: 0.3,
			remaining: 999.7,
			cap: 500,
			spendingCurrentUsd: 12.25,
		},
	],
	['decimals', usage({ included_credits: 0.3, remaining_credits: 0.1 }), { billingType: 'usage_based', balance: 0.1, currency: 'credits', included: 0.3, used: 0.2, remaining: 0.1 }],
	['usage that is used up', usage({ included_credits: 5, remaining_credits: 0 }), { billingType: 'usage_based', balance: 0, currency: 'credits', included: 5, used: 5, remaining: 0 }],
	['usage of which nothing is used', usage({ included_credits: 5, remaining_credits: 5 }), { billingType: 'usage_based', balance: 5, currency: 'credits', included: 5, used: 0, remaining: 5 }],
	[
		'usage up to a cap',
		usage({ included_credits: null, remaining_credits: null, spending_cap_usd: 100.1, spending_current_usd: '0.05' }),
		{ billingType: 'usage_based', balance: 100.05, currency: 'usd', cap: 100.1, spendingCurrentUsd: 0.05 },
	],
	['usage over its cap', usage({ spending_cap_usd: 10, spending_current_usd: 12 }), { billingType: 'usage_based', balance: -2, currency: 'usd', cap: 10, spendingCurrentUsd: 12 }],
	['a cap alone', usage({ spending_cap_usd: 10 }), { billingType: 'usage_based', currency: 'credits', cap: 10 }],
	['spending alone', usage({ spending_current_usd: 10 }), { billingType: 'usage_based', currency: 'credits', spendingCurrentUsd: 10 }],
	['texts in capitals', { billing_type: ' Wallet', wallet: { currency: ' Credits ', remaining_balance: ' 3 ' } }, { billingType: 'wallet', balance: 3, currency: 'credits' }],
	['a wallet without its type', { billing_type: null, wallet: { currency: 'usd', remaining_balance: 3 } }, { billingType: 'wallet', balance: 3, currency: 'usd' }],
	['usage without its type', { wallet: {}, usage_based: { remaining_credits: 3 } }, { billingType: 'usage_based', balance: 3, currency: 'credits', remaining: 3 }],
	[
		'a subscription beside others that are filled too',
		{ billing_type: 'subscription', wallet: { currency: 'usd', remaining_balance: 3 }, subscription: { plan: 'free', credits: { premium_credits: { remaining: 1 } } } },
		{ billingType: 'subscription', balance: 1, currency: 'credits', remaining: 1, plan: 'free', premiumCredits: 1 },
	],
	// The balance of another way of billing would be a wrong one.
	['a wallet that is not told, beside usage', { ...wallet(null), usage_based: { remaining_credits: 3 } }, { billingType: 'wallet' }],
	['a new way of billing', { billing_type: 'Prepaid', wallet: { currency: 'usd', remaining_balance: 3 } }, { billingType: 'Prepaid', balance: 3, currency: 'usd' }],
	['a new way of billing, untold', { billing_type: 'prepaid' }, { billingType: 'prepaid' }],
	['numbers that are none', wallet({ currency: 5, remaining_balance: 'a lot', auto_reload: { enabled: 'perhaps', threshold_usd: true, amount_usd: NaN } }), { billingType: 'wallet' }],
	['parts that are none', { billing_type: 7, username: 5, wallet: [], subscription: 'pro', usage_based: true }, {}],
];

it.each(CASES)('reads %s', (_what, data, expected) => {
	expect(accountState(data)).toEqual(state(expected));
});

it('has every field always, and no number that HeyGen has not said', () => {
	const part = fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom('currency', 'remaining_balance', 'credits', 'remaining_credits', 'spending_cap_usd', 'spending_current_usd'), fc.anything()));
	const data = fc.record({ billing_type: fc.oneof(fc.constantFrom('wallet', 'subscription', 'usage_based', null), fc.anything()), wallet: part, subscription: part, usage_based: part });
	fc.assert(
		fc.property(data, (given) => {
			const read = accountState(given);
			expect(Object.keys(read).sort()).toEqual(Object.keys(NOTHING).sort());
			for (const value of Object.values(read)) {
				expect(value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)).toBe(true);
			}
		}),
	);
});
