import { listJobsOperation } from '../../declare/jobOperations';
import { translationJob } from '../../heygen/jobs/translation';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/video-translations`. */
export const getAll = listJobsOperation({
	kind: translationJob,
	url: '/v3/video-translations',
	description: 'List translations, newest first',
	max: PAGE_MAX.translations,
});
