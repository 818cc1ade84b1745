import { FILM } from './files';
import { FAILED_WORDS, type JobKind, SUCCEEDED_WORDS } from './kind';

/** `POST /v3/models/videos`: a video that a model makes of a prompt. */
export const modelVideoJob: JobKind = {
	noun: 'video',
	idField: 'video_id',
	lane: 'model videos',
	recordPath: '/v3/models/videos/{id}',
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	failureCodeFields: ['failure_code'],
	failureMessageFields: [],
	files: [FILM],
	outline: { idField: 'video_id', fields: ['status', 'video_url', 'failure_code'], optional: ['failure_code'] },
};
