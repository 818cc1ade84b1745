import {
	JPEG,
	MP3,
	MP4,
	PDF,
	PNG,
	SRT,
	WAV,
	WEBM,
	ZIP,
	type FileFormat,
	type FileKind,
} from './formats';
import {
	AUDIO_MAX_SECONDS,
	HYPERFRAMES_PROJECT_MAX_MB,
	PICTURE_SIDE_LIMIT,
	RENDER_AUDIO_MAX_MB,
	RENDER_IMAGE_MAX_MB,
	RENDER_VIDEO_MAX_MB,
} from './limits';

/** What HeyGen takes a file for, and what it may be then. */
export interface FileUse {
	formats: readonly FileFormat[];
	/** Megabytes by kind of file. */
	maxMegabytes?: { readonly [kind: string]: number };
	/** Pixels that no side may reach. */
	sideLimit?: number;
	/** Seconds of sound. */
	maxSeconds?: number;
	/** Hosts whose pages HeyGen takes in place of a file, with their subdomains. */
	pageHosts?: readonly string[];
	/** What HeyGen may take by URL in other formats as well: it says of uploads alone which ones it takes. */
	kindByUrl?: FileKind;
	/** The file that an archive must hold, as its path from the archive's root on: "index.html". */
	entry?: string;
	/** Whether it is text that is checked as SRT subtitles, and put into HeyGen's form. */
	isSubtitles?: boolean;
}

/** "Google Drive must be \"anyone with the link\"; YouTube/Vimeo must be public" (API reference, section 3.1). */
const FILM_PAGES = ['youtube.com', 'youtu.be', 'vimeo.com'];
const VIDEO_PAGES = [...FILM_PAGES, 'drive.google.com'];

const RENDER_MEGABYTES = {
	image: RENDER_IMAGE_MAX_MB,
	video: RENDER_VIDEO_MAX_MB,
	audio: RENDER_AUDIO_MAX_MB,
} as const;

/** Formats of `POST /v3/assets`, and of direct uploads. */
export const UPLOAD: FileUse = { formats: [PNG, JPEG, MP4, WEBM, MP3, WAV, PDF, SRT, ZIP] };

/** An image in a video of `POST /v3/videos`: background, watermark, reference. */
export const RENDER_IMAGE: FileUse = {
	formats: [PNG, JPEG],
	maxMegabytes: RENDER_MEGABYTES,
	sideLimit: PICTURE_SIDE_LIMIT,
};

/** A film in a video of `POST /v3/videos`. */
export const RENDER_VIDEO: FileUse = {
	formats: [MP4, WEBM],
	maxMegabytes: RENDER_MEGABYTES,
	sideLimit: PICTURE_SIDE_LIMIT,
};

/** What a cinematic video is made after, besides its avatars (API reference, section `type: "cinematic_avatar"`). */
export const REFERENCE: FileUse = { formats: [PNG, JPEG, MP4, WEBM], maxMegabytes: RENDER_MEGABYTES, sideLimit: PICTURE_SIDE_LIMIT };

/** Files that a model makes a video of. HeyGen names no formats and no limits: an upload takes these, an URL may be of others. */
export const MODEL_IMAGE: FileUse = { formats: [PNG, JPEG], kindByUrl: 'image' };
export const MODEL_VIDEO: FileUse = { formats: [MP4, WEBM], kindByUrl: 'video' };
export const MODEL_AUDIO: FileUse = { formats: [MP3, WAV], kindByUrl: 'audio' };

/** Files in the variables of a template. HeyGen names no formats and no limits of these either. */
export const TEMPLATE_IMAGE: FileUse = MODEL_IMAGE;
export const TEMPLATE_VIDEO: FileUse = MODEL_VIDEO;
export const TEMPLATE_AUDIO: FileUse = MODEL_AUDIO;

/** A film that HeyGen works on: cuts, divides into layers. HeyGen names no limit of its size. */
export const SOURCE_VIDEO: FileUse = { formats: [MP4, WEBM], pageHosts: VIDEO_PAGES, kindByUrl: 'video' };

/** What an avatar speaks instead of a script. */
export const SPEECH: FileUse = {
	formats: [MP3, WAV],
	maxMegabytes: RENDER_MEGABYTES,
	maxSeconds: AUDIO_MAX_SECONDS,
};

/**
 * A film whose speakers get other words: in a translation, a proofread or a lipsync. A page of Google Drive is refused, as in
 * other videos: HeyGen can open only those that everybody can, and finds that out after it has been asked.
 */
export const DUBBED_VIDEO: FileUse = { formats: [MP4, WEBM], pageHosts: FILM_PAGES, kindByUrl: 'video' };

/** What is heard instead of the film's own sound. */
export const DUBBING: FileUse = { formats: [MP3, WAV], kindByUrl: 'audio' };

/** The subtitles of a film. */
export const SUBTITLES: FileUse = { formats: [SRT], isSubtitles: true };

/** What an avatar is made of. HeyGen names no limits of either: an upload takes these formats, an URL may be of others. */
export const AVATAR_PHOTO: FileUse = { formats: [PNG, JPEG], kindByUrl: 'image' };
export const AVATAR_FOOTAGE: FileUse = { formats: [MP4, WEBM], kindByUrl: 'video' };

/** A film in which somebody consents to an avatar. */
export const CONSENT_VIDEO: FileUse = AVATAR_FOOTAGE;

/** A recording whose voice is cloned. */
export const VOICE_SAMPLE: FileUse = { formats: [MP3, WAV], kindByUrl: 'audio' };

/** A file that a video agent works with. */
export const AGENT_FILE: FileUse = { formats: [PNG, JPEG, MP4, WEBM, MP3, WAV, PDF] };

/** The page of a HyperFrames project that is rendered unless another one is named (API reference, section HyperFrames). */
export const PROJECT_ENTRY = 'index.html';

/** A HyperFrames project: a zipped folder with web pages. */
export const HYPERFRAMES_PROJECT: FileUse = {
	formats: [ZIP],
	maxMegabytes: { archive: HYPERFRAMES_PROJECT_MAX_MB },
	entry: PROJECT_ENTRY,
};

/** Formats that only a direct upload takes, whatever their size. */
export const DIRECT_ONLY: readonly FileFormat[] = [ZIP];

/**
 * A binary field whose file is to be uploaded, at the place in a request body where the asset's id will be. Schemas let
 * it pass and note what HeyGen takes the file for.
 */
export class FileToUpload {
	constructor(
		/** Name of the binary field, or the binary data that an expression gave. */
		readonly source: unknown,
		/** The parameter's display name. */
		readonly parameter: string,
		readonly use: FileUse = UPLOAD,
		/** Its name in HeyGen; by default the one it has in n8n. */
		readonly name?: string,
	) {}

	/** The same file for a purpose. */
	for(use: FileUse): FileToUpload {
		return new FileToUpload(this.source, this.parameter, use, this.name);
	}
}

/** Subtitles that a parameter gives as text, at the place in a request body where the ID of their asset will be. */
export class SubtitlesToUpload {
	constructor(
		/** As the parameter has it. */
		readonly text: unknown,
		/** Their name in HeyGen. */
		readonly name: string,
	) {}
}

/** Several binary fields whose files go up together, as one archive, at the place where its asset's ID will be. */
export class FilesToZip {
	constructor(
		/** Its source is a list of names, in any form of a list. */
		readonly fields: FileToUpload,
		/** Whether all of the item's binary fields are meant, whatever the source says. */
		readonly isAll: boolean,
		/** The archive's name in HeyGen, with its extension. */
		readonly name: string,
	) {}

	/** The same files for a purpose. */
	for(use: FileUse): FilesToZip {
		return new FilesToZip(this.fields.for(use), this.isAll, this.name);
	}
}

/** A file within the request itself, as a data URL gave it; checked like a file that is uploaded. */
export class InlineFile {
	constructor(
		/** As the data URL declares it; may be empty. */
		readonly mediaType: string,
		/** Base64. */
		readonly data: string,
		readonly use: FileUse,
		/** The field of a row that gave it, where the request calls that otherwise. */
		readonly field?: string,
	) {}

	/** The same file for a purpose. */
	for(use: FileUse): InlineFile {
		return new InlineFile(this.mediaType, this.data, use, this.field);
	}

	/** The same file, given by a field of a row. */
	from(field: string): InlineFile {
		return new InlineFile(this.mediaType, this.data, this.use, field);
	}
}
