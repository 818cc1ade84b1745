import type { Resource } from '../../declare/resource';
import { create } from './create';
import { deleteWebhookEndpoint } from './delete';
import { getAll } from './getAll';
import { rotateSecret } from './rotateSecret';
import { update } from './update';

/** Addresses that HeyGen calls when something happens. */
export const webhookEndpoint: Resource = {
	value: 'webhookEndpoint',
	name: 'Webhook Endpoint',
	operations: [create, deleteWebhookEndpoint, getAll, rotateSecret, update],
	defaultOperation: 'create',
};
