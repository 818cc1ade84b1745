import type { INodeProperties } from 'n8n-workflow';

import { UNIT_RANGE, VOICE_PITCH, VOICE_SPEED } from '../heygen/limits';
import { inBody } from './inBody';
import { openChoiceFields } from './openChoice';

function inSettings(property: string): INodeProperties['routing'] {
	return inBody(`voice_settings.${property}`);
}

function unitNumber(
	displayName: string,
	name: string,
	property: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: UNIT_RANGE.min, maxValue: UNIT_RANGE.max, numberPrecision: 2 },
		default: 0.5,
		description,
		routing: inSettings(`engine_settings.${property}`),
	};
}

function engineType(value: string): INodeProperties {
	return {
		displayName: 'Engine Type',
		name: 'engineType',
		type: 'hidden',
		default: value,
		routing: inSettings('engine_settings.engine_type'),
	};
}

const stability = unitNumber(
	'Stability',
	'stability',
	'stability',
	'Higher is steadier, lower more expressive',
);

/** How a voice speaks, for every operation that takes a script. */
export const voiceSettingsField: INodeProperties = {
	displayName: 'Voice Settings',
	name: 'voiceSettings',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	options: [
		{
			displayName: 'Engine Settings',
			name: 'engineSettings',
			type: 'fixedCollection',
			placeholder: 'Add Engine Settings',
			default: {},
			description: "Settings of the voice's own engine; they must match the voice, and be of one engine only",
			options: [
				{
					displayName: 'ElevenLabs',
					name: 'elevenlabs',
					values: [
						engineType('elevenlabs'),
						...openChoiceFields({
							displayName: 'Model',
							name: 'model',
							type: 'options',
							options: [
								{ name: 'Flash V2.5', value: 'eleven_flash_v2_5' },
								{ name: 'Multilingual V2', value: 'eleven_multilingual_v2' },
								{ name: 'Turbo V2.5', value: 'eleven_turbo_v2_5' },
								{ name: 'V3', value: 'eleven_v3' },
							],
							default: 'eleven_multilingual_v2',
							routing: inSettings('engine_settings.model'),
						}),
						unitNumber(
							'Similarity Boost',
							'similarityBoost',
							'similarity_boost',
							'How closely to keep to the original voice',
						),
						stability,
						unitNumber('Style', 'style', 'style', 'How much to exaggerate the style of the voice'),
						{
							displayName: 'Use Speaker Boost',
							name: 'useSpeakerBoost',
							type: 'boolean',
							default: false,
							description: 'Whether to strengthen the likeness to the speaker',
							routing: inSettings('engine_settings.use_speaker_boost'),
						},
					],
				},
				{
					displayName: 'Fish',
					name: 'fish',
					values: [
						engineType('fish'),
						...openChoiceFields({
							displayName: 'Model',
							name: 'model',
							type: 'options',
							options: [
								{ name: 'S1', value: 's1' },
								{ name: 'S2 Pro', value: 's2-pro' },
							],
							default: 's1',
							routing: inSettings('engine_settings.model'),
						}),
						unitNumber(
							'Similarity',
							'similarity',
							'similarity',
							'How closely to keep to the original voice',
						),
						stability,
					],
				},
				{
					displayName: 'Starfish',
					name: 'starfish',
					values: [engineType('starfish')],
				},
			],
		},
		{
			displayName: 'Locale',
			name: 'locale',
			type: 'string',
			default: '',
			placeholder: 'e.g. en-GB',
			description: 'Accent of the voice, where the voice supports it',
			routing: inSettings('locale'),
		},
		{
			displayName: 'Pitch',
			name: 'pitch',
			type: 'number',
			typeOptions: { minValue: VOICE_PITCH.min, maxValue: VOICE_PITCH.max },
			default: 0,
			description: 'From -50 (lower) to 50 (higher)',
			routing: inSettings('pitch'),
		},
		{
			displayName: 'Speed',
			name: 'speed',
			type: 'number',
			typeOptions: {
				minValue: VOICE_SPEED.min,
				maxValue: VOICE_SPEED.max,
				numberPrecision: 2,
			},
			default: 1,
			description: 'From 0.5 (half as fast) to 1.5',
			routing: inSettings('speed'),
		},
		{
			displayName: 'Volume',
			name: 'volume',
			type: 'number',
			typeOptions: { minValue: UNIT_RANGE.min, maxValue: UNIT_RANGE.max, numberPrecision: 2 },
			default: 1,
			description: 'From 0 (silent) to 1',
			routing: inSettings('volume'),
		},
	],
};
