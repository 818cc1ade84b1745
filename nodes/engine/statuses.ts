import chunk from 'lodash/chunk';
import type { IDataObject } from 'n8n-workflow';

import type { JobKind } from '../heygen/jobs';
import { STATUS_IDS_MAX } from '../heygen/limits';
import { inputError } from './errors';
import { outputItem } from './items';
import type { Handler } from './operation';

/** Ids from a comma-separated text, or from a list that an expression gave. */
function idList(value: unknown): string[] {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[\s,]+/);
	return parts.map((part) => String(part).trim()).filter((part) => part !== '');
}

/**
 * An operation that reads the states of many jobs: at most 100 ids a request, one item per job.
 *
 * @param kind the jobs' kind
 */
export function bulkStatuses(kind: JobKind): Handler {
	return async (call) => {
		const { idsField, path } = kind.statuses;
		const queries = [idsField, 'batch_ids'].flatMap((field) =>
			chunk(idList(call.query[field]), STATUS_IDS_MAX).map((ids) => ({ [field]: ids.join(',') })),
		);
		if (queries.length === 0) {
			throw inputError(
				"'Video IDs' and 'Batch IDs' are both empty",
				'Enter at least one id; several are separated by commas.',
			);
		}
		const doing = `read the statuses of ${kind.noun}s`;
		const replies = await Promise.all(
			queries.map(async (query) => await call.send({ method: 'GET', path, query, doing })),
		);
		return replies
			.flatMap(({ body }) => (Array.isArray(body.data) ? (body.data as IDataObject[]) : []))
			.map((entry) => outputItem(entry, call.itemIndex));
	};
}
