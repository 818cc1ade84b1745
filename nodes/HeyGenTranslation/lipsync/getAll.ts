import { listJobsOperation } from '../../declare/jobOperations';
import { lipsyncJob } from '../../heygen/jobs/lipsync';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/lipsyncs`. */
export const getAll = listJobsOperation({
	kind: lipsyncJob,
	url: '/v3/lipsyncs',
	description: 'List lipsyncs, newest first',
	max: PAGE_MAX.lipsyncs,
});
