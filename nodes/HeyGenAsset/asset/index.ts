import type { Resource } from '../../declare/resource';
import { deleteAsset } from './delete';
import { download } from './download';
import { get } from './get';
import { getAll } from './getAll';
import { getBatch } from './getBatch';
import { getStatuses } from './getStatuses';
import { search } from './search';
import { upload } from './upload';

/** Files in HeyGen. */
export const asset: Resource = {
	value: 'asset',
	name: 'Asset',
	operations: [deleteAsset, download, get, getBatch, getAll, getStatuses, search, upload],
	defaultOperation: 'upload',
};
