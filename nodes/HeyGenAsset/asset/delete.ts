import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { assetIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/assets/{asset_id}`. */
export const deleteAsset: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete asset',
	description: 'Delete an asset for good',
	request: { method: 'DELETE', url: '/v3/assets/{asset_id}' },
	run: deleted('asset', 'asset_id'),
	properties: [assetIdField, sendingOptionsField],
};
