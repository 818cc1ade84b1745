import type { Resource } from '../../declare/resource';
import { deleteLook } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

/** How an avatar can appear: clothes, place, posture. */
export const look: Resource = {
	value: 'look',
	name: 'Look',
	operations: [deleteLook, get, getAll, update],
	defaultOperation: getAll.value,
};
