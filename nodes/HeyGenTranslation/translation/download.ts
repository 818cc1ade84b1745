import { downloadJobOperation } from '../../declare/jobOperations';
import { translationIdField } from '../../fields/ids';
import { translationJob } from '../../heygen/jobs/translation';

/** Fetches the files of a finished translation. */
export const download = downloadJobOperation({
	kind: translationJob,
	url: '/v3/video-translations/{video_translation_id}',
	description: 'Fetch the files of a finished translation: video, audio, subtitles',
	idField: translationIdField,
});
