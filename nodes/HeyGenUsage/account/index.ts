import type { Resource } from '../../declare/resource';
import { get } from './get';
import { getApiKey } from './getApiKey';

/** The account of the API key: who it is, and what it may still spend. */
export const account: Resource = {
	value: 'account',
	name: 'Account',
	operations: [get, getApiKey],
	defaultOperation: 'get',
};
