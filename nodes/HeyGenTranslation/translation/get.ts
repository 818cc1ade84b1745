import { getJobOperation } from '../../declare/jobOperations';
import { translationIdField } from '../../fields/ids';
import { translationJob } from '../../heygen/jobs/translation';

/** `GET /v3/video-translations/{video_translation_id}`. */
export const get = getJobOperation({
	kind: translationJob,
	url: '/v3/video-translations/{video_translation_id}',
	description: 'Read one translation, with fresh addresses of its files',
	idField: translationIdField,
});
