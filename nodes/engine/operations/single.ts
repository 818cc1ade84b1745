import type { IDataObject } from 'n8n-workflow';

import { type Call, type Handler, requestOf } from '../item/call';
import { outputItem } from '../item/outputItem';
import { recordIn } from '../request/reply';

/**
 * What an operation of one request does that answers with one record.
 *
 * @param doing what the operation does, for messages: "get the video"
 * @param shape turns HeyGen's `data` into the item's JSON
 * @param missing the item's JSON where HeyGen has no such endpoint; without it that is an error
 */
export function single(
	doing: string,
	shape: (data: IDataObject, call: Call) => IDataObject = (data) => data,
	missing?: IDataObject,
): Handler {
	return async (call) => {
		const request = { ...requestOf(call), ...(missing === undefined ? {} : { mayBeMissing: true }), doing };
		const reply = await call.client.send(request);
		if (reply.missing === true && missing !== undefined) return [outputItem({ ...missing }, call.itemIndex)];
		const data = recordIn(reply, request);
		return [outputItem(shape(data, call), call.itemIndex)];
	};
}
