import { type FileUse, SUBTITLES, type SubtitlesToUpload } from '../../heygen/fileUses';
import { SRT } from '../../heygen/formats';
import { SUBTITLES_MAX_MB } from '../../heygen/limits';
import { decodeSubtitles } from '../../heygen/srt/encoding';
import { readSrt } from '../../heygen/srt/readSrt';
import { amount } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import type { Call } from '../item/call';
import { fingerprint } from '../item/fingerprint';
import type { BinaryFile } from './binary';
import { LARGEST_MEGABYTE } from './checkFile';
import { gathered } from './gathered';

/** Subtitles on their way up: their text is checked, and goes up in HeyGen's form. */

/** The option that leaves it to HeyGen what subtitles may be like. */
export const CHECK_SUBTITLES = { name: 'checkSubtitles', label: 'Check Subtitles' } as const;

/** Bytes of subtitles that are read at most. */
export const SUBTITLES_MAX_BYTES = SUBTITLES_MAX_MB * LARGEST_MEGABYTE;

/** What HeyGen takes a file for whose text has been checked. */
export const CHECKED_SUBTITLES: FileUse = { ...SUBTITLES, isSubtitles: false };

/**
 * Subtitles that were given as text, as a file.
 *
 * @param call the item
 * @param subtitles the text
 * @param label how messages begin that are about it
 * @throws EngineError for what is no SRT text
 */
export function givenSubtitles(call: Call, { text, name }: SubtitlesToUpload, label: string): BinaryFile {
	return textFile(readGiven(call, label, text), name, label);
}

/**
 * A file with subtitles, in HeyGen's form.
 *
 * @param call the item
 * @param file as it was given
 * @throws EngineError for what is no SRT text
 */
export async function checkedSubtitles(call: Call, file: BinaryFile): Promise<BinaryFile> {
	const { value, problem } = decodeSubtitles(await bytesOf(file, call.client.signal));
	if (problem !== undefined) throw inputError(`${file.label} ${problem}`);
	return textFile(readGiven(call, file.label, value), file.name, file.label);
}

function readGiven({ options }: Call, label: string, given: unknown): string {
	const strict = options[CHECK_SUBTITLES.name] !== false;
	const { value, problem } = readSrt(given, { strict });
	if (value !== undefined) return value;
	// What is no SRT at all is refused either way.
	const isLeft = strict && readSrt(given, { strict: false }).value !== undefined;
	const advice = isLeft ? `Nothing was sent. The option '${CHECK_SUBTITLES.label}' can be switched off to leave times, numbers and overlaps to HeyGen.` : '';
	throw inputError(`${label} ${problem ?? 'is empty'}`, advice);
}

function textFile(text: string, name: string, label: string): BinaryFile {
	return { label, name, mediaType: SRT.mediaTypes[0], identity: `text ${fingerprint(text)}`, open: () => oncePiece(text) };
}

async function* oncePiece(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text, 'utf8');
}

async function bytesOf(file: BinaryFile, signal: AbortSignal | undefined): Promise<Uint8Array> {
	const bytes = await gathered(file.open(), SUBTITLES_MAX_BYTES + 1, signal);
	if (bytes.length <= SUBTITLES_MAX_BYTES) return bytes;
	throw inputError(`${file.label} is more than ${amount(SUBTITLES_MAX_MB, 'MB')} large`, 'Subtitles of a film are much smaller: check which file the field holds.');
}
