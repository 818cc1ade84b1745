import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { type Abilities, customOperations, nodeProperties } from '../declare/resource';
import { subtitleOf } from '../declare/subtitle';
import { searchAvatarGroups, searchAvatarLooks } from '../fields/listSearch/avatars';
import { searchBrandGlossaries } from '../fields/listSearch/brand';
import { searchVoices } from '../fields/listSearch/voices';
import { waitingHint } from '../fields/waiting';
import { video } from './video';

const abilities: Abilities = { resources: [video], defaultResource: 'video' };

/** Makes, reads and fetches HeyGen videos. */
export class HeyGenVideo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyGen Video',
		name: 'heyGenVideo',
		icon: { light: 'file:../../icons/heygen.svg', dark: 'file:../../icons/heygen.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: subtitleOf(abilities),
		description: 'Create avatar videos with HeyGen, wait for them and download them',
		defaults: { name: 'HeyGen Video' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		// A constant, since expressions here cost time for every item; the engine puts in the credential's own.
		requestDefaults: { baseURL: 'https://api.heygen.com' },
		hints: [waitingHint('video')],
		properties: nodeProperties(abilities),
	};

	methods = {
		listSearch: { searchAvatarGroups, searchAvatarLooks, searchBrandGlossaries, searchVoices },
	};

	customOperations = customOperations(abilities);
}
