import isEmpty from 'lodash/isEmpty';

import { readHeyGenError } from '../../heygen/errors';

/** Which answers are tried again, and when. docs/errors.md lists HeyGen's codes, docs/invariants.md the reasons. */

/** HTTP methods this package sends. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What to do with an answer. */
export type ReplyVerdict = 'ok' | 'limited' | 'inProgress' | 'retry' | 'fail';

/**
 * Judges an answer.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 * @param repeatable whether sending the same request twice does the work once: reads, PUT and DELETE, and a POST
 *   that carries an idempotency key
 * @param needsBody whether something is read from the answer; a delete has done its work without a word
 */
export function judgeReply(statusCode: number, body: unknown, repeatable: boolean, needsBody = true): ReplyVerdict {
	const status = meantStatus(statusCode, body);
	if (isSuccess(status)) {
		if (saysNo(body)) return 'fail';
		if (isEnvelope(body) || (!needsBody && isEmptyBody(body))) return 'ok';
		// A success whose body is not HeyGen's: something between us and HeyGen, or an answer cut short.
		return repeatable ? 'retry' : 'fail';
	}
	const { code } = readHeyGenError(body);
	if (status === 429) return code === 'quota_exceeded' ? 'fail' : 'limited';
	if (status === 409 && code === 'request_in_progress') return repeatable ? 'inProgress' : 'fail';
	return repeatable && isUnclear(status) ? 'retry' : 'fail';
}

/**
 * Whether HeyGen says that what a job is to be made from, a file just uploaded or an avatar in training, is not there yet.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 */
export function isNotReady(statusCode: number, body: unknown): boolean {
	return statusCode === 409 && readHeyGenError(body).code === 'resource_not_ready';
}

/**
 * Whether HeyGen says that it has no such endpoint, or not for this method. A page or a text is somebody else's word.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 */
export function isMissingEndpoint(statusCode: number, body: unknown): boolean {
	return (statusCode === 404 || statusCode === 405) && (isEmptyBody(body) || isObject(body));
}

/** HeyGen's codes for what has failed in its own house (API reference, section Codes). A time-out leaves it open. */
const OWN_FAILURES: ReadonlySet<string> = new Set(['internal_error', 'voice_provider_error', 'service_unavailable']);

/**
 * Whether HeyGen itself says that it has failed. A proxy's page says nothing of what HeyGen has done.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 */
export function isOwnFailure(statusCode: number, body: unknown): boolean {
	return statusCode >= 500 && OWN_FAILURES.has(readHeyGenError(body).code);
}

/** Time-out, too early, connection closed. */
const LOST_TRACK: ReadonlySet<number> = new Set([408, 425, 499]);

/**
 * Whether an answer leaves open what HeyGen has done. A redirect does as well: the API has none, so it comes from
 * something in front of HeyGen, or from behind it.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 */
export function isDoubtful(statusCode: number, body: unknown): boolean {
	const status = meantStatus(statusCode, body);
	return isSuccess(status) ? !isEnvelope(body) && !saysNo(body) : isUnclear(status);
}

/**
 * Whether a status is no word about the request: neither success nor a refusal.
 *
 * @param statusCode HTTP status
 */
export function isUnclear(statusCode: number): boolean {
	if (isSuccess(statusCode)) return false;
	return statusCode < 400 || statusCode >= 500 || hasLostTrack(statusCode);
}

/**
 * Whether a server or proxy has lost track of a request, by a status below 500.
 *
 * @param statusCode HTTP status
 */
export function hasLostTrack(statusCode: number): boolean {
	return LOST_TRACK.has(statusCode);
}

/** Statuses that HeyGen's codes go with (API reference, section Codes), where the status decides what is done. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
	unauthorized: 401,
	authentication_failed: 401,
	insufficient_credit: 402,
	trial_limit_exceeded: 402,
	subscription_required: 402,
	plan_upgrade_required: 402,
	forbidden: 403,
	resource_access_denied: 403,
	insufficient_api_key_scope: 403,
	phone_verification_required: 403,
	voice_not_usable: 403,
	ai_vendor_access_restricted: 403,
	request_in_progress: 409,
	resource_not_ready: 409,
	rate_limit_exceeded: 429,
	quota_exceeded: 429,
	internal_error: 500,
	voice_provider_error: 500,
	service_unavailable: 503,
	gateway_timeout: 504,
};

/**
 * The status of an answer. HeyGen's no can come with a status of success; its code then tells which one it should be.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 */
export function meantStatus(statusCode: number, body: unknown): number {
	if (!isSuccess(statusCode) || !saysNo(body)) return statusCode;
	const { code } = readHeyGenError(body);
	if (/(^|_)not_found$/.test(code)) return 404;
	if (/^[45]\d\d$/.test(code)) return Number(code);
	return (Object.hasOwn(STATUS_OF_CODE, code) ? STATUS_OF_CODE[code] : undefined) ?? statusCode;
}

/** Whether a status says that all went well. */
export function isSuccess(statusCode: number): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/**
 * Whether a body is HeyGen's error envelope, which can come with a status of success: a filled `error`, and no data beside
 * it. An `error` inside of the data belongs to the record.
 *
 * @param body parsed body
 */
export function saysNo(body: unknown): boolean {
	if (!isObject(body)) return false;
	const { data, error } = body as { data?: unknown; error?: unknown };
	return isFilled(error) && !hasContent(data);
}

/**
 * Whether what stands for an answer's data holds anything.
 *
 * @param data of an envelope
 */
export function hasContent(data: unknown): boolean {
	return data !== false && !isEmptyBody(data) && !(isObject(data) && isEmpty(data));
}

/**
 * Whether an `error` says anything: a text, a list with something in it, a record with a field that is filled.
 *
 * @param error of an envelope
 */
export function isFilled(error: unknown): boolean {
	if (typeof error === 'string') return error.trim() !== '';
	if (Array.isArray(error)) return error.length > 0;
	return isObject(error) && Object.values(error).some((value) => value !== null && value !== '');
}

/**
 * Whether a body says nothing at all.
 *
 * @param body parsed body
 */
export function isEmptyBody(body: unknown): boolean {
	if (typeof body === 'string') return body.trim() === '';
	return body === null || body === undefined || (Array.isArray(body) && body.length === 0);
}

/** Whether a body is one of HeyGen's: an object with `data`, or the empty object some deletes answer. */
function isEnvelope(body: unknown): boolean {
	return isObject(body) && ('data' in body || Object.keys(body).length === 0);
}

/** Media types of files and streams. Pages, texts and JSON are not among them: something between n8n and HeyGen may send these. */
const FILE_TYPE = /^(audio|font|image|video)\/|^(application|binary)\/octet-stream|^application\/(pdf|zip|x-subrip|x-ndjson)|^text\/(csv|event-stream|vtt)/i;

/**
 * The media type of an answer that is a file itself.
 *
 * @param header its `Content-Type`
 * @returns undefined when it is no file
 */
export function fileTypeOf(header: unknown): string | undefined {
	return typeof header === 'string' && FILE_TYPE.test(header) ? header.split(';', 1)[0] : undefined;
}

/**
 * Whether a success has come with a text that calls itself neither JSON nor a page: an answer that is whole, and no JSON.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 * @param header its `Content-Type`
 */
export function isForeignText(statusCode: number, body: unknown, header: unknown): boolean {
	if (!isSuccess(statusCode) || typeof body !== 'string' || isEmptyBody(body)) return false;
	return typeof header === 'string' && header !== '' && !/json|html/i.test(header);
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
