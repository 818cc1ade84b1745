import type { Operation } from '../../declare/resource';
import { write } from '../../engine/operations/write';
import { additionalFieldsOption } from '../../fields/additionalFields';
import { inBody } from '../../fields/inBody';
import { creatingOptions, optionsField, requestOptionsField } from '../../fields/sending';
import { newBrandKit } from '../../heygen/schemas/brand';

/** `POST /v3/brand-kits`. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create brand kit',
	description: "Make a brand kit of what a website looks like; HeyGen reads it after the answer, see the status with 'Get'",
	request: { method: 'POST', url: '/v3/brand-kits' },
	run: write('create the brand kit', newBrandKit),
	properties: [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://example.com',
			description: "The brand's website, from which HeyGen takes logo and colors",
			routing: inBody('url'),
		},
		optionsField([
			additionalFieldsOption,
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: "The brand kit's name in HeyGen",
				routing: inBody('name'),
			},
		]),
		requestOptionsField(creatingOptions),
	],
};
