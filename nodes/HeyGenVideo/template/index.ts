import type { Resource } from '../../declare/resource';
import { generate } from './generate';
import { get } from './get';
import { getAll } from './getAll';

/** Videos that are made once and filled with other words, pictures and voices each time. */
export const template: Resource = {
	value: 'template',
	name: 'Template',
	operations: [generate, get, getAll],
	defaultOperation: 'generate',
};
