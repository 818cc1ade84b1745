/** Small helpers over node's http module, shared by both listeners. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Nothing the API takes as JSON is larger; above this the answer is 413. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Longer than any client keeps an idle connection, so that none is closed just as it is used again. */
const KEEP_ALIVE_MS = 120_000;

/**
 * Reads a request body.
 * @returns null when it is larger than 64 MiB.
 * @throws when the client goes away in the middle of it.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		length += chunk.length;
		// The rest is read and thrown away, as a client that still sends does not read the answer.
		if (length <= MAX_BODY_BYTES) chunks.push(chunk);
	}
	return length > MAX_BODY_BYTES ? null : Buffer.concat(chunks);
}

/** Sends a complete answer of known length. @returns false when the client has left before. */
export function send(
	response: ServerResponse,
	status: number,
	headers: Record<string, string>,
	body: string | Buffer,
): boolean {
	if (response.destroyed) return false;
	response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
	response.end(body);
	return true;
}

/** Listens on the loopback interface only. @returns the origin, e.g. `http://127.0.0.1:4321`. */
export async function listen(server: Server, port: number): Promise<string> {
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Stops listening and cuts every connection. */
export async function close(server: Server): Promise<void> {
	if (!server.listening) return;
	const closed = new Promise<void>((resolve) => {
		server.close(() => resolve());
	});
	server.closeAllConnections();
	await closed;
}

/** Pauses that can all be ended at once; none of them keeps the process alive. */
export class Pauses {
	private readonly pending = new Map<NodeJS.Timeout, () => void>();

	/** Waits that many milliseconds, or until all pauses are ended. */
	async wait(milliseconds: number): Promise<void> {
		if (milliseconds <= 0) return;
		await new Promise<void>((resolve) => {
			const timer = setTimeout(() => {
				this.pending.delete(timer);
				resolve();
			}, milliseconds);
			timer.unref();
			this.pending.set(timer, resolve);
		});
	}

	endAll(): void {
		for (const [timer, resolve] of this.pending) {
			clearTimeout(timer);
			resolve();
		}
		this.pending.clear();
	}
}
