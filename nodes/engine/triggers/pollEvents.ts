import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isChosen } from '../../heygen/eventChoice';
import { PAGE_MAX } from '../../heygen/limits';
import { idIn, timeMs } from '../../heygen/records';
import { bodyHash } from '../../heygen/webhooks';
import type { Client } from '../request/client';
import { ENDLESS_LIST, readPages } from '../request/readPages';
import { asEvent, eventItem } from './eventItem';
import { ListWindow, type Mark, type RecordShape } from './listWindow';

/** Which events are wanted. */
export interface EventSettings {
	/** Of 'Event Names or IDs'. */
	events: readonly string[];
	/** The one thing they must be about. */
	entityId?: string;
}

const SHAPE: RecordShape = {
	idOf: (record) => idIn(record, ['event_id']) ?? bodyHash(JSON.stringify(record)),
	timeOf: ({ created_at }) => timeMs(created_at),
};
const LIST = { max: PAGE_MAX.webhookEvents, of: 'webhook events', advice: ENDLESS_LIST };

/**
 * Events that have come since the last poll.
 *
 * @param client sends requests
 * @param settings which are wanted
 * @param mark what the last poll remembered; undefined for the first one, which hands on nothing and remembers where it is
 * @returns their items, the oldest first, and what the next poll has to know
 */
export async function newEvents(
	client: Client,
	settings: EventSettings,
	mark: Mark | undefined,
): Promise<{ items: INodeExecutionData[]; next: Mark }> {
	const listWindow = new ListWindow(SHAPE, mark);
	const records = await read(client, settings, listWindow);
	const fresh = mark === undefined ? [] : listWindow.fresh(records);
	return { items: chosenItems(fresh, settings), next: listWindow.next(records) };
}

/**
 * The latest event, for a test in the editor.
 *
 * @param client sends requests
 * @param settings which are wanted
 * @returns undefined when there is none among the last hundred or so
 */
export async function latestEvent(
	client: Client,
	settings: EventSettings,
): Promise<INodeExecutionData | undefined> {
	const listWindow = new ListWindow(SHAPE, undefined);
	return chosenItems(listWindow.sorted(await read(client, settings, listWindow)), settings).at(-1);
}

async function read(client: Client, { entityId }: EventSettings, listWindow: ListWindow): Promise<IDataObject[]> {
	const query = entityId === undefined ? {} : { entity_id: entityId };
	const request = { method: 'GET' as const, path: '/v3/webhooks/events', query, doing: 'list the webhook events' };
	const options = { ...LIST, until: (records: readonly IDataObject[]) => listWindow.isCovered(records) };
	return await readPages(listWindow.reading(client), request, options, Infinity);
}

function chosenItems(records: readonly IDataObject[], { events }: EventSettings): INodeExecutionData[] {
	return records.flatMap((record) => {
		const event = asEvent(record);
		return event !== undefined && isChosen(events, event.event_type) ? [eventItem(event, SHAPE.idOf(record))] : [];
	});
}
