import { jobStatusesOperation } from '../../declare/jobOperations';
import { videoJob } from '../../heygen/jobs/video';

/** `GET /v3/videos/statuses`. */
export const getStatuses = jobStatusesOperation({
	kind: videoJob,
	description: 'Read the states of many videos at once, one item per video',
});
