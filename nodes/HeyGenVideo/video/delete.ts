import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { videoIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/videos/{video_id}`. */
export const deleteVideo: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete video',
	description: 'Delete a video for good',
	request: { method: 'DELETE', url: '/v3/videos/{video_id}' },
	run: deleted('video', 'video_id'),
	properties: [videoIdField, sendingOptionsField],
};
