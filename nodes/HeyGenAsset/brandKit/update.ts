import type { Operation } from '../../declare/resource';
import { write } from '../../engine/operations/write';
import { inBody } from '../../fields/inBody';
import { brandKitField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';
import { changedBrandKit } from '../../heygen/schemas/brand';

/** `PATCH /v3/brand-kits/{brand_kit_id}`. */
export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update brand kit',
	description: 'Rename a brand kit',
	request: { method: 'PATCH', url: '/v3/brand-kits/{brand_kit_id}' },
	run: write('update the brand kit', changedBrandKit),
	properties: [
		brandKitField,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			description: "The brand kit's new name",
			routing: inBody('name'),
		},
		sendingOptionsField,
	],
};
