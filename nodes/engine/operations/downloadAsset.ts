import type { IDataObject } from 'n8n-workflow';

import { formatOfName } from '../../heygen/formats';
import { assetOutline } from '../../heygen/jobs/asset';
import { EngineError } from '../basics/errors';
import { outputField } from '../files/binary';
import { fetchFile } from '../files/fetchFile';
import { type Handler, requestOf } from '../item/call';
import { outputItem } from '../item/outputItem';
import { asWanted } from '../item/simplify';
import { recordIn } from '../request/reply';

/**
 * An operation that fetches the file of an asset into the binary field that the parameter `binaryPropertyName` names.
 */
export function downloadAsset(): Handler {
	return async (call) => {
		const field = outputField(call, 'Put Output File in Field', call.parameter<unknown>('binaryPropertyName', 'data'));
		const id = call.ids.asset_id as string;
		const read = async (): Promise<IDataObject> => {
			const request = { ...requestOf(call), doing: `get the asset ${id}` };
			return recordIn(await call.client.send(request), request);
		};
		const asset = await read();
		const { name } = asset;
		let { url } = asset;
		if (typeof url !== 'string' || url === '') {
			throw new EngineError(
				`The asset ${id} has no file to download`,
				"HeyGen names no address for it. If it was just uploaded, try a little later; see the operation 'Get Statuses'.",
				{ asset_id: id },
			);
		}
		const fileName = typeof name === 'string' && name !== '' ? name : id;
		const file = await fetchFile(call.files, {
			what: `the file of asset ${id}`,
			advice: 'The asset itself is safe in HeyGen. Run the item again.',
			fileName,
			mimeType: formatOfName(fileName)?.mediaTypes[0],
			url,
			urlField: 'url',
			about: { asset_id: id },
			renew: async () => {
				const fresh = (await read()).url;
				if (typeof fresh !== 'string' || fresh === '') return undefined;
				url = fresh;
				return fresh;
			},
		});
		const record = asWanted(call, assetOutline, { asset_id: id, ...asset, url });
		return [outputItem(record, call.itemIndex, { [field]: file })];
	};
}
