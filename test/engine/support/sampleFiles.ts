/** Small valid files of the kinds HeyGen takes, and of some that it does not, for tests of uploads. */
import { deflateSync } from 'node:zlib';
import { pseudoRandomChunks, sampleFile } from '../../sandbox';

/** A file as an earlier node of a workflow hands it on. */
export interface SampleFile {
	fileName: string;
	mimeType: string;
	content: Buffer;
}

const CRC_TABLE = Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value >>> 0;
});

/** CRC-32 as PNG and ZIP have it. */
function crc32(bytes: Buffer): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value);
	return bytes;
}

function pngChunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
}

/**
 * A grey picture.
 *
 * @param width of the header; the pixels are those of the size given
 * @param comment makes it another file
 */
export function png(width = 4, height = 3, comment = ''): Buffer {
	const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 0, 0, 0, 0])]);
	const text = Buffer.from(`Comment\0${comment}`, 'latin1');
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		pngChunk('IHDR', header),
		...(comment === '' ? [] : [pngChunk('tEXt', text)]),
		pngChunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))),
		pngChunk('IEND', Buffer.alloc(0)),
	]);
}

/**
 * Silence, mono, of 8 bits a sample.
 *
 * @param seconds its length
 * @param samplesPerSecond few make a long sound short in bytes
 * @param comment makes it another file
 */
export function wav(seconds = 1, samplesPerSecond = 800, comment = ''): Buffer {
	const data = Buffer.alloc(seconds * samplesPerSecond, 0x80);
	data.write(comment, 'latin1');
	const header = Buffer.alloc(44);
	header.write('RIFF', 0, 'latin1');
	header.writeUInt32LE(36 + data.length, 4);
	header.write('WAVEfmt ', 8, 'latin1');
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(samplesPerSecond, 24);
	header.writeUInt32LE(samplesPerSecond, 28);
	header.writeUInt16LE(1, 32);
	header.writeUInt16LE(8, 34);
	header.write('data', 36, 'latin1');
	header.writeUInt32LE(data.length, 40);
	return Buffer.concat([header, data]);
}

/** Subtitles of one line. */
export function srt(line = 'Hello'): Buffer {
	return Buffer.from(`1\r\n00:00:00,000 --> 00:00:01,500\r\n${line}\r\n`);
}

/**
 * An archive of one text file, not compressed.
 *
 * @param name of the file in it
 */
export function zip(text = 'Hello', name = 'hello.txt'): Buffer {
	const data = Buffer.from(text);
	const facts = Buffer.alloc(26);
	facts.writeUInt16LE(20, 0);
	facts.writeUInt32LE(crc32(data), 10);
	facts.writeUInt32LE(data.length, 14);
	facts.writeUInt32LE(data.length, 18);
	facts.writeUInt16LE(name.length, 22);
	const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), data]);
	const central = Buffer.concat([
		Buffer.from('PK\x01\x02\x14\0', 'latin1'),
		facts,
		Buffer.alloc(14),
		Buffer.from(name),
	]);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 0, 'latin1');
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(local.length, 16);
	return Buffer.concat([local, central, end]);
}

/** A document of one empty page. */
export function pdf(): Buffer {
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>',
	];
	let text = '%PDF-1.4\n';
	const places = objects.map((object, index) => {
		const at = text.length;
		text += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(at).padStart(10, '0')} 00000 n \n`;
	});
	const table = `xref\n0 4\n0000000000 65535 f \n${places.join('')}`;
	return Buffer.from(`${text}${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`);
}

/** The head of an ISO base media file of some brand, which decides what it is. */
export function isoFile(brand: string): Buffer {
	return Buffer.concat([uint32(16), Buffer.from(`ftyp${brand}\0\0\0\0`, 'latin1'), Buffer.alloc(64)]);
}

/** A picture in WebP. */
export const webp = (): Buffer => Buffer.from('RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0', 'latin1');

/** A text document as Word writes it. */
export const docx = (): Buffer => zip('<Types/>', '[Content_Types].xml');

/** A playable MP4 of any size: the sample, and behind it a box that nothing in it refers to. */
export function mp4Of(bytes: number): Buffer {
	const sample = sampleFile('mp4');
	const box = bytes - sample.length;
	const content = [...pseudoRandomChunks(`mp4 of ${bytes}`, box - 8)];
	return Buffer.concat([sample, uint32(box), Buffer.from('free', 'latin1'), ...content], bytes);
}

/** The ten kinds of file that HeyGen takes: extension, what it says it is, and a small one. */
export const KINDS: ReadonlyArray<readonly [extension: string, mediaType: string, content: Buffer]> = [
	['png', 'image/png', png()],
	['jpg', 'image/jpeg', sampleFile('jpg')],
	['jpeg', 'image/jpeg', sampleFile('jpg')],
	['mp4', 'video/mp4', sampleFile('mp4')],
	['webm', 'video/webm', sampleFile('webm')],
	['mp3', 'audio/mpeg', sampleFile('mp3')],
	['wav', 'audio/wav', wav()],
	['pdf', 'application/pdf', pdf()],
	['srt', 'application/x-subrip', srt()],
	['zip', 'application/zip', zip()],
];

/** A picture with a name; another comment makes it another file. */
export function pngFile(fileName = 'picture.png', comment = fileName): SampleFile {
	return { fileName, mimeType: 'image/png', content: png(4, 3, comment) };
}

/** A sound with a name; another comment makes it another file. */
export function wavFile(fileName = 'speech.wav', comment = fileName): SampleFile {
	return { fileName, mimeType: 'audio/wav', content: wav(1, 800, comment) };
}

/** An archive with a name, which always goes to HeyGen by direct upload. */
export function zipFile(fileName = 'project.zip', text = fileName): SampleFile {
	return { fileName, mimeType: 'application/zip', content: zip(text) };
}

/** Different small files, called file-0.srt, file-1.srt and so on. */
export function manyFiles(count: number): SampleFile[] {
	return Array.from({ length: count }, (_, index) => ({
		fileName: `file-${index}.srt`,
		mimeType: 'application/x-subrip',
		content: srt(`Line ${index}`),
	}));
}
