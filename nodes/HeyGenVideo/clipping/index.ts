import type { Resource } from '../../declare/resource';
import { create } from './create';
import { deleteClipping } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { wait } from './wait';

/** Short clips of long videos. */
export const clipping: Resource = {
	value: 'clipping',
	name: 'Clipping',
	operations: [create, deleteClipping, get, getAll, wait],
	defaultOperation: 'create',
};
