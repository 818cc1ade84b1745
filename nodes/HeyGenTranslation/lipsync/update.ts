import { renameJobOperation } from '../../declare/jobOperations';
import { lipsyncIdField } from '../../fields/ids';
import { lipsyncJob } from '../../heygen/jobs/lipsync';

/** `PATCH /v3/lipsyncs/{lipsync_id}`. */
export const update = renameJobOperation({
	kind: lipsyncJob,
	url: '/v3/lipsyncs/{lipsync_id}',
	description: 'Give a lipsync another title',
	idField: lipsyncIdField,
});
