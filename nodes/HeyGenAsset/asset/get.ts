import type { Operation } from '../../declare/resource';
import { recordShape } from '../../engine/item/simplify';
import { single } from '../../engine/operations/single';
import { assetIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';
import { assetOutline } from '../../heygen/jobs/asset';

/** `GET /v3/assets/{asset_id}`. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get asset',
	description: 'Read one asset, with a fresh address of its file',
	request: { method: 'GET', url: '/v3/assets/{asset_id}' },
	run: single('get the asset', recordShape(assetOutline)),
	properties: [assetIdField, ...simplifyFields(), sendingOptionsField],
};
