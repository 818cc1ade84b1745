import type { Resource } from '../../declare/resource';
import { create } from './create';
import { deleteBackgroundRemoval } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { wait } from './wait';

/** Videos in layers. */
export const backgroundRemoval: Resource = {
	value: 'backgroundRemoval',
	name: 'Background Removal',
	operations: [create, deleteBackgroundRemoval, get, getAll, wait],
	defaultOperation: 'create',
};
