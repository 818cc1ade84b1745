import { listInWords } from './values/text';

/**
 * File formats by the names, extensions and media types they go by: those HeyGen takes (pricing page, Asset Upload and
 * Video Agent Input; API reference, sections 3.2 and 3.3) and those that people try. Media types are those registered
 * with IANA, and the older ones still in use.
 */

/** What a format holds. */
export type FileKind = 'image' | 'video' | 'audio' | 'document' | 'subtitles' | 'archive' | 'other';

/** One format. */
export interface FileFormat {
	/** As messages put it behind "a": "PNG image". */
	name: string;
	kind: FileKind;
	/** Without a dot, lower case; the first is the usual one. */
	extensions: readonly [string, ...string[]];
	/** Lower case; the first is what HeyGen is told. */
	mediaTypes: readonly [string, ...string[]];
}

const format = <T extends FileFormat>(described: T): T => described;

export const PNG = format({
	name: 'PNG image',
	kind: 'image',
	extensions: ['png'],
	mediaTypes: ['image/png', 'image/x-png'],
});
export const JPEG = format({
	name: 'JPEG image',
	kind: 'image',
	extensions: ['jpg', 'jpeg'],
	mediaTypes: ['image/jpeg', 'image/jpg', 'image/pjpeg'],
});
export const MP4 = format({
	name: 'MP4 video',
	kind: 'video',
	extensions: ['mp4', 'm4v'],
	mediaTypes: ['video/mp4', 'video/x-m4v'],
});
export const WEBM = format({
	name: 'WebM video',
	kind: 'video',
	extensions: ['webm'],
	mediaTypes: ['video/webm', 'audio/webm'],
});
export const MP3 = format({
	name: 'MP3 file',
	kind: 'audio',
	extensions: ['mp3'],
	mediaTypes: ['audio/mpeg', 'audio/mp3', 'audio/x-mp3', 'audio/mpeg3', 'audio/x-mpeg'],
});
export const WAV = format({
	name: 'WAV file',
	kind: 'audio',
	extensions: ['wav', 'wave'],
	mediaTypes: ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave', 'audio/x-pn-wav'],
});
export const PDF = format({
	name: 'PDF document',
	kind: 'document',
	extensions: ['pdf'],
	mediaTypes: ['application/pdf', 'application/x-pdf'],
});
export const SRT = format({
	name: 'SRT subtitle file',
	kind: 'subtitles',
	extensions: ['srt'],
	mediaTypes: ['application/x-subrip', 'text/srt', 'application/srt', 'text/x-subrip'],
});
export const ZIP = format({
	name: 'ZIP archive',
	kind: 'archive',
	extensions: ['zip'],
	mediaTypes: ['application/zip', 'application/x-zip-compressed', 'application/x-zip'],
});

/** Formats that HeyGen does not take, so that messages can name them. */
export const FOREIGN = {
	gif: { name: 'GIF image', kind: 'image', extensions: ['gif'], mediaTypes: ['image/gif'] },
	webp: { name: 'WebP image', kind: 'image', extensions: ['webp'], mediaTypes: ['image/webp'] },
	heic: {
		name: 'HEIC image',
		kind: 'image',
		extensions: ['heic', 'heif'],
		mediaTypes: ['image/heic', 'image/heif'],
	},
	avif: { name: 'AVIF image', kind: 'image', extensions: ['avif'], mediaTypes: ['image/avif'] },
	svg: { name: 'SVG image', kind: 'image', extensions: ['svg'], mediaTypes: ['image/svg+xml'] },
	tiff: { name: 'TIFF image', kind: 'image', extensions: ['tif', 'tiff'], mediaTypes: ['image/tiff'] },
	bmp: { name: 'BMP image', kind: 'image', extensions: ['bmp'], mediaTypes: ['image/bmp'] },
	mov: {
		name: 'QuickTime video',
		kind: 'video',
		extensions: ['mov', 'qt'],
		mediaTypes: ['video/quicktime'],
	},
	mkv: { name: 'Matroska video', kind: 'video', extensions: ['mkv'], mediaTypes: ['video/x-matroska'] },
	avi: {
		name: 'AVI video',
		kind: 'video',
		extensions: ['avi'],
		mediaTypes: ['video/x-msvideo', 'video/avi'],
	},
	threeGp: { name: '3GP video', kind: 'video', extensions: ['3gp'], mediaTypes: ['video/3gpp'] },
	wmv: {
		name: 'Windows Media file',
		kind: 'video',
		extensions: ['wmv', 'wma'],
		mediaTypes: ['video/x-ms-wmv', 'audio/x-ms-wma'],
	},
	m4a: {
		name: 'M4A audio file',
		kind: 'audio',
		extensions: ['m4a'],
		mediaTypes: ['audio/mp4', 'audio/x-m4a', 'audio/m4a'],
	},
	aac: { name: 'AAC audio file', kind: 'audio', extensions: ['aac'], mediaTypes: ['audio/aac'] },
	ogg: {
		name: 'OGG audio file',
		kind: 'audio',
		extensions: ['ogg', 'oga', 'opus'],
		mediaTypes: ['audio/ogg', 'application/ogg', 'audio/opus'],
	},
	flac: {
		name: 'FLAC audio file',
		kind: 'audio',
		extensions: ['flac'],
		mediaTypes: ['audio/flac', 'audio/x-flac'],
	},
	aiff: { name: 'AIFF audio file', kind: 'audio', extensions: ['aif', 'aiff'], mediaTypes: ['audio/aiff'] },
	// Sound without a header (RFC 2586, RFC 3190): speech services hand it out.
	pcm: {
		name: 'raw PCM file',
		kind: 'audio',
		extensions: ['pcm', 'raw', 'l16', 's16le'],
		mediaTypes: ['audio/l16', 'audio/pcm', 'audio/x-pcm', 'audio/raw', 'audio/x-raw', 'audio/l24', 'audio/basic'],
	},
	vtt: { name: 'WebVTT subtitle file', kind: 'subtitles', extensions: ['vtt'], mediaTypes: ['text/vtt'] },
	office: {
		name: 'Office or e-book document',
		kind: 'document',
		extensions: ['docx', 'pptx', 'xlsx', 'odt', 'odp', 'ods', 'epub'],
		mediaTypes: [
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'application/vnd.openxmlformats-officedocument.presentationml.presentation',
			'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		],
	},
	html: {
		name: 'web page',
		kind: 'other',
		extensions: ['html', 'htm', 'php', 'asp', 'aspx', 'jsp'],
		mediaTypes: ['text/html'],
	},
	json: { name: 'JSON text', kind: 'other', extensions: ['json'], mediaTypes: ['application/json'] },
} as const satisfies Record<string, FileFormat>;

/** Every format that has a name here. */
export const FORMATS: readonly FileFormat[] = [
	...[PNG, JPEG, MP4, WEBM, MP3, WAV, PDF, SRT, ZIP],
	...Object.values(FOREIGN),
];

/**
 * The format an extension stands for.
 *
 * @param fileName a file's name, or the last part of a URL's path
 */
export function formatOfName(fileName: string): FileFormat | undefined {
	const extension = /\.([A-Za-z0-9]{1,8})$/.exec(fileName.trim())?.[1]?.toLowerCase();
	if (extension === undefined) return undefined;
	return FORMATS.find(({ extensions }) => extensions.includes(extension));
}

/**
 * The format a media type stands for.
 *
 * @param mediaType may carry parameters: "image/png; charset=binary"
 * @returns undefined also for those that say nothing, such as application/octet-stream
 */
export function formatOfMediaType(mediaType: string): FileFormat | undefined {
	const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
	return FORMATS.find(({ mediaTypes }) => mediaTypes.includes(type));
}

/**
 * "PNG, JPEG or PDF": the short names of formats.
 *
 * @param formats at least one
 */
export function formatList(formats: readonly FileFormat[]): string {
	return listInWords(formats.map(({ name }) => name.split(' ')[0] as string), 'or');
}

/**
 * "an MP4 video": a format's name, or a list of names, behind its article.
 *
 * @param name as formats have it
 */
export function withArticle(name: string): string {
	return `${/^(AAC|AIFF|AVI|M4A|MP3|MP4|Office|OGG|SRT|SVG)/.test(name) ? 'an' : 'a'} ${name}`;
}
