import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

/**
 * Makes an output item that is linked to its input item.
 *
 * @param record what HeyGen answered
 * @param itemIndex the input item it belongs to
 * @param binary files, under the names of their binary fields
 */
export function outputItem(
	record: unknown,
	itemIndex: number,
	binary?: IBinaryKeyData,
): INodeExecutionData {
	const item: INodeExecutionData = { json: withoutErrorKey(record), pairedItem: { item: itemIndex } };
	if (binary !== undefined && Object.keys(binary).length > 0) item.binary = binary;
	return item;
}

/**
 * Makes an output item that stands for several input items, and is linked to each of them.
 *
 * @param record what is put out
 * @param itemIndexes the input items
 */
export function outputOfAll(record: IDataObject, itemIndexes: readonly number[]): INodeExecutionData {
	return { json: withoutErrorKey(record), pairedItem: itemIndexes.map((item) => ({ item })) };
}

/**
 * n8n takes a first item with a filled top-level `error` for a failure and, with Retry On Fail, runs the node again.
 * So a record's own `error` goes by the name `failure`.
 */
function withoutErrorKey(record: unknown): IDataObject {
	if (typeof record !== 'object' || record === null || Array.isArray(record)) {
		return { value: record as IDataObject[string] };
	}
	if (!('error' in record)) return record as IDataObject;
	const { error, ...rest } = record as IDataObject;
	return error === null || error === undefined ? rest : { ...rest, failure: error };
}
