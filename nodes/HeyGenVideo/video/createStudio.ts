import type { Operation } from '../../declare/resource';
import { job } from '../../engine/operations/job';
import { costNotice } from '../../fields/cost';
import { avatarVoiceFilterField } from '../../fields/listFilters';
import { jobOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import { appearancesIn } from '../../heygen/cast/parts';
import { videoJob } from '../../heygen/jobs/video';
import { scenesFields } from './sceneFields';
import { durationRemarks, studioOrder } from './studioLength';
import { studioOptions } from './studioOptions';
import { studioVideoBody } from './studioScenes';

/** `POST /v3/videos` with `type: studio`. */
export const createStudio: Operation = {
	value: 'createStudio',
	name: 'Create Studio Video',
	action: 'Create studio video',
	description: 'Put avatars, images and clips together to a video of several scenes, and hand on the finished video',
	request: { method: 'POST', url: '/v3/videos', body: { type: 'studio' } },
	run: job(videoJob, 'create the video', studioVideoBody, {
		appearances: appearancesIn,
		callbackId: true,
		remarks: durationRemarks,
	}),
	cost: studioOrder,
	properties: [
		costNotice('avatarVideo', 'video'),
		...scenesFields,
		...waitForCompletionFields(videoJob),
		...simplifyFields({ waitForCompletion: [true] }),
		{ ...avatarVoiceFilterField, displayOptions: { show: { scenesInput: ['fields'] } } },
		optionsField([...studioOptions, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(jobOptions),
	],
};
