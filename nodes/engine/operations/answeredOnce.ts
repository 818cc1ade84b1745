import omit from 'lodash/omit';
import type { IDataObject } from 'n8n-workflow';

import { heedsIdempotencyKey } from '../../heygen/keyedCreates';
import { EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Call } from '../item/call';
import { fingerprint } from '../item/fingerprint';
import { isKeptClaim, itemKey, keepClaim, keyedAt, ownKey } from '../item/idempotency';
import type { KeptAnswers } from '../item/keptAnswers';
import { isKeyForgotten, type Keyed } from '../item/started';
import type { ApiRequest } from '../request/apiRequest';
import { doubtful, maybeDone } from '../request/requestErrors';

/** Requests whose answers are all that they bring, and that must not do their work twice: a run remembers the answers. */

/** What differs between such requests. */
interface OnceOnly<T> {
	/** What one may make, for messages: "what POST /v3/podcasts makes". */
	what: string;
	send: (request: ApiRequest) => Promise<T>;
	/** Records what has been made. */
	made: (answer: T, keyed: Keyed) => void;
	/** Records what an error says has been made. */
	failed?: (error: unknown, keyed: Keyed) => void;
}

/**
 * An answer whose request has used the item's own key. What may have been made has the key as well.
 *
 * @param call the item
 * @param content what is asked for
 * @param asked the request under way
 */
export async function claimed<T>(call: Call, content: object, asked: Promise<T>): Promise<T> {
	const answer = await settle(asked);
	if (answer.ok || (answer.error instanceof EngineError && answer.error.details.mayExist === true)) keepClaim(call, content);
	if (!answer.ok) throw answer.error;
	return answer.value;
}

/**
 * Sends what may make something. Requests with one key wait for each other: whoever comes later gets the answer to the
 * first one.
 *
 * @param call the item
 * @param request with its key, if it has one
 * @param content what is asked for
 * @param how what differs between such requests
 * @throws EngineError when HeyGen refuses it, or may have done it without an answer
 */
export async function answeredOnce<T extends object>(call: Call, request: ApiRequest, content: object, how: OnceOnly<T>): Promise<T> {
	const keyed = keyedAs(call, request, content);
	const work = async () => await claimed(call, content, madeOnce(call, request, keyed, content, how));
	return await call.run.memory.inTurn(fingerprint(keyed), call.client.signal, work);
}

/**
 * Names a request without a key, so that the node itself knows it again.
 *
 * @param call the item
 * @param content what is asked for
 */
export function localKey(call: Call, content: object): string | undefined {
	const options = { ...omit(call.options, 'idempotencyKey'), sendIdempotencyKey: true };
	return itemKey({ ...call, options }, call.path, content, false);
}

/**
 * Sends it, unless it is known what has come of it: a later try of the run gets the same answer, and does not send again
 * what may have been done where HeyGen would not recognize it. Own keys hold for all runs of the node there.
 */
async function madeOnce<T extends object>(
	call: Call,
	request: ApiRequest,
	keyed: Keyed,
	content: object,
	{ what, send, made, failed }: OnceOnly<T>,
): Promise<T> {
	const { run, itemIndex } = call;
	const { idempotencyKey: key } = request;
	const { isHeeded } = recognitionOf(call, request);
	const name = fingerprint(keyed);
	const answers = answersTo(call, request);
	const known = answers.get(name);
	// HeyGen knows the secrets that the node has not kept.
	const isAskedAgain = known?.isPartial === true && isHeeded && !isKeyForgotten(known.at);
	if (known !== undefined && !isAskedAgain) return known.answer as T;
	checkNotLost(call, request, keyed, content);
	const safety = key === undefined ? { isUnsent: true } : isHeeded ? {} : { isUnheeded: true };
	const doubt = run.started.open({ what, items: [itemIndex], ...keyed, ...safety });
	const sending = await settle(send({ ...sentOnce(call, request), doubt }));
	if (!sending.ok) {
		failed?.(sending.error, keyed);
		throw sending.error;
	}
	const answer = sending.value;
	doubt.made();
	answers.keep(name, answer as IDataObject);
	made(answer, keyed);
	return answer;
}

/**
 * Makes sure that a request may be sent, or that its answer is known. To be called before the checkpoint: what may have been
 * done already ends its item, and the others are not paid for in vain.
 *
 * @param call the item
 * @param request with its key, if it has one
 * @param content what is asked for
 * @throws EngineError when an earlier request may have done the work, and HeyGen would not recognize another one
 */
export function checkAnswerable(call: Call, request: ApiRequest, content: object): void {
	const keyed = keyedAs(call, request, content);
	if (answersTo(call, request).get(fingerprint(keyed)) === undefined) checkNotLost(call, request, keyed, content);
}

/** Whether HeyGen recognizes a request by its key, and whether all runs of the node in the execution share its answer. */
function recognitionOf({ options }: Call, { idempotencyKey: key, path }: ApiRequest): { isHeeded: boolean; isShared: boolean } {
	const isHeeded = key !== undefined && heedsIdempotencyKey(path);
	return { isHeeded, isShared: key !== undefined && !isHeeded && ownKey(options) !== undefined };
}

/** What a request is known by: its key, or what stands for one. */
function keyedAs(call: Call, { idempotencyKey }: ApiRequest, content: object): Keyed {
	return keyedAt(call, call.path, idempotencyKey ?? localKey(call, content));
}

/** The request, which is repeated by itself only where HeyGen would recognize it. */
function sentOnce(call: Call, request: ApiRequest): ApiRequest {
	return recognitionOf(call, request).isHeeded ? request : { repeatable: false, ...request };
}

function answersTo(call: Call, request: ApiRequest): KeptAnswers {
	const { memory } = call.run;
	return recognitionOf(call, request).isShared ? memory.sharedAnswers() : memory.answers();
}

function checkNotLost(call: Call, request: ApiRequest, keyed: Keyed, content: object): void {
	const { isHeeded, isShared } = recognitionOf(call, request);
	const isLost = call.run.started.doubtsAbout(keyed).some((doubt) => !isHeeded || doubt.isUnheeded === true || doubt.isUnsent === true);
	if (!isLost && !(isShared && isKeptClaim(call, content))) return;
	const once = sentOnce(call, request);
	throw new EngineError(
		`Could not ${request.doing}: an earlier ${isShared ? 'call with this Idempotency Key' : 'try of this call'}, whose answer did not arrive, may have done its work`,
		maybeDone(once),
		doubtful(once, true),
	);
}
