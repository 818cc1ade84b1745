import { downloadJobOperation } from '../../declare/jobOperations';
import { lipsyncIdField } from '../../fields/ids';
import { lipsyncJob } from '../../heygen/jobs/lipsync';

/** Fetches the files of a finished lipsync. */
export const download = downloadJobOperation({
	kind: lipsyncJob,
	url: '/v3/lipsyncs/{lipsync_id}',
	description: 'Fetch the files of a finished lipsync',
	idField: lipsyncIdField,
});
