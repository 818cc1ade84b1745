import type { IDataObject } from 'n8n-workflow';

import { ALL_EVENTS, isChosen, isGroup } from '../../heygen/eventChoice';
import { EVENT_TYPES } from '../../heygen/events';
import { settle } from '../basics/settle';
import type { Client } from './client';

/** The event types that HeyGen has, and which of them an endpoint is to be called for. */

/** An entry of HeyGen's list of event types. */
export interface EventType {
	event_type: string;
	description?: string;
}

/** The event types that this package knows. */
export const KNOWN_TYPES: readonly EventType[] = EVENT_TYPES.map((event_type) => ({ event_type }));

/**
 * HeyGen's own list of event types; the one known here when it cannot be read.
 *
 * @param client sends the request
 */
export async function eventTypes(client: Client): Promise<readonly EventType[]> {
	const request = { method: 'GET' as const, path: '/v3/webhooks/event-types', doing: 'list the event types' };
	const reply = await settle(client.send(request));
	const listed = reply.ok && Array.isArray(reply.value.body.data) ? (reply.value.body.data as IDataObject[]) : [];
	const named = listed.filter((entry) => typeof entry?.event_type === 'string' && entry.event_type !== '');
	return named.length > 0 ? (named as unknown as EventType[]) : KNOWN_TYPES;
}

/**
 * The event types to register at HeyGen.
 *
 * @param client sends requests
 * @param chosen of 'Event Names or IDs'
 * @returns sorted; undefined for all
 */
export async function eventsToRegister(
	client: Client,
	chosen: readonly string[],
): Promise<string[] | undefined> {
	if (chosen.includes(ALL_EVENTS)) return undefined;
	const exact = chosen.filter((entry) => !isGroup(entry));
	if (exact.length === chosen.length) return [...chosen].sort();
	const known = (await eventTypes(client)).map(({ event_type }) => event_type);
	return [...new Set([...known.filter((type) => isChosen(chosen, type)), ...exact])].sort();
}
