import type { IDataObject } from 'n8n-workflow';

import { type Call, type Handler, requestOf } from '../item/call';
import { outputItem } from '../item/outputItem';
import { recordIn } from '../request/reply';

/**
 * What an operation of one request does that answers with one record.
 *
 * @param doing what the operation does, for messages: "get the video"
 * @param shape turns HeyGen's `data` into the item's JSON
 */
export function single(
	doing: string,
	shape: (data: IDataObject, call: Call) => IDataObject = (data) => data,
): Handler {
	return async (call) => {
		const request = { ...requestOf(call), doing };
		const data = recordIn(await call.client.send(request), request);
		return [outputItem(shape(data, call), call.itemIndex)];
	};
}
