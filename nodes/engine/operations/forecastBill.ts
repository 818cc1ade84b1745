import type { IDataObject } from 'n8n-workflow';

import { forecastPackage, forecastUsage } from '../../heygen/prices/billing';
import { type Exact, plain } from '../../heygen/prices/exact';
import { numeral } from '../../heygen/values/text';
import type { Handler } from '../item/call';
import { contractIn, isoDate, type PackageContract, type UsageContract } from './forecastTerms';
import { localForAll } from './local';
import { type Used, usedOf, usedOfAll } from './usedSoFar';

/** What a contract with HeyGen comes to at the end of its month or term. */

/** What an item brings along. */
interface Case {
	contract: UsageContract | PackageContract;
	used: Used;
}

/**
 * An operation that forecasts a bill. It asks HeyGen for nothing, unless `usageSource` is `account`: then the account is read
 * once a run. With `usageSource` `jobs` the run's items are jobs, of which one output item is made; the contract is that of
 * the first of them. Reads the parameters `billingModel`, `usageSource`, `usedSeconds`, `commitmentUsd`, `includedSeconds`,
 * `rate`, `overageRate`, `packageCredits`, `usedCredits`, `packageUsd`, `contractStart` and `contractEnd`, and the options
 * `asOf`, `jobKind`, `periodStart`, `periodEnd` and `tiers`.
 */
export function forecastBill(): Handler {
	return localForAll<Case>({
		name: 'jobs',
		isForAll: (call) => call.parameter<string>('usageSource', 'typed') === 'jobs',
		read: async (call) => {
			const contract = contractIn(call);
			return { contract, used: await usedOf(call, contract) };
		},
		resultOf: ({ contract, used }) => forecastOf(contract, used),
		resultOfAll: (cases) => {
			const { contract } = cases[0] as Case;
			return forecastOf(contract, usedOfAll(cases.map(({ used }) => used)));
		},
	});
}

function forecastOf(contract: UsageContract | PackageContract, used: Used): IDataObject {
	const record = contract.model === 'creditPackage' ? packageRecord(contract, used) : usageRecord(contract, used);
	return used.note === undefined ? record : { ...record, note: used.note };
}

function dateOrNull(at: number | undefined): string | null {
	return at === undefined ? null : isoDate(at);
}

function usageRecord({ terms: told, span, tiers, minute }: UsageContract, { amount: used, included }: Used): IDataObject {
	const terms = included === undefined ? told : { ...told, includedSeconds: included };
	const forecast = forecastUsage(used, terms, span, tiers, minute);
	const { cheapestTier } = forecast;
	const overage = `${shownAs(used)} s - ${shownAs(terms.includedSeconds)} s included = ${shownAs(forecast.overageSeconds)} s; ${shownAs(forecast.overageSeconds)} s × ${shownAs(terms.overageRate)} USD = ${shownAs(forecast.overageUsd)} USD`;
	const formula =
		forecast.overageSeconds > 0n
			? `${overage}; ${shownAs(terms.commitmentUsd)} USD + ${shownAs(forecast.overageUsd)} USD = ${shownAs(forecast.totalUsd)} USD`
			: `${shownAs(used)} s of ${shownAs(terms.includedSeconds)} s included: ${shownAs(forecast.totalUsd)} USD`;
	return {
		usedSeconds: plain(used),
		includedSeconds: plain(terms.includedSeconds),
		remainingSeconds: plain(forecast.remainingSeconds),
		overageSeconds: plain(forecast.overageSeconds),
		overageUsd: plain(forecast.overageUsd),
		commitmentUsd: plain(terms.commitmentUsd),
		totalUsd: plain(forecast.totalUsd),
		marginalUsdPerMinute: plain(forecast.marginalUsdPerMinute),
		projectedSeconds: plain(forecast.projectedSeconds),
		projectedOverageUsd: plain(forecast.projectedOverageUsd),
		projectedTotalUsd: plain(forecast.projectedTotalUsd),
		runsOutOn: dateOrNull(forecast.runsOutAt),
		cheapestTier:
			cheapestTier === undefined ? null : { commitmentUsd: cheapestTier.commitmentUsd, totalUsd: plain(cheapestTier.totalUsd) },
		formula,
	};
}

function packageRecord({ bought, span, creditsPerMinute }: PackageContract, { amount: used }: Used): IDataObject {
	const forecast = forecastPackage(used, bought, span, creditsPerMinute);
	const runsOutOn = dateOrNull(forecast.runsOutAt);
	const end = isoDate(span.end);
	const outlook =
		runsOutOn === null
			? `at this pace ${shownAs(forecast.unusedAtEnd)} are unused when the contract ends on ${end}`
			: `at this pace used up on ${runsOutOn}, before the contract ends on ${end}`;
	return {
		packageCredits: plain(bought.credits),
		usedCredits: plain(used),
		remainingCredits: plain(forecast.remainingCredits),
		creditsPerDay: plainOrNull(forecast.creditsPerDay),
		runsOutOn,
		lastsUntilEnd: runsOutOn === null,
		unusedAtEnd: plain(forecast.unusedAtEnd),
		marginalCreditsPerMinute: plain(forecast.marginalCreditsPerMinute),
		marginalUsdPerMinute: plainOrNull(forecast.marginalUsdPerMinute),
		formula: `${shownAs(used)} of ${shownAs(bought.credits)} credits used, ${shownAs(forecast.remainingCredits)} left; ${outlook}`,
	};
}

function plainOrNull(amount: Exact | undefined): number | null {
	return amount === undefined ? null : plain(amount);
}

/** An amount as people write it. */
function shownAs(amount: Exact): string {
	return numeral(plain(amount));
}
