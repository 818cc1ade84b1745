import type { Operation } from '../../declare/resource';
import { BUDGET_LABELS, checkBudget as budgetChecked } from '../../engine/operations/checkBudget';
import { usdPerCreditOption } from '../../fields/prices';
import { optionsField, sendingOptionsField } from '../../fields/sending';

/** `GET /v3/users/me`, once a run. */
export const checkBudget: Operation = {
	value: 'checkBudget',
	name: 'Check Budget',
	action: 'Check budget',
	description: "Say whether the account's balance pays for a job; the items of a run share the balance",
	request: { method: 'GET', url: '/v3/users/me' },
	run: budgetChecked(),
	properties: [
		{
			displayName: BUDGET_LABELS.credits,
			name: 'credits',
			type: 'number',
			typeOptions: { minValue: 0 },
			required: true,
			default: 0,
			placeholder: 'e.g. {{ $json.credits }}',
			description: "What the job costs in credits, as 'Estimate' puts it out",
		},
		{
			displayName: BUDGET_LABELS.minimumBalance,
			name: 'minimumBalance',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: "What must remain of the balance, in the balance's own currency",
		},
		{
			displayName: 'On Over Budget',
			name: 'onOverBudget',
			type: 'options',
			options: [
				{ name: 'Continue', value: 'continue', description: 'Put out the item with withinBudget false' },
				{ name: 'Error', value: 'error', description: 'End the item in an error that says what is missing' },
			],
			default: 'continue',
			description: 'What happens when the balance does not pay for the job',
		},
		optionsField([usdPerCreditOption]),
		sendingOptionsField,
	],
};
