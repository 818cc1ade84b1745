import { DUBBING_MINUTES } from '../limits';
import { FILM, subtitles } from './files';
import { type BatchedKind, type CountedKind, FAILED_WORDS, SUCCEEDED_WORDS } from './kind';

/** `POST /v3/lipsyncs`: a video whose speaker moves the lips to another recording. */
export const lipsyncJob: BatchedKind & CountedKind = {
	noun: 'lipsync',
	idField: 'lipsync_id',
	// The pricing page does not name lipsyncs among the jobs that share a limit.
	lane: 'lipsyncs',
	recordPath: '/v3/lipsyncs/{id}',
	statuses: { path: '/v3/lipsyncs/statuses', idsField: 'lipsync_ids' },
	batch: {
		createPath: '/v3/lipsyncs/batches',
		itemsField: 'lipsyncs',
		readPath: '/v3/lipsyncs/batches/{id}',
	},
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	secondsField: 'duration',
	failureCodeFields: [],
	failureMessageFields: ['failure_message'],
	waitMinutes: DUBBING_MINUTES,
	files: [FILM, subtitles('caption_url')],
	outline: {
		idField: 'lipsync_id',
		fields: ['status', 'title', 'video_url', 'caption_url', 'duration', 'callback_id', 'created_at', 'failure_message'],
		optional: ['caption_url', 'callback_id', 'failure_message'],
	},
};
