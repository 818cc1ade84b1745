import type { Operation } from '../../declare/resource';
import { single } from '../../engine/operations/single';
import { brandKitField } from '../../fields/pickers';
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
