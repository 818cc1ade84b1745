import type { IDataObject } from 'n8n-workflow';

import type { Readable } from '../../heygen/jobs/kind';
import type { Call, Handler } from '../item/call';
import { outputItem } from '../item/outputItem';
import { readRecord } from '../request/readRecord';

/**
 * An operation that reads one record by its ID, wherever HeyGen keeps it.
 *
 * @param what what it is
 * @param shape turns HeyGen's `data` into the item's JSON
 */
export function record(what: Readable, shape: (data: IDataObject, call: Call) => IDataObject): Handler {
	return async (call) => {
		const data = await readRecord(call.client, what, call.ids[what.idField] as string, `get the ${what.noun}`);
		return [outputItem(shape(data, call), call.itemIndex)];
	};
}
