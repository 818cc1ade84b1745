import omit from 'lodash/omit';
import type { IDataObject } from 'n8n-workflow';

import { firstText, idIn } from '../../heygen/records';
import { ENDPOINT_ID_FIELDS } from '../../heygen/webhooks';
import { EngineError } from '../basics/errors';
import type { Call } from '../item/call';
import { eventsToRegister } from '../request/eventList';

/** What operations on webhook endpoints make of their bodies and of HeyGen's answers. */

/**
 * The body with the event types that the chosen events stand for. All events are none in a new endpoint, and null in a
 * change, which would keep the former ones otherwise (contract; API reference, endpoint management).
 *
 * @param body as its schema has read it
 * @param call the item
 */
export async function withEventTypes(body: IDataObject, call: Call): Promise<IDataObject> {
	const { events, ...rest } = body;
	if (events === undefined) return body;
	const types = await eventsToRegister(call.client, events as string[]);
	if (types !== undefined) return { ...rest, events: types };
	return call.method === 'POST' ? rest : { ...rest, events: null };
}

/** Fields that may hold the secret. */
const SECRET_FIELDS = ['secret', 'signing_secret'];

/**
 * An endpoint under the names that HeyGen's documents use: some have seen its secret as `signing_secret` (API reference,
 * endpoint management).
 *
 * @param record as HeyGen sent it
 */
export function endpointRecord(record: IDataObject): IDataObject {
	const id = idIn(record, ENDPOINT_ID_FIELDS);
	const isTold = SECRET_FIELDS.some((field) => record[field] !== undefined);
	return {
		...(id === undefined ? {} : { endpoint_id: id }),
		...omit(record, 'endpoint_id', ...SECRET_FIELDS),
		...(isTold ? { secret: firstText(record, SECRET_FIELDS) ?? null } : {}),
	};
}

/**
 * An endpoint whose answer is the only one that has its secret.
 *
 * @param record as HeyGen sent it
 * @throws EngineError when it has none
 */
export function endpointWithSecret(record: IDataObject): IDataObject {
	const endpoint = endpointRecord(record);
	if (typeof endpoint.secret === 'string') return endpoint;
	const { endpoint_id: id } = endpoint;
	throw new EngineError(
		`HeyGen's answer about the webhook endpoint${id === undefined ? '' : ` ${String(id)}`} has no secret`,
		"The endpoint is there. 'Rotate Secret' makes another secret for it, and 'Delete' removes it.",
		{ endpoint_id: id },
	);
}
