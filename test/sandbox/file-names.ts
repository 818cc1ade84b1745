/** Paths on the file host, shared by those who link to files and the host that serves them. */

export type VideoFile = 'video' | 'captioned' | 'subtitles' | 'thumbnail' | 'preview';

/** Path of one of a video's files. @param extension of the two video files: mp4 or webm. */
export function videoFilePath(id: string, file: VideoFile, extension: string): string {
	const extensions: Record<VideoFile, string> = {
		video: extension,
		captioned: extension,
		subtitles: 'srt',
		thumbnail: 'jpg',
		preview: 'gif',
	};
	return `/files/videos/${id}/${file}.${extensions[file]}`;
}

/** Path of the preview picture of an avatar group or look. */
export const imagePreviewPath = (id: string): string => `/files/previews/${id}.jpg`;

/** Path of the sample of a voice. */
export const audioPreviewPath = (id: string): string => `/files/previews/${id}.mp3`;
