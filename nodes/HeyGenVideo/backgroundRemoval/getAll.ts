import type { Operation } from '../../declare/resource';
import { jobShape } from '../../engine/item/simplify';
import { pages } from '../../engine/operations/pages';
import { listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { backgroundRemovalJob } from '../../heygen/jobs/backgroundRemoval';
import { PAGE_MAX } from '../../heygen/limits';

/** `GET /v3/background-removals`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many background removals',
	description: 'List background removals, newest first',
	request: { method: 'GET', url: '/v3/background-removals' },
	run: pages({ max: PAGE_MAX.backgroundRemovals, of: 'background removals', shape: jobShape(backgroundRemovalJob) }),
	properties: [...listFields, simplifyField, sendingOptionsField],
};
