import { waitForJobOperation } from '../../declare/jobOperations';
import { fillerWordRemovalJob } from '../../heygen/jobs/fillerWordRemoval';

/** Attaches to a running filler word removal. */
export const wait = waitForJobOperation({
	kind: fillerWordRemovalJob,
	url: '/v3/filler-word-removals/{id}',
	description: 'Attach to a filler word removal that is under way, and hand on the new video when it is finished',
});
