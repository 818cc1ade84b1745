import { jobBatchOperation } from '../../declare/jobOperations';
import { videoJob } from '../../heygen/jobs/video';

/** `GET /v3/videos/batches/{batch_id}`. */
export const getBatch = jobBatchOperation({
	kind: videoJob,
	description: 'Read what has become of a batch, one item per video',
});
