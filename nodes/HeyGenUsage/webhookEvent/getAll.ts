import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { entityIdField } from '../../fields/events';
import { inQuery } from '../../fields/inQuery';
import { filtersField, listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { readOneEvent } from '../../heygen/eventChoice';
import { PAGE_MAX } from '../../heygen/limits';

const EVENT_TYPE = 'Event Type Name or ID';

/** `GET /v3/webhooks/events`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many webhook events',
	description: 'List what HeyGen has reported, or would have reported, to webhook endpoints',
	request: { method: 'GET', url: '/v3/webhooks/events' },
	run: pages({
		max: PAGE_MAX.webhookEvents,
		of: 'webhook events',
		reads: { event_type: { label: EVENT_TYPE, read: readOneEvent } },
	}),
	properties: [
		...listFields,
		filtersField([
			{ ...entityIdField, routing: inQuery('entity_id') },
			{
				displayName: EVENT_TYPE,
				name: 'eventType',
				type: 'options',
				typeOptions: { loadOptionsMethod: 'getSingleEventTypes' },
				default: '',
				description:
					'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				routing: inQuery('event_type'),
			},
		]),
		sendingOptionsField,
	],
};
