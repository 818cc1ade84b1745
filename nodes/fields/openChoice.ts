import type { INodeProperties } from 'n8n-workflow';

import { BY_NAME, nameFieldOf, nameLabelOf } from '../engine/item/openChoices';

/**
 * A list of values that HeyGen may extend, and the field for a value that the list does not have yet. The body's schema
 * reads such a value with `openOneOf`.
 *
 * @param property the list, of type `options`; its `routing` says where both go
 * @returns the list, which ends with 'By Name', and the field, which is shown then; in a collection each is a member
 */
export function openChoiceFields(property: INodeProperties): INodeProperties[] {
	const { displayName, name, options = [], displayOptions, routing } = property;
	const label = nameLabelOf(displayName);
	return [
		{
			...property,
			options: [...options, { ...BY_NAME, description: `A value that this list does not have yet; '${label}' holds it` }],
			// The editor would call a value that an expression or another program has put there unsupported.
			allowArbitraryValues: true,
		},
		{
			displayName: label,
			name: nameFieldOf(name),
			type: 'string',
			default: '',
			displayOptions: { ...displayOptions, show: { ...displayOptions?.show, [name]: [BY_NAME.value] } },
			description: `A value of '${displayName}' that the list does not have yet, as HeyGen's API spells it`,
			...(routing === undefined ? {} : { routing }),
		},
	];
}
