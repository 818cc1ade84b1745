import type { INodeProperties } from 'n8n-workflow';

import { inBody } from '../fields/inBody';
import { openChoiceFields } from '../fields/openChoice';

/** Options that translations, proofreads and lipsyncs have in common. */

/** How much care HeyGen takes: a parameter of its own, since it decides on the price. */
export const modeFields: INodeProperties[] = openChoiceFields({
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{ name: 'Precision', value: 'precision', description: 'Better, and twice the price' },
		{ name: 'Speed', value: 'speed', description: 'Faster' },
	],
	default: 'speed',
	description: 'Whether HeyGen works fast or with care',
	routing: inBody('mode'),
});

const flagOption = (displayName: string, name: string, place: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: false,
	description,
	routing: inBody(place),
});

/** What becomes of the sound. */
export const soundOptions: INodeProperties[] = [
	flagOption('Disable Music Track', 'disableMusicTrack', 'disable_music_track', 'Whether to leave out the music of the video'),
	flagOption('Enable Speech Enhancement', 'enableSpeechEnhancement', 'enable_speech_enhancement', 'Whether to clean the speech of noise'),
];

/** Keeps the format of the film. */
export const sameFormatOption = flagOption(
	'Keep the Same Format',
	'keepTheSameFormat',
	'keep_the_same_format',
	'Whether the new video has the format of the given one, such as its bitrate and resolution',
);

/** The folder in HeyGen. @param noun what goes into it */
export const folderOption = (noun: string): INodeProperties => ({
	displayName: 'Folder ID',
	name: 'folderId',
	type: 'string',
	default: '',
	description: `The HeyGen folder the ${noun} goes into`,
	routing: inBody('folder_id'),
});

/** How many people speak. */
export const speakersOption: INodeProperties = {
	displayName: 'Number of Speakers',
	name: 'speakerNum',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'How many people speak in the video. HeyGen finds it out when none is given.',
	routing: inBody('speaker_num'),
};

const seconds = (displayName: string, name: string, place: string, [least, initial]: [number, number], description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: least, numberPrecision: 3 },
	default: initial,
	description,
	routing: inBody(place),
});

/** What a finished film is like. */
export const filmOptions: INodeProperties[] = [
	flagOption('Captions', 'enableCaption', 'enable_caption', 'Whether HeyGen makes subtitle files as well; they can be downloaded then'),
	{
		...flagOption(
			'Dynamic Duration',
			'enableDynamicDuration',
			'enable_dynamic_duration',
			'Whether the video may become longer or shorter, so that the speech keeps its pace',
		),
		default: true,
	},
	flagOption('Enable Watermark', 'enableWatermark', 'enable_watermark', 'Whether the video shows the watermark of the workspace (Enterprise plans)'),
	seconds('End Time (Seconds)', 'endTime', 'end_time', [0.1, 60], 'Where the part of the video ends that is worked on. The whole video by default.'),
	...openChoiceFields({
		displayName: 'Frame Timing',
		name: 'fpsMode',
		type: 'options',
		options: [
			{ name: 'Constant', value: 'cfr', description: 'The same time for every frame' },
			{ name: 'Passthrough', value: 'passthrough', description: 'As in the given video' },
			{ name: 'Variable', value: 'vfr', description: 'Frames last as long as they need' },
		],
		default: 'cfr',
		description: 'How the frames of the new video are timed. In a translation it works with Own Audio only.',
		routing: inBody('fps_mode'),
	}),
	sameFormatOption,
	seconds('Start Time (Seconds)', 'startTime', 'start_time', [0, 0], 'Where the part of the video begins that is worked on'),
];
