import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** Return All and Limit, for every list; the engine turns them into pages. */
export const listFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** Simplify, for large replies. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description:
		'Whether to return a simplified version of the response instead of the raw data',
};

/**
 * Makes the function that applies Simplify.
 *
 * @param fields what stays, most useful first
 * @returns for an operation's `shape`: picks these fields when Simplify is on
 */
export function simplified(fields: readonly string[]) {
	return (
		record: IDataObject,
		call: { parameter<T>(name: string, fallback: T): T },
	): IDataObject => {
		if (!call.parameter('simplify', true)) return record;
		const short: IDataObject = {};
		for (const field of fields) {
			if (record[field] !== undefined) short[field] = record[field];
		}
		return short;
	};
}

/**
 * The Filters collection of a list.
 *
 * @param options its members
 */
export function filtersField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options,
	};
}

/** Narrows a list to a folder. */
export const folderFilter: INodeProperties = {
	displayName: 'Folder ID',
	name: 'folderId',
	type: 'string',
	default: '',
	routing: { send: { type: 'query', property: 'folder_id' } },
};
