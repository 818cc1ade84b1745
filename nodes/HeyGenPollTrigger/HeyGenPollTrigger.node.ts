import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { withoutRouting } from '../declare/sentFields';
import { getEventTypes } from '../engine/triggers/eventTypes';
import { enriched } from '../engine/triggers/extras';
import { withoutKnown } from '../engine/triggers/ledger';
import { poll, sample } from '../engine/triggers/polling';
import {
	downloadOption,
	entityIdField,
	eventsField,
	fetchResourceOption,
	outcomesField,
	sourceField,
} from '../fields/events';
import { filtersField, folderFilter } from '../fields/lists';
import { optionsField } from '../fields/sending';
import { watchSubtitle } from '../fields/subtitles';

/** Starts a workflow with what is new in HeyGen, for instances of n8n that HeyGen cannot reach. */
export class HeyGenPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'HeyGen Poll Trigger',
		name: 'heyGenPollTrigger',
		icon: { light: 'file:../../icons/heygen.svg', dark: 'file:../../icons/heygen.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: watchSubtitle,
		description: 'Starts the workflow when HeyGen has new events, finished videos or translations, without a public address',
		eventTriggerDescription: '',
		activationMessage: 'HeyGen is now asked regularly for what is new.',
		defaults: { name: 'HeyGen Poll Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'heyGenSuiteApi', required: true }],
		properties: [
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
