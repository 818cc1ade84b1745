import { getJobOperation } from '../../declare/jobOperations';
import { lipsyncIdField } from '../../fields/ids';
import { lipsyncJob } from '../../heygen/jobs/lipsync';

/** `GET /v3/lipsyncs/{lipsync_id}`. */
export const get = getJobOperation({
	kind: lipsyncJob,
	url: '/v3/lipsyncs/{lipsync_id}',
	description: 'Read one lipsync, with fresh addresses of its files',
	idField: lipsyncIdField,
});
