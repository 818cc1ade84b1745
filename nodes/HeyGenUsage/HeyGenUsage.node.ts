import { type INodeType, type INodeTypeDescription, NodeConnectionTypes } from 'n8n-workflow';

import { type Abilities, customOperations, nodeProperties } from '../declare/resource';
import { subtitleOf } from '../declare/subtitle';
import { getEventTypes, getSingleEventTypes } from '../fields/listSearch/events';
import { account } from './account';
import { cost } from './cost';
import { webhookEndpoint } from './webhookEndpoint';
import { webhookEvent } from './webhookEvent';

const abilities: Abilities = {
	resources: [account, cost, webhookEndpoint, webhookEvent],
	defaultResource: 'account',
};

/** Says what jobs cost and what the account may still spend, and keeps its webhook endpoints. */
export class HeyGenUsage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyGen Usage',
		name: 'heyGenUsage',
		icon: { light: 'file:../../icons/heygen.svg', dark: 'file:../../icons/heygen.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(abilities),
		description: 'Estimate what HeyGen jobs cost, read the balance, forecast the bill, and keep webhook endpoints',
		defaults: { name: 'HeyGen Usage' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Put it before HeyGen Video to estimate costs or check the balance. A limit for one node alone is an option of HeyGen Video itself (Maximum Cost per Run).',
			relatedNodes: [{ nodeType: 'n8n-nodes-heygen-suite.heyGenVideo', relationHint: 'Makes what is estimated here' }],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		// A constant, since expressions here cost time for every item; the engine puts in the credential's own.
		requestDefaults: { baseURL: 'https://api.heygen.com' },
		// What n8n is to show to nobody. n8n 2.41 takes the list, but does not look at it yet; the next node gets the field anyway.
		sensitiveOutputFields: ['secret'],
		properties: nodeProperties(abilities),
	};

	methods = { loadOptions: { getEventTypes, getSingleEventTypes } };

	customOperations = customOperations(abilities);
}
