import { single } from '../../engine/operation';
import { brandKitField } from '../../fields/pickers';
import type { Operation } from '../../fields/resource';
import { sendingOptionsField } from '../../fields/sending';

/** `GET /v3/brand-kits/{brand_kit_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get brand kit',
	description: 'Read one brand kit: name, status, logo and colors',
	request: { method: 'GET', url: '/v3/brand-kits/{brand_kit_id}' },
	run: single('get the brand kit'),
	properties: [brandKitField, sendingOptionsField],
};
