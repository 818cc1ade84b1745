import { DateTime } from 'luxon';

import {
	CREDIT_SECONDS,
	type CreditPackage,
	EXAMPLE_TIER,
	secondsPaidFor,
	type Span,
	type Tier,
	TIERS,
	type UsageTerms,
} from '../../heygen/prices/billing';
import { costOf, gapsIn, type Order } from '../../heygen/prices/cost';
import { type Exact, exact, times } from '../../heygen/prices/exact';
import { JOB_KINDS, type PricedKind } from '../../heygen/prices/rates';
import { readTiers } from '../../heygen/prices/tiers';
import { readMoment } from '../../heygen/values/moments';
import { type NumberRange, readNumber } from '../../heygen/values/plain';
import { inputError } from '../basics/errors';
import { wallClock } from '../basics/timing';
import type { Call } from '../item/call';
import { contractOf } from '../item/contractOf';
import { taken } from '../item/given';
import { sharedIn } from '../item/run';

/** The terms of a contract, as the parameters of a forecast have them. */

/** Display names of the parameters that messages point to. */
export const FORECAST_LABELS = {
	asOf: 'As Of',
	billingModel: 'Billing Model',
	commitmentUsd: 'Commitment (USD)',
	contractEnd: 'Contract End',
	contractStart: 'Contract Start',
	includedSeconds: 'Included Credit-Seconds',
	jobKind: 'Job Kind',
	overageRate: 'Overage Rate (USD)',
	packageCredits: 'Package Credits',
	packageUsd: 'Package Price (USD)',
	periodEnd: 'Period End',
	periodStart: 'Period Start',
	rate: 'Rate (USD)',
	secondsPerCredit: 'Credit-Seconds per Credit',
	tiers: 'Tiers (JSON)',
	usedCredits: 'Used Credits',
	usedSeconds: 'Used Credit-Seconds',
} as const;

type Label = keyof typeof FORECAST_LABELS;

/** Months of a contract that names no end, and of a billing period. */
const CONTRACT_MONTHS = 12;
const PERIOD_MONTHS = 1;

/** What usage-based billing is forecast from. */
export interface UsageContract {
	readonly model: 'usageBased';
	readonly terms: UsageTerms;
	readonly span: Span;
	readonly tiers: readonly Tier[];
	/** What a credit counts for in credit-seconds. */
	readonly secondsPerCredit: Exact;
	/** Credit-seconds that one more minute of the job in question takes. */
	readonly minute: Exact;
}

/** What a package of credits is forecast from. */
export interface PackageContract {
	readonly model: 'creditPackage';
	readonly bought: CreditPackage;
	readonly span: Span;
	readonly creditsPerMinute: Exact;
}

/**
 * Reads a contract.
 *
 * @param call the item
 * @throws EngineError naming the parameter that cannot be read
 */
export function contractIn(call: Call): UsageContract | PackageContract {
	const isPackage = call.parameter<string>('billingModel', 'usageBased') === 'creditPackage';
	return isPackage ? packageContract(call) : usageContract(call);
}

function usageContract(call: Call): UsageContract {
	const commitmentUsd = exact(numberAt(call, 'commitmentUsd', { min: 0 }) ?? EXAMPLE_TIER.commitmentUsd);
	const rate = exact(numberAt(call, 'rate', { min: 0 }) ?? EXAMPLE_TIER.rate);
	// 0 stands for a contract that names what it includes by its rate only.
	const included = numberAt(call, 'includedSeconds', { min: 0 }) ?? 0;
	if (included === 0 && rate === 0n) {
		throw inputError(`'${FORECAST_LABELS.rate}' and '${FORECAST_LABELS.includedSeconds}' are both 0`, 'Fill in what the commitment covers, or its rate.');
	}
	const secondsPerCredit = exact(taken(FORECAST_LABELS.secondsPerCredit, readNumber(call.options.secondsPerCredit, { above: 0 })) ?? CREDIT_SECONDS);
	return {
		model: 'usageBased',
		terms: {
			commitmentUsd,
			includedSeconds: included === 0 ? secondsPaidFor(commitmentUsd, rate) : exact(included),
			overageRate: exact(numberAt(call, 'overageRate', { min: 0 }) ?? EXAMPLE_TIER.overageRate),
		},
		span: periodOf(call),
		tiers: taken(FORECAST_LABELS.tiers, readTiers(call.options.tiers)) ?? TIERS,
		secondsPerCredit,
		minute: times(creditsOf(call, 60), secondsPerCredit),
	};
}

function packageContract(call: Call): PackageContract {
	const credits = numberAt(call, 'packageCredits', { above: 0 });
	if (credits === undefined) throw emptyField('packageCredits');
	// 0 is what the parameter holds when nobody has said the price.
	const usd = numberAt(call, 'packageUsd', { min: 0 }) ?? 0;
	return {
		model: 'creditPackage',
		bought: { credits: exact(credits), ...(usd === 0 ? {} : { usd: exact(usd) }) },
		span: termOf(call),
		creditsPerMinute: creditsOf(call, 60),
	};
}

/**
 * What seconds of the job in question cost.
 *
 * @param call the item, whose option `jobKind` names the job
 * @param seconds of what is made
 * @throws EngineError for a job whose price HeyGen does not publish and the credential does not name
 */
export function creditsOf(call: Call, seconds: number): Exact {
	const kind = (call.options.jobKind ?? 'avatarVideo') as PricedKind;
	const order: Order = { kind, seconds };
	const contract = contractOf(call.account);
	const cost = costOf(order, contract);
	if (cost !== undefined) return cost.credits;
	const why = gapsIn(order, contract).map(({ inWords }) => inWords).join(' and ');
	throw inputError(
		`'${FORECAST_LABELS.jobKind}' is '${JOB_KINDS[kind]}', but ${why}`,
		`Name the price in the credential's 'Rates (JSON)', such as {"${kind}": 0.05}, or choose another '${FORECAST_LABELS.jobKind}'.`,
	);
}

/** A moment in the workflow's time zone. */
interface Placed {
	readonly moment: DateTime;
	/** Whether its time zone was given with it, so that the clock on the workflow's wall does not matter. */
	readonly isZoned: boolean;
}

/** The billing period: by default the calendar month, in the workflow's time zone. */
function periodOf(call: Call): Span {
	const asOf = asOfIn(call);
	const start = momentIn(call, 'periodStart', call.options.periodStart);
	const end = momentIn(call, 'periodEnd', call.options.periodEnd);
	const from = start ?? (end === undefined ? { moment: asOf.moment.startOf('month'), isZoned: false } : later(end, -PERIOD_MONTHS));
	return spanOf(['periodStart', from], ['periodEnd', end ?? later(from, PERIOD_MONTHS)], asOf);
}

/** The contract's term. */
function termOf(call: Call): Span {
	const start = momentIn(call, 'contractStart', call.parameter<unknown>('contractStart', ''));
	const end = momentIn(call, 'contractEnd', call.parameter<unknown>('contractEnd', ''));
	if (start === undefined) throw emptyField('contractStart');
	return spanOf(['contractStart', start], ['contractEnd', end ?? later(start, CONTRACT_MONTHS)], asOfIn(call));
}

function later({ moment, isZoned }: Placed, months: number): Placed {
	return { moment: moment.plus({ months }), isZoned };
}

function spanOf([startName, start]: [Label, Placed], [endName, end]: [Label, Placed], asOf: Placed): Span {
	// What comes out is dated by the clock on the wall at the start.
	const wall = start.moment.offset;
	const place = ({ moment, isZoned }: Placed) => moment.toMillis() + (isZoned ? wall : moment.offset) * MINUTE_MS;
	const span = { start: place(start), end: place(end), asOf: place(asOf) };
	const inWords = (name: Label, { moment }: Placed) => `'${FORECAST_LABELS[name]}' (${moment.toISODate()})`;
	if (span.end <= span.start) throw inputError(`${inWords(endName, end)} is not after ${inWords(startName, start)}`);
	if (span.asOf >= span.start) return span;
	throw inputError(
		`${inWords(startName, start)} is after ${inWords('asOf', asOf)}`,
		`Nothing has been used before the beginning. '${FORECAST_LABELS.asOf}' is now unless the option says otherwise.`,
	);
}

const MINUTE_MS = 60_000;

function asOfIn(call: Call): Placed {
	const given = momentIn(call, 'asOf', call.options.asOf);
	if (given !== undefined) return given;
	// One moment for all items of a run.
	const now = sharedIn(call.run, 'forecast now', wallClock);
	return { moment: DateTime.fromMillis(now, { zone: call.context.getTimezone() }), isZoned: false };
}

function momentIn(call: Call, name: Label, given: unknown): Placed | undefined {
	const zone = call.context.getTimezone();
	const read = taken(FORECAST_LABELS[name], readMoment(given, zone));
	return read === undefined ? undefined : { moment: DateTime.fromMillis(read.at, { zone }), isZoned: read.isZoned };
}

/**
 * The date of a moment of a span. Spans count by the clock on the wall, where each day is as long as the others, also when
 * clocks change.
 *
 * @param at milliseconds as spans have them
 * @returns "2026-11-30"
 */
export function isoDate(at: number): string {
	return DateTime.fromMillis(at, { zone: 'utc' }).toISODate() ?? '';
}

/**
 * Reads an amount.
 *
 * @param call the item
 * @param name the parameter
 * @param range which numbers it takes
 * @returns undefined when it is blank
 */
export function numberAt(call: Call, name: Label, range: NumberRange): number | undefined {
	return taken(FORECAST_LABELS[name], readNumber(call.parameter<unknown>(name, ''), range));
}

function emptyField(name: Label) {
	return inputError(`'${FORECAST_LABELS[name]}' is empty`, 'Fill it in. An expression that finds nothing gives an empty field.');
}
