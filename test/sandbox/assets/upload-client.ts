/** PUTs to upload links, and small files of every type that can be uploaded, for tests of the sandbox. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sampleFile } from '../files/file-content';

/** A slot for a direct upload as the API hands it out. */
export interface UploadSlot {
	asset_id: string;
	upload_url: string;
	upload_headers: Record<string, string>;
}

export interface PutAnswer {
	status: number;
	/** Empty for a stored upload, XML for a refusal. */
	text: string;
	etag: string | undefined;
}

type PutHeaders = Record<string, string | number>;

const SUBTITLES = '1\r\n00:00:00,000 --> 00:00:01,000\r\nHello\r\n';
const wav = Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1');
const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');

/** A small file of each type, by its media type. */
export const uploadSamples: Readonly<Record<string, Buffer>> = {
	'image/png': png,
	'image/jpeg': sampleFile('jpg'),
	'video/mp4': sampleFile('mp4'),
	'video/webm': sampleFile('webm'),
	'audio/mpeg': sampleFile('mp3'),
	'audio/wav': wav,
	'application/pdf': Buffer.from('%PDF-1.7\n'),
	'application/x-subrip': Buffer.from(SUBTITLES),
	'application/zip': Buffer.from('PK\x03\x04\x14\0', 'latin1'),
};

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The body that announces a file for a direct upload. */
export const announced = (bytes: Buffer, contentType: string, more: object = {}): object => ({
	filename: 'file.bin',
	content_type: contentType,
	size_bytes: bytes.length,
	...more,
});

async function answerOf(sent: ClientRequest): Promise<PutAnswer> {
	const [response] = (await once(sent, 'response')) as [IncomingMessage];
	const chunks: Buffer[] = [];
	for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
	const text = Buffer.concat(chunks).toString();
	return { status: response.statusCode ?? 0, text, etag: response.headers.etag };
}

/**
 * PUTs bytes to a slot, with the headers of the slot and the length unless told otherwise.
 * @param body chunks are made no faster than the connection takes them.
 * @param headers laid over those; null leaves one out. Without a length the body is sent in chunks.
 * @throws Error when the connection breaks.
 */
export async function put(
	slot: UploadSlot,
	body: Buffer | Iterable<Buffer>,
	headers: Record<string, string | number | null> = {},
): Promise<PutAnswer> {
	const length = Buffer.isBuffer(body) ? { 'Content-Length': body.length } : {};
	const all = Object.entries({ ...slot.upload_headers, ...length, ...headers });
	const given = Object.fromEntries(all.filter(([, value]) => value !== null)) as PutHeaders;
	const sent = request(slot.upload_url, { method: 'PUT', headers: given });
	const chunks = Readable.from(Buffer.isBuffer(body) ? [body] : body);
	const [answer] = await Promise.all([answerOf(sent), pipeline(chunks, sent)]);
	return answer;
}
