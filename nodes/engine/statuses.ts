import chunk from 'lodash/chunk';
import mapValues from 'lodash/mapValues';
import type { IDataObject } from 'n8n-workflow';

import { type StatusKind, withOwnId } from '../heygen/jobs';
import { STATUS_IDS_MAX } from '../heygen/limits';
import { readIds } from '../heygen/values/ids';
import { inputError } from './basics/errors';
import { fieldName } from './body';
import { taken } from './given';
import type { ApiReply, ApiRequest } from './http';
import { outputItem } from './items';
import type { Handler } from './operation';
import { knownRecords, recordsIn } from './reply';

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

/**
 * An operation that reads the states of many jobs: at most 100 ids a request, one item per job.
 *
 * @param kind what the ids are of
 */
export function bulkStatuses(kind: StatusKind): Handler {
	return async (call) => {
		const { idsField } = kind.statuses;
		const lists = [[idsField, kind.idField], ['batch_ids', 'batch_id']] as const;
		const requests = lists.flatMap(([field, idField]) => {
			const ids = taken(fieldName(field), readIds(call.query[field], [idField])) ?? [];
			return chunk(ids, STATUS_IDS_MAX).map((some) => ({ [field]: some }));
		});
		if (requests.length === 0) {
			throw inputError(
				`'${fieldName(idsField)}' and 'Batch IDs' are both empty`,
				'Enter at least one id; several are separated by commas.',
			);
		}
		const doing = `read the statuses of ${kind.noun}s`;
		const entries = await Promise.all(
			requests.map(async (ids) => await readStatuses(call.send, kind, ids, doing, recordsIn)),
		);
		return entries.flat().map((entry) => outputItem(entry, call.itemIndex));
	};
}
