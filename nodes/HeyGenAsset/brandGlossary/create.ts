import type { Operation } from '../../declare/resource';
import { write } from '../../engine/operations/write';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { inBody } from '../../fields/inBody';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { newBrandGlossary } from '../../heygen/schemas/brand';
import { termsField } from './terms';

/** `POST /v3/brand-glossaries`. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create brand glossary',
	description: "Make a glossary that says how a brand's words are pronounced and translated",
	request: { method: 'POST', url: '/v3/brand-glossaries' },
	run: write('create the brand glossary', newBrandGlossary),
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			description: "The glossary's name in HeyGen",
			routing: inBody('name'),
		},
		{ ...termsField, description: 'Words and how to say or translate them, one row each' },
		optionsField([additionalFieldsOption]),
		requestOptionsField(creatingOptions),
	],
};
