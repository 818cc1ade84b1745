import { waitForJobOperation } from '../../declare/jobOperations';
import { proofreadIdField } from '../../fields/ids';
import { proofreadJob } from '../../heygen/jobs/proofread';

/** Attaches to a proofread that is being prepared. */
export const wait = waitForJobOperation({
	kind: proofreadJob,
	url: '/v3/video-translations/proofreads/{proofread_id}',
	description: 'Attach to a proofread that is being prepared, and hand it on when its subtitles are there',
	idField: proofreadIdField,
});
