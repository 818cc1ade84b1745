import isEmpty from 'lodash/isEmpty';
import isEqual from 'lodash/isEqual';
import isPlainObject from 'lodash/isPlainObject';
import { z } from 'zod';

import { fileUrlProblem } from '../fileUrls';
import { FileToUpload, InlineFile, SUBTITLES, SubtitlesToUpload, type FileUse } from '../fileUses';
import { asRecord } from '../records';
import { readAddressText } from '../values/addresses';
import { readId } from '../values/ids';
import type { Reading } from '../values/reading';
import { amount, numeral, trimBlank } from '../values/text';
import { id, readBy } from './primitives';

/**
 * Files in request bodies. A binary field stands there as a `FileToUpload` until its file has been checked and
 * uploaded; the schema says what HeyGen takes it for.
 */

/**
 * A binary field whose file becomes an asset.
 *
 * @param use what HeyGen takes the file for
 */
export function binaryFile(use: FileUse) {
	return z.instanceof(FileToUpload).transform((file) => file.for(use));
}

/**
 * An asset's id, or a binary field whose file becomes one: the flat fields such as `audio_asset_id`.
 *
 * @param use what HeyGen takes the file for
 */
export function assetId(use: FileUse) {
	return readBy((given): Reading<string | FileToUpload> => {
		return given instanceof FileToUpload ? { value: given.for(use) } : readId(given, ['asset_id']);
	});
}

/**
 * The URL of a file: the flat fields such as `audio_url`.
 *
 * @param use what HeyGen takes the file for
 */
export function fileUrl(use: FileUse) {
	return readBy((given): Reading<string> => {
		const reading = readFileAddress(given);
		if (reading.value === undefined) return reading;
		const problem = INLINE.test(reading.value) ? TAKES_NO_INLINE : fileUrlProblem(reading.value, use);
		return problem === undefined ? reading : { problem };
	});
}

/** A data URL may be broken into lines, which an address may not. */
function readFileAddress(given: unknown): Reading<string> {
	const text = typeof given === 'string' ? trimBlank(given) : '';
	return INLINE.test(text) ? { value: text } : readAddressText(given);
}

const TAKES_NO_INLINE =
	"holds the file itself, which HeyGen does not take here: make a file of it with n8n's Convert to File node and hand it over as a binary file";

/** A data URL (RFC 2397) in base64. */
const INLINE = /^data:[^,]*,/i;
const INLINE_BASE64 = /^data:([^;,]*)(?:;[^,]*)?;base64,([A-Za-z0-9+/=\s]*)$/i;

/**
 * A file by URL, by asset id, in a binary field (`file`) or within the request, as the API's union `{type: 'url' |
 * 'asset_id' | 'base64', …}`. A data URL in `url` becomes base64; its content is checked before it is sent.
 *
 * @param use what HeyGen takes the file for
 * @param inline whether HeyGen takes it within the request, which not every endpoint does (API reference, section 3.1)
 */
export function assetInput(use: FileUse, inline = true) {
	return z
		.object({ url: readBy(readFileAddress).optional(), asset_id: id('asset_id').optional(), file: binaryFile(use).optional() })
		.strict()
		.transform((input, context) => {
			const refuse = (message: string) => {
				context.addIssue({ code: z.ZodIssueCode.custom, message });
				return z.NEVER;
			};
			if (Object.keys(input).length !== 1) {
				return refuse('takes exactly one of a URL, an asset ID and a binary field');
			}
			if (input.url === undefined) {
				return { type: 'asset_id' as const, asset_id: input.asset_id ?? input.file };
			}
			if (INLINE.test(input.url)) {
				if (!inline) return refuse(TAKES_NO_INLINE);
				const [, mediaType = '', data = ''] = INLINE_BASE64.exec(input.url) ?? [];
				const plain = data.replace(/\s/g, '');
				if (plain === '') return refuse('is a data URL that is not in base64, or empty');
				return new InlineFile(mediaType, plain, use);
			}
			const problem = fileUrlProblem(input.url, use);
			return problem === undefined ? { type: 'url' as const, url: input.url } : refuse(problem);
		});
}

/**
 * The same, of parameters that have a field for each way to give the file: what is wrong with the address is told of the
 * field that has it.
 *
 * @param use what HeyGen takes the file for
 * @param inline whether HeyGen takes it within the request
 */
export function fileInput(use: FileUse, inline: boolean) {
	const input = assetInput(use, inline);
	return z.unknown().transform((given, context): z.output<typeof input> => {
		const read = input.safeParse(given);
		if (read.success) return read.data;
		const isAddress = isPlainObject(given) && isEqual(Object.keys(given as object), ['url']);
		for (const issue of read.error.issues) {
			context.addIssue({ ...issue, path: issue.path.length === 0 && isAddress ? ['url'] : issue.path });
		}
		return z.NEVER;
	});
}

const subtitlesFile = fileInput(SUBTITLES, false);

/** The same for subtitles, which may also be given as text. */
export const subtitlesInput = z.unknown().transform((given, context) => {
	const { text, ...others } = asRecord(given);
	const isText = text !== undefined;
	if (isText && isEmpty(others)) return { type: 'asset_id' as const, asset_id: new SubtitlesToUpload(text, 'subtitles.srt') };
	if (isText || Object.keys(others).length > 1) {
		context.addIssue({ code: z.ZodIssueCode.custom, message: 'has more than one source: a text, a URL, an asset ID or a binary field' });
		return z.NEVER;
	}
	const read = subtitlesFile.safeParse(given);
	if (read.success) return read.data;
	for (const issue of read.error.issues) context.addIssue(issue);
	return z.NEVER;
});

/**
 * A list of files.
 *
 * @param use what HeyGen takes them for
 * @param max how many it takes
 */
export function assetInputs(use: FileUse, max: number) {
	return z.array(assetInput(use)).superRefine((files, context) => {
		if (files.length <= max) return;
		context.addIssue({
			code: z.ZodIssueCode.custom,
			message: `may hold at most ${amount(max, 'file')}, but holds ${numeral(files.length)}`,
		});
	});
}
