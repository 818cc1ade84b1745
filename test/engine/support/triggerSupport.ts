/** What the tests of the trigger nodes share. */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { inspect } from 'node:util';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { HeyGenSuiteApi } from '../../../credentials/HeyGenSuiteApi.credentials';
import { HeyGenTrigger } from '../../../nodes/HeyGenTrigger/HeyGenTrigger.node';
import type { Sandbox, WebhooksView } from '../../sandbox';
import { close, listen, readBody } from '../../sandbox/server/http';
import { TriggerHost, type Kind, type TriggerOptions } from './triggerHarness';

export const LIST_ENDPOINTS = 'GET /v3/webhooks/endpoints';
export const CREATE_ENDPOINT = 'POST /v3/webhooks/endpoints';
export const PATCH_ENDPOINT = 'PATCH /v3/webhooks/endpoints/{endpoint_id}';
export const DELETE_ENDPOINT = 'DELETE /v3/webhooks/endpoints/{endpoint_id}';
export const ENDPOINTS = '/v3/webhooks/endpoints';
export const ENDPOINT = '/v3/webhooks/endpoints/{endpoint_id}';

/**
 * Everything a HeyGen Trigger needs.
 *
 * @param baseUrl of the credential
 * @param parameters all of the node's; by default all events
 */
export function triggerOptions(
	{ apiKey, url }: Pick<Sandbox, 'apiKey' | 'url'>,
	parameters: INodeParameters = {},
	more: Partial<TriggerOptions> = {},
): TriggerOptions {
	return {
		node: new HeyGenTrigger(),
		credentialType: new HeyGenSuiteApi(),
		credentials: { apiKey, baseUrl: url },
		parameters: { events: ['*'], options: {}, ...parameters },
		...more,
	};
}

/**
 * A maker of hosts that are stopped after each test.
 *
 * @param sandbox of the running test
 */
export function useHosts(
	sandbox: () => Pick<Sandbox, 'apiKey' | 'url'>,
): (parameters?: INodeParameters, more?: Partial<TriggerOptions>) => Promise<TriggerHost> {
	const hosts: TriggerHost[] = [];
	afterEach(async () => {
		await Promise.all(hosts.splice(0).map(async (host) => await host.stop()));
	});
	return async (parameters, more) => {
		const host = await TriggerHost.start(triggerOptions(sandbox(), parameters, more));
		hosts.push(host);
		return host;
	};
}

/** The endpoints that exist at HeyGen. */
export function endpointsOf(sandbox: Sandbox): WebhooksView['endpoints'] {
	return sandbox.webhooks().endpoints.filter(({ deletedAt }) => deletedAt === null);
}

/** The one endpoint that exists at HeyGen. @throws Error when there are none or several. */
export function onlyEndpoint(sandbox: Sandbox): WebhooksView['endpoints'][number] {
	const [endpoint, ...others] = endpointsOf(sandbox);
	if (endpoint === undefined || others.length > 0) {
		throw new Error(`There are ${others.length + (endpoint === undefined ? 0 : 1)} endpoints`);
	}
	return endpoint;
}

/** What the node keeps of its endpoint. */
export function storedEndpoint(host: TriggerHost, kind?: Kind): IDataObject | undefined {
	return host.nodeData(kind).endpoint as IDataObject | undefined;
}

/** The error that some work ends with. @throws Error when it does not fail. */
export async function failureOf(work: Promise<unknown>): Promise<Error & { description?: string | null }> {
	const [result] = await Promise.allSettled([work]);
	if (result.status === 'rejected') return result.reason as Error;
	throw new Error('It did not fail');
}

/** An event's body as HeyGen writes it. */
export function eventBody(type = 'avatar_video.success', data: IDataObject = {}, id = freshEventId()): Buffer {
	const event_data = { video_id: 'v1', url: 'https://files.heygen.ai/v1.mp4', callback_id: null, ...data };
	const created_at = new Date().toISOString();
	return Buffer.from(JSON.stringify({ event_type: type, event_data, event_id: id, created_at }));
}

export function freshEventId(): string {
	return `evt_${randomUUID().replace(/-/g, '')}`;
}

/** HMAC-SHA256 of a body in lower-case hex. */
export function signature(body: Buffer | string, secret: string): string {
	return createHmac('sha256', secret).update(body).digest('hex');
}

export function sha256(body: Buffer): string {
	return createHash('sha256').update(body).digest('hex');
}

/** The headers of a genuine delivery. */
export function deliveryHeaders(body: Buffer, secret: string): Record<string, string> {
	return {
		'content-type': 'application/json',
		'heygen-signature': signature(body, secret),
		'heygen-timestamp': String(Math.floor(Date.now() / 1_000)),
		'heygen-event-id': freshEventId(),
	};
}

/** Headers without those named. */
export function without(headers: Record<string, string>, ...names: string[]): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** A request to a webhook, as anybody on the network could send it. */
export interface Knock {
	method?: string;
	headers?: Record<string, string | string[]>;
	body?: Buffer | string;
}

/** Sends a request over HTTP, headers as they are given. @returns the HTTP status */
export async function knock(url: string, { method = 'POST', headers = {}, body = '' }: Knock): Promise<number> {
	return await new Promise<number>((resolve, reject) => {
		const length = { 'content-length': String(Buffer.byteLength(body)) };
		const request = httpRequest(url, { method, headers: { ...headers, ...length } }, (response) => {
			response.resume().once('end', () => resolve(response.statusCode ?? 0));
		});
		request.once('error', reject).end(body);
	});
}

/** Looks for a text wherever an error can be read or logged. */
export function expectNotIn(value: unknown, text: string): void {
	const forms = [String(value), JSON.stringify(value) ?? '', inspect(value, { depth: 20, showHidden: true })];
	for (const form of forms) expect(form.includes(text)).toBe(false);
}

/** Changes an answer of HeyGen on its way; what it returns is sent instead. */
export type Rewrite = (answer: IDataObject, request: { method: string; path: string }) => IDataObject;

/** Stands between the nodes and a sandbox, for answers that the sandbox itself never gives. */
export class Rewriter {
	readonly apiKey: string;
	url = '';
	/** By default nothing is changed. */
	rewrite: Rewrite = (answer) => answer;
	private readonly server = createServer((request, response) => {
		const { method = 'GET', url: path = '/', headers } = request;
		void (async () => {
			const raw = await readBody(request);
			const reply = await fetch(this.sandbox.url + path, {
				method,
				headers: forwarded(headers),
				...(raw === null || raw.length === 0 ? {} : { body: new Uint8Array(raw) }),
			});
			const answer = (await reply.json()) as IDataObject;
			response.writeHead(reply.status, { 'Content-Type': 'application/json' });
			response.end(JSON.stringify(this.rewrite(answer, { method, path })));
		})().catch(() => response.destroy());
	});

	private constructor(private readonly sandbox: Sandbox) {
		this.apiKey = sandbox.apiKey;
	}

	static async start(sandbox: Sandbox): Promise<Rewriter> {
		const rewriter = new Rewriter(sandbox);
		rewriter.url = await listen(rewriter.server, 0);
		return rewriter;
	}

	async stop(): Promise<void> {
		await close(this.server);
	}
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
	const names = ['x-api-key', 'content-type', 'idempotency-key'];
	return Object.fromEntries(
		names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
	) as Record<string, string>;
}

/** The node as another process of n8n has it: with a memory of its own. */
export async function freshTrigger(): Promise<HeyGenTrigger> {
	let node: HeyGenTrigger | undefined;
	await jest.isolateModulesAsync(async () => {
		const module = await import('../../../nodes/HeyGenTrigger/HeyGenTrigger.node');
		node = new module.HeyGenTrigger();
	});
	if (node === undefined) throw new Error('The node was not loaded');
	return node;
}
