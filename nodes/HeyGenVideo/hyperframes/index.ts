import type { Resource } from '../../declare/resource';
import { create } from './create';
import { deleteRender } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { wait } from './wait';

/** Projects of web pages that become videos. */
export const hyperframes: Resource = {
	value: 'hyperframes',
	name: 'HyperFrames',
	operations: [create, deleteRender, get, getAll, wait],
	defaultOperation: 'create',
};
