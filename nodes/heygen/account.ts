import isEmpty from 'lodash/isEmpty';

import { asRecord, isoTime } from './records';
import { exact, plain, sum } from './prices/exact';
import { readFlag, readNumber } from './values/plain';
import { trimBlank } from './values/text';

/**
 * An account as `GET /v3/users/me` tells it (API reference, section 17.1). HeyGen bills in three ways, each of which has a
 * part of its own in the answer: `wallet`, `subscription` and `usage_based`.
 */

/** The three ways of billing, which are also the names of their parts. The first part that is filled counts. */
const BILLING_TYPES = ['wallet', 'subscription', 'usage_based'] as const;

type BillingType = (typeof BILLING_TYPES)[number];

/** An account in the same fields however HeyGen bills it. Null stands for whatever HeyGen does not say. */
export type AccountState = {
	/** `wallet`, `subscription`, `usage_based`, or what HeyGen says. */
	billingType: string | null;
	/** What can still be spent, in `currency`. */
	balance: number | null;
	/** Of the balance, in small letters: `usd` or `credits`. */
	currency: string | null;
	/** Credits that the contract includes (usage_based). */
	included: number | null;
	/** Credits of these that are used up (usage_based). */
	used: number | null;
	/** Credits that are left (subscription, usage_based). */
	remaining: number | null;
	/** Most US dollars that may be spent (usage_based). */
	cap: number | null;
	/** `free`, `pro`, `enterprise` … (subscription). */
	plan: string | null;
	/** Whether HeyGen tops up the balance by itself (wallet). */
	autoReload: boolean | null;
	autoReloadThresholdUsd: number | null;
	autoReloadAmountUsd: number | null;
	/** When the credits are renewed, in ISO 8601 (subscription). */
	resetsAt: string | null;
	/** US dollars spent so far (usage_based). */
	spendingCurrentUsd: number | null;
	/** Credits of the plan that are left (subscription). */
	premiumCredits: number | null;
	/** Credits that were bought besides and are left (subscription). */
	addOnCredits: number | null;
	username: string | null;
	email: string | null;
	firstName: string | null;
	lastName: string | null;
};

/** An account of which HeyGen says nothing. */
const NOTHING_SAID: AccountState = {
	billingType: null,
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
	username: null,
	email: null,
	firstName: null,
	lastName: null,
};

type HeyGenRecord = Record<string, unknown>;

/**
 * Reads an account. What HeyGen does not say is null, never 0: a balance that is not known is no empty one.
 *
 * @param data `data` of the answer; parts that are missing, null or of another type count as not said
 */
export function accountState(data: HeyGenRecord): AccountState {
	const named = textIn(data.billing_type);
	const known = BILLING_TYPES.find((type) => type === named?.toLowerCase());
	const part = known ?? BILLING_TYPES.find((type) => !isEmpty(asRecord(data[type])));
	return {
		...NOTHING_SAID,
		billingType: known ?? named ?? part ?? null,
		username: textIn(data.username),
		email: textIn(data.email),
		firstName: textIn(data.first_name),
		lastName: textIn(data.last_name),
		...(part === undefined || isEmpty(asRecord(data[part])) ? {} : READERS[part](asRecord(data[part]))),
	};
}

const READERS: Record<BillingType, (part: HeyGenRecord) => Partial<AccountState>> = {
	wallet: (wallet) => {
		const reload = asRecord(wallet.auto_reload);
		return {
			balance: numberIn(wallet.remaining_balance),
			currency: textIn(wallet.currency)?.toLowerCase() ?? null,
			autoReload: readFlag(reload.enabled).value ?? null,
			autoReloadThresholdUsd: numberIn(reload.threshold_usd),
			autoReloadAmountUsd: numberIn(reload.amount_usd),
		};
	},
	subscription: ({ plan, credits }) => {
		const [premium, addOn] = [asRecord(asRecord(credits).premium_credits), asRecord(asRecord(credits).add_on_credits)];
		const premiumCredits = numberIn(premium.remaining);
		const addOnCredits = numberIn(addOn.remaining);
		const left = [premiumCredits, addOnCredits].filter((amount) => amount !== null);
		const remaining = left.length === 0 ? null : sumOf(left);
		return {
			balance: remaining,
			currency: 'credits',
			remaining,
			plan: textIn(plan),
			resetsAt: timeIn(premium.resets_at) ?? timeIn(addOn.resets_at),
			premiumCredits,
			addOnCredits,
		};
	},
	usage_based: (usage) => {
		const included = numberIn(usage.included_credits);
		const remaining = numberIn(usage.remaining_credits);
		const cap = numberIn(usage.spending_cap_usd);
		const spendingCurrentUsd = numberIn(usage.spending_current_usd);
		// More that remains than is included says nothing of what was used.
		const used = included === null || remaining === null || remaining > included ? null : sumOf([included, -remaining]);
		const state = { balance: remaining, currency: 'credits', included, used, remaining, cap, spendingCurrentUsd };
		if (remaining !== null || cap === null || spendingCurrentUsd === null) return state;
		return { ...state, balance: sumOf([cap, -spendingCurrentUsd]), currency: 'usd' };
	},
};

function textIn(value: unknown): string | null {
	const text = typeof value === 'string' ? trimBlank(value) : '';
	return text === '' ? null : text;
}

/** Numbers that come as text are numbers. */
function numberIn(value: unknown): number | null {
	return readNumber(value).value ?? null;
}

function timeIn(value: unknown): string | null {
	const time = isoTime(value);
	return textIn(time);
}

/** The sum of amounts, in their own digits; what is to be taken away has a minus. */
function sumOf(amounts: readonly number[]): number {
	return plain(sum(amounts.map(exact)));
}
