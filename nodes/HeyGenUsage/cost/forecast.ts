import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import { forecastBill } from '../../engine/operations/forecastBill';
import { FORECAST_LABELS } from '../../engine/operations/forecastTerms';
import { jobKindChoices } from '../../fields/prices';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { CREDIT_SECONDS, EXAMPLE_TIER, TIERS } from '../../heygen/prices/billing';
import { LENGTH_KINDS } from '../../heygen/prices/rates';

const isPackage = { billingModel: ['creditPackage'] };
const isUsage = { billingModel: ['usageBased'] };
const isTyped = { usageSource: ['typed'] };

type Amount = Pick<INodeProperties, 'displayName' | 'name' | 'default' | 'description'> & {
	show: Record<string, string[]>;
};

/** An amount of seconds, credits or dollars. */
function amountField({ show, ...property }: Amount): INodeProperties {
	return { ...property, type: 'number', typeOptions: { minValue: 0 }, displayOptions: { show } };
}

/** No request, but `GET /v3/users/me` once a run when the account says what has been used. */
export const forecast: Operation = {
	value: 'forecast',
	name: 'Forecast Bill',
	action: 'Forecast bill',
	description: 'Say what a contract with HeyGen comes to at the end of its month or term, at the pace so far',
	run: forecastBill(),
	properties: [
		{
			displayName: FORECAST_LABELS.billingModel,
			name: 'billingModel',
			type: 'options',
			options: [
				{ name: 'Credit Package', value: 'creditPackage', description: 'Credits that were bought for the term of a contract' },
				{ name: 'Usage-Based', value: 'usageBased', description: 'A flat monthly commitment that covers credit-seconds, and a rate for what is beyond' },
			],
			default: 'usageBased',
			description: "How the contract is billed. Both are HeyGen's Enterprise models.",
		},
		{
			displayName: 'Usage Source',
			name: 'usageSource',
			type: 'options',
			options: [
				{ name: 'Account', value: 'account', description: 'What HeyGen says of the account, read once a run' },
				{ name: 'Jobs', value: 'jobs', description: 'The input items are jobs: the sum of their cost.credits or credits, or else of their duration or seconds' },
				{ name: 'Typed In', value: 'typed', description: 'A number' },
			],
			default: 'typed',
			description: 'What says how much has been used so far',
		},
		amountField({
			displayName: FORECAST_LABELS.usedSeconds,
			name: 'usedSeconds',
			show: { ...isUsage, ...isTyped },
			default: 0,
			description: 'What has been used in the period so far',
		}),
		amountField({
			displayName: FORECAST_LABELS.commitmentUsd,
			name: 'commitmentUsd',
			show: isUsage,
			default: EXAMPLE_TIER.commitmentUsd,
			description: 'The Monthly Minimum Commitment. It is flat: the bill begins with it, whatever is used.',
		}),
		amountField({
			displayName: FORECAST_LABELS.includedSeconds,
			name: 'includedSeconds',
			show: isUsage,
			default: EXAMPLE_TIER.includedSeconds,
			description: "What the commitment covers in a month. With 0 it is the commitment divided by the rate. The account's own number goes before it.",
		}),
		amountField({
			displayName: FORECAST_LABELS.rate,
			name: 'rate',
			show: isUsage,
			default: EXAMPLE_TIER.rate,
			description: 'What a credit-second costs within the commitment, as the contract names it. It adds nothing to the bill: it is only used where the included credit-seconds are 0.',
		}),
		amountField({
			displayName: FORECAST_LABELS.overageRate,
			name: 'overageRate',
			show: isUsage,
			default: EXAMPLE_TIER.overageRate,
			description: 'What each credit-second costs beyond the included ones',
		}),
		amountField({
			displayName: FORECAST_LABELS.packageCredits,
			name: 'packageCredits',
			show: isPackage,
			default: 0,
			description: 'All credits that were bought for the contract',
		}),
		amountField({
			displayName: FORECAST_LABELS.usedCredits,
			name: 'usedCredits',
			show: { ...isPackage, ...isTyped },
			default: 0,
			description: 'Credits that have been used so far',
		}),
		{
			displayName: FORECAST_LABELS.contractStart,
			name: 'contractStart',
			type: 'dateTime',
			displayOptions: { show: isPackage },
			default: '',
			description: 'The first day of the contract',
		},
		{
			displayName: FORECAST_LABELS.contractEnd,
			name: 'contractEnd',
			type: 'dateTime',
			displayOptions: { show: isPackage },
			default: '',
			description: 'The first day after the contract. If empty, a year after its start.',
		},
		amountField({
			displayName: FORECAST_LABELS.packageUsd,
			name: 'packageUsd',
			show: isPackage,
			default: 0,
			description: 'What the package costs, to say what a minute costs in US dollars. With 0 that is left out.',
		}),
		optionsField([
			{
				displayName: FORECAST_LABELS.secondsPerCredit,
				name: 'secondsPerCredit',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: CREDIT_SECONDS,
				description: 'Of usage-based billing: what a credit of a job counts for. HeyGen does not publish it; by default a credit costs half a dollar in the smallest tier.',
			},
			{
				displayName: FORECAST_LABELS.asOf,
				name: 'asOf',
				type: 'dateTime',
				default: '',
				description: 'The moment at which the use was counted. By default it is now.',
			},
			{
				displayName: FORECAST_LABELS.jobKind,
				name: 'jobKind',
				type: 'options',
				options: jobKindChoices(LENGTH_KINDS),
				default: 'avatarVideo',
				description: 'The job whose next minute is priced, and by whose price the seconds of jobs become credits',
			},
			{
				displayName: FORECAST_LABELS.periodEnd,
				name: 'periodEnd',
				type: 'dateTime',
				default: '',
				description: 'Of usage-based billing: the first day after the period. By default the period lasts a month.',
			},
			{
				displayName: FORECAST_LABELS.periodStart,
				name: 'periodStart',
				type: 'dateTime',
				default: '',
				description: "Of usage-based billing: the first day of the period. By default it is the first of the month, in the workflow's time zone.",
			},
			{
				displayName: FORECAST_LABELS.tiers,
				name: 'tiers',
				type: 'json',
				default: JSON.stringify(TIERS, null, 2),
				description: "Of usage-based billing: the tiers that the cheapest is chosen from, in place of HeyGen's",
			},
		]),
		sendingOptionsField,
	],
};
