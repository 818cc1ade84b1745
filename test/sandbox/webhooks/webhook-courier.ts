/** Sends requests to webhook endpoints, and tells what became of each. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** HTTP status, or why there is none. */
export type Outcome = number | 'timeout' | 'failed';

export interface Letter {
	method: 'POST' | 'OPTIONS';
	url: string;
	headers: Record<string, string>;
	body: string;
	timeoutMs: number;
}

/** Whether an endpoint has taken what was sent. */
export const isTaken = (outcome: Outcome): boolean =>
	typeof outcome === 'number' && outcome >= 200 && outcome < 300;

export class Courier {
	private readonly plain = new HttpAgent({ keepAlive: true });
	private readonly secure = new HttpsAgent({ keepAlive: true });
	private disposed = false;

	/** Sends one request and reads the answer away; redirects are not followed. Never fails. */
	send(letter: Letter): Promise<Outcome> {
		if (this.disposed) return Promise.resolve('failed');
		return new Promise((resolve) => {
			const isSecure = letter.url.startsWith('https:');
			const request = (isSecure ? httpsRequest : httpRequest)(letter.url, {
				method: letter.method,
				agent: isSecure ? this.secure : this.plain,
				headers: { ...letter.headers, 'Content-Length': Buffer.byteLength(letter.body) },
			});
			const timer = setTimeout(() => {
				resolve('timeout');
				request.destroy();
			}, letter.timeoutMs);
			timer.unref();
			const settle = (outcome: Outcome | Promise<Outcome>): void => {
				clearTimeout(timer);
				resolve(outcome);
			};
			request.on('response', (response) => {
				response.on('end', () => settle(response.statusCode ?? 'failed'));
				response.on('error', () => settle('failed'));
				response.resume();
			});
			request.on('error', (error: NodeJS.ErrnoException) => {
				// The receiver may close an idle connection in the moment it is used again; that is no failure.
				const isStale = request.reusedSocket && error.code === 'ECONNRESET';
				settle(isStale ? this.send(letter) : 'failed');
			});
			request.end(letter.body);
		});
	}

	/** Cuts all connections; nothing is sent from then on. */
	dispose(): void {
		this.disposed = true;
		this.plain.destroy();
		this.secure.destroy();
	}
}
