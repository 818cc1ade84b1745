import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { type Abilities, customOperations, nodeProperties } from '../declare/resource';
import { subtitleOf } from '../declare/subtitle';
import { searchAvatarGroups, searchAvatarLooks, searchOwnAvatarGroups, searchOwnAvatarLooks } from '../fields/listSearch/avatars';
import { SLEEPING_TOOLTIP, waitingHint } from '../fields/waiting';
import { avatar } from './avatar';
import { look } from './look';

const abilities: Abilities = {
	resources: [avatar, look],
	defaultResource: 'avatar',
};

/** Makes avatars, lists them, and looks after their looks. */
export class HeyGenAvatar implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyGen Avatar',
		name: 'heyGenAvatar',
		icon: { light: 'file:../../icons/heygen.svg', dark: 'file:../../icons/heygen.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(abilities),
		description: 'Create avatars of photos, footage and prompts with HeyGen, and manage their looks and consents',
		defaults: { name: 'HeyGen Avatar' },
		usableAsTool: {
			replacements: {
				description: 'List HeyGen avatars and their looks, or make one of a photo, footage or a prompt. To make one costs credits and takes minutes: do that only when the user wants it.',
			},
		},
		builderHint: {
			searchHint:
				'One node makes an avatar of a photo, waits until it can be used and hands on its look: leave Wait for Completion on, and give {{ $json.look_id }} to HeyGen Video, Create Avatar Video, as the Avatar By ID. Do not add HTTP Request, Wait or If nodes that ask for the status. A digital twin may come out with the status pending_consent and the page for the consent in consent_url.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenVideo', relationHint: 'Lets an avatar speak: takes look_id as its Avatar By ID' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenSpeech', relationHint: 'Lists and clones the voices that avatars speak with' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenTrigger', relationHint: 'Starts a workflow when HeyGen has trained an avatar that another workflow has ordered' },
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		// A constant, since expressions here cost time for every item; the engine puts in the credential's own.
		requestDefaults: { baseURL: 'https://api.heygen.com' },
		waitingNodeTooltip: SLEEPING_TOOLTIP,
		hints: [waitingHint('avatar')],
		properties: nodeProperties(abilities),
	};

	methods = {
		listSearch: { searchAvatarGroups, searchAvatarLooks, searchOwnAvatarGroups, searchOwnAvatarLooks },
	};

	customOperations = customOperations(abilities);
}
