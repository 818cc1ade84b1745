import type { INodeProperties } from 'n8n-workflow';

import { additionalFieldsOption } from '../../fields/additionalFields';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { presetOption } from '../../fields/presets';
import { MODEL_SEED_HINT, MODEL_VIDEO_DEFAULT_SECONDS, MODEL_VIDEO_SECONDS } from '../../heygen/limits';
import { VIDEO_MODEL } from '../../heygen/schemas/modelVideo';

/** Everything optional about a video of a prompt: members of its Options. */
export const modelVideoOptions: INodeProperties[] = [
	additionalFieldsOption,
	...openChoiceFields({
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'options',
		options: [
			{ name: '1:1', value: '1:1' },
			{ name: '16:9', value: '16:9' },
			{ name: '21:9', value: '21:9' },
			{ name: '3:4', value: '3:4' },
			{ name: '4:3', value: '4:3' },
			{ name: '9:16', value: '9:16' },
			{ name: 'Adaptive', value: 'adaptive', description: 'As the image or the references are' },
		],
		default: '16:9',
		routing: inBody('aspect_ratio'),
	}),
	{
		displayName: 'Duration (Seconds)',
		name: 'duration',
		type: 'number',
		typeOptions: { minValue: MODEL_VIDEO_SECONDS.min, maxValue: MODEL_VIDEO_SECONDS.max, numberPrecision: 0 },
		default: MODEL_VIDEO_DEFAULT_SECONDS,
		description: `How long the video is, from ${MODEL_VIDEO_SECONDS.min} to ${MODEL_VIDEO_SECONDS.max} whole seconds`,
		routing: inBody('duration'),
	},
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
	...openChoiceFields({
		displayName: 'Resolution',
		name: 'resolution',
		type: 'options',
		options: [
			{ name: '1080p', value: '1080p' },
			{ name: '2K', value: '2k' },
			{ name: '480p', value: '480p' },
			{ name: '768p', value: '768p' },
		],
		default: '768p',
		routing: inBody('resolution'),
	}),
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
