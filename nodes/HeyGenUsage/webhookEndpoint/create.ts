import type { Operation } from '../../declare/resource';
import { endpointWithSecret, withEventTypes } from '../../engine/operations/webhookEndpoints';
import { write } from '../../engine/operations/write';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { entityIdField } from '../../fields/events';
import { inBody } from '../../fields/inBody';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { newWebhookEndpoint } from '../../heygen/schemas/webhook';
import { endpointEventsField, urlField } from './fields';

/** `POST /v3/webhooks/endpoints`. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create webhook endpoint',
	description:
		'Have HeyGen call an address when something happens. HeyGen shows the signing secret once, in the output: let the next node keep it in a safe place.',
	request: { method: 'POST', url: '/v3/webhooks/endpoints' },
	run: write('create the webhook endpoint', newWebhookEndpoint, { complete: withEventTypes, shape: endpointWithSecret }),
	properties: [
		{ ...urlField, required: true },
		endpointEventsField('None stands for all events.', ['*']),
		optionsField([additionalFieldsOption, { ...entityIdField, routing: inBody('entity_id') }]),
		requestOptionsField(creatingOptions),
	],
};
