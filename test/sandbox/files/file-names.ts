/** Paths on the file host, shared by those who link to files and the host that serves them. */
import type { SimpleJobName } from '../jobs/job';

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

/** The page on which people watch a video. */
export const videoPageUrl = (id: string): string => `https://videos.example.com/${id}`;

/** The page of a video that can be shown to others. */
export const videoSharePageUrl = (id: string): string => `https://videos.example.com/share/${id}`;

/** The page on which a person gives consent to an avatar. */
export const consentPageUrl = (token: string): string => `https://app.heygen.example/consent/${token}`;

const translationFiles = {
	video: 'video.mp4',
	audio: 'audio.mp3',
	srt: 'captions.srt',
	vtt: 'captions.vtt',
} as const;
export type TranslationFile = keyof typeof translationFiles;

/** Path of one of a translation's files. */
export const translationFilePath = (id: string, file: TranslationFile): string =>
	`/files/translations/${id}/${translationFiles[file]}`;

const proofreadFiles = { translated: 'translated.srt', original: 'original.srt' } as const;
export type ProofreadFile = keyof typeof proofreadFiles;

/** Path of one of the subtitles of a proofread. */
export const proofreadFilePath = (id: string, file: ProofreadFile): string =>
	`/files/proofreads/${id}/${proofreadFiles[file]}`;

const lipsyncFiles = { video: 'video.mp4', captions: 'captions.srt' } as const;
export type LipsyncFile = keyof typeof lipsyncFiles;

/** Path of one of a lip-sync's files. */
export const lipsyncFilePath = (id: string, file: LipsyncFile): string => `/files/lipsyncs/${id}/${lipsyncFiles[file]}`;

/** Path of a file of a job of a simple kind. @param file its name with its extension. */
export const jobFilePath = (kind: SimpleJobName, id: string, file: string): string =>
	`/files/${kind}/${id}/${encodeURIComponent(file)}`;

/** Path of the preview picture of an avatar group, a look, a style or a resource. */
export const imagePreviewPath = (id: string): string => `/files/previews/${id}.jpg`;

/** Path of the sample of a voice. */
export const audioPreviewPath = (id: string): string => `/files/previews/${id}.mp3`;

/** Path of the sound of a speech. @param extension of its type: mp3 or wav. */
export const speechPath = (id: string, extension: string): string => `/files/speeches/${id}/speech.${extension}`;

/** Path of a piece of music or of an effect. */
export const soundPath = (id: string): string => `/files/sounds/${id}/sound.mp3`;

/** Path of the film that shows a style. */
export const videoPreviewPath = (id: string): string => `/files/previews/${id}.mp4`;

/** Start of the paths to which files are uploaded. */
export const UPLOADS_PREFIX = '/uploads/';

/** Text that a URL can carry, and nothing that it would take for a step in its path. */
const USABLE_NAME = /^(?!\.{1,2}$)(?!.*\p{Surrogate}).{1,255}$/su;

/** Whether a file of that name can be uploaded. */
export const isUsableName = (name: string): boolean => USABLE_NAME.test(name);

/** Path to which the bytes of a direct upload are PUT. @param filename usable. */
export const uploadPath = (id: string, filename: string): string =>
	`${UPLOADS_PREFIX}${id}/${encodeURIComponent(filename)}`;

/** Path of an asset. @param filename usable. */
export const assetPath = (id: string, filename: string): string =>
	`/files/assets/${id}/${encodeURIComponent(filename)}`;
