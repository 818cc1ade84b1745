import uniq from 'lodash/uniq';
import uniqBy from 'lodash/uniqBy';
import upperFirst from 'lodash/upperFirst';

import type { CostGap } from '../../heygen/prices/cost';
import { type Exact, plain } from '../../heygen/prices/exact';
import { amount } from '../../heygen/values/text';
import { type EngineError, reworded, RunRefusal } from '../basics/errors';
import { itemsInWords } from '../basics/itemNumbers';
import type { Call } from '../item/call';
import { costOfAll, costsByItem, leastLimit, LIMIT_LABELS, type SpendEntry } from './spendEntries';

/** What is said when items may not be paid for. */

/**
 * The error for items that cost more than one item may.
 *
 * @param entries the items
 */
export function tooDear(entries: readonly SpendEntry[]): EngineError {
	const limit = leastLimit(entries, 'perItem') as Exact;
	const which = itemsInWords(itemsOf(entries), SHOWN_ITEMS);
	const subject = `${upperFirst(which)} would cost more than '${LIMIT_LABELS.perItem}' allows`;
	return spendRefusal(entries, LIMIT_LABELS.perItem, `${subject}: ${creditsInWords(limit)}`);
}

/** What has to be filled in so that a cost can be told. */
const FILL_IN: Record<CostGap['of'], string> = { rate: "'Rate'", length: "'Expected Duration (Seconds)'" };

/**
 * The error for items whose cost is not known.
 *
 * @param entries the items
 * @param label what the editor calls the limit
 */
export function costUnknown(entries: readonly SpendEntry[], label: string): EngineError {
	const gaps = uniqBy(entries.flatMap(({ estimate }) => estimate.gaps), 'inWords');
	const why = gaps.map(({ inWords }) => inWords).join(' and ');
	const fields = uniq(gaps.map((gap) => FILL_IN[gap.of])).join(' and ');
	const which = itemsInWords(itemsOf(entries), SHOWN_ITEMS);
	const contract = gaps.some((gap) => gap.of === 'rate') ? " The credential's 'Rates (JSON)' can name the price as well." : '';
	const advice = `${sentNothing(entries)}. What ${which} would cost is not known. Fill in ${fields}, or remove '${label}'.${contract}`;
	return new RunRefusal(`${upperFirst(why)}, so '${label}' cannot be kept`, advice, { items: itemRecords(entries) });
}

/** The items that entries are of, each once. */
function itemsOf(entries: readonly SpendEntry[]): number[] {
	return uniq(entries.map(({ call }) => call.itemIndex));
}

/** What the details of an error say of an item, or one of its variants. */
interface ItemRecord {
	item: number;
	variant?: string;
}

/** What the details of an error say of each. */
function itemRecords(entries: readonly SpendEntry[]): ItemRecord[] {
	return entries.map(({ call: { itemIndex, variant }, estimate }) => {
		return { item: itemIndex + 1, ...(variant === undefined ? {} : { variant: variant.name }), ...estimate.record };
	});
}

/** An earlier try may have sent something, which the error names. */
function sentNothing(entries: readonly SpendEntry[]): string {
	const started = entries.some(({ call }) => call.run.started.jobs().length > 0 || call.run.started.doubtsInWords().length > 0);
	return started ? 'This try has sent nothing' : 'Nothing was sent';
}

/** Items that an error lists at most; all are in its details. */
const SHOWN_ITEMS = 100;

/**
 * An error that lists the items and their costs.
 *
 * @param entries the items
 * @param option what could be changed
 * @param message what is wrong
 * @param first what else can be done, to continue with "shorten"
 */
export function spendRefusal(entries: readonly SpendEntry[], option: string, message: string, first = ''): EngineError {
	const costs = [...costsByItem(entries)];
	// A map, since a record would put numbers in another order.
	const byCost = new Map<Exact, number[]>();
	for (const [item, cost] of costs.slice(0, SHOWN_ITEMS)) byCost.set(cost, [...(byCost.get(cost) ?? []), item]);
	const lines = [...byCost].map(([cost, same]) => `${itemsInWords(same)} ${creditsInWords(cost)}${same.length === 1 ? '' : ' each'}`);
	if (costs.length > SHOWN_ITEMS) lines.push(amount(costs.length - SHOWN_ITEMS, 'more item'));
	const listed = entries.every(({ estimate }) => estimate.isListed) ? " by HeyGen's price list; your contract's prices go into the credential" : '';
	const todo = `${first}${first === '' ? 'Shorten' : 'shorten'} the scripts or films, send fewer items, or change '${option}'.`;
	const advice = `${sentNothing(entries)}. The costs are: ${lines.join('; ')}. ${todo} These are estimates${listed}.`;
	return new RunRefusal(message, advice, { credits: plain(costOfAll(entries)), items: itemRecords(entries) });
}

/**
 * A refusal with what its details say of one item.
 *
 * @param refusal of many items
 * @param call the item, or one of its variants
 */
export function ofItemAlone(refusal: unknown, { itemIndex, variant }: Call): unknown {
	if (!(refusal instanceof RunRefusal) || !Array.isArray(refusal.details.items)) return refusal;
	const items = (refusal.details.items as ItemRecord[]).filter((one) => one.item === itemIndex + 1 && one.variant === variant?.name);
	return reworded(refusal, { details: { ...refusal.details, items } });
}

/**
 * What items would cost.
 *
 * @param entries the items
 * @returns "The 50 items of this run would cost 62.5 credits"
 */
export function costsInWords(entries: readonly SpendEntry[]): string {
	const { length } = itemsOf(entries);
	const count = length === 1 ? 'The item of this run' : `The ${amount(length, 'item')} of this run`;
	return `${count} would cost ${creditsInWords(costOfAll(entries))}`;
}

/**
 * An amount of credits as people write it.
 *
 * @param value any amount
 * @returns "62.5 credits"
 */
export function creditsInWords(value: Exact): string {
	return amount(plain(value), 'credit');
}
