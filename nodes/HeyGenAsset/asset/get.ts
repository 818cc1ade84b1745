import type { Operation } from '../../declare/resource';
import { single } from '../../engine/operations/single';
import { assetIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';

/** `GET /v3/assets/{asset_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get asset',
	description: 'Read one asset, with a fresh address of its file',
	request: { method: 'GET', url: '/v3/assets/{asset_id}' },
	run: single('get the asset'),
	properties: [assetIdField, sendingOptionsField],
};
