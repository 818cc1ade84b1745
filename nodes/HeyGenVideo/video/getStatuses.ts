import type { Operation } from '../../declare/resource';
import { bulkStatuses } from '../../engine/operations/bulkStatuses';
import { batchIdsField, idsField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { videoJob } from '../../heygen/jobs/video';

/** `GET /v3/videos/statuses`. */
export const getStatuses: Operation = {
	value: 'getStatuses',
	name: 'Get Statuses',
	action: 'Get statuses of videos',
	description: 'Read the states of many videos at once, one item per video',
	request: { method: 'GET', url: '/v3/videos/statuses' },
	run: bulkStatuses(videoJob),
	properties: [idsField(videoJob), batchIdsField(videoJob), sendingOptionsField],
};
