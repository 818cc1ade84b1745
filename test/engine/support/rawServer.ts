/** A bare HTTP server for answers that the sandbox does not give: broken encodings, bodies without end, odd shapes. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';
import { close, listen } from '../../sandbox/server/http';
import type { RunResult } from './harness';
import { endOf, startVideo, type VideoRunOptions } from './support';

/** A request as it came in. */
export interface RawRequest {
	method: string;
	path: string;
	query: URLSearchParams;
	/** Path and query as they stood in the request. */
	target: string;
	body: string;
	headers: IncomingHttpHeaders;
}

/**
 * Answers a request, or leaves it hanging.
 *
 * @param nth the how many-th request of its method and path it is, from 1
 */
export type RawHandler = (request: RawRequest, response: ServerResponse, nth: number) => void;

export class RawServer {
	readonly apiKey = 'sk_raw_server_key';
	url = '';
	readonly log: RawRequest[] = [];
	handler: RawHandler = (_request, response) => answer(response, {}, 404);
	private readonly server: Server;

	constructor() {
		this.server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('error', () => undefined);
			response.on('error', () => undefined);
			request.on('end', () => {
				const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
				const { method = '', headers } = request;
				const seen = { method, path: pathname, query: searchParams, target: request.url ?? '', body: Buffer.concat(chunks).toString(), headers };
				this.log.push(seen);
				this.handler(seen, response, this.count(method, pathname));
			});
		});
	}

	/** How many requests of a method and path have come in. */
	count(method: string, path: string): number {
		return this.log.filter((one) => one.method === method && one.path === path).length;
	}

	async start(): Promise<void> {
		this.url = await listen(this.server, 0);
	}

	async stop(): Promise<void> {
		await close(this.server);
	}
}

/** A fresh server for every test of the file or describe block. @returns the server of the running test */
export function useRawServer(): () => RawServer {
	let server: RawServer | undefined;
	beforeEach(async () => {
		server = new RawServer();
		await server.start();
	});
	afterEach(async () => await server?.stop());
	return () => server as RawServer;
}

/** Answers with JSON. A text is sent as it is. */
export function answer(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
	response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
	response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Answers in JSON that calls itself encoded in another way than it is. */
export function answerEncoded(response: ServerResponse, body: unknown, encoding: string): void {
	answer(response, body, 200, { 'Content-Encoding': encoding });
}

/** Answers with a body that has no end. */
export function drip(response: ServerResponse, everyMs = 20): void {
	response.writeHead(200, { 'Content-Type': 'application/json' });
	const timer = setInterval(() => response.write(' '), everyMs);
	response.on('close', () => clearInterval(timer));
}

/** Runs an operation of the HeyGen Video node against a raw server; the rest as for `runVideo`. */
export async function runRaw(
	server: RawServer,
	operation: string,
	parameters: INodeParameters = {},
	options: Omit<VideoRunOptions, 'credentials'> = {},
): Promise<RunResult> {
	const credentials = { apiKey: server.apiKey, baseUrl: server.url };
	return await endOf(startVideo(null, operation, parameters, { ...options, credentials }));
}
