import mapValues from 'lodash/mapValues';
import type { IDataObject } from 'n8n-workflow';

import { type StatusKind, withOwnId } from '../../heygen/jobs/kind';
import type { ApiReply, ApiRequest } from './apiRequest';
import { knownRecords } from './reply';

/**
 * Reads bulk statuses, in one request.
 *
 * @param sendRequest sends it
 * @param kind what the ids are of
 * @param ids at most 100 ids, under the query field that takes them
 * @param doing what is done, for messages
 * @param records reads the list; by default what is no record is left out, since a later look may say more
 */
export async function readStatuses(
	sendRequest: (request: ApiRequest) => Promise<ApiReply>,
	kind: StatusKind,
	ids: Record<string, string[]>,
	doing: string,
	records: (list: unknown, doing: string) => IDataObject[] = knownRecords,
): Promise<IDataObject[]> {
	const query = mapValues(ids, (list) => list.join(','));
	const { body } = await sendRequest({ method: 'GET', path: kind.statuses.path, query, doing });
	return records(body.data, doing).map((record) => withOwnId(record, kind));
}
