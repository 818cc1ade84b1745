import type { IDataObject } from 'n8n-workflow';

import { agentResource, resourceIdsIn, resourcePath, SESSION_PATH } from '../../heygen/jobs/agentRecords';
import { withDetails } from '../basics/errors';
import { Semaphore } from '../basics/semaphore';
import { settle } from '../basics/settle';
import { type Call, FailedPart, type Handler, type Piece, requestOf } from '../item/call';
import { outputItem } from '../item/outputItem';
import { type PageOptions, readPages } from '../request/readPages';
import { isGone, readRecord } from '../request/readRecord';
import { wantedRecords } from './pages';

/** Resources that are read at a time, one by one. */
const AT_A_TIME = 10;

/**
 * The resources of a video agent's session: as many as are asked for by `returnAll` and `limit`, one item each. Where
 * HeyGen has no list of them (the contract has none, HeyGen's pricing page does), the resources that the session's messages
 * name are read one by one.
 *
 * @param options how the list is paged
 * @param shape turns a record into an item's JSON
 */
export function sessionResources(options: PageOptions, shape: (record: IDataObject, call: Call) => IDataObject): Handler {
	return async (call) => {
		const limit = wantedRecords(call);
		const request = { ...requestOf(call), doing: `list the ${options.of}` };
		const listed = await settle(readPages(call.client.send, request, options, limit));
		if (listed.ok) return listed.value.map((record) => outputItem(shape(record, call), call.itemIndex));
		if (!isGone(listed.error)) throw listed.error;
		// The session itself may be what is not there, which this read says.
		return await oneByOne(call, limit, shape);
	};
}

/** An id that a message still names and HeyGen has no more is no resource. Any other failure costs its own resource only. */
async function oneByOne(call: Call, limit: number, shape: (record: IDataObject, call: Call) => IDataObject): Promise<Piece[]> {
	const sessionId = call.ids.session_id as string;
	const session = { noun: 'session', idField: 'session_id', recordPath: SESSION_PATH, files: [] };
	const ids = resourceIdsIn(await readRecord(call.client, session, sessionId));
	const slots = new Semaphore(AT_A_TIME);
	const kind = { ...agentResource, recordPath: resourcePath(sessionId) };
	const read = async (id: string) => await slots.run(async () => await readRecord(call.client, kind, id), call.client.signal);
	const pieceOf = async (id: string): Promise<Piece[]> => {
		const result = await settle(read(id));
		if (result.ok) return [outputItem(shape({ resource_id: id, ...result.value }, call), call.itemIndex)];
		if (isGone(result.error)) return [];
		return [new FailedPart(withDetails(result.error, { session_id: sessionId, resource_id: id }, `resource ${id}`))];
	};
	const pieces: Piece[] = [];
	for (let at = 0; at < ids.length && pieces.length < limit; ) {
		const some = ids.slice(at, at + limit - pieces.length);
		at += some.length;
		pieces.push(...(await Promise.all(some.map(pieceOf))).flat());
		call.client.signal?.throwIfAborted();
	}
	return pieces;
}
