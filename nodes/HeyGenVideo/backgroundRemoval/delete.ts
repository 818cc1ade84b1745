import { deleteJobOperation } from '../../declare/jobOperations';
import { backgroundRemovalJob } from '../../heygen/jobs/backgroundRemoval';

/** `DELETE /v3/background-removals/{job_id}`. */
export const deleteBackgroundRemoval = deleteJobOperation({
	kind: backgroundRemovalJob,
	url: '/v3/background-removals/{job_id}',
	description: 'Delete a background removal with its layers',
});
