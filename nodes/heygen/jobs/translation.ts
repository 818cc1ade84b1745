import { FILM, subtitles } from './files';
import { type BatchedKind, type CountedKind, FAILED_WORDS, GENERATION, SUCCEEDED_WORDS } from './kind';

/** `POST /v3/video-translations`: one translation for each language. */
export const translationJob: BatchedKind & CountedKind = {
	noun: 'translation',
	idField: 'video_translation_id',
	lane: GENERATION,
	recordPath: '/v3/video-translations/{id}',
	statuses: { path: '/v3/video-translations/statuses', idsField: 'video_translation_ids' },
	batch: {
		createPath: '/v3/video-translations/batches',
		itemsField: 'video_translations',
		readPath: '/v3/video-translations/batches/{id}',
	},
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	secondsField: 'duration',
	failureCodeFields: [],
	failureMessageFields: ['failure_message'],
	files: [
		FILM,
		{
			name: 'audio',
			displayName: 'Audio',
			urlField: 'audio_url',
			suffix: '.mp3',
			mimeType: 'audio/mpeg',
		},
		subtitles('srt_caption_url'),
		{
			name: 'webVtt',
			displayName: 'WebVTT Subtitles',
			urlField: 'vtt_caption_url',
			suffix: '.vtt',
			mimeType: 'text/vtt',
		},
	],
	outline: {
		idField: 'video_translation_id',
		fields: [
			'status',
			'title',
			'output_language',
			'video_url',
			'audio_url',
			'srt_caption_url',
			'vtt_caption_url',
			'duration',
			'created_at',
			'failure_message',
		],
		optional: ['audio_url', 'srt_caption_url', 'vtt_caption_url', 'failure_message'],
	},
};
