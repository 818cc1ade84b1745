import pickBy from 'lodash/pickBy';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Call } from './call';

/**
 * The files of an item by their binary fields, as n8n keeps them.
 *
 * @param call the item
 */
export function filesOfItem(call: Call): Record<string, unknown> {
	const { binary = {}, json } = call.context.getInputData() as unknown as INodeExecutionData;
	if (Object.keys(binary).length > 0) return binary;
	// Workflows with the setting "combined" keep files in the JSON.
	return pickBy(json, (entry) => {
		const value = entry as IDataObject | null;
		return typeof value === 'object' && typeof value?.mimeType === 'string' && 'data' in value;
	});
}

/**
 * Names of the binary fields of an item, in order.
 *
 * @param call the item
 */
export function binaryFields(call: Call): string[] {
	return Object.keys(filesOfItem(call));
}
