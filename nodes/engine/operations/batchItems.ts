import { type StatusKind, withOwnId } from '../../heygen/jobs/kind';
import { PAGE_MAX } from '../../heygen/limits';
import type { Handler } from '../item/call';
import { pages } from './pages';

/**
 * The items of a batch, with the batch's id.
 *
 * @param kind what is in it
 */
export function batchItems(kind: StatusKind): Handler {
	return pages({
		max: PAGE_MAX.batchItems,
		of: 'items of the batch',
		itemsIn: 'items',
		head: ['batch_id'],
		shape: (record) => withOwnId(record, kind),
	});
}
