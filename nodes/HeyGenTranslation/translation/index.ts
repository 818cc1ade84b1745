import type { Resource } from '../../declare/resource';
import { create } from './create';
import { deleteTranslation } from './delete';
import { download } from './download';
import { get } from './get';
import { getAll } from './getAll';
import { getBatch } from './getBatch';
import { getLanguages } from './getLanguages';
import { getStatuses } from './getStatuses';
import { update } from './update';
import { wait } from './wait';

/** Videos in other languages. */
export const translation: Resource = {
	value: 'translation',
	name: 'Translation',
	operations: [create, deleteTranslation, download, get, getBatch, getAll, getLanguages, getStatuses, update, wait],
	defaultOperation: 'create',
};
