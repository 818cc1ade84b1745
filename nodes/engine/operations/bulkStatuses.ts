import chunk from 'lodash/chunk';

import type { StatusKind } from '../../heygen/jobs/kind';
import { STATUS_IDS_MAX } from '../../heygen/limits';
import { readIds } from '../../heygen/values/ids';
import { inputError } from '../basics/errors';
import { fieldName } from '../item/body';
import type { Handler } from '../item/call';
import { taken } from '../item/given';
import { outputItem } from '../item/outputItem';
import { readStatuses } from '../request/readStatuses';
import { recordsIn } from '../request/reply';

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
				'Enter at least one ID; several are separated by commas.',
			);
		}
		const doing = `read the statuses of ${kind.noun}s`;
		const entries = await Promise.all(
			requests.map(async (ids) => await readStatuses(call.client.send, kind, ids, doing, recordsIn)),
		);
		return entries.flat().map((entry) => outputItem(entry, call.itemIndex));
	};
}
