import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { causeOf, EngineError, replyError } from './errors';
import { GateTimeout, type Gate, type Lane, type Line } from './gate';
import { judge, retryAfterMs, retryPause, type Method } from './retry';
import { settle } from './settle';
import { now, pause, timing } from './timing';

/** One request to HeyGen's API, as the rest of the engine asks for it. */
export interface ApiRequest {
	method: Method;
	/** Path from the base URL on, complete: "/v3/videos/abc". */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** A form instead of a body; made anew for every try, since a file in it is read once. `bytes` sizes the time-out. */
	form?: { make: () => { end(): Promise<void> }; bytes: number };
	/** Makes a POST safe to repeat (API reference, section Idempotency-Key). */
	idempotencyKey?: string;
	/** A POST that does its work once however often it is sent, without a key. */
	repeatable?: boolean;
	/** Whether the request may start a paid job, and so meets the limit on running jobs. */
	startsJob?: boolean;
	/** What is being done, as "Could not …" continues it. */
	doing: string;
}

/** A successful answer. */
export interface ApiReply {
	statusCode: number;
	/** HeyGen's envelope: `data`, and for lists `has_more` and `next_token`. */
	body: { data?: unknown; has_more?: boolean; next_token?: string | null };
	/** Whether an earlier try of the same request may have done the work already. */
	repeated: boolean;
}

/** Whatever can send requests with the credential: an item of a node run, or a picker in the editor. */
export interface Client {
	readonly baseUrl: string;
	readonly gate: Gate;
	/** The node run the request belongs to; none when it stands alone. */
	readonly line?: Line;
	/** The most requests of the run at a time. */
	readonly most?: number;
	/** Whether it goes before others that wait: somebody sits before the editor, or a trigger waits. */
	readonly urgent?: boolean;
	/** Milliseconds for which HeyGen's limits may let no request of the kind through. */
	readonly queueTimeout: number;
	readonly signal?: AbortSignal;
	/** How to try again what may well succeed later, where it is no item that could be run again. */
	readonly again?: string;
	/** Proxy, TLS and domain settings of the node, and its time-out when the user set one. */
	readonly transport: Partial<IHttpRequestOptions>;
	/** n8n's request helper, bound to the credential. */
	readonly request: (options: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;
}

/** Whoever can ask HeyGen. */
export interface Asker {
	readonly client: Client;
	/** Sends a request. */
	send(request: ApiRequest): Promise<ApiReply>;
}

/**
 * Makes a client one that asks.
 *
 * @param client sends the requests
 */
export function askerWith(client: Client): Asker {
	return { client, send: async (request) => await send(client, request) };
}

/**
 * Sends a request until there is an answer that counts: paced by the gate, tried again when that is safe.
 *
 * @returns the successful answer
 * @throws EngineError for every other outcome; the cancel signal's reason when the execution is cancelled
 */
export async function send(client: Client, request: ApiRequest): Promise<ApiReply> {
	const lane: Lane = request.startsJob === true ? 'create' : 'read';
	/** Since when HeyGen's limits alone keep the request waiting. */
	let since: number | undefined;
	let failures = 0;
	let pauses = 0;
	let inProgressSince: number | undefined;
	let repeated = false;
	for (;;) {
		const attempt = await sendOnce(client, request, lane, since, repeated);
		if (attempt.verdict === 'ok') return { ...attempt.reply, repeated } as ApiReply;
		if (attempt.verdict === 'limited') {
			since ??= attempt.since;
			continue;
		}
		since = undefined;
		if (attempt.verdict === 'fail') {
			// The first try deleted it, and its answer was lost on the way.
			if (request.method === 'DELETE' && repeated && attempt.reply?.statusCode === 404) {
				return { statusCode: 200, body: { data: {} }, repeated };
			}
			throw attempt.error;
		}
		repeated = true;
		if (attempt.verdict === 'inProgress') {
			inProgressSince ??= now();
			if (now() - inProgressSince > timing.inProgressMax) throw attempt.error;
			await pause(retryPause(Math.min(pauses++, 2), attempt.retryAfter), client.signal);
		} else {
			if (failures === timing.retryCount) throw attempt.error;
			await pause(retryPause(failures++, attempt.retryAfter), client.signal);
		}
	}
}

/**
 * What HeyGen is likely to limit together: reads, creates and other writes of one kind of thing ("GET /v3/videos"). Bulk
 * statuses are apart: running jobs are looked at through them, and must not wait for whoever reads one by one. A finer
 * division would learn each limit anew; a coarser one would let a limit of one endpoint slow the others.
 */
export function familyOf({ method, path }: Pick<ApiRequest, 'method' | 'path'>): string {
	const [, version, kind] = path.split('/');
	const isStatuses = method === 'GET' && path.endsWith('/statuses');
	const way = method === 'GET' || method === 'POST' ? method : 'WRITE';
	return `${way} /${version}/${kind}${isStatuses ? '/statuses' : ''}`;
}

/** Whether sending the request twice does its work once. */
function isRepeatable({ method, idempotencyKey, repeatable }: ApiRequest): boolean {
	if (method !== 'POST' && method !== 'PATCH') return true;
	return repeatable === true || idempotencyKey !== undefined;
}

type Attempt =
	| { verdict: 'ok'; reply: IN8nHttpFullResponse }
	| { verdict: 'limited'; since: number }
	| {
			verdict: 'fail' | 'retry' | 'inProgress';
			error: Error;
			reply?: IN8nHttpFullResponse;
			retryAfter?: number;
	  };

async function sendOnce(
	client: Client,
	request: ApiRequest,
	lane: Lane,
	since: number | undefined,
	repeated: boolean,
): Promise<Attempt> {
	const repeatable = isRepeatable(request);
	const askedAt = now();
	const { line, most, urgent, queueTimeout: patience } = client;
	const entry = { lane, family: familyOf(request), line, most, urgent, patience, since };
	const entered = await settle(client.gate.enter(entry, client.signal));
	if (!entered.ok) {
		throw entered.error instanceof GateTimeout ? waitedTooLong(client, request, repeated) : entered.error;
	}
	const ticket = entered.value;
	const form = request.form?.make();
	const answer = await settle(client.request(requestOptions(client, request, form)));
	void form?.end();
	if (!answer.ok) {
		ticket.done('failed');
		client.signal?.throwIfAborted();
		const code = networkFailure(answer.error);
		if (code === undefined) throw causeOf(answer.error);
		const again = repeatable && !CERTIFICATE.test(code);
		return { verdict: again ? 'retry' : 'fail', error: noAnswer(client, request, code) };
	}
	const reply = answer.value;
	const verdict = judge(reply.statusCode, reply.body, repeatable);
	const retryAfter = retryAfterMs(reply.headers['retry-after'], reply.headers.date);
	const outcome = verdict === 'limited' ? 'limited' : 'accepted';
	// A failure may stop the node: it has to know before the place goes to the next item, which may cost money.
	if (verdict === 'fail') void pause(0).then(() => ticket.done(outcome));
	else ticket.done(outcome, retryAfter);
	if (verdict === 'ok') return { verdict, reply };
	if (verdict === 'limited') return { verdict, since: askedAt };
	// A create that ended in a 5xx may have been done all the same.
	const isDoubtful = request.method === 'POST' && reply.statusCode >= 500;
	const advice = reply.statusCode >= 500 ? (client.again ?? (isDoubtful ? maybeDone(request) : undefined)) : undefined;
	const error =
		reply.statusCode < 300
			? unreadableReply(client, request)
			: replyError(request.doing, reply, advice);
	return { verdict, error, reply, retryAfter };
}

function waitedTooLong({ again }: Client, request: ApiRequest, repeated: boolean): EngineError {
	const ofItem = [
		"Raise 'Queue Timeout' in the options, or run fewer items at a time.",
		request.method !== 'POST' ? '' : repeated ? maybeDone(request) : 'Nothing was created for this item.',
	];
	return new EngineError(
		`Could not ${request.doing}: HeyGen kept refusing it because of its rate or concurrency limit`,
		again ?? ofItem.join(' ').trim(),
		{ httpCode: '429', code: 'rate_limit_exceeded' },
	);
}

function requestOptions(client: Client, request: ApiRequest, form?: object): IHttpRequestOptions {
	return {
		timeout: timeoutOf(request),
		...client.transport,
		method: request.method,
		baseURL: client.baseUrl,
		url: request.path,
		...(request.query === undefined ? {} : { qs: request.query }),
		...(request.body === undefined ? {} : { body: request.body }),
		...(form === undefined ? {} : { body: form as IDataObject }),
		headers:
			request.idempotencyKey === undefined ? {} : { 'Idempotency-Key': request.idempotencyKey },
		json: true,
		returnFullResponse: true,
		// All answers are judged in one place, with their headers and bodies.
		ignoreHttpStatusErrors: true,
		// The API never redirects; following one would carry the key to another host.
		disableFollowRedirect: true,
	};
}

/** Milliseconds until the whole answer must be there. */
function timeoutOf({ method, form }: ApiRequest): number {
	if (method === 'GET') return timing.readTimeout;
	return timing.writeTimeout + ((form?.bytes ?? 0) / timing.slowestUpload) * 1_000;
}

const CERTIFICATE = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/;
const WIRE_FAILURE =
	/^(ECONN|HPE_|ETIMEDOUT|EPIPE|EPROTO|EHOST|ENET|ENOTFOUND|EAI_|ERR_(BAD_RESPONSE|NETWORK|TLS|SSL|STREAM))|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

/**
 * The system's code of a failure on the wire ("ECONNRESET").
 *
 * @param error what n8n's request helpers or its binary store threw
 * @returns undefined when it was something else: a bad credential, a forbidden domain, a full disk
 */
export function networkFailure(error: unknown): string | undefined {
	const cause = (error as { cause?: unknown } | null | undefined)?.cause ?? error;
	const code = (cause as { code?: unknown } | null | undefined)?.code;
	return typeof code === 'string' && WIRE_FAILURE.test(code) ? code : undefined;
}

/** Words for a system code; the codes themselves must not be in messages, n8n replaces such messages. */
export function failureWords(code: string): string {
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'no answer within the time-out';
	if (code === 'ECONNREFUSED') return 'the connection was refused';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host name could not be resolved';
	if (CERTIFICATE.test(code)) return 'the TLS certificate was not accepted';
	return 'the connection was lost';
}

function noAnswer({ again }: Client, request: ApiRequest, code: string): EngineError {
	const ofItem = request.method === 'POST' ? maybeDone(request) : `${CHECK_BASE_URL}, then run the item again.`;
	return new EngineError(
		`Could not ${request.doing}: ${failureWords(code)}`,
		again === undefined ? ofItem : `${CHECK_BASE_URL}. ${again}`,
	);
}

const CHECK_BASE_URL = "Check that this n8n can reach the credential's 'Base URL'";

function unreadableReply({ again }: Client, request: ApiRequest): EngineError {
	const ofItem = request.method === 'POST' ? maybeDone(request) : '';
	return new EngineError(
		`Could not ${request.doing}: the answer is not in HeyGen's format`,
		`A proxy or firewall between n8n and HeyGen may have put its own page there. ${again ?? ofItem}`.trim(),
	);
}

function maybeDone({ idempotencyKey, repeatable }: ApiRequest): string {
	if (repeatable === true) return 'Run the item again: this does its work once, however often it is sent.';
	return `HeyGen may have taken the request all the same. ${
		idempotencyKey === undefined
			? "It carried no idempotency key: look into 'Get Many' before running it again."
			: "n8n's Retry On Fail repeats it with the same idempotency key, which never pays twice; before a run by hand look into 'Get Many'."
	}`;
}
