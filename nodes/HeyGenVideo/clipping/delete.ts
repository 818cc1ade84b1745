import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { jobIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/ai-clipping/{job_id}`. */
export const deleteClipping: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete clipping',
	description: 'Delete a clipping with its clips',
	request: { method: 'DELETE', url: '/v3/ai-clipping/{job_id}' },
	run: deleted('clipping', 'job_id'),
	properties: [jobIdField('clipping'), sendingOptionsField],
};
