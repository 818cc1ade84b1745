import type { IDataObject } from 'n8n-workflow';

import { EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import { type Call, type Handler, requestOf } from '../item/call';
import { outputItem } from '../item/outputItem';

/** What is special about an operation that deletes. */
interface DeleteOptions {
	/** Whether the work is done where there is nothing to delete. */
	missingIsDone?: boolean;
}

/**
 * What an operation does that deletes one record.
 *
 * @param noun what is deleted, for messages
 * @param idName its id in the path: "video_id"
 * @param options what is special about it
 */
export function deleted(noun: string, idName: string, options: DeleteOptions = {}): Handler {
	return async (call) => [outputItem(await deleteRecord(call, noun, call.ids[idName], options), call.itemIndex)];
}

/**
 * Deletes the record that an item's path names.
 *
 * @param call the item
 * @param noun what is deleted, for messages
 * @param id the record
 * @param options what is special about it
 * @returns what is put out
 * @throws EngineError when it is not deleted
 */
export async function deleteRecord(call: Call, noun: string, id: string | undefined, { missingIsDone = false }: DeleteOptions = {}): Promise<IDataObject> {
	const sent = await settle(call.client.send({ ...requestOf(call), doing: `delete the ${noun}` }));
	const nothing = `HeyGen has no such ${noun}`;
	if (!sent.ok) {
		if (!missingIsDone || !isMissing(sent.error)) throw sent.error;
		return { gone: true, id, note: `${nothing}: it was deleted before, or was never there.` };
	}
	const { gone, body } = sent.value;
	if ((body.data as IDataObject | null | undefined)?.deleted === false) {
		throw new EngineError(`HeyGen says that it has not deleted the ${noun} ${id}`, 'HeyGen gives no reason. Try again later.');
	}
	return deletedRecord(gone === true, id, nothing);
}

/** Whether HeyGen itself says that there is no such record. A proxy's page says nothing of a record. */
function isMissing(error: unknown): boolean {
	if (!(error instanceof EngineError) || error.details.httpCode !== '404') return false;
	return /_not_found$|^not_found$/.test(String(error.details.code ?? ''));
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
