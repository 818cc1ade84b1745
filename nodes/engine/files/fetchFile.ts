import type { IBinaryData } from 'n8n-workflow';

import { parseUrl } from '../../heygen/hosts';
import { shown } from '../../heygen/values/text';
import { EngineError, type ErrorDetails } from '../basics/errors';
import { settle } from '../basics/settle';
import { timing } from '../basics/timing';
import type { FileStore } from '../item/call';
import { networkFailure } from '../request/wire';
import { arrivalProblem } from './arrived';
import { askFileHost, codeIn, type HostOutcome, hostRefusal, transferred } from './fileHost';

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
	/** Field of HeyGen's record that names it. */
	urlField: string;
	/** What the error's details say of it: the id of what it belongs to. */
	about: ErrorDetails;
	/** A fresh URL for the same file; asked for once, when the first has expired, or leads to something else. */
	renew: () => Promise<string | undefined>;
}

/** Media types of pages and error messages; no file of HeyGen's has one of these. */
const PAGE_TYPES = /^(text\/(html|xml)|application\/([\w.-]+\+)?(xml|json))$/;

/**
 * Fetches a file into n8n's binary store, streaming. At most eight files of a run move at a time, or as many as the item allows.
 *
 * @param files where from
 * @param file what to fetch
 * @throws EngineError when it cannot be fetched or stored
 */
export async function fetchFile(files: FileStore, file: RemoteFile): Promise<IBinaryData> {
	let { url } = file;
	return await files.slots.run(
		async () =>
			await transferred<IBinaryData>(files, {
				once: async () => await move(files, file, url),
				renew: async () => {
					url = (await file.renew()) ?? url;
					return undefined;
				},
				failed: (reason) => new EngineError(`Could not download ${file.what}: ${reason}`, file.advice, file.about),
			}),
		files.client.signal,
		files.client.most,
	);
}

async function move(files: FileStore, file: RemoteFile, given: string): Promise<HostOutcome<IBinaryData>> {
	const url = given.trim();
	if (!/^https?:$/.test(parseUrl(url)?.protocol ?? '')) {
		const reason = `HeyGen's field '${file.urlField}' holds ${shown(given)}, which is no http or https address`;
		return { reason, again: false, expired: true };
	}
	const asked = await settle(
		askFileHost(files, {
			method: 'GET',
			url,
			encoding: 'stream',
			// Films are compressed already. Of what comes as it is, a lost end is seen; axios takes half of a gzip for a whole.
			headers: { 'Accept-Encoding': 'identity' },
			// While the body streams it counts from the last byte on, so large files need no more.
			timeout: timing.fileTimeout,
		}),
	);
	if (!asked.ok) throw asked.error;
	const reply = asked.value;
	const { helpers } = files;
	const body = reply.body as Parameters<typeof helpers.prepareBinaryData>[0] & Streamed;
	if (reply.statusCode !== 200) {
		// The other statuses say enough.
		const said = reply.statusCode === 400 ? codeIn(await beginningOf(body)) : '';
		body.destroy?.();
		const refusal = hostRefusal(reply, said);
		// No other success was asked for.
		return reply.statusCode < 300 ? { ...refusal, again: true, expired: true } : refusal;
	}
	const type = mediaType(reply.headers['content-type']) ?? file.mimeType;
	if (type !== undefined && PAGE_TYPES.test(type)) {
		body.destroy?.();
		return instead('the file host answered with a page instead of the file');
	}
	const stored = await settle(helpers.prepareBinaryData(body, nameFor(file.fileName, url), type));
	if (stored.ok) {
		const problem = await arrivalProblem(files, stored.value, file);
		return problem === undefined ? { done: stored.value } : instead(problem);
	}
	body.destroy?.();
	files.client.signal?.throwIfAborted();
	if (networkFailure(stored.error) !== undefined) throw stored.error;
	// A full disk, or a file beyond what n8n's store takes; n8n says what to set.
	throw new EngineError(
		`Could not download ${file.what}: n8n could not store the file`,
		`n8n says: ${(stored.error as Error).message} ${file.advice}`,
		file.about,
	);
}

/** Something else has come; a fresh URL, or the same a little later, may lead to the file. */
function instead(reason: string): HostOutcome<never> {
	return { reason, again: true, expired: true };
}

/** What is used of a body that streams. */
interface Streamed {
	destroy?: () => void;
	[Symbol.asyncIterator]?: () => AsyncIterator<Uint8Array>;
}

/** Bytes of a refusal that are read for its code. */
const REFUSAL_LENGTH = 4_096;

/** The first part of a refusal's body, as text. */
async function beginningOf(body: Streamed): Promise<string> {
	const pieces: Uint8Array[] = [];
	const read = async () => {
		if (body[Symbol.asyncIterator] === undefined) return;
		let length = 0;
		for await (const piece of body as AsyncIterable<Uint8Array>) {
			pieces.push(piece);
			length += piece.length;
			if (length >= REFUSAL_LENGTH) return;
		}
	};
	// What it is about is known from its status as well.
	await settle(read());
	return Buffer.concat(pieces).toString('latin1');
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
