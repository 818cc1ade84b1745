import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { renderIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/hyperframes/renders/{render_id}`. */
export const deleteRender: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete hyperframes render',
	description: 'Delete a render, so that it is not listed or read any more',
	request: { method: 'DELETE', url: '/v3/hyperframes/renders/{render_id}' },
	run: deleted('render', 'render_id'),
	properties: [renderIdField, sendingOptionsField],
};
