import isEmpty from 'lodash/isEmpty';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { isAboutFields, readHeyGenError } from '../../heygen/errors';
import { causeOf, EngineError } from '../basics/errors';
import { inTime } from '../basics/inTime';
import { settle } from '../basics/settle';
import { now, pause, timing, wallClock } from '../basics/timing';
import { idBesideError, inEnvelope } from './anyAnswer';
import type { ApiReply, ApiRequest } from './apiRequest';
import type { Client, Connection } from './client';
import { fileTypeOf, isDoubtful, isEmptyBody, isForeignText, isMissingEndpoint, isNotReady, isOwnFailure, isSuccess, judgeReply, meantStatus } from './judgeReply';
import { GateTimeout } from './pacing/gate';
import { replyError } from './replyErrors';
import { adviceAfter, doubtful, fileReply, noAnswer, type Progress, unreadableReply, waitedTooLong } from './requestErrors';
import { retryAfterMs, retryPause } from './retryPause';
import { isCertificate, networkFailure, neverSent } from './wire';

/**
 * Makes the client that sends over a connection.
 *
 * @param connection how requests go out
 */
export function clientWith(connection: Connection): Client {
	return { ...connection, send: async (request) => await send(connection, request) };
}

/**
 * A client that stops at one more signal.
 *
 * @param client sends the requests
 * @param end stops them, besides the client's own signal
 */
export function clientUntil(client: Client, end: AbortSignal): Client {
	return clientWith({ ...client, signal: AbortSignal.any([end, ...(client.signal === undefined ? [] : [client.signal])]) });
}

/**
 * Sends a request until there is an answer that counts: paced by the gate, tried again when that is safe.
 *
 * @returns the successful answer
 * @throws EngineError for every other outcome; the cancel signal's reason when the execution is cancelled
 */
export async function send(connection: Connection, request: ApiRequest): Promise<ApiReply> {
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
	let isRepeated = false;
	for (;;) {
		const { version } = connection.account;
		const attempt = await sendOnce(sender, request, since, progress);
		if (attempt.verdict === 'ok') return attempt.reply;
		if (attempt.verdict === 'limited') {
			connection.tally?.refusedByLimit();
			since ??= attempt.since;
			continue;
		}
		since = undefined;
		let isOver = attempt.verdict === 'fail';
		if (attempt.verdict === 'fail') {
			if (attempt.statusCode === 401 && !isRenewed && (await connection.renewKey?.(version)) === true) {
				isRenewed = true;
				continue;
			}
			// A proxy's page says nothing of what there is.
			if (request.method === 'DELETE' && progress.mayBeDone && attempt.statusCode === 404 && attempt.isMissing === true) {
				return { statusCode: 404, body: { data: {} }, repeated: true, gone: true, answeredAt: wallClock() };
			}
			if (request.mayBeMissing === true && attempt.isMissing === true) {
				return { statusCode: 404, body: { data: {} }, repeated: progress.mayBeDone, missing: true, answeredAt: wallClock() };
			}
		} else if (attempt.verdict === 'inProgress') {
			inProgressSince ??= now();
			isOver = now() - inProgressSince > timing.inProgressMax;
			if (!isOver) await pause(retryPause(Math.min(pauses++, 2), attempt.retryAfter), signal);
		} else {
			isOver = failures === timing.retryCount;
			if (!isOver) await pause(retryPause(failures++, attempt.retryAfter), signal);
		}
		const found = progress.mayBeDone ? await request.lookUp?.() : undefined;
		if (found !== undefined) return { statusCode: 200, body: { data: found }, repeated: true, answeredAt: wallClock() };
		if (isOver) throw attempt.error;
		if (!isRepeated) connection.tally?.repeated();
		isRepeated = true;
	}
}

/** Parts of paths that are words of the API, and no IDs: "speech", "event-types". */
const PATH_WORD = /^[a-z]{2,30}(-[a-z]{2,30}){0,3}$/;

/**
 * What HeyGen is likely to limit together: an endpoint, whatever the ID in its path ("GET /v3/voices/*"). A limit of the
 * speeches must slow neither the clones nor the reads of voices. Batches go with what they are made of, changes and deletes
 * of one kind of thing with each other: few of these are sent, and each family learns its limit anew.
 */
export function familyOf({ method, path }: Pick<ApiRequest, 'method' | 'path'>): string {
	const [, version, kind, ...rest] = path.split('/');
	if (method !== 'GET' && method !== 'POST') return `WRITE /${version}/${kind}`;
	const parts = rest.map((part) => (PATH_WORD.test(part) ? part : '*')).filter((part) => part !== 'batches');
	return `${method} /${[version, kind, ...parts].join('/')}`;
}

/** Whether sending the request twice does its work once. */
function isRepeatable({ method, idempotencyKey, repeatable }: ApiRequest): boolean {
	if (method !== 'POST' && method !== 'PATCH') return true;
	return repeatable ?? idempotencyKey !== undefined;
}

type Attempt =
	| { verdict: 'ok'; reply: ApiReply }
	| { verdict: 'limited'; since: number }
	| {
			verdict: 'fail' | 'retry' | 'inProgress';
			error: Error;
			statusCode?: number;
			retryAfter?: number;
			isMissing?: boolean;
	  };

async function sendOnce(
	connection: Connection,
	request: ApiRequest,
	since: number | undefined,
	progress: Progress,
): Promise<Attempt> {
	const repeatable = isRepeatable(request);
	const askedAt = now();
	const { line, most, urgent, queueTimeout: patience } = connection;
	const entry = { lane: request.startsJob, family: familyOf(request), line, most, urgent, patience, since };
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
		const code = networkFailure(answer.error);
		const isUnsent = code !== undefined && neverSent(answer.error, code);
		const again = code !== undefined && (repeatable || isUnsent) && !isCertificate(code);
		if (again) ticket.done('failed');
		else afterFailure(() => ticket.done('failed'));
		connection.signal?.throwIfAborted();
		if (code === undefined) {
			// n8n has refused to send it.
			notDone(request, progress);
			throw causeOf(answer.error);
		}
		if (isUnsent) notDone(request, progress);
		else progress.mayBeDone = true;
		return { verdict: again ? 'retry' : 'fail', error: noAnswer(connection, request, code, progress) };
	}
	const { headers, body: given } = answer.value;
	const body = request.anyAnswer === true ? inEnvelope(answer.value.statusCode, given, headers['content-type']) : given;
	const statusCode = meantStatus(answer.value.statusCode, body);
	const mayBeEmpty = request.answerless === true || (request.anyAnswer === true && request.method !== 'GET');
	const needsBody = request.method !== 'DELETE' && !mayBeEmpty;
	// Completing an upload is repeated by whoever asks for it, which knows how long that may take.
	const isEarly = request.startsJob !== undefined && isNotReady(statusCode, body);
	const isJson = typeof given === 'object' && !Buffer.isBuffer(given);
	const mayBeFile = request.anyAnswer === true && isSuccess(statusCode) && !isJson && !isEmptyBody(given);
	const fileType = mayBeFile ? fileTypeOf(headers['content-type']) : undefined;
	const isClear = request.failsClearly === true && isOwnFailure(statusCode, body);
	const judged = isEarly || isClear ? 'retry' : judgeReply(statusCode, body, repeatable, needsBody);
	const madeId = isSuccess(answer.value.statusCode) ? idBesideError(body) : undefined;
	const isFinal =
		// The same request would be answered with the same file.
		fileType !== undefined ||
		// So would a POST that was answered with a text, and may do its work once more.
		(request.anyAnswer === true && request.method === 'POST' && isForeignText(statusCode, body, headers['content-type'])) ||
		// What has an ID has been made.
		(madeId !== undefined && !repeatable);
	const verdict = isFinal ? 'fail' : judged;
	const retryAfter = retryAfterMs(headers['retry-after'], headers.date);
	const outcome = verdict === 'limited' ? 'limited' : 'accepted';
	if (verdict === 'fail') afterFailure(() => ticket.done(outcome));
	else ticket.done(outcome, retryAfter);
	if (verdict === 'ok') {
		const reply: ApiReply['body'] = isEmptyBody(body) ? {} : (body as ApiReply['body']);
		const whole = request.anyAnswer === true ? { whole: { body: given, headers } } : {};
		return { verdict, reply: { statusCode, body: reply, ...whole, repeated: progress.mayBeDone, answeredAt: dateOf(headers) } };
	}
	if (verdict === 'inProgress' || madeId !== undefined || (isDoubtful(statusCode, body) && !isClear)) progress.mayBeDone = true;
	else {
		if (isAboutContent(statusCode, body)) progress.mayBeDone = false;
		notDone(request, progress);
	}
	if (verdict === 'limited') return { verdict, since: askedAt };
	const failure = (): Error => {
		if (fileType !== undefined) return fileReply(request, fileType);
		if (isSuccess(statusCode) && isDoubtful(statusCode, body)) return unreadableReply(connection, request, body, progress);
		const advice = adviceAfter(connection, request, { statusCode, body }, progress);
		const named = madeId === undefined ? {} : { ids: [madeId] };
		const error = replyError(request.doing, { ...answer.value, body, statusCode, path: request.path }, advice, { ...doubtful(request, progress.mayBeDone), ...named });
		return madeId === undefined ? error : new EngineError(error.message, `The answer names the ID ${madeId}. ${error.advice}`.trim(), error.details);
	};
	return { verdict, error: failure(), statusCode, retryAfter, isMissing: isMissingEndpoint(statusCode, body) };
}

/** A failure may stop the node: it has to know before the place goes to the next item, which may cost money. */
function afterFailure(giveAway: () => void): void {
	void pause(0).then(giveAway);
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

function requestOptions(connection: Connection, request: ApiRequest, form?: object): IHttpRequestOptions {
	// n8n's request helper leaves out a record with nothing in it (n8n-core 2.41), which an endpoint may ask for.
	const isBare = request.body !== undefined && isEmpty(request.body);
	return {
		timeout: timeoutOf(request),
		...connection.transport,
		method: request.method,
		baseURL: connection.account.baseUrl,
		url: request.path,
		...(request.query === undefined ? {} : { qs: request.query }),
		...(request.body === undefined ? {} : { body: isBare ? '{}' : request.body }),
		...(form === undefined ? {} : { body: form as IDataObject }),
		headers: {
			// n8n finds out by itself for all but texts.
			...(isBare ? { 'Content-Type': 'application/json' } : {}),
			...(request.idempotencyKey === undefined ? {} : { 'Idempotency-Key': request.idempotencyKey }),
		},
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
