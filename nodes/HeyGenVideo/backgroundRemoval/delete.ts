import type { Operation } from '../../declare/resource';
import { deleted } from '../../engine/operations/deleted';
import { jobIdField } from '../../fields/ids';
import { sendingOptionsField } from '../../fields/sending';

/** `DELETE /v3/background-removals/{job_id}`. */
export const deleteBackgroundRemoval: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete background removal',
	description: 'Delete a background removal with its layers',
	request: { method: 'DELETE', url: '/v3/background-removals/{job_id}' },
	run: deleted('background removal', 'job_id'),
	properties: [jobIdField('background removal'), sendingOptionsField],
};
