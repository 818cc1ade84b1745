import type { IDataObject } from 'n8n-workflow';

import { EngineError } from '../basics/errors';
import { type Handler, requestOf } from '../item/call';
import { outputItem } from '../item/outputItem';

/**
 * What an operation does that deletes one record.
 *
 * @param noun what is deleted, for messages
 * @param idName its id in the path: "video_id"
 */
export function deleted(noun: string, idName: string): Handler {
	return async (call) => {
		const id = call.ids[idName];
		const { gone, body } = await call.client.send({ ...requestOf(call), doing: `delete the ${noun}` });
		if ((body.data as IDataObject | null | undefined)?.deleted === false) {
			throw new EngineError(`HeyGen says that it has not deleted the ${noun} ${id}`, 'HeyGen gives no reason. Try again later.');
		}
		if (gone !== true) return [outputItem({ deleted: true, id }, call.itemIndex)];
		const note = `HeyGen has no such ${noun}. An earlier try of this delete, whose answer did not arrive, may have deleted it; or it was not there before.`;
		return [outputItem({ gone: true, id, note }, call.itemIndex)];
	};
}
