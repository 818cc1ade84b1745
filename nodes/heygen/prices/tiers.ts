import isPlainObject from 'lodash/isPlainObject';

import { jsonIn } from '../values/lists';
import { readNumber } from '../values/plain';
import { isNothing, NOTHING, type Reading, refusedReading } from '../values/reading';
import { numeral, shown } from '../values/text';
import type { Tier } from './billing';

/** Tiers of usage-based billing as people write them down. */

/** What each tier must have. The rate within the commitment adds nothing to a bill and may be left out. */
const NEEDED = ['commitmentUsd', 'includedSeconds', 'overageRate'] as const;
const NAMES: readonly string[] = [...NEEDED, 'rate'];

const EXAMPLE = '[{"commitmentUsd": 5000, "includedSeconds": 600000, "overageRate": 0.00833}]';

/**
 * Reads tiers.
 *
 * @param given a list of records, or its JSON text; names are those of `Tier`
 * @returns undefined for none
 */
export function readTiers(given: unknown): Reading<Tier[]> {
	if (isNothing(given)) return NOTHING;
	const list: unknown = typeof given === 'string' ? jsonIn(given) : given;
	const rows: unknown[] = Array.isArray(list) ? list : [list];
	if (!rows.every(isPlainObject)) return refusedReading(`JSON such as ${EXAMPLE}`, given);
	const tiers: Tier[] = [];
	for (const [index, row] of (rows as Array<Record<string, unknown>>).entries()) {
		const tier = tierIn(row);
		if (tier.value === undefined) return { problem: `has in its row ${numeral(index + 1)} ${tier.problem ?? 'no tier'}` };
		tiers.push(tier.value);
	}
	return tiers.length === 0 ? NOTHING : { value: tiers };
}

/** @returns what is wrong with it, to continue "it has" */
function tierIn(row: Record<string, unknown>): Reading<Tier> {
	const unknown = Object.keys(row).find((name) => !NAMES.includes(name));
	if (unknown !== undefined) return { problem: `a name that no tier has, ${shown(unknown)}: the names are ${NAMES.join(', ')}` };
	const numbers = new Map<string, number>();
	for (const name of NAMES) {
		const { value, problem } = readNumber(row[name], { min: 0 });
		if (problem !== undefined) return { problem: `for "${name}" what ${problem}` };
		if (value !== undefined) numbers.set(name, value);
	}
	const missing = NEEDED.find((name) => !numbers.has(name));
	if (missing !== undefined) return { problem: `no "${missing}"` };
	const [commitmentUsd = 0, includedSeconds = 0, overageRate = 0] = NEEDED.map((name) => numbers.get(name));
	return { value: { commitmentUsd, includedSeconds, overageRate, rate: numbers.get('rate') ?? overageRate } };
}
