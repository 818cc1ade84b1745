import type { INodeProperties } from 'n8n-workflow';

import { ALLOW_MISSING } from '../../engine/operations/templateVideo';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { checkBeforePayingOption } from '../../fields/checking';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { brandVoiceOption } from '../../fields/pickers';
import { titleOption, videoFolderOption } from '../../fields/title';
import { AVATAR_VIDEO_FRAME_RATE, OUTPUT_SIDE } from '../../heygen/limits';

/** One side of the video; of one side the other follows. */
function sideOption(name: 'width' | 'height', other: string, initial: number): INodeProperties {
	return {
		displayName: name === 'width' ? 'Width' : 'Height',
		name,
		type: 'number',
		typeOptions: { minValue: OUTPUT_SIDE.min, maxValue: OUTPUT_SIDE.max, numberPrecision: 0 },
		default: initial,
		description: `Pixels, an even number. Without '${other}' the other side follows from the template's ratio, which the video must have.`,
		routing: inBody(`dimension.${name}`),
	};
}

const subtitlesOption: INodeProperties = {
	displayName: 'Subtitles',
	name: 'subtitles',
	type: 'fixedCollection',
	placeholder: 'Add Subtitles',
	default: {},
	description: 'Captions in the picture, in a style of your own',
	options: [
		{
			displayName: 'Subtitles',
			name: 'settings',
			values: [
				{
					displayName: 'Alignment',
					name: 'alignment',
					type: 'number',
					typeOptions: { numberPrecision: 0 },
					default: 2,
					description: "Where the lines stand, as HeyGen's API counts the places",
					routing: inBody('subtitles.alignment'),
				},
				{
					displayName: 'Disable Highlight',
					name: 'disableHighlight',
					type: 'boolean',
					default: false,
					description: 'Whether the word that is spoken stays as the others',
					routing: inBody('subtitles.disable_highlight'),
				},
				{
					displayName: 'Font Size',
					name: 'fontSize',
					type: 'string',
					default: '',
					placeholder: 'e.g. 48',
					description: "A number; empty for the preset's own size",
					routing: inBody('subtitles.font_size'),
				},
				{
					displayName: 'Position X',
					name: 'positionX',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0',
					description: "A number; empty for the preset's own place",
					routing: inBody('subtitles.position.x'),
				},
				{
					displayName: 'Position Y',
					name: 'positionY',
					type: 'string',
					default: '',
					placeholder: 'e.g. 0',
					description: "A number; empty for the preset's own place",
					routing: inBody('subtitles.position.y'),
				},
				{
					displayName: 'Preset Name',
					name: 'presetName',
					type: 'string',
					default: '',
					description: "The name of one of HeyGen's styles of subtitles, which must be given",
					routing: inBody('subtitles.preset_name'),
				},
			],
		},
	],
};

/** Everything optional about a video of a template: members of its Options. */
export const templateVideoOptions: INodeProperties[] = [
	additionalFieldsOption,
	checkBeforePayingOption,
	{
		displayName: ALLOW_MISSING.label,
		name: ALLOW_MISSING.name,
		type: 'boolean',
		default: false,
		description: 'Whether texts may be left out. The video shows {{name}} in the place of such a text. Other variables keep what the template has anyway.',
	},
	brandVoiceOption,
	{
		displayName: 'Caption',
		name: 'caption',
		type: 'boolean',
		default: false,
		description: 'Whether to make captions of what is spoken',
		routing: inBody('caption'),
	},
	{
		displayName: 'Enable Sharing',
		name: 'enableSharing',
		type: 'boolean',
		default: false,
		description: "Whether everybody who has the address of the video's page may watch the video there",
		routing: inBody('enable_sharing'),
	},
	videoFolderOption,
	...openChoiceFields({
		displayName: 'Frame Rate',
		name: 'fps',
		type: 'options',
		options: [
			{ name: '25', value: 25 },
			{ name: '30', value: 30 },
			{ name: '60', value: 60 },
		],
		default: AVATAR_VIDEO_FRAME_RATE,
		description: 'Frames per second',
		routing: inBody('fps'),
	}),
	sideOption('height', 'Width', 1080),
	{
		displayName: 'Include GIF',
		name: 'includeGif',
		type: 'boolean',
		default: false,
		description: 'Whether to make a short preview of the video as well',
		routing: inBody('include_gif'),
	},
	{
		displayName: 'Keep Text Vertically Centered',
		name: 'keepTextVerticallyCentered',
		type: 'boolean',
		default: false,
		description: 'Whether a text that is longer or shorter than that of the template stays in the middle of its place',
		routing: inBody('keep_text_vertically_centered'),
	},
	{
		displayName: 'Reorder Music',
		name: 'reorderMusic',
		type: 'boolean',
		default: true,
		description: 'Whether music goes along when Scene IDs put the scenes into another order',
		routing: inBody('reorder_music'),
	},
	{
		displayName: 'Scene IDs',
		name: 'sceneIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. scene_1, scene_3',
		description: "Which of the template's scenes the video has, and in which order; a scene may come several times. Separated by commas, or an expression that gives a list. Without it the video has all of them.",
		routing: inBody('scene_ids'),
	},
	subtitlesOption,
	titleOption("The video's name in HeyGen"),
	sideOption('width', 'Height', 1920),
];
