import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { PAGE_MAX } from '../../heygen/limits';
import { bodyHash } from '../../heygen/webhooks';
import type { ApiRequest, Asker } from '../http';
import { readPages } from '../pages';
import { isChosen } from './eventTypes';
import { asEvent, eventItem } from './items';
import { ListWindow, timeMs, type Mark, type RecordShape } from './window';

/** Which events are wanted. */
export interface EventSettings {
	/** Of 'Event Names or IDs'. */
	events: readonly string[];
	/** The one thing they must be about. */
	entityId?: string;
}

const SHAPE: RecordShape = {
	idOf: (record) => (typeof record.event_id === 'string' ? record.event_id : bodyHash(JSON.stringify(record))),
	timeOf: ({ created_at }) => timeMs(created_at),
};
const LIST = { max: PAGE_MAX.webhookEvents, of: 'webhook events' };

/**
 * Events that have come since the last poll.
 *
 * @param asker sends requests
 * @param settings which are wanted
 * @param mark what the last poll remembered; undefined for the first one, which only takes its bearings
 * @returns their items, the oldest first, and what the next poll has to know
 */
export async function newEvents(
	asker: Asker,
	settings: EventSettings,
	mark: Mark | undefined,
): Promise<{ items: INodeExecutionData[]; next: Mark }> {
	const window = new ListWindow(SHAPE, mark);
	const records = await readPages(
		asker.send,
		listRequest(settings),
		{ ...LIST, until: (read) => window.isCovered(read) },
		Infinity,
	);
	const fresh = mark === undefined ? [] : window.fresh(records);
	return { items: chosenItems(fresh, settings), next: window.next(records) };
}

/**
 * The latest event, for a test in the editor.
 *
 * @param asker sends requests
 * @param settings which are wanted
 * @returns undefined when there is none among the last hundred
 */
export async function latestEvent(
	asker: Asker,
	settings: EventSettings,
): Promise<INodeExecutionData | undefined> {
	const { body } = await asker.send({ ...listRequest(settings), query: { ...queryOf(settings), limit: LIST.max } });
	const records = Array.isArray(body.data) ? (body.data as IDataObject[]) : [];
	const timeOf = (record: IDataObject) => SHAPE.timeOf(record) ?? 0;
	const newestFirst = [...records].sort((a, b) => timeOf(b) - timeOf(a));
	return chosenItems(newestFirst, settings)[0];
}

function listRequest(settings: EventSettings): ApiRequest {
	return { method: 'GET', path: '/v3/webhooks/events', query: queryOf(settings), doing: 'list the webhook events' };
}

function queryOf({ entityId }: EventSettings): IDataObject {
	return entityId === undefined ? {} : { entity_id: entityId };
}

function chosenItems(records: readonly IDataObject[], { events }: EventSettings): INodeExecutionData[] {
	return records.flatMap((record) => {
		const event = asEvent(record);
		return event !== undefined && isChosen(events, event.event_type) ? [eventItem(event, SHAPE.idOf(record))] : [];
	});
}
