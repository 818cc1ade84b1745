import { type FileFormat, FOREIGN, JPEG, MP3, MP4, PDF, PNG, SRT, WAV, WEBM, ZIP } from '../../../heygen/formats';
import { type FactScanner, type MediaFacts, noFacts } from './facts';
import { ebmlDocType, mp4, webm } from './films';
import { ogg } from './ogg';
import { mp3Frame } from './mp3Frames';
import { jpeg, png } from './pictures';
import { ascii, type Scanner } from './scan';
import { flac, mp3, wav } from './sounds';

/**
 * Which format a file really has, by its first bytes. Signatures are those of the formats' own specifications (named
 * with the readers in this folder) and, for the rest, of the list of file signatures that the `file` command uses.
 */

/** Bytes that decide. PDF readers look for the signature in the first 1,024. */
const HEAD_LENGTH = 1_024;

/** What is known of a file's content. */
export interface Content {
	/** Undefined when the content has no known signature. */
	format: FileFormat | undefined;
	facts: (size: number) => MediaFacts;
}

const READERS = new Map<FileFormat, () => FactScanner>([
	[PNG, png],
	[JPEG, jpeg],
	[MP4, mp4],
	[WEBM, webm],
	[WAV, wav],
	[MP3, mp3],
	// HeyGen takes none of these, but their length may be what a job lasts.
	[FOREIGN.m4a, mp4],
	[FOREIGN.mov, mp4],
	[FOREIGN.threeGp, mp4],
	[FOREIGN.mkv, webm],
	[FOREIGN.ogg, ogg],
	[FOREIGN.flac, flac],
]);

/** Finds out the format, and reads the facts that its header has. */
export function* content(): Scanner<Content> {
	const head = yield { offset: 0, length: HEAD_LENGTH };
	const format = detectFormat(head);
	const reader = format === undefined ? undefined : READERS.get(format);
	return { format, facts: reader === undefined ? noFacts : yield* reader() };
}

/**
 * The format of a file.
 *
 * @param head its first bytes, 1,024 if there are as many
 */
export function detectFormat(head: Uint8Array): FileFormat | undefined {
	const text = ascii(head);
	const starts = (signature: string) => text.startsWith(signature);
	if (starts('\x89PNG\r\n\x1a\n')) return PNG;
	if (starts('\xff\xd8\xff')) return JPEG;
	if (starts('RIFF') || starts('RF64')) return riffFormat(text.slice(8, 12));
	if (text.slice(4, 8) === 'ftyp') return isoFormat(text.slice(8, 12));
	// Files of QuickTime's first years begin with other boxes; such MP4s exist too. Of a text that has one of these words
	// behind its fourth letter, the letters would be a length of half a gigabyte and more.
	const first = text.slice(4, 8);
	const isSmall = text.charCodeAt(0) < 0x20;
	if (first === 'mdat' || (isSmall && ['moov', 'wide', 'free', 'skip'].includes(first))) return MP4;
	if (starts('\x1aE\xdf\xa3')) return ebmlDocType(head) === 'webm' ? WEBM : FOREIGN.mkv;
	if (starts('ID3') || mp3Frame(head) !== undefined) return MP3;
	if (starts('PK\x03\x04') || starts('PK\x05\x06')) return zipFormat(text);
	if (text.includes('%PDF-')) return PDF;
	return foreignFormat(text) ?? textFormat(head);
}

function riffFormat(form: string): FileFormat | undefined {
	if (form === 'WAVE') return WAV;
	if (form === 'WEBP') return FOREIGN.webp;
	return form === 'AVI ' ? FOREIGN.avi : undefined;
}

/** By the major brand of an ISO base media file (mp4ra.org). */
function isoFormat(brand: string): FileFormat {
	if (brand === 'qt  ') return FOREIGN.mov;
	if (/^(M4A|M4B|F4A)/.test(brand)) return FOREIGN.m4a;
	if (/^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(brand)) return FOREIGN.heic;
	if (/^(avif|avis)$/.test(brand)) return FOREIGN.avif;
	return /^3g[2egprs]/.test(brand) ? FOREIGN.threeGp : MP4;
}

/** Documents of the Office and e-book kinds are archives too, and name themselves in their first entry. */
function zipFormat(text: string): FileFormat {
	const nameLength = text.charCodeAt(26) + text.charCodeAt(27) * 256;
	const name = text.slice(30, 30 + nameLength);
	return /^(\[Content_Types\]\.xml|\[trash\]\/|_rels\/|docProps\/|customXml\/|word\/|xl\/|ppt\/|mimetype)/.test(name) ? FOREIGN.office : ZIP;
}

const FOREIGN_SIGNATURES: ReadonlyArray<readonly [string, FileFormat]> = [
	['GIF87a', FOREIGN.gif],
	['GIF89a', FOREIGN.gif],
	['II*\0', FOREIGN.tiff],
	['MM\0*', FOREIGN.tiff],
	['OggS', FOREIGN.ogg],
	['fLaC', FOREIGN.flac],
	['0&\xb2u\x8ef\xcf\x11', FOREIGN.wmv],
	...['\xff\xf0', '\xff\xf1', '\xff\xf8', '\xff\xf9'].map((signature) => [signature, FOREIGN.aac] as const),
];

function foreignFormat(text: string): FileFormat | undefined {
	// BM alone begins many a text; bitmaps have four zeros where their header is reserved.
	if (text.startsWith('BM') && text.slice(6, 10) === '\0\0\0\0') return FOREIGN.bmp;
	if (/^FORM[^]{4}AIF[FC]/.test(text)) return FOREIGN.aiff;
	return FOREIGN_SIGNATURES.find(([signature]) => text.startsWith(signature))?.[1];
}

/** The first cue of an SRT file: a number, and on another line a span of time. */
const SRT_CUE = /^\s*\d+(\s+)\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->/;

function textFormat(head: Uint8Array): FileFormat | undefined {
	const utf16 = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : undefined;
	const text = new TextDecoder(utf16 ?? 'utf-8').decode(head).replace(/^\uFEFF/, '');
	if (/[\r\n]/.test(SRT_CUE.exec(text)?.[1] ?? '')) return SRT;
	if (text.startsWith('WEBVTT')) return FOREIGN.vtt;
	return markupFormat(text) ?? (/^\s*(\{\s*"|\[\s*[{"\]])/.test(text) ? FOREIGN.json : undefined);
}

/** How what may stand before the first element ends: XML declarations, comments, and the document type of drawings. */
const BEFORE_ELEMENTS: ReadonlyArray<readonly [start: string, end: string]> = [
	['<?xml', '>'],
	['<!--', '-->'],
	['<!doctype svg', '>'],
];

/** By the first element. Each step looks only at what the one before has not passed. */
function markupFormat(text: string): FileFormat | undefined {
	let rest = text.trimStart();
	for (;;) {
		const start = rest.slice(0, 14).toLowerCase();
		const begins = (word: string) => start.startsWith(word);
		if (['<!doctype html', '<html', '<head'].some(begins)) return FOREIGN.html;
		if (/^<svg[\s>]/.test(start)) return FOREIGN.svg;
		const [, end] = BEFORE_ELEMENTS.find(([word]) => begins(word)) ?? [];
		const at = end === undefined ? -1 : rest.indexOf(end);
		if (end === undefined || at === -1) return undefined;
		rest = rest.slice(at + end.length).trimStart();
	}
}
