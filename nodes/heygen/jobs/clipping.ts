import { PAGE_MAX } from '../limits';
import { FILM, THUMBNAIL } from './files';
import { FAILED_WORDS, type JobKind, SUCCEEDED_WORDS } from './kind';

/**
 * `POST /v3/ai-clipping`: the best parts of a long video, as several short ones. The answer calls its id `ai_clipping_id`,
 * paths call it `job_id` (API reference, Post-production jobs).
 */
export const clippingJob: JobKind = {
	noun: 'clipping',
	idField: 'job_id',
	createdIdField: 'ai_clipping_id',
	lane: 'clippings',
	recordPath: '/v3/ai-clipping/{id}',
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	progressField: 'progress',
	secondsField: 'source_duration',
	failureCodeFields: [],
	failureMessageFields: ['failure_message'],
	// The API reference names no endpoint of clippings among those that heed idempotency keys.
	lookUp: { path: '/v3/ai-clipping', max: PAGE_MAX.clippings },
	files: [FILM, THUMBNAIL],
	parts: {
		noun: 'clip',
		field: 'clips',
		outline: {
			idField: 'clip_id',
			fields: [
				'status',
				'title',
				'video_url',
				'thumbnail_url',
				'duration_seconds',
				'aspect_ratio',
				'virality_score',
				'failure_message',
			],
			optional: ['thumbnail_url', 'virality_score', 'failure_message'],
		},
	},
	outline: {
		idField: 'job_id',
		fields: ['status', 'title', 'progress', 'clips', 'source_duration', 'input_language', 'callback_id', 'created_at', 'failure_message'],
		optional: ['input_language', 'callback_id', 'failure_message'],
	},
};
