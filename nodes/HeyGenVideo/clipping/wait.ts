import { waitForJobOperation } from '../../declare/jobOperations';
import { clippingJob } from '../../heygen/jobs/clipping';

/** Attaches to a running clipping. */
export const wait = waitForJobOperation({
	kind: clippingJob,
	url: '/v3/ai-clipping/{job_id}',
	description: 'Attach to a clipping that is being made, and hand on one item for each clip when it is finished',
});
