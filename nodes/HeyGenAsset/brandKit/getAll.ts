import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/brand-kits`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many brand kits',
	description: "List the account's brand kits",
	request: { method: 'GET', url: '/v3/brand-kits' },
	run: pages({ max: PAGE_MAX.brandKits, of: 'brand kits' }),
	properties: [...listFields, sendingOptionsField],
};
