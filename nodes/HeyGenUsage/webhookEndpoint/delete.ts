import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { sendingOptionsField } from '../../fields/sending';
import { endpointIdField } from './fields';

/** `DELETE /v3/webhooks/endpoints/{endpoint_id}`. */
export const deleteWebhookEndpoint: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete webhook endpoint',
	description: 'Delete a webhook endpoint for good: HeyGen no longer calls its address',
	request: { method: 'DELETE', url: '/v3/webhooks/endpoints/{endpoint_id}' },
	run: deleted('webhook endpoint', 'endpoint_id'),
	properties: [endpointIdField, sendingOptionsField],
};
