import type { Operation } from '../../declare/resource';
import { outlineShape } from '../../engine/item/simplify';
import { pages } from '../../engine/operations/pages';
import { ownershipFilter } from '../../fields/avatarFilters';
import { filtersField, listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { avatarGroup } from '../../heygen/jobs/avatar';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/avatars`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many avatars',
	description: "List avatar groups: the account's own, HeyGen's, or both. Videos show looks of them, which 'Get Many' of looks lists.",
	request: { method: 'GET', url: '/v3/avatars' },
	run: pages({ max: PAGE_MAX.avatars, of: 'avatar groups', shape: outlineShape(avatarGroup.outline) }),
	properties: [...listFields, simplifyField, filtersField([ownershipFilter('Whose avatars to list')]), sendingOptionsField],
};
