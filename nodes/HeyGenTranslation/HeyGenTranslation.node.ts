import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { type Abilities, customOperations, nodeProperties } from '../declare/resource';
import { withRequestOptions } from '../declare/requestOptions';
import { subtitleOf } from '../declare/subtitle';
import { WAKE_WEBHOOKS, wakeUp } from '../engine/item/wake';
import { getOutputLanguages } from '../fields/languages';
import { searchBrandGlossaries } from '../fields/listSearch/brand';
import { SLEEPING_TOOLTIP, waitingHint } from '../fields/waiting';
import { lipsync } from './lipsync';
import { proofread } from './proofread';
import { translation } from './translation';

const abilities: Abilities = {
	resources: [lipsync, proofread, translation],
	defaultResource: 'translation',
};

/** Translates videos, lets people correct translations, and moves lips to recordings. */
export class HeyGenTranslation implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyGen Translation',
		name: 'heyGenTranslation',
		icon: { light: 'file:../../icons/heygen.svg', dark: 'file:../../icons/heygen.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(abilities),
		description: 'Translate videos with HeyGen, correct translations before they are made, and lip sync videos to recordings',
		defaults: { name: 'HeyGen Translation' },
		usableAsTool: {
			replacements: {
				description: 'Translate a video with HeyGen and get its address when it is finished. It takes minutes and costs credits for each language: ask for one only when the user wants it.',
			},
		},
		builderHint: {
			searchHint:
				'One node translates a video into any number of languages, waits until they are finished and downloads them: leave Wait for Completion on, and take the file of each output item from the binary field "video". Do not add HTTP Request, Wait, Loop or If nodes. To let people correct a translation first, use the resource Proofread: Create, Get Subtitles, a form or an approval, Update Subtitles, Generate Video. Every run costs HeyGen credits.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenTrigger', relationHint: 'Starts a workflow when HeyGen has finished a translation that another workflow has started' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenUsage', relationHint: 'Says before what translations cost, and whether the balance pays for them' },
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenVideo', relationHint: 'Makes the video that is to be translated' },
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		// A constant, since expressions here cost time for every item; the engine puts in the credential's own.
		requestDefaults: { baseURL: 'https://api.heygen.com' },
		waitingNodeTooltip: SLEEPING_TOOLTIP,
		hints: [waitingHint('translation, proofread or lipsync')],
		webhooks: WAKE_WEBHOOKS,
		properties: withRequestOptions(nodeProperties(abilities)),
	};

	methods = {
		listSearch: { searchBrandGlossaries },
		loadOptions: { getOutputLanguages },
	};

	customOperations = customOperations(abilities);

	/** HeyGen calls an execution that sleeps. */
	webhook = wakeUp;
}
