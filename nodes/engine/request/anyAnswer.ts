import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';

import { idOf } from '../../heygen/records';
import { hasContent, isEmptyBody, isFilled, isSuccess, saysNo } from './judgeReply';

/**
 * Answers of endpoints that nobody knows yet: any JSON is one, in HeyGen's envelope, in another, or in none. Nothing that
 * such an answer says is lost: its `data` stand for it only where all that is beside them belongs to the envelope.
 */

/**
 * An answer in HeyGen's envelope.
 *
 * @param statusCode HTTP status
 * @param body parsed body
 * @param mediaType its `Content-Type`; a text is JSON only under that of JSON
 * @returns the body itself when it has that envelope, or is no JSON; a refusal as HeyGen's error, with what is beside it;
 *   every other answer as `data`
 */
export function inEnvelope<T>(statusCode: number, body: T, mediaType?: unknown): T | { data?: unknown; error?: unknown } {
	if (!isSuccess(statusCode)) return body;
	// A success without content (204) is a whole answer. Of one that should have some, the content may have got lost.
	if (isEmptyBody(body) && !Array.isArray(body) && body !== null) return statusCode === OK ? body : {};
	if (typeof body === 'string') return isJsonText(body, mediaType) ? { data: body } : body;
	if (!isPlainObject(body)) return { data: body };
	const answer = body as Answer;
	const error = refusalIn(answer);
	if (error !== undefined) return { ...answer, error };
	const isEmpty = Object.keys(answer).length === 0;
	return isEmpty || isEnvelopeAlone(answer) ? body : { data: body };
}

const OK = 200;

type Answer = Readonly<Record<string, unknown>>;

/** A text that JSON held. One that begins like a record, a list, a text or a page is what is left of an answer, or a page. */
function isJsonText(text: string, mediaType: unknown): boolean {
	return typeof mediaType === 'string' && /^application\/([\w.-]{1,60}\+)?json\b/i.test(mediaType) && !/^\s*[[{"<]/.test(text);
}

/** Fields of envelopes, beside which the data are all that an answer says: HeyGen's own, and those of its API before version 3. */
const OF_ENVELOPE: ReadonlySet<string> = new Set([
	...['data', 'error', 'errors', 'code', 'message', 'msg', 'status', 'success', 'warning', 'request_id', 'trace_id'],
	...['has_more', 'next_token', 'token', 'next_cursor', 'cursor', 'next_page_token', 'meta', 'pagination', 'paging'],
	...['count', 'total', 'total_count', 'limit', 'page', 'page_size', 'total_pages'],
]);

/** What an envelope's code, status or message says of a success: 100 is the code of HeyGen's API before version 3. */
const WORD_OF_SUCCESS = /^(0|100|2\d\d|ok|okay|success|successful|succeeded|true)$/i;

/** Whether all beside an answer's `data` is its envelope, and says no more than that all went well. */
function isEnvelopeAlone(answer: Answer): boolean {
	if (!('data' in answer)) return false;
	const beside = Object.entries(omit(answer, 'data')).filter(([name, value]) => hasContent(value) || (name === 'success' && value === false));
	if (beside.some(([name]) => !OF_ENVELOPE.has(name))) return false;
	// A code of another kind, such as a status of the record, or an error beside the data, is a part of what is said.
	if (beside.some(([name, value]) => (TELLS_OUTCOME.has(name) ? !isSuccessWord(value) : name.startsWith('error')))) return false;
	return hasContent(answer.data) || Array.isArray(answer.data) || beside.every(([, value]) => isSuccessWord(value));
}

/** Fields that tell how a request has ended. */
const TELLS_OUTCOME: ReadonlySet<string> = new Set(['code', 'status', 'success']);

function isSuccessWord(value: unknown): boolean {
	return WORD_OF_SUCCESS.test(String(value));
}

/**
 * What an answer with a status of success refuses, where it holds no data: by its `error`, as HeyGen does it, by `errors`,
 * by a code beside a message, or by `success: false`.
 *
 * @returns HeyGen's error; undefined when the answer is none
 */
function refusalIn(answer: Answer): unknown {
	if (saysNo(answer)) return answer.error;
	const { data, error, errors, code, message = answer.msg, success } = answer;
	const names = Object.keys(answer).filter((name) => !OF_ENVELOPE.has(name));
	// Without data and with fields of its own, an answer is a record.
	if ('data' in answer ? hasContent(data) : !names.every(isId)) return undefined;
	if (isFilled(errors)) return errors;
	const isOutcome = 'data' in answer || names.length === 0;
	const isNo = success === false || error === true || (isOutcome && hasContent(message) && isCodeOfRefusal(code));
	return isNo ? { message: 'no reason given', ...(hasContent(message) ? { message } : {}), ...(hasContent(code) ? { code } : {}) } : undefined;
}

/** What HeyGen's codes of errors are made of. Another word may as well tell how far something has come. */
const WORDS_OF_REFUSAL = [
	...['conflict', 'denied', 'error', 'exceed', 'expired', 'fail', 'forbid', 'insufficient', 'invalid', 'limit', 'missing', 'not_'],
	...['refus', 'reject', 'required', 'too_', 'unauthor', 'unavailable', 'unsupported', 'violation'],
];

function isCodeOfRefusal(code: unknown): boolean {
	if (typeof code === 'number' || (typeof code === 'string' && /^\d+$/.test(code))) return !isSuccessWord(code);
	return typeof code === 'string' && WORDS_OF_REFUSAL.some((word) => code.toLowerCase().includes(word));
}

/** IDs of the request, or of who has sent it. */
const NOT_MADE = ['request_id', 'trace_id', 'correlation_id', 'callback_id', 'user_id', 'account_id', 'workspace_id', 'space_id', 'team_id'];

function isId(name: string): boolean {
	return name === 'id' || (name.endsWith('_id') && !NOT_MADE.includes(name));
}

/**
 * The ID of what an answer may have made that holds an error all the same.
 *
 * @param body parsed body
 * @returns undefined when it names none
 */
export function idBesideError(body: unknown): string | undefined {
	return isPlainObject(body) && saysNo(body) ? idOf(body as Record<string, unknown>) : undefined;
}
