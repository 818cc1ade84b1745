import isEmpty from 'lodash/isEmpty';
import isPlainObject from 'lodash/isPlainObject';
import omit from 'lodash/omit';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { heedsIdempotencyKey } from '../../heygen/keyedCreates';
import { idOf } from '../../heygen/records';
import { EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Call, Handler } from '../item/call';
import { itemKey, keepClaim, passCheckpoint } from '../item/idempotency';
import { outputItem } from '../item/outputItem';
import type { ApiReply, ApiRequest } from '../request/apiRequest';
import type { Method } from '../request/judgeReply';
import { doubtful, maybeDone } from '../request/requestErrors';
import { fetchFields, wantedFields } from './answerFiles';
import { aboutPath, customRequest } from './customRequest';
import { deletedRecord } from './deleted';

/** What HeyGen has answered, as plain data: a run may have to remember it. */
type Answer = Pick<ApiReply, 'statusCode' | 'gone'> & {
	data: unknown;
	whole: NonNullable<ApiReply['whole']>;
};

/**
 * An operation that sends the request which the parameters `method`, `path`, `query` and `body` describe, and puts out what
 * HeyGen answers: a record as one item, a list as one item for each of its entries, a bare value as the field `value`, and
 * an answer that says nothing as `success`. Reads the options `download` and `fullResponse`.
 */
export function customCall(): Handler {
	return async (call) => {
		const asked = customRequest(call, call.parameter<Method>('method', 'GET'));
		const request: ApiRequest = { ...asked, doing: `call ${asked.method} ${asked.path}` };
		const fields = wantedFields(call);
		const { method, path, query = {}, body = {} } = request;
		const answer = await answerTo({ ...call, method, path, query, body }, request);
		const reread = method === 'GET' ? async () => answerOf(await call.client.send(request)).data : undefined;
		return await itemsOf(call, request, answer, fields, reread);
	};
}

/**
 * Sends the request when all items of the run are checked.
 *
 * @param call the item, with its own request
 * @param request the same, for `send`
 */
async function answerTo(call: Call, request: ApiRequest): Promise<Answer> {
	const { method, query, body } = request;
	if (method === 'GET' || method === 'DELETE') {
		await call.passCheckpoint();
		return await sent(call, request);
	}
	const content = { method, query, body };
	await passCheckpoint(call, content);
	const key = itemKey(call, call.path, content, false);
	const keyed = { ...request, ...(key === undefined ? {} : { idempotencyKey: key }) };
	const answer = await settle(method === 'POST' ? made(call, keyed) : sent(call, keyed));
	// What may have been made has the key as well.
	if (answer.ok || (answer.error instanceof EngineError && answer.error.details.mayExist === true)) keepClaim(call, content);
	if (!answer.ok) throw answer.error;
	return answer.value;
}

/**
 * Sends what may make something, once: a later try of the run gets the same answer, and does not send again what may have
 * been done where HeyGen is not known to heed keys.
 */
async function made(call: Call, request: ApiRequest): Promise<Answer> {
	const { run, itemIndex } = call;
	const { idempotencyKey: key, path } = request;
	const known = key === undefined ? undefined : run.memory.answerTo(key);
	if (known !== undefined) return known as unknown as Answer;
	const isHeeded = heedsIdempotencyKey(path);
	const once = isHeeded ? request : { ...request, repeatable: false };
	if (!isHeeded && run.started.doubtsAbout(key).length > 0) {
		throw new EngineError(
			`Could not ${request.doing}: an earlier try of this call, whose answer did not arrive, may have done its work`,
			maybeDone(once),
			doubtful(once, true),
		);
	}
	const keyed = key === undefined ? {} : { key, ...(isHeeded ? {} : { isUnheeded: true }) };
	const doubt = run.started.open({ what: `what POST ${path} makes`, items: [itemIndex], ...keyed });
	const sending = await settle(sent(call, { ...once, doubt }));
	if (!sending.ok) {
		for (const named of idsNamedBy(sending.error)) run.started.add({ kind: `result of POST ${path}`, id: named, item: itemIndex });
		throw sending.error;
	}
	const answer = sending.value;
	doubt.made();
	if (key !== undefined) run.memory.keepAnswer(key, answer as unknown as IDataObject);
	const id = isPlainObject(answer.data) ? idOf(answer.data as IDataObject) : undefined;
	if (id !== undefined) run.started.add({ kind: `result of POST ${path}`, id, item: itemIndex, ...(key === undefined ? {} : { key }) });
	return answer;
}

/** IDs that an answer has named beside its error. */
function idsNamedBy(error: unknown): string[] {
	return error instanceof EngineError && Array.isArray(error.details.ids) ? error.details.ids.map(String) : [];
}

async function sent(call: Call, request: ApiRequest): Promise<Answer> {
	const reply = await settle(call.client.send(request));
	if (!reply.ok) throw aboutPath(reply.error, request);
	return answerOf(reply.value);
}

/** Headers that say nothing of the answer, and are for browsers. */
const COOKIES = ['set-cookie'];

function answerOf({ statusCode, gone, body, whole = { body, headers: {} } }: ApiReply): Answer {
	const { data } = body;
	return { statusCode, ...(gone === true ? { gone } : {}), data, whole: { ...whole, headers: omit(whole.headers, COOKIES) } };
}

async function itemsOf(
	call: Call,
	request: ApiRequest,
	answer: Answer,
	fields: readonly string[],
	reread: (() => Promise<unknown>) | undefined,
): Promise<INodeExecutionData[]> {
	const { statusCode, data, gone, whole } = answer;
	if (gone === true) return [outputItem(nothingIn(request, true), call.itemIndex)];
	if (call.options.fullResponse === true) {
		return [await withFiles(call, { body: whole.body, headers: whole.headers, statusCode }, data, fields, reread)];
	}
	if (Array.isArray(data)) {
		const items: INodeExecutionData[] = [];
		for (const [at, entry] of (data as unknown[]).entries()) {
			const again = reread === undefined ? undefined : async () => ((await reread()) as unknown[] | undefined)?.[at];
			items.push(await withFiles(call, entry, entry, fields, again));
		}
		return items;
	}
	const isBare = data === undefined || data === null || (isPlainObject(data) && isEmpty(data));
	return [await withFiles(call, isBare ? nothingIn(request, false) : data, data, fields, reread)];
}

/** What is put out for an answer that holds nothing. */
function nothingIn({ method, path }: ApiRequest, isGone: boolean): IDataObject {
	if (method !== 'DELETE') return { success: true };
	const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
	return deletedRecord(isGone, id, `HeyGen has nothing at ${path}`);
}

/**
 * An output item with the files that its record names.
 *
 * @param json what is put out
 * @param record what the fields are in
 */
async function withFiles(
	call: Call,
	json: unknown,
	record: unknown,
	fields: readonly string[],
	reread: (() => Promise<unknown>) | undefined,
): Promise<INodeExecutionData> {
	if (fields.length === 0) return outputItem(json, call.itemIndex);
	const holder = typeof record === 'object' && record !== null ? record : {};
	const { binary, missing } = await fetchFields(call, holder, fields, reread);
	const item = outputItem(json, call.itemIndex, binary);
	return missing.length === 0 ? item : { ...item, json: { ...item.json, missing_files: missing } };
}
