import isPlainObject from 'lodash/isPlainObject';
import type { IDataObject, IN8nHttpFullResponse } from 'n8n-workflow';

import { adviceFor, readHeyGenError } from '../../heygen/errors';
import { IDEMPOTENCY_HOURS } from '../../heygen/limits';
import { idIn } from '../../heygen/records';
import { amount } from '../../heygen/values/text';
import { EngineError, type ErrorDetails } from '../basics/errors';
import type { ApiRequest } from './apiRequest';
import type { Connection } from './client';
import { isSuccess } from './judgeReply';
import { failureWords } from './wire';

/** What is known of a request over all its tries. */
export interface Progress {
	/** Whether a try may have done the work. */
	mayBeDone: boolean;
}

/** What to do about a refusal, where that depends on what may have happened. */
export function adviceAfter(
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

export function waitedTooLong({ again }: Connection, request: ApiRequest, { mayBeDone }: Progress): EngineError {
	const ofItem = [
		"Raise 'Queue Timeout' in the Request Options of the node's Settings tab, or run fewer items at a time.",
		request.method !== 'POST' ? '' : mayBeDone ? maybeDone(request) : 'Nothing was created for this item.',
	];
	return new EngineError(
		`Could not ${request.doing}: HeyGen kept refusing the request because of its rate or concurrency limit`,
		again ?? ofItem.join(' ').trim(),
		{ httpCode: '429', code: 'rate_limit_exceeded', ...doubtful(request, mayBeDone) },
	);
}

export function noAnswer({ again }: Connection, request: ApiRequest, code: string, { mayBeDone }: Progress): EngineError {
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

export function unreadableReply({ again }: Connection, request: ApiRequest, body: unknown, { mayBeDone }: Progress): EngineError {
	const ofItem = request.method === 'POST' ? maybeDone(request) : '';
	// The whole of a foreign answer may repeat the API key.
	const id = isPlainObject(body) ? idIn(body as IDataObject, ['video_id', 'asset_id', 'batch_id']) : undefined;
	const named = id === undefined ? '' : `The answer names the ID ${id}. `;
	return new EngineError(
		`Could not ${request.doing}: the answer is not in HeyGen's format`,
		`${named}A proxy or firewall between n8n and HeyGen may have put its own page there. ${again ?? ofItem}`.trim(),
		{ ...doubtful(request, mayBeDone), ...(id === undefined ? {} : { ids: [id] }) },
	);
}

/** HeyGen has answered with a file where JSON was asked for. */
export function fileReply(request: ApiRequest, mediaType: string): EngineError {
	return new EngineError(
		`Could not ${request.doing}: HeyGen answered with a file (${mediaType}) instead of JSON`,
		`This operation takes files by the addresses that an answer names. For this one use n8n's HTTP Request node with this credential and Response Format: File.${request.method === 'POST' ? ' HeyGen may charge for the call once more then.' : ''}`,
		doubtful(request, true),
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

/** Where what a POST has made is likely to be listed: "/v3/podcasts". */
function collectionOf(path: string): string {
	return path.split('/').slice(0, 3).join('/');
}

/**
 * What to do about a create that may have been done.
 *
 * @param request the create
 */
export function maybeDone(request: ApiRequest): string {
	const { repeatable, startsJob } = request;
	// A job is made once for each key, and another execution has another key.
	if (repeatable === true && startsJob === undefined) return 'Run the item again: this does its work once, however often it is sent.';
	return ['HeyGen may have taken the request all the same.', howToGoOn(request), callbackInWords(request)].join(' ').trim();
}

/** What is safe after a create that may have been done. */
function howToGoOn({ repeatable, idempotencyKey, path }: ApiRequest): string {
	if (idempotencyKey === undefined && repeatable !== true) {
		return "The request carried no idempotency key: look into 'Get Many', or into HeyGen itself, before running the item again.";
	}
	if (repeatable === false) {
		return `HeyGen is not known to recognize a request at this path that it gets twice, so it is not sent again. Look for what it may have made, for example with GET ${collectionOf(path)}, or in HeyGen itself; if nothing is there, run the item in a new execution.`;
	}
	return `n8n's Retry On Fail, and the retry of this execution, repeat it with the same idempotency key, which does not pay twice within ${amount(IDEMPOTENCY_HOURS, 'hour')}; after that, and before another start, look into 'Get Many' or HeyGen itself.`;
}
