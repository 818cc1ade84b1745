import type { Resource } from '../../declare/resource';
import { createAvatar } from './createAvatar';
import { createCinematic } from './createCinematic';
import { createFromPrompt } from './createFromPrompt';
import { createImage } from './createImage';
import { createStudio } from './createStudio';
import { deleteVideo } from './delete';
import { download } from './download';
import { get } from './get';
import { getAll } from './getAll';
import { getBatch } from './getBatch';
import { getScenes } from './getScenes';
import { getStatuses } from './getStatuses';
import { wait } from './wait';

/** Videos, whatever they were made with. */
export const video: Resource = {
	value: 'video',
	name: 'Video',
	operations: [
		createAvatar,
		createCinematic,
		createFromPrompt,
		createImage,
		createStudio,
		deleteVideo,
		download,
		get,
		getBatch,
		getAll,
		getScenes,
		getStatuses,
		wait,
	],
	defaultOperation: 'createAvatar',
};
