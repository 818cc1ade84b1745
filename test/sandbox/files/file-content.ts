/** What the file host serves: sample media, subtitles, pseudo-random files of any size, and uploads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asset } from '../assets/asset';
import type { Lipsync } from '../lipsyncs/lipsync';
import { linesIn, type Proofread } from '../translations/proofread';
import { type Translation, translationFiles } from '../translations/translation';
import { fileChunks } from '../assets/uploaded-files';
import { lipsyncFilePath, proofreadFilePath, translationFilePath } from './file-names';
import type { VideoJob } from '../videos/video-job';

/** A file as a sequence of chunks that is made while it is read. */
export interface FileContent {
	type: string;
	/** Length in bytes. */
	length: number;
	chunks: () => Iterable<Buffer>;
}

const CHUNK_BYTES = 65_536;
const mediaTypes = {
	mp4: 'video/mp4',
	webm: 'video/webm',
	mov: 'video/quicktime',
	mp3: 'audio/mpeg',
	jpg: 'image/jpeg',
	gif: 'image/gif',
	srt: 'application/x-subrip',
	vtt: 'text/vtt',
} as const;
/** The same for an extension that may be any. */
const typeOfExtension: Readonly<Record<string, string>> = mediaTypes;

const samples = new Map<string, Buffer>();

/** The bytes of a sample file (mp4, webm, mov, mp3, jpg, gif), read once. */
export function sampleFile(extension: string): Buffer {
	let bytes = samples.get(extension);
	if (!bytes) {
		bytes = readFileSync(join(__dirname, 'samples', `sample.${extension}`));
		samples.set(extension, bytes);
	}
	return bytes;
}

/** FNV-1a, spread well enough to tell the seeds of two paths apart. */
function seedOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index += 1) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return hash >>> 0;
}

/**
 * Pseudo-random bytes in chunks of 64 KiB, the same for the same path and length on every machine of one
 * byte order. Never more than a chunk is in memory.
 * @param path path on the file host; each path has its own bytes.
 * @param length bytes in all.
 */
export function* pseudoRandomChunks(path: string, length: number): Generator<Buffer, void> {
	// A zero state would stay zero for ever.
	let state = seedOf(path) || 1;
	for (let left = length; left > 0; left -= CHUNK_BYTES) {
		const words = new Uint32Array(CHUNK_BYTES / 4);
		for (let index = 0; index < words.length; index += 1) {
			state ^= state << 13;
			state ^= state >>> 17;
			state ^= state << 5;
			words[index] = state;
		}
		const chunk = Buffer.from(words.buffer, 0, Math.min(left, CHUNK_BYTES));
		// By chance it could begin as a text or an archive does, and be refused as one; nothing begins with this byte.
		if (left === length) chunk[0] = 0xf8;
		yield chunk;
	}
}

function whole(type: string, bytes: Buffer): FileContent {
	return { type, length: bytes.length, chunks: () => [bytes] };
}

function timestamp(seconds: number): string {
	const iso = new Date(Math.round(seconds * 1_000)).toISOString();
	return iso.slice(11, 23).replace('.', ',');
}

function subtitles(spoken: string, duration: number): Buffer {
	const text = spoken.replace(/\s+/g, ' ').trim() || 'No spoken words';
	return Buffer.from(`1\n00:00:00,000 --> ${timestamp(duration)}\n${text}\n`);
}

/** The same subtitles as WebVTT, which has points where SRT has commas. */
function webSubtitles(srt: Buffer): Buffer {
	const cues = srt.toString().replace(/(\d{2}:\d{2}:\d{2}),(\d{3})/g, '$1.$2');
	return Buffer.from(`WEBVTT\n\n${cues}`);
}

/** A video file of the given size, or the playable sample for null. */
function videoFile(path: string, extension: string, type: string, bytes: number | null): FileContent {
	return bytes === null
		? whole(type, sampleFile(extension))
		: { type, length: bytes, chunks: () => pseudoRandomChunks(path, bytes) };
}

/**
 * One file of a video.
 * @param path path on the file host, ending in the name of the file.
 * @param bytes size of the two video files, or null for the playable sample.
 * @returns null when a video has no file of that name.
 */
export function videoContent(job: VideoJob, path: string, bytes: number | null): FileContent | null {
	const [name, extension = ''] = path.slice(path.lastIndexOf('/') + 1).split('.');
	const type = typeOfExtension[extension];
	if (type === undefined) return null;
	switch (name) {
		case 'video':
		case 'captioned':
			return videoFile(path, extension, type, bytes);
		case 'subtitles':
			return whole(type, subtitles(job.spoken, job.duration));
		case 'thumbnail':
		case 'preview':
			return whole(type, sampleFile(extension));
		default:
			return null;
	}
}

/**
 * One file of a translation. Its subtitles tell its language and its id, unless somebody has written them.
 * @param path path on the file host.
 * @param bytes size of the video file, or null for the playable sample.
 * @returns null when the translation has no such file.
 */
export function translationContent(job: Translation, path: string, bytes: number | null): FileContent | null {
	const { outputLanguage, duration, subtitles: written } = job.details;
	const srt = written ?? subtitles(`[${outputLanguage}] ${job.id}`, duration);
	const file = translationFiles(job).find((name) => translationFilePath(job.id, name) === path);
	switch (file) {
		case 'video':
			return videoFile(path, 'mp4', mediaTypes.mp4, bytes);
		case 'audio':
			return whole(mediaTypes.mp3, sampleFile('mp3'));
		case 'srt':
			return whole(mediaTypes.srt, srt);
		case 'vtt':
			return whole(mediaTypes.vtt, webSubtitles(srt));
		default:
			return null;
	}
}

/** The subtitles of a proofread, as they were last left or as they are spoken. @param path path on the file host. */
export function proofreadContent({ id, details }: Proofread, path: string): FileContent {
	const isOriginal = path === proofreadFilePath(id, 'original');
	return whole(mediaTypes.srt, isOriginal ? linesIn(details.inputLanguage) : details.subtitles);
}

/**
 * One file of a lip-sync.
 * @param path path on the file host.
 * @param bytes size of the video file, or null for the playable sample.
 */
export function lipsyncContent({ id, details }: Lipsync, path: string, bytes: number | null): FileContent {
	if (path === lipsyncFilePath(id, 'video')) return videoFile(path, 'mp4', mediaTypes.mp4, bytes);
	return whole(mediaTypes.srt, subtitles(`Lip-sync ${id}`, details.duration));
}

/**
 * One file of a job of a simple kind: a film or a picture.
 * @param path path on the file host, ending in the name of the file.
 * @param bytes size of films, or null for the playable sample.
 * @returns null when such jobs have no files of that type.
 */
export function jobContent(path: string, bytes: number | null): FileContent | null {
	const extension = path.slice(path.lastIndexOf('.') + 1);
	const type = typeOfExtension[extension];
	if (type === undefined) return null;
	return type.startsWith('video/')
		? videoFile(path, extension, type, bytes)
		: whole(type, sampleFile(extension));
}

/** What was uploaded for an asset; null while nothing was. */
export function assetContent({ stored, contentType }: Asset): FileContent | null {
	if (!stored) return null;
	return { type: contentType, length: stored.sizeBytes, chunks: () => fileChunks(stored.path) };
}

/** The kinds of file that previews are. */
const previewExtensions: readonly string[] = ['jpg', 'mp3', 'mp4'];

/** A preview picture or film, or a voice sample; null for any other kind of file. */
export function previewContent(path: string): FileContent | null {
	const extension = path.slice(path.lastIndexOf('.') + 1);
	const type = typeOfExtension[extension];
	const exists = type !== undefined && previewExtensions.includes(extension);
	return exists ? whole(type, sampleFile(extension)) : null;
}
