import type { IBinaryData } from 'n8n-workflow';

import { type FileKind, formatOfMediaType, formatOfName } from '../../heygen/formats';
import { settle } from '../basics/settle';
import type { FileStore } from '../item/call';
import { firstBytes } from './gathered';
import { detectFormat } from './media/detect';

/** Whether what a file host has sent can be the file: it may send a page or a message with the status and type of a film. */

/** Bytes that decide. */
const HEAD_LENGTH = 1_024;

const MEDIA: readonly FileKind[] = ['video', 'audio', 'image'];

/**
 * What is wrong with a file that has been stored. Its first bytes are read back: n8n's store takes the whole stream, and
 * what it has stored in vain goes with the execution.
 *
 * @param files where it was fetched
 * @param stored where n8n has it
 * @param wanted what it should be, by media type or else by name
 * @returns the reason why it is not the file, to continue "Could not download …: "; undefined when nothing speaks against it
 */
export async function arrivalProblem(
	files: FileStore,
	stored: IBinaryData,
	wanted: { mimeType?: string; fileName: string },
): Promise<string | undefined> {
	const head = await settle(firstBytes(files, stored, HEAD_LENGTH));
	// What cannot be read back is for whoever uses the file.
	if (!head.ok) return undefined;
	if (head.value.length === 0) return 'the file host sent an empty file';
	const format = formatOfMediaType(wanted.mimeType ?? '') ?? formatOfName(wanted.fileName);
	return isMessage(head.value, format?.kind) ? 'the file host answered with a text instead of the file' : undefined;
}

/**
 * Whether a file is a page or a message.
 *
 * @param head its first bytes
 * @param kind what it should be; of what is not known, and of pages that somebody has uploaded, nothing can be said
 */
function isMessage(head: Uint8Array, kind: FileKind | undefined): boolean {
	if (kind === undefined || kind === 'other') return false;
	const found = detectFormat(head)?.kind;
	if (found === 'other') return true;
	const text = textOf(head);
	if (text === undefined) return false;
	if (/^\s*<\?xml\b/i.test(text) && found !== 'image') return true;
	// Subtitles and some documents are text; films, sounds and pictures but drawings are not.
	return MEDIA.includes(kind) && (found === undefined || found === 'subtitles');
}

/** Control characters that no text has. */
const NO_TEXT = /[^\P{Cc}\t\n\v\f\r\u0080-\u009f]/u;

/** Undefined for what is no text. */
function textOf(head: Uint8Array): string | undefined {
	try {
		// The last character may be cut.
		const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
		return NO_TEXT.test(text) ? undefined : text;
	} catch {
		return undefined;
	}
}
