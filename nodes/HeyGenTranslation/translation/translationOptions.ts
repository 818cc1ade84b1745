import type { INodeProperties } from 'n8n-workflow';

import { checkSubtitlesOption } from '../../fields/checking';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { brandGlossaryOption } from '../../fields/pickers';
import { titleOption } from '../../fields/title';
import { filmOptions, folderOption, soundOptions, speakersOption } from '../dubbingOptions';
import { ownAudioOption, subtitlesOption } from '../optionalFiles';

/** Everything optional about a translation: members of its Options. */
export const translationOptions: INodeProperties[] = [
	{
		displayName: 'Audio Only',
		name: 'translateAudioOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to translate the sound alone and leave the lips as they are',
		routing: inBody('translate_audio_only'),
	},
	brandGlossaryOption,
	checkSubtitlesOption,
	...filmOptions,
	folderOption('translation'),
	{
		displayName: 'Input Language',
		name: 'inputLanguage',
		type: 'string',
		default: '',
		placeholder: 'e.g. English',
		description: 'What is spoken in the video. HeyGen finds it out when none is given.',
		routing: inBody('input_language'),
	},
	ownAudioOption,
	{
		displayName: 'Preferred Stock Voice IDs',
		name: 'preferredStockVoiceIds',
		type: 'string',
		default: '',
		description: "Separated by commas: the voices of HeyGen's stock to take first",
		routing: inBody('stock_voice_config.preferred_stock_voice_ids'),
	},
	...soundOptions,
	speakersOption,
	subtitlesOption("Subtitles in SRT that HeyGen is to go by; 'Subtitles Role' says which. One of these."),
	...openChoiceFields({
		displayName: 'Subtitles Role',
		name: 'srtRole',
		type: 'options',
		options: [
			{ name: 'Input', value: 'input', description: 'What is said in the video, in its own language' },
			{ name: 'Output', value: 'output', description: 'What is to be said, in the output language' },
		],
		default: 'input',
		description: "Which language the subtitles of 'Subtitles' are in",
		routing: inBody('srt_role'),
	}),
	titleOption("The translation's name in HeyGen"),
	{
		displayName: 'Use Stock Voice',
		name: 'useStockVoice',
		type: 'boolean',
		default: false,
		description: "Whether voices of HeyGen's stock speak instead of clones of the speakers' own (Enterprise plans, on request)",
		routing: inBody('stock_voice_config.use_stock_voice'),
	},
];
