import type { Operation } from '../../declare/resource';
import { jobShape } from '../../engine/item/simplify';
import { pages } from '../../engine/operations/pages';
import { avatarTypeFilter, groupFilter, ownershipFilter } from '../../fields/avatarFilters';
import { filtersField, listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { avatarJob } from '../../heygen/jobs/avatar';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/avatars/looks`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many looks',
	description: 'List looks, which are what videos show: of one avatar group, of one type, your own or all',
	request: { method: 'GET', url: '/v3/avatars/looks' },
	run: pages({ max: PAGE_MAX.avatarLooks, of: 'looks', shape: jobShape(avatarJob) }),
	properties: [
		...listFields,
		simplifyField,
		filtersField([groupFilter, avatarTypeFilter, ownershipFilter('Whose looks to list')]),
		sendingOptionsField,
	],
};
