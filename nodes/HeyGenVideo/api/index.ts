import type { Resource } from '../../declare/resource';
import { call } from './call';
import { list } from './list';

/** Whatever the API has, by its paths. */
export const api: Resource = {
	value: 'api',
	name: 'API',
	operations: [call, list],
	defaultOperation: 'call',
};
