import type { StatusKind } from './kind';

/** Assets are no jobs, but those uploaded in batches have states. */
export const assetStatuses: StatusKind = {
	noun: 'asset',
	idField: 'asset_id',
	statuses: { path: '/v3/assets/statuses', idsField: 'asset_ids' },
};
