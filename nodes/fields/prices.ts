import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { JOB_KINDS, type PricedKind } from '../heygen/prices/rates';

/** Parameters of operations that reckon with HeyGen's prices. */

/**
 * The choices of a parameter that names what is ordered, in alphabetical order.
 *
 * @param kinds those to choose from
 */
export function jobKindChoices(kinds: readonly PricedKind[]): INodePropertyOptions[] {
	return kinds
		.map((value) => ({ name: JOB_KINDS[value], value }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** What a credit costs, in place of what the credential says. */
export const usdPerCreditOption: INodeProperties = {
	displayName: 'USD per Credit',
	name: 'usdPerCredit',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0.5,
	description: "What a credit costs in US dollars. Without this option the credential's 'Rates (JSON)' says it.",
};
