import { DUBBING_MINUTES } from '../limits';
import { firstText } from '../records';
import { FILM, SOUND, subtitles, webVtt } from './files';
import { type BatchedKind, type CountedKind, FAILED_WORDS, GENERATION, SUCCEEDED_WORDS } from './kind';

/** `POST /v3/video-translations`: one translation for each language. */
export const translationJob: BatchedKind & CountedKind = {
	noun: 'translation',
	idField: 'video_translation_id',
	// One for each language; the package asks for one language at a time.
	createdIdField: 'video_translation_ids',
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
	waitMinutes: DUBBING_MINUTES,
	files: [
		FILM,
		SOUND,
		subtitles('srt_caption_url'),
		webVtt('vtt_caption_url'),
	],
	// HeyGen does not say whether a translation of the sound alone has a film as well.
	mainFileIn: ({ translate_audio_only: isSound, ...urls }) =>
		isSound === true && firstText(urls, [FILM.urlField]) === undefined ? SOUND : undefined,
	// Its record need not say that it is of the sound alone.
	standIn: SOUND,
	fileLabelField: 'output_language',
	outline: {
		idField: 'video_translation_id',
		fields: [
			'status',
			'title',
			'output_language',
			'input_language',
			'video_url',
			'audio_url',
			'srt_caption_url',
			'vtt_caption_url',
			'duration',
			'callback_id',
			'created_at',
			'failure_message',
		],
		optional: ['input_language', 'audio_url', 'srt_caption_url', 'vtt_caption_url', 'callback_id', 'failure_message'],
	},
};
