import type { Operation } from '../../declare/resource';
import { bulkStatuses } from '../../engine/operations/bulkStatuses';
import { batchIdsField, idsField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';
import { assetStatuses } from '../../heygen/jobs/asset';

/** `GET /v3/assets/statuses`. */
export const getStatuses: Operation = {
	value: 'getStatuses',
	name: 'Get Statuses',
	action: 'Get statuses of assets',
	description: 'Read the states of many assets at once, one item per asset',
	request: { method: 'GET', url: '/v3/assets/statuses' },
	run: bulkStatuses(assetStatuses),
	properties: [idsField(assetStatuses), batchIdsField(assetStatuses), sendingOptionsField],
};
