import type { IDataObject } from 'n8n-workflow';

import type { Call, Handler } from '../item/call';
import { outputItem, outputOfAll } from '../item/outputItem';
import { joined } from '../item/together';

/** How an operation makes one output item for each input item, or one of all of them. */
export interface LocalForAll<T> {
	/** Names the operation within a run. */
	name: string;
	/** Whether an item is to go into the one output item. */
	isForAll: (call: Call) => boolean;
	/** What an item brings along; what it throws concerns this item alone. */
	read: (call: Call) => T | Promise<T>;
	/** Makes the JSON of one item. */
	resultOf: (content: T, call: Call) => IDataObject | Promise<IDataObject>;
	/** Makes the JSON of all items that could be read, in their order, at the first of them. */
	resultOfAll: (contents: readonly T[], first: Call) => IDataObject | Promise<IDataObject>;
}

/**
 * An operation that makes one output item of all input items, where the user wants that. Items that fail end by themselves
 * and are not in there.
 *
 * @param how it reads items and makes results
 */
export function localForAll<T>({ name, isForAll, read, resultOf, resultOfAll }: LocalForAll<T>): Handler {
	return async (call) => {
		const forAll = isForAll(call);
		const content = await read(call);
		if (!forAll) return [outputItem(await resultOf(content, call), call.itemIndex)];
		const all = await joined(call, name, content);
		// The first item that could be read speaks for all.
		if (all[0]?.call !== call) return [];
		const record = await resultOfAll(all.map((one) => one.content), call);
		return [outputOfAll(record, all.map((one) => one.call.itemIndex))];
	};
}
