/** The file host: a second listener that plays the part of the storage behind presigned links. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_HANG_MS, FILES_PATH, type Fault } from '../server/faults';
import {
	assetContent,
	type FileContent,
	jobContent,
	lipsyncContent,
	previewContent,
	proofreadContent,
	translationContent,
	videoContent,
} from './file-content';
import { UPLOADS_PREFIX } from './file-names';
import { silentFile } from './silence';
import { isSimpleJobName } from '../jobs/job';
import { type Pauses, send } from '../server/http';
import type { Recorder } from '../server/stats';
import { NO_SUCH_KEY, receiveUpload, type Refusal, refusalOfLink } from '../assets/upload-receiver';
import { soundById } from '../voices/sounds';
import type { World } from '../server/world';

const escapeXml = (text: string): string =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Answers in the way of S3. What a refused upload still sends, Node reads away behind the answer. */
function sendXml(response: ServerResponse, { status, code, message }: Refusal): void {
	const xml =
		'<?xml version="1.0" encoding="UTF-8"?>\n' +
		`<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`;
	send(response, status, { 'Content-Type': 'application/xml' }, xml);
}

/** At most that many bytes of a sequence of chunks. */
function* upTo(bytes: number, chunks: Iterable<Buffer>): Generator<Buffer, void> {
	let left = bytes;
	for (const chunk of chunks) {
		if (left <= 0) return;
		yield left < chunk.length ? chunk.subarray(0, left) : chunk;
		left -= chunk.length;
	}
}

const BYTES_PER_MEGABYTE = 1_000_000;
/** Chunks that are held back less than this many milliseconds go out at once. */
const SHORTEST_PAUSE_MS = 5;

/** Passes chunks on no faster than a network would. */
async function* throttled(
	chunks: Iterable<Buffer>,
	megabytesPerSecond: number,
): AsyncGenerator<Buffer, void> {
	const startedAt = Date.now();
	let bytes = 0;
	for (const chunk of chunks) {
		yield chunk;
		bytes += chunk.length;
		const due = startedAt + (bytes / BYTES_PER_MEGABYTE / megabytesPerSecond) * 1_000;
		if (due - Date.now() > SHORTEST_PAUSE_MS) await sleep(due - Date.now());
	}
}

/** Passes chunks on and counts their bytes. */
function* counted(chunks: Iterable<Buffer>, recorder: Recorder): Generator<Buffer, void> {
	for (const chunk of chunks) {
		recorder.fileBytesSent += chunk.length;
		yield chunk;
	}
}

export class FileServer {
	readonly server: Server;

	constructor(
		private readonly world: World,
		private readonly pauses: Pauses,
	) {
		this.server = createServer((request, response) => {
			// A client that leaves in the middle of a download is no concern of the sandbox.
			this.handle(request, response).catch(() => response.destroy());
		});
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { recorder, faults } = this.world;
		recorder.fileRequests += 1;
		const { headers } = request;
		if (headers['x-api-key'] !== undefined || headers.authorization !== undefined) {
			recorder.keysSeenOnFileHost += 1;
			const message = 'Only one auth mechanism allowed';
			sendXml(response, { status: 400, code: 'InvalidArgument', message });
			return;
		}
		const method = request.method ?? 'GET';
		const fault = faults.take('files', method, FILES_PATH);
		if (fault && (await this.strike(fault, method, response))) return;

		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		if (method === 'PUT' && url.pathname.startsWith(UPLOADS_PREFIX)) {
			await this.takeIn(request, url, response, fault);
			return;
		}
		const content = this.open(method, url, response);
		if (content) await this.stream(content, response, recorder, fault?.kind === 'truncate');
	}

	/** @returns whether the fault has answered the request (or cut it) already. */
	private async strike(fault: Fault, method: string, response: ServerResponse): Promise<boolean> {
		switch (fault.kind) {
			case 'drop_before':
				response.destroy();
				return true;
			case 'status':
				if (fault.retryAfter !== undefined) response.setHeader('Retry-After', String(fault.retryAfter));
				sendXml(response, {
					status: fault.status ?? 500,
					code: fault.code ?? 'InternalError',
					message: 'Injected fault',
				});
				return true;
			case 'expired_url':
				sendXml(response, refusalOfLink('Request has expired'));
				return true;
			case 'redirect':
				send(response, 302, { Location: fault.location ?? '/' }, '');
				return true;
			case 'garbage':
				send(response, 200, { 'Content-Type': 'text/html' }, '<html><body>Not the file');
				return true;
			case 'hang':
				// An upload hangs once its bytes are stored.
				if (method !== 'PUT') await this.pauses.wait(fault.hangMs ?? DEFAULT_HANG_MS);
				return false;
			default:
				return false;
		}
	}

	/** Stores an upload and answers; the faults that strike afterwards leave the client without the answer. */
	private async takeIn(
		request: IncomingMessage,
		url: URL,
		response: ServerResponse,
		fault: Fault | null,
	): Promise<void> {
		const outcome = await receiveUpload(request, url, this.world);
		if (fault?.kind === 'hang') {
			const pause = this.pauses.wait(fault.hangMs ?? DEFAULT_HANG_MS);
			await Promise.race([pause, once(response, 'close')]);
		}
		if (fault?.kind === 'drop_after') response.destroy();
		else if (typeof outcome === 'string') send(response, 200, { ETag: outcome }, '');
		else sendXml(response, outcome);
	}

	/** Finds the file a link is for; answers itself and returns null when there is none to give. */
	private open(method: string, url: URL, response: ServerResponse): FileContent | null {
		if (method !== 'GET') {
			sendXml(response, { status: 405, code: 'MethodNotAllowed', message: 'Only GET is allowed' });
			return null;
		}
		const path = url.pathname;
		// The method is signed as well, so that an upload link reads nothing.
		const problem = path.startsWith(UPLOADS_PREFIX)
			? 'SignatureDoesNotMatch'
			: this.world.signer.check(path, url.searchParams, Date.now());
		if (problem) {
			sendXml(response, refusalOfLink(problem));
			return null;
		}
		const content = this.contentAt(path);
		if (!content) sendXml(response, NO_SUCH_KEY);
		return content;
	}

	private contentAt(path: string): FileContent | null {
		const [, , folder, id = ''] = path.split('/');
		if (folder === 'previews') return previewContent(path);
		if (folder === 'assets') {
			const asset = this.world.assets.getUsable(id, Date.now());
			return asset ? assetContent(asset) : null;
		}
		if (folder === 'speeches') {
			const speech = this.world.speeches.get(id);
			return speech ? silentFile(speech.format, speech.duration) : null;
		}
		if (folder === 'sounds') {
			const sound = soundById(id);
			return sound ? silentFile('mp3', sound.duration) : null;
		}
		const { videos, jobs, config } = this.world;
		if (folder === 'translations') {
			const translation = jobs.translation.records.get(id);
			return translation ? translationContent(translation, path, config.fileBytes) : null;
		}
		if (folder === 'proofreads') {
			const proofread = jobs.proofread.records.get(id);
			return proofread ? proofreadContent(proofread, path) : null;
		}
		if (folder === 'lipsyncs') {
			const lipsync = jobs.lipsync.records.get(id);
			return lipsync ? lipsyncContent(lipsync, path, config.fileBytes) : null;
		}
		if (isSimpleJobName(folder)) {
			const isThere = jobs[folder].records.get(id) !== undefined;
			return isThere ? jobContent(path, config.fileBytes) : null;
		}
		const job = videos.get(id);
		return job ? videoContent(job, path, config.fileBytes) : null;
	}

	private async stream(
		content: FileContent,
		response: ServerResponse,
		recorder: Recorder,
		truncate: boolean,
	): Promise<void> {
		response.writeHead(200, { 'Content-Type': content.type, 'Content-Length': content.length });
		const bytes = truncate ? Math.floor(content.length / 2) : content.length;
		const chunks = counted(upTo(bytes, content.chunks()), recorder);
		// The pipeline makes chunks no faster than the client reads them.
		const speed = this.world.config.fileMegabytesPerSecond;
		const paced = speed === null ? chunks : throttled(chunks, speed);
		await pipeline(Readable.from(paced), response, { end: !truncate });
		// Cuts the connection as soon as the half has left this process.
		if (truncate) response.socket?.destroySoon();
	}
}
