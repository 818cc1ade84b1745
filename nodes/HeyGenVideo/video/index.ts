import type { Resource } from '../../declare/resource';
import { createAvatar } from './createAvatar';
import { deleteVideo } from './delete';
import { download } from './download';
import { get } from './get';
import { getAll } from './getAll';
import { getBatch } from './getBatch';
import { getStatuses } from './getStatuses';
import { wait } from './wait';

/** Videos, whatever they were made with. */
export const video: Resource = {
	value: 'video',
	name: 'Video',
	operations: [createAvatar, deleteVideo, download, get, getBatch, getAll, getStatuses, wait],
	defaultOperation: 'createAvatar',
};
