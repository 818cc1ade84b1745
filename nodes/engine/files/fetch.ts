import type { IBinaryData } from 'n8n-workflow';

import { EngineError } from '../errors';
import type { Caller } from '../operation';
import { settle } from '../settle';
import { timing } from '../timing';
import { networkFailure } from '../wire';
import { askFileHost, hostRefusal, transferred, type HostOutcome } from './fileHost';

/** A file to fetch from a presigned URL. */
export interface RemoteFile {
	/** For messages: "the video of video 3f2a". */
	what: string;
	/** What to do when it cannot be fetched. */
	advice: string;
	/** Under which it is stored; the URL's extension, if it has one, wins. */
	fileName: string;
	/** Used when the host names no media type. */
	mimeType?: string;
	/** Presigned. */
	url: string;
	/** A fresh URL for the same file; asked for once, when the first has expired. */
	renew: () => Promise<string | undefined>;
}

/** Media types of pages and error messages; no file of HeyGen's has one of these. */
const PAGE_TYPES = /^(text\/html|text\/xml|application\/xml|application\/json)$/;

/**
 * Fetches a file into n8n's binary store, streaming. At most eight files of a run move at a time, or as many as the item allows.
 *
 * @param call who asks
 * @param file what to fetch
 * @throws EngineError when it cannot be fetched or stored
 */
export async function fetchFile(call: Caller, file: RemoteFile): Promise<IBinaryData> {
	let { url } = file;
	return await call.run.fileSlots.run(
		async () =>
			await transferred<IBinaryData>(call, {
				once: async () => await move(call, file, url),
				renew: async () => {
					url = (await file.renew()) ?? url;
					return undefined;
				},
				failed: (reason) => new EngineError(`Could not download ${file.what}: ${reason}`, file.advice),
			}),
		call.client.signal,
		call.client.most,
	);
}

async function move(call: Caller, file: RemoteFile, url: string): Promise<HostOutcome<IBinaryData>> {
	const reply = await askFileHost(call, {
		method: 'GET',
		url,
		encoding: 'stream',
		// While the body streams it counts from the last byte on, so large files need no more.
		timeout: timing.fileTimeout,
	});
	const { helpers } = call.context;
	const body = reply.body as Parameters<typeof helpers.prepareBinaryData>[0];
	const discard = () => (body as { destroy?: () => void }).destroy?.();
	if (reply.statusCode !== 200) {
		discard();
		return hostRefusal(reply);
	}
	const type = mediaType(reply.headers['content-type']) ?? file.mimeType;
	if (type !== undefined && PAGE_TYPES.test(type)) {
		discard();
		return {
			reason: 'the file host answered with a page instead of the file',
			again: true,
			expired: false,
		};
	}
	const stored = await settle(helpers.prepareBinaryData(body, nameFor(file.fileName, url), type));
	if (stored.ok) return { done: stored.value };
	discard();
	call.client.signal?.throwIfAborted();
	if (networkFailure(stored.error) !== undefined) throw stored.error;
	// A full disk, or a file beyond what n8n's store takes; n8n says what to set.
	throw new EngineError(
		`Could not download ${file.what}: n8n could not store the file`,
		`n8n says: ${(stored.error as Error).message} ${file.advice}`,
	);
}

const EXTENSION = /\.(mp4|webm|mov|gif|srt|vtt|jpe?g|png|webp|mp3|wav|pdf|zip)$/i;

/** The extension of the URL wins: a WebM video is not called .mp4. */
function nameFor(fileName: string, url: string): string {
	const extension = EXTENSION.exec(new URL(url).pathname)?.[0];
	return extension === undefined || fileName.toLowerCase().endsWith(extension.toLowerCase())
		? fileName
		: `${fileName.replace(EXTENSION, '')}${extension.toLowerCase()}`;
}

/** A media type without its parameters; undefined when it says nothing. */
function mediaType(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
	return type === '' || type === 'application/octet-stream' || type === 'binary/octet-stream'
		? undefined
		: type;
}
