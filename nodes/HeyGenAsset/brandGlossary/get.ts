import type { Operation } from '../../declare/resource';
import { single } from '../../engine/operations/single';
import { brandGlossaryField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';

/** `GET /v3/brand-glossaries/{brand_glossary_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get brand glossary',
	description: 'Read one brand glossary with its terms',
	request: { method: 'GET', url: '/v3/brand-glossaries/{brand_glossary_id}' },
	run: single('get the brand glossary'),
	properties: [brandGlossaryField, sendingOptionsField],
};
