/** A small webhook receiver for tests of the sandbox: keeps what arrives, and answers as it is told. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { close, listen, readBody } from '../server/http';
import type { EventView } from './webhook-events';

/** One request that arrived. */
export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	raw: Buffer;
	/** Unix milliseconds. */
	at: number;
}

/** HTTP status, or no answer at all. */
type Answer = number | 'hang';
type MakeAnswer = (request: Received) => Answer | Promise<Answer>;

/** Whether a delivery was signed with that secret; recomputed over the bytes that arrived. */
export function isSignedWith(secret: string, { raw, headers }: Received): boolean {
	return headers['heygen-signature'] === createHmac('sha256', secret).update(raw).digest('hex');
}

export class WebhookReceiver {
	/** Where to send to. */
	url = '';
	/** In the order of arrival. */
	readonly received: Received[] = [];
	/** The most requests that were open at once. */
	maxOpen = 0;
	private open = 0;
	private readonly server: Server;

	private answer: MakeAnswer = () => 200;

	private constructor() {
		this.server = createServer((request, response) => {
			const { method = '', url: path = '', headers } = request;
			this.open += 1;
			this.maxOpen = Math.max(this.maxOpen, this.open);
			response.once('close', () => (this.open -= 1));
			readBody(request)
				.then(async (raw) => {
					const received = { method, path, headers, raw: raw ?? Buffer.alloc(0), at: Date.now() };
					this.received.push(received);
					const status = await this.answer(received);
					if (status !== 'hang') response.writeHead(status).end();
				})
				.catch(() => response.destroy());
		});
	}

	/** Starts a receiver on 127.0.0.1 that answers 200. */
	static async start(): Promise<WebhookReceiver> {
		const receiver = new WebhookReceiver();
		receiver.url = `${await listen(receiver.server, 0)}/hook`;
		return receiver;
	}

	/** Answers in that way from now on. */
	answerWith(answer: MakeAnswer): void {
		this.answer = answer;
	}

	/** The events that arrived. */
	events(): EventView[] {
		return this.received.map(({ raw }) => JSON.parse(raw.toString()) as EventView);
	}

	/** Forgets what arrived and answers 200 again. */
	reset(): void {
		this.received.length = 0;
		this.maxOpen = 0;
		this.answer = () => 200;
	}

	/** Cuts all connections and stops listening. */
	async stop(): Promise<void> {
		await close(this.server);
	}
}
