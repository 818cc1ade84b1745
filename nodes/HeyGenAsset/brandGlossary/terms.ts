import type { INodeProperties } from 'n8n-workflow';

import { inBody } from '../../fields/inBody';

/** Terms of a glossary, one row each. */
export const termsField: INodeProperties = {
	displayName: 'Terms',
	name: 'terms',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Term',
	default: {},
	routing: inBody('terms'),
	options: [
		{
			displayName: 'Term',
			name: 'term',
			values: [
				{
					displayName: 'Term',
					name: 'term',
					type: 'string',
					default: '',
					placeholder: 'e.g. HeyGen Academy',
					description: 'The word as scripts and videos have it',
					routing: inBody('term'),
				},
				{
					displayName: 'Pronunciation',
					name: 'pronunciation',
					type: 'string',
					default: '',
					placeholder: 'e.g. hey-jen academy',
					description: 'How to say it, spelled as it sounds; or give a translation',
					routing: inBody('pronunciation'),
				},
				{
					displayName: 'Translation',
					name: 'translation',
					type: 'string',
					default: '',
					placeholder: 'e.g. Academia HeyGen',
					description: 'What translations are to say instead; the term itself to keep it as it is',
					routing: inBody('translation'),
				},
			],
		},
	],
};
