import { FILM, THUMBNAIL } from './files';
import { FAILED_WORDS, type JobKind, SUCCEEDED_WORDS } from './kind';

/**
 * `POST /v3/filler-word-removals`: a video without its "um" and "er". The answer calls its id `filler_word_removal_id`, the
 * record `id`.
 */
export const fillerWordRemovalJob: JobKind = {
	noun: 'filler word removal',
	idField: 'job_id',
	createdIdField: 'filler_word_removal_id',
	lane: 'filler word removals',
	recordPath: '/v3/filler-word-removals/{id}',
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	progressField: 'progress',
	secondsField: 'original_duration',
	failureCodeFields: [],
	failureMessageFields: ['failure_message'],
	files: [FILM, THUMBNAIL],
	outline: {
		idField: 'job_id',
		fields: [
			'status',
			'title',
			'progress',
			'video_url',
			'thumbnail_url',
			'num_cuts',
			'reduction_pct',
			'original_duration',
			'output_duration',
			'callback_id',
			'created_at',
			'failure_message',
		],
		optional: ['thumbnail_url', 'callback_id', 'failure_message'],
	},
};
