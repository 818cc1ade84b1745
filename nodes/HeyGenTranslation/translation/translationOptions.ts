import type { INodeProperties } from 'n8n-workflow';

import { checkSubtitlesOption } from '../../fields/checking';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { brandGlossaryOption } from '../../fields/pickers';
import { titleOption } from '../../fields/title';
import { audioOnlyOption, filmOptions, folderOption, frameTimingFields, soundOptions, speakersOption } from '../dubbingOptions';
import { ownAudioOption, subtitlesOption } from '../optionalFiles';

/** Everything optional about a translation: members of its Options. */
export const translationOptions: INodeProperties[] = [
	audioOnlyOption,
	brandGlossaryOption,
	checkSubtitlesOption,
	...filmOptions,
	folderOption('translation'),
	...frameTimingFields("; works with 'Own Audio' only"),
	{
		displayName: 'Input Language',
		name: 'inputLanguage',
		type: 'string',
		default: '',
		placeholder: 'e.g. English',
		description: 'Language spoken in the video. Detected when empty.',
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
	subtitlesOption("SRT subtitles to use, from one source. 'Subtitles Role' says which language they are in."),
	...openChoiceFields({
		displayName: 'Subtitles Role',
		name: 'srtRole',
		type: 'options',
		options: [
			{ name: 'Input', value: 'input', description: 'The language of the video' },
			{ name: 'Output', value: 'output', description: 'The language of the translation' },
		],
		default: 'input',
		description: 'Language of the subtitles. Input when nothing is chosen.',
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
