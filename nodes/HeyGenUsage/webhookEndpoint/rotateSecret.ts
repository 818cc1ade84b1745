import type { Operation } from '../../declare/resource';
import { endpointWithSecret } from '../../engine/operations/webhookEndpoints';
import { write } from '../../engine/operations/write';
import { creatingOptions, requestOptionsField } from '../../fields/sending';
import { endpointIdField } from './fields';

/** `POST /v3/webhooks/endpoints/{endpoint_id}/rotate-secret`. */
export const rotateSecret: Operation = {
	value: 'rotateSecret',
	name: 'Rotate Secret',
	action: 'Rotate secret of webhook endpoint',
	description:
		'Replace the signing secret of a webhook endpoint. The old secret ends at once, also for HeyGen Trigger. HeyGen shows the new one once, in the output.',
	request: { method: 'POST', url: '/v3/webhooks/endpoints/{endpoint_id}/rotate-secret' },
	run: write('rotate the secret of the webhook endpoint', undefined, { shape: endpointWithSecret }),
	properties: [endpointIdField, requestOptionsField(creatingOptions)],
};
