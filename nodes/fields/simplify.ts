import type { INodeProperties } from 'n8n-workflow';

import { SIMPLE_VERSION } from '../engine/item/simplify';

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Simplify, for operations that have had it from the first version of their node. */
export const simplifyField = simplify;

/** Simplify, for new operations that need not wait: the answer to a create is short anyway. */
export const simplifyResultField: INodeProperties = { ...simplify, displayOptions: { show: { waitForCompletion: [true] } } };

/**
 * Simplify, for operations that had no such parameter in version 1 of their node. It is off there: saved workflows read
 * the whole record.
 *
 * @param show other parameters, and the values with which it is shown
 */
export function simplifyFields(show: Record<string, boolean[]> = {}): INodeProperties[] {
	return [
		{ ...simplify, default: false, displayOptions: { show: { '@version': [1], ...show } } },
		{ ...simplify, displayOptions: { show: { '@version': [{ _cnd: { gte: SIMPLE_VERSION } }], ...show } } },
	];
}
