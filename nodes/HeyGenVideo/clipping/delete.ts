import { deleteJobOperation } from '../../declare/jobOperations';
import { clippingJob } from '../../heygen/jobs/clipping';

/** `DELETE /v3/ai-clipping/{job_id}`. */
export const deleteClipping = deleteJobOperation({
	kind: clippingJob,
	url: '/v3/ai-clipping/{job_id}',
	description: 'Delete a clipping with its clips',
});
