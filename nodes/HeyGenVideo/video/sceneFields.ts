import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { type FileInput, fileFields, fileInputFields, fileSources, unionPlaces } from '../../fields/files';
import { inBody } from '../../fields/inBody';
import { optionsField } from '../../fields/sending';
import { avatarField, voiceField } from '../../fields/pickers';
import { voiceSettingsField } from '../../fields/voiceSettings';
import { PICTURE_SIDE_LIMIT, RENDER_VIDEO_MAX_MB, SCENES_MAX, STILL_SECONDS, UNIT_RANGE } from '../../heygen/limits';
import { amount, numeral } from '../../heygen/values/text';
import { AVATAR } from './avatarVideoOptions';
import { IMAGE, IMAGE_INPUT } from './image';
import { engineFields, expressivenessFields, motionPromptOption, referenceLookOption } from './motionOptions';
import { AUDIO, SCRIPT, SCRIPT_SOURCE } from './speech';

/** The scenes of a studio video: one row each, or JSON of all. */

const CLIP: FileInput = {
	label: 'Video',
	prefix: 'video',
	takes: `an MP4 or WebM file, up to ${RENDER_VIDEO_MAX_MB} MB and with sides below ${numeral(PICTURE_SIDE_LIMIT)} pixels`,
	example: 'https://example.com/intro.mp4',
	inline: true,
	places: unionPlaces('video'),
};

/** Kinds of scenes in which something can be said. */
const WITH_SPEECH = ['avatar', 'speakingImage', 'image'];

/** When a field of a scene is shown. */
function shownFor(type: string[], more: Record<string, string[]> = {}): Pick<INodeProperties, 'displayOptions'> {
	return { displayOptions: { show: { ...more, type } } };
}

const kindField: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: [
		{ name: 'Avatar', value: 'avatar', description: 'An avatar speaks' },
		{ name: 'Clip', value: 'video', description: 'A video plays' },
		{ name: 'Image That Speaks', value: 'speakingImage', description: 'A picture of a face speaks' },
		{ name: 'Still Image', value: 'image', description: 'A picture is shown, in silence or with a voice over it' },
	],
	default: 'avatar',
	description: 'What the scene shows',
	routing: inBody('type'),
};

/** Among the things that can be said. */
const NO_SOURCE: INodePropertyOptions = {
	name: 'Nothing',
	value: 'none',
	description: "For still images only, which are shown for 'Duration (Seconds)' then",
};

const speechField: INodeProperties = {
	displayName: 'What Is Said',
	name: 'audioSource',
	type: 'options',
	options: [
		...fileSources(AUDIO),
		NO_SOURCE,
		SCRIPT_SOURCE,
	],
	default: 'script',
	description: 'Whether a voice speaks a text, or a recording of yours plays',
	...shownFor(WITH_SPEECH),
};

const durationField: INodeProperties = {
	displayName: 'Duration (Seconds)',
	name: 'duration',
	type: 'number',
	typeOptions: { minValue: 0.1, maxValue: STILL_SECONDS.max },
	default: 5,
	description: `How long the image is shown, up to ${numeral(STILL_SECONDS.max)} seconds`,
	routing: inBody('duration'),
	...shownFor(['image'], { audioSource: ['none'] }),
};

/** The Options of a scene. Each kind has its own, under one name. */
function sceneOptions(type: string, options: INodeProperties[]): INodeProperties {
	return { ...optionsField(options), ...shownFor([type]) };
}

const backgroundOption: INodeProperties = {
	displayName: 'Background Color',
	name: 'backgroundColor',
	type: 'color',
	default: '#FFFFFF',
	description: 'What is behind the avatar. In scenes, HeyGen takes colors only.',
	routing: inBody('background.color'),
};

const playbackOptions: INodeProperties[] = [
	{
		displayName: 'Mute',
		name: 'mute',
		type: 'boolean',
		default: false,
		description: 'Whether to play the clip without its sound',
		routing: inBody('playback.mute'),
	},
	{
		displayName: 'Volume',
		name: 'volume',
		type: 'number',
		typeOptions: { minValue: UNIT_RANGE.min, maxValue: UNIT_RANGE.max, numberPrecision: 2 },
		default: 1,
		description: 'From 0 (silent) to 1',
		routing: inBody('playback.volume'),
	},
];

const rowFields: INodeProperties[] = [
	kindField,
	{ ...avatarField, description: 'The look of the avatar in the scene. An ID must be that of a look, not of an avatar group.', ...shownFor(['avatar']) },
	...fileInputFields(IMAGE_INPUT, 'Where the picture is', { type: ['speakingImage', 'image'] }),
	...fileInputFields(CLIP, 'Where the clip is', { type: ['video'] }),
	speechField,
	{ ...SCRIPT, description: 'What is said. A longer text goes into several scenes.', ...shownFor(WITH_SPEECH, { audioSource: ['script'] }) },
	...fileFields(AUDIO, { type: WITH_SPEECH }),
	{
		...voiceField,
		description: "The voice that speaks the script. An image needs one; without one the avatar's own voice is used, if it has one.",
		...shownFor(WITH_SPEECH, { audioSource: ['script'] }),
	},
	{ ...voiceSettingsField, ...shownFor(WITH_SPEECH, { audioSource: ['script'] }) },
	durationField,
	sceneOptions('avatar', [
		...engineFields,
		backgroundOption,
		...expressivenessFields('Expressiveness', AVATAR.expressive),
		motionPromptOption(AVATAR.noun, AVATAR.moved),
		referenceLookOption,
	]),
	sceneOptions('speakingImage', [
		...expressivenessFields('Expressiveness', IMAGE.expressive),
		motionPromptOption(IMAGE.noun, IMAGE.moved),
	]),
	sceneOptions('video', playbackOptions),
];

/** What messages call a scene: "Scene 3". */
const ROW_NAME = 'Scene';

const UP_TO = `From 1 to ${amount(SCENES_MAX, 'scene')}, which follow one another in this order`;

/** The list of scenes that people fill in. */
export const SCENES = { name: 'scenes', label: 'Scenes', place: 'scenes' } as const;

/** JSON of it. */
export const SCENES_JSON = { name: 'scenesJson', label: 'Scenes (JSON)', place: 'scenes_json' } as const;

/** The scenes: what they are made of, then one of both forms. */
export const scenesFields: INodeProperties[] = [
	{
		displayName: 'Scenes Input',
		name: 'scenesInput',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields', description: 'One row for each scene' },
			{ name: 'Using JSON', value: 'json', description: 'One list with all scenes, also by an expression' },
		],
		default: 'fields',
		description: 'How the scenes are given',
		builderHint: {
			propertyHint: "Set it to 'json' when the number of scenes comes from data: an expression cannot stand for rows, but 'scenesJson' takes a list by an expression",
		},
	},
	{
		displayName: SCENES.label,
		name: SCENES.name,
		type: 'fixedCollection',
		// Rows of one group keep their order; those of several would not.
		typeOptions: { multipleValues: true, sortable: true, rowName: ROW_NAME },
		placeholder: 'Add Scene',
		required: true,
		displayOptions: { show: { scenesInput: ['fields'] } },
		default: {},
		description: UP_TO,
		routing: inBody(SCENES.place),
		options: [{ displayName: 'Scene', name: 'scene', values: rowFields }],
	},
	{
		displayName: SCENES_JSON.label,
		name: SCENES_JSON.name,
		type: 'json',
		typeOptions: { rows: 10, rowName: ROW_NAME, rowsOf: SCENES.place },
		required: true,
		displayOptions: { show: { scenesInput: ['json'] } },
		default: '[]',
		placeholder: 'e.g. [{"type": "avatar", "avatar_id": "4e7a9c20d1", "script": "Welcome!"}]',
		hint: 'A file of the item is {"type": "binary", "name": "data"}',
		description: `${UP_TO}: a list in the form of HeyGen's API, or of flat records. The "type" of a record is avatar, speakingImage, image (a still one) or video.`,
		routing: inBody(SCENES_JSON.place),
	},
];
