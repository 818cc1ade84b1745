import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import type { Call } from '../../engine/item/call';
import { checkBody } from '../../engine/item/checkBody';
import { withPreset } from '../../engine/item/preset';
import { sourceLength } from '../../engine/item/sourceLength';
import { job } from '../../engine/operations/job';
import { aspectRatioFields } from '../../fields/film';
import { inBody } from '../../fields/inBody';
import { presetOption } from '../../fields/presets';
import { reportedJobOptions } from '../../fields/sending';
import { bodyWithVideo } from '../../fields/sourceVideo';
import { titleOption } from '../../fields/title';
import { clippingJob } from '../../heygen/jobs/clipping';
import { CLIPPING_PROMPT_MAX_CHARACTERS, CLIPPING_TITLE_CHARACTERS } from '../../heygen/limits';
import { CLIP_SHAPES, clipping } from '../../heygen/schemas/postProduction';
import { DURATION_TYPES } from '../../heygen/values/durationTypes';
import { amount } from '../../heygen/values/text';
import { filmWorkFields } from '../postProduction';

/** Where the body has the shape of the clips. */
const RATIO_PLACE = 'output_settings.aspect_ratio';

/** The body in the API's form. */
function clippingBody(call: Call): IDataObject {
	const places = {
		ratio: RATIO_PLACE,
		captions: { place: 'output_settings.captions', value: true },
	};
	return checkBody(clipping, withPreset(call, bodyWithVideo(call), places), call.names);
}

const clipOptions: INodeProperties[] = [
	...aspectRatioFields(
		[
			{ name: 'Landscape (16:9)', value: 'landscape' },
			{ name: 'Portrait (9:16)', value: 'portrait', description: 'For Shorts, Reels and TikTok' },
			{ name: 'Square (1:1)', value: 'square' },
		],
		{ initial: 'portrait', description: 'The shape of the clips', place: RATIO_PLACE },
	),
	{
		displayName: 'Caption Style',
		name: 'captionStyle',
		type: 'string',
		default: '',
		description: "The name of one of HeyGen's styles of captions",
		routing: inBody('output_settings.caption_style'),
	},
	{
		displayName: 'Captions',
		name: 'captions',
		type: 'boolean',
		default: true,
		description: 'Whether the clips show captions in the picture',
		routing: inBody('output_settings.captions'),
	},
	{
		displayName: 'Duration Types',
		name: 'durationTypes',
		type: 'multiOptions',
		options: Object.entries(DURATION_TYPES).map(([value, name]) => ({ name, value })),
		default: [],
		allowArbitraryValues: true,
		description: 'How long the clips may be. HeyGen chooses when none is given.',
		routing: inBody('output_settings.duration_types'),
	},
	{
		displayName: 'Input Language',
		name: 'inputLanguage',
		type: 'string',
		default: '',
		placeholder: 'e.g. en',
		description: 'What is spoken in the video: a code such as "en", or the name of the language. HeyGen finds it out when none is given.',
		routing: inBody('input_language'),
	},
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. the moments in which customers tell their stories',
		hint: `Up to ${amount(CLIPPING_PROMPT_MAX_CHARACTERS, 'character')}`,
		description: 'Which moments to look for, in words',
		routing: inBody('output_settings.prompt'),
	},
];

/** `POST /v3/ai-clipping`. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create clips from long video',
	description: 'Cut the best moments of a long video into short clips, and hand on one item for each clip',
	request: { method: 'POST', url: '/v3/ai-clipping' },
	run: job(clippingJob, 'create the clipping', clippingBody, { callbackId: true }),
	cost: (asked) => ({ kind: 'clipping', ...sourceLength(asked) }),
	properties: filmWorkFields({
		kind: clippingJob,
		priced: 'clipping',
		options: [
			...clipOptions,
			{ ...titleOption("The clipping's name in HeyGen"), hint: `Up to ${amount(CLIPPING_TITLE_CHARACTERS, 'character')}` },
			presetOption(Object.values(CLIP_SHAPES), true, 'With captions in the picture'),
		],
		requestOptions: reportedJobOptions,
	}),
};
