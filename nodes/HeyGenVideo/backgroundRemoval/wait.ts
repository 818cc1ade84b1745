import { backgroundRemovalJob } from '../../heygen/jobs/backgroundRemoval';
import { waitForJobOperation } from '../postProduction';

/** Attaches to a running background removal. */
export const wait = waitForJobOperation({
	kind: backgroundRemovalJob,
	url: '/v3/background-removals/{job_id}',
	description: 'Attach to a background removal that is under way, and hand on its layers when it is finished',
});
