import { renameJobOperation } from '../../declare/jobOperations';
import { translationIdField } from '../../fields/ids';
import { translationJob } from '../../heygen/jobs/translation';

/** `PATCH /v3/video-translations/{video_translation_id}`. */
export const update = renameJobOperation({
	kind: translationJob,
	url: '/v3/video-translations/{video_translation_id}',
	description: 'Give a translation another title',
	idField: translationIdField,
});
