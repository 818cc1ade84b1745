import type { Operation } from '../../declare/resource';
import { recordShape } from '../../engine/item/simplify';
import { record } from '../../engine/operations/record';
import { videoIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyField } from '../../fields/simplify';
import { videoJob } from '../../heygen/jobs/video';

/** What Simplify keeps of a video in nodes of version 1. */
const FIRST_FIELDS = [
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

/** A video as Get and Get Many put it out. */
export const videoShape = recordShape(videoJob.outline, FIRST_FIELDS);

/** `GET /v3/videos/{video_id}`, or `GET /v3/models/videos/{video_id}` for a video of a prompt. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get video',
	description: 'Read one video, with fresh addresses of its files',
	request: { method: 'GET', url: '/v3/videos/{video_id}' },
	run: record(videoJob, videoShape),
	properties: [videoIdField, simplifyField, sendingOptionsField],
};
