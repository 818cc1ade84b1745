import { getJobOperation } from '../../declare/jobOperations';
import { backgroundRemovalJob } from '../../heygen/jobs/backgroundRemoval';

/** `GET /v3/background-removals/{job_id}`. */
export const get = getJobOperation({
	kind: backgroundRemovalJob,
	url: '/v3/background-removals/{job_id}',
	description: 'Read one background removal, with fresh addresses of its layers',
});
