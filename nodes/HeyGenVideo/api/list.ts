import type { Operation } from '../../declare/resource';
import { customList, PAGE_SIZE } from '../../engine/operations/customList';
import { listFields } from '../../fields/lists';
import { optionsField, sendingOptionsField } from '../../fields/sending';
import { addressFields } from './fields';

/** Any list of the v3 API: its parameters say which. */
export const list: Operation = {
	value: 'list',
	name: 'Custom API List',
	action: 'List from any path of the API',
	description: "Read any list of HeyGen's API v3, page by page, with one item for each of its entries",
	builderHint: 'Only for lists that no Get Many reads. Limit counts entries; the node turns the pages itself.',
	run: customList(),
	properties: [
		...addressFields,
		...listFields,
		optionsField([
			{
				displayName: PAGE_SIZE.label,
				name: PAGE_SIZE.name,
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 100,
				description:
					'How many entries HeyGen sends per request. Without it the node takes the most that the list is known to serve, and less where HeyGen refuses that.',
			},
		]),
		sendingOptionsField,
	],
};
