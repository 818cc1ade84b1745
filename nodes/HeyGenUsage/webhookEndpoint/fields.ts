import type { INodeProperties } from 'n8n-workflow';

import { eventsField } from '../../fields/events';
import { pathIdField } from '../../fields/ids';
import { inBody } from '../../fields/inBody';

/** The endpoint an operation works on. */
export const endpointIdField = pathIdField('endpoint_id', {
	displayName: 'Endpoint ID',
	name: 'endpointId',
	placeholder: 'e.g. {{ $json.endpoint_id }}',
	description: "The endpoint's ID, as 'Create' and 'Get Many' put it out in endpoint_id",
});

/** The address that HeyGen calls. */
export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://shop.example.com/heygen',
	description: 'The public https address that HeyGen calls. For a workflow of this n8n, take HeyGen Trigger, which makes its own endpoint.',
	routing: inBody('url'),
};

/**
 * The events that HeyGen reports to an endpoint.
 *
 * @param none what it means that none is chosen
 * @param chosen what a new node has
 */
export function endpointEventsField(none: string, chosen: string[]): INodeProperties {
	const { description, displayName, name, type, typeOptions } = eventsField;
	return {
		...{ displayName, name, type, typeOptions },
		default: chosen,
		description: `${description}. ${none}`,
		routing: inBody('events'),
	};
}
