/** Answers of the operations that read and delete assets. */
import { type Asset, statusAt } from './asset';
import { searchAssets } from './asset-search';
import type { AssetBatch } from './asset-store';
import {
	batchEntries,
	presentBatch,
	type PresentedItem,
	type StatusEntry,
	statusIds,
} from '../videos/batch-answers';
import { pageOf } from '../server/cursor';
import { ApiError } from '../server/errors';
import { assetPath, imagePreviewPath } from '../files/file-names';
import { kindOf } from './media-types';
import { type Call, type Handlers, ok, seconds } from '../server/operation';
import { pageOfRecords } from '../server/records';

const SPACE_ID = 'space_sandbox';

function presentAsset(asset: Asset, { world, now }: Call): object {
	return {
		id: asset.id,
		name: asset.filename,
		owner: asset.owner,
		space_id: SPACE_ID,
		type: kindOf(asset.contentType),
		uploaded_at: seconds(asset.stored?.arrivedAt ?? asset.createdAt),
		folder_id: asset.folderId,
		url: world.signer.mint(assetPath(asset.id, asset.filename), now),
	};
}

function presentItem(asset: Asset, now: number): PresentedItem {
	const base = { video_id: asset.id, error: null };
	const status = statusAt(asset, now);
	switch (status) {
		case 'deleted': {
			const gone = { code: 'asset_not_found', message: 'The asset was deleted' };
			return { ...base, status: 'failed', error: gone };
		}
		case 'pending_upload':
		case 'uploaded':
			return { ...base, status: 'queued' };
		case 'failed':
			return { ...base, status, error: asset.ingestion?.error ?? null };
		default:
			return { ...base, status };
	}
}

const presentItems = ({ assets }: AssetBatch, now: number): PresentedItem[] =>
	assets.map((asset) => presentItem(asset, now));

function assetStatus(id: string, { world, now }: Call): StatusEntry {
	const base = { batch_id: null, item_index: null };
	const asset = world.assets.records.get(id);
	if (!asset) return { ...base, video_id: id, status: 'not_found', error: null };
	return { ...base, ...presentItem(asset, now) };
}

function batchStatuses(id: string, { world, now }: Call): StatusEntry[] {
	const batch = world.assets.getBatch(id);
	return batchEntries(id, batch && presentItems(batch, now));
}

function assetOf({ world, params, now }: Call): Asset {
	const id = params['asset_id'] ?? '';
	const asset = world.assets.getUsable(id, now);
	if (!asset) throw new ApiError(404, 'asset_not_found', `Asset ${id} not found`);
	return asset;
}

export const assetHandlers: Handlers = {
	'GET /v3/assets': (call) => {
		const { world, query, now } = call;
		const { username, folder_id: folder } = query;
		// An empty folder stands for the root, none at all for everywhere.
		const matches = (asset: Asset): boolean =>
			statusAt(asset, now) === 'completed' &&
			asset.owner === username &&
			(folder === undefined || (asset.folderId ?? '') === folder);
		const present = (asset: Asset): object => presentAsset(asset, call);
		return ok(pageOfRecords('assets', world.assets.records, query, matches, present));
	},

	'GET /v3/assets/{asset_id}': (call) => ok({ data: presentAsset(assetOf(call), call) }),

	'DELETE /v3/assets/{asset_id}': (call) => {
		const { id } = assetOf(call);
		call.world.assets.delete(id);
		return ok({ data: { id } });
	},

	'GET /v3/assets/search': ({ world, query, now }) => {
		const found = searchAssets(String(query.query), String(query.type), String(query.scope));
		const page = pageOf('asset search', found, query, ({ id, type, width, height }) => ({
			id,
			type,
			url: world.signer.mint(imagePreviewPath(id), now),
			width,
			height,
			orientation: width > height ? 'landscape' : width < height ? 'portrait' : 'square',
			is_transparent: type === 'icon',
		}));
		return ok(page);
	},

	'GET /v3/assets/statuses': (call) => {
		const { ids, batchIds } = statusIds(call.query, 'asset_ids');
		const ofAssets = ids.map((id) => assetStatus(id, call));
		const ofBatches = batchIds.flatMap((id) => batchStatuses(id, call));
		return ok({ data: [...ofAssets, ...ofBatches], has_more: false, next_token: null });
	},

	'GET /v3/assets/batches/{batch_id}': (call) => {
		const id = call.params['batch_id'] ?? '';
		const batch = call.world.assets.getBatch(id);
		if (!batch) throw new ApiError(404, 'not_found', `Batch ${id} not found`);
		return ok({ data: presentBatch(batch, presentItems(batch, call.now), call.query) });
	},
};
