import { getJobOperation } from '../../declare/jobOperations';
import { fillerWordRemovalJob } from '../../heygen/jobs/fillerWordRemoval';

/** `GET /v3/filler-word-removals/{id}`. */
export const get = getJobOperation({
	kind: fillerWordRemovalJob,
	url: '/v3/filler-word-removals/{id}',
	description: 'Read one filler word removal: how far it is, what it has saved, and fresh addresses of its files',
});
