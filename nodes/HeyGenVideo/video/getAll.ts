import type { Operation } from '../../declare/resource';
import { pages } from '../../engine/operations/pages';
import { inQuery } from '../../fields/inQuery';
import { filtersField, folderFilter, listFields } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { PAGE_MAX } from '../../heygen/limits';
import { videoShape } from './get';

/** `GET /v3/videos`. */
export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many videos',
	description: 'List videos, newest first',
	request: { method: 'GET', url: '/v3/videos' },
	run: pages({ max: PAGE_MAX.videos, of: 'videos', shape: videoShape }),
	properties: [
		...listFields,
		simplifyField,
		filtersField([
			folderFilter,
			{
				displayName: 'Title',
				name: 'title',
				type: 'string',
				default: '',
				description: 'Part of the title',
				routing: inQuery('title'),
			},
		]),
		sendingOptionsField,
	],
};
