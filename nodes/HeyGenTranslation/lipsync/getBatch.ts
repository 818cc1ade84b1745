import { jobBatchOperation } from '../../declare/jobOperations';
import { lipsyncJob } from '../../heygen/jobs/lipsync';

/** `GET /v3/lipsyncs/batches/{batch_id}`. */
export const getBatch = jobBatchOperation({
	kind: lipsyncJob,
	description: 'Read what has become of a batch, one item per lipsync',
});
