import type { INodeProperties } from 'n8n-workflow';

import { additionalFieldsOption } from '../../fields/additionalFields';
import { aspectRatioFields, durationOption, resolutionFields } from '../../fields/film';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { presetOption } from '../../fields/presets';
import { MODEL_SEED_HINT, MODEL_VIDEO_DEFAULT_SECONDS, MODEL_VIDEO_SECONDS } from '../../heygen/limits';
import { VIDEO_MODEL } from '../../heygen/schemas/modelVideo';

/** Everything optional about a video of a prompt: members of its Options. */
export const modelVideoOptions: INodeProperties[] = [
	additionalFieldsOption,
	...aspectRatioFields([
		...['1:1', '16:9', '21:9', '3:4', '4:3', '9:16'],
		{ name: 'Adaptive', value: 'adaptive', description: 'As the image or the references are' },
	]),
	durationOption(MODEL_VIDEO_SECONDS, MODEL_VIDEO_DEFAULT_SECONDS),
	...openChoiceFields({
		displayName: 'Model',
		name: 'model',
		type: 'options',
		options: [{ name: 'HeyGen Video 1', value: VIDEO_MODEL }],
		default: VIDEO_MODEL,
		description: 'The model that makes the video',
		routing: inBody('model'),
	}),
	presetOption(['1:1', '16:9', '9:16'], false),
	...openChoiceFields({
		displayName: 'Prompt Enhancement',
		name: 'promptEnhancement',
		type: 'options',
		options: [
			{ name: 'Default', value: 'default' },
			{ name: 'Disabled', value: 'disabled', description: 'Take the prompt as it is' },
			{ name: 'Quality', value: 'quality', description: 'The most detail' },
			{ name: 'Turbo', value: 'turbo', description: 'The fastest' },
		],
		default: 'default',
		description: 'How HeyGen works out the prompt in more detail before it makes the video',
		routing: inBody('prompt_enhancement'),
	}),
	...resolutionFields(['1080p', '2k', '480p', '768p'], '768p'),
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MODEL_SEED_HINT, numberPrecision: 0 },
		default: 0,
		description: 'A number that makes the chance in a video repeatable: the same prompt with the same seed gives a similar video',
		routing: inBody('seed'),
	},
];
