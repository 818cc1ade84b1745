import type { IBinaryData, IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';

import type { JobFile, JobKind } from '../heygen/jobs';
import { EngineError, inputError } from './errors';
import { failureWords, networkFailure } from './http';
import type { Call } from './operation';
import { retryAfterMs, retryPause } from './retry';
import { settle } from './settle';
import { pause, timing } from './timing';

/** Files of a job that were fetched. */
export interface FetchedFiles {
	/** Under the names of the `download` parameter. */
	binary: Record<string, IBinaryData>;
	/** Wanted files the job does not have. */
	missing: string[];
	/** URLs that were renewed on the way, by the resource's field. */
	urls: IDataObject;
}

/**
 * Reads the `download` parameter.
 *
 * @param call the item
 * @param kind the job's kind
 * @throws EngineError when it names a file this kind does not have
 */
export function wantedFiles(call: Call, kind: JobKind): JobFile[] {
	const names = call.parameter<unknown>('download', []);
	const list = Array.isArray(names) ? names : [names];
	return list
		.filter((name) => name !== '')
		.map((name) => {
			const file = kind.files.find((candidate) => candidate.name === name);
			if (file !== undefined) return file;
			throw inputError(
				`'Download' has an unknown value: "${String(name)}"`,
				`It can be: ${kind.files.map((candidate) => candidate.name).join(', ')}.`,
			);
		});
}

/**
 * Fetches files of a finished job into n8n's binary store, streaming.
 *
 * @param call the item
 * @param kind the job's kind
 * @param id the job
 * @param resource its resource, with the presigned URLs
 * @param files what to fetch
 * @param reread reads the resource again, for fresh URLs
 * @throws EngineError when a file cannot be fetched, or the job lacks its main file
 */
export async function downloadFiles(
	call: Call,
	kind: JobKind,
	id: string,
	resource: IDataObject,
	files: readonly JobFile[],
	reread: () => Promise<IDataObject>,
): Promise<FetchedFiles> {
	const fetched: FetchedFiles = { binary: {}, missing: [], urls: {} };
	for (const file of files) {
		const url = resource[file.urlField];
		if (typeof url !== 'string' || url === '') {
			if (file === kind.files[0]) {
				throw new EngineError(
					`The finished ${kind.noun} ${id} has no file to download`,
					"Try the operation 'Download' with this id a little later.",
					{ [kind.idField]: id },
				);
			}
			fetched.missing.push(file.name);
			continue;
		}
		const what = `the ${file.displayName.toLowerCase()} of ${kind.noun} ${id}`;
		const transfer = new Transfer(call, what, `${id}${file.suffix}`, file.mimeType);
		fetched.binary[file.name] = await call.run.fileSlots.run(
			async () =>
				await transfer.fetch(url, async () => {
					const fresh = (await reread())[file.urlField];
					if (typeof fresh === 'string' && fresh !== '') fetched.urls[file.urlField] = fresh;
					return fetched.urls[file.urlField] as string | undefined;
				}),
			call.client.signal,
		);
	}
	return fetched;
}

/** Media types of pages and error messages; no file of a job has one of these. */
const PAGE_TYPES = /^(text\/html|text\/xml|application\/xml|application\/json)$/;

type TransferResult =
	| { file: IBinaryData }
	| { reason: string; again: boolean; expired: boolean; retryAfter?: number };

/** One file on its way from a presigned URL into n8n's binary store. */
class Transfer {
	constructor(
		private readonly call: Call,
		private readonly what: string,
		private readonly fileName: string,
		private readonly mimeType: string,
	) {}

	/**
	 * @param url presigned; the API key is not sent there
	 * @param renew a fresh URL for the same file; asked for once, when the first has expired
	 */
	async fetch(url: string, renew: () => Promise<string | undefined>): Promise<IBinaryData> {
		const { signal } = this.call.client;
		let current = url;
		let renewed = false;
		for (let attempt = 0; ; attempt++) {
			signal?.throwIfAborted();
			const result = await this.tryOnce(current);
			if ('file' in result) return result.file;
			if (result.expired && !renewed) {
				renewed = true;
				current = (await renew()) ?? current;
				continue;
			}
			if (!result.again || attempt >= timing.retryCount) {
				throw new EngineError(
					`Could not download ${this.what}: ${result.reason}`,
					"The video itself is safe in HeyGen. Fetch the file with the operation 'Download' and the same id.",
				);
			}
			await pause(retryPause(attempt, result.retryAfter), signal);
		}
	}

	private async tryOnce(url: string): Promise<TransferResult> {
		const { signal } = this.call.client;
		const result = await settle(this.move(url));
		if (result.ok) return result.value;
		signal?.throwIfAborted();
		const code = networkFailure(result.error);
		if (code === undefined) throw result.error;
		return { reason: failureWords(code), again: true, expired: false };
	}

	private async move(url: string): Promise<TransferResult> {
		const { context, client } = this.call;
		const { timeout, proxy, skipSslCertificateValidation } = client.transport;
		const reply = (await context.helpers.httpRequest({
			method: 'GET',
			url,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			abortSignal: client.signal,
			// While the body streams it counts from the last byte on, so large files need no more.
			timeout: timeout ?? timing.fileTimeout,
			...(proxy === undefined ? {} : { proxy }),
			...(skipSslCertificateValidation === undefined ? {} : { skipSslCertificateValidation }),
		})) as IN8nHttpFullResponse;
		const body = reply.body as Parameters<typeof context.helpers.prepareBinaryData>[0];
		const discard = () => (body as { destroy?: () => void }).destroy?.();
		if (reply.statusCode !== 200) {
			discard();
			return {
				reason: `the file host answered with HTTP status ${reply.statusCode}`,
				again: reply.statusCode >= 500 || reply.statusCode === 429,
				expired: [401, 403, 404, 410].includes(reply.statusCode),
				retryAfter: retryAfterMs(reply.headers['retry-after']),
			};
		}
		const type = mediaType(reply.headers['content-type']) ?? this.mimeType;
		if (PAGE_TYPES.test(type)) {
			discard();
			return {
				reason: 'the file host answered with a page instead of the file',
				again: true,
				expired: false,
			};
		}
		return { file: await context.helpers.prepareBinaryData(body, this.nameFor(url), type) };
	}

	/** The extension of the URL wins: a WebM video is not called .mp4. */
	private nameFor(url: string): string {
		const extension = /\.(mp4|webm|mov|gif|srt|vtt|jpe?g|png|webp)$/i.exec(new URL(url).pathname)?.[0];
		return extension === undefined
			? this.fileName
			: this.fileName.replace(/\.\w+$/, extension.toLowerCase());
	}
}

/** A media type without its parameters; undefined when it says nothing. */
function mediaType(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
	return type === '' || type === 'application/octet-stream' || type === 'binary/octet-stream'
		? undefined
		: type;
}
