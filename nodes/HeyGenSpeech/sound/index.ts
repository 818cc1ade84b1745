import type { Resource } from '../../declare/resource';
import { getAll } from './getAll';

/** Music and sound effects. */
export const sound: Resource = {
	value: 'sound',
	name: 'Sound',
	operations: [getAll],
	defaultOperation: getAll.value,
};
