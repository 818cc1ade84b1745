import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { PAGE_MAX } from '../../heygen/limits';
import { renderShape } from './get';

/** `GET /v3/hyperframes/renders`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many hyperframes renders',
	description: 'List renders of projects, newest first',
	request: { method: 'GET', url: '/v3/hyperframes/renders' },
	run: pages({ max: PAGE_MAX.renders, of: 'renders', shape: renderShape }),
	properties: [...listFields, simplifyField, sendingOptionsField],
};
