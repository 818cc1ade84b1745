import { waitForJobOperation } from '../../declare/jobOperations';
import { backgroundRemovalJob } from '../../heygen/jobs/backgroundRemoval';

/** Attaches to a running background removal. */
export const wait = waitForJobOperation({
	kind: backgroundRemovalJob,
	url: '/v3/background-removals/{job_id}',
	description: 'Attach to a background removal that is under way, and hand on its layers when it is finished',
});
