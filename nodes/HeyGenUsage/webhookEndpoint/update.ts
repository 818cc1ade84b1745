import type { Operation } from '../../declare/resource';
import { endpointRecord, withEventTypes } from '../../engine/operations/webhookEndpoints';
import { write } from '../../engine/operations/write';
import { sendingOptionsField } from '../../fields/sending';
import { changedWebhookEndpoint } from '../../heygen/schemas/webhook';
import { endpointEventsField, endpointIdField, urlField } from './fields';

/** `PATCH /v3/webhooks/endpoints/{endpoint_id}`. */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update webhook endpoint',
	description: 'Change the address or the events of a webhook endpoint. The secret stays.',
	request: { method: 'PATCH', url: '/v3/webhooks/endpoints/{endpoint_id}' },
	run: write('update the webhook endpoint', changedWebhookEndpoint, { complete: withEventTypes, shape: endpointRecord }),
	properties: [
		endpointIdField,
		{ ...urlField, description: 'The new public https address that HeyGen calls; empty to keep the one it has' },
		endpointEventsField("They take the place of those it has; 'All Events' goes back to all. None keeps them.", []),
		sendingOptionsField,
	],
};
