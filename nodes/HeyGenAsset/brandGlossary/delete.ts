import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { brandGlossaryField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/brand-glossaries/{brand_glossary_id}`. */
export const deleteBrandGlossary: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete brand glossary',
	description: 'Delete a brand glossary for good',
	request: { method: 'DELETE', url: '/v3/brand-glossaries/{brand_glossary_id}' },
	run: deleted('brand glossary', 'brand_glossary_id'),
	properties: [brandGlossaryField, sendingOptionsField],
};
