import type { Operation } from '../../declare/resource';
import { download as downloadJob } from '../../engine/operations/download';
import { videoIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { downloadField } from '../../fields/waiting';
import { videoJob } from '../../heygen/jobs/video';

/** Fetches the files of a finished video. */
export const download: Operation = {
	value: 'download',
	name: 'Download',
	action: 'Download video',
	description: 'Fetch the files of a finished video',
	request: { method: 'GET', url: '/v3/videos/{video_id}' },
	run: downloadJob(videoJob),
	properties: [videoIdField, downloadField(videoJob), ...simplifyFields(), sendingOptionsField],
};
