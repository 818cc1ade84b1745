import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../declare/resource';
import { ESTIMATE_LABELS, estimateCost } from '../../engine/operations/estimateCost';
import { jobKindChoices, usdPerCreditOption } from '../../fields/prices';
import { optionsField } from '../../fields/sending';
import { SPEECH_SPEED } from '../../heygen/limits';
import { CALL_KINDS, JOB_KINDS, type PricedKind } from '../../heygen/prices/rates';

/** What is charged by the call has no length. An expression shows all, and then the length is not looked at. */
const hasLength = { jobKind: [...CALL_KINDS] };

/** Shown with one choice of Duration Source. */
const whenFrom = (source: string): INodeProperties['displayOptions'] => ({
	show: { durationSource: [source] },
	hide: hasLength,
});

/** No request: HeyGen's price list, and the contract's own prices from the credential. */
export const estimate: Operation = {
	value: 'estimate',
	name: 'Estimate',
	action: 'Estimate cost',
	description: 'Say what a job costs in credits and US dollars before it is ordered, by its script, its file or its seconds',
	run: estimateCost(),
	properties: [
		{
			displayName: 'Job Kind',
			name: 'jobKind',
			type: 'options',
			options: jobKindChoices(Object.keys(JOB_KINDS) as PricedKind[]),
			default: 'avatarVideo',
			description: 'What is to be made',
		},
		{
			displayName: 'Duration Source',
			name: 'durationSource',
			type: 'options',
			displayOptions: { hide: hasLength },
			options: [
				{ name: 'Audio or Video File', value: 'binary', description: 'As the header of a file of the item says; nothing is uploaded' },
				{ name: 'Script', value: 'script', description: 'How long a voice takes to speak a text' },
				{ name: 'Seconds', value: 'seconds', description: 'A number' },
			],
			default: 'script',
			description: 'What says how long the result is, or the video that HeyGen works on',
		},
		{
			displayName: ESTIMATE_LABELS.durationSeconds,
			name: 'durationSeconds',
			type: 'number',
			typeOptions: { minValue: 0 },
			displayOptions: whenFrom('seconds'),
			default: 60,
			description: 'How long the result is, or the video that HeyGen works on. An expression may also give a time as mm:ss or hh:mm:ss.',
		},
		{
			displayName: ESTIMATE_LABELS.script,
			name: 'script',
			type: 'string',
			typeOptions: { rows: 4 },
			displayOptions: whenFrom('script'),
			default: '',
			description: 'The text that is spoken; SSML tags are not spoken, and their pauses count',
		},
		{
			displayName: ESTIMATE_LABELS.language,
			name: 'language',
			type: 'string',
			displayOptions: whenFrom('script'),
			default: '',
			placeholder: 'e.g. en, de-DE, Japanese',
			description: 'The language of the script, as a code or a name. If empty, the script tells.',
		},
		{
			displayName: ESTIMATE_LABELS.binaryPropertyName,
			name: 'binaryPropertyName',
			type: 'string',
			typeOptions: { binaryDataProperty: true },
			displayOptions: whenFrom('binary'),
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the input binary field containing the file',
			description: 'An audio or video file, such as MP3, WAV, MP4, WebM, M4A, MOV or OGG. It is only read.',
		},
		{
			displayName: 'Resolution',
			name: 'resolution',
			type: 'options',
			displayOptions: { show: { jobKind: ['hyperframes'] } },
			options: [
				{ name: '1080p', value: '1080p' },
				{ name: '4K', value: '4k' },
			],
			default: '1080p',
		},
		{
			displayName: ESTIMATE_LABELS.frameRate,
			name: 'frameRate',
			type: 'number',
			typeOptions: { minValue: 1 },
			displayOptions: { show: { jobKind: ['hyperframes'] } },
			default: 30,
			description: 'Frames per second. HeyGen has one price up to the default, and a higher one for what is faster.',
		},
		{
			displayName: 'Return',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'One Item per Job', value: 'perItem', description: 'An estimate for each input item' },
				{ name: 'Total', value: 'total', description: 'One item with the sum of all input items' },
			],
			default: 'perItem',
			description: 'What comes out',
		},
		optionsField([
			{
				displayName: ESTIMATE_LABELS.charactersPerMinute,
				name: 'charactersPerMinute',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 300,
				description: 'How fast the voice speaks, for languages that are counted in characters, such as Japanese',
			},
			{
				displayName: ESTIMATE_LABELS.count,
				name: 'count',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1,
				description: 'How many of it are made, such as the languages of a translation',
			},
			{
				displayName: ESTIMATE_LABELS.rate,
				name: 'rate',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0.1,
				description: "What a second, a minute (HyperFrames, filler words) or a call costs in credits, in place of HeyGen's price and of the credential's. Kinds whose price HeyGen does not publish need it, here or there.",
			},
			{
				displayName: ESTIMATE_LABELS.speed,
				name: 'speed',
				type: 'number',
				typeOptions: { minValue: SPEECH_SPEED.min, maxValue: SPEECH_SPEED.max },
				default: 1,
				description: "The speed of the voice, from 0.5 to 2, as in the video's voice settings",
			},
			usdPerCreditOption,
			{
				displayName: ESTIMATE_LABELS.wordsPerMinute,
				name: 'wordsPerMinute',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 150,
				description: 'How fast the voice speaks, for languages that are counted in words',
			},
		]),
	],
};
