import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { brandKitField } from '../../fields/pickers';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/brand-kits/{brand_kit_id}`. */
export const deleteBrandKit: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete brand kit',
	description: 'Delete a brand kit for good',
	request: { method: 'DELETE', url: '/v3/brand-kits/{brand_kit_id}' },
	run: deleted('brand kit', 'brand_kit_id'),
	properties: [brandKitField, sendingOptionsField],
};
