import { bulkStatuses } from '../../engine/statuses';
import type { Operation } from '../../fields/resource';
import { sendingOptionsField } from '../../fields/sending';
import { videoJob } from '../../heygen/jobs';

/** `GET /v3/videos/statuses`. */
export const getStatuses: Operation = {
	value: 'getStatuses',
	name: 'Get Statuses',
	action: 'Get statuses of videos',
	description: 'Read the states of many videos at once, one item per video',
	request: { method: 'GET', url: '/v3/videos/statuses' },
	run: bulkStatuses(videoJob),
	properties: [
		{
			displayName: 'Video IDs',
			name: 'videoIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3f2a…, 9bc1…',
			description: 'Separated by commas, or an expression that gives a list; any number of them',
			routing: { send: { type: 'query', property: 'video_ids' } },
		},
		{
			displayName: 'Batch IDs',
			name: 'batchIds',
			type: 'string',
			default: '',
			description: 'Separated by commas: the videos of these batches',
			routing: { send: { type: 'query', property: 'batch_ids' } },
		},
		sendingOptionsField,
	],
};
