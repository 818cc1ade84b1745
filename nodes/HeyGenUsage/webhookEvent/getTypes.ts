import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { sendingOptionsField } from '../../fields/sending';

/** `GET /v3/webhooks/event-types`. */
export const getTypes: Operation = {
	value: 'getTypes',
	name: 'Get Many Types',
	action: 'Get many webhook event types',
	description: 'List the types of events that HeyGen reports, each with what it means',
	request: { method: 'GET', url: '/v3/webhooks/event-types' },
	run: pages({ of: 'webhook event types' }),
	properties: [sendingOptionsField],
};
