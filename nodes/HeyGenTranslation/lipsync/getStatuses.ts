import { jobStatusesOperation } from '../../declare/jobOperations';
import { lipsyncJob } from '../../heygen/jobs/lipsync';

/** `GET /v3/lipsyncs/statuses`. */
export const getStatuses = jobStatusesOperation({
	kind: lipsyncJob,
	description: 'Read the states of many lipsyncs at once, one item per lipsync',
});
