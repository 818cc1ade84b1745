import type { Operation } from '../../declare/resource';
import { checkBody } from '../../engine/item/checkBody';
import { checkFileGiven } from '../../engine/item/fileGiven';
import { job } from '../../engine/operations/job';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { type FileInput, fileInputFields, unionPlaces } from '../../fields/files';
import { inBody } from '../../fields/inBody';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { simplifyResultField } from '../../fields/simplify';
import { optionally, waitForCompletionFields, waitOptions } from '../../fields/waiting';
import { voiceJob } from '../../heygen/jobs/voice';
import { voiceClone } from '../../heygen/schemas/voices';

const audio: FileInput = {
	label: 'Audio',
	prefix: 'audio',
	takes: 'an MP3 or WAV file',
	example: 'https://example.com/ada.mp3',
	inline: true,
	places: unionPlaces('audio'),
};

/** `POST /v3/voices/clone`. */
export const clone: Operation = {
	value: 'clone',
	name: 'Clone',
	action: 'Clone voice',
	description: 'Make a voice of a recording of somebody, and hand it on when it is complete',
	request: { method: 'POST', url: '/v3/voices/clone' },
	run: job(
		voiceJob,
		'clone the voice',
		(call) => {
			checkFileGiven(call, audio, 'audio');
			return checkBody(voiceClone, call.body, call.names);
		},
		{ recognition: 'unsure' },
	),
	properties: [
		{
			displayName: 'HeyGen publishes no price for voice clones; a plan has a number of them. Clone only voices of people who allow it.',
			name: 'cloneNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Voice Name',
			name: 'voiceName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Ada',
			description: "The voice's name in HeyGen. The node finds a clone by it whose answer got lost, so that different voices should have different names.",
			routing: inBody('voice_name'),
		},
		...fileInputFields(audio, 'Where the recording of the voice comes from'),
		...waitForCompletionFields(voiceJob),
		simplifyResultField,
		optionsField([
			additionalFieldsOption,
			{
				displayName: 'Language',
				name: 'language',
				type: 'string',
				default: '',
				placeholder: 'e.g. English',
				description: 'The language that is spoken in the recording',
				routing: inBody('language'),
			},
			{
				displayName: 'Remove Background Noise',
				name: 'removeBackgroundNoise',
				type: 'boolean',
				default: true,
				description: 'Whether to clean the recording before it is used',
				routing: inBody('remove_background_noise'),
			},
			...optionally(waitOptions),
		]),
		requestOptionsField(creatingOptions),
	],
};
