import type { Operation } from '../../declare/resource';
import { attach } from '../../engine/operations/attach';
import { videoIdField } from '../../fields/ids';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { attachFields, waitOptions } from '../../fields/waiting';
import { videoJob } from '../../heygen/jobs/video';

/** Attaches to a running video. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait Until Finished',
	action: 'Wait until video is finished',
	description: 'Attach to a video that is being made, and hand it on when it is finished',
	request: { method: 'GET', url: '/v3/videos/{video_id}' },
	run: attach(videoJob),
	properties: [
		videoIdField,
		...attachFields(videoJob),
		...simplifyFields(),
		optionsField(waitOptions),
		sendingOptionsField,
	],
};
