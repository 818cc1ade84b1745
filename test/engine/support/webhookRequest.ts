/** Requests and responses as n8n's webhook endpoint hands them to a node: express objects, reduced to what is used. */
import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

type HttpRequest = NonNullable<IWorkflowExecuteAdditionalData['httpRequest']>;
type HttpResponse = NonNullable<IWorkflowExecuteAdditionalData['httpResponse']>;

/** A request as far as n8n has read it. */
export interface WebhookRequest {
	method: string;
	headers: IncomingHttpHeaders;
	/** As it came over the wire. n8n leaves the body of a form with files unread. */
	rawBody?: Buffer;
	body?: unknown;
	params: object;
	query: object;
}

/** A response as express offers it. */
export interface WebhookResponse extends EventEmitter {
	statusCode: number;
	status(code: number): this;
	send(text: string): this;
	end(): unknown;
}

/** What n8n answers by itself. */
export class HttpProblem extends Error {
	/** @param status HTTP status that n8n answers with */
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/**
 * Reads a body as n8n's body parser does for a node of version 1, whatever its type.
 *
 * @throws HttpProblem 422 when it is not what its type says
 */
export function withBody(method: string, headers: IncomingHttpHeaders, raw: Buffer): WebhookRequest {
	const request: WebhookRequest = { method, headers, params: {}, query: {} };
	const [type = '', ...parameters] = (headers['content-type'] ?? '').split(';');
	const contentType = type.toLowerCase();
	if (contentType.startsWith('multipart/')) return { ...request, body: { data: {}, files: {} } };
	const charset = parameters.map((text) => /^\s*charset="?([^"]*)"?$/i.exec(text)?.[1]).find(Boolean);
	const encoding = (charset ?? 'utf-8').toLowerCase() as BufferEncoding;
	request.rawBody = raw;
	if (raw.length === 0) return request;
	try {
		if (contentType === 'application/json') request.body = JSON.parse(raw.toString(encoding).replace(/^\ufeff/, ''));
		else if (contentType === 'application/x-www-form-urlencoded') request.body = parse(raw.toString(encoding));
		else if (contentType === 'text/plain') request.body = raw.toString(encoding);
	} catch (error) {
		throw new HttpProblem(422, `Failed to parse request body: ${(error as Error).message}`);
	}
	return request;
}

/** The whole body of a request. */
export async function rawBodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** Gives a response of Node.js the methods of express. */
export function asExpress(response: ServerResponse): WebhookResponse {
	const express: WebhookResponse = Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return express;
		},
		send(text: string) {
			if (!response.writableEnded) response.end(text);
			return express;
		},
	});
	return express;
}

/** A response without a connection, for thousands of requests. */
export class LooseResponse extends EventEmitter implements WebhookResponse {
	statusCode = 200;
	/** Whether the answer has gone out. */
	writableFinished = false;

	/** @param destroyed whether whoever waits for the answer has hung up by now */
	constructor(readonly destroyed = false) {
		super();
	}

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	send(_text: string): this {
		this.end();
		return this;
	}

	end(): void {
		if (this.writableFinished) return;
		this.writableFinished = true;
		this.emit('finish');
		this.emit('close');
	}
}

/** Both in the types that n8n's contexts take. */
export function forContext(
	request: WebhookRequest,
	response: WebhookResponse,
): { httpRequest: HttpRequest; httpResponse: HttpResponse } {
	// Whole express objects for what a node reads of them would only hide what that is.
	return {
		httpRequest: request as unknown as HttpRequest,
		httpResponse: response as unknown as HttpResponse,
	};
}
