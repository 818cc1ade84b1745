import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { type Abilities, customOperations, nodeProperties } from '../declare/resource';
import { withRequestOptions } from '../declare/requestOptions';
import { subtitleOf } from '../declare/subtitle';
import { WAKE_WEBHOOKS, wakeUp } from '../engine/item/wake';
import { searchAvatarGroups, searchAvatarLooks } from '../fields/listSearch/avatars';
import { searchBrandGlossaries, searchBrandKits } from '../fields/listSearch/brand';
import { searchStyles } from '../fields/listSearch/styles';
import { searchTemplates } from '../fields/listSearch/templates';
import { searchVoices } from '../fields/listSearch/voices';
import { getLookEngines } from '../fields/lookEngines';
import { getTemplateVariables } from '../fields/templateMapping';
import { SLEEPING_TOOLTIP, waitingHint } from '../fields/waiting';
import { api } from './api';
import { backgroundRemoval } from './backgroundRemoval';
import { clipping } from './clipping';
import { fillerWordRemoval } from './fillerWordRemoval';
import { hyperframes } from './hyperframes';
import { template } from './template';
import { video } from './video';
import { videoAgent } from './videoAgent';

const abilities: Abilities = {
	resources: [api, backgroundRemoval, clipping, fillerWordRemoval, hyperframes, template, video, videoAgent],
	defaultResource: 'video',
};

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
		description: 'Create and edit videos with HeyGen, wait for them and download them',
		defaults: { name: 'HeyGen Video' },
		usableAsTool: {
			replacements: {
				description: 'Make a video with HeyGen and get its address and file when it is finished. It takes minutes and costs credits: ask for one only when the user wants it.',
			},
		},
		builderHint: {
			searchHint:
				'One node makes a video, waits until it is finished and downloads it: leave Wait for Completion on, and take the file from the binary field "video" and its address from {{ $json.video_url }}. Do not add HTTP Request, Wait or If nodes that ask for the status. Every run costs HeyGen credits.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenTrigger', relationHint: 'Starts a workflow when HeyGen has finished a video that another workflow has started' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenTranslation', relationHint: 'Translates a video into other languages, and lip syncs one to a recording' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenAvatar', relationHint: 'Makes an avatar of a photo or footage, and hands on its look_id for the Avatar By ID' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenSpeech', relationHint: 'Finds and clones voices, and speaks a text without a video' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenUsage', relationHint: 'Says before what videos cost, and whether the balance pays for them' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenAsset', relationHint: 'Uploads a file once that many videos use; a file of one video uploads itself' },
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		// A constant, since expressions here cost time for every item; the engine puts in the credential's own.
		requestDefaults: { baseURL: 'https://api.heygen.com' },
		// Of webhook endpoints that Custom API Call makes. n8n leaves items without these fields as they are.
		sensitiveOutputFields: ['secret', 'body.data.secret', 'body.secret'],
		waitingNodeTooltip: SLEEPING_TOOLTIP,
		hints: [waitingHint('video')],
		webhooks: WAKE_WEBHOOKS,
		properties: withRequestOptions(nodeProperties(abilities)),
	};

	methods = {
		listSearch: {
			searchAvatarGroups,
			searchAvatarLooks,
			searchBrandGlossaries,
			searchBrandKits,
			searchStyles,
			searchTemplates,
			searchVoices,
		},
		loadOptions: { getLookEngines },
		resourceMapping: { getTemplateVariables },
	};

	customOperations = customOperations(abilities);

	/** HeyGen calls an execution that sleeps. */
	webhook = wakeUp;
}
