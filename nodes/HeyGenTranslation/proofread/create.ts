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
import { spendingOptions } from '../../fields/spending';
import { titleOption } from '../../fields/title';
import { optionally, waitForCompletionFields, waitOptionsOf } from '../../fields/waiting';
import { proofreadJob } from '../../heygen/jobs/proofread';
import { newProofread } from '../../heygen/schemas/dubbing';
import { checkVideoGiven, dubbedVideoFields } from '../dubbedVideo';
import { folderOption, modeFields, sameFormatOption, soundOptions, speakersOption } from '../dubbingOptions';
import { subtitlesOption } from '../optionalFiles';

function proofreadBody(call: Call): IDataObject {
	checkVideoGiven(call);
	return checkBody(newProofread, call.body, call.names);
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
		costNotice('proofread', 'video'),
		...dubbedVideoFields,
		{ ...titleOption("The proofread's name in HeyGen"), required: true },
		outputLanguagesField,
		...modeFields,
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
			subtitlesOption('Subtitles in SRT, in the language of the video, that HeyGen translates instead of what it hears; one of these'),
			{
				displayName: 'Video Stretching',
				name: 'enableVideoStretching',
				type: 'boolean',
				default: false,
				description: 'Whether the video may become longer or shorter, so that the speech keeps its pace',
				routing: inBody('enable_video_stretching'),
			},
			...optionally(waitOptionsOf(proofreadJob)),
			...spendingOptions,
		]),
		requestOptionsField(silentJobOptions),
	],
};
