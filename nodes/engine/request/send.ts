import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { adviceFor, isAboutFields, readHeyGenError } from '../../heygen/errors';
import { IDEMPOTENCY_HOURS } from '../../heygen/limits';
import { idIn } from '../../heygen/records';
import { causeOf, EngineError, type ErrorDetails } from '../basics/errors';
import { inTime } from '../basics/inTime';
import { settle } from '../basics/settle';
import { now, pause, timing, wallClock } from '../basics/timing';
import type { Account } from './account';
import { isDoubtful, isEmptyBody, isNotReady, isSuccess, judgeReply, meantStatus, type Method } from './judgeReply';
import { GateTimeout, type Lane, type Line } from './pacing/gate';
import { replyError } from './replyErrors';
import { retryAfterMs, retryPause } from './retryPause';
import { failureWords, isCertificate, networkFailure, neverSent } from './wire';

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
	/** Whether nothing is read from the answer, so that one without a body says all; to a DELETE it always does. */
	answerless?: boolean;
	/** Whether the request may start a paid job, and so meets the limit on running jobs. */
	startsJob?: boolean;
	/** Told what becomes of the request. */
	doubt?: RequestWatch;
	/** What is being done, as "Could not …" continues it. */
	doing: string;
}

/** Whoever must know what may have come of a request. */
export interface RequestWatch {
	/** The request goes out now. */
	sent(): void;
	/** It is clear that this request has made nothing. An earlier one with the same key may have. */
	cleared(): void;
}

/** A successful answer. */
export interface ApiReply {
	statusCode: number;
	/** HeyGen's envelope: `data`, and for lists `has_more` and `next_token`. */
	body: { data?: unknown; has_more?: boolean; next_token?: string | null };
	/** Whether an earlier try of the same request may have done the work already. */
	repeated: boolean;
	/** Whether there is nothing to delete, which an earlier try of the same delete may have done, or somebody else. */
	gone?: boolean;
	/** When HeyGen answered, in Unix milliseconds by its own clock. */
	answeredAt: number;
}

/** How requests go out: with which key, at what pace, and how long they wait. */
export interface Connection {
	/** Host and pace of its API key, and a count of the keys it has had. */
	readonly account: Pick<Account, 'baseUrl' | 'gate' | 'version'>;
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
	/** n8n's request helper, bound to the credential. It ends with `abortSignal`, and when n8n cancels the execution. */
	readonly request: (options: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;
	/** Reads the credential again after the key of a version was refused. @returns whether there is another key now */
	readonly renewKey?: (refused: number) => Promise<boolean>;
}

/** Whatever sends requests with the credential: an item of a node run, a picker in the editor, or a trigger. */
export interface Client extends Connection {
	/** Sends a request; see the function `send`. */
	send(request: ApiRequest): Promise<ApiReply>;
}

/**
 * Makes the client that sends over a connection.
 *
 * @param connection how requests go out
 */
export function clientWith(connection: Connection): Client {
	return { ...connection, send: async (request) => await send(connection, request) };
}

/**
 * Sends a request until there is an answer that counts: paced by the gate, tried again when that is safe.
 *
 * @returns the successful answer
 * @throws EngineError for every other outcome; the cancel signal's reason when the execution is cancelled
 */
export async function send(connection: Connection, request: ApiRequest): Promise<ApiReply> {
	const lane: Lane = request.startsJob === true ? 'create' : 'read';
	const progress: Progress = { mayBeDone: false };
	// One for each request: Node.js warns when many wait on one signal, as the reads of all jobs of a run may.
	const signal = connection.signal && AbortSignal.any([connection.signal]);
	const sender: Connection = { ...connection, signal };
	/** Since when HeyGen's limits alone keep the request waiting. */
	let since: number | undefined;
	let failures = 0;
	let pauses = 0;
	let inProgressSince: number | undefined;
	let isRenewed = false;
	for (;;) {
		const { version } = connection.account;
		const attempt = await sendOnce(sender, request, lane, since, progress);
		if (attempt.verdict === 'ok') return attempt.reply;
		if (attempt.verdict === 'limited') {
			since ??= attempt.since;
			continue;
		}
		since = undefined;
		if (attempt.verdict === 'fail') {
			if (attempt.statusCode === 401 && !isRenewed && (await connection.renewKey?.(version)) === true) {
				isRenewed = true;
				continue;
			}
			if (request.method === 'DELETE' && progress.mayBeDone && attempt.statusCode === 404) {
				return { statusCode: 404, body: { data: {} }, repeated: true, gone: true, answeredAt: wallClock() };
			}
			throw attempt.error;
		}
		if (attempt.verdict === 'inProgress') {
			inProgressSince ??= now();
			if (now() - inProgressSince > timing.inProgressMax) throw attempt.error;
			await pause(retryPause(Math.min(pauses++, 2), attempt.retryAfter), signal);
		} else {
			if (failures === timing.retryCount) throw attempt.error;
			await pause(retryPause(failures++, attempt.retryAfter), signal);
		}
	}
}

/** What is known of a request over all its tries. */
interface Progress {
	/** Whether a try may have done the work. */
	mayBeDone: boolean;
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
	| { verdict: 'ok'; reply: ApiReply }
	| { verdict: 'limited'; since: number }
	| {
			verdict: 'fail' | 'retry' | 'inProgress';
			error: Error;
			statusCode?: number;
			retryAfter?: number;
	  };

async function sendOnce(
	connection: Connection,
	request: ApiRequest,
	lane: Lane,
	since: number | undefined,
	progress: Progress,
): Promise<Attempt> {
	const repeatable = isRepeatable(request);
	const askedAt = now();
	const { line, most, urgent, queueTimeout: patience } = connection;
	const entry = { lane, family: familyOf(request), line, most, urgent, patience, since };
	const entered = await settle(connection.account.gate.enter(entry, connection.signal));
	if (!entered.ok) {
		throw entered.error instanceof GateTimeout ? waitedTooLong(connection, request, progress) : entered.error;
	}
	const ticket = entered.value;
	const form = request.form?.make();
	request.doubt?.sent();
	const asking = inTime(timeLimit(connection, request), async (abortSignal) => {
		return await connection.request({ ...requestOptions(connection, request, form), abortSignal });
	});
	const answer = await settle(asking);
	void form?.end();
	if (!answer.ok) {
		ticket.done('failed');
		connection.signal?.throwIfAborted();
		const code = networkFailure(answer.error);
		if (code === undefined) {
			// n8n has refused to send it.
			notDone(request, progress);
			throw causeOf(answer.error);
		}
		const isUnsent = neverSent(answer.error, code);
		if (isUnsent) notDone(request, progress);
		else progress.mayBeDone = true;
		const again = (repeatable || isUnsent) && !isCertificate(code);
		return { verdict: again ? 'retry' : 'fail', error: noAnswer(connection, request, code, progress) };
	}
	const { headers, body } = answer.value;
	const statusCode = meantStatus(answer.value.statusCode, body);
	const needsBody = request.method !== 'DELETE' && request.answerless !== true;
	// Completing an upload is repeated by whoever asks for it, which knows how long that may take.
	const isEarly = request.startsJob === true && isNotReady(statusCode, body);
	const verdict = isEarly ? 'retry' : judgeReply(statusCode, body, repeatable, needsBody);
	const retryAfter = retryAfterMs(headers['retry-after'], headers.date);
	const outcome = verdict === 'limited' ? 'limited' : 'accepted';
	// A failure may stop the node: it has to know before the place goes to the next item, which may cost money.
	if (verdict === 'fail') void pause(0).then(() => ticket.done(outcome));
	else ticket.done(outcome, retryAfter);
	if (verdict === 'ok') {
		const reply: ApiReply['body'] = isEmptyBody(body) ? {} : (body as ApiReply['body']);
		return { verdict, reply: { statusCode, body: reply, repeated: progress.mayBeDone, answeredAt: dateOf(headers) } };
	}
	if (verdict === 'inProgress' || isDoubtful(statusCode, body)) progress.mayBeDone = true;
	else {
		if (isAboutContent(statusCode, body)) progress.mayBeDone = false;
		notDone(request, progress);
	}
	if (verdict === 'limited') return { verdict, since: askedAt };
	const error = isSuccess(statusCode) && isDoubtful(statusCode, body)
		? unreadableReply(connection, request, body, progress)
		: replyError(
				request.doing,
				{ ...answer.value, statusCode },
				adviceAfter(connection, request, { statusCode, body }, progress),
				doubtful(request, progress.mayBeDone),
			);
	return { verdict, error, statusCode, retryAfter };
}

/**
 * Whether HeyGen refuses the content itself, which an earlier try of the same request would have met as well. It names the
 * field then; a firewall or proxy, which may let one try pass and not the other, names none.
 */
function isAboutContent(statusCode: number, body: unknown): boolean {
	return (isAboutFields(statusCode) || isSuccess(statusCode)) && readHeyGenError(body).param !== undefined;
}

/** A try has made nothing; the doubt is over unless an earlier one has left it. */
function notDone({ doubt }: ApiRequest, { mayBeDone }: Progress): void {
	if (!mayBeDone) doubt?.cleared();
}

/** When HeyGen answered by its own clock, or by ours when it does not say. */
function dateOf(headers: IDataObject): number {
	const date = Date.parse(String(headers.date));
	return Number.isNaN(date) ? wallClock() : date;
}

/** What to do about a refusal, where that depends on what may have happened. */
function adviceAfter(
	{ again }: Connection,
	request: ApiRequest,
	{ statusCode, body }: Pick<IN8nHttpFullResponse, 'statusCode' | 'body'>,
	{ mayBeDone }: Progress,
): string | undefined {
	const { code } = readHeyGenError(body);
	const isCreate = request.method === 'POST' && mayBeDone;
	const redirected = statusCode < 400 && !isSuccess(statusCode) ? `${REDIRECTED} ` : '';
	if (statusCode >= 500 && again !== undefined) return again;
	// HeyGen's code says more: an earlier create with the same key goes on.
	if (code === 'request_in_progress') return `${adviceFor(statusCode, code)} ${callbackInWords(request)}`.trim();
	if (isCreate) return redirected + maybeDone(request);
	return redirected === '' ? undefined : redirected.trim();
}

const REDIRECTED =
	"HeyGen's API never redirects: check the credential's 'Base URL', and what stands between n8n and HeyGen.";

function waitedTooLong({ again }: Connection, request: ApiRequest, { mayBeDone }: Progress): EngineError {
	const ofItem = [
		"Raise 'Queue Timeout' in the options, or run fewer items at a time.",
		request.method !== 'POST' ? '' : mayBeDone ? maybeDone(request) : 'Nothing was created for this item.',
	];
	return new EngineError(
		`Could not ${request.doing}: HeyGen kept refusing it because of its rate or concurrency limit`,
		again ?? ofItem.join(' ').trim(),
		{ httpCode: '429', code: 'rate_limit_exceeded', ...doubtful(request, mayBeDone) },
	);
}

function requestOptions(connection: Connection, request: ApiRequest, form?: object): IHttpRequestOptions {
	return {
		timeout: timeoutOf(request),
		...connection.transport,
		method: request.method,
		baseURL: connection.account.baseUrl,
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

/** Milliseconds for which the connection may be silent: the request helper's time-out. */
function timeoutOf(request: ApiRequest): number {
	return ownTimeout(request) + uploadTime(request);
}

/** Milliseconds until the whole answer must be there. A file gets its time besides a time-out of the user's. */
function timeLimit({ transport }: Connection, request: ApiRequest): number {
	const given = transport.timeout === undefined ? ownTimeout(request) : Number(transport.timeout);
	// The request helper takes 0 for no time-out.
	return given > 0 ? given + uploadTime(request) : Infinity;
}

function ownTimeout({ method }: ApiRequest): number {
	return method === 'GET' ? timing.readTimeout : timing.writeTimeout;
}

/** Milliseconds that a file in the request may take on the slowest connection. */
function uploadTime({ form }: ApiRequest): number {
	return ((form?.bytes ?? 0) / timing.slowestUpload) * 1_000;
}

function noAnswer({ again }: Connection, request: ApiRequest, code: string, { mayBeDone }: Progress): EngineError {
	const reach = `${CHECK_BASE_URL}, then run the item again.`;
	const isCreate = request.method === 'POST';
	const ofItem = isCreate && mayBeDone ? maybeDone(request) : isCreate ? `Nothing reached HeyGen. ${reach}` : reach;
	return new EngineError(
		`Could not ${request.doing}: ${failureWords(code)}`,
		again === undefined ? ofItem : `${CHECK_BASE_URL}. ${again}`,
		doubtful(request, mayBeDone),
	);
}

const CHECK_BASE_URL = "Check that this n8n can reach the credential's 'Base URL'";

function unreadableReply({ again }: Connection, request: ApiRequest, body: unknown, { mayBeDone }: Progress): EngineError {
	const ofItem = request.method === 'POST' ? maybeDone(request) : '';
	// The whole of a foreign answer may repeat the API key.
	const id = isPlainObject(body) ? idIn(body as IDataObject, ['video_id', 'asset_id', 'batch_id']) : undefined;
	const named = id === undefined ? '' : `It names the id ${id}. `;
	return new EngineError(
		`Could not ${request.doing}: the answer is not in HeyGen's format`,
		`${named}A proxy or firewall between n8n and HeyGen may have put its own page there. ${again ?? ofItem}`.trim(),
		{ ...doubtful(request, mayBeDone), ...(id === undefined ? {} : { ids: [id] }) },
	);
}

/**
 * What the details of an error say of a create that may have been done.
 *
 * @param request any request
 * @param mayBeDone whether a try of it may have done its work
 */
export function doubtful(request: ApiRequest, mayBeDone: boolean): ErrorDetails {
	if (request.method !== 'POST' || !mayBeDone) return {};
	return { mayExist: true, callback_id: callbackOf(request) };
}

function callbackOf({ body }: ApiRequest): string | undefined {
	return typeof body?.callback_id === 'string' ? body.callback_id : undefined;
}

function callbackInWords(request: ApiRequest): string {
	const callbackId = callbackOf(request);
	return callbackId === undefined ? '' : `Its callback ID, which HeyGen's events name, is ${callbackId}.`;
}

/**
 * What to do about a create that may have been done.
 *
 * @param request the create
 */
export function maybeDone(request: ApiRequest): string {
	if (request.repeatable === true) return 'Run the item again: this does its work once, however often it is sent.';
	return [
		'HeyGen may have taken the request all the same.',
		request.idempotencyKey === undefined
			? "It carried no idempotency key: look into 'Get Many', or into HeyGen itself, before running it again."
			: `n8n's Retry On Fail, and the retry of this execution, repeat it with the same idempotency key, which does not pay twice within ${IDEMPOTENCY_HOURS} hours; after that, and before another start, look into 'Get Many' or HeyGen itself.`,
		callbackInWords(request),
	]
		.join(' ')
		.trim();
}
