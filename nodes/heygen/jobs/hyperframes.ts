import { PAGE_MAX } from '../limits';
import { FILM, THUMBNAIL } from './files';
import { FAILED_WORDS, type JobKind, SUCCEEDED_WORDS } from './kind';

/** `POST /v3/hyperframes/renders`: a project of web pages that becomes a video. */
export const hyperframesJob: JobKind = {
	noun: 'render',
	idField: 'render_id',
	lane: 'renders',
	recordPath: '/v3/hyperframes/renders/{id}',
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	secondsField: 'duration',
	failureCodeFields: [],
	failureMessageFields: ['failure_message'],
	lookUp: { path: '/v3/hyperframes/renders', max: PAGE_MAX.renders },
	files: [FILM, THUMBNAIL],
	outline: {
		idField: 'render_id',
		fields: [
			'status',
			'title',
			'video_url',
			'thumbnail_url',
			'duration',
			'resolution',
			'fps',
			'quality',
			'format',
			'aspect_ratio',
			'composition',
			'callback_id',
			'created_at',
			'completed_at',
			'failure_message',
		],
		optional: ['thumbnail_url', 'composition', 'callback_id', 'failure_message'],
	},
};
