/** A HeyGen that answers just what a test tells it to, for what the sandbox never does. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { close, listen } from '../../sandbox/server/http';

/** A request as it came. */
export interface PlainRequest {
	method: string;
	path: string;
	query: URLSearchParams;
	/** Names in lower case. */
	headers: IncomingMessage['headers'];
	/** How often this method and path have been asked for, this time included. */
	count: number;
}

/** Answers a request. */
export type Answer = (request: PlainRequest, response: ServerResponse) => void;

/** A server on this machine. */
export class PlainServer {
	/** What the credential has to name. */
	readonly apiKey = 'sk_plain_server';
	url = '';
	/** Requests so far, in order. */
	readonly requests: PlainRequest[] = [];
	answer: Answer = (_request, response) => sendJson(response, {}, 404);
	private readonly server: Server = createServer((request, response) => {
		// What it sends is of no account, but has to be read.
		request.resume();
		request.on('end', () => this.answer(this.noted(request), response));
	});

	async start(): Promise<void> {
		this.url = await listen(this.server, 0);
	}

	async stop(): Promise<void> {
		await close(this.server);
	}

	/** How many requests there were for a path. */
	count(method: string, path: string): number {
		return this.requests.filter((request) => request.method === method && request.path === path).length;
	}

	private noted({ method = '', url = '', headers }: IncomingMessage): PlainRequest {
		const { pathname: path, searchParams: query } = new URL(url, this.url);
		const request = { method, path, query, headers, count: this.count(method, path) + 1 };
		this.requests.push(request);
		return request;
	}
}

/** Sends JSON. */
export function sendJson(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void {
	response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
	response.end(JSON.stringify(body));
}

/** Sends a body as it is. */
export function sendAsIs(response: ServerResponse, body: string, status: number, type: string): void {
	response.writeHead(status, { 'Content-Type': type });
	response.end(body);
}

/** A server for each test of a file. @returns the server of the test that runs */
export function usePlainServer(): () => PlainServer {
	let server = new PlainServer();
	beforeEach(async () => {
		server = new PlainServer();
		await server.start();
	});
	afterEach(async () => await server.stop());
	return () => server;
}

/** The ids that a request for bulk statuses asks for. */
export function askedIds({ query }: PlainRequest): string[] {
	return (query.get('video_ids') ?? '').split(',');
}
