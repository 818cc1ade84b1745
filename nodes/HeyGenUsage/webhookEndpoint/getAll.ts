import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { endpointRecord } from '../../engine/operations/webhookEndpoints';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/webhooks/endpoints`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many webhook endpoints',
	description: "List the account's webhook endpoints, those of HeyGen Trigger included, without their secrets",
	request: { method: 'GET', url: '/v3/webhooks/endpoints' },
	run: pages({ max: PAGE_MAX.webhookEndpoints, of: 'webhook endpoints', shape: endpointRecord }),
	properties: [...listFields, sendingOptionsField],
};
