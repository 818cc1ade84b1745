import omit from 'lodash/omit';

import { idsIn } from '../../heygen/records';
import { EngineError } from '../basics/errors';
import { itemInWords } from '../basics/itemNumbers';
import { settle } from '../basics/settle';
import type { Call } from '../item/call';
import { itemKey, passCheckpoint } from '../item/idempotency';
import type { Keyed } from '../item/started';
import type { ApiReply, ApiRequest } from '../request/apiRequest';
import { answeredOnce, claimed } from './answeredOnce';
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
	if (method !== 'POST') return await claimed(call, content, sent(call, keyed));
	const { path } = call;
	return await answeredOnce<CustomAnswer>(call, keyed, content, {
		what: `what POST ${path} makes`,
		send: async (request) => await sent(call, request),
		made: (answer, keyed) => record(call, path, idsIn(answer.data, path), keyed),
		failed: (error, keyed) => {
			const ids = idsNamedBy(error);
			if (ids.length > 0) record(call, path, ids, keyed);
		},
	});
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
