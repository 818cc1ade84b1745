import type { Operation } from '../../declare/resource';
import { designVoices, MOST_DESIGNED } from '../../engine/operations/designVoices';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { GENDERS } from '../../fields/castChoices';
import { inBody } from '../../fields/inBody';
import { openChoiceFields } from '../../fields/openChoice';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { DESIGNED_VOICES } from '../../heygen/limits';

/** `POST /v3/voices`. */
export const design: Operation = {
	value: 'design',
	name: 'Design',
	action: 'Design voice',
	description: "Find voices of HeyGen's that fit a description, one item each. Another seed finds others.",
	request: { method: 'POST', url: '/v3/voices' },
	run: designVoices(),
	properties: [
		{
			displayName: 'Prompt',
			name: 'prompt',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: 'e.g. a calm elderly woman who tells a story',
			description: 'What the voice is like, in words',
			routing: inBody('prompt'),
		},
		{
			displayName: 'Voices to Find',
			name: 'voiceCount',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MOST_DESIGNED },
			default: DESIGNED_VOICES,
			description: `How many voices to hand on at most. HeyGen finds up to ${DESIGNED_VOICES} for one seed; for more the node goes on to the next seeds.`,
		},
		optionsField([
			additionalFieldsOption,
			...openChoiceFields({
				displayName: 'Gender',
				name: 'gender',
				type: 'options',
				options: GENDERS,
				default: 'female',
				description: 'Whose voice it is',
				routing: inBody('gender'),
			}),
			{
				displayName: 'Locale',
				name: 'locale',
				type: 'string',
				default: '',
				placeholder: 'e.g. en-GB',
				description: 'Language and accent of the voice',
				routing: inBody('locale'),
			},
			{
				displayName: 'Seed',
				name: 'seed',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 0 },
				default: 0,
				description: 'Where to begin: the same seed finds the same voices, the next one others. Each output item has the seed that has found it, and in next_seed the one to go on with.',
				routing: inBody('seed'),
			},
		]),
		sendingOptionsField,
	],
};
