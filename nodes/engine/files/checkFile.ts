import type { FileUse } from '../../heygen/fileUses';
import {
	type FileFormat,
	FOREIGN,
	formatList,
	formatOfMediaType,
	formatOfName,
	MP3,
	SRT,
	WAV,
	withArticle,
} from '../../heygen/formats';
import { amount, numeral } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import type { BinaryFile } from './binary';
import type { Inspected } from './inspect';

/** Megabytes people count in, and HeyGen's limits at their most generous: what it takes must not be refused here. */
export const LARGEST_MEGABYTE = 1024 ** 2;

/**
 * Checks a file against what HeyGen takes it for, before a byte is sent.
 *
 * @param file the file
 * @param inspected what its content says
 * @param use what HeyGen takes it for
 * @returns its real format
 * @throws EngineError naming the parameter and the file
 */
export function checkFile(file: BinaryFile, inspected: Inspected, use: FileUse): FileFormat {
	if (inspected.size === 0) {
		throw inputError(`${file.label} is empty`, 'Check the node that made the file: the file has 0 bytes.');
	}
	const format = realFormat(file, inspected, use);
	checkNames(file, format);
	checkSize(file, inspected, format, use);
	checkPicture(file, inspected, use);
	checkLength(file, inspected, use);
	return format;
}

function realFormat(file: BinaryFile, { format }: Inspected, use: FileUse): FileFormat {
	const wanted = formatList(use.formats);
	const declared = formatOfName(file.name) ?? formatOfMediaType(file.mediaType);
	if (isRawAudio(file) && (format === undefined || format === MP3 || format === FOREIGN.aac)) {
		// Samples have no signature, but can begin with the two bytes that a frame of MP3 or AAC begins with.
		throw inputError(`${file.label} is raw audio (PCM) without a header`, `HeyGen cannot tell its sample rate. ${MAKE_WAV}`);
	}
	if (format === undefined) {
		// MP3 has no signature; a file that starts with something else before its first frame is left to HeyGen.
		if (declared === MP3 && use.formats.includes(MP3)) return MP3;
		if (declared === SRT) {
			throw inputError(
				`${file.label} is not an SRT subtitle file`,
				'Such a file begins with a number, and below the number stands a time such as 00:00:01,000 --> 00:00:03,500.',
			);
		}
		throw inputError(
			declared === undefined
				? `${file.label} is in a format that is not known`
				: `${file.label} is not ${withArticle(declared.name)}, although its name or media type says so`,
			declared === WAV && use.formats.includes(WAV)
				? `The file may be damaged or cut off, or be raw audio (PCM) that lacks its header. ${MAKE_WAV}`
				: `The file may be damaged or cut off. HeyGen takes ${wanted} here.`,
		);
	}
	if (use.formats.includes(format)) return format;
	throw inputError(
		`${file.label} is ${withArticle(format.name)}, but HeyGen takes only ${wanted} here`,
		adviceFor(format, use),
	);
}

/** What to do with a file of another format than HeyGen takes. */
function adviceFor(format: FileFormat, { entry }: FileUse): string {
	if (format !== FOREIGN.html) return 'Convert the file first.';
	return entry === undefined
		? 'The address that the file was fetched from answers with a page, often a login. Use a direct link.'
		: "Zip the page with all that belongs to it, or choose 'Project Files' in 'Project Source'.";
}

/** What to do with sound that has no header. Speech services say the rate in the media type or in their documents. */
const MAKE_WAV =
	"Let the service that made it answer with MP3 or WAV, or put a WAV header of 44 bytes with its sample rate, bits and channels in front of it, in n8n's Code node or with: ffmpeg -f s16le -ar 24000 -ac 1 -i in.pcm out.wav";

/** Whether name or media type say that a file is nothing but samples. */
function isRawAudio({ name, mediaType }: BinaryFile): boolean {
	return [formatOfName(name), formatOfMediaType(mediaType)].includes(FOREIGN.pcm);
}

/** HeyGen refuses files whose name does not fit their content, if not at once then when they are rendered. */
function checkNames(file: BinaryFile, format: FileFormat): void {
	const named = formatOfName(file.name);
	// The name of a script on a server ("image.php") says nothing about what it sent; nor do words for sound of any kind.
	if (named !== undefined && named !== FOREIGN.html && named !== FOREIGN.pcm) {
		if (named === format) return;
		throw inputError(
			`${file.label} is ${withArticle(format.name)}, but its name says ${shortName(named)}`,
			`HeyGen refuses files whose extension is not that of their real format. Name the file with the extension .${format.extensions[0]}, or convert it.`,
		);
	}
	const typed = formatOfMediaType(file.mediaType);
	if (typed === undefined || typed === format || typed === FOREIGN.pcm) return;
	throw inputError(
		`${file.label} is ${withArticle(format.name)}, but its media type says ${file.mediaType}`,
		`Give the file a name that ends in .${format.extensions[0]}, or convert it.`,
	);
}

function checkSize(file: BinaryFile, { size }: Inspected, format: FileFormat, use: FileUse): void {
	const max = use.maxMegabytes?.[format.kind];
	if (max === undefined || size <= max * LARGEST_MEGABYTE) return;
	throw inputError(
		`${file.label} is ${numeral(Math.ceil((size / LARGEST_MEGABYTE) * 10) / 10)} MB large, but HeyGen takes ${format.kind} files up to ${numeral(max)} MB here`,
		'Make the file smaller, with a lower resolution or bitrate.',
	);
}

function checkPicture(file: BinaryFile, { facts }: Inspected, { sideLimit }: FileUse): void {
	const { width, height } = facts;
	if (sideLimit === undefined || width === undefined || height === undefined) return;
	if (width < sideLimit && height < sideLimit) return;
	throw inputError(
		`${file.label} is ${numeral(width)} x ${numeral(height)} pixels, but HeyGen takes pictures below 2K here: each side below ${numeral(sideLimit)}`,
		"Scale it down first; n8n's Edit Image node does so with images (Resize).",
	);
}

function checkLength(file: BinaryFile, { facts }: Inspected, { maxSeconds }: FileUse): void {
	const { seconds } = facts;
	if (maxSeconds === undefined || seconds === undefined || Math.floor(seconds) <= maxSeconds) return;
	throw inputError(
		`${file.label} lasts ${amount(Math.ceil(seconds), 'second')}, but HeyGen takes audio up to ${amount(maxSeconds, 'second')} here`,
		'Cut the recording, or split it over several videos.',
	);
}

function shortName({ name }: FileFormat): string {
	return name.split(' ')[0] as string;
}
