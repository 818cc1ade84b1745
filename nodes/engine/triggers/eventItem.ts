import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { readEvent } from '../../heygen/events';
import { idIn } from '../../heygen/records';

/** An event as HeyGen sends and lists it. */
export interface HeyGenEvent {
	event_type: string;
	event_data: IDataObject;
	event_id?: string;
	created_at?: string;
}

/**
 * Brings what HeyGen sent into the form of an event.
 *
 * @param value parsed JSON
 * @returns undefined when it is none
 */
export function asEvent(value: unknown): HeyGenEvent | undefined {
	if (!isObject(value) || typeof value.event_type !== 'string' || value.event_type === '') return undefined;
	const { event_type, event_data } = value;
	const text = (field: unknown) => (typeof field === 'string' && field !== '' ? field : undefined);
	return {
		event_type,
		event_data: isObject(event_data) ? event_data : {},
		event_id: idIn(value, ['event_id']),
		created_at: text(value.created_at),
	};
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The item of an event: what matters of it, in the same fields whatever its type, and the event itself.
 *
 * @param event as HeyGen sent it
 * @param eventId names the event; the same however often it is delivered
 * @param rawBody the body that was signed, when it was delivered rather than listed
 */
export function eventItem(event: HeyGenEvent, eventId: string, rawBody?: string): INodeExecutionData {
	const facts = readEvent(event.event_type, event.event_data);
	return {
		json: {
			eventId,
			...facts,
			createdAt: event.created_at ?? null,
			eventData: event.event_data,
			...(rawBody === undefined ? {} : { rawBody }),
		},
	};
}
