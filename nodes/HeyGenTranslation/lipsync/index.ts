import type { Resource } from '../../declare/resource';
import { create } from './create';
import { deleteLipsync } from './delete';
import { download } from './download';
import { get } from './get';
import { getAll } from './getAll';
import { getBatch } from './getBatch';
import { getStatuses } from './getStatuses';
import { update } from './update';
import { wait } from './wait';

/** Videos whose speakers say what a recording says. */
export const lipsync: Resource = {
	value: 'lipsync',
	name: 'Lipsync',
	operations: [create, deleteLipsync, download, get, getBatch, getAll, getStatuses, update, wait],
	defaultOperation: 'create',
};
