import type { Resource } from '../../declare/resource';
import { getAll } from './getAll';
import { getTypes } from './getTypes';

/** What HeyGen reports to webhook endpoints. */
export const webhookEvent: Resource = {
	value: 'webhookEvent',
	name: 'Webhook Event',
	operations: [getAll, getTypes],
	defaultOperation: getAll.value,
};
