import { jobStatusesOperation } from '../../declare/jobOperations';
import { translationJob } from '../../heygen/jobs/translation';

/** `GET /v3/video-translations/statuses`. */
export const getStatuses = jobStatusesOperation({
	kind: translationJob,
	description: 'Read the states of many translations at once, one item per translation',
});
