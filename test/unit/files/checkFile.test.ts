import { EngineError } from '../../../nodes/engine/basics/errors';
import type { BinaryFile } from '../../../nodes/engine/files/binary';
import { checkFile } from '../../../nodes/engine/files/checkFile';
import { inspect, type Inspected } from '../../../nodes/engine/files/inspect';
import { AGENT_FILE, type FileUse, RENDER_IMAGE, RENDER_VIDEO, SPEECH, UPLOAD } from '../../../nodes/heygen/fileUses';
import { type FileFormat, FORMATS, JPEG, MP3, MP4, PDF, PNG, SRT, WAV, WEBM, ZIP } from '../../../nodes/heygen/formats';
import { numeral } from '../../../nodes/heygen/values/text';
import {
	bytes,
	ebmlHeader,
	filler,
	frame,
	frames,
	ftyp,
	id3,
	JFIF,
	jpegFile,
	jpegFrame,
	moov,
	pngFile,
	riffChunk,
	tkhd,
	trak,
	wavFile,
	wavFormat,
	webmFile,
	xing,
} from '../support/mediaSamples';

/** What HeyGen would not take, and what the user is told about it; every message begins with the parameter and the file. */

/** A file as n8n hands it over. */
function file(name: string, mediaType = '', content = bytes()): BinaryFile {
	return {
		label: `'Input Binary Field': "${name}"`,
		name,
		mediaType,
		identity: name,
		open: async function* () {
			yield content;
		},
	};
}

/** What is wrong with a file, without what every message begins with; or its format when nothing is. */
function verdict(one: BinaryFile, inspected: Inspected, use: FileUse): { format: string } | { problem: string; advice: string } {
	try {
		return { format: checkFile(one, inspected, use).name };
	} catch (error) {
		expect(error).toBeInstanceOf(EngineError);
		const { message, advice, kind } = error as EngineError;
		expect(kind).toBe('input');
		expect(message.startsWith(`${one.label} `)).toBe(true);
		return { problem: message.slice(one.label.length + 1), advice };
	}
}

/** The verdict over a file with real content. */
async function verdictOver(content: Buffer, name: string, mediaType: string, use: FileUse) {
	const one = file(name, mediaType, content);
	return verdict(one, await inspect(one), use);
}

const OCTETS = 'application/octet-stream';
const png = pngFile(640, 480);
const jpeg = jpegFile(JFIF, jpegFrame(640, 480));
const mp4 = bytes(ftyp(), moov(trak(tkhd(640, 480))));
const webm = webmFile();
const mp3 = bytes(id3(40), frames('kbps128', 4));
const wav = wavFile(wavFormat(8_000), riffChunk('data', filler(800)));
const pdf = bytes('%PDF-1.7\n');
const srt = bytes('1\n00:00:00,000 --> 00:00:01,000\nHello\n');
const zip = bytes('PK\x03\x04', filler(30));

describe('takes', () => {
	it.each<[string, Buffer, string, string, FileUse, FileFormat]>([
		['a picture', png, 'a.png', 'image/png', RENDER_IMAGE, PNG],
		['a photo', jpeg, 'a.jpeg', 'image/jpeg', RENDER_IMAGE, JPEG],
		['a picture from a script on a server', png, 'image.php', 'image/png', RENDER_IMAGE, PNG],
		['a name in capitals', jpeg, 'IMG_1.JPG', 'image/jpeg', RENDER_IMAGE, JPEG],
		['a film', mp4, 'a.mp4', 'video/mp4', RENDER_VIDEO, MP4],
		['a film of a shop', mp4, 'a.m4v', 'video/x-m4v', RENDER_VIDEO, MP4],
		['a film of the web', webm, 'a.webm', 'video/webm', RENDER_VIDEO, WEBM],
		['sound', mp3, 'a.mp3', 'audio/mpeg', SPEECH, MP3],
		['plain sound', wav, 'a.wav', 'audio/wav', SPEECH, WAV],
		['a document', pdf, 'a.pdf', 'application/pdf', AGENT_FILE, PDF],
		['subtitles', srt, 'a.srt', 'application/x-subrip', UPLOAD, SRT],
		['an archive', zip, 'a.zip', 'application/zip', UPLOAD, ZIP],
		['no name', png, 'data', '', UPLOAD, PNG],
		['a media type that says nothing', png, 'data', OCTETS, UPLOAD, PNG],
		['an unknown media type', png, 'data', 'text/plain', UPLOAD, PNG],
		['an older media type', wav, 'data', 'audio/x-wav; codec=1', UPLOAD, WAV],
		['an unknown extension', png, 'picture.tmp', OCTETS, UPLOAD, PNG],
		['an unknown extension and the right media type', png, 'picture.2024', 'image/png', UPLOAD, PNG],
		// Extensions say more than media types, which many nodes guess.
		['the right extension and a wrong media type', jpeg, 'a.jpg', 'image/png', UPLOAD, JPEG],
		['sound that begins with something unknown', filler(500), 'a.mp3', 'audio/mpeg', SPEECH, MP3],
		['sound that begins with something unknown, by its media type', filler(500), 'data', 'audio/mp3', SPEECH, MP3],
	])('%s', async (_what, content, name, mediaType, use, format) => {
		expect(await verdictOver(content, name, mediaType, use)).toEqual({ format: format.name });
	});
});

describe('refuses', () => {
	const DAMAGED = 'The file may be damaged or cut off.';
	const CONVERT = 'Convert the file first.';
	const rename = (extension: string) =>
		`HeyGen refuses files whose extension is not that of their real format. Name the file with the extension .${extension}, or convert it.`;

	it.each<[string, Buffer, string, string, FileUse, string, string]>([
		['an empty file', bytes(), 'a.png', 'image/png', UPLOAD, 'is empty', 'Check the node that made the file: the file has 0 bytes.'],
		['an unknown format', filler(90), 'data', '', UPLOAD, 'is in a format that is not known', `${DAMAGED} HeyGen takes PNG, JPEG, MP4, WebM, MP3, WAV, PDF, SRT or ZIP here.`],
		['a text', bytes('Hello'), 'a.txt', 'text/plain', AGENT_FILE, 'is in a format that is not known', `${DAMAGED} HeyGen takes PNG, JPEG, MP4, WebM, MP3, WAV or PDF here.`],
		['a damaged picture', filler(90), 'a.png', 'image/png', RENDER_IMAGE, 'is not a PNG image, although its name or media type says so', `${DAMAGED} HeyGen takes PNG or JPEG here.`],
		['a damaged picture, by its media type', filler(90), 'data', 'image/jpeg', RENDER_IMAGE, 'is not a JPEG image, although its name or media type says so', `${DAMAGED} HeyGen takes PNG or JPEG here.`],
		['unknown content where sound is not taken', filler(90), 'a.wav', '', RENDER_IMAGE, 'is not a WAV file, although its name or media type says so', `${DAMAGED} HeyGen takes PNG or JPEG here.`],
		['subtitles that are none', bytes('Hello'), 'a.srt', 'text/plain', UPLOAD, 'is not an SRT subtitle file', 'Such a file begins with a number, and below the number stands a time such as 00:00:01,000 --> 00:00:03,500.'],
		['a login page', bytes('<!DOCTYPE html>'), 'a.png', 'image/png', UPLOAD, 'is a web page, but HeyGen takes only PNG, JPEG, MP4, WebM, MP3, WAV, PDF, SRT or ZIP here', 'The address that the file was fetched from answers with a page, often a login. Use a direct link.'],
		['an answer of an API', bytes('{"error": 1}'), 'a.mp3', 'audio/mpeg', SPEECH, 'is a JSON text, but HeyGen takes only MP3 or WAV here', CONVERT],
		['a document for sound', pdf, 'a.pdf', 'application/pdf', SPEECH, 'is a PDF document, but HeyGen takes only MP3 or WAV here', CONVERT],
		['an archive for a picture', zip, 'a.zip', 'application/zip', RENDER_IMAGE, 'is a ZIP archive, but HeyGen takes only PNG or JPEG here', CONVERT],
		['an archive for an agent', zip, 'a.zip', '', AGENT_FILE, 'is a ZIP archive, but HeyGen takes only PNG, JPEG, MP4, WebM, MP3, WAV or PDF here', CONVERT],
		['a picture for a film', png, 'a.png', 'image/png', RENDER_VIDEO, 'is a PNG image, but HeyGen takes only MP4 or WebM here', CONVERT],
		['a picture HeyGen does not know', bytes('GIF89a'), 'a.gif', 'image/gif', RENDER_IMAGE, 'is a GIF image, but HeyGen takes only PNG or JPEG here', CONVERT],
		['a picture of a phone', ftyp('heic'), 'IMG_1.jpg', 'image/jpeg', RENDER_IMAGE, 'is a HEIC image, but HeyGen takes only PNG or JPEG here', CONVERT],
		['a film of a phone', ftyp('qt  '), 'a.mov', 'video/quicktime', UPLOAD, 'is a QuickTime video, but HeyGen takes only PNG, JPEG, MP4, WebM, MP3, WAV, PDF, SRT or ZIP here', CONVERT],
		['a film that calls itself WebM', ebmlHeader('matroska'), 'a.webm', 'video/webm', RENDER_VIDEO, 'is a Matroska video, but HeyGen takes only MP4 or WebM here', CONVERT],
		['a wrong extension', jpeg, 'a.png', 'image/png', RENDER_IMAGE, 'is a JPEG image, but its name says PNG', rename('jpg')],
		['a wrong extension that HeyGen does not take here', png, 'a.mp3', '', RENDER_IMAGE, 'is a PNG image, but its name says MP3', rename('png')],
		['a foreign extension', webm, 'a.mov', '', RENDER_VIDEO, 'is a WebM video, but its name says QuickTime', rename('webm')],
		['a wrong media type without an extension', jpeg, 'data', 'image/png', UPLOAD, 'is a JPEG image, but its media type says image/png', 'Give the file a name that ends in .jpg, or convert it.'],
		['a wrong media type and an unknown extension', jpeg, 'a.tmp', 'image/gif', UPLOAD, 'is a JPEG image, but its media type says image/gif', 'Give the file a name that ends in .jpg, or convert it.'],
	])('%s', async (_what, content, name, mediaType, use, problem, advice) => {
		expect(await verdictOver(content, name, mediaType, use)).toEqual({ problem, advice });
	});
});

/** The parts of a file that limits are about. */
function inspected(format: FileFormat, about: Partial<Inspected>): Inspected {
	return { size: 1_000, sha256: '', format, facts: {}, ...about };
}

describe('size', () => {
	const MB = 1024 ** 2;

	it.each<[FileFormat, FileUse, number]>([
		[PNG, RENDER_IMAGE, 50],
		[JPEG, RENDER_IMAGE, 50],
		[MP4, RENDER_VIDEO, 100],
		[WEBM, RENDER_VIDEO, 100],
		[MP3, SPEECH, 50],
		[WAV, SPEECH, 50],
	])('of a $name is limited', (format, use, max) => {
		const one = file(`a.${format.extensions[0]}`);
		expect(verdict(one, inspected(format, { size: max * MB }), use)).toEqual({ format: format.name });
		// HeyGen may count in millions; what is between the two is left to HeyGen.
		expect(verdict(one, inspected(format, { size: max * 1_000_000 + 1 }), use)).toEqual({ format: format.name });
		expect(verdict(one, inspected(format, { size: max * MB + 1 }), use)).toMatchObject({
			problem: expect.stringContaining(`MB large, but HeyGen takes ${format.kind} files up to ${max} MB here`) as unknown,
		});
		expect(verdict(one, inspected(format, { size: 3 * max * MB + MB / 2 }), use)).toEqual({
			problem: `is ${max * 3}.5 MB large, but HeyGen takes ${format.kind} files up to ${max} MB here`,
			advice: 'Make the file smaller, with a lower resolution or bitrate.',
		});
	});

	it('is never told to be the limit itself', () => {
		// "is 50 MB large, but HeyGen takes … up to 50 MB" would leave everyone at a loss.
		const told = verdict(file('a.png'), inspected(PNG, { size: 50 * MB + 1 }), RENDER_IMAGE);
		expect(told).toMatchObject({ problem: expect.stringMatching(/^is 50\.1 MB large/) as unknown });
	});

	it('of an upload is not: HeyGen says with the slot what it takes', () => {
		expect(verdict(file('a.mp4'), inspected(MP4, { size: 5_000 * MB }), UPLOAD)).toEqual({ format: MP4.name });
	});
});

describe('sides', () => {
	const ADVICE = "Scale it down first; n8n's Edit Image node does so with images (Resize).";

	it.each<[FileFormat, FileUse, number, number]>([
		[PNG, RENDER_IMAGE, 2_048, 100],
		[JPEG, RENDER_IMAGE, 100, 2_048],
		[JPEG, RENDER_IMAGE, 6_000, 4_000],
		[MP4, RENDER_VIDEO, 3_840, 2_160],
		[WEBM, RENDER_VIDEO, 2_048, 1_080],
	])('of a $name are limited', (format, use, width, height) => {
		expect(verdict(file('data'), inspected(format, { facts: { width, height } }), use)).toEqual({
			problem: `is ${numeral(width)} x ${numeral(height)} pixels, but HeyGen takes pictures below 2K here: each side below 2,048`,
			advice: ADVICE,
		});
	});

	it('may come close, or be unknown, or of an upload', () => {
		expect(verdict(file('data'), inspected(PNG, { facts: { width: 2_047, height: 2_047 } }), RENDER_IMAGE)).toEqual({ format: PNG.name });
		expect(verdict(file('data'), inspected(MP4, { facts: {} }), RENDER_VIDEO)).toEqual({ format: MP4.name });
		expect(verdict(file('data'), inspected(PNG, { facts: { width: 9_000, height: 9_000 } }), UPLOAD)).toEqual({ format: PNG.name });
	});

	it('are read from the file', async () => {
		expect(await verdictOver(pngFile(2_048, 2_047), 'a.png', '', RENDER_IMAGE)).toMatchObject({ problem: expect.stringContaining('2,048 x 2,047') as unknown });
		expect(await verdictOver(pngFile(2_047, 2_047), 'a.png', '', RENDER_IMAGE)).toEqual({ format: PNG.name });
	});
});

describe('length', () => {
	it.each([
		[600, undefined],
		[599.9, undefined],
		[601, 'lasts 601 seconds, but HeyGen takes audio up to 600 seconds here'],
		[3_600.2, 'lasts 3,601 seconds, but HeyGen takes audio up to 600 seconds here'],
	])('of %d seconds', (seconds, problem) => {
		const told = verdict(file('a.mp3'), inspected(MP3, { facts: { seconds } }), SPEECH);
		expect(told).toEqual(
			problem === undefined ? { format: MP3.name } : { problem, advice: 'Cut the recording, or split it over several videos.' },
		);
	});

	it('may be ten minutes and the silence that encoders add', () => {
		// A frame and a half before the sound, and the rest of a frame behind it.
		expect(verdict(file('a.mp3'), inspected(MP3, { facts: { seconds: 600.06 } }), SPEECH)).toEqual({ format: MP3.name });
	});

	it('may be unknown, or of an upload', () => {
		expect(verdict(file('a.mp3'), inspected(MP3, { facts: {} }), SPEECH)).toEqual({ format: MP3.name });
		expect(verdict(file('a.mp3'), inspected(MP3, { facts: { seconds: 9_999 } }), UPLOAD)).toEqual({ format: MP3.name });
	});

	it('is read from the file', async () => {
		// 1,152 samples a frame, at 44,100 a second.
		const ofSeconds = (seconds: number) => bytes(frame('kbps128', xing(Math.ceil((seconds * 44_100) / 1_152))), frames('kbps128', 3));
		expect(await verdictOver(ofSeconds(601), 'a.mp3', '', SPEECH)).toMatchObject({ problem: expect.stringContaining('lasts 60') as unknown });
		expect(await verdictOver(ofSeconds(599), 'a.mp3', '', SPEECH)).toEqual({ format: MP3.name });
	});
});

it('says a or an as one speaks', () => {
	const spokenWithVowel = /^(AAC|AIFF|AVI|M4A|MP3|MP4|Office|OGG|SRT|SVG)/;
	const others = (format: FileFormat): FileUse => ({ formats: [format === PNG ? JPEG : PNG] });
	const wrong = FORMATS.flatMap((format) => {
		const told = verdict(file('data'), inspected(format, {}), others(format));
		const article = spokenWithVowel.test(format.name) ? 'an' : 'a';
		const right = 'problem' in told && told.problem.startsWith(`is ${article} ${format.name}, but`);
		return right ? [] : [told];
	});
	expect(wrong).toEqual([]);
});
