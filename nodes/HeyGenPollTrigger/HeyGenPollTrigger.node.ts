import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { withoutRouting } from '../declare/sentFields';
import { enriched } from '../engine/triggers/extras';
import { withoutKnown } from '../engine/triggers/ledger';
import { poll, sample } from '../engine/triggers/polling';
import {
	choiceNotice,
	downloadOption,
	entityIdField,
	eventsField,
	fetchResourceOption,
	outcomesField,
	sourceField,
} from '../fields/events';
import { filtersField, folderFilter } from '../fields/lists';
import { getEventTypes } from '../fields/listSearch/events';
import { optionsField } from '../fields/sending';
import { watchSubtitle } from '../fields/subtitles';

/** Starts a workflow with what is new in HeyGen, for instances of n8n that HeyGen cannot reach. */
export class HeyGenPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyGen Poll Trigger',
		name: 'heyGenPollTrigger',
		icon: { light: 'file:../../icons/heygen-poll.svg', dark: 'file:../../icons/heygen-poll.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: watchSubtitle,
		description:
			'Starts the workflow when n8n asks HeyGen and finds new events, videos or translations. If HeyGen can reach n8n, take HeyGen Trigger.',
		eventTriggerDescription: '',
		activationMessage: 'HeyGen is now asked regularly for what is new.',
		defaults: { name: 'HeyGen Poll Trigger' },
		builderHint: {
			searchHint:
				'HeyGen Trigger is the first choice. This one asks HeyGen every few minutes, for an n8n that HeyGen cannot reach.',
			relatedNodes: [{ nodeType: 'n8n-nodes-heygen-suite.heyGenTrigger', relationHint: 'Starts at once, where HeyGen can reach n8n by https' }],
		},
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		properties: [
			choiceNotice(
				'Asks HeyGen at the Poll Times, so it works on localhost and in private networks. If HeyGen can reach this n8n by https, HeyGen Trigger starts at once.',
			),
			sourceField,
			{ ...eventsField, displayOptions: { show: { source: ['events'] } } },
			{ ...outcomesField, displayOptions: { show: { source: ['videos', 'translations'] } } },
			{ ...filtersField([withoutRouting(folderFilter)]), displayOptions: { show: { source: ['videos'] } } },
			{ ...filtersField([entityIdField]), displayOptions: { show: { source: ['events'] } } },
			optionsField([downloadOption, fetchResourceOption]),
		],
	};

	methods = { loadOptions: { getEventTypes } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}

	/** Runs with what a poll has found, and for a test in the editor, which finds the latest thing by itself. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items =
			this.getMode() === 'manual' ? await sample(this) : await withoutKnown(this, this.getInputData());
		return [await enriched(this, items)];
	}
}
