import type { Operation } from '../../declare/resource';
import type { Asked } from '../../engine/item/call';
import { spoken } from '../../engine/item/spoken';
import { job } from '../../engine/operations/job';
import { costNotice } from '../../fields/cost';
import { listFilterFields } from '../../fields/listFilters';
import { avatarField, voiceField } from '../../fields/pickers';
import { jobOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { voiceSettingsField } from '../../fields/voiceSettings';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import { appearancesIn } from '../../heygen/cast/parts';
import { videoJob } from '../../heygen/jobs/video';
import { avatarVideo } from '../../heygen/schemas/avatarVideo';
import { avatarPrice } from './avatarPrice';
import { AVATAR, avatarVideoOptions } from './avatarVideoOptions';
import { FOR_A_SCRIPT, speakingVideoBody, speechFields } from './speech';

/** The engine that moves the avatar; HeyGen's default is Avatar IV. Fields that the user adds are not checked. */
function engineOf({ body }: Asked): unknown {
	return (body.engine as { type?: unknown } | null | undefined)?.type;
}

/** `POST /v3/videos` with `type: avatar`. */
export const createAvatar: Operation = {
	value: 'createAvatar',
	name: 'Create Avatar Video',
	action: 'Create avatar video',
	description: 'Let an avatar speak a script or a recording, and hand on the finished video',
	request: { method: 'POST', url: '/v3/videos', body: { type: 'avatar' } },
	run: job(videoJob, 'create the video', speakingVideoBody(avatarVideo, AVATAR), {
		appearances: appearancesIn,
		callbackId: true,
	}),
	cost: (asked) => ({ ...avatarPrice([engineOf(asked)]), ...spoken(asked) }),
	properties: [
		costNotice('avatarVideo', 'video'),
		avatarField,
		...speechFields(AVATAR),
		{ ...voiceField, displayOptions: FOR_A_SCRIPT },
		...waitForCompletionFields(videoJob),
		// The answer to a create that does not wait is short anyway.
		...simplifyFields({ waitForCompletion: [true] }),
		{ ...voiceSettingsField, displayOptions: FOR_A_SCRIPT },
		...listFilterFields,
		optionsField([...avatarVideoOptions, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(jobOptions),
	],
};
