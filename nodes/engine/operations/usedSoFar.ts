import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { AccountState } from '../../heygen/account';
import { SUCCEEDED_WORDS } from '../../heygen/jobs/kind';
import { type Exact, exact, plain, sum, times } from '../../heygen/prices/exact';
import { asRecord } from '../../heygen/records';
import { readNumber } from '../../heygen/values/plain';
import { isNothing } from '../../heygen/values/reading';
import { numeral } from '../../heygen/values/text';
import { EngineError, inputError } from '../basics/errors';
import { accountOf } from '../item/accountRecord';
import type { Call } from '../item/call';
import { taken } from '../item/given';
import { creditsOf, FORECAST_LABELS, numberAt, type PackageContract, type UsageContract } from './forecastTerms';

/** How much of a contract has been used: as somebody says, as HeyGen says, or as the jobs say that came in. */

/** What has been used. */
export interface Used {
	/** Credit-seconds, or of a package credits. */
	readonly amount: Exact;
	/** Credit-seconds that HeyGen says are included; undefined when it was not asked. */
	readonly included?: Exact;
	/** What the amount does not hold. */
	readonly note?: string;
}

/**
 * What has been used, as far as one item says it.
 *
 * @param call the item
 * @param contract what it is used of
 * @throws EngineError naming the field, or saying why the account does not fit
 */
export async function usedOf(call: Call, contract: UsageContract | PackageContract): Promise<Used> {
	const isPackage = contract.model === 'creditPackage';
	const source = call.parameter<string>('usageSource', 'typed');
	if (source === 'jobs') {
		const credits = creditsOfJob(call);
		return { amount: isPackage ? credits : times(credits, contract.secondsPerCredit) };
	}
	if (source === 'account') {
		const state = await accountOf(call);
		return isPackage ? usedOfPackage(state, contract) : usedOfPool(state, contract);
	}
	return { amount: exact(numberAt(call, isPackage ? 'usedCredits' : 'usedSeconds', { min: 0 }) ?? 0) };
}

/** What is said when all that is included has been used. */
const BEYOND = 'HeyGen does not say in credits what has been used beyond the included ones.';

/** What is said when the account's numbers are not those of the contract. */
const UNIT = `HeyGen does not say whether the account counts in credits or in credit-seconds, and its included number is not that of '${FORECAST_LABELS.includedSeconds}'. It is taken for credit-seconds.`;

function usedOfPool({ billingType, included, remaining }: AccountState, { terms, secondsPerCredit }: UsageContract): Used {
	if (billingType !== 'usage_based') throw otherBilling(billingType, 'Usage-Based');
	if (included === null || remaining === null) throw untold('how many credits are included and remain');
	const amount = exact(included) - exact(remaining);
	if (amount < 0n) throw untold(`a use that makes sense: of ${numeral(included)} included credits, ${numeral(remaining)} remain`);
	// HeyGen's documents do not say whether these are credits or credit-seconds; the contract tells them apart.
	const isInCredits = times(exact(included), secondsPerCredit) === terms.includedSeconds;
	const inSeconds = (value: Exact) => (isInCredits ? times(value, secondsPerCredit) : value);
	const isKnown = isInCredits || exact(included) === terms.includedSeconds;
	const notes = [...(isKnown ? [] : [UNIT]), ...(remaining === 0 ? [BEYOND] : [])];
	return { amount: inSeconds(amount), included: inSeconds(exact(included)), ...(notes.length === 0 ? {} : { note: notes.join(' ') }) };
}

function usedOfPackage({ billingType, balance, currency }: AccountState, { bought }: PackageContract): Used {
	if (billingType !== 'wallet') throw otherBilling(billingType, 'Credit Package');
	if (balance === null) throw untold("the wallet's balance");
	if (currency !== 'credits') {
		throw new EngineError(
			`Could not forecast the package: the account's wallet is not in credits but in ${currency ?? 'a currency that HeyGen does not tell'}`,
			"Only wallets in credits are packages of credits. Set 'Usage Source' to 'Typed In'.",
		);
	}
	const amount = bought.credits - exact(balance);
	if (amount >= 0n) return { amount };
	throw new EngineError(
		`Could not forecast the package: the wallet holds ${numeral(balance)} credits, more than '${FORECAST_LABELS.packageCredits}' (${numeral(plain(bought.credits))})`,
		`Count all that has been bought in '${FORECAST_LABELS.packageCredits}'.`,
	);
}

function otherBilling(billingType: string | null, model: string): EngineError {
	return new EngineError(
		`'${FORECAST_LABELS.billingModel}' is '${model}', but the account's billing type is ${billingType === null ? 'not told by HeyGen' : `'${billingType}'`}`,
		`Choose the model of the contract, or set 'Usage Source' to 'Typed In'.`,
	);
}

function untold(what: string): EngineError {
	return new EngineError(`Could not read the account's use: HeyGen does not tell ${what}`, "Set 'Usage Source' to 'Typed In'.");
}

/** Jobs that HeyGen could not finish are not charged (page "Enterprise Pricing"), and those that still go on not yet. */
function isCharged({ status }: IDataObject): boolean {
	return isNothing(status) || SUCCEEDED_WORDS.includes(String(status).toLowerCase());
}

/**
 * The credits that a job has used: as it names them, else what its seconds cost.
 *
 * @throws EngineError when the job says neither
 */
function creditsOfJob(call: Call): Exact {
	const { json } = call.context.getInputData() as unknown as INodeExecutionData;
	if (!isCharged(json)) return 0n;
	const cost = asRecord(json.cost);
	const credits = amountIn([['cost.credits', cost.credits], ['credits', json.credits]]);
	if (credits !== undefined) return exact(credits);
	const seconds = amountIn([['duration', json.duration], ['seconds', json.seconds]]);
	if (seconds !== undefined) return creditsOf(call, seconds);
	throw inputError(
		'The job has none of the fields cost.credits, credits, duration and seconds',
		'Hand over finished jobs, as the operations of HeyGen Video put them out, or estimates.',
	);
}

/** The first of some fields that holds something. */
function amountIn(fields: ReadonlyArray<readonly [name: string, given: unknown]>): number | undefined {
	const [name, given] = fields.find(([, value]) => !isNothing(value)) ?? [];
	return name === undefined ? undefined : taken(name, readNumber(given, { min: 0 }));
}

/**
 * What several jobs have used together, without an error of rounding.
 *
 * @param jobs what each has used
 */
export function usedOfAll(jobs: readonly Used[]): Used {
	return { amount: sum(jobs.map(({ amount }) => amount)) };
}
