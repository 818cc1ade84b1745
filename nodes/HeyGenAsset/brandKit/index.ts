import type { Resource } from '../../declare/resource';
import { create } from './create';
import { deleteBrandKit } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

/** Logo and colors of a brand. */
export const brandKit: Resource = {
	value: 'brandKit',
	name: 'Brand Kit',
	operations: [create, deleteBrandKit, get, getAll, update],
	defaultOperation: 'create',
};
