import { getJobOperation } from '../../declare/jobOperations';
import { clippingJob } from '../../heygen/jobs/clipping';

/** `GET /v3/ai-clipping/{job_id}`. */
export const get = getJobOperation({
	kind: clippingJob,
	url: '/v3/ai-clipping/{job_id}',
	description: 'Read one clipping with its clips, their fresh addresses and how far it is',
});
