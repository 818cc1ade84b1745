import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Asked, Call, Ordered } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { job } from '../../engine/operations/job';
import { languageVariants } from '../../engine/operations/outputLanguages';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { costNotice } from '../../fields/cost';
import { outputLanguagesField } from '../../fields/languages';
import { jobOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { bodyWithVideo, dubbedVideoFields } from '../../fields/sourceVideo';
import { spendingOptions } from '../../fields/spending';
import { optionally, waitForCompletionFields, waitOptionsOf } from '../../fields/waiting';
import type { JobFile } from '../../heygen/jobs/kind';
import { translationJob } from '../../heygen/jobs/translation';
import { videoTranslation } from '../../heygen/schemas/dubbing';
import { checkCaptionsAsked, checkPart, dubbedLength, orderedIn } from '../dubbedVideo';
import { modeFields } from '../dubbingOptions';
import { translationOptions } from './translationOptions';

function translationBody(call: Call, files: readonly JobFile[]): IDataObject {
	const body = checkBody(videoTranslation, bodyWithVideo(call), call.names);
	checkCaptionsAsked(call, body, files);
	return body;
}

/** What comes along in the output language is of use for one language only. */
function placeOfOne({ audio, srt_role: role }: IDataObject): string | undefined {
	if (audio !== undefined) return 'audio';
	return role === 'output' ? 'srt' : undefined;
}

/** What one translation orders. */
function translationOrder(asked: Asked): Ordered {
	return { ...orderedIn('translation', asked.body.mode), ...dubbedLength(asked) };
}

/** `POST /v3/video-translations`, once for each language: one that fails costs none of the others. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Translate video',
	description: 'Translate a video into one language or several, and hand on one item for each language',
	request: { method: 'POST', url: '/v3/video-translations' },
	run: job(translationJob, 'translate the video', translationBody, {
		callbackId: true,
		checkFiles: checkPart,
		variants: languageVariants(placeOfOne),
	}),
	cost: translationOrder,
	properties: [
		costNotice('translationSpeed', 'video and language'),
		...dubbedVideoFields,
		outputLanguagesField,
		...modeFields,
		...waitForCompletionFields(translationJob),
		simplifyResultField,
		optionsField([
			additionalFieldsOption,
			...translationOptions,
			...optionally(waitOptionsOf(translationJob)),
			...spendingOptions,
		]),
		requestOptionsField(jobOptions),
	],
};
