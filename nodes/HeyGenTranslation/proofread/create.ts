import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Call } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { sourceLength } from '../../engine/item/sourceLength';
import { job } from '../../engine/operations/job';
import { languageVariants } from '../../engine/operations/outputLanguages';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { checkSubtitlesOption } from '../../fields/checking';
import { costNotice } from '../../fields/cost';
import { inBody } from '../../fields/inBody';
import { outputLanguagesField } from '../../fields/languages';
import { brandGlossaryOption } from '../../fields/pickers';
import { optionsField, requestOptionsField, silentJobOptions } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { bodyWithVideo, dubbedVideoFields } from '../../fields/sourceVideo';
import { spendingOptions } from '../../fields/spending';
import { titleOption } from '../../fields/title';
import { optionally, waitForCompletionFields, waitOptionsOf } from '../../fields/waiting';
import { proofreadJob } from '../../heygen/jobs/proofread';
import { newProofread } from '../../heygen/schemas/dubbing';
import { folderOption, proofreadModeFields, sameFormatOption, soundOptions, speakersOption } from '../dubbingOptions';
import { subtitlesOption } from '../optionalFiles';

function proofreadBody(call: Call): IDataObject {
	return checkBody(newProofread, bodyWithVideo(call), call.names);
}

/** `POST /v3/video-translations/proofreads`, once for each language. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create proofread',
	description: 'Translate the words of a video, to be corrected before the new video is made: one item for each language',
	request: { method: 'POST', url: '/v3/video-translations/proofreads' },
	run: job(proofreadJob, 'create the proofread', proofreadBody, { variants: languageVariants() }),
	cost: (asked) => ({ kind: 'proofread', ...sourceLength(asked) }),
	properties: [
		costNotice('proofread', 'video and language'),
		...dubbedVideoFields,
		{ ...titleOption("The proofread's name in HeyGen"), required: true },
		outputLanguagesField,
		...proofreadModeFields,
		...waitForCompletionFields(proofreadJob),
		simplifyResultField,
		optionsField([
			additionalFieldsOption,
			brandGlossaryOption,
			checkSubtitlesOption,
			folderOption('proofread'),
			sameFormatOption,
			...soundOptions,
			speakersOption,
			subtitlesOption('SRT subtitles in the language of the video, translated instead of what HeyGen hears; from one source'),
			{
				displayName: 'Video Stretching',
				name: 'enableVideoStretching',
				type: 'boolean',
				default: false,
				description: 'Whether the video that is made of it may become longer or shorter. Off unless it is switched on.',
				routing: inBody('enable_video_stretching'),
			},
			...optionally(waitOptionsOf(proofreadJob)),
			...spendingOptions,
		]),
		requestOptionsField(silentJobOptions),
	],
};
