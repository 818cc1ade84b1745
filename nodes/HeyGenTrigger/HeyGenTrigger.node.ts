import {
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { receive } from '../engine/triggers/delivery';
import { enriched } from '../engine/triggers/extras';
import { withoutKnown } from '../engine/triggers/ledger';
import { isRegistered, register, unregister } from '../engine/triggers/registration';
import {
	choiceNotice,
	downloadOption,
	entityIdField,
	eventsField,
	fetchResourceOption,
	timestampToleranceOption,
} from '../fields/events';
import { filtersField } from '../fields/lists';
import { getEventTypes } from '../fields/listSearch/events';
import { optionsField } from '../fields/sending';
import { eventsSubtitle } from '../fields/subtitles';

/** Starts a workflow when HeyGen reports an event to its webhook. */
export class HeyGenTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyGen Trigger',
		name: 'heyGenTrigger',
		icon: { light: 'file:../../icons/heygen-trigger.svg', dark: 'file:../../icons/heygen-trigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when a video, translation or other job has ended. If HeyGen cannot reach n8n, take HeyGen Poll Trigger.',
		eventTriggerDescription: 'Waiting for HeyGen to report an event',
		activationMessage: 'HeyGen now reports its events to this workflow.',
		defaults: { name: 'HeyGen Trigger' },
		builderHint: {
			searchHint:
				'For workflows that react to jobs which others have started. A workflow that makes a video itself needs no trigger for its end: HeyGen Video waits for it.',
			relatedNodes: [
				{ nodeType: 'n8n-nodes-heygen-suite.heyGenPollTrigger', relationHint: 'The same where HeyGen cannot reach n8n, such as on localhost' },
			],
		},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		webhooks: [
			// HeyGen may try the address by GET before it hands out the secret.
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook', ndvHideUrl: true },
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		properties: [
			choiceNotice(
				'Starts at once. HeyGen must be able to reach this n8n by https. On localhost or in a private network, take HeyGen Poll Trigger.',
			),
			eventsField,
			filtersField([entityIdField]),
			optionsField([downloadOption, fetchResourceOption, timestampToleranceOption]),
		],
	};

	methods = { loadOptions: { getEventTypes } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}

	/** Runs when the event is in and HeyGen has its answer: only the execution has n8n's database and the time to fetch. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await enriched(this, await withoutKnown(this, this.getInputData()))];
	}
}
