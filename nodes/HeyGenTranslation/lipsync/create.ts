import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Asked, Call, Ordered } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { checkFileGiven } from '../../engine/item/fileGiven';
import { job } from '../../engine/operations/job';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { costNotice } from '../../fields/cost';
import { type FileInput, fileInputFields, unionPlaces } from '../../fields/files';
import { jobOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { bodyWithVideo, dubbedVideoFields } from '../../fields/sourceVideo';
import { spendingOptions } from '../../fields/spending';
import { titleOption } from '../../fields/title';
import { optionally, waitForCompletionFields, waitOptionsOf } from '../../fields/waiting';
import type { JobFile } from '../../heygen/jobs/kind';
import { lipsyncJob } from '../../heygen/jobs/lipsync';
import { newLipsync } from '../../heygen/schemas/dubbing';
import { checkCaptionsAsked, checkPart, dubbedLength, orderedIn } from '../dubbedVideo';
import { filmOptions, folderOption, frameTimingFields, modeFields, soundOptions } from '../dubbingOptions';

const audio: FileInput = {
	label: 'Audio',
	prefix: 'audio',
	takes: 'an MP3 or WAV file',
	example: 'https://example.com/speech.mp3',
	places: unionPlaces('audio'),
};

function lipsyncBody(call: Call, files: readonly JobFile[]): IDataObject {
	const given = bodyWithVideo(call);
	checkFileGiven(call, audio, 'audio');
	const body = checkBody(newLipsync, given, call.names);
	checkCaptionsAsked(call, body, files);
	return body;
}

/** What a lipsync orders. A film that may change its length becomes as long as the recording. */
function lipsyncOrder(asked: Asked): Ordered {
	const order = orderedIn('lipsync', asked.body.mode);
	if (asked.body.enable_dynamic_duration === false) return { ...order, ...dubbedLength(asked) };
	const seconds = asked.secondsOf('audio.asset_id');
	return seconds === undefined ? order : { ...order, seconds, how: 'the length of the audio' };
}

/** `POST /v3/lipsyncs`. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Lip sync video to audio',
	description: 'Sync the lips in a video to a recording',
	request: { method: 'POST', url: '/v3/lipsyncs' },
	run: job(lipsyncJob, 'create the lipsync', lipsyncBody, { callbackId: true, checkFiles: checkPart }),
	cost: lipsyncOrder,
	properties: [
		costNotice('lipsyncSpeed', 'video'),
		...dubbedVideoFields,
		...fileInputFields(audio, 'Where the recording comes from that is heard in the new video'),
		...modeFields,
		...waitForCompletionFields(lipsyncJob),
		simplifyResultField,
		optionsField([
			additionalFieldsOption,
			...filmOptions,
			...frameTimingFields(),
			folderOption('lipsync'),
			...soundOptions,
			titleOption("The lipsync's name in HeyGen"),
			...optionally(waitOptionsOf(lipsyncJob)),
			...spendingOptions,
		]),
		requestOptionsField(jobOptions),
	],
};
