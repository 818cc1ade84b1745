/** The kinds of file an account takes in, told by their first bytes as HeyGen does, never by their name. */

export type AssetKind = 'image' | 'video' | 'audio' | 'document' | 'archive';

interface MediaType {
	mime: string;
	kind: AssetKind;
	matches: (head: Buffer) => boolean;
}

/** As many bytes from the start of a file are enough to tell its type. */
export const HEAD_BYTES = 512;

const startsWith =
	(bytes: string, offset = 0) =>
	(head: Buffer): boolean =>
		head.toString('latin1', offset, offset + bytes.length) === bytes;

const isMp4 = (head: Buffer): boolean => startsWith('ftyp', 4)(head) && !startsWith('qt  ', 8)(head);
/** Matroska has the same signature and another document type. */
const isWebm = (head: Buffer): boolean =>
	startsWith('\x1a\x45\xdf\xa3')(head) && head.subarray(0, 64).includes('webm');
/** An ID3 tag, or the first frame: eleven set bits and layer III. */
const isMp3 = (head: Buffer): boolean =>
	startsWith('ID3')(head) || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2);
const isWav = (head: Buffer): boolean => startsWith('RIFF')(head) && startsWith('WAVE', 8)(head);
const isSrt = (head: Buffer): boolean =>
	/^\uFEFF?\s*\d+\s*\r?\n\d{1,2}:\d{2}:\d{2}[,.]\d{3}\s*-->/.test(head.toString());

/** Subtitles of the type SRT, which are documents like others. */
export const SUBTITLES_TYPE = 'application/x-subrip';

/** What `POST /v3/assets` takes. */
const media: readonly MediaType[] = [
	{ mime: 'image/png', kind: 'image', matches: startsWith('\x89PNG\r\n\x1a\n') },
	{ mime: 'image/jpeg', kind: 'image', matches: startsWith('\xff\xd8\xff') },
	{ mime: 'video/mp4', kind: 'video', matches: isMp4 },
	{ mime: 'video/webm', kind: 'video', matches: isWebm },
	{ mime: 'audio/mpeg', kind: 'audio', matches: isMp3 },
	{ mime: 'audio/wav', kind: 'audio', matches: isWav },
	{ mime: 'application/pdf', kind: 'document', matches: startsWith('%PDF-') },
	{ mime: SUBTITLES_TYPE, kind: 'document', matches: isSrt },
];
/** Projects of HyperFrames come as archives, and only by direct upload. */
const archive: MediaType = {
	mime: 'application/zip',
	kind: 'archive',
	matches: startsWith('PK\x03\x04'),
};

const byMime = new Map([...media, archive].map((type) => [type.mime, type]));

/** What a direct upload may declare as its content type. */
export const directUploadTypes: readonly string[] = [...byMime.keys()];

/** The media type of a simple upload, or null when the bytes are of no type it takes. */
export const detectType = (head: Buffer): string | null =>
	media.find(({ matches }) => matches(head))?.mime ?? null;

/** Whether a file is what its uploader declared it to be. */
export const isOfType = (head: Buffer, mime: string): boolean =>
	byMime.get(mime)?.matches(head) ?? false;

/** @param mime one of the types that can be uploaded. */
export const kindOf = (mime: string): AssetKind => byMime.get(mime)?.kind ?? 'document';
