import { FILM, subtitles } from './files';
import { FAILED_WORDS, type JobKind, SUCCEEDED_WORDS } from './kind';

/** `POST /v3/videos` of every type. */
export const videoJob: JobKind = {
	noun: 'video',
	idField: 'video_id',
	recordPath: '/v3/videos/{id}',
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
		{
			name: 'gif',
			displayName: 'GIF',
			urlField: 'gif_url',
			suffix: '.gif',
			mimeType: 'image/gif',
		},
		subtitles('subtitle_url'),
		{
			name: 'thumbnail',
			displayName: 'Thumbnail',
			urlField: 'thumbnail_url',
			suffix: '.jpg',
			mimeType: 'image/jpeg',
		},
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
