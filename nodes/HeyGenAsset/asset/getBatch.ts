import type { Operation } from '../../declare/resource';
import { batchItems } from '../../engine/operations/batchItems';
import { batchIdField } from '../../fields/ids';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { assetStatuses } from '../../heygen/jobs/asset';

/** `GET /v3/assets/batches/{batch_id}`. */
export const getBatch: Operation = {
	value: 'getBatch',
	name: 'Get Batch',
	action: 'Get batch of assets',
	description: 'Read what has become of an upload batch, one item per file',
	request: { method: 'GET', url: '/v3/assets/batches/{batch_id}' },
	run: batchItems(assetStatuses),
	properties: [
		batchIdField("The batch's ID, as 'Upload' puts it out in batch_id when it uploads many files"),
		...listFields,
		sendingOptionsField,
	],
};
