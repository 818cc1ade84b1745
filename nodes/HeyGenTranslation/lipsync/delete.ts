import { deleteJobOperation } from '../../declare/jobOperations';
import { lipsyncIdField } from '../../fields/ids';
import { lipsyncJob } from '../../heygen/jobs/lipsync';

/** `DELETE /v3/lipsyncs/{lipsync_id}`. */
export const deleteLipsync = deleteJobOperation({
	kind: lipsyncJob,
	url: '/v3/lipsyncs/{lipsync_id}',
	description: 'Delete a lipsync for good',
	idField: lipsyncIdField,
});
