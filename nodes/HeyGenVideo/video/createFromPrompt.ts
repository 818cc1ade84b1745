import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Call } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { checkFileGiven } from '../../engine/item/fileGiven';
import { withPreset } from '../../engine/item/preset';
import { job } from '../../engine/operations/job';
import { costNotice } from '../../fields/cost';
import { fileRowsField } from '../../fields/fileRows';
import { type FileInput, fileInputFields, unionPlaces } from '../../fields/files';
import { inBody } from '../../fields/inBody';
import { promptField } from '../../fields/prompt';
import { optionsField, reportedJobOptions, requestOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import { modelVideoJob } from '../../heygen/jobs/modelVideo';
import {
	MODEL_PROMPT_CHARACTERS,
	MODEL_REFERENCE_AUDIO_MAX,
	MODEL_REFERENCE_IMAGES_MAX,
	MODEL_REFERENCE_VIDEOS_MAX,
	MODEL_REFERENCES_MAX,
	MODEL_VIDEO_DEFAULT_SECONDS,
} from '../../heygen/limits';
import { modelVideo, VIDEO_MODEL } from '../../heygen/schemas/modelVideo';
import { readNumber } from '../../heygen/values/plain';
import { amount } from '../../heygen/values/text';
import { modelVideoOptions } from './modelVideoOptions';

const modeField: INodeProperties = {
	displayName: 'Made From',
	name: 'mode',
	type: 'options',
	options: [
		{ name: 'Image and Prompt', value: 'image_to_video', description: 'An image that comes to life' },
		{ name: 'Prompt', value: 'text_to_video', description: 'Words alone' },
		{ name: 'References and Prompt', value: 'reference_to_video', description: 'Images, videos and recordings that the video is made after' },
	],
	default: 'text_to_video',
	description: 'What the video is made from',
	routing: inBody('mode'),
};

const image: FileInput = {
	label: 'Image',
	prefix: 'image',
	takes: 'a JPG or PNG file',
	example: 'https://example.com/first-picture.jpg',
	inline: true,
	places: unionPlaces('image'),
};

const OF_REFERENCES: INodeProperties['displayOptions'] = { show: { mode: ['reference_to_video'] } };

const TOGETHER = `All references together are at most ${amount(MODEL_REFERENCES_MAX, 'file')}.`;

const referenceFields: INodeProperties[] = [
	fileRowsField(
		{
			displayName: 'Reference Images',
			name: 'referenceImages',
			label: 'Image',
			place: 'reference_images',
			takes: 'a JPG or PNG file',
			example: 'https://example.com/product.jpg',
			description: `How people, things and places look, up to ${amount(MODEL_REFERENCE_IMAGES_MAX, 'image')}. ${TOGETHER}`,
		},
		OF_REFERENCES,
	),
	fileRowsField(
		{
			displayName: 'Reference Videos',
			name: 'referenceVideos',
			label: 'Video',
			place: 'reference_videos',
			takes: 'an MP4 or WebM file',
			example: 'https://example.com/movement.mp4',
			description: `How things move, up to ${amount(MODEL_REFERENCE_VIDEOS_MAX, 'video')}. ${TOGETHER}`,
		},
		OF_REFERENCES,
	),
	fileRowsField(
		{
			displayName: 'Reference Audio',
			name: 'referenceAudio',
			label: 'Recording',
			place: 'reference_audio',
			takes: 'an MP3 or WAV file',
			example: 'https://example.com/voice.mp3',
			description: `How the video sounds, up to ${amount(MODEL_REFERENCE_AUDIO_MAX, 'recording')}. ${TOGETHER}`,
		},
		OF_REFERENCES,
	),
];

/** The body in the API's form. */
function modelVideoBody(call: Call): IDataObject {
	if (call.body.mode === 'image_to_video') checkFileGiven(call, image, 'image');
	return checkBody(modelVideo, withPreset(call, call.body), call.names);
}

/** `POST /v3/models/videos`. */
export const createFromPrompt: Operation = {
	value: 'createFromPrompt',
	name: 'Create Video From Prompt',
	action: 'Create video from prompt',
	description: "Let HeyGen's video model make a short film of a prompt, an image or references, without an avatar",
	request: { method: 'POST', url: '/v3/models/videos', body: { model: VIDEO_MODEL } },
	run: job(modelVideoJob, 'create the video', modelVideoBody, { callbackId: true }),
	// The seconds of an additional field, which is not checked, count as well.
	cost: ({ body }) => ({ kind: 'modelVideo', seconds: readNumber(body.duration, { above: 0 }).value ?? MODEL_VIDEO_DEFAULT_SECONDS }),
	properties: [
		costNotice('modelVideo', 'video'),
		promptField('a paper boat sails down a rainy street at night', `Up to ${amount(MODEL_PROMPT_CHARACTERS, 'character')}`),
		modeField,
		...fileInputFields(image, 'Where the image is that comes to life', { mode: ['image_to_video'] }),
		...referenceFields,
		...waitForCompletionFields(modelVideoJob),
		...simplifyFields({ waitForCompletion: [true] }),
		optionsField([...modelVideoOptions, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField(reportedJobOptions),
	],
};
