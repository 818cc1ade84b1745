import type { INodeProperties } from 'n8n-workflow';

import type { VariableType } from '../heygen/schemas/variables';
import { inBody } from './inBody';

/** What the editor calls the types of a variable. */
const TYPE_NAMES: ReadonlyArray<{ name: string; value: VariableType; description: string }> = [
	{ name: 'JSON', value: 'json', description: 'A list, a record, or anything else that JSON can hold' },
	{ name: 'Number', value: 'number', description: 'A whole number, or one with a decimal point' },
	{ name: 'Text', value: 'text', description: 'As it stands, digits too; it may be empty' },
	{ name: 'True/False', value: 'boolean', description: 'Also in words: yes, no, on, off' },
];

const rowFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. headline',
		description: 'What the variable is called where it is used',
		routing: inBody('name'),
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [...TYPE_NAMES],
		default: 'text',
		description: 'What the value is. Digits are text, unless the type is Number or JSON.',
		routing: inBody('type'),
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		// An empty text within JSON is meant.
		typeOptions: { verbatim: true },
		default: '',
		placeholder: 'e.g. Spring sale',
		routing: inBody('value'),
	},
];

/**
 * Variables, as rows or as JSON of all of them; the schema's `variables` reads them.
 *
 * @param what of what they are, to continue "Values for the variables of …": "the project"
 */
export function variablesFields(what: string): INodeProperties[] {
	const shownFor = (input: string) => ({ show: { variablesInput: [input] } });
	return [
		{
			displayName: 'Variables Input',
			name: 'variablesInput',
			type: 'options',
			options: [
				{ name: 'Using Fields Below', value: 'fields', description: 'One row for each variable' },
				{ name: 'Using JSON', value: 'json', description: 'One record with all variables' },
			],
			default: 'fields',
			description: `How the variables of ${what} are given, which differ from video to video`,
		},
		{
			displayName: 'Variables',
			name: 'variables',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Variable',
			displayOptions: shownFor('fields'),
			default: {},
			description: `Values for the variables of ${what}`,
			routing: inBody('variables.rows'),
			options: [{ displayName: 'Variable', name: 'variable', values: rowFields }],
		},
		{
			displayName: 'Variables (JSON)',
			name: 'variablesJson',
			type: 'json',
			displayOptions: shownFor('json'),
			default: '{}',
			placeholder: 'e.g. {"headline": "Spring sale", "price": 9.99}',
			description: `Values for the variables of ${what}, by their names`,
			routing: inBody('variables.json'),
		},
	];
}
