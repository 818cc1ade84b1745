import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { settle } from '../../engine/basics/settle';
import { eventTypes, type EventType, KNOWN_TYPES } from '../../engine/request/eventList';
import { nodeClient, PATIENCE } from '../../engine/request/nodeClient';
import { MANY_EVENTS } from '../../heygen/eventChoice';
import { eventName, eventOutcome, type EventOutcome } from '../../heygen/events';

/** Lists of event types, for parameters whose choices are HeyGen's. */

/** Every type HeyGen has, as the editor shows it: successes first. */
async function typeChoices(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await settle(nodeClient(context, { queueTimeout: PATIENCE.editor, urgent: true }));
	const types = client.ok ? await eventTypes(client.value) : KNOWN_TYPES;
	const entries = types
		.map(({ event_type, description }: EventType) => ({
			name: eventName(event_type),
			value: event_type,
			...(description ? { description } : {}),
		}))
		.sort((a, b) => a.name.localeCompare(b.name));
	const of = (outcome: EventOutcome) => entries.filter(({ value }) => eventOutcome(value) === outcome);
	return [...of('success'), ...of('failure'), ...of('finished')];
}

/**
 * The choices of 'Event Names or IDs': all, all of an outcome, and every type HeyGen has.
 *
 * @param this the editor's context
 */
export async function getEventTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return [...MANY_EVENTS, ...(await typeChoices(this))];
}

/**
 * The choices of 'Event Name or ID', where one type only can be meant.
 *
 * @param this the editor's context
 */
export async function getSingleEventTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await typeChoices(this);
}
