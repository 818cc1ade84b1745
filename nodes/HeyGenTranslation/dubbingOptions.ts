import type { INodeProperties } from 'n8n-workflow';

import { inBody } from '../fields/inBody';
import { openChoiceFields } from '../fields/openChoice';

/** Options that translations, proofreads and lipsyncs have in common. */

/** @param precision what is said of the better mode */
const modes = (precision: string): INodeProperties[] =>
	openChoiceFields({
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{ name: 'Precision', value: 'precision', description: precision },
			{ name: 'Speed', value: 'speed', description: 'Faster' },
		],
		default: 'speed',
		description: 'How much care HeyGen takes',
		routing: inBody('mode'),
	});

/** How much care HeyGen takes: a parameter of its own, since it decides on the price. */
export const modeFields = modes('Better lip sync, at twice the price');

/** The same for a proofread, whose own price it does not change. */
export const proofreadModeFields = modes('Better lip sync; the video costs twice as much');

const flagOption = (displayName: string, name: string, place: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'boolean',
	default: false,
	description,
	routing: inBody(place),
});

/** Leaves the lips as they are. */
export const audioOnlyOption = flagOption(
	'Audio Only',
	'translateAudioOnly',
	'translate_audio_only',
	'Whether to translate the sound alone and leave the lips as they are',
);

/**
 * Has subtitle files made.
 *
 * @param name the parameter's
 * @param place where the body has it
 */
export const captionsOption = (name: string, place: string): INodeProperties =>
	flagOption('Captions', name, place, "Whether to make subtitle files as well. 'Download' can fetch them then.");

/** What becomes of the sound. */
export const soundOptions: INodeProperties[] = [
	flagOption('Disable Music Track', 'disableMusicTrack', 'disable_music_track', 'Whether to leave out the music of the video'),
	flagOption('Speech Enhancement', 'enableSpeechEnhancement', 'enable_speech_enhancement', 'Whether to clean the speech of noise'),
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
	description: 'How many people speak in the video. Detected when empty.',
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

/**
 * How the frames of the new film are timed.
 *
 * @param more what is to be said besides
 */
export const frameTimingFields = (more = ''): INodeProperties[] =>
	openChoiceFields({
		displayName: 'Frame Timing',
		name: 'fpsMode',
		type: 'options',
		options: [
			{ name: 'Constant', value: 'cfr', description: 'The same time for every frame' },
			{ name: 'Passthrough', value: 'passthrough', description: 'As in the given video' },
			{ name: 'Variable', value: 'vfr', description: 'Frames last as long as they need' },
		],
		default: 'cfr',
		description: `How the frames of the new video are timed${more}`,
		routing: inBody('fps_mode'),
	});

/** What a finished film is like. */
export const filmOptions: INodeProperties[] = [
	captionsOption('enableCaption', 'enable_caption'),
	{
		...flagOption(
			'Dynamic Duration',
			'enableDynamicDuration',
			'enable_dynamic_duration',
			'Whether the video may become longer or shorter, so that the speech keeps its pace. On unless it is switched off.',
		),
		default: true,
	},
	flagOption('Watermark', 'enableWatermark', 'enable_watermark', 'Whether the video shows the watermark of the workspace (Enterprise plans)'),
	seconds('End Time (Seconds)', 'endTime', 'end_time', [0.1, 60], 'Second at which to stop; the end of the video when none is given'),
	sameFormatOption,
	seconds('Start Time (Seconds)', 'startTime', 'start_time', [0, 0], 'Second at which to begin'),
];
