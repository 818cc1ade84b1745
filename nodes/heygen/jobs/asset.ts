import type { RecordOutline } from '../records';
import type { StatusKind } from './kind';

/** Assets are no jobs, but those uploaded in batches have states. */
export const assetStatuses: StatusKind = {
	noun: 'asset',
	idField: 'asset_id',
	statuses: { path: '/v3/assets/statuses', idsField: 'asset_ids' },
};

/** What people use of an asset. */
export const assetOutline: RecordOutline = {
	idField: 'asset_id',
	fields: ['name', 'type', 'url', 'uploaded_at', 'owner', 'folder_id'],
	optional: ['folder_id'],
};
