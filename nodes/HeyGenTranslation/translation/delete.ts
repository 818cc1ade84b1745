import { deleteJobOperation } from '../../declare/jobOperations';
import { translationIdField } from '../../fields/ids';
import { translationJob } from '../../heygen/jobs/translation';

/** `DELETE /v3/video-translations/{video_translation_id}`. */
export const deleteTranslation = deleteJobOperation({
	kind: translationJob,
	url: '/v3/video-translations/{video_translation_id}',
	description: 'Delete a translation for good',
	idField: translationIdField,
});
