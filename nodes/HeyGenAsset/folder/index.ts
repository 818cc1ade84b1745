import type { Resource } from '../../declare/resource';
import { create } from './create';
import { get } from './get';

/** Folders for videos and assets. */
export const folder: Resource = {
	value: 'folder',
	name: 'Folder',
	operations: [create, get],
	defaultOperation: 'create',
};
