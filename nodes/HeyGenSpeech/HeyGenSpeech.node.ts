import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { type Abilities, customOperations, nodeProperties } from '../declare/resource';
import { subtitleOf } from '../declare/subtitle';
import { searchOwnVoices, searchSpeechVoices, searchVoices } from '../fields/listSearch/voices';
import { waitingHint } from '../fields/waiting';
import { sound } from './sound';
import { speech } from './speech';
import { voice } from './voice';

const abilities: Abilities = {
	resources: [sound, speech, voice],
	defaultResource: 'speech',
};

/** Lets voices speak texts, and finds, clones and lists voices and sounds. */
export class HeyGenSpeech implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyGen Speech',
		name: 'heyGenSpeech',
		icon: { light: 'file:../../icons/heygen.svg', dark: 'file:../../icons/heygen.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(abilities),
		description: 'Turn text into speech with HeyGen, clone and find voices, and search music and sound effects',
		defaults: { name: 'HeyGen Speech' },
		usableAsTool: {
			replacements: {
				description: 'Let a HeyGen voice speak a text, or list, find and clone voices, or search music and sound effects. Speech costs few credits; clone a voice only when the user wants it.',
			},
		},
		builderHint: {
			searchHint:
				"One node turns text into speech: take the sound from the binary field 'audio' and its address from {{ $json.audio_url }}. For an avatar that speaks it, hand the item to HeyGen Video, Create Avatar Video, with What the Avatar Says set to Audio File and Audio Binary Field set to audio. Do not add HTTP Request or Wait nodes.",
			relatedNodes: [
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenVideo', relationHint: 'Lets an avatar speak a script or the sound of this node' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenTranslation', relationHint: 'Lip syncs a video to the sound of this node' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenAvatar', relationHint: 'Makes and lists the avatars that speak with these voices' },
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		// A constant, since expressions here cost time for every item; the engine puts in the credential's own.
		requestDefaults: { baseURL: 'https://api.heygen.com' },
		hints: [waitingHint('voice')],
		properties: nodeProperties(abilities),
	};

	methods = {
		listSearch: { searchOwnVoices, searchSpeechVoices, searchVoices },
	};

	customOperations = customOperations(abilities);
}
