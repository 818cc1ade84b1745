import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import { speech as speaking } from '../../engine/operations/speech';
import { SPEECH_FILES, SPEECH_OPTIONS, speechOrder } from '../../engine/operations/speechRequest';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { checkBeforePayingOption } from '../../fields/checking';
import { costNotice } from '../../fields/cost';
import { inBody } from '../../fields/inBody';
import { speechVoiceFilterField } from '../../fields/listFilters';
import { openChoiceFields } from '../../fields/openChoice';
import { speechVoiceField } from '../../fields/pickers';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { spendingOptions } from '../../fields/spending';
import { downloadField } from '../../fields/waiting';
import { SPEECH_SPEED, SPEECH_TEXT_MAX_CHARACTERS } from '../../heygen/limits';
import { amount, numeral } from '../../heygen/values/text';

const mostCharacters = amount(SPEECH_TEXT_MAX_CHARACTERS, 'character');

/** Everything optional about a speech: members of its Options. */
const speechOptions: INodeProperties[] = [
	...openChoiceFields({
		displayName: SPEECH_OPTIONS.inputType.label,
		name: SPEECH_OPTIONS.inputType.name,
		type: 'options',
		options: [
			{ name: 'Plain Text', value: 'text', description: 'Tags are spoken, or left out, as HeyGen likes' },
			{ name: 'SSML', value: 'ssml', description: 'The text has tags, which are checked' },
		],
		default: 'text',
		description: 'What the text is. By default a text with tags of SSML, such as &lt;break time="500ms"/&gt;, is SSML, and any other is plain.',
		routing: inBody('input_type'),
	}),
	{
		displayName: SPEECH_OPTIONS.join.label,
		name: SPEECH_OPTIONS.join.name,
		type: 'boolean',
		default: false,
		displayOptions: { show: { [SPEECH_OPTIONS.split.name]: [true] } },
		description:
			"Whether to make one file of the parts, and one item with the moments of all words. It is done where all parts are MP3 or WAV of one kind, without coding them anew; between two parts there may be some hundredths of a second of silence.",
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		default: '',
		placeholder: 'e.g. English',
		description: "The language's name, for voices of several languages. A Locale wins.",
		routing: inBody('language'),
	},
	{
		displayName: 'Locale',
		name: 'locale',
		type: 'string',
		default: '',
		placeholder: 'e.g. en-GB',
		description: 'Accent of the voice, where the voice supports it',
		routing: inBody('locale'),
	},
	{
		displayName: 'Speed',
		name: 'speed',
		type: 'number',
		typeOptions: { minValue: SPEECH_SPEED.min, maxValue: SPEECH_SPEED.max, numberPrecision: 2 },
		default: 1,
		description: `From ${numeral(SPEECH_SPEED.min)} (half as fast) to ${numeral(SPEECH_SPEED.max)} (twice as fast)`,
		routing: inBody('speed'),
	},
	{
		displayName: SPEECH_OPTIONS.split.label,
		name: SPEECH_OPTIONS.split.name,
		type: 'boolean',
		default: false,
		description: `Whether to divide a text of more than ${mostCharacters} at the ends of sentences. Each part is an output item, with its place in part and parts. SSML is not divided.`,
	},
];

/** `POST /v3/voices/speech`. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create speech',
	description: 'Let a voice speak a text, and hand on the sound with the moments of its words, and subtitles',
	builderHint: "The sound is in the binary field 'audio': for an avatar that speaks it, 'Create Avatar Video' of HeyGen Video takes it with What the Avatar Says set to Audio File and Audio Binary Field set to audio",
	request: { method: 'POST', url: '/v3/voices/speech' },
	run: speaking(),
	cost: speechOrder,
	properties: [
		costNotice('speech', 'speech'),
		speechVoiceField,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Hi Ada, thank you for your order!',
			hint: `Up to ${mostCharacters}; more with the option '${SPEECH_OPTIONS.split.label}'`,
			description: 'What is spoken: plain text, or SSML with tags such as &lt;break time="500ms"/&gt;',
			routing: inBody('text'),
		},
		downloadField({ files: SPEECH_FILES }),
		speechVoiceFilterField,
		optionsField([...speechOptions, additionalFieldsOption, checkBeforePayingOption, ...spendingOptions]),
		requestOptionsField(creatingOptions),
	],
};
