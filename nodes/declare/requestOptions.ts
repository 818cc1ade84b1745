import type { INodeProperties } from 'n8n-workflow';

/**
 * n8n's own Request Options. It adds them to every declarative node, but to none that takes calls from outside
 * (DirectoryLoader of n8n-core 2.41). Names, defaults and order are n8n's, so that workflows keep what they hold.
 */
const N8N_REQUEST_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Batching',
		name: 'batching',
		placeholder: 'Add Batching',
		type: 'fixedCollection',
		typeOptions: { multipleValues: false },
		default: { batch: {} },
		options: [
			{
				displayName: 'Batching',
				name: 'batch',
				values: [
					{
						displayName: 'Items per Batch',
						name: 'batchSize',
						type: 'number',
						typeOptions: { minValue: -1 },
						default: 50,
						description: 'How many items go on at a time. -1 for all at once, and 0 counts as 1.',
					},
					{
						displayName: 'Batch Interval (Ms)',
						name: 'batchInterval',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 1000,
						description: 'Time between two batches, in milliseconds. 0 for none.',
					},
				],
			},
		],
	},
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'allowUnauthorizedCerts',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: 'Whether to connect even if SSL certificate validation is not possible',
	},
	{
		displayName: 'Proxy',
		name: 'proxy',
		type: 'string',
		default: '',
		placeholder: 'e.g. http://myproxy:3128',
		description: 'The HTTP proxy to use. One that asks for a login has it in its address, before the host.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10000,
		description: 'Time in milliseconds to wait until HeyGen begins to answer',
	},
];

/**
 * The parameters of a node that takes calls from outside, with the Request Options that n8n does not give it.
 *
 * @param properties the node's
 */
export function withRequestOptions(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.map((property) => {
		if (property.name !== 'requestOptions') return property;
		const own = (property.options ?? []) as INodeProperties[];
		const options = [...N8N_REQUEST_OPTIONS, ...own].sort((a, b) => a.displayName.localeCompare(b.displayName));
		return { ...property, isNodeSetting: true, options };
	});
}
