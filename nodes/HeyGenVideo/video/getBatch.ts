import { pages } from '../../engine/pages';
import { pathIdField } from '../../fields/ids';
import { listFields } from '../../fields/lists';
import type { Operation } from '../../fields/resource';
import { sendingOptionsField } from '../../fields/sending';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/videos/batches/{batch_id}`. */
export const getBatch: Operation = {
	value: 'getBatch',
	name: 'Get Batch',
	action: 'Get batch of videos',
	description: 'Read what has become of a batch, one item per video',
	request: { method: 'GET', url: '/v3/videos/batches/{batch_id}' },
	run: pages({
		max: PAGE_MAX.batchItems,
		of: 'items of the batch',
		itemsIn: 'items',
		head: ['batch_id'],
	}),
	properties: [
		pathIdField('batch_id', {
			displayName: 'Batch ID',
			name: 'batchId',
			placeholder: 'e.g. {{ $json.batch_id }}',
			description: "The batch's ID, as 'Send as Batch' puts it out in batch_id",
		}),
		...listFields,
		sendingOptionsField,
	],
};
