import omit from 'lodash/omit';
import type { IDataObject } from 'n8n-workflow';

import { heedsIdempotencyKey } from '../../heygen/keyedCreates';
import { idsIn } from '../../heygen/records';
import { EngineError } from '../basics/errors';
import { itemInWords } from '../basics/itemNumbers';
import { settle } from '../basics/settle';
import type { Call } from '../item/call';
import { fingerprint } from '../item/fingerprint';
import { isKeptClaim, itemKey, keepClaim, keyedAt, ownKey, passCheckpoint } from '../item/idempotency';
import { isKeyForgotten, type Keyed } from '../item/started';
import type { ApiReply, ApiRequest } from '../request/apiRequest';
import { doubtful, maybeDone } from '../request/requestErrors';
import { aboutPath } from './customRequest';

/** The answer to a request that a user describes, which is sent so that nothing is made twice. */

/** What HeyGen has answered, as plain data: a run may have to remember it. */
export type CustomAnswer = Pick<ApiReply, 'statusCode' | 'gone'> & {
	data: unknown;
	/** The answer as it came, where that is put out. */
	whole?: NonNullable<ApiReply['whole']>;
};

/**
 * Sends the request when all items of the run are checked.
 *
 * @param call the item, with its own request
 * @param request the same, for `send`
 * @throws EngineError when HeyGen refuses it, or may have done it without an answer
 */
export async function customAnswer(call: Call, request: ApiRequest): Promise<CustomAnswer> {
	const { method, query, body } = request;
	if (method === 'GET' || method === 'DELETE') {
		await call.passCheckpoint();
		return await sent(call, request);
	}
	const content = { method, query, body };
	await passCheckpoint(call, content);
	const key = itemKey(call, call.path, content, false);
	const keyed = { ...request, ...(key === undefined ? {} : { idempotencyKey: key }) };
	return await (method === 'POST' ? made(call, keyed, content) : claimed(call, content, sent(call, keyed)));
}

/** An answer whose request has used the item's own key. What may have been made has the key as well. */
async function claimed(call: Call, content: object, asked: Promise<CustomAnswer>): Promise<CustomAnswer> {
	const answer = await settle(asked);
	if (answer.ok || (answer.error instanceof EngineError && answer.error.details.mayExist === true)) keepClaim(call, content);
	if (!answer.ok) throw answer.error;
	return answer.value;
}

/**
 * Asks for the data once more.
 *
 * @param call the item
 * @param request a GET
 */
export async function rereadData(call: Call, request: ApiRequest): Promise<unknown> {
	return (await sent(call, request)).data;
}

/**
 * Sends what may make something. Requests with one key wait for each other: whoever comes later gets the answer to the
 * first one.
 */
async function made(call: Call, request: ApiRequest, content: object): Promise<CustomAnswer> {
	const keyed = keyedAt(call, call.path, request.idempotencyKey ?? localKey(call, content));
	const work = async () => await claimed(call, content, madeOnce(call, request, keyed, content));
	return await call.run.memory.inTurn(fingerprint(keyed), call.client.signal, work);
}

/** Names a request without a key, so that the node itself knows it again. */
function localKey(call: Call, content: object): string | undefined {
	const options = { ...omit(call.options, 'idempotencyKey'), sendIdempotencyKey: true };
	return itemKey({ ...call, options }, call.path, content, false);
}

/**
 * Sends it, unless it is known what has come of it: a later try of the run gets the same answer, and does not send again
 * what may have been done where HeyGen would not recognize it. Own keys hold for all runs of the node there.
 */
async function madeOnce(call: Call, request: ApiRequest, keyed: Keyed, content: object): Promise<CustomAnswer> {
	const { run, itemIndex } = call;
	const { idempotencyKey: key, path } = request;
	const isHeeded = key !== undefined && heedsIdempotencyKey(path);
	const isShared = key !== undefined && !isHeeded && ownKey(call.options) !== undefined;
	const name = fingerprint(keyed);
	const answers = isShared ? run.memory.sharedAnswers() : run.memory.answers();
	const known = answers.get(name);
	// HeyGen knows the secrets that the node has not kept.
	const isAskedAgain = known?.isPartial === true && isHeeded && !isKeyForgotten(known.at);
	if (known !== undefined && !isAskedAgain) return known.answer as unknown as CustomAnswer;
	const once = isHeeded ? request : { ...request, repeatable: false };
	const isLost = run.started.doubtsAbout(keyed).some((doubt) => !isHeeded || doubt.isUnheeded === true || doubt.isUnsent === true);
	if (isLost || (isShared && isKeptClaim(call, content))) {
		throw new EngineError(
			`Could not ${request.doing}: an earlier ${isShared ? 'call with this Idempotency Key' : 'try of this call'}, whose answer did not arrive, may have done its work`,
			maybeDone(once),
			doubtful(once, true),
		);
	}
	const safety = key === undefined ? { isUnsent: true } : isHeeded ? {} : { isUnheeded: true };
	const doubt = run.started.open({ what: `what POST ${path} makes`, items: [itemIndex], ...keyed, ...safety });
	const sending = await settle(sent(call, { ...once, doubt }));
	if (!sending.ok) {
		const ids = idsNamedBy(sending.error);
		if (ids.length > 0) record(call, path, ids, keyed);
		throw sending.error;
	}
	const answer = sending.value;
	doubt.made();
	answers.keep(name, answer as unknown as IDataObject);
	record(call, path, idsIn(answer.data, path), keyed);
	return answer;
}

/** IDs that an answer has named beside its error. */
function idsNamedBy(error: unknown): string[] {
	return error instanceof EngineError && Array.isArray(error.details.ids) ? error.details.ids.map(String) : [];
}

/** Records what an answer names, or that there was one: it may have been paid for. */
function record({ run, itemIndex }: Call, path: string, ids: readonly string[], keyed: Keyed): void {
	const asked = `POST ${path}`;
	const head = { kind: `result of ${asked}`, item: itemIndex, ...keyed };
	for (const id of ids) run.started.add({ ...head, by: asked, id });
	if (ids.length === 0) run.started.add({ ...head, by: 'answers without an ID', id: `${asked} (${itemInWords(itemIndex)})` });
}

async function sent(call: Call, request: ApiRequest): Promise<CustomAnswer> {
	const reply = await settle(call.client.send(request));
	if (!reply.ok) throw aboutPath(reply.error, request);
	return answerOf(reply.value, call.options.fullResponse === true);
}

/** Headers that say nothing of the answer, and are for browsers. */
const COOKIES = ['set-cookie'];

function answerOf({ statusCode, gone, body, whole = { body, headers: {} } }: ApiReply, isWhole: boolean): CustomAnswer {
	const { data } = body;
	return {
		statusCode,
		...(gone === true ? { gone } : {}),
		data,
		...(isWhole ? { whole: { ...whole, headers: omit(whole.headers, COOKIES) } } : {}),
	};
}
