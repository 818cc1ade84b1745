import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/brand-glossaries`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many brand glossaries',
	description: "List the account's brand glossaries",
	request: { method: 'GET', url: '/v3/brand-glossaries' },
	run: pages({ max: PAGE_MAX.brandGlossaries, of: 'brand glossaries' }),
	properties: [...listFields, sendingOptionsField],
};
