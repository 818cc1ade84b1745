import isPlainObject from 'lodash/isPlainObject';

import { jsonIn } from '../values/lists';
import { readChoice, readNumber } from '../values/plain';
import { isNothing, type Reading } from '../values/reading';
import { shown } from '../values/text';
import { type Contract, LISTED } from './cost';
import { HYPERFRAMES_LINES, JOB_KINDS, type RateName, RATES } from './rates';

/** A contract's own prices as people write them down: JSON such as {"avatarVideo": 0.08, "usdPerCredit": 0.5}. */

/** Names that the JSON may have: those of kinds, of single lines of the price list, and the price of a credit. */
const USD_PER_CREDIT = 'usdPerCredit';
const KINDS = Object.keys(JOB_KINDS) as Array<keyof typeof JOB_KINDS>;
const LINES = Object.keys(RATES) as RateName[];
const NAMES = [...new Set<string>([...KINDS, ...LINES, USD_PER_CREDIT])];
const TITLES = NAMES.map((name) => (Object.hasOwn(JOB_KINDS, name) ? JOB_KINDS[name as keyof typeof JOB_KINDS] : name));

/**
 * Reads a contract's own prices.
 *
 * @param given a record or JSON text. Names are those of kinds of jobs, and "usdPerCredit". HyperFrames has one price for
 *   all, or a record with "1080p30", "1080p60", "4k30" and "4k60"
 */
export function readContract(given: unknown): Reading<Contract> {
	if (isNothing(given)) return { value: LISTED };
	const record = typeof given === 'string' ? jsonIn(given) : given;
	// What was given is not repeated: an API key may have been pasted there.
	if (!isPlainObject(record)) return { problem: 'must be JSON such as {"avatarVideo": 0.08}' };
	const rates: Partial<Record<RateName, number>> = {};
	let usdPerCredit: number | undefined;
	for (const [given, value] of Object.entries(record as object)) {
		const name = readChoice(given, NAMES, TITLES).value;
		if (name === undefined) return { problem: `has no price named ${shown(given)}: it can have ${NAMES.join(', ')}` };
		if (name === 'hyperframes' && isPlainObject(value)) {
			const problem = takeHyperframes(rates, value as object);
			if (problem !== undefined) return { problem };
			continue;
		}
		const price = priceIn(name, value);
		if (price.problem !== undefined) return price;
		if (price.value === undefined) continue;
		if (name === USD_PER_CREDIT) usdPerCredit = price.value;
		else if (name === 'hyperframes') for (const line of HYPERFRAMES_LINES) rates[line] ??= price.value;
		else rates[name as RateName] = price.value;
	}
	return { value: { rates, ...(usdPerCredit === undefined ? {} : { usdPerCredit }) } };
}

function priceIn(name: string, value: unknown): Reading<number> {
	// A credit that costs nothing would pass every check of a balance in dollars.
	const price = readNumber(value, name === USD_PER_CREDIT ? { above: 0 } : { min: 0 });
	return price.problem === undefined ? price : { problem: `has for "${name}" what ${price.problem}` };
}

/** @returns what is wrong with it */
function takeHyperframes(rates: Partial<Record<RateName, number>>, given: object): string | undefined {
	for (const [line, value] of Object.entries(given)) {
		const name = readChoice(`hyperframes${line}`, HYPERFRAMES_LINES).value;
		if (name === undefined) {
			const lines = HYPERFRAMES_LINES.map((known) => known.replace('hyperframes', ''));
			return `has no price of "hyperframes" named ${shown(line)}: it can have ${lines.join(', ')}`;
		}
		const price = priceIn(`hyperframes ${line}`, value);
		if (price.problem !== undefined) return price.problem;
		if (price.value !== undefined) rates[name] = price.value;
	}
	return undefined;
}
