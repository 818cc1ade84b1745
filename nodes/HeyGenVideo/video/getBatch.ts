import type { Operation } from '../../declare/resource';
import { batchItems } from '../../engine/operations/batchItems';
import { batchIdField } from '../../fields/ids';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { videoJob } from '../../heygen/jobs/video';

/** `GET /v3/videos/batches/{batch_id}`. */
export const getBatch: Operation = {
	value: 'getBatch',
	name: 'Get Batch',
	action: 'Get batch of videos',
	description: 'Read what has become of a batch, one item per video',
	request: { method: 'GET', url: '/v3/videos/batches/{batch_id}' },
	run: batchItems(videoJob),
	properties: [
		batchIdField("The batch's ID, as 'Send as Batch' puts it out in batch_id"),
		...listFields,
		sendingOptionsField,
	],
};
