import type { Resource } from '../../declare/resource';
import { checkBudget } from './checkBudget';
import { estimate } from './estimate';
import { forecast } from './forecast';

/** What jobs cost, before they are ordered and after. */
export const cost: Resource = {
	value: 'cost',
	name: 'Cost',
	operations: [checkBudget, estimate, forecast],
	defaultOperation: 'estimate',
};
