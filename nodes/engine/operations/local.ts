import type { IDataObject } from 'n8n-workflow';

import type { Call, Handler } from '../item/call';
import { outputItem } from '../item/outputItem';

/**
 * An operation that asks HeyGen for nothing.
 *
 * @param resultOf makes an item's JSON
 */
export function local(resultOf: (call: Call) => IDataObject | Promise<IDataObject>): Handler {
	return async (call) => [outputItem(await resultOf(call), call.itemIndex)];
}
