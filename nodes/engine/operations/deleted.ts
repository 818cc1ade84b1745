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
		return [outputItem(deletedRecord(gone === true, id, `HeyGen has no such ${noun}`), call.itemIndex)];
	};
}

/**
 * What is put out for a record that has been deleted.
 *
 * @param isGone whether it was not there any more when the delete was sent again
 * @param id the record
 * @param nothing says so: "HeyGen has no such video"
 */
export function deletedRecord(isGone: boolean, id: string | undefined, nothing: string): IDataObject {
	if (!isGone) return { deleted: true, id };
	const note = `${nothing}. An earlier try of this delete, whose answer did not arrive, may have deleted it; or it was not there before.`;
	return { gone: true, id, note };
}
