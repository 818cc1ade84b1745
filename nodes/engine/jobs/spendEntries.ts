import uniqBy from 'lodash/uniqBy';

import { type Exact, smaller, sum } from '../../heygen/prices/exact';
import { type Call, slotOf } from '../item/call';
import { FLOOR } from './balance';
import type { ItemCost } from './itemCost';

/** The items of a run that are about to be paid for, and what they come to together. */

/** What an item may cost, in credits; absent where nothing is said. */
export interface SpendLimits {
	perItem?: Exact;
	perRun?: Exact;
	perExecution?: Exact;
	/** What must be left in the account, in its own currency. */
	floor?: Exact;
}

/** An item that is about to be paid for, or one of its variants. */
export interface SpendEntry {
	call: Call;
	estimate: ItemCost;
	limits: SpendLimits;
	/** Whether an earlier try has made what the item orders, so that it costs nothing more. */
	isMade: boolean;
	/** Names what HeyGen makes once, however often it is asked for. */
	key: string | undefined;
	/** The job that the item is a message to. */
	writesTo: string | undefined;
}

/** What the editor calls the options. */
export const LIMIT_LABELS = {
	perItem: 'Maximum Cost per Item',
	perRun: 'Maximum Cost per Run',
	perExecution: 'Maximum Cost per Execution',
	floor: FLOOR,
} as const;

/**
 * Whether an item is only tried out, so that nothing is sent for it.
 *
 * @param call the item
 */
export function isTriedOut(call: Call): boolean {
	return call.options.dryRun === true;
}

/**
 * What counts: the items that are sent; all of a run that is only tried out.
 *
 * @param entries items of a run
 */
export function countedEntries(entries: readonly SpendEntry[]): readonly SpendEntry[] {
	const sent = entries.filter(({ call }) => !isTriedOut(call));
	return sent.length > 0 ? sent : entries;
}

/**
 * One item for each thing that HeyGen makes.
 *
 * @param entries items of a run
 */
export function paidOnce(entries: readonly SpendEntry[]): SpendEntry[] {
	return uniqBy(entries, ({ key, call }) => key ?? slotOf(call));
}

/**
 * The smallest of the limits that items have.
 *
 * @param entries items of a run
 * @param limit which limit
 * @returns undefined when no item has it
 */
export function leastLimit(entries: readonly SpendEntry[], limit: keyof SpendLimits): Exact | undefined {
	const given = entries.flatMap(({ limits }) => limits[limit] ?? []);
	return given.length === 0 ? undefined : given.reduce(smaller);
}

/**
 * What an item will cost, in credits. A cost that is not known is 0: such an item is only left where no limit counts it.
 *
 * @param entry the item
 */
export function costOfEntry({ estimate }: SpendEntry): Exact {
	return estimate.credits ?? 0n;
}

/**
 * What items will cost together, in credits.
 *
 * @param entries items of a run
 */
export function costOfAll(entries: readonly SpendEntry[]): Exact {
	return sum(paidOnce(entries).map(costOfEntry));
}

/**
 * What each item will cost with all of its variants, in credits.
 *
 * @param entries items of a run
 * @returns by n8n's index, in the order of the entries
 */
export function costsByItem(entries: readonly SpendEntry[]): Map<number, Exact> {
	const costs = new Map<number, Exact>();
	for (const entry of entries) {
		const { itemIndex } = entry.call;
		costs.set(itemIndex, (costs.get(itemIndex) ?? 0n) + costOfEntry(entry));
	}
	return costs;
}

/**
 * Items whose cost is not known though a limit counts them. A cost is only asked for where there is a limit.
 *
 * @param entries items of a run
 * @returns the items by the limit
 */
export function unknownByLimit(entries: readonly SpendEntry[]): Map<keyof SpendLimits, SpendEntry[]> {
	const counted = new Set(countedEntries(entries));
	const ofRun = (['perRun', 'perExecution'] as const).find((limit) => leastLimit([...counted], limit) !== undefined);
	const withFloor = new Set([...counted].flatMap(({ call, limits }) => (limits.floor === undefined ? [] : call.account.id)));
	const limitOf = (entry: SpendEntry): keyof SpendLimits | undefined => {
		if (entry.limits.perItem !== undefined) return 'perItem';
		if (!counted.has(entry)) return undefined;
		if (ofRun !== undefined) return ofRun;
		return !entry.isMade && withFloor.has(entry.call.account.id) ? 'floor' : undefined;
	};
	const found = new Map<keyof SpendLimits, SpendEntry[]>();
	for (const entry of entries) {
		const limit = limitOf(entry);
		if (limit === undefined || entry.estimate.credits !== undefined) continue;
		const others = found.get(limit);
		if (others === undefined) found.set(limit, [entry]);
		else others.push(entry);
	}
	return found;
}
