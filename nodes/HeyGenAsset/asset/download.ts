import type { Operation } from '../../declare/resource';
import { downloadAsset } from '../../engine/operations/downloadAsset';
import { assetIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { simplifyFields } from '../../fields/simplify';

/** Fetches the file of an asset. */
export const download: Operation = {
	value: 'download',
	name: 'Download',
	action: 'Download asset',
	description: 'Fetch the file of an asset into a binary field',
	request: { method: 'GET', url: '/v3/assets/{asset_id}' },
	run: downloadAsset(),
	properties: [
		assetIdField,
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the output binary field to put the file in',
			description: 'The binary field of the output item that takes the file',
		},
		...simplifyFields(),
		sendingOptionsField,
	],
};
