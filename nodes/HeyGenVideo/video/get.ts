import type { Operation } from '../../declare/resource';
import { single } from '../../engine/operations/single';
import { videoIdField } from '../../fields/ids';
import { simplified, simplifyField } from '../../fields/lists';
import { sendingOptionsField } from '../../fields/sending';

/** What Simplify keeps of a video. */
export const SHORT_VIDEO = [
	'id',
	'title',
	'status',
	'duration',
	'video_url',
	'captioned_video_url',
	'subtitle_url',
	'thumbnail_url',
	'created_at',
	'failure_message',
] as const;

/** `GET /v3/videos/{video_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get video',
	description: 'Read one video, with fresh addresses of its files',
	request: { method: 'GET', url: '/v3/videos/{video_id}' },
	run: single('get the video', simplified(SHORT_VIDEO)),
	properties: [videoIdField, simplifyField, sendingOptionsField],
};
