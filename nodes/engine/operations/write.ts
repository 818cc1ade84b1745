import type { ZodTypeAny } from 'zod';

import { EngineError } from '../basics/errors';
import { settle } from '../basics/settle';
import { type Handler, requestOf } from '../item/call';
import { checkBody } from '../item/checkBody';
import { itemKey, keepClaim, passCheckpoint } from '../item/idempotency';
import { outputItem } from '../item/outputItem';
import { recordIn } from '../request/reply';

/**
 * An operation that makes or changes one record: checks the body, sends it with an idempotency key, and hands on the
 * record.
 *
 * @param doing what the operation does, for messages: "create the folder"
 * @param schema of the body, from `heygen/schemas`
 */
export function write(doing: string, schema: ZodTypeAny): Handler {
	return async (call) => {
		const body = checkBody(schema, call.body, call.names);
		await passCheckpoint(call, body);
		const key = itemKey(call, call.path, body, false);
		const request = {
			...requestOf(call),
			body,
			...(key === undefined ? {} : { idempotencyKey: key }),
			doing,
		};
		const reply = await settle(call.client.send(request));
		// What may have been made has the key as well.
		if (reply.ok || (reply.error instanceof EngineError && reply.error.details.mayExist === true)) keepClaim(call, body);
		if (!reply.ok) throw reply.error;
		return [outputItem(recordIn(reply.value, request), call.itemIndex)];
	};
}
