/** Takes in the PUTs of direct uploads, and refuses them in the way of S3. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Asset } from './asset';
import { HEAD_BYTES } from './media-types';
import type { LinkProblem } from '../files/signed-urls';
import { removeFile, type StoredFile } from './uploaded-files';
import type { World } from '../server/world';

/** An error of the storage. */
export interface Refusal {
	status: number;
	code: string;
	message: string;
}

const SIGNATURE_MISMATCH: Refusal = {
	status: 403,
	code: 'SignatureDoesNotMatch',
	message: 'The request signature we calculated does not match the signature you provided.',
};
const UNSIGNED_HEADERS: Refusal = {
	status: 403,
	code: 'AccessDenied',
	message: 'There were headers present in the request which were not signed',
};
const NO_LENGTH: Refusal = {
	status: 411,
	code: 'MissingContentLength',
	message: 'You must provide the Content-Length HTTP header.',
};
const BAD_DIGEST: Refusal = {
	status: 400,
	code: 'BadDigest',
	message: 'The SHA256 you specified did not match what we received.',
};
export const NO_SUCH_KEY: Refusal = {
	status: 404,
	code: 'NoSuchKey',
	message: 'The specified key does not exist.',
};

/** The answer to a link that does not open. */
export const refusalOfLink = (problem: LinkProblem): Refusal =>
	problem === 'SignatureDoesNotMatch'
		? SIGNATURE_MISMATCH
		: { status: 403, code: 'AccessDenied', message: problem };

/** Compares a request with what was signed: the announced length and headers, and no other `x-amz-` header. */
function refusalOfHeaders(
	{ headers }: IncomingMessage,
	{ uploadHeaders, sizeBytes }: Asset,
): Refusal | null {
	const signed = Object.entries(uploadHeaders).map(
		([name, value]) => [name.toLowerCase(), value] as const,
	);
	if (signed.some(([name, value]) => headers[name] !== value)) return SIGNATURE_MISMATCH;
	const names = new Set(signed.map(([name]) => name));
	const isUnsigned = (name: string): boolean => name.startsWith('x-amz-') && !names.has(name);
	if (Object.keys(headers).some(isUnsigned)) return UNSIGNED_HEADERS;
	const length = headers['content-length'];
	if (length === undefined) return NO_LENGTH;
	return Number(length) === sizeBytes ? null : SIGNATURE_MISMATCH;
}

/** Writes a body to the disk as it comes in; never more than some chunks of it are in memory. */
async function writeBody(request: IncomingMessage, path: string): Promise<StoredFile> {
	const hash = createHash('sha256');
	let head = Buffer.alloc(0);
	let sizeBytes = 0;
	await pipeline(
		request,
		async function* (chunks: AsyncIterable<Buffer>) {
			for await (const chunk of chunks) {
				hash.update(chunk);
				sizeBytes += chunk.length;
				const missing = HEAD_BYTES - head.length;
				if (missing > 0) head = Buffer.concat([head, chunk.subarray(0, missing)]);
				yield chunk;
			}
		},
		createWriteStream(path),
	);
	return { path, sizeBytes, sha256: hash.digest('hex'), head, arrivedAt: Date.now() };
}

/**
 * Stores the body of a PUT to an upload link.
 * @returns the ETag, or why the upload was refused; then nothing was stored.
 * @throws when the client goes away in the middle of it.
 */
export async function receiveUpload(
	request: IncomingMessage,
	url: URL,
	{ signer, assets, recorder }: World,
): Promise<string | Refusal> {
	const problem = signer.check(url.pathname, url.searchParams, Date.now());
	if (problem) return refusalOfLink(problem);
	const [, , id = ''] = url.pathname.split('/');
	const asset = assets.records.get(id);
	if (!asset) return NO_SUCH_KEY;
	const refusal = refusalOfHeaders(request, asset);
	if (refusal) return refusal;

	const path = assets.newFile();
	try {
		const file = await writeBody(request, path);
		recorder.uploadBytesReceived += file.sizeBytes;
		if (asset.checksum !== null && asset.checksum !== file.sha256) {
			removeFile(path);
			return BAD_DIGEST;
		}
		assets.store(asset, file);
		return `"${file.sha256.slice(0, 32)}"`;
	} catch (error) {
		removeFile(path);
		throw error;
	}
}
