import isEmpty from 'lodash/isEmpty';
import type { IDataObject } from 'n8n-workflow';
import type { ZodTypeAny } from 'zod';

import { asRecord } from '../../heygen/records';
import { EngineError, inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import { preparedBody } from '../files/preparedBody';
import { withAdditionalFields } from '../item/additionalFields';
import { type Call, type Handler, requestOf } from '../item/call';
import { checkBody } from '../item/checkBody';
import { itemKey, keepClaim, passCheckpoint } from '../item/idempotency';
import { outputItem } from '../item/outputItem';
import { recordIn } from '../request/reply';

/** What differs between operations that make or change a record. */
interface WriteOptions {
	/** The body to check, where parameters say more than their places in it. */
	bodyOf?: (call: Call) => IDataObject;
	/** Whether it changes a record whose fields the user may add to. A change of nothing is refused. */
	isChange?: boolean;
	/** Asks HeyGen for what the body lacks. The idempotency key is that of the body before. */
	complete?: (body: IDataObject, call: Call) => Promise<IDataObject>;
	/** Turns HeyGen's `data` into the item's JSON. */
	shape?: (data: IDataObject, call: Call) => IDataObject;
	/** Whether files of the body are to be uploaded. */
	files?: boolean;
	/** Whether nothing needs to be read from the answer, so that one that says nothing is as good. */
	answerless?: boolean;
}

/**
 * An operation that makes or changes one record: checks the body, sends it with an idempotency key, and hands on the
 * record.
 *
 * @param doing what the operation does, for messages: "create the folder"
 * @param schema of the body, from `heygen/schemas`; undefined for a request without one
 * @param options what is special about it
 */
export function write(doing: string, schema?: ZodTypeAny, options: WriteOptions = {}): Handler {
	const { bodyOf = ({ body }: Call) => body, isChange = false, complete, shape = (data) => data, files = false, answerless = false } = options;
	return async (call) => {
		const checked = schema === undefined ? {} : checkBody(schema, bodyOf(call), call.names);
		const mayAdd = isChange || (call.method === 'POST' && schema !== undefined);
		const added = (own: IDataObject) => (mayAdd ? withAdditionalFields(call, own) : own);
		const body = added(checked);
		if (isChange && isEmpty(body)) throw inputError('Nothing is to be changed: all fields that could be are empty', 'Fill one in. An expression that finds nothing gives an empty field.');
		const prepared = files ? await preparedBody(call, body) : undefined;
		const content = prepared?.content ?? body;
		await passCheckpoint(call, content);
		// What is put in place again is the same again. HeyGen would answer a key without putting anything in place.
		const key = call.method === 'PUT' ? undefined : itemKey(call, call.path, content, false);
		const completed = complete === undefined ? body : added(await complete(checked, call));
		const sent = prepared === undefined ? completed : await prepared.upload();
		const request = {
			...requestOf(call),
			...(schema === undefined ? {} : { body: sent }),
			...(key === undefined ? {} : { idempotencyKey: key }),
			...(answerless ? { answerless } : {}),
			doing,
		};
		const reply = await settle(call.client.send(request));
		// What may have been made has the key as well.
		if (reply.ok || (reply.error instanceof EngineError && reply.error.details.mayExist === true)) keepClaim(call, content);
		if (!reply.ok) throw reply.error;
		const { data } = reply.value.body;
		const record = answerless ? (asRecord(data) as IDataObject) : recordIn(reply.value, request);
		return [outputItem(shape(record, call), call.itemIndex)];
	};
}
