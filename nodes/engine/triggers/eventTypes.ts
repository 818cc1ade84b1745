import isPlainObject from 'lodash/isPlainObject';
import uniq from 'lodash/uniq';
import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { EVENT_TYPES, eventName, eventOutcome, type EventOutcome } from '../../heygen/events';
import { readEntries } from '../../heygen/values/lists';
import { readChoice } from '../../heygen/values/plain';
import { shown, trimBlank } from '../../heygen/values/text';
import { inputError } from '../basics/errors';
import { settle } from '../basics/settle';
import type { Client } from '../request/client';
import { nodeClient, PATIENCE } from '../request/nodeClient';

/** Values of 'Event Names or IDs' that stand for many events. */
const ALL_EVENTS = '*';
const GROUPS: ReadonlyMap<string, EventOutcome> = new Map([
	['*.success', 'success'],
	['*.fail', 'failure'],
]);

interface EventType {
	event_type: string;
	description?: string;
}

const KNOWN_TYPES: EventType[] = EVENT_TYPES.map((event_type) => ({ event_type }));

/** HeyGen's own list of event types; the one known here when it cannot be read. */
async function eventTypes(client: Client): Promise<EventType[]> {
	const request = { method: 'GET' as const, path: '/v3/webhooks/event-types', doing: 'list the event types' };
	const reply = await settle(client.send(request));
	const listed = reply.ok && Array.isArray(reply.value.body.data) ? (reply.value.body.data as IDataObject[]) : [];
	const named = listed.filter((entry) => typeof entry?.event_type === 'string' && entry.event_type !== '');
	return named.length > 0 ? (named as unknown as EventType[]) : KNOWN_TYPES;
}

/**
 * The choices of 'Event Names or IDs': all, all of an outcome, and every type HeyGen has, successes first.
 *
 * @param this the editor's context
 */
export async function getEventTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await settle(nodeClient(this, { queueTimeout: PATIENCE.editor, urgent: true }));
	const types = client.ok ? await eventTypes(client.value) : KNOWN_TYPES;
	const entries = types
		.map(({ event_type, description }: EventType) => ({
			name: eventName(event_type),
			value: event_type,
			...(description ? { description } : {}),
		}))
		.sort((a, b) => a.name.localeCompare(b.name));
	const of = (outcome: EventOutcome) => entries.filter(({ value }) => eventOutcome(value) === outcome);
	return [
		...MANY_EVENTS,
		...of('success'),
		...of('failure'),
		...of('finished'),
	];
}

/** What stands for many events, as the editor shows it. */
export const MANY_EVENTS: ReadonlyArray<INodePropertyOptions & { value: string }> = [
	{ name: 'All Events', value: ALL_EVENTS, description: 'Also those that HeyGen adds later' },
	{ name: 'All Successes', value: '*.success', description: 'Everything that ended well' },
	{ name: 'All Failures', value: '*.fail', description: 'Everything that failed' },
];

const WORDS = [...MANY_EVENTS.map(({ value }) => value), ...EVENT_TYPES];
const NAMES = [...MANY_EVENTS.map(({ name }) => name), ...EVENT_TYPES.map(eventName)];

/** HeyGen adds events: a name of this form may be one. */
const EVENT_NAME = /^[a-z][a-z0-9_]{0,100}(\.[a-z][a-z0-9_]{0,100}){1,4}$/;

/**
 * Reads 'Event Names or IDs': events by the names that HeyGen or the editor gives them, in any case.
 *
 * @param value as the parameter has it
 * @throws EngineError when nothing is chosen, or what can be no event
 */
export function chosenEvents(value: unknown): string[] {
	const chosen = readEntries(value, eventIn, (given) =>
		inputError(
			`'Event Names or IDs' takes names of events, such as avatar_video.success, but was given ${shown(given)}`,
			"Choose 'All Events' or the events that matter.",
		),
	);
	if (chosen.length > 0) return uniq(chosen);
	throw inputError("'Event Names or IDs' is empty", "Choose 'All Events' or the events that matter.");
}

function eventIn(given: unknown): string | undefined {
	const entry = isPlainObject(given) ? (given as IDataObject).event_type : given;
	const known = readChoice(entry, WORDS, NAMES).value;
	if (known !== undefined || typeof entry !== 'string') return known;
	const name = trimBlank(entry).toLowerCase();
	return EVENT_NAME.test(name) ? name : undefined;
}

/**
 * Whether an event is among the chosen ones. HeyGen sometimes delivers others too.
 *
 * @param chosen of 'Event Names or IDs'
 * @param eventType of the event
 */
export function isChosen(chosen: readonly string[], eventType: string): boolean {
	return chosen.some(
		(entry) => entry === ALL_EVENTS || entry === eventType || GROUPS.get(entry) === eventOutcome(eventType),
	);
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
	const exact = chosen.filter((entry) => !GROUPS.has(entry));
	if (exact.length === chosen.length) return [...chosen].sort();
	const known = (await eventTypes(client)).map(({ event_type }) => event_type);
	return [...new Set([...known.filter((type) => isChosen(chosen, type)), ...exact])].sort();
}
