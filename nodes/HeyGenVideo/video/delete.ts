import { deleted } from '../../engine/operation';
import { videoIdField } from '../../fields/ids';
import type { Operation } from '../../fields/resource';
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
