import { waitForJobOperation } from '../../declare/jobOperations';
import { lipsyncIdField } from '../../fields/ids';
import { lipsyncJob } from '../../heygen/jobs/lipsync';

/** Attaches to a running lipsync. */
export const wait = waitForJobOperation({
	kind: lipsyncJob,
	url: '/v3/lipsyncs/{lipsync_id}',
	description: 'Attach to a lipsync that is being made, and hand it on when it is finished',
	idField: lipsyncIdField,
});
