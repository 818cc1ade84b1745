import type { JobFile } from './kind';

/** The film that a job was for. */
export const FILM: JobFile = {
	name: 'video',
	displayName: 'Video',
	urlField: 'video_url',
	suffix: '.mp4',
	mimeType: 'video/mp4',
};

/** A picture of the film. */
export const THUMBNAIL: JobFile = {
	name: 'thumbnail',
	displayName: 'Thumbnail',
	urlField: 'thumbnail_url',
	suffix: '.jpg',
	mimeType: 'image/jpeg',
};

/** What is heard in the film. */
export const SOUND: JobFile = {
	name: 'audio',
	displayName: 'Audio',
	urlField: 'audio_url',
	suffix: '.mp3',
	mimeType: 'audio/mpeg',
};

/**
 * The subtitles of a job as an SRT file.
 *
 * @param urlField the field of the job's record with their URL
 */
export function subtitles(urlField: string): JobFile {
	return {
		name: 'subtitles',
		displayName: 'Subtitles',
		urlField,
		suffix: '.srt',
		mimeType: 'application/x-subrip',
	};
}

/**
 * The subtitles of a job as a WebVTT file.
 *
 * @param urlField the field of the job's record with their URL
 */
export function webVtt(urlField: string): JobFile {
	return {
		name: 'webVtt',
		displayName: 'WebVTT Subtitles',
		urlField,
		suffix: '.vtt',
		mimeType: 'text/vtt',
	};
}
