import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import { checkBody } from '../../engine/item/checkBody';
import { withPreset } from '../../engine/item/preset';
import { job } from '../../engine/operations/job';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { checkBeforePayingOption } from '../../fields/checking';
import { costNotice } from '../../fields/cost';
import { fileRowsField } from '../../fields/fileRows';
import { aspectRatioFields, durationOption, resolutionFields } from '../../fields/film';
import { inBody } from '../../fields/inBody';
import { avatarFilterField } from '../../fields/listFilters';
import { avatarField } from '../../fields/pickers';
import { presetOption } from '../../fields/presets';
import { promptField } from '../../fields/prompt';
import { optionsField, requestOptionsField, sendAsBatchOption, silentJobOptions } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { spendingOptions } from '../../fields/spending';
import { titleOption } from '../../fields/title';
import { optionalWaitOptions, waitForCompletionFields } from '../../fields/waiting';
import { castNamedIn } from '../../heygen/cast/parts';
import { cinematicVideoJob } from '../../heygen/jobs/cinematicVideo';
import {
	CINEMATIC_IMAGES_MAX,
	CINEMATIC_LOOKS_MAX,
	CINEMATIC_PROMPT_MAX_CHARACTERS,
	CINEMATIC_SECONDS,
	CINEMATIC_VIDEOS_MAX,
	RENDER_IMAGE_MAX_MB,
	RENDER_VIDEO_MAX_MB,
} from '../../heygen/limits';
import { cinematicVideo } from '../../heygen/schemas/cinematicVideo';
import { amount, numeral } from '../../heygen/values/text';
import { checkReferences } from './references';

/** Others that act beside the first avatar, one row each. */
const furtherAvatarsField: INodeProperties = {
	displayName: 'Further Avatars',
	name: 'furtherAvatars',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Avatar',
	default: {},
	description: `The looks of others that act as well. All together are at most ${numeral(CINEMATIC_LOOKS_MAX)}. An expression in one of them, or in 'Avatar', may also give several IDs.`,
	routing: inBody('further_avatars'),
	options: [{ displayName: 'Avatar', name: 'looks', values: [avatarField] }],
};

const referencesField = fileRowsField({
	displayName: 'References',
	name: 'references',
	label: 'Reference',
	place: 'references',
	takes: `a JPG or PNG image up to ${RENDER_IMAGE_MAX_MB} MB, or an MP4 or WebM video up to ${RENDER_VIDEO_MAX_MB} MB`,
	example: 'https://example.com/product.jpg',
	description: `Images and videos that the video is made after: products, places, movements. Up to ${amount(CINEMATIC_VIDEOS_MAX, 'video')} and ${amount(CINEMATIC_IMAGES_MAX, 'image')}, the avatars counted as images.`,
});

const RATIOS = ['1:1', '16:9', '9:16'];

const cinematicOptions: INodeProperties[] = [
	additionalFieldsOption,
	checkBeforePayingOption,
	...aspectRatioFields(RATIOS),
	{
		displayName: 'Auto Duration',
		name: 'autoDuration',
		type: 'boolean',
		default: false,
		description: "Whether HeyGen decides how long the video is; instead of 'Duration (Seconds)'",
		routing: inBody('auto_duration'),
	},
	durationOption(CINEMATIC_SECONDS, 10),
	{
		displayName: 'Enhance Prompt',
		name: 'enhancePrompt',
		type: 'boolean',
		default: false,
		description: 'Whether HeyGen works out the prompt in more detail before it makes the video',
		routing: inBody('enhance_prompt'),
	},
	presetOption(RATIOS, false),
	...resolutionFields(['1080p', '720p'], '720p'),
	titleOption("The video's name in HeyGen"),
];

/** `POST /v3/videos` with `type: cinematic_avatar`. */
export const createCinematic: Operation = {
	value: 'createCinematic',
	name: 'Create Cinematic Video',
	action: 'Create cinematic video',
	description: 'Let avatars act in a short film scene that a prompt describes, and hand on the finished video',
	request: { method: 'POST', url: '/v3/videos', body: { type: 'cinematic_avatar' } },
	// The contract has no callback fields for this type, although HeyGen may take them.
	run: job(cinematicVideoJob, 'create the video', (call) => checkBody(cinematicVideo, withPreset(call, call.body), call.names), {
		appearances: castNamedIn,
		checkFiles: checkReferences,
	}),
	cost: () => ({ kind: 'cinematicVideo' }),
	properties: [
		costNotice('cinematicVideo', 'video'),
		promptField(
			'she walks along the harbour at dusk and turns to the camera',
			`Up to ${amount(CINEMATIC_PROMPT_MAX_CHARACTERS, 'character')}`,
		),
		avatarField,
		furtherAvatarsField,
		referencesField,
		...waitForCompletionFields(cinematicVideoJob),
		...simplifyFields({ waitForCompletion: [true] }),
		avatarFilterField,
		optionsField([...cinematicOptions, ...optionalWaitOptions, ...spendingOptions]),
		requestOptionsField([...silentJobOptions, sendAsBatchOption]),
	],
};
