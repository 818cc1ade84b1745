import { FILM, subtitles, THUMBNAIL } from './files';
import { type BatchedKind, type CountedKind, FAILED_WORDS, GENERATION, type JobFile, SUCCEEDED_WORDS } from './kind';

/** A short preview of a video. */
export const GIF: JobFile = {
	name: 'gif',
	displayName: 'GIF',
	urlField: 'gif_url',
	suffix: '.gif',
	mimeType: 'image/gif',
};

/** `POST /v3/videos` of every type. */
export const videoJob: BatchedKind & CountedKind = {
	noun: 'video',
	idField: 'video_id',
	lane: GENERATION,
	recordPath: '/v3/videos/{id}',
	// A video that a model makes has an ID of the same kind, and HeyGen does not say that it is among the others.
	otherPath: '/v3/models/videos/{id}',
	statuses: { path: '/v3/videos/statuses', idsField: 'video_ids' },
	batch: {
		createPath: '/v3/videos/batches',
		itemsField: 'videos',
		readPath: '/v3/videos/batches/{id}',
	},
	succeeded: SUCCEEDED_WORDS,
	failed: FAILED_WORDS,
	secondsField: 'duration',
	failureCodeFields: ['failure_code'],
	failureMessageFields: ['failure_message'],
	files: [
		FILM,
		{
			name: 'captionedVideo',
			displayName: 'Captioned Video',
			urlField: 'captioned_video_url',
			suffix: '-captioned.mp4',
			mimeType: 'video/mp4',
		},
		GIF,
		subtitles('subtitle_url'),
		THUMBNAIL,
	],
	outline: {
		idField: 'video_id',
		fields: [
			'status',
			'title',
			'video_url',
			'captioned_video_url',
			'subtitle_url',
			'gif_url',
			'thumbnail_url',
			'video_page_url',
			'duration',
			'created_at',
			'completed_at',
			'failure_code',
			'failure_message',
		],
		optional: ['captioned_video_url', 'subtitle_url', 'gif_url', 'failure_code', 'failure_message'],
	},
};
