import { jobBatchOperation } from '../../declare/jobOperations';
import { translationJob } from '../../heygen/jobs/translation';

/** `GET /v3/video-translations/batches/{batch_id}`. */
export const getBatch = jobBatchOperation({
	kind: translationJob,
	description: 'Read what has become of a batch, one item per translation',
});
