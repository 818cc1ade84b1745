import { listJobsOperation } from '../../declare/jobOperations';
import { backgroundRemovalJob } from '../../heygen/jobs/backgroundRemoval';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/background-removals`. */
export const getAll = listJobsOperation({
	kind: backgroundRemovalJob,
	url: '/v3/background-removals',
	description: 'List background removals, newest first',
	max: PAGE_MAX.backgroundRemovals,
});
