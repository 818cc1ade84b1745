import { waitForJobOperation } from '../../declare/jobOperations';
import { translationIdField } from '../../fields/ids';
import { translationJob } from '../../heygen/jobs/translation';

/** Attaches to a running translation. */
export const wait = waitForJobOperation({
	kind: translationJob,
	url: '/v3/video-translations/{video_translation_id}',
	description: 'Wait for a running translation, and hand it on when it is finished',
	idField: translationIdField,
});
