import type { Operation } from '../../declare/resource';
import { write } from '../../engine/operations/write';
import { inBody } from '../../fields/inBody';
import { brandGlossaryField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';
import { changedBrandGlossary } from '../../heygen/schemas/brand';
import { termsField } from './terms';

/** `PATCH /v3/brand-glossaries/{brand_glossary_id}`. */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update brand glossary',
	description: 'Change the name or the terms of a glossary',
	request: { method: 'PATCH', url: '/v3/brand-glossaries/{brand_glossary_id}' },
	run: write('update the brand glossary', changedBrandGlossary),
	properties: [
		brandGlossaryField,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: "The glossary's new name; empty to keep the one it has",
			routing: inBody('name'),
		},
		{
			...termsField,
			description: 'The new terms, which take the place of all terms it has; no row to keep them',
		},
		sendingOptionsField,
	],
};
