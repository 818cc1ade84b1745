import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Call } from '../../engine/item/call';
import { checkFileGiven } from '../../engine/item/fileGiven';
import { spoken } from '../../engine/item/spoken';
import { job } from '../../engine/operations/job';
import { costNotice } from '../../fields/cost';
import { fileInputFields } from '../../fields/files';
import { voiceFilterField } from '../../fields/listFilters';
import { requiredVoiceField } from '../../fields/pickers';
import { jobOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { voiceSettingsField } from '../../fields/voiceSettings';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import { appearancesIn } from '../../heygen/cast/parts';
import type { JobFile } from '../../heygen/jobs/kind';
import { videoJob } from '../../heygen/jobs/video';
import { imageVideo } from '../../heygen/schemas/imageVideo';
import { IMAGE, IMAGE_INPUT } from './image';
import { speakingVideoOptions } from './speakingVideoOptions';
import { FOR_A_SCRIPT, speakingVideoBody, speechFields } from './speech';

const speakingBody = speakingVideoBody(imageVideo, IMAGE);

/** The body in the API's form. */
function imageVideoBody(call: Call, files: readonly JobFile[]): IDataObject {
	checkFileGiven(call, IMAGE_INPUT, 'image');
	return speakingBody(call, files);
}

/** `POST /v3/videos` with `type: image`. */
export const createImage: Operation = {
	value: 'createImage',
	name: 'Create Image Video',
	action: 'Create image video',
	description: 'Let any picture of a face speak a script or a recording, and hand on the finished video',
	request: { method: 'POST', url: '/v3/videos', body: { type: 'image' } },
	run: job(videoJob, 'create the video', imageVideoBody, { appearances: appearancesIn, callbackId: true }),
	// Images are moved by Avatar IV (API reference, section `type: "image"`).
	cost: (asked) => ({ kind: 'avatarVideo', ...spoken(asked) }),
	properties: [
		costNotice('avatarVideo', 'video'),
		...fileInputFields(IMAGE_INPUT, 'Where the picture that speaks is'),
		...speechFields(IMAGE),
		{ ...requiredVoiceField, displayOptions: FOR_A_SCRIPT },
		...waitForCompletionFields(videoJob),
		...simplifyFields({ waitForCompletion: [true] }),
		{ ...voiceSettingsField, displayOptions: FOR_A_SCRIPT },
		{ ...voiceFilterField, displayOptions: FOR_A_SCRIPT },
		optionsField([...speakingVideoOptions(IMAGE), ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(jobOptions),
	],
};
